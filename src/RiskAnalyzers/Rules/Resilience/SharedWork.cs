using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Resilience;

/// <summary>What work that runs at once shares: a context, a result, another service.</summary>
internal static class SharedWork
{
    /// <summary>The first call in the work that uses a context from outside the scope, or null.</summary>
    public static IInvocationOperation? OnContext(IOperation work, IOperation? scope, CompilationFacts facts)
    {
        if (facts.Types.Find("Microsoft.EntityFrameworkCore.DbContext") is null)
            return null;
        if (work is IMethodReferenceOperation { Method: var method })
            return (Persistence.In(facts).OfMethod(method) & (DataReach.Query | DataReach.Save)) != 0 && ContextUse.IsShared(method, facts) ? work.Ancestor<IInvocationOperation>() : null;
        foreach (var operation in work.DescendantsAndSelf())
        {
            if (operation is IInvocationOperation call && (Persistence.In(facts).Of(call) & (DataReach.Query | DataReach.Save)) != 0
                && IsShared(Root(call), scope) && (IsDirect(call) || ContextUse.IsShared(call.TargetMethod, facts)))
                return call;
        }
        return null;
    }

    /// <summary>The name of what the lambda changes outside itself without a lock; in a lambda whose runs overlap only in what follows an await, only that counts.</summary>
    public static string? ChangedBy(IAnonymousFunctionOperation lambda, bool afterAwait)
    {
        var from = 0;
        if (afterAwait && (from = lambda.Body.DescendantsInFunction().OfType<IAwaitOperation>().Select(await => await.Syntax.Span.End).DefaultIfEmpty(int.MaxValue).Min()) == int.MaxValue)
            return null;
        foreach (var operation in lambda.Body.DescendantsInFunction())
        {
            var target = operation switch
            {
                ICompoundAssignmentOperation step => step.Target,
                IIncrementOrDecrementOperation step => step.Target,
                IInvocationOperation { Instance: { } instance } call when StateUses.Mutators.Contains(call.TargetMethod.Name) && instance.Type is { } type && SharedTypes.IsCollection(type) => instance,
                ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { Type: { } type } collection } } when SharedTypes.IsCollection(type) => collection,
                _ => null,
            };
            if (target is null || operation.Syntax.SpanStart < from && !operation.Syntax.DescendantNodes().OfType<AwaitExpressionSyntax>().Any())
                continue;
            if (target.WithoutConversions() is ILocalReferenceOperation or IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation } && target.ReferencedSymbol() is { } changed && IsOutside(changed, lambda) && !StateUses.IsLocked(operation.Syntax))
                return changed.Name;
        }
        return null;
    }

    /// <summary>The call in the work that moves money or talks to another service, by name.</summary>
    public static string? OutwardCall(IOperation work, CompilationFacts facts)
    {
        if (work is IMethodReferenceOperation { Method: var method })
            return (Persistence.In(facts).OfMethod(method) & DataReach.Remote) != 0 ? method.Name : null;
        return work.DescendantsAndSelf().OfType<IInvocationOperation>().FirstOrDefault(call => !IsOfElement(call, work) && (Language.Payments.MovesMoney(call) || (Persistence.In(facts).Of(call) & DataReach.Remote) != 0))?.TargetMethod.Name;
    }

    // handlers.Select(handler => handler.PrepareAsync()): each does a part of its own, and of such there are few.
    private static bool IsOfElement(IInvocationOperation call, IOperation work)
    {
        var root = call.Instance?.WithoutConversions();
        while (root is IPropertyReferenceOperation { Instance: { } owner })
            root = owner.WithoutConversions();
        return root is IParameterReferenceOperation { Parameter: var element } && work is IAnonymousFunctionOperation { Symbol: var lambda } && SymbolEqualityComparer.Default.Equals(element.ContainingSymbol, lambda);
    }

    private static bool IsDirect(IInvocationOperation call) => EntityFramework.IsSaveChanges(call) || EntityFramework.BeginsAtContext(call) || EntityFramework.IsSet(EntityFramework.Receiver(call)?.Type) || EntityFramework.IsContext(EntityFramework.Receiver(call)?.Type);

    private static IOperation? Root(IOperation call)
    {
        var root = call;
        while (true)
        {
            var next = root switch
            {
                IInvocationOperation invocation => EntityFramework.Receiver(invocation),
                IPropertyReferenceOperation { Instance: { } instance } and not { Instance: IInstanceReferenceOperation } => instance,
                IAwaitOperation awaited => awaited.Operation,
                _ => null,
            };
            if (next is null)
                return root;
            root = next.WithoutConversions();
        }
    }

    private static bool IsShared(IOperation? root, IOperation? scope) => root switch
    {
        null or IInstanceReferenceOperation or IFieldReferenceOperation or IPropertyReferenceOperation => true,
        ILocalReferenceOperation or IParameterReferenceOperation => scope is null || root.ReferencedSymbol() is { } symbol && IsOutside(symbol, scope),
        _ => false,
    };

    private static bool IsOutside(ISymbol symbol, IOperation scope) =>
        symbol.DeclaringSyntaxReferences.FirstOrDefault() is not { } declared || declared.SyntaxTree != scope.Syntax.SyntaxTree || !scope.Syntax.FullSpan.Contains(declared.Span);
}
