using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Errors;

/// <summary>
/// The text of somebody else's exception or answer, put into an exception that endpoints answer with: <c>throw new InvalidOperationException($"Refund failed: {ex.Message}")</c>.
/// It is shown where nobody sees any more that a provider or database wrote it.
/// </summary>
internal static class RethrownTexts
{
    // What generated and hand-written code throws for its callers to read, beside types of the product's own.
    private static readonly HashSet<string> Told = Words.SetOf("InvalidOperationException ApplicationException ArgumentException UnauthorizedAccessException AuthenticationException HttpRequestException ValidationException");

    private static readonly HashSet<string> Silent = Words.SetOf("program startup seeder seed migration migrations backup job worker importer exporter parser converter serializer loader compiler client");

    /// <summary>The exception that is made with the text and thrown; null where the text goes elsewhere.</summary>
    public static IObjectCreationOperation? ThrownAs(IOperation text)
    {
        IObjectCreationOperation? made = null;
        for (var parent = text.Parent; parent is not null and not IBlockOperation; parent = parent.Parent)
        {
            switch (parent)
            {
                case IObjectCreationOperation { Type.Name: var name } creation when name.EndsWith("Exception", StringComparison.Ordinal):
                    made = creation;
                    break;
                case IThrowOperation:
                    return made;
                case IInvocationOperation { TargetMethod.Name: not ("Format" or "Concat") } when made is null:
                case IConditionalOperation { Syntax: IfStatementSyntax }:
                    return null;
            }
        }
        return null;
    }

    /// <summary>Whether the thrown exception is one whose text callers get, and the caught one speaks of what is inside.</summary>
    public static bool IsToldToCallers(IObjectCreationOperation thrown, ITypeSymbol caught, ISymbol member) =>
        IsTold(thrown) && !(caught.Name == "Exception" && Told.Contains(thrown.Type!.Name)) && caught.Name is not ("ArgumentException" or "ArgumentNullException" or "FormatException" or "JsonException" or "OperationCanceledException" or "FileNotFoundException") && thrown.Ancestor<ICatchClauseOperation>() is not null && !IsSilent(member);

    /// <summary>The first place where the answer of another service that the call reads is put into an exception; null where there is none.</summary>
    public static IOperation? ThrownBody(IInvocationOperation read, ISymbol member, IOperation body)
    {
        if (read.TargetMethod is not { Name: "ReadAsStringAsync", ContainingType.Name: "HttpContent" } || IsSilent(member) || read.Ancestor<IVariableDeclaratorOperation>() is not { Symbol: { Type.SpecialType: SpecialType.System_String } local })
            return null;
        foreach (var operation in body.Descendants())
        {
            if (operation is ILocalReferenceOperation { Parent: IInterpolationOperation or IBinaryOperation or IArgumentOperation { Parent: IObjectCreationOperation } } reference && SymbolEqualityComparer.Default.Equals(reference.Local, local) && ThrownAs(reference) is { } thrown && IsTold(thrown))
                return reference;
        }
        return null;
    }

    private static bool IsTold(IObjectCreationOperation thrown) => thrown.Type is { } type && !Words.ContainAny(type.Name, Early) && (Told.Contains(type.Name) || type.Locations.Any(location => location.IsInSource) || type.IsOfTheProduct());

    // Thrown before anybody can call.
    private static readonly HashSet<string> Early = Words.SetOf("config configuration startup settings");

    private static bool IsSilent(ISymbol member) => Words.ContainAny(member.ContainingType?.Name ?? "", Silent) || member is IMethodSymbol { MethodKind: MethodKind.Constructor };
}
