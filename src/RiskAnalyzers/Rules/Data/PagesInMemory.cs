using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Data;

/// <summary>Pages that are cut out of a list in memory, after a context or repository answered with all that it had.</summary>
internal static class PagesInMemory
{
    private const int MostLocals = 8;

    /// <summary>The loads that <c>rows.Skip((page - 1) * size).Take(size)</c> picks its page from; none where the database cuts it.</summary>
    public static IEnumerable<IInvocationOperation> LoadsOf(IInvocationOperation take, IOperation body, Persistence persistence)
    {
        if (take.TargetMethod is not { Name: "Take", ContainingType.Name: "Enumerable" or "Queryable" } || EntityFramework.Receiver(take)?.WithoutConversions() is not IInvocationOperation { TargetMethod: { Name: "Skip", ContainingType.Name: "Enumerable" or "Queryable" } } skip)
            yield break;
        if (skip.Arguments.LastOrDefault()?.Value is not { ConstantValue.HasValue: false } || EntityFramework.Receiver(skip) is not { } rows)
            yield break;
        var locals = new List<ILocalSymbol>();
        foreach (var load in Sources(rows, locals, persistence))
            yield return load;
        for (var i = 0; i < locals.Count && i < MostLocals; i++)
        {
            foreach (var value in ValuesOf(locals[i], body))
            {
                foreach (var load in Sources(value, locals, persistence))
                    yield return load;
            }
        }
    }

    /// <summary>Whether what was loaded goes on as a query over the list in memory: <c>var query = orders.AsQueryable();</c>.</summary>
    public static bool IsDressedUp(IInvocationOperation load, IOperation body) => load.Ancestor<IVariableDeclaratorOperation>() is { Symbol: var local }
        && body.Descendants().Any(use => use is ILocalReferenceOperation { Local: var used } && SymbolEqualityComparer.Default.Equals(used, local) && use.Ancestor<IInvocationOperation>() is { TargetMethod: { Name: "AsQueryable", ContainingType.Name: "Queryable" } });

    // What the rows come from, through operators that order, filter or list: a load, or a local that is looked into later.
    private static IEnumerable<IInvocationOperation> Sources(IOperation rows, List<ILocalSymbol> locals, Persistence persistence)
    {
        IOperation? source = rows.WithoutAwait();
        // A list that AsQueryable dresses up stays a list.
        while (source is IInvocationOperation { TargetMethod: { ContainingType.Name: "Enumerable" or "Queryable", Name: not ("Take" or "Select" or "SelectMany" or "GroupBy") } } step)
            source = EntityFramework.Receiver(step)?.WithoutAwait();
        if (source is ILocalReferenceOperation { Local: var local } && !locals.Contains(local, SymbolEqualityComparer.Default))
            locals.Add(local);
        else if (source is IInvocationOperation load && !load.TargetMethod.IsStatic && !EntityFramework.IsQueryable(load.Type.AwaitedType()) && (persistence.Of(load) & DataReach.Query) != 0 && !load.Arguments.Any(IsPage) && !WholeTables.IsSmall(load.Type.AwaitedType()))
            yield return load;
    }

    private static readonly HashSet<string> PageWords = Words.SetOf("skip take limit count page offset size top");

    // history.GetAsync(skip, limit): the source is asked for a page, if not always.
    private static bool IsPage(IArgumentOperation argument) => argument.ArgumentKind != ArgumentKind.DefaultValue && argument.Parameter is { Type: var type, Name: var name } && type.WithoutNullable() is { SpecialType: SpecialType.System_Int32 or SpecialType.System_Int64 } && Words.ContainAny(name, PageWords);

    private static IEnumerable<IOperation> ValuesOf(ILocalSymbol local, IOperation body)
    {
        foreach (var operation in body.Descendants())
        {
            switch (operation)
            {
                case IVariableDeclaratorOperation declarator when SymbolEqualityComparer.Default.Equals(declarator.Symbol, local) && declarator.GetVariableInitializer() is { Value: var initial }:
                    yield return initial;
                    break;
                case ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: var assigned }, Value: var value } when SymbolEqualityComparer.Default.Equals(assigned, local):
                    yield return value;
                    break;
            }
        }
    }
}
