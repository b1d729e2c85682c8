using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Data;

/// <summary>A transaction that does not hold: an ambient one that an <c>await</c> leaves behind, or one that nobody commits.</summary>
internal sealed class TransactionAcrossAwait : RiskRule
{
    private const string LeftBehind = "does not follow the await inside it: the rest runs outside the transaction and disposing it throws; pass TransactionScopeAsyncFlowOption.Enabled";
    private const string NeverCommitted = "is never {0}: everything written in it is rolled back without a word; call {1} at its end";

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK6003",
        title: "A transaction that does not hold across await, or that is never completed",
        message: "'{0}' {1}",
        why: "The ambient transaction lives on the thread that began it. After the first await the code may run on another, half of an order is written outside, and the scope throws when it is disposed. A transaction that nobody completes rolls a paid order back.");

    public TransactionAcrossAwait() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        on.Operation(CheckBegin, OperationKind.Invocation);
        if (on.Type("System.Transactions.TransactionScope") is { } scope)
            on.Operation(visit => CheckScope(visit, scope), OperationKind.ObjectCreation);
    }

    private static void CheckScope(OperationVisit visit, INamedTypeSymbol scope)
    {
        var creation = (IObjectCreationOperation)visit.Operation;
        if (!SymbolEqualityComparer.Default.Equals(creation.Type, scope))
            return;
        if (!FlowsAsync(creation) && AwaitsWithin(creation))
            visit.Report(creation, "TransactionScope", LeftBehind);
        else if (!SuspendsOnly(creation) && Writes(creation, visit) && IsDropped(creation))
            visit.Report(creation, "TransactionScope", string.Format(NeverCommitted, "completed", "Complete()"));
    }

    private static void CheckBegin(OperationVisit visit)
    {
        var call = (IInvocationOperation)visit.Operation;
        var name = call.TargetMethod.Name;
        if (call.Type.AwaitedType() is not { } result)
            return;
        if (result.Name == "TransactionScope" && MakesPlainScope(call.TargetMethod, visit) && AwaitsWithin(call))
            visit.Report(call, name, LeftBehind);
        else if (name is "BeginTransaction" or "BeginTransactionAsync" && Words.Of(result.Name).LastOrDefault() == "transaction" && Writes(call, visit) && IsDropped(call))
            visit.Report(call, name, string.Format(NeverCommitted, "committed", "Commit"));
    }

    private static bool FlowsAsync(IObjectCreationOperation creation) => creation.Arguments.Any(argument =>
        argument.Parameter?.Type.Name == "TransactionScopeAsyncFlowOption" && argument.ArgumentKind != ArgumentKind.DefaultValue && !argument.Value.IsConstant(0m) && argument.Value.ReferencedSymbol()?.Name != "Suppress");

    // Suppress opens no transaction, it steps out of the one around it.
    private static bool SuspendsOnly(IObjectCreationOperation creation) =>
        creation.Arguments.Any(argument => argument.Parameter?.Type.Name == "TransactionScopeOption" && argument.Value.ReferencedSymbol()?.Name == "Suppress");

    // A transaction that only reads gives a consistent view, and may end without a commit.
    private static bool Writes(IOperation begin, OperationVisit visit)
    {
        var persistence = Persistence.In(visit.Facts);
        return begin.EnclosingFunction().DescendantsAndSelf().Any(operation => operation is IInvocationOperation call && call.Syntax.SpanStart > begin.Syntax.SpanStart && (persistence.Of(call) & DataReach.Save) != 0);
    }

    // A helper of the product that makes the scope: CreateScope().
    private static bool MakesPlainScope(IMethodSymbol method, OperationVisit visit) => method.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(visit.Cancellation)).Any(syntax =>
        syntax.DescendantNodes().OfType<BaseObjectCreationExpressionSyntax>().Any() && !syntax.DescendantTokens().Any(token => token.ValueText.Contains("AsyncFlow")));

    private static bool AwaitsWithin(IOperation scope) => Region(scope).SelectMany(Operations.DescendantsInFunction).Any(operation =>
        operation is IAwaitOperation or IForEachLoopOperation { IsAsynchronous: true } or IUsingOperation { IsAsynchronous: true } or IUsingDeclarationOperation { IsAsynchronous: true });

    // What runs while the scope is open: the body of its using, else what follows in the block.
    private static IEnumerable<IOperation> Region(IOperation scope)
    {
        for (var (child, ancestor) = (scope, scope.Parent); ancestor is not null and not IAnonymousFunctionOperation and not ILocalFunctionOperation; (child, ancestor) = (ancestor, ancestor.Parent))
        {
            switch (ancestor)
            {
                case IUsingOperation { Body: var body, Resources: var resources } when resources == child:
                    return new[] { body };
                case IBlockOperation block when child is not IReturnOperation:
                    return block.Operations.SkipWhile(statement => statement != child).Skip(1);
            }
        }
        return Enumerable.Empty<IOperation>();
    }

    // Nothing in the function completes or undoes it, and nobody else gets hold of it.
    private static bool IsDropped(IOperation begin)
    {
        var function = begin.EnclosingFunction();
        var holder = Holder(begin);
        foreach (var operation in function.DescendantsAndSelf())
        {
            switch (operation)
            {
                // Undoing it where something fails is no end for what works.
                case IInvocationOperation call when Words.Of(call.TargetMethod.Name) is ["commit" or "complete", ..] || Words.Of(call.TargetMethod.Name) is ["rollback" or "roll", ..] && call.Ancestor<ICatchClauseOperation>() is null:
                    return false;
                case IArgumentOperation argument when holder is not null && argument.Parent is IInvocationOperation { TargetMethod: var method } && Names(argument.Value, holder) && (method.Locations[0].IsInSource || method.ContainingType.TypeKind == TypeKind.Delegate):
                case IReturnOperation { ReturnedValue: { } returned } when holder is not null && Names(returned, holder):
                case IAssignmentOperation { Value: var value } when holder is not null && Names(value, holder):
                case IVariableInitializerOperation { Value: var initial } when holder is not null && Names(initial, holder):
                    return false;
            }
        }
        return holder is not null || IsUsed(begin);
    }

    private static bool Names(IOperation value, ILocalSymbol local) => value.DescendantsAndSelf().Any(operation => operation is ILocalReferenceOperation { Local: var named } && SymbolEqualityComparer.Default.Equals(named, local));

    private static ILocalSymbol? Holder(IOperation begin) => begin.Ancestors().SkipWhile(ancestor => ancestor is IAwaitOperation or IConversionOperation or IVariableInitializerOperation or IInvocationOperation { TargetMethod.Name: "ConfigureAwait" } or IArgumentOperation)
        .FirstOrDefault() is IVariableDeclaratorOperation { Symbol: var local } ? local : null;

    private static bool IsUsed(IOperation begin) => begin.Ancestors().SkipWhile(ancestor => ancestor is IAwaitOperation or IConversionOperation).FirstOrDefault() is IUsingOperation;
}
