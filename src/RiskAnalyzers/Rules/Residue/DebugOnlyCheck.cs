using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Residue;

/// <summary>A check of something from outside that only debug builds make.</summary>
internal sealed class DebugOnlyCheck : RiskRule
{
    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK7013",
        title: "A check runs in debug builds only",
        message: "'{0}' is checked by '{1}' alone, which release builds leave out: in production nothing keeps a wrong value out; throw instead",
        why: "Debug.Assert and methods marked [Conditional(\"DEBUG\")] are not called in a Release build, arguments and all. What a caller, a setting or a provider gets wrong goes through where it counts.");

    public DebugOnlyCheck() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        var conditional = on.Type("System.Diagnostics.ConditionalAttribute");
        on.Operation(visit => Check(visit, conditional), OperationKind.Invocation);
    }

    private static void Check(OperationVisit visit, INamedTypeSymbol? conditional)
    {
        var call = (IInvocationOperation)visit.Operation;
        if (!call.TargetMethod.ReturnsVoid || call.Arguments.IsEmpty || !IsDebugOnly(call.TargetMethod, conditional) || !IsCheck(call.TargetMethod))
            return;
        foreach (var part in call.Arguments.Where(argument => argument.Parameter?.Type.SpecialType != SpecialType.System_String || call.TargetMethod.Name != "Assert").SelectMany(argument => argument.Value.DescendantsAndSelf()))
        {
            if (OutsideValues.NameOf(part, visit) is not { } name || IsCheckedElsewhere(call, part))
                continue;
            visit.Report(call, name, call.TargetMethod.ContainingType.Name == "Debug" ? "Debug." + call.TargetMethod.Name : call.TargetMethod.Name);
            return;
        }
    }

    private static bool IsDebugOnly(IMethodSymbol method, INamedTypeSymbol? conditional)
    {
        if (method is { Name: "Assert", ContainingType: { Name: "Debug", ContainingNamespace.Name: "Diagnostics" } })
            return true;
        return conditional is not null && method.GetAttributes().Any(attribute => SymbolEqualityComparer.Default.Equals(attribute.AttributeClass, conditional)
            && attribute.ConstructorArguments is [{ Value: "DEBUG" or "TESTING" or "DEVELOPMENT" }]);
    }

    private static readonly HashSet<string> CheckVerbs = Words.SetOf("assert validate verify check ensure require demand guard");

    private static bool IsCheck(IMethodSymbol method) => Words.Of(method.Name) is { IsEmpty: false } words && CheckVerbs.Contains(words[0]);

    // A comparison or a throwing helper on the same thing elsewhere in the function makes the assertion a remark.
    private static bool IsCheckedElsewhere(IInvocationOperation assertion, IOperation value)
    {
        if (value.ReferencedSymbol() is not { } symbol || value is IInvocationOperation)
            return false;
        return assertion.EnclosingFunction().DescendantsInFunction().Any(operation => operation switch
        {
            IConditionalOperation { Condition: var condition } branch => Flow.Leaves(branch.WhenTrue) && condition.Mentions(symbol),
            IInvocationOperation { TargetMethod.Name: var name } call => call != assertion && name.StartsWith("ThrowIf", StringComparison.Ordinal) && call.Mentions(symbol),
            ICoalesceOperation { WhenNull: var otherwise } coalesce => Flow.Throws(otherwise) && coalesce.Value.Mentions(symbol),
            _ => false,
        });
    }
}
