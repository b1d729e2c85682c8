using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Accounts;

/// <summary>What the calls that compare compare.</summary>
internal static class Comparisons
{
    /// <summary>The two sides of <c>a.Equals(b)</c>, <c>string.Equals(a, b)</c>, <c>a.SequenceEqual(b)</c> and their kind.</summary>
    public static (IOperation Left, IOperation Right)? OperandsOf(IInvocationOperation call)
    {
        if (call.Instance is { } instance)
            return call.Arguments.Length > 0 ? (instance, call.Arguments[0].Value) : null;
        return call.Arguments.Length > 1 && call.Type?.SpecialType is SpecialType.System_Boolean or SpecialType.System_Int32 ? (call.Arguments[0].Value, call.Arguments[1].Value) : null;
    }

    /// <summary>Whether both sides are the same member of two things of one kind: asked by <c>Equals</c>, or to see what has changed.</summary>
    public static bool AreSameMember(IOperation left, IOperation right) =>
        Member(left) is IPropertySymbol or IFieldSymbol && SymbolEqualityComparer.Default.Equals(Member(left), Member(right));

    /// <summary>Whether both sides are members of one name: <c>model.Secret</c> and <c>settings.Secret</c>.</summary>
    public static bool AreOfOneName(IOperation left, IOperation right) =>
        Member(left) is IPropertySymbol { Name: var name } && Member(right) is IPropertySymbol { Name: var other } && name == other;

    private static ISymbol? Member(IOperation side) => side.WithoutConversions().ReferencedSymbol();
}
