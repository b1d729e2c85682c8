namespace RiskAnalyzers.Language;

/// <summary>Contexts, sets, queries and units of work, as EF and those who wrap it shape them.</summary>
internal static class EntityFramework
{
    /// <summary>Whether the type is an EF context, or an interface that stands for one.</summary>
    public static bool IsContext(ITypeSymbol? type)
    {
        for (var ancestor = type; ancestor is not null; ancestor = ancestor.BaseType)
        {
            if (ancestor.Name == "DbContext")
                return true;
        }
        return type is { TypeKind: TypeKind.Interface } && type.Name.EndsWith("Context", StringComparison.Ordinal)
            && (!type.GetMembers("SaveChangesAsync").IsEmpty || !type.GetMembers("SaveChanges").IsEmpty);
    }

    /// <summary>Whether the type is <c>DbSet&lt;T&gt;</c>.</summary>
    public static bool IsSet(ITypeSymbol? type)
    {
        for (var ancestor = type; ancestor is not null; ancestor = ancestor.BaseType)
        {
            if (ancestor.Name is "DbSet" or "IDbSet" && ancestor is INamedTypeSymbol { IsGenericType: true })
                return true;
        }
        return false;
    }

    /// <summary>Whether the type is a query that a database answers, as far as the type can tell.</summary>
    public static bool IsQueryable(ITypeSymbol? type) => IsSet(type)
        || type is { Name: "IQueryable" or "IOrderedQueryable" or "IIncludableQueryable" }
        || (type is not null and not IArrayTypeSymbol && type.AllInterfaces.Any(contract => contract.Name == "IQueryable"));

    /// <summary>The query or set that a query operator is called on: the receiver, or the first argument of an extension.</summary>
    public static IOperation? Receiver(IInvocationOperation call) =>
        (call.Instance ?? (call.TargetMethod is { IsExtensionMethod: true } || call.TargetMethod.ReducedFrom is not null ? call.Arguments.FirstOrDefault()?.Value : null))?.WithoutConversions();

    /// <summary>Where a chain of calls begins: <c>db.Orders</c> of <c>db.Orders.Where(...).AsNoTracking()</c>.</summary>
    public static IOperation Source(IOperation chain)
    {
        chain = chain.WithoutAwait();
        while (chain is IInvocationOperation call && Receiver(call) is { } receiver && (IsQueryable(receiver.Type) || receiver is IInvocationOperation))
            chain = receiver.WithoutAwait();
        return chain;
    }

    /// <summary>Whether the call is <c>SaveChanges</c> of a context or unit of work.</summary>
    public static bool IsSaveChanges(IInvocationOperation call) => call.TargetMethod.Name is "SaveChanges" or "SaveChangesAsync"
        || (call.TargetMethod.Name is "SaveEntitiesAsync" or "SaveAsync" or "Save" or "CommitAsync" or "Commit" or "CompleteAsync" or "Complete" or "SaveChangesWithoutEventsAsync"
            && call.TargetMethod.ContainingType is { } type && IsUnitOfWork(type));

    /// <summary>Whether the type is a unit of work by its name.</summary>
    public static bool IsUnitOfWork(ITypeSymbol type) => Words.ContainSequence(type.Name, "unit", "of", "work") || Words.ContainSequence(type.Name, "uow");

    /// <summary>Whether the query operator's chain begins at a set of a context.</summary>
    public static bool BeginsAtContext(IInvocationOperation call) => Receiver(call) is { } receiver && Source(receiver) switch
    {
        IPropertyReferenceOperation { Instance: { } owner } set => IsSet(set.Type) || IsContext(owner.Type),
        IInvocationOperation { TargetMethod.Name: "Set" } set => IsSet(set.Type),
        var other => IsSet(other.Type),
    };
}
