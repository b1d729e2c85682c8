namespace RiskAnalyzers.Language;

/// <summary>
/// Answers what is known of a value where it is used: whether it was compared and refused, clamped, rounded, handed to a helper that validates, or
/// stands in the branch where a comparison holds, on every way to the use. Ask <see cref="Of"/> with the operation that reads the value:
/// <code>if ((Guards.Of(price) &amp; (Bounds.Lower | Bounds.Checked)) != 0) return; // nobody sells for nothing here</code>
/// The walk goes backwards from the use: enclosing conditions, then earlier statements of each block around it, until the value is assigned. Before a
/// finding, <see cref="GuardFlow"/> asks the control-flow graph where the tree knows nothing.
/// </summary>
internal static class Guards
{
    private const int Depth = 12;

    /// <summary>What is known of the value where the operation reads it.</summary>
    /// <param name="value">A local, parameter, field, property chain, or what is computed from one by clamping, rounding or choosing.</param>
    public static Bounds Of(IOperation value) => Of(value, 0);

    private static Bounds Of(IOperation value, int depth)
    {
        if (depth > Depth)
            return Bounds.None;
        value = value.WithoutAwait();
        if (value.ConstantValue is { HasValue: true, Value: not null })
            return Bounds.Equal;
        switch (value)
        {
            case IInvocationOperation call when OfClamp(call, depth) is { } clamped:
                return clamped;
            case IConditionalOperation { WhenFalse: { } whenFalse } choice:
                return Flow.Throws(whenFalse) ? Of(choice.WhenTrue, depth + 1)
                    : Flow.Throws(choice.WhenTrue) ? Of(whenFalse, depth + 1)
                    : Of(choice.WhenTrue, depth + 1) & Of(whenFalse, depth + 1);
            case ICoalesceOperation coalesce:
                return Flow.Throws(coalesce.WhenNull) ? Of(coalesce.Value, depth + 1) | Bounds.NotNull : Of(coalesce.Value, depth + 1) & Of(coalesce.WhenNull, depth + 1);
            case ISwitchExpressionOperation choice:
                return Conditions.Common(choice.Arms.Where(arm => !Flow.Throws(arm.Value)).Select(arm => Of(arm.Value, depth + 1)));
            default:
                return ValuePath.Named(value) is { } named && ValuePath.Of(value) is { } path ? Before(value, named, path, depth) : Bounds.None;
        }
    }

    private static Bounds? OfClamp(IInvocationOperation call, int depth)
    {
        var arguments = call.Arguments;
        switch (call.TargetMethod.Name)
        {
            case "Clamp" or "CoerceIn" or "Limit":
                return Bounds.Lower | Bounds.Upper;
            case "Min" when arguments.Length == 2 && call.TargetMethod.IsStatic:
                return Bounds.Upper | Of(arguments[0].Value, depth + 1) & Of(arguments[1].Value, depth + 1) & ~Bounds.Rounded;
            case "Max" when arguments.Length == 2 && call.TargetMethod.IsStatic:
                return Bounds.Lower | Of(arguments[0].Value, depth + 1) & Of(arguments[1].Value, depth + 1) & ~Bounds.Rounded;
            case "Round" or "Ceiling" or "Floor" or "Truncate" when arguments.Length > 0 && call.TargetMethod.IsStatic:
                return Bounds.Rounded | Of(arguments[0].Value, depth + 1);
            case "Abs" when arguments.Length == 1:
                return Bounds.Lower | Of(arguments[0].Value, depth + 1);
            default:
                return null;
        }
    }

