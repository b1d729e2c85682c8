namespace RiskAnalyzers.Rules.Resilience;

[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class BlockingWaitFix : RiskFix
{
    public BlockingWaitFix() : base("RISK5010", fixAll: true)
    {
    }

    protected override async Task Offer(FixOffer offer)
    {
        var node = offer.Root.FindNode(offer.Diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
        if (node is not ExpressionSyntax wait || !MayAwait(wait))
            return;
        var model = await offer.Model().ConfigureAwait(false);
        if (Awaited(wait, model) is not { } awaited || HoldsSpan(wait, model))
            return;
        ExpressionSyntax replacement = SyntaxFactory.AwaitExpression(SyntaxFactory.Token(SyntaxKind.AwaitKeyword).WithTrailingTrivia(SyntaxFactory.Space), awaited.WithoutTrivia());
        if (wait.Parent is MemberAccessExpressionSyntax or ConditionalAccessExpressionSyntax or ElementAccessExpressionSyntax or InvocationExpressionSyntax or PostfixUnaryExpressionSyntax)
            replacement = SyntaxFactory.ParenthesizedExpression(replacement);
        offer.Replace("Await it", wait, replacement);
    }

    private static ExpressionSyntax? Awaited(ExpressionSyntax wait, SemanticModel model)
    {
        if (wait is MemberAccessExpressionSyntax { Name.Identifier.Text: "Result", Expression: var task })
            return task;
        if (wait is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var receiver, Name: var name } access } call || model.GetSymbolInfo(call).Symbol is not IMethodSymbol method)
            return null;
        var arguments = call.ArgumentList.Arguments;
        switch (method.ContainingType.Name, method.Name)
        {
            case ("Task", "Wait") when arguments.Count == 0:
                return receiver;
            case (_, "GetResult"):
                return receiver is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "GetAwaiter", Expression: var inner } } ? inner : null;
            case ("Task", "WaitAll") when arguments.All(argument => model.GetTypeInfo(argument.Expression).Type is { } type && (type.Name == "Task" || type is IArrayTypeSymbol { ElementType.Name: "Task" })):
                return Renamed(call, access, "WhenAll");
            case ("Thread", "Sleep"):
                return call.WithExpression(SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression,
                    SyntaxFactory.ParseName("System.Threading.Tasks.Task").WithAdditionalAnnotations(Simplifier.Annotation), SyntaxFactory.IdentifierName("Delay")));
            case ("SemaphoreSlim", "Wait"):
                return Renamed(call, access, "WaitAsync");
            case (_, "SaveChanges") when model.GetTypeInfo(receiver).Type is { } context && Has(context, "SaveChangesAsync"):
                return Renamed(call, access, "SaveChangesAsync");
            default:
                return null;
        }
    }

    private static InvocationExpressionSyntax Renamed(InvocationExpressionSyntax call, MemberAccessExpressionSyntax access, string name) =>
        call.WithExpression(access.WithName(SyntaxFactory.IdentifierName(name)));

    private static bool Has(ITypeSymbol type, string member)
    {
        for (var ancestor = type; ancestor is not null; ancestor = ancestor.BaseType)
        {
            if (!ancestor.GetMembers(member).IsEmpty)
                return true;
        }
        return false;
    }

    // An await may stand in an async function outside locks, queries and filters, and changes the exception that a clause waits for.
    private static bool MayAwait(ExpressionSyntax wait)
    {
        foreach (var ancestor in wait.Ancestors())
        {
            switch (ancestor)
            {
                case LockStatementSyntax or QueryExpressionSyntax or CatchFilterClauseSyntax or UnsafeStatementSyntax:
                case TryStatementSyntax attempt when attempt.Catches.Any(clause => clause.Declaration?.Type.ToString().EndsWith("AggregateException", StringComparison.Ordinal) == true):
                    return false;
                case AnonymousFunctionExpressionSyntax lambda:
                    return lambda.Modifiers.Any(SyntaxKind.AsyncKeyword);
                case LocalFunctionStatementSyntax function:
                    return function.Modifiers.Any(SyntaxKind.AsyncKeyword);
                case BaseMethodDeclarationSyntax method:
                    return method.Modifiers.Any(SyntaxKind.AsyncKeyword);
                case MemberDeclarationSyntax:
                    return false;
            }
        }
        return false;
    }

    // A span cannot live across an await.
    private static bool HoldsSpan(ExpressionSyntax wait, SemanticModel model) => wait.FirstAncestorOrSelf<MemberDeclarationSyntax>()?.DescendantNodes().OfType<VariableDeclarationSyntax>()
        .Any(declaration => model.GetTypeInfo(declaration.Type).Type is { IsRefLikeType: true }) == true;
}
