namespace RiskAnalyzers.Language;

/// <summary>What is known of a value.</summary>
[Flags]
internal enum Bounds
{
    None = 0,

    /// <summary>It is not null.</summary>
    NotNull = 1,

    /// <summary>It is at least something: compared with zero, a minimum or another value.</summary>
    Lower = 2,

    /// <summary>It is at most something.</summary>
    Upper = 4,

    /// <summary>A helper that validates received it.</summary>
    Checked = 8,

    /// <summary>It was rounded.</summary>
    Rounded = 16,

    /// <summary>It is one of known values.</summary>
    Equal = NotNull | Lower | Upper,
}

/// <summary>Reads conditions: what is known of a value where a condition holds, or does not.</summary>
internal static class Conditions
{
    /// <summary>What is known of the value where the condition came out so: after <c>if (price &lt;= 0) throw</c>, that it has a lower bound.</summary>
    /// <param name="condition">A boolean expression.</param>
    /// <param name="outcome">How it came out.</param>
    /// <param name="path">The value, followed to where it comes from (<see cref="ValuePath.Of"/>).</param>
    public static Bounds Known(IOperation condition, bool outcome, ValuePath path) => Known(condition, outcome, path, 0);

    private static Bounds Known(IOperation condition, bool outcome, ValuePath path, int depth)
    {
        if (depth > 40)
            return Bounds.None;
        condition = condition.WithoutAwait();
        return condition switch
        {
            IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not => Known(not.Operand, !outcome, path, depth + 1),
            IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.And } and => Both(and.LeftOperand, and.RightOperand, outcome, outcome, path, depth),
            IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr or BinaryOperatorKind.Or } or => Both(or.LeftOperand, or.RightOperand, outcome, !outcome, path, depth),
            IBinaryOperation binary => OfComparison(binary, outcome, path),
            IIsPatternOperation match => ValuePath.Of(match.Value) is { } value ? OfPattern(match.Pattern, outcome, value, path) : Bounds.None,
            IIsTypeOperation { ValueOperand: var value } => outcome && path.Equals(ValuePath.Of(value)) ? Bounds.NotNull : Bounds.None,
            IPropertyReferenceOperation { Property.Name: "HasValue", Instance: { } nullable } => outcome && path.Equals(ValuePath.Of(nullable)) ? Bounds.NotNull : Bounds.None,
            ICoalesceOperation coalesce => Known(coalesce.Value, outcome, path, depth + 1),
            IConditionalAccessOperation access => Known(access.WhenNotNull, outcome, path, depth + 1),
            IInvocationOperation call => OfCall(call, outcome, path, depth),
            ILocalReferenceOperation flag => Flow.InitialValue(flag) is { } initial ? Known(initial, outcome, path, depth + 1) : Bounds.None,
            _ => Bounds.None,
        };
    }

    // Where "a && b" holds, both do; where it does not, either may have failed, and only what both would tell is known.
    private static Bounds Both(IOperation left, IOperation right, bool outcome, bool bothHold, ValuePath path, int depth)
    {
        var (first, second) = (Known(left, outcome, path, depth + 1), Known(right, outcome, path, depth + 1));
        return bothHold ? first | second : first & second;
    }

    private static Bounds OfComparison(IBinaryOperation comparison, bool outcome, ValuePath path)
    {
        var (left, right, kind) = (comparison.LeftOperand, comparison.RightOperand, comparison.OperatorKind);
        // price.CompareTo(limit) > 0, decimal.Compare(price, limit) > 0
        if (left.WithoutConversions() is IInvocationOperation { TargetMethod.Name: "CompareTo" or "Compare" } compare && right.IsConstant(0))
            (left, right) = compare.Instance is { } instance && compare.Arguments.Length == 1 ? (instance, compare.Arguments[0].Value)
                : compare.Arguments.Length >= 2 ? (compare.Arguments[0].Value, compare.Arguments[1].Value) : (left, right);
        var direction = Direction(left, path);
        if (direction == 0)
            (direction, kind, right) = (Direction(right, path), Mirrored(kind), left);
        return direction == 0 ? Bounds.None : OfRelation(kind, outcome, direction > 0, right);
    }

    /// <summary>What is known of a value where a comparison of it with another came out so; it rises where a larger value makes the comparison's left side larger.</summary>
    internal static Bounds OfRelation(BinaryOperatorKind kind, bool outcome, bool rising, IOperation other)
    {
        switch (kind)
        {
            case BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals:
                var isNull = other.WithoutConversions().ConstantValue is { HasValue: true, Value: null };
                if (kind == BinaryOperatorKind.Equals == outcome)
                    // Zero is known and still no lower bound: nobody is guarded where the price is 0.
                    return isNull ? Bounds.None : other.IsConstant(0) ? Bounds.NotNull | Bounds.Upper : Bounds.Equal;
                // Not zero is taken for positive: nobody writes price == 0 for a price that may be negative.
                return isNull ? Bounds.NotNull : other.IsConstant(0) ? Bounds.Lower : Bounds.None;
            case BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual:
                return Side(outcome == rising) | (outcome ? Bounds.NotNull : Bounds.None);
            case BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual:
                return Side(outcome != rising) | (outcome ? Bounds.NotNull : Bounds.None);
            default:
                return Bounds.None;
        }
    }

    private static Bounds Side(bool lower) => lower ? Bounds.Lower : Bounds.Upper;

    private static BinaryOperatorKind Mirrored(BinaryOperatorKind kind) => kind switch
    {
        BinaryOperatorKind.GreaterThan => BinaryOperatorKind.LessThan,
        BinaryOperatorKind.GreaterThanOrEqual => BinaryOperatorKind.LessThanOrEqual,
        BinaryOperatorKind.LessThan => BinaryOperatorKind.GreaterThan,
        BinaryOperatorKind.LessThanOrEqual => BinaryOperatorKind.GreaterThanOrEqual,
        _ => kind,
    };

    // Whether the operand rises (1) or falls (-1) with the value, or does not depend on it (0): paid + amount rises, balance - amount falls.
    private static int Direction(IOperation operand, ValuePath path)
    {
        operand = operand.WithoutAwait();
        if (path.Equals(ValuePath.Of(operand)))
            return 1;
        return operand switch
        {
            IUnaryOperation { OperatorKind: UnaryOperatorKind.Minus } minus => -Direction(minus.Operand, path),
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Add or BinaryOperatorKind.Multiply } sum => Direction(sum.LeftOperand, path) is not 0 and var side ? side : Direction(sum.RightOperand, path),
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Subtract or BinaryOperatorKind.Divide } difference => Direction(difference.LeftOperand, path) is not 0 and var side ? side : -Direction(difference.RightOperand, path),
            ICoalesceOperation coalesce => Direction(coalesce.Value, path),
            IInvocationOperation { TargetMethod: { IsStatic: true, Name: "Abs" or "Round" or "Floor" or "Ceiling" or "Truncate", Parameters.Length: > 0 }, Arguments: [{ Value: var rounded }, ..] } => Direction(rounded, path),
            ILocalReferenceOperation local when local.Type?.SpecialType is SpecialType.System_Decimal or SpecialType.System_Int32 or SpecialType.System_Int64 or SpecialType.System_Double
                && Flow.InitialValue(local) is IBinaryOperation or ICoalesceOperation && Flow.InitialValue(local) is { } initial => Direction(initial, path),
            _ => 0,
        };
    }

    /// <summary>What is known of the value where a pattern matched, or did not.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="outcome">Whether it matched.</param>
    /// <param name="tested">What the pattern is matched against.</param>
    /// <param name="path">The value asked about: the tested one or a member of it.</param>
    public static Bounds OfPattern(IPatternOperation pattern, bool outcome, ValuePath tested, ValuePath path)
    {
        if (!path.IsWithin(tested))
            return Bounds.None;
        var isTested = path.Equals(tested);
        switch (pattern)
        {
            case INegatedPatternOperation not:
                return OfPattern(not.Pattern, !outcome, tested, path);
            case IBinaryPatternOperation binary:
                var (left, right) = (OfPattern(binary.LeftPattern, outcome, tested, path), OfPattern(binary.RightPattern, outcome, tested, path));
                return binary.OperatorKind == BinaryOperatorKind.And == outcome ? left | right : left & right;
            case IConstantPatternOperation constant when isTested:
                return OfRelation(BinaryOperatorKind.Equals, outcome, true, constant.Value);
            case IRelationalPatternOperation relational when isTested:
                return OfRelation(relational.OperatorKind, outcome, true, relational.Value);
            case IRecursivePatternOperation recursive:
                if (!outcome && recursive.PropertySubpatterns.Length != 1)
                    return Bounds.None;
                var known = isTested && outcome ? Bounds.NotNull : Bounds.None;
                foreach (var sub in recursive.PropertySubpatterns)
                {
                    if (sub.Member.ReferencedSymbol() is { } member)
                        known |= OfPattern(sub.Pattern, outcome, tested.Member(member), path);
                }
                return known;
            case IDeclarationPatternOperation { MatchesNull: false } or ITypePatternOperation when isTested && outcome:
                return Bounds.NotNull;
            default:
                return Bounds.None;
        }
    }

    private static Bounds OfCall(IInvocationOperation call, bool outcome, ValuePath path, int depth)
    {
        switch (call.TargetMethod.Name)
        {
            case "IsNullOrEmpty" or "IsNullOrWhiteSpace":
                return !outcome && call.Arguments.Length == 1 && path.Equals(ValuePath.Of(call.Arguments[0].Value)) ? Bounds.NotNull : Bounds.None;
            case "IsNegative" or "IsPositive" when call.Arguments.Length == 1:
                return path.Equals(ValuePath.Of(call.Arguments[0].Value)) ? Side(call.TargetMethod.Name == "IsPositive" == outcome) : Bounds.None;
            // Any(bad) came out false, All(good) came out true: every element is known.
            case "Any" or "AnyAsync" or "Exists" when !outcome && Answer(call) is { } bad:
                return Known(bad, false, path, depth + 1);
            case "All" or "AllAsync" or "TrueForAll" when outcome && Answer(call) is { } good:
                return Known(good, true, path, depth + 1);
            // A currency that a list of known ones holds.
            case "Contains" or "ContainsKey" or "IsDefined" or "IsSupported" when outcome && Receives(call, path):
                return Bounds.Checked;
        }
        var polarity = Polarities.Of(call.TargetMethod.Name);
        return polarity == (outcome ? Polarity.Allow : Polarity.Deny) && Receives(call, path) ? Bounds.Checked : Bounds.None;
    }

    /// <summary>What a query's lambda answers, where it is one expression, or null.</summary>
    public static IOperation? Answer(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            // A query's expression tree is a converted lambda, a delegate is created from one.
            var given = argument.Value.WithoutConversions();
            if ((given is IDelegateCreationOperation created ? created.Target : given) is IAnonymousFunctionOperation { Body.Operations: [IReturnOperation { ReturnedValue: { } answer }] })
                return answer;
        }
        return null;
    }

    /// <summary>Whether the call is given the value, or an object that holds it.</summary>
    public static bool Receives(IInvocationOperation call, ValuePath path)
    {
        foreach (var argument in call.Arguments)
        {
            if (ValuePath.Of(argument.Value) is { } given && path.IsWithin(given))
                return true;
        }
        return false;
    }

    /// <summary>What holds on every way of several: only what is known on each.</summary>
    public static Bounds Common(IEnumerable<Bounds> ways)
    {
        Bounds? common = null;
        foreach (var way in ways)
            common = common is { } before ? before & way : way;
        return common ?? Bounds.None;
    }
}
