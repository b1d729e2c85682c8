using Microsoft.CodeAnalysis.FlowAnalysis;

namespace RiskAnalyzers.Language;

/// <summary>
/// What is known of a value on every way through the control-flow graph: for bodies where statements jump, so that the tree alone cannot tell.
/// </summary>
internal static class GuardFlow
{
    private const Bounds Everything = Bounds.NotNull | Bounds.Lower | Bounds.Upper | Bounds.Checked | Bounds.Rounded;

    /// <summary>What is known where the operation reads the value; the tree is asked first, the graph only for bodies with loops and jumps.</summary>
    public static Bounds Of(IOperation value, IOperation body, Func<ControlFlowGraph> graph)
    {
        var known = Guards.Of(value);
        return known == Bounds.None && Jumps(body) && value.EnclosingFunction() is not (IAnonymousFunctionOperation or ILocalFunctionOperation) ? Of(value, graph()) : known;
    }

    /// <summary>What is known where the operation reads the value, by the graph of its body.</summary>
    public static Bounds Of(IOperation value, ControlFlowGraph graph)
    {
        // The graph's operations lead to no declarations, so that values are compared as they are named.
        if (ValuePath.Named(value) is not { } path)
            return Bounds.None;
        var entry = new Bounds[graph.Blocks.Length];
        for (var i = 0; i < entry.Length; i++)
            // Handlers are entered from anywhere.
            entry[i] = graph.Blocks[i].Predecessors.IsEmpty ? Bounds.None : Everything;
        var pending = new Queue<BasicBlock>(graph.Blocks);
        while (pending.Count > 0)
        {
            var block = pending.Dequeue();
            var after = After(block, entry[block.Ordinal], path, until: null);
            Pass(block.FallThroughSuccessor, after, taken: block.ConditionKind == ControlFlowConditionKind.WhenFalse);
            Pass(block.ConditionalSuccessor, after, taken: block.ConditionKind == ControlFlowConditionKind.WhenTrue);
        }
        foreach (var block in graph.Blocks)
        {
            if (block.IsReachable && Contains(block, value.Syntax))
                return After(block, entry[block.Ordinal], path, until: value.Syntax);
        }
        return Bounds.None;

        void Pass(ControlFlowBranch? branch, Bounds after, bool taken)
        {
            if (branch?.Destination is not { } next)
                return;
            if (branch.Source is { ConditionKind: not ControlFlowConditionKind.None, BranchValue: { } condition })
            {
                if (condition.ConstantValue is { HasValue: true, Value: bool always } && always != taken)
                    return;
                after |= Conditions.Known(condition, taken, path);
            }
            var met = entry[next.Ordinal] & after;
            if (met == entry[next.Ordinal])
                return;
            entry[next.Ordinal] = met;
            pending.Enqueue(next);
        }
    }

    private static Bounds After(BasicBlock block, Bounds known, ValuePath path, SyntaxNode? until)
    {
        foreach (var operation in block.Operations)
        {
            if (until is not null && operation.Syntax.Span.Contains(until.Span))
                return known;
            known = Flow.Assigns(operation, path) ? Bounds.None : known | Checks.In(operation, path);
        }
        return known;
    }

    private static bool Contains(BasicBlock block, SyntaxNode place) =>
        block.Operations.Any(operation => operation.Syntax.Span.Contains(place.Span)) || block.BranchValue?.Syntax.Span.Contains(place.Span) == true;

    private static bool Jumps(IOperation body) => body.DescendantsInFunction().Any(operation => operation is ILoopOperation or ILabeledOperation);
}
