using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Data;

/// <summary>Every row of a table comes into memory for the sake of a few.</summary>
internal sealed class WholeTableLoaded : RiskRule
{
    private static readonly HashSet<string> Narrowing = Words.SetOf(
        "Where First FirstOrDefault Single SingleOrDefault Last LastOrDefault Any All Count LongCount Sum Average Min Max MinBy MaxBy Take Skip TakeLast SkipLast TakeWhile Contains "
        + "GroupBy CountBy ElementAt ElementAtOrDefault");

    private const string Picks = "picks from";

    private static readonly HashSet<string> NarrowingOfList = Words.SetOf("Find FindAll FindLast FindIndex Exists Contains TrueForAll");

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK6004",
        title: "A whole table is loaded and searched in memory",
        message: "'{0}' {1} every row of '{2}', all of which are loaded: the page slows down with each order until it times out; let the database do it, page by page",
        why: "With ten rows of demo data nobody notices. With a million the checkout takes seconds, memory runs out, and the database is kept busy by one page.");

    public WholeTableLoaded() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        on.Operation(CheckCall, OperationKind.Invocation);
        on.Operation(CheckCount, OperationKind.PropertyReference);
        on.Operation(CheckLocal, OperationKind.VariableDeclarator);
        on.Operation(CheckLoop, OperationKind.Loop);
        on.Operation(CheckReturn, OperationKind.Return);
        var persistence = Persistence.In(on.Facts);
        on.Operation(visit => CheckPage(visit, persistence), OperationKind.Invocation);
    }

    // orders.Skip((page - 1) * size).Take(size), where a repository answered with all orders.
    private static void CheckPage(OperationVisit visit, Persistence persistence)
    {
        var take = (IInvocationOperation)visit.Operation;
        if (take.TargetMethod.Name != "Take")
            return;
        foreach (var load in PagesInMemory.LoadsOf(take, visit.Body, persistence))
        {
            // A table that is declared whole is reported where it is.
            if (TableLoadedBy(load, visit) is null || load.Target(visit.Member) is ILocalSymbol && load.Ancestor<IVariableDeclaratorOperation>() is null || PagesInMemory.IsDressedUp(load, visit.Body))
                visit.Report(load, "Skip", Picks, load.TargetMethod.Name);
        }
    }

    // (await db.Orders.ToListAsync()).Where(...)
    private static void CheckCall(OperationVisit visit)
    {
        var call = (IInvocationOperation)visit.Operation;
        if (IsNarrowing(call) && Sequence(call) is { } rows && TableLoadedBy(rows, visit) is { } table)
            visit.Report(call, call.TargetMethod.Name, Picks, table);
    }

    // (await db.Orders.ToListAsync()).Count
    private static void CheckCount(OperationVisit visit)
    {
        var property = (IPropertyReferenceOperation)visit.Operation;
        if (property is { Property.Name: "Count" or "Length", Instance: { } rows } && TableLoadedBy(rows.WithoutAwait(), visit) is { } table)
            visit.Report(property, property.Property.Name, Picks, table);
    }

    // foreach (var order in await db.Orders.ToListAsync()) if (...)
    private static void CheckLoop(OperationVisit visit)
    {
        if (visit.Operation is IForEachLoopOperation { Collection: var rows } loop && IsFiltering(loop) && TableLoadedBy(rows.WithoutAwait(), visit) is { } table)
            visit.Report(rows.WithoutConversions(), "foreach", Picks, table);
    }

    // var orders = await db.Orders.ToListAsync(); of which nothing but parts is used
    private static void CheckLocal(OperationVisit visit)
    {
        var declarator = (IVariableDeclaratorOperation)visit.Operation;
        if (declarator.GetVariableInitializer() is not { Value: var loaded } || TableLoadedBy(loaded.WithoutAwait(), visit) is not { } table)
            return;
        string? how = null;
        foreach (var operation in visit.Body.Descendants())
        {
            if (operation is not ILocalReferenceOperation { Local: var local } || !SymbolEqualityComparer.Default.Equals(local, declarator.Symbol))
                continue;
            // rows = rows.Where(...): from there on it is a part.
            if (operation.Parent is ISimpleAssignmentOperation assignment && assignment.Target == operation)
            {
                if (assignment.Value.WithoutConversions() is not IInvocationOperation call || !IsNarrowing(Unlisted(call)) || !call.Mentions(local))
                    return;
                visit.Report(loaded.WithoutConversions(), Unlisted(call).TargetMethod.Name, Picks, table);
                return;
            }
            if (NarrowedBy(operation) is not { } narrowing)
            {
                if (GrowingTables.LoadedBy(loaded, visit) is { } growing)
                    visit.Report(loaded.WithoutConversions(), visit.Member.ReadableName(), "takes", growing);
                return;
            }
            how ??= narrowing;
        }
        if (how is not null)
            visit.Report(loaded.WithoutConversions(), how, Picks, table);
    }

    // return await db.Orders.Include(o => o.Lines).ToListAsync();
    private static void CheckReturn(OperationVisit visit)
    {
        if (visit.Operation is IReturnOperation { ReturnedValue: { } answer } && visit.Operation.EnclosingFunction() is not IAnonymousFunctionOperation && GrowingTables.LoadedBy(answer, visit) is { } growing)
            visit.Report(answer.WithoutConversions(), visit.Member.ReadableName(), "answers with", growing);
    }

    private static bool IsNarrowing(IInvocationOperation call) => call.TargetMethod is { ContainingType: { } type } method && (type.Name == "Enumerable"
        ? Narrowing.Contains(method.Name) && (method.Name is not ("All" or "Contains") || method.Parameters.Length > 0)
        : type.Name is "List" or "Array" && NarrowingOfList.Contains(method.Name));

    // What the operator picks from, through operators that only order or reshape.
    private static IOperation? Sequence(IInvocationOperation call)
    {
        var rows = EntityFramework.Receiver(call)?.WithoutAwait();
        while (rows is IInvocationOperation { TargetMethod: { ContainingType.Name: "Enumerable", Name: var name } } inner && !Narrowing.Contains(name) && !IsLoad(name))
            rows = EntityFramework.Receiver(inner)?.WithoutAwait();
        return rows;
    }

    private static IInvocationOperation Unlisted(IInvocationOperation call) => IsLoad(call.TargetMethod.Name) && EntityFramework.Receiver(call) is IInvocationOperation inner ? inner : call;

    private static bool IsLoad(string name) => name is "ToList" or "ToArray" or "AsEnumerable" or "ToHashSet";

    private static string? TableLoadedBy(IOperation rows, OperationVisit visit)
    {
        if (rows is not IInvocationOperation load || WholeTables.IsSmall(load.Type.AwaitedType()))
            return null;
        return WholeTables.LoadedBy(load) ?? (WholeLoads.In(visit.Facts).Is(load) ? load.TargetMethod.Name : null);
    }

    private static string? NarrowedBy(IOperation reference)
    {
        var value = reference;
        while (value.Parent is IConversionOperation or IParenthesizedOperation)
            value = value.Parent;
        switch (value.Parent)
        {
            case IPropertyReferenceOperation { Property.Name: "Count" or "Length" }:
                return "Count";
            case IForEachLoopOperation loop when loop.Collection == value:
                return IsFiltering(loop) ? "foreach" : null;
            case IInvocationOperation call when call.Instance == value:
                return IsNarrowing(call) ? call.TargetMethod.Name : null;
            case IArgumentOperation { Parent: IInvocationOperation call } when EntityFramework.Receiver(call) == reference:
                if (IsNarrowing(call))
                    return call.TargetMethod.Name;
                return call.TargetMethod.ContainingType.Name == "Enumerable" && !IsLoad(call.TargetMethod.Name) ? NarrowedBy(call) : null;
            default:
                return null;
        }
    }

    // The body begins by asking whether it wants the row, and does nothing else with those it does not want.
    private static bool IsFiltering(IForEachLoopOperation loop) => loop.Body switch
    {
        IConditionalOperation { WhenFalse: null } only => CanBeQuery(only.Condition),
        IBlockOperation { Operations: [IConditionalOperation { WhenFalse: null } only] } => CanBeQuery(only.Condition),
        IBlockOperation { Operations: [IConditionalOperation { WhenFalse: null, WhenTrue: IBranchOperation { BranchKind: BranchKind.Continue } or IBlockOperation { Operations: [IBranchOperation { BranchKind: BranchKind.Continue }] } } first, ..] } => CanBeQuery(first.Condition),
        _ => false,
    };

    // Comparisons and text functions; what the product computes itself no database can.
    private static bool CanBeQuery(IOperation condition) => condition.DescendantsAndSelf().All(part => part is not IInvocationOperation call || call.TargetMethod.ContainingType is { SpecialType: SpecialType.System_String } or { Name: "Enumerable" });
}
