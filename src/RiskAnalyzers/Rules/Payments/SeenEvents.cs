using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Payments;

/// <summary>Events of a provider that are known already, whether or not they were handled when they came first.</summary>
internal static class SeenEvents
{
    private static readonly HashSet<string> Events = Words.SetOf("event webhook notification message log inbox callback");

    private static readonly HashSet<string> States = new(StringComparer.Ordinal) { "ProcessingStatus", "Status", "State", "Processed", "IsProcessed", "ProcessedAt", "ProcessedAtUtc", "ProcessedOn", "Handled", "Succeeded", "CompletedAt" };

    /// <summary>The row that is known and the state of it that nobody asks for, of <c>if (existing != null)</c> and <c>if (await events.AnyAsync(e => e.EventId == id))</c>; null where the state is asked for, or there is none.</summary>
    public static (string Name, string State)? Dropped(IConditionalOperation choice)
    {
        var condition = choice.Condition.WithoutAwait();
        switch (condition)
        {
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.NotEquals, LeftOperand: var left, RightOperand: var right } when right.IsNull():
                return OfRow(left.WithoutConversions());
            case IIsPatternOperation { Pattern: INegatedPatternOperation { Pattern: IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: null } } }, Value: var value }:
                return OfRow(value.WithoutConversions());
            case ILocalReferenceOperation { Type.SpecialType: SpecialType.System_Boolean } flag when Flow.InitialValue(flag) is IInvocationOperation asked:
                return OfQuestion(asked);
            case IInvocationOperation asked:
                return OfQuestion(asked);
            default:
                return null;
        }
    }

    private static (string Name, string State)? OfRow(IOperation row)
    {
        if (row is not ILocalReferenceOperation { Local: var local } reference || StateOf(local.Type) is not { } state || Flow.InitialValue(reference) is not IInvocationOperation lookup || MentionsState(lookup, state))
            return null;
        return reference.EnclosingFunction().DescendantsInFunction().Any(operation => operation is IPropertyReferenceOperation { Property: var read, Instance: ILocalReferenceOperation { Local: var asked } } && States.Contains(read.Name) && SymbolEqualityComparer.Default.Equals(asked, local))
            ? null : (local.Type.Name, state.Name);
    }

    // events.AnyAsync(e => e.EventId == id)
    private static (string Name, string State)? OfQuestion(IInvocationOperation asked) => asked.TargetMethod.Name is "AnyAsync" or "Any"
        && asked.Arguments.Select(argument => LambdaOf(argument.Value)).FirstOrDefault(lambda => lambda is not null) is { Symbol.Parameters: [{ Type: var row }] } filter && StateOf(row) is { } state && !MentionsState(filter, state) && !MentionsState(asked, state)
            ? (row.Name, state.Name) : null;

    private static IAnonymousFunctionOperation? LambdaOf(IOperation value) => value.WithoutConversions() is IDelegateCreationOperation { Target: IAnonymousFunctionOperation made } ? made : value.WithoutConversions() as IAnonymousFunctionOperation;

    private static IPropertySymbol? StateOf(ITypeSymbol type) => type.TypeKind == TypeKind.Class && Words.ContainAny(type.Name, Events) ? type.GetMembers().OfType<IPropertySymbol>().FirstOrDefault(member => States.Contains(member.Name)) : null;

    private static bool MentionsState(IOperation lookup, IPropertySymbol state) => lookup.DescendantsAndSelf().Any(operation => operation is IPropertyReferenceOperation { Property: var read } && (SymbolEqualityComparer.Default.Equals(read, state) || States.Contains(read.Name)));
}
