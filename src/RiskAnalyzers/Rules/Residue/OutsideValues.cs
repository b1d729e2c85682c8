using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Residue;

/// <summary>Values that the code around does not vouch for: from a request, a setting, a provider, a database, or the callers of a public method.</summary>
internal static class OutsideValues
{
    private static readonly HashSet<string> Answers = Words.SetOf("response result answer reply payment charge refund intent capture");

    private static readonly HashSet<string> Checks = Words.SetOf("verify validate check is has can authorize ensure");

    /// <summary>The name of the value from outside that the operation reads, or of the check that it makes; null for the code's own state.</summary>
    public static string? NameOf(IOperation operation, OperationVisit visit)
    {
        switch (operation)
        {
            // Debug.Assert(VerifySignature(body)): the check itself is left out.
            case IInvocationOperation { Type.SpecialType: SpecialType.System_Boolean, TargetMethod: { Name: var name, ContainingType.SpecialType: SpecialType.None } method } when method.Locations.Any(location => location.IsInSource)
                && Words.Of(name) is { IsEmpty: false } words && Checks.Contains(words[0]) && Polarities.Of(name) != Polarity.Neutral:
                return name;
            case IParameterReferenceOperation { Parameter: var parameter }:
                return RequestData.In(visit.Facts).Holds(parameter) || IsOfPublicMethod(parameter) && !RequestData.IsService(parameter) ? parameter.Name : null;
            case ILocalReferenceOperation { Local: var local }:
                return IsFromOutside(local, operation) || RequestData.In(visit.Facts).Holds(operation) ? local.Name : null;
            case IPropertyReferenceOperation { Property.ContainingType: { } options } property when Settings.IsOptionsType(options):
                return property.Property.Name;
            default:
                return Settings.Read(operation)?.Operation.Syntax.ToString();
        }
    }

    private static bool IsOfPublicMethod(IParameterSymbol parameter) =>
        parameter.ContainingSymbol is IMethodSymbol { DeclaredAccessibility: Accessibility.Public, MethodKind: MethodKind.Ordinary or MethodKind.Constructor, ContainingType.DeclaredAccessibility: Accessibility.Public or Accessibility.Internal };

    // var result = await gateway.ChargeAsync(...); var secret = config["..."];
    private static bool IsFromOutside(ILocalSymbol local, IOperation use) => use.EnclosingFunction().DescendantsInFunction().Any(operation =>
        operation is IVariableDeclaratorOperation declarator && SymbolEqualityComparer.Default.Equals(declarator.Symbol, local) && declarator.GetVariableInitializer() is { Value: var value }
        && (Settings.Read(value.WithoutAwait()) is not null
            || value.WithoutConversions() is IAwaitOperation && (Words.ContainAny(local.Name, Answers) || value.WithoutAwait() is IInvocationOperation call && Language.Payments.MovesMoney(call))
            || value.WithoutConversions() is ICoalesceOperation { Value: var first } && Settings.Read(first.WithoutAwait()) is not null));
}
