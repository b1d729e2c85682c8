using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Accounts;

/// <summary>
/// A query for one thing whose only filter by owner is added when the request names one:
/// <c>if (userId != null) query = query.Where(c =&gt; c.UserId == userId); ... query.FirstOrDefault()</c>. Without any name it is somebody else's.
/// </summary>
internal static class OptionalFilter
{
    private static readonly HashSet<string> Keys = Words.SetOf("Id Key Code Number Reference Token Slug");

    /// <summary>The last id that the request may leave out, where the query then takes anybody's thing; null where the condition adds no such filter.</summary>
    public static string? In(IConditionalOperation check)
    {
        if (FilteredIn(check.WhenTrue) is not { OwnerId: { } id } filter || check.WhenFalse is not null && !IsFilterChain(check.WhenFalse) || !AsksForPresence(check.Condition, id))
            return null;
        if (check.Parent is IConditionalOperation { WhenFalse: { } otherwise } && otherwise == check || check.Parent is not IBlockOperation block)
            return null;
        var statements = block.Operations;
        var at = statements.IndexOf(check);
        // One finding for the row of them, at the last.
        if (statements.Skip(at + 1).Any(later => later is IConditionalOperation other && FilteredIn(other.WhenTrue) is { OwnerId: not null } again && Same(again.Query, filter.Query)))
            return null;
        if (!TakesOne(statements.Skip(at + 1), filter.Query))
            return null;
        foreach (var earlier in statements.Take(at))
        {
            switch (earlier)
            {
                case IConditionalOperation guard when Flow.Leaves(guard.WhenTrue) && Mentions(guard.Condition, id):
                    return null;
                default:
                    if (FiltersAlways(earlier, filter.Query))
                        return null;
                    break;
            }
        }
        return id;
    }

    // query = query.Where(c => c.UserId == userId): the query, and whose id it is.
    private static (ILocalSymbol Query, string? OwnerId)? FilteredIn(IOperation branch)
    {
        var statement = branch is IBlockOperation { Operations: [var only] } ? only : branch;
        return statement is IExpressionStatementOperation { Operation: ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: var query }, Value: var value } } && value.WithoutConversions() is IInvocationOperation { TargetMethod.Name: "Where" } where
            && EntityFramework.Receiver(where) is ILocalReferenceOperation { Local: var filtered } && Same(query, filtered) && EntityFramework.IsQueryable(query.Type) ? (query, ComparedIn(where)) : null;
    }

    private static bool IsFilterChain(IOperation otherwise) => otherwise is IConditionalOperation { WhenFalse: null } next && FilteredIn(next.WhenTrue) is not null;

    private static string? ComparedIn(IOperation where)
    {
        foreach (var part in where.Descendants())
        {
            if (part is not IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } compared)
                continue;
            foreach (var (row, sent) in new[] { (compared.LeftOperand, compared.RightOperand), (compared.RightOperand, compared.LeftOperand) })
            {
                if (row.WithoutConversions() is IPropertyReferenceOperation { Property.Name: var kept, Instance: IParameterReferenceOperation } && (Ownership.NamesOwner(kept) || Words.ContainSequence(kept, "session", "id")) && NameOf(sent) is { } name)
                    return name;
            }
        }
        return null;
    }

    private static string? NameOf(IOperation sent) => (sent.WithoutConversions() is IPropertyReferenceOperation { Property.Name: "Value", Instance: { } nullable } ? nullable : sent).WithoutConversions() is IParameterReferenceOperation or IPropertyReferenceOperation { Instance: IParameterReferenceOperation }
        ? (sent.WithoutConversions() is IPropertyReferenceOperation { Property.Name: "Value", Instance: { } held } ? held : sent).ReferencedSymbol()?.Name : null;

    private static bool AsksForPresence(IOperation condition, string id) => Mentions(condition, id)
        && condition.DescendantsAndSelf().Any(part => part is IBinaryOperation { OperatorKind: BinaryOperatorKind.NotEquals } compared && compared.RightOperand.IsNullOrEmpty() || part is IPropertyReferenceOperation { Property.Name: "HasValue" }
            || part is IIsPatternOperation { Pattern: INegatedPatternOperation } || part is IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, Operand: IInvocationOperation { TargetMethod.Name: "IsNullOrEmpty" or "IsNullOrWhiteSpace" } });

    private static bool Mentions(IOperation condition, string id) => condition.DescendantsAndSelf().Any(part => part is IParameterReferenceOperation or IPropertyReferenceOperation && part.ReferencedSymbol()?.Name == id);

    // await query.Include(...).FirstOrDefaultAsync(): one row of whatever the filters have left.
    private static bool TakesOne(IEnumerable<IOperation> statements, ILocalSymbol query)
    {
        foreach (var statement in statements)
        {
            foreach (var part in statement.Descendants())
            {
                if (part is IInvocationOperation call && (call.TargetMethod.Name.StartsWith("First", StringComparison.Ordinal) || call.TargetMethod.Name.StartsWith("Single", StringComparison.Ordinal)) && EntityFramework.Source(call) is ILocalReferenceOperation { Local: var source } && Same(source, query))
                    return !call.DescendantsAndSelf().Any(IsKeyFilter);
            }
        }
        return false;
    }

    // The query's own declaration, or a filter that is always there, picks it by its key or its owner.
    private static bool FiltersAlways(IOperation statement, ILocalSymbol query) => statement switch
    {
        IVariableDeclarationGroupOperation declarations => declarations.Descendants().Any(part => part is IVariableDeclaratorOperation { Symbol: var declared } && Same(declared, query)) && declarations.Descendants().Any(IsKeyFilter),
        IExpressionStatementOperation { Operation: ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: var set } } } assignment => Same(set, query) && assignment.Descendants().Any(IsKeyFilter),
        _ => false,
    };

    private static bool IsKeyFilter(IOperation part) => part is IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } compared && (IsKey(compared.LeftOperand) || IsKey(compared.RightOperand));

    private static bool IsKey(IOperation value) => value.WithoutConversions() is IPropertyReferenceOperation { Property.Name: var name, Instance: IParameterReferenceOperation { Parameter.ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.AnonymousFunction } } } && (Keys.Contains(name) || name.EndsWith("Id", StringComparison.Ordinal));

    private static bool Same(ISymbol one, ISymbol other) => SymbolEqualityComparer.Default.Equals(one, other);
}
