using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Resilience;

/// <summary>An async method or lambda that returns nothing: nobody can wait for it, and its exception has nowhere to go.</summary>
internal sealed class AsyncVoid : RiskRule
{
    private static readonly HashSet<string> MessageWords = Words.SetOf("message deliver delivery received event");

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK5009",
        title: "An async function returns void",
        message: "{0} is async void: nobody can wait for it, and an exception in it takes the whole process down; {1}",
        why: "The caller goes on before the work is done and reports a success that has not happened. An exception that nobody can catch ends the process, with every other customer's request in it.");

    public AsyncVoid() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        on.Declaration(CheckMethod, SymbolKind.Method);
        on.Operation(CheckLocalFunction, OperationKind.LocalFunction);
        on.Operation(CheckLambda, OperationKind.AnonymousFunction);
    }

    private static void CheckMethod(DeclarationVisit visit)
    {
        if (visit.Symbol is not IMethodSymbol { IsAsync: true, ReturnsVoid: true, MethodKind: not MethodKind.PropertySet } method || IsEventHandler(method))
            return;
        var isImposed = IsImposed(method) || HandlesEvent(method) || IsTimerCallback(method);
        if (isImposed && visit.Syntax.All(CatchesEverything))
            return;
        visit.ReportName($"'{method.Name}'", isImposed ? "catch everything in it" : "return Task");
    }

    private static void CheckLocalFunction(OperationVisit visit)
    {
        if (visit.Operation is ILocalFunctionOperation { Symbol: { IsAsync: true, ReturnsVoid: true } function, Syntax: LocalFunctionStatementSyntax syntax } && !IsEventHandler(function))
            visit.Report(syntax.Identifier, $"'{function.Name}'", "return Task");
    }

    private static void CheckLambda(OperationVisit visit)
    {
        if (visit.Operation is not IAnonymousFunctionOperation { Symbol: { IsAsync: true, ReturnsVoid: true } symbol, Syntax: AnonymousFunctionExpressionSyntax syntax } lambda
            || IsEventHandler(symbol) || CatchesEverything(syntax))
            return;
        var taker = lambda.Parent?.Parent switch
        {
            IArgumentOperation { Parent: IInvocationOperation call } => $"The async lambda for '{call.TargetMethod.Name}'",
            IArgumentOperation { Parent: IObjectCreationOperation creation } => $"The async lambda for '{creation.Type?.Name}'",
            _ => "The async lambda",
        };
        visit.Report(syntax.AsyncKeyword, taker, "give it to something that takes a Func<Task>, or catch everything in it");
    }

    // (object sender, EventArgs e) leaves no choice; a message that is lost with the process is another matter.
    private static bool IsEventHandler(IMethodSymbol method) => method.Parameters is [_, { Type.Name: var arguments }] && arguments.EndsWith("EventArgs", StringComparison.Ordinal) && !HandlesEvent(method);

    private static bool HandlesEvent(IMethodSymbol method) => method.Parameters is [_, { Type.Name: var arguments }] && arguments.EndsWith("EventArgs", StringComparison.Ordinal) && Words.ContainAny(arguments.Substring(0, arguments.Length - "EventArgs".Length), MessageWords);

    private static bool IsImposed(IMethodSymbol method) => method.IsOverride || !method.ExplicitInterfaceImplementations.IsEmpty
        || method.Implemented().Any();

    // new Timer(Flush, null, 0, 1000) takes nothing that returns a task.
    private static bool IsTimerCallback(IMethodSymbol method) => method.Parameters is [{ Type.SpecialType: SpecialType.System_Object }];

    private static bool CatchesEverything(SyntaxNode function) =>
        function.DescendantNodes(node => node == function || node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)).OfType<AwaitExpressionSyntax>()
            .All(await => await.Ancestors().TakeWhile(node => node != function).Any(node => node is BlockSyntax { Parent: TryStatementSyntax attempt } block && attempt.Block == block && attempt.Catches.Any(TakesAll)));

    private static bool TakesAll(CatchClauseSyntax clause) => clause.Filter is null
        && clause.Declaration?.Type.ToString() is null or "Exception" or "System.Exception"
        && !clause.Block.DescendantNodes().Any(node => node is ThrowStatementSyntax or ThrowExpressionSyntax);
}
