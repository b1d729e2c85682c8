using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Accounts;

/// <summary>The client secret of a payment that was kept, and is handed out again with the row: whoever has it sees and confirms the payment.</summary>
internal static class StoredSecrets
{
    private static readonly HashSet<string> Answers = Words.SetOf("response result dto reply view model info details");

    /// <summary>Whether the value goes into something that is answered.</summary>
    public static bool IsAnswered(IOperation secret, ISymbol member) => MadeWith(secret) is { } made && (made.IsAnonymousType || Words.ContainAny(made.Name, Answers)) && !Words.ContainAny(member.Name, Mapping);

    // A mapper does not know for whom it maps.
    private static readonly HashSet<string> Mapping = Words.SetOf("map to from configure profile");

    /// <summary>Whether the row was looked up, rather than made here for the one who pays.</summary>
    public static bool IsLoaded(IPropertyReferenceOperation secret, IOperation body)
    {
        switch (secret.Instance?.WithoutConversions())
        {
            case IParameterReferenceOperation { Parameter.ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.AnonymousFunction } }:
                return true;
            case ILocalReferenceOperation local:
                return Flow.InitialValue(local)?.WithoutAwait() is IInvocationOperation { TargetMethod.Name: var taking } && Words.Of(taking) is ["get" or "find" or "first" or "single" or "load" or "fetch" or "last", ..]
                    && !body.Descendants().Any(part => part is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: "ClientSecret", Instance: ILocalReferenceOperation { Local: var written } } } && SymbolEqualityComparer.Default.Equals(written, local.Local));
            default:
                return false;
        }
    }

    private static ITypeSymbol? MadeWith(IOperation secret)
    {
        for (var parent = secret.Parent; parent is not null and not IBlockOperation; parent = parent.Parent)
        {
            switch (parent)
            {
                case IObjectCreationOperation { Type: { } made }:
                    return made;
                case IAnonymousObjectCreationOperation { Type: { } anonymous }:
                    return anonymous;
                case IArgumentOperation or IConversionOperation or ICoalesceOperation or ISimpleAssignmentOperation or IObjectOrCollectionInitializerOperation or IMemberInitializerOperation:
                    break;
                default:
                    return null;
            }
        }
        return null;
    }
}
