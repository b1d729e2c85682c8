using Microsoft.CodeAnalysis.FindSymbols;
using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Resilience;

[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class AsyncVoidFix : RiskFix
{
    public AsyncVoidFix() : base("RISK5009", fixAll: false)
    {
    }

    protected override async Task Offer(FixOffer offer)
    {
        var node = offer.Root.FindToken(offer.Diagnostic.Location.SourceSpan.Start).Parent;
        var (returnType, isPartial) = node switch
        {
            MethodDeclarationSyntax method => (method.ReturnType, method.Modifiers.Any(SyntaxKind.PartialKeyword) || method.Modifiers.Any(SyntaxKind.OverrideKeyword) || method.ExplicitInterfaceSpecifier is not null),
            LocalFunctionStatementSyntax function => (function.ReturnType, false),
            _ => (null, true),
        };
        if (node is null || returnType is null || isPartial)
            return;
        var model = await offer.Model().ConfigureAwait(false);
        if (model.GetDeclaredSymbol(node, offer.Cancellation) is not IMethodSymbol symbol || symbol.Implemented().Any())
            return;
        var references = await SymbolFinder.FindReferencesAsync(symbol, offer.Document.Project.Solution, offer.Cancellation).ConfigureAwait(false);
        var statements = new List<ExpressionStatementSyntax>();
        foreach (var location in references.SelectMany(reference => reference.Locations))
        {
            // A use as a delegate, or from another file that cannot be seen from here, would not compile or would not wait.
            if (location.Document.Id != offer.Document.Id || Statement(offer.Root.FindNode(location.Location.SourceSpan)) is not { } statement)
                return;
            if (IsInAsync(statement))
                statements.Add(statement);
        }
        var task = SyntaxFactory.ParseTypeName("System.Threading.Tasks.Task").WithAdditionalAnnotations(Simplifier.Annotation);
        offer.Edit("Return Task", editor =>
        {
            foreach (var statement in statements)
                editor.ReplaceNode(statement.Expression, (current, _) => SyntaxFactory.AwaitExpression(SyntaxFactory.Token(SyntaxKind.AwaitKeyword).WithTrailingTrivia(SyntaxFactory.Space), ((ExpressionSyntax)current).WithoutTrivia()).WithTriviaFrom(current));
            editor.ReplaceNode(returnType, task.WithTriviaFrom(returnType));
        });
    }

    private static ExpressionStatementSyntax? Statement(SyntaxNode name)
    {
        var access = name.FirstAncestorOrSelf<SimpleNameSyntax>() is { } simple ? simple.Parent is MemberAccessExpressionSyntax member && member.Name == simple ? member : (ExpressionSyntax)simple : null;
        return access?.Parent is InvocationExpressionSyntax { Parent: ExpressionStatementSyntax statement } ? statement : null;
    }

    private static bool IsInAsync(SyntaxNode node) => node.Ancestors().FirstOrDefault(ancestor => ancestor is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax or LockStatementSyntax) switch
    {
        BaseMethodDeclarationSyntax method => method.Modifiers.Any(SyntaxKind.AsyncKeyword),
        LocalFunctionStatementSyntax function => function.Modifiers.Any(SyntaxKind.AsyncKeyword),
        AnonymousFunctionExpressionSyntax lambda => lambda.Modifiers.Any(SyntaxKind.AsyncKeyword),
        _ => false,
    };
}
