using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Residue;

/// <summary>Work that is only played: a delay and then a made-up success.</summary>
internal sealed class SimulatedWork : RiskRule
{
    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK7002",
        title: "Work is simulated",
        message: "'{0}' plays the work of '{1}' instead of doing it: callers get a made-up result; do the work, or throw until somebody has written it",
        why: "A generator that cannot reach a dependency waits a moment and returns what the dependency would have returned. Orders are then paid, mails sent and prices fetched on paper only.");

    private static readonly HashSet<string> WaitWords = new(StringComparer.Ordinal)
    {
        "delay", "wait", "retry", "backoff", "poll", "polling", "throttle", "debounce", "sleep", "pause", "jitter", "schedule", "scheduler", "heartbeat", "warmup", "timeout", "loop", "worker", "watch", "monitor",
        "limiter", "lockout", "constant", "timing",
    };

    private static readonly HashSet<string> ChanceWords = new(StringComparer.Ordinal)
    {
        "sample", "sampling", "sampled", "jitter", "bucket", "rollout", "experiment", "canary", "probability", "variant", "variation", "ab", "shuffle", "chaos", "percentage", "feature", "backoff", "retry", "test", "lottery", "raffle", "generate", "seed", "seeder", "cheat", "demo",
    };

    private static readonly HashSet<string> ReferenceWords = new(StringComparer.Ordinal)
    {
        "transaction", "charge", "capture", "authorization", "auth", "confirmation", "payment", "refund", "provider", "gateway", "intent", "receipt", "payout", "tracking", "approval", "settlement", "shipment",
    };

    private static readonly HashSet<string> NotReferences = new(StringComparer.Ordinal)
    {
        "idempotency", "correlation", "order", "file", "path", "url", "key", "name", "message", "description", "request", "cookie", "scope", "event",
    };

    private static readonly HashSet<string> CallWords = new(StringComparer.Ordinal)
    {
        "gateway", "provider", "client", "http", "stripe", "paypal", "adyen", "braintree", "charge", "capture", "authorize", "refund", "pay", "payment", "processor", "send", "post", "carrier", "api", "service", "bus", "mediator", "create", "submit", "execute",
    };

    private static readonly Phrases Played = new(new[]
    {
        "simul*", "pretend*", "mimic*", "fake|faking|mock|mocked|mocking|dummy|emulate|emulating", "имитир*", "имитация", "эмул*", "симул*", "symul*", "模拟", "模擬", "simüle", "simülasyon",
    });

    public SimulatedWork() : base(Risk)
    {
    }

    // A played wait that also blocks is played first of all.
    public override ImmutableArray<string> Supersedes { get; } = ImmutableArray.Create("RISK5010");

    public override void Listen(RuleListener on)
    {
        var random = on.Type("System.Random");
        var guid = on.Type("System.Guid");
        on.Operation(CheckWait, OperationKind.Invocation);
        on.Body(visit => CheckPretended(visit, random, guid));
        on.Operation(CheckHealth, OperationKind.AnonymousObjectCreation);
        on.Operation(visit => CheckChance(visit, random), OperationKind.Binary);
        on.Operation(visit => CheckReference(visit, random, guid), OperationKind.InterpolatedString, OperationKind.Binary);
    }

    /// <summary>Whether the remark stands at a delay that this rule reports, so that one finding speaks for both.</summary>
    internal static bool SpeaksFor(CommentRun run)
    {
        var statement = run.Token.Parent?.FirstAncestorOrSelf<StatementSyntax>();
        if (statement is not (ExpressionStatementSyntax or LocalDeclarationStatementSyntax) || !IsWaitStatement(statement))
            return false;
        return (run.IsTrailing ? statement.GetLastToken() : statement.GetFirstToken()) == run.Token && Played.Find(run.Text).Any();
    }

    private static bool IsWaitStatement(StatementSyntax statement) => statement is ExpressionStatementSyntax { Expression: var expression }
        && (expression is AwaitExpressionSyntax { Expression: var awaited } ? awaited : expression) is InvocationExpressionSyntax call
        && Called(call).Expression is MemberAccessExpressionSyntax { Name.Identifier.Text: "Delay" or "Sleep", Expression: var type }
        && (type.ToString() is var name && (name.EndsWith("Task", StringComparison.Ordinal) || name.EndsWith("Thread", StringComparison.Ordinal)));

    private static InvocationExpressionSyntax Called(InvocationExpressionSyntax call) =>
        call.Expression is MemberAccessExpressionSyntax { Name.Identifier.Text: "ConfigureAwait", Expression: InvocationExpressionSyntax inner } ? inner : call;

    // checks = new { database = "connected" }: a probe that is always green.
    private static void CheckHealth(OperationVisit visit)
    {
        if (HealthClaims.In((IAnonymousObjectCreationOperation)visit.Operation, visit.Member) is { } claim)
            visit.Report(claim, Excerpt.Of(claim), visit.Member.ReadableName());
    }

    private static void CheckPretended(BodyVisit visit, INamedTypeSymbol? random, INamedTypeSymbol? guid)
    {
        if ((HealthClaims.OfCheck(visit.Body, visit.Member) ?? HealthClaims.OfGateway(visit.Body, visit.Member)) is { } claim)
        {
            visit.Report(claim, Excerpt.Of(claim), visit.Member.ReadableName());
            return;
        }
        if (PretendedAction.In(visit.Body, visit.Member) is not { } play || StubbedDecision.Speaks(visit.Body, visit.Member))
            return;
        // A wait or a made-up reference in the same body says it already.
        if (visit.Body.DescendantsInFunction().Any(operation => operation is IInvocationOperation call && IsWait(call.TargetMethod) || IsMadeUpReference(operation, visit.Member, random, guid)))
            return;
        visit.Report(play, Excerpt.Of(play), visit.Member.ReadableName());
    }

    private static void CheckWait(OperationVisit visit)
    {
        var wait = (IInvocationOperation)visit.Operation;
        if (!IsWait(wait.TargetMethod) || wait.Syntax.FirstAncestorOrSelf<StatementSyntax>() is not { } statement || !IsWaitStatement(statement))
            return;
        if (IsAdmitted(statement))
        {
            visit.Report(wait, wait.Syntax.ToString(), visit.Member.ReadableName());
            return;
        }
        if (wait.Arguments.Length == 0 || !IsFixedTime(wait.Arguments[0].Value) || !StandsInTheBodyItself(statement))
            return;
        var function = wait.EnclosingFunction();
        if (Words.ContainAny(visit.Member.ReadableName(), WaitWords) || IsHostedService(visit.Member.ContainingType) || StubbedDecision.Speaks(function, visit.Member))
            return;
        if (DoesOtherWork(function))
            return;
        visit.Report(wait, wait.Syntax.ToString(), visit.Member.ReadableName());
    }

    private static bool IsWait(IMethodSymbol method) =>
        method is { Name: "Delay", ContainingType.Name: "Task" } or { Name: "Sleep", ContainingType.Name: "Thread" };

    private static bool IsAdmitted(StatementSyntax statement) => CommentRun.Around(statement).Any(run => Played.Find(run.Text).Any());

    // TimeSpan.FromMilliseconds(200), 200, Random.Shared.Next(100, 300): nothing is waited for.
    private static bool IsFixedTime(IOperation time) => time.WithoutConversions() switch
    {
        { ConstantValue.HasValue: true } and not IFieldReferenceOperation => time.ConstantNumber() is null or > 0,
        IInvocationOperation { TargetMethod: { ContainingType.Name: "TimeSpan" or "Random" } } call => call.Arguments.All(argument => argument.Value.ConstantValue.HasValue),
        _ => false,
    };

    private static bool StandsInTheBodyItself(StatementSyntax statement)
    {
        for (var node = statement.Parent; node is not null; node = node.Parent)
        {
            if (node is BlockSyntax or TryStatementSyntax or UsingStatementSyntax)
                continue;
            return node is BaseMethodDeclarationSyntax or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax;
        }
        return false;
    }

    private static bool IsHostedService(INamedTypeSymbol? type)
    {
        for (var ancestor = type; ancestor is not null; ancestor = ancestor.BaseType)
        {
            if (ancestor.Name == "BackgroundService")
                return true;
        }
        return type is not null && type.AllInterfaces.Any(contract => contract.Name == "IHostedService");
    }

    // Other awaits, saves, sends and loops are work; logging, guards and building a result are not.
    private static bool DoesOtherWork(IOperation function)
    {
        foreach (var operation in function.DescendantsInFunction())
        {
            switch (operation)
            {
                case IWhileLoopOperation or IForLoopOperation:
                case IAwaitOperation awaited when awaited.Operation.WithoutAwait() is not IInvocationOperation call || !IsWait(call.TargetMethod):
                case IInvocationOperation { TargetMethod.Name: var name } when name.StartsWith("Save", StringComparison.Ordinal) || name.StartsWith("Send", StringComparison.Ordinal) || name.StartsWith("Publish", StringComparison.Ordinal):
                    return true;
            }
        }
        return false;
    }

    private static void CheckChance(OperationVisit visit, INamedTypeSymbol? random)
    {
        var comparison = (IBinaryOperation)visit.Operation;
        if (random is null || comparison.OperatorKind is not (BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual
            or BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual or BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals))
            return;
        var left = comparison.LeftOperand.WithoutConversions();
        var right = comparison.RightOperand.WithoutConversions();
        if (!(IsDrawn(left, random) && right.ConstantValue.HasValue) && !(IsDrawn(right, random) && left.ConstantValue.HasValue))
            return;
        if (Words.ContainAny(visit.Member.ReadableName(), ChanceWords) || Words.ContainAny(visit.Member.ContainingType?.Name ?? "", ChanceWords)
            || (comparison.Target(visit.Member) is { } target && Words.ContainAny(target.Name, ChanceWords)))
            return;
        visit.Report(comparison, comparison.Syntax.ToString(), visit.Member.ReadableName());
    }

    private static bool IsDrawn(IOperation value, INamedTypeSymbol random) =>
        value is IInvocationOperation { TargetMethod: { Name: "Next" or "NextDouble" or "NextSingle" or "NextInt64", ContainingType: { } type } } && type.Is(random)
        || value is ILocalReferenceOperation { Local: var local } && IsDrawn(value, local, random);

    // var roll = random.Next(100); if (roll < 95) ...; told by the text first, since most locals are something else.
    private static bool IsDrawn(IOperation use, ILocalSymbol local, INamedTypeSymbol random)
    {
        if (local.DeclaringSyntaxReferences is not [var reference] || reference.GetSyntax() is not VariableDeclaratorSyntax { Initializer.Value: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Next" or "NextDouble" or "NextInt64" } } })
            return false;
        return use.EnclosingFunction().Descendants().Any(operation => operation is IVariableDeclaratorOperation declarator && SymbolEqualityComparer.Default.Equals(declarator.Symbol, local)
            && declarator.GetVariableInitializer()?.Value.WithoutConversions() is IInvocationOperation drawn && drawn.TargetMethod.ContainingType.Is(random));
    }

    private static void CheckReference(OperationVisit visit, INamedTypeSymbol? random, INamedTypeSymbol? guid)
    {
        var text = visit.Operation;
        if (!IsMadeUpReference(text, visit.Member, random, guid) || CallsSomebody(text.EnclosingFunction()))
            return;
        visit.Report(text, text.Syntax.ToString(), visit.Member.ReadableName());
    }

    private static bool IsMadeUpReference(IOperation text, ISymbol member, INamedTypeSymbol? random, INamedTypeSymbol? guid)
    {
        if (text is not (IInterpolatedStringOperation or IBinaryOperation) || text.Type is not { SpecialType: SpecialType.System_String } || text.Parent is IBinaryOperation || text.ConstantValue.HasValue)
            return false;
        if (TargetName(text, member) is not { } name || !Words.ContainAny(name, ReferenceWords) || Words.ContainAny(name, NotReferences))
            return false;
        return text.DescendantsAndSelf().Any(part => IsInvented(part, random, guid)) && text.DescendantsAndSelf().Any(IsPrefix);
    }

    private static string? TargetName(IOperation text, ISymbol member)
    {
        var target = text.Target(member);
        if (target is IParameterSymbol { ContainingSymbol.Name: "FromResult" })
            return member.Name;
        return target is IMethodSymbol method && method.AssociatedSymbol is null ? method.Name : target?.Name;
    }

    private static bool IsInvented(IOperation part, INamedTypeSymbol? random, INamedTypeSymbol? guid) => part switch
    {
        IInvocationOperation { TargetMethod: { Name: "NewGuid" or "CreateVersion7", ContainingType: { } type } } => type.Is(guid),
        IInvocationOperation call when random is not null => IsDrawn(call, random),
        ILocalReferenceOperation { Local: { Type.SpecialType: SpecialType.System_String } local } reference => IsDrawnText(reference, local),
        IPropertyReferenceOperation { Property: { Name: "Ticks" or "UtcNow" or "Now", ContainingType.Name: "DateTime" or "DateTimeOffset" } } => true,
        _ => false,
    };

    // var suffix = new string(Enumerable.Repeat(chars, 14).Select(s => s[random.Next(s.Length)]).ToArray()); told by the text first.
    private static bool IsDrawnText(IOperation use, ILocalSymbol local) =>
        local.DeclaringSyntaxReferences is [var reference] && reference.GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: var made }
        && made.DescendantNodesAndSelf().Any(node => node is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Next" or "NewGuid" or "GetItems" or "GetHexString" or "GetString" } called } && called.Expression.ToString() is var source && (source.IndexOf("andom", StringComparison.Ordinal) >= 0 || source == "Guid"));

    private static bool IsPrefix(IOperation part) => part is ILiteralOperation { ConstantValue: { HasValue: true, Value: string { Length: >= 2 } prefix } }
        && char.IsLetter(prefix[0]) && prefix[prefix.Length - 1] is '-' or '_' or ':' && part.Parent is not IArgumentOperation;

    private static bool CallsSomebody(IOperation function)
    {
        foreach (var operation in function.DescendantsInFunction())
        {
            if (operation is IInvocationOperation { Instance: { } receiver, TargetMethod: { } method } call && !IsWait(method) && !LogCalls.IsLog(call)
                && receiver.ReferencedSymbol() is IFieldSymbol or IPropertySymbol or IParameterSymbol
                && (Words.ContainAny(method.ContainingType.Name, CallWords) || Words.ContainAny(method.Name, CallWords)))
                return true;
        }
        return false;
    }
}
