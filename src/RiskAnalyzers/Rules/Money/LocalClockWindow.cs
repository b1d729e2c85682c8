using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Money;

/// <summary>A promotion, an expiry or another window of time that the server's local clock opens and closes.</summary>
internal sealed class LocalClockWindow : RiskRule
{
    private static readonly HashSet<string> Windows = Words.SetOf(
        "start starts end ends expire expires expired expiry expiration exp valid until deadline promo promotion promotions sale coupon coupons token due lockout trial renewal renew renews effective "
        + "activation offer campaign window cutoff voucher subscription membership grace reset otp discount holds reserved reservation billing cancellable refundable");

    // What a member asks that looks at the clock without naming a date.
    private static readonly HashSet<string> Asking = Words.SetOf(
        "expire expires expired expiry promo promotion promotions sale coupon coupons deadline overdue trial offer campaign voucher discount discounts weekend holiday season seasonal friday happy flash refundable returnable");

    // A start that nobody waits for: of a run, an import, a measurement.
    private static readonly HashSet<string> Stopwatches = Words.SetOf("start started starting begin began end ended");

    private static readonly HashSet<string> Clocks = Words.SetOf("now today current local");

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK1007",
        title: "A window of time is checked against the server's local clock",
        message: "'{0}' is the server's local time: '{1}' starts or ends hours off where the server's time zone is not the one it was set in; use UTC (TimeProvider.GetUtcNow, DateTime.UtcNow)",
        why: "Containers run in UTC and laptops do not. Promotions start and end hours early or late, tokens live too long or not at all, and once a year an hour happens twice.");

    public LocalClockWindow() : base(Risk)
    {
    }

    public override void Listen(RuleListener on) => on.Operation(Check, OperationKind.PropertyReference);

    private static void Check(OperationVisit visit)
    {
        var clock = (IPropertyReferenceOperation)visit.Operation;
        if (clock.Instance is not null || clock.Property.Name is not ("Now" or "Today" or "UtcNow") || clock.Property.ContainingType.SpecialType != SpecialType.System_DateTime)
            return;
        var window = clock.Property.Name == "UtcNow" ? ShiftedClock(visit, clock) : Window(visit, clock, isShifted: false, depth: 0);
        // What a seed makes up may end when it likes.
        if (window is not null && !Preparation.Is(visit.Member))
            visit.Report(clock, clock.Syntax.ToString(), window);
    }

    // var now = DateTime.UtcNow.AddHours(7); is a time zone by hand.
    private static string? ShiftedClock(OperationVisit visit, IOperation clock) =>
        clock.Parent is IInvocationOperation { TargetMethod.Name: "AddHours", Arguments: [{ Value: var hours }] } shifted && hours.ConstantNumber() is not null
        && shifted.Target(visit.Member) is { } target && Words.ContainAny(target.Name, Clocks) ? target.Name : null;

    /// <summary>The name of the window that the time is compared with or becomes, or null.</summary>
    private static string? Window(OperationVisit visit, IOperation time, bool isShifted, int depth)
    {
        var isPart = false;
        for (var (child, parent) = (time, time.Parent); parent is not null; child = parent, parent = parent.Parent)
        {
            switch (parent)
            {
                // An instant with its offset compares right, wherever it was taken.
                case IConversionOperation conversion when conversion.Type.WithoutNullable()?.Name == "DateTimeOffset":
                    return null;
                case IConversionOperation or IParenthesizedOperation or ICoalesceOperation:
                    break;
                case IConditionalOperation { Type: not null } choice when child != choice.Condition:
                    break;
                case IInvocationOperation call when call.Instance == child && call.TargetMethod.Name.StartsWith("Add", StringComparison.Ordinal):
                    isShifted = true;
                    break;
                case IInvocationOperation { TargetMethod.Name: "CompareTo" or "Equals" } compare when compare.Instance == child:
                    return Named(compare.Arguments[0].Value);
                case IPropertyReferenceOperation { Property.Name: "Date" }:
                    break;
                case IPropertyReferenceOperation { Property.Name: "Year" or "Month" or "Day" or "Hour" or "DayOfWeek" or "TimeOfDay" }:
                    isPart = true;
                    break;
                // DateTime.Now.DayOfWeek is Saturday, in a method that is named for a promotion.
                case IIsPatternOperation when isPart:
                    return NamedByMember(visit);
                case IInvocationOperation { TargetMethod.Name: "FromDateTime" }:
                    break;
                case IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { Name: "FromDateTime", ContainingType.Name: "DateOnly" } } }:
                    break;
                case IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "CompareTo" or "Compare" } compare } argument:
                    return compare.Instance is { } instance ? Named(instance) : compare.Arguments.Where(other => other != argument).Select(other => Named(other.Value)).FirstOrDefault();
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual or BinaryOperatorKind.Equals } comparison:
                    return Named(comparison.LeftOperand == child ? comparison.RightOperand : comparison.LeftOperand) ?? (isShifted ? null : NamedByMember(visit));
                // EndsAt - DateTime.Now: what is left of the window.
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.Subtract } difference:
                    return Named(difference.RightOperand == child ? difference.LeftOperand : difference.RightOperand) is { } bound && !IsStopwatch(bound) ? bound : null;
                case IInvocationOperation { TargetMethod.Name: "Subtract", Arguments: [{ Value: var end }] } difference when difference.Instance == child:
                    return Named(end) is { } subtracted && !IsStopwatch(subtracted) ? subtracted : null;
                case IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "Subtract", Instance: { } minuend } }:
                    return Named(minuend) is { } started && !IsStopwatch(started) ? started : null;
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } sum when sum.LeftOperand == child:
                    isShifted = true;
                    break;
                case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator }:
                    return IsWindow(declarator.Symbol.Name) && isShifted ? BecomesInstant(declarator) ? null : declarator.Symbol.Name : depth == 0 ? ThroughLocal(visit, declarator) : null;
                case ISimpleAssignmentOperation or IArgumentOperation or IPropertyInitializerOperation or IReturnOperation:
                    return child.Target(visit.Member) is { } target && IsWindow(target.Name) && (isShifted || !IsStopwatch(target.Name) && !(parent is IArgumentOperation && IsRange(target.Name))) ? target.Name : null;
                default:
                    return null;
            }
        }
        return null;
    }

    // A local that every use turns into an instant with its offset: the expiry of a cookie.
    private static bool BecomesInstant(IVariableDeclaratorOperation declarator)
    {
        var uses = declarator.EnclosingFunction().Descendants().OfType<ILocalReferenceOperation>().Where(reference => SymbolEqualityComparer.Default.Equals(reference.Local, declarator.Symbol)).ToList();
        return uses.Count > 0 && uses.TrueForAll(use => use.Parent is IConversionOperation conversion && conversion.Type.WithoutNullable()?.Name == "DateTimeOffset");
    }

    // var now = DateTime.Now; if (coupon.EndsAt < now) ...
    private static string? ThroughLocal(OperationVisit visit, IVariableDeclaratorOperation declarator)
    {
        foreach (var operation in declarator.EnclosingFunction().Descendants())
        {
            if (operation is ILocalReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Local, declarator.Symbol) && Window(visit, reference, isShifted: false, depth: 1) is { } window)
                return window;
        }
        return null;
    }

    // The member that asks: IsCardExpired, IsBlackFriday.
    private static string? NamedByMember(Visit visit)
    {
        var member = visit.Member is IMethodSymbol { AssociatedSymbol: { } property } ? property : visit.Member;
        return Words.ContainAny(member.Name, Asking) ? member.Name : null;
    }

    // The value that a time is compared with, where its name, or its owner's, speaks of a window: coupon.EndsAt, promo.Date, token?.Expires.Value.
    private static string? Named(IOperation operand)
    {
        var isDeadline = false;
        for (var value = operand.WithoutAwait(); value is not null;)
        {
            if (value.ReferencedSymbol() is { } symbol && (IsWindow(symbol.Name) || isDeadline))
                return symbol.Name;
            // deliveredAt.AddDays(14) is a deadline, whatever it begins with.
            isDeadline = value is IInvocationOperation { TargetMethod: { Name: "AddDays" or "AddHours" or "AddMinutes" or "AddMonths" or "AddYears" or "Add", ContainingType.SpecialType: SpecialType.System_DateTime }, Instance: not null };
            value = value switch
            {
                IConditionalAccessOperation access => access.Operation.WithoutAwait(),
                IInvocationOperation { TargetMethod.Name: var name, Instance: { } instance } when name.StartsWith("Add", StringComparison.Ordinal) || name is "GetValueOrDefault" => instance.WithoutAwait(),
                IPropertyReferenceOperation { Property.Name: "Value" or "Date", Instance: { } instance } => instance.WithoutAwait(),
                // promo.Date: the owner says what the date is for, unless the member says that it is about something else.
                IMemberReferenceOperation { Instance: { } instance, Member.Name: "Date" or "When" or "At" or "Time" or "From" or "To" } => instance.WithoutAwait(),
                _ => null!,
            };
        }
        return null;
    }

    private static bool IsWindow(string name) => Words.ContainAny(name, Windows) || Words.ContainSequence(name, "valid", "from") || Words.ContainSequence(name, "active", "from") || Words.ContainSequence(name, "available", "from");

    // The start or end of any range that a helper is handed: YearsBetween(startDate, endDate).
    private static bool IsRange(string name) => Words.Of(name).All(word => Stopwatches.Contains(word) || word is "date" or "time" or "starts" or "ends" or "on" or "at" || !Windows.Contains(word));

    private static bool IsStopwatch(string name) => Words.Of(name) is var words && words.HaveAny(Stopwatches) && !words.Any(word => Windows.Contains(word) && !Stopwatches.Contains(word) && word is not ("starts" or "ends"))
        && words[words.Length - 1] is not ("at" or "on" or "date" or "starts" or "ends") || words.Contains("started") || words.Contains("ended");
}
