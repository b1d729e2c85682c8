using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Money;

/// <summary>A figure over orders, invoices or payments that takes in the ones that were called off.</summary>
internal sealed class CancelledCounted : RiskRule
{
    private static readonly HashSet<string> Sums = Words.SetOf("Sum SumAsync Average AverageAsync");

    private static readonly HashSet<string> Filters = Words.SetOf("Where Count CountAsync LongCount LongCountAsync Any AnyAsync");

    private static readonly HashSet<string> Ones = Words.SetOf("First FirstAsync FirstOrDefault FirstOrDefaultAsync Single SingleAsync SingleOrDefault SingleOrDefaultAsync Last LastOrDefault LastOrDefaultAsync");

    private static readonly HashSet<string> Ended = Words.SetOf("paid completed delivered closed settled fulfilled succeeded");

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK1017",
        title: "What was called off is counted",
        message: "'{0}' takes in each '{1}' that is '{2}', because {3}: the figure says more than was earned or is owed; name the states that count",
        why: "Turnover that contains cancelled orders, arrears that contain withdrawn invoices and a paid total that contains failed payments look right and are not. Reminders, limits and refunds follow from them.",
        severity: DiagnosticSeverity.Info);

    public CancelledCounted() : base(Risk)
    {
    }

    public override void Listen(RuleListener on) => on.Operation(Check, OperationKind.Invocation);

    private static void Check(OperationVisit visit)
    {
        var call = (IInvocationOperation)visit.Operation;
        if (Sums.Contains(call.TargetMethod.Name))
            CheckSum(visit, call);
        else if (Filters.Contains(call.TargetMethod.Name))
            CheckFilter(visit, call);
    }

    // db.Orders.SumAsync(o => o.Total): cancelled ones were never paid.
    private static void CheckSum(OperationVisit visit, IInvocationOperation sum)
    {
        if (Lambda(sum) is not { Symbol.Parameters: [{ Type: var row }] } added || EntityFramework.Receiver(sum) is not { } rows || !IsSum(added, visit))
            return;
        var chain = new RowChain(rows, visit.Body);
        if ((CalledOff.Of(row, visit.Compilation) ?? chain.Rows.Select(type => CalledOff.Of(type, visit.Compilation)).FirstOrDefault(each => each is not null)) is not { } found || !chain.IsStored || chain.AsksFor(found))
            return;
        visit.Report(sum.CalledName(), sum.TargetMethod.Name, found.Record.Name, found.Example, $"nothing asks for its '{found.Status.Name}'");
    }

    private static bool IsSum(IAnonymousFunctionOperation added, OperationVisit visit) => added.Body.Operations.LastOrDefault() is IReturnOperation { ReturnedValue: { } amount } && (Amounts.IsDecimal(amount.Type) || Amounts.IsFloating(amount.Type))
        && visit.Facts.MoneyIn(added.Syntax.SyntaxTree).Mean(amount.WithoutConversions());

    // invoices.Where(i => i.Status != InvoiceStatus.Paid && i.DueDate < now): withdrawn ones are overdue for ever.
    private static void CheckFilter(OperationVisit visit, IInvocationOperation filter)
    {
        if (Lambda(filter) is not { Symbol.Parameters: [{ Type: var row }] } test || CalledOff.Of(row, visit.Compilation) is not { } found)
            return;
        if (test.Body.Descendants().Where(found.IsAsked).Take(2).ToList() is not [var asked] || Refused(asked) is not var (comparison, state) || !Words.ContainAny(state, Ended) || IsForOne(filter))
            return;
        if (EntityFramework.Receiver(filter) is not { } rows || new RowChain(rows, visit.Body) is not { IsStored: true } chain || chain.AsksFor(found))
            return;
        visit.Report(comparison, visit.Member.ReadableName(), found.Record.Name, found.Example, $"whatever is not '{state}' passes");
    }

    private static IAnonymousFunctionOperation? Lambda(IInvocationOperation call) => call.Arguments.IsEmpty ? null : call.Arguments[call.Arguments.Length == 1 || call.Arguments[call.Arguments.Length - 1].Parameter?.Type.Name != "CancellationToken" ? call.Arguments.Length - 1 : call.Arguments.Length - 2].Value.WithoutConversions() switch
    {
        IDelegateCreationOperation { Target: IAnonymousFunctionOperation lambda } => lambda,
        IAnonymousFunctionOperation expression => expression,
        _ => null,
    };

    private static (IOperation, string)? Refused(IOperation asked)
    {
        var value = asked;
        while (value.Parent is IConversionOperation or IParenthesizedOperation)
            value = value.Parent;
        return value.Parent switch
        {
            IBinaryOperation { OperatorKind: BinaryOperatorKind.NotEquals } unlike when StateIn(unlike.LeftOperand == value ? unlike.RightOperand : unlike.LeftOperand) is { } state => (unlike, state),
            IIsPatternOperation { Pattern: INegatedPatternOperation { Pattern: IConstantPatternOperation { Value: var constant } } } match when StateIn(constant) is { } state => (match, state),
            _ => null,
        };
    }

    private static string? StateIn(IOperation value) => value.WithoutConversions() switch
    {
        IFieldReferenceOperation { Field: { HasConstantValue: true, Name: var name } } => name,
        ILiteralOperation { ConstantValue: { HasValue: true, Value: string text } } => text,
        _ => null,
    };

    // The payment that is not finished yet is looked for, not counted.
    private static bool IsForOne(IInvocationOperation filter)
    {
        for (IOperation? use = filter; use is not null; use = use.Parent)
        {
            if (use is IInvocationOperation { TargetMethod.Name: var name } && Ones.Contains(name))
                return true;
            if (use is IExpressionStatementOperation or IVariableDeclaratorOperation or IBlockOperation or IAnonymousFunctionOperation)
                return false;
        }
        return false;
    }
}