    // What is known before the operation, walking outwards and backwards from it.
    private static Bounds Before(IOperation place, ValuePath named, ValuePath path, int depth)
    {
        var known = Bounds.None;
        var child = place;
        for (var parent = place.Parent; parent is not null; child = parent, parent = parent.Parent)
        {
            switch (parent)
            {
                case IConditionalOperation choice when child != choice.Condition:
                    known |= Conditions.Known(choice.Condition, child == choice.WhenTrue, path);
                    break;
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } binary when child == binary.RightOperand:
                    known |= Conditions.Known(binary.LeftOperand, binary.OperatorKind == BinaryOperatorKind.ConditionalAnd, path);
                    break;
                case IWhileLoopOperation { ConditionIsTop: true, Condition: { } condition } loop when child == loop.Body:
                    known |= Conditions.Known(condition, !loop.ConditionIsUntil, path);
                    break;
                case IForLoopOperation { Condition: { } condition } loop when child == loop.Body:
                    known |= Conditions.Known(condition, true, path);
                    break;
                case ISwitchExpressionArmOperation { Parent: ISwitchExpressionOperation chosen } arm:
                    known |= OfArm(chosen, arm, child, path);
                    break;
                case ISwitchCaseOperation { Parent: ISwitchOperation chosen } section:
                    known |= OfCase(chosen, section, child, path);
                    if (OfEarlier(section.Body, child, named, path, depth) is var (before, assigned))
                    {
                        known |= before;
                        if (assigned)
                            return known;
                    }
                    break;
                case IBlockOperation block:
                    var (earlier, isAssigned) = OfEarlier(block.Operations, child, named, path, depth);
                    known |= earlier;
                    if (isAssigned)
                        return known;
                    break;
                case IAnonymousFunctionOperation lambda:
                    known |= OfFilters(lambda, path);
                    break;
                case ILocalFunctionOperation when named.Root is not (IFieldSymbol or IPropertySymbol):
                    return known;
            }
        }
        return known;
    }

    private static (Bounds Known, bool Assigned) OfEarlier(ImmutableArray<IOperation> statements, IOperation child, ValuePath named, ValuePath path, int depth)
    {
        var known = Bounds.None;
        // A statement that writes down what it refuses, for a later one to leave by: errors.Add("amount").
        var pending = new List<IOperation>();
        for (var i = statements.IndexOf(child) - 1; i >= 0; i--)
        {
            var statement = statements[i];
            var (effect, assigned) = After(statement, named, path, depth);
            known |= effect;
            if (statement is IConditionalOperation { WhenFalse: null } refusal)
            {
                if (Flow.Leaves(refusal.WhenTrue))
                    pending.Add(refusal.Condition);
                else if (Flow.Recorder(refusal.WhenTrue) is { } recorder && pending.Exists(condition => condition.Mentions(recorder)))
                    known |= Conditions.Known(refusal.Condition, false, path);
            }
            if (assigned)
                return (known, true);
        }
        return (known, false);
    }

    // What a statement adds where it completes, and whether it gives the value anew.
    private static (Bounds Known, bool Assigned) After(IOperation statement, ValuePath named, ValuePath path, int depth)
    {
        switch (statement)
        {
            case IVariableDeclarationGroupOperation group:
                return OfDeclaration(group, named, path, depth);
            case IExpressionStatementOperation { Operation: var expression }:
                return OfExpression(expression, named, path, depth);
            case IConditionalOperation choice:
                return OfChoice(choice, named, path, depth);
            case IBlockOperation block:
                return OfSequence(block.Operations, named, path, depth);
            case IUsingOperation { Body: var body }:
                return After(body, named, path, depth);
            case ILockOperation { Body: var body }:
                return After(body, named, path, depth);
            case ITryOperation attempt:
                var inside = After(attempt.Body, named, path, depth);
                return attempt.Catches.All(clause => Flow.Leaves(clause.Handler)) ? inside : (Bounds.None, inside.Assigned);
            case ISwitchOperation choice:
                return OfSwitch(choice, named, path, depth);
            case IForEachLoopOperation loop:
                // A loop that refuses one bad element vouches for all of them, unless it only leaves itself.
                var body2 = After(loop.Body, named, path, depth);
                return Flow.Breaks(loop.Body) ? (Bounds.None, body2.Assigned) : body2;
            case IWhileLoopOperation { Condition: { } condition } loop:
                return Flow.Breaks(loop.Body) ? (Bounds.None, Flow.Assigns(loop, named)) : (Conditions.Known(condition, loop.ConditionIsUntil, path), Flow.Assigns(loop, named));
            case ILocalFunctionOperation:
                return default;
            default:
                return (Bounds.None, Flow.Assigns(statement, named));
        }
    }

    private static (Bounds, bool) OfSequence(ImmutableArray<IOperation> statements, ValuePath named, ValuePath path, int depth)
    {
        var known = Bounds.None;
        for (var i = statements.Length - 1; i >= 0; i--)
        {
            var (effect, assigned) = After(statements[i], named, path, depth);
            known |= effect;
            if (assigned)
                return (known, true);
        }
        return (known, false);
    }

    private static (Bounds, bool) OfDeclaration(IVariableDeclarationGroupOperation group, ValuePath named, ValuePath path, int depth)
    {
        var known = Bounds.None;
        foreach (var declaration in group.Declarations)
        {
            foreach (var declarator in declaration.Declarators)
            {
                if (declarator.GetVariableInitializer()?.Value is not { } initial)
                    continue;
                known |= Checks.In(initial, path);
                if (SymbolEqualityComparer.Default.Equals(declarator.Symbol, named.Root))
                    // A local that renames another value: what was known of that one holds.
                    return (known | (named.IsRoot ? Of(initial, depth + 1) : ValuePath.Named(initial) is { } source ? Before(initial, source, path, depth + 1) : Bounds.None), true);
            }
        }
        return (known, false);
    }

    private static (Bounds, bool) OfExpression(IOperation expression, ValuePath named, ValuePath path, int depth)
    {
        if (expression is ISimpleAssignmentOperation assignment && named.Equals(ValuePath.Named(assignment.Target)))
            return (Of(assignment.Value, depth + 1), true);
        return Flow.Assigns(expression, named) ? (Bounds.None, true) : (Checks.In(expression, path), false);
    }

    private static (Bounds, bool) OfChoice(IConditionalOperation choice, ValuePath named, ValuePath path, int depth)
    {
        var whenTrue = After(choice.WhenTrue, named, path, depth);
        var whenFalse = choice.WhenFalse is { } other ? After(other, named, path, depth) : default;
        var ways = new List<Bounds>();
        if (!Flow.Leaves(choice.WhenTrue))
            ways.Add(whenTrue.Known | (whenTrue.Assigned ? Bounds.None : Conditions.Known(choice.Condition, true, path)));
        if (choice.WhenFalse is null || !Flow.Leaves(choice.WhenFalse))
            ways.Add(whenFalse.Known | (whenFalse.Assigned ? Bounds.None : Conditions.Known(choice.Condition, false, path)));
        var known = Conditions.Common(ways) | Checks.In(choice.Condition, path);
        // if (discount > total) discount = total; holds the bound on both ways, whatever total is.
        if (choice.WhenFalse is null && whenTrue.Assigned && !Flow.Leaves(choice.WhenTrue) && Flow.SetsPlainly(choice.WhenTrue, named))
            known |= Conditions.Known(choice.Condition, false, path);
        var assigned = whenTrue.Assigned && !Flow.Leaves(choice.WhenTrue) || whenFalse.Assigned;
        return (known, assigned);
    }

    private static (Bounds, bool) OfSwitch(ISwitchOperation choice, ValuePath named, ValuePath path, int depth)
    {
        var ways = new List<Bounds>();
        var assigned = false;
        var hasDefault = false;
        foreach (var section in choice.Cases)
        {
            hasDefault |= section.Clauses.Any(clause => clause is IDefaultCaseClauseOperation);
            var body = OfSequence(section.Body, named, path, depth);
            if (section.Body.Any(statement => Flow.Leaves(statement) && statement is not IBranchOperation { BranchKind: BranchKind.Break }))
                continue;
            assigned |= body.Item2;
            ways.Add(body.Item1 | OfCase(choice, section, section, path));
        }
        return (hasDefault ? Conditions.Common(ways) : Bounds.None, assigned);
    }

    private static Bounds OfArm(ISwitchExpressionOperation chosen, ISwitchExpressionArmOperation arm, IOperation child, ValuePath path)
    {
        var known = arm.Guard is { } guard && child != guard ? Conditions.Known(guard, true, path) : Bounds.None;
        if (ValuePath.Of(chosen.Value) is not { } tested)
            return known;
        known |= Conditions.OfPattern(arm.Pattern, true, tested, path);
        foreach (var earlier in chosen.Arms)
        {
            if (earlier == arm)
                break;
            if (earlier.Guard is null)
                known |= Conditions.OfPattern(earlier.Pattern, false, tested, path);
        }
        return known;
    }

    private static Bounds OfCase(ISwitchOperation chosen, ISwitchCaseOperation section, IOperation child, ValuePath path) =>
        child is ICaseClauseOperation || ValuePath.Of(chosen.Value) is not { } tested ? Bounds.None
            : Conditions.Common(section.Clauses.Select(clause => clause switch
            {
                IPatternCaseClauseOperation pattern => Conditions.OfPattern(pattern.Pattern, true, tested, path) | (pattern.Guard is { } guard ? Conditions.Known(guard, true, path) : Bounds.None),
                ISingleValueCaseClauseOperation when path.Equals(tested) => Bounds.Equal,
                _ => Bounds.None,
            }));

    // items.Where(i => i.Price > 0).Sum(i => i.Price): the lambda sees only what the filters before it let through.
    private static Bounds OfFilters(IAnonymousFunctionOperation lambda, ValuePath path)
    {
        if (lambda.Ancestor<IInvocationOperation>() is not { } call || !ValuePath.IsQuery(call))
            return Bounds.None;
        var known = Bounds.None;
        for (var source = ValuePath.Receiver(call)?.WithoutAwait() as IInvocationOperation; source is not null; source = ValuePath.Receiver(source)?.WithoutAwait() as IInvocationOperation)
        {
            if (source.TargetMethod.Name == "Where" && Conditions.Answer(source) is { } filter)
                known |= Conditions.Known(filter, true, path);
        }
        return known;
    }
}
