using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Payments;

/// <summary>A charge that is tried again without an idempotency key: each attempt may be a payment.</summary>
internal sealed class RetriedCharge : RiskRule
{
    private static readonly HashSet<string> Runners = Words.SetOf("execute retry retries retrying policy pipeline resilience strategy");

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK2004",
        title: "A payment call is retried without an idempotency key",
        message: "'{0}' is tried again {1}: a time-out whose charge went through is charged twice; {2}",
        why: "The gateway may have taken the money before the answer was lost. Without a key that all attempts share, the retry takes it again.");

    private const string WithoutKey = "after an error without an idempotency key";
    private const string OneKey = "pass one key for all attempts";

    public RetriedCharge() : base(Risk)
    {
    }

    public override ImmutableArray<string> Supersedes { get; } = ImmutableArray.Create("RISK2015");

    public override void Listen(RuleListener on)
    {
        on.Operation(Check, OperationKind.Invocation);
        on.Operation(CheckClient, OperationKind.Invocation, OperationKind.Invalid);
    }

    // Providers whose names say no more than that one pays with them.
    private static readonly HashSet<string> Providers = Words.SetOf("pay pays payu vnpay zalopay momo razorpay paystack flutterwave iyzico iyzipay nexi nets worldpay mercadopago przelewy paddle tpay payfast paytr");

    // services.AddHttpClient<PayPalClient>().AddStandardResilienceHandler(): each failed POST is posted again. By syntax: the package may not be at hand.
    private static void CheckClient(OperationVisit visit)
    {
        if (visit.Operation.Syntax is not InvocationExpressionSyntax call || CalledName(call) is not { Identifier.ValueText: "AddStandardResilienceHandler" or "AddStandardHedgingHandler" or "AddResilienceHandler" or "AddPolicyHandler" or "AddTransientHttpErrorPolicy" } name)
            return;
        // What cannot be bound is shown once more inside of what is around it.
        if (visit.Operation is IInvalidOperation && visit.Operation.Ancestors().Any(ancestor => ancestor.Syntax == call))
            return;
        var text = call.ArgumentList.ToString();
        var statement = call.FirstAncestorOrSelf<StatementSyntax>()?.ToString() ?? text;
        if (!name.Identifier.ValueText.StartsWith("AddStandard", StringComparison.Ordinal) && text.IndexOf("retry", StringComparison.OrdinalIgnoreCase) < 0
            || statement.Contains("DisableFor") || text.Contains("ShouldHandle") || text.Contains("HttpMethod") || text.IndexOf("idempoten", StringComparison.OrdinalIgnoreCase) >= 0)
            return;
        if (ClientOf(call) is not { } client)
            return;
        var argument = client.ArgumentList.Arguments.FirstOrDefault()?.Expression;
        var named = argument is LiteralExpressionSyntax literal ? literal.Token.ValueText : "";
        if (CalledName(client) is GenericNameSyntax generic)
            named += " " + generic.TypeArgumentList;
        // foreach (var name in providerNames) services.AddHttpClient(name): the method says whose clients they are.
        if (named.Length == 0 && argument is IdentifierNameSyntax)
            named = visit.Member.Name;
        if (Language.Payments.SpeakOfPayment(named) || Words.ContainAny(named, Providers) || Words.ContainSequence(named, "mo", "mo"))
            visit.Report(name, named.Trim().Trim('<', '>'), WithoutKey, OneKey);
    }

    // In the same chain, or kept in a local: var builder = services.AddHttpClient(name); builder.AddStandardResilienceHandler();
    private static InvocationExpressionSyntax? ClientOf(InvocationExpressionSyntax handler)
    {
        if (handler.Expression.DescendantNodes().OfType<InvocationExpressionSyntax>().FirstOrDefault(IsClient) is { } chained)
            return chained;
        return handler.Expression is MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: var builder } }
            ? handler.FirstAncestorOrSelf<MemberDeclarationSyntax>()?.DescendantNodes().OfType<VariableDeclaratorSyntax>().FirstOrDefault(local => local.Identifier.ValueText == builder)?.Initializer?.Value.DescendantNodesAndSelf().OfType<InvocationExpressionSyntax>().FirstOrDefault(IsClient)
            : null;
    }

    private static bool IsClient(InvocationExpressionSyntax call) => CalledName(call) is { Identifier.ValueText: "AddHttpClient" or "AddRefitClient" };

    private static SimpleNameSyntax? CalledName(InvocationExpressionSyntax call) => (call.Expression as MemberAccessExpressionSyntax)?.Name;

    private static void Check(OperationVisit visit)
    {
        var call = (IInvocationOperation)visit.Operation;
        if (MadeAnewIn(call) is { } clause)
        {
            visit.Report(((CatchClauseSyntax)clause.Syntax).CatchKeyword, call.TargetMethod.Name, "after whatever error, while the first payment may be open or paid", "make a second one only where the provider says that there is no first");
            return;
        }
        if (!Language.Payments.MovesMoney(call))
            return;
        // Another provider does not know the first one's key.
        if (SecondProvider.IsTried(call))
            visit.Report(call, call.TargetMethod.Name, "at another provider", "ask the first one what became of it before a second one is tried");
        else if (IsRetried(call, visit.Member) && !Language.Payments.HasIdempotencyKey(call))
            visit.Report(call, call.TargetMethod.Name, WithoutKey, OneKey);
    }

    // try { intent = await intents.UpdateAsync(id, ...); } catch (Exception) { intent = await intents.CreateAsync(...); }
    private static ICatchClauseOperation? MadeAnewIn(IInvocationOperation call)
    {
        if (Words.Of(call.TargetMethod.Name) is not ["create" or "charge" or "make" or "open", ..] || !Language.Payments.SpeakOfPayment(call.TargetMethod.ContainingType.Name) && !Words.ContainAny(call.TargetMethod.ContainingType.Name, Sessions) || call.Ancestor<ICatchClauseOperation>() is not { Filter: null, Parent: ITryOperation attempt } clause || !clause.IsCatchAll())
            return null;
        // Asked or changed before: there is one already.
        return attempt.Body.DescendantsInFunction().Any(operation => operation is IInvocationOperation { Instance: not null } first && SymbolEqualityComparer.Default.Equals(first.TargetMethod.ContainingType, call.TargetMethod.ContainingType) && first.TargetMethod.Name != call.TargetMethod.Name
            && Words.Of(first.TargetMethod.Name) is ["get" or "update" or "retrieve" or "confirm" or "capture" or "modify", ..]) ? clause : null;
    }

    private static readonly HashSet<string> Sessions = Words.SetOf("session intent");

    private static bool IsRetried(IInvocationOperation call, ISymbol member)
    {
        ITryOperation? attempt = null;
        foreach (var ancestor in call.Ancestors())
        {
            switch (ancestor)
            {
                case ITryOperation attempted when attempted.Body.Syntax.Span.Contains(call.Syntax.Span):
                    attempt ??= attempted;
                    if (attempted.Catches.Any(clause => TriesAgain(clause, call, member)))
                        return true;
                    break;
                // foreach (var attempt in Enumerable.Range(1, 3)) counts attempts, not orders.
                case IForEachLoopOperation loop when loop.Locals.Any(local => Words.ContainAny(local.Name, Attempts)):
                    return attempt is not null && attempt.Catches.Any(clause => !AlwaysLeaves(clause));
                // Orders of a list are different payments; only a loop without items tries the same one again.
                case IForEachLoopOperation:
                    return false;
                case IWhileLoopOperation or IForLoopOperation:
                    return attempt is not null ? attempt.Catches.Any(clause => !AlwaysLeaves(clause)) : CountsAttempts((ILoopOperation)ancestor);
                case IAnonymousFunctionOperation { Parent: IDelegateCreationOperation { Parent: IArgumentOperation { Parent: IInvocationOperation runner } } }:
                    return Runs(runner);
                case ILocalFunctionOperation:
                    return false;
            }
        }
        return false;
    }

    private static readonly HashSet<string> Attempts = Words.SetOf("attempt attempts retry retries tries");

    // The clause calls the same method, or its own member, once more, or goes back to the label before.
    private static bool TriesAgain(ICatchClauseOperation clause, IInvocationOperation call, ISymbol member) => clause.Handler.DescendantsInFunction().Any(operation => operation switch
    {
        IInvocationOperation again => SymbolEqualityComparer.Default.Equals(again.TargetMethod, call.TargetMethod) || SymbolEqualityComparer.Default.Equals(again.TargetMethod.OriginalDefinition, member.OriginalDefinition),
        IBranchOperation { BranchKind: BranchKind.GoTo, Target: var label } => clause.Parent?.Parent is ILabeledOperation labeled && SymbolEqualityComparer.Default.Equals(labeled.Label, label),
        _ => false,
    });

    // while (attempts < 3) { var r = await Charge(); if (r.Success) break; attempts++; }
    private static bool CountsAttempts(ILoopOperation loop) => (loop switch
    {
        IWhileLoopOperation { Condition: { } condition } => condition,
        IForLoopOperation { Condition: { } condition } => condition,
        _ => null,
    })?.DescendantsAndSelf().Any(operation => operation.ReferencedSymbol() is ILocalSymbol or IParameterSymbol && Words.ContainAny(operation.ReferencedSymbol()!.Name, Attempts)) == true;

    // A clause whose last statement throws or returns ends the loop, unless it asked before whether to go on.
    private static bool AlwaysLeaves(ICatchClauseOperation clause) =>
        clause.Handler.Operations.LastOrDefault() is IThrowOperation or IReturnOperation or IExpressionStatementOperation { Operation: IThrowOperation } or IBranchOperation { BranchKind: BranchKind.Break }
        && clause.Filter is null
        && !clause.Handler.DescendantsInFunction().Any(operation => operation is IBranchOperation { BranchKind: BranchKind.Continue });

    private static bool Runs(IInvocationOperation runner) =>
        Words.ContainAny(runner.TargetMethod.Name, Runners)
        && (runner.TargetMethod.ContainingType is { } type && (Words.ContainAny(type.Name, Runners) || type.ContainingNamespace?.Name is "Polly")
            || runner.Instance?.ReferencedSymbol() is { } receiver && Words.ContainAny(receiver.Name, Runners)
            || Words.Of(runner.TargetMethod.Name).Contains("retry"));
}
