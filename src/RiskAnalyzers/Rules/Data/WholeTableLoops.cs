using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Data;

/// <summary>Loops over every row of a table that delete each row, or give each a new price, stock or state, without asking which.</summary>
internal static class WholeTableLoops
{
    private static readonly HashSet<string> Removes = Words.SetOf("Remove Delete DeleteAsync RemoveAsync");

    private static readonly HashSet<string> Weighty = Words.SetOf("price prices cost amount total balance stock quantity discount credit points status state role password");

    /// <summary>What the loop does to each row, where, and the table; null where something in the body asks which rows it wants.</summary>
    public static (IOperation Place, string What, string Table)? Of(IForEachLoopOperation loop)
    {
        // Cheap before dear: most loops do something else.
        var statements = loop.Body is IBlockOperation block ? block.Operations : ImmutableArray.Create(loop.Body);
        if (statements.Any(statement => statement is not (IExpressionStatementOperation or IVariableDeclarationGroupOperation)) || loop.Locals is not [var row])
            return null;
        foreach (var statement in statements)
        {
            if (statement is not IExpressionStatementOperation { Operation: var operation } || Write(operation.WithoutAwait(), row) is not { } what)
                continue;
            var rows = loop.Collection.WithoutAwait();
            if (rows is ILocalReferenceOperation { Local: var local })
                rows = WholeTables.OnlyValue(rows, local)?.WithoutAwait() ?? rows;
            return (WholeTables.LoadedBy(rows) ?? (WholeTables.Of(rows) is { } table ? WholeTables.NameOf(table) : null)) is { } name ? (operation.WithoutAwait(), what, name) : null;
        }
        return null;
    }

    private static string? Write(IOperation operation, ILocalSymbol row) => operation switch
    {
        IInvocationOperation call when Removes.Contains(call.TargetMethod.Name) && call.Arguments.FirstOrDefault() is { Value: var removed } && SymbolEqualityComparer.Default.Equals(removed.WithoutConversions().ReferencedSymbol(), row) && !IsList(call) => call.TargetMethod.Name,
        IAssignmentOperation { Target: IPropertyReferenceOperation { Instance: { } owner, Property.Name: var name } } when IsRow(owner, row) && Words.ContainAny(name, Weighty) => name,
        _ => null,
    };

    private static bool IsRow(IOperation owner, ILocalSymbol row) => owner.WithoutConversions() is ILocalReferenceOperation { Local: var local } && SymbolEqualityComparer.Default.Equals(local, row);

    private static bool IsList(IInvocationOperation call) => call.TargetMethod.ContainingType is { ContainingNamespace: { Name: "Generic", ContainingNamespace.Name: "Collections" } };
}
