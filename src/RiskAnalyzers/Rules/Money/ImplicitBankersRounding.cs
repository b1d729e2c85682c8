using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Money;

/// <summary>Money that is rounded without a word on which way half a cent goes; .NET then rounds it to the even neighbour.</summary>
internal sealed class ImplicitBankersRounding : RiskRule
{
    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK1011",
        title: "Money is rounded by a mode that nobody chose",
        message: "'{0}' rounds half a cent to the even neighbour: 2.345 becomes 2.34 where tax offices and providers mostly expect 2.35; say which way with MidpointRounding",
        why: "Math.Round, decimal.Round and Convert.ToInt64 use banker's rounding unless told otherwise. One amount in twenty that ends in half a cent differs from the "
            + "provider's or the tax office's figure by a cent, and nobody can tell later whether that was meant.");

    public ImplicitBankersRounding() : base(Risk)
    {
    }

    public override void Listen(RuleListener on) => on.Operation(Check, OperationKind.Invocation);

    private static void Check(OperationVisit visit)
    {
        var call = (IInvocationOperation)visit.Operation;
        if (RoundedValue(call) is not { } value || !IsMoney(visit, call, value.WithoutConversions()) || call.IsInExpressionTree() || IsCompared(call) || visit.Member is IMethodSymbol { MethodKind: MethodKind.Conversion })
            return;
        visit.Report(call, call.TargetMethod.ContainingType.Name + "." + call.TargetMethod.Name);
    }

    // Math.Round(paid, 2) == Math.Round(total, 2), Math.Round(paid, 2).Equals(Math.Round(total, 2)): both go the same way, and nothing is kept.
    private static bool IsCompared(IOperation call)
    {
        var value = call;
        while (value.Parent is IConversionOperation or IParenthesizedOperation or IArgumentOperation)
            value = value.Parent;
        var other = value.Parent switch
        {
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } comparison => comparison.LeftOperand == value ? comparison.RightOperand : comparison.LeftOperand,
            IInvocationOperation { TargetMethod.Name: "Equals", Instance: { } instance, Arguments: [var argument] } => instance == value ? argument.Value : instance,
            _ => null,
        };
        return other?.WithoutConversions() is IInvocationOperation { TargetMethod.Name: "Round" };
    }

    /// <summary>The value that the call rounds to the even neighbour without being told to, or null.</summary>
    internal static IOperation? RoundedValue(IInvocationOperation call)
    {
        if (call.TargetMethod is not { IsStatic: true, ContainingType: { ContainingNamespace.Name: "System" } type } method || call.Arguments.IsEmpty)
            return null;
        var rounds = method.Name switch
        {
            "Round" => type.Name is "Math" or "Decimal" or "Double" or "MathF",
            "ToInt32" or "ToInt64" or "ToUInt32" or "ToUInt64" => type.Name == "Convert",
            _ => false,
        };
        if (!rounds || method.Parameters.Any(parameter => parameter.Type.Name == "MidpointRounding"))
            return null;
        return method.Parameters[0].Type.SpecialType is SpecialType.System_Decimal or SpecialType.System_Double or SpecialType.System_Single ? call.Arguments[0].Value : null;
    }

    private static bool IsMoney(OperationVisit visit, IInvocationOperation call, IOperation value)
    {
        // What is a whole number already is not rounded again.
        if (value.ConstantValue.HasValue || value is IInvocationOperation { TargetMethod.Name: "Ceiling" or "Floor" or "Truncate" or "Round" })
            return false;
        var target = call.Target(visit.Member);
        if (target is not null and not IParameterSymbol && Amounts.IsMeasure(target.Name))
            return false;
        var money = visit.Facts.MoneyIn(call.Syntax.SyntaxTree);
        if (money.Mean(value) || target is not null && money.Mean(target.Name) || value is ILocalReferenceOperation { Local: var local } && ComesFromMoney(call, local, money))
            return true;
        // Two places of a decimal are cents, unless something says that they are not.
        return call.TargetMethod.Name == "Round" && Amounts.IsDecimal(value.Type) && call.Arguments.Length > 1 && call.Arguments[1].Value.IsConstant(2)
            && !value.DescendantsAndSelf().Any(part => part.ReferencedSymbol() is { } named && Amounts.IsMeasure(named.Name)) && !Amounts.IsMeasure(visit.Member.Name);
    }

    // var raw = price * quantity; return Math.Round(raw);
    private static bool ComesFromMoney(IOperation call, ILocalSymbol local, MoneyWords money) => call.EnclosingFunction().DescendantsInFunction().Any(operation =>
        operation is IVariableDeclaratorOperation declarator && SymbolEqualityComparer.Default.Equals(declarator.Symbol, local)
        && declarator.GetVariableInitializer() is { } initializer && Amounts.IsDecimal(local.Type) && !Amounts.IsMeasure(local.Name) && money.Mean(initializer.Value));
}
