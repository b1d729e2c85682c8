using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Data;

/// <summary>Saves that lose nothing when they stand alone: whoever calls again finishes them, or only one of the two ever runs.</summary>
internal static class RepeatedSaves
{
    private static readonly HashSet<string> Repeatable = Words.SetOf("ensure upsert unlock touch bump refresh recalculate recompute rebuild resync sync consume verify validate check handle pair activate");

    // RemoveInvalidAttributes, DeleteExpiredCarts, AddRequiredProducts, UpdateStateIfNeeded
    private static readonly HashSet<string> Leftovers = Words.SetOf("invalid expired stale unused obsolete required orphaned needed");

    private static readonly HashSet<string> Issues = Words.SetOf("issue generate create add insert store");

    private static readonly HashSet<string> Sessions = Words.SetOf("token tokens session sessions");

    private static readonly HashSet<string> Carts = Words.SetOf("cart basket");

    /// <summary>Whether the call checks something, repairs something, or makes sure of something: it may run again.</summary>
    public static bool Is(IInvocationOperation call)
    {
        var words = Words.Of(call.TargetMethod.Name);
        if (words.IsEmpty || EntityFramework.IsSaveChanges(call))
            return false;
        // A helper that is handed the context of its caller's work is a stage of it.
        return Repeatable.Contains(words[0]) || words.Contains("bump") || words[0] == "try" && words.Length > 1 && Repeatable.Contains(words[1]) || words is ["add" or "insert" or "create", "or", "update" or "merge", ..] || words is ["update", .., "states"] or ["update", .., "states", "async"] || words.HaveAny(Leftovers) || DataLibraries.Reach(call) == DataReach.None && call.Arguments.Any(argument => argument.Value.WithoutConversions().Type is { } type && !EntityFramework.IsContext(type) && Words.Of(type.Name) is [.., "context"]);
    }

    // What the customer fills in step by step, before anything is ordered.
    private static readonly HashSet<string> Steps = Words.SetOf("cart basket checkout draft drafts");

    private static readonly HashSet<string> Losses = Words.SetOf("delete remove clear empty");

    /// <summary>
    /// Whether the pair is harmless: both delete, both fill the cart, the first keeps a step of the checkout, the second only signs somebody in, one of them keeps a copy level, or they stand under conditions that exclude each other.
    /// </summary>
    public static bool Are(IInvocationOperation first, IInvocationOperation second, IOperation function) =>
        Deletes(first) && Deletes(second) || GivesRole(first) && GivesRole(second) || Speaks(first, Carts) && Speaks(second, Carts) || KeepsAStep(first, function) || SignsIn(second) || KeepsLevel(first) || KeepsLevel(second) || IsInCatch(second, first) || ExcludeEachOther(first, second);

    // checkout.Note = note; checkouts.SaveChanges(); await orders.CreateAsync(checkout.Id): the form is still there when ordering fails.
    private static bool KeepsAStep(IInvocationOperation first, IOperation function) => first.Instance.ReferencedSymbol() is { } store && Words.ContainAny(store.Name, Steps)
        && !function.DescendantsInFunction().OfType<IInvocationOperation>().Any(call => call.Syntax.SpanStart <= first.Syntax.SpanStart && Words.Of(call.TargetMethod.Name) is [var verb, ..] && Losses.Contains(verb));

