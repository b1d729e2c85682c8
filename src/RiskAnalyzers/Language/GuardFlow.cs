using Microsoft.CodeAnalysis.FlowAnalysis;

namespace RiskAnalyzers.Language;

/// <summary>
/// What is known of a value on every way through the control-flow graph: for bodies where statements jump, so that the tree alone cannot tell. The graph is dear;
/// ask it last, where a finding is reported otherwise.
/// </summary>
internal static class GuardFlow
{
    private const Bounds Everything = Bounds.NotNull | Bounds.Lower | Bounds.Upper | Bounds.Checked | Bounds.Rounded;

    /// <summary>Whether one of the wanted bounds holds where the operation reads the value; the tree is asked first, the graph only for bodies with loops, switches and jumps.</summary>
    public static bool Holds(IOperation value, Bounds wanted, Func<ControlFlowGraph> graph)
    {
        if ((Guards.Of(value) & wanted) != 0)
            return true;
        return value.EnclosingFunction() is var body and not (IAnonymousFunctionOperation or ILocalFunctionOperation) && Jumps(body) && ValuePath.Named(value) is { } path && IsNamedBefore(body, value, path.Root) && (Of(value, graph()) & wanted) != 0;
    }

    // Whatever asks about a value names it, or what holds it: where nothing else does, there is nothing to be found on any way.
    private static bool IsNamedBefore(IOperation body, IOperation value, ISymbol root)
    {
        // Round a loop, or by a jump, what stands behind comes before as well.
        var comesBack = value.Ancestor<ILoopOperation>() is not null || body.DescendantsInFunction().Any(operation => operation is ILabeledOperation);
        foreach (var operation in body.Descendants())
        {
            if ((comesBack || operation.Syntax.SpanStart < value.Syntax.SpanStart) && operation is ILocalReferenceOperation or IParameterReferenceOperation or IMemberReferenceOperation
                && !value.Syntax.Span.Contains(operation.Syntax.Span) && SymbolEqualityComparer.Default.Equals(operation.ReferencedSymbol(), root))
                return true;
        }
        return false;
    }

    /// <summary>What is known where the operation reads the value, by the graph of its body.</summary>
    public static Bounds Of(IOperation value, ControlFlowGraph graph)
    {
        // The graph's operations lead to no declarations, so that values are compared as they are named.
        if (ValuePath.Named(value) is not { } path)
            return Bounds.None;
        var captures = CapturesOf(path, graph);
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
                after |= Known(condition, taken, path, captures);
            }
            // The way leads through these first.
            foreach (var last in branch.FinallyRegions)
            {
                for (var i = last.FirstBlockOrdinal; i <= last.LastBlockOrdinal; i++)
                    after = After(graph.Blocks[i], after, path, until: null);
            }
            var met = entry[next.Ordinal] & after;
            if (met == entry[next.Ordinal])
                return;
            entry[next.Ordinal] = met;
            pending.Enqueue(next);
        }
    }

    private static Bounds Known(IOperation condition, bool outcome, ValuePath path, HashSet<CaptureId> captures) => condition switch
    {
        IIsNullOperation { Operand: var operand } => !outcome && (IsCaptured(operand, captures) || path.Equals(ValuePath.Named(operand))) ? Bounds.NotNull : Bounds.None,
        IIsPatternOperation { Value: var tested } match when IsCaptured(tested, captures) => Conditions.OfPattern(match.Pattern, outcome, path, path),
        IBinaryOperation comparison when IsCaptured(comparison.LeftOperand, captures) => Conditions.OfRelation(comparison.OperatorKind, outcome, true, comparison.RightOperand),
        _ => Conditions.Known(condition, outcome, path),
    };

    // The graph reads what a switch or a coalescing looks at once, and compares the copy.
    private static HashSet<CaptureId> CapturesOf(ValuePath path, ControlFlowGraph graph)
    {
        var captures = new HashSet<CaptureId>();
        foreach (var block in graph.Blocks)
        {
            foreach (var operation in block.Operations)
            {
                if (operation is IFlowCaptureOperation capture && path.Equals(ValuePath.Named(capture.Value)))
                    captures.Add(capture.Id);
            }
        }
        return captures;
    }

    private static bool IsCaptured(IOperation operand, HashSet<CaptureId> captures) => operand.WithoutConversions() is IFlowCaptureReferenceOperation reference && captures.Contains(reference.Id);

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

    private static bool Jumps(IOperation body) => body.DescendantsInFunction().Any(operation => operation is ILoopOperation or ILabeledOperation or ISwitchOperation);
}
