namespace RiskAnalyzers.Language;

/// <summary>Calls that refuse a bad value themselves: guards of the framework and of libraries, validators, and the product's own helpers.</summary>
internal static class Checks
{
    private static readonly HashSet<string> Verbs = Words.SetOf("guard ensure validate require requires must assert against");

    private static readonly HashSet<string> Guardians = Words.SetOf("guard guards ensure require requires preconditions precondition against validator throw verify");

    /// <summary>What the calls in an expression make sure of, for the value itself or for the object that holds it.</summary>
    public static Bounds In(IOperation expression, ValuePath path)
    {
        var known = Bounds.None;
        foreach (var operation in expression.DescendantsInFunction())
        {
            if (operation is IInvocationOperation call && Conditions.Receives(call, path))
                known |= Of(call, path);
        }
        return known;
    }

    private static Bounds Of(IInvocationOperation call, ValuePath path)
    {
        var method = call.TargetMethod;
        if (method.Name.StartsWith("ThrowIf", StringComparison.Ordinal))
            return OfThrowIf(method.Name);
        var words = Words.Of(method.Name);
        if (words.IsEmpty)
            return Bounds.None;
        if (method.Name is "NotNull" or "ArgumentNotNull" or "Null" or "NotNullOrEmpty" or "NullOrEmpty" or "NullOrWhiteSpace")
            return Bounds.NotNull;
        if (Verbs.Contains(words[0]) || method.ContainingType is { } type && Words.ContainAny(type.Name, Guardians))
            return Bounds.Checked;
        return Refuses(call, path) ? Bounds.Checked : Bounds.None;
    }

    private static Bounds OfThrowIf(string name) =>
        name.Contains("Null") ? Bounds.NotNull
        : name.Contains("Negative") || name.Contains("Zero") || name.Contains("LessThan") ? Bounds.Lower | Bounds.NotNull
        : name.Contains("GreaterThan") ? Bounds.Upper | Bounds.NotNull
        : Bounds.Checked;

    // A helper in the same compilation that tests its parameter and throws.
    private static bool Refuses(IInvocationOperation call, ValuePath path)
    {
        if (call.TargetMethod.DeclaringSyntaxReferences is not [var declared])
            return false;
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter is not { } parameter || ValuePath.Of(argument.Value) is not { } given || !path.IsWithin(given))
                continue;
            var tested = path.Equals(given) ? parameter.Name : path.Name;
            if (declared.GetSyntax().DescendantNodes().Any(node => node is IfStatementSyntax refusal && Names(refusal.Condition, tested) && Throws(refusal.Statement)))
                return true;
        }
        return false;
    }

    private static bool Names(SyntaxNode condition, string name) => condition.DescendantNodesAndSelf().Any(node => node is IdentifierNameSyntax identifier && identifier.Identifier.ValueText == name);

    private static bool Throws(SyntaxNode statement) => statement.DescendantNodesAndSelf().Any(node => node is ThrowStatementSyntax);
}