    // if (user.ProviderId != providerId) { user.ProviderId = providerId; save }: whoever comes next does it again.
    private static bool KeepsLevel(IInvocationOperation save) => save.Ancestor<IConditionalOperation>() is { } choice && choice.WhenTrue.Syntax.Span.Contains(save.Syntax.Span) && Parts(choice.Condition).Any(part => Unequal(part) is var (copy, source)
        && choice.WhenTrue.Descendants().Any(operation => operation is IAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: var set }, Value: var value } && set == copy && value.ReferencedSymbol() is { } taken && SymbolEqualityComparer.Default.Equals(taken, source)
            || operation is IInvocationOperation { TargetMethod.Name: "SetProperty" } setter && setter.Arguments.Any(argument => SymbolEqualityComparer.Default.Equals(argument.Value.WithoutConversions().ReferencedSymbol(), source))));

    private static (string Copy, ISymbol Source)? Unequal(IOperation condition)
    {
        var (one, other) = condition switch
        {
            IBinaryOperation { OperatorKind: BinaryOperatorKind.NotEquals } unequal => (unequal.LeftOperand, unequal.RightOperand),
            IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, Operand: IInvocationOperation { TargetMethod: { Name: "Equals", IsStatic: true }, Arguments: [var left, var right, ..] } } => (left.Value, right.Value),
            _ => (null, null),
        };
        if (one?.WithoutConversions() is IPropertyReferenceOperation { Property: var first } && other?.WithoutConversions() is ILocalReferenceOperation or IParameterReferenceOperation)
            return (first.Name, other.ReferencedSymbol()!);
        if (other?.WithoutConversions() is IPropertyReferenceOperation { Property: var second } && one?.WithoutConversions() is ILocalReferenceOperation or IParameterReferenceOperation)
            return (second.Name, one.ReferencedSymbol()!);
        return null;
    }

    private static bool GivesRole(IInvocationOperation call) => call.TargetMethod.Name is "AddToRoleAsync" or "AddToRolesAsync";

    private static bool Deletes(IInvocationOperation call) => Words.Of(call.TargetMethod.Name) is ["delete" or "remove", ..] or ["execute", "delete", ..];

    private static bool Speaks(IInvocationOperation call, HashSet<string> words) => Words.ContainAny(call.TargetMethod.Name, words) || !EntityFramework.IsSaveChanges(call) && Words.ContainAny(call.TargetMethod.ContainingType.Name, words);

    // Who is registered can sign in again.
    private static bool SignsIn(IInvocationOperation call) => Words.Of(call.TargetMethod.Name) is [var verb, ..] words && Issues.Contains(verb)
        && (words.HaveAny(Sessions) || Words.ContainAny(call.TargetMethod.ContainingType.Name, Sessions) || words is ["generate", .., "response"] or ["generate", .., "response", "async"]);

    private static bool IsInCatch(IOperation second, IOperation first) => second.Ancestor<ICatchClauseOperation>() is { } clause && !clause.Syntax.Span.Contains(first.Syntax.Span);

    // if (o is TopUp) ...; if (o is Payout) ...: and the same with two values of an enum.
    private static bool ExcludeEachOther(IOperation first, IOperation second)
    {
        foreach (var one in ConditionsAround(first, second))
        {
            foreach (var other in ConditionsAround(second, first))
            {
                if (Asked(one) is var (subject, answer) && Asked(other) is var (same, another) && subject == same && answer != another)
                    return true;
            }
        }
        return false;
    }

    // The parts of the conditions that hold around the one and not around the other.
    private static IEnumerable<IOperation> ConditionsAround(IOperation place, IOperation elsewhere) => place.Ancestors().TakeWhile(ancestor => !ancestor.Syntax.Span.Contains(elsewhere.Syntax.Span))
        .OfType<IConditionalOperation>().Where(choice => choice.WhenTrue.Syntax.Span.Contains(place.Syntax.Span)).SelectMany(choice => Parts(choice.Condition));

    private static IEnumerable<IOperation> Parts(IOperation condition) => condition is IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } both ? Parts(both.LeftOperand).Concat(Parts(both.RightOperand)) : new[] { condition };

    private static (string Subject, string Answer)? Asked(IOperation condition) => condition switch
    {
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals, RightOperand: { ConstantValue.HasValue: true } value } equality => (equality.LeftOperand.Syntax.ToString(), value.Syntax.ToString()),
        IIsTypeOperation asked => (asked.ValueOperand.Syntax.ToString(), asked.TypeOperand.Name),
        IIsPatternOperation { Pattern: IDeclarationPatternOperation { MatchedType: { } type } } asked => (asked.Value.Syntax.ToString(), type.Name),
        _ => null,
    };
}
