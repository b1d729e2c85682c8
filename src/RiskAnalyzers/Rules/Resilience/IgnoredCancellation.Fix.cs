using Microsoft.CodeAnalysis.Operations;

namespace RiskAnalyzers.Rules.Resilience;

[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class IgnoredCancellationFix : RiskFix
{
    public IgnoredCancellationFix() : base("RISK5008", fixAll: true)
    {
    }

    protected override async Task Offer(FixOffer offer)
    {
        if (!offer.Finds<ParameterSyntax>(out var parameter) || parameter.Ancestors().FirstOrDefault(node => node is BaseMethodDeclarationSyntax or LambdaExpressionSyntax) is not { } function)
            return;
        var model = await offer.Model().ConfigureAwait(false);
        var body = function switch
        {
            BaseMethodDeclarationSyntax method => method.Body ?? (SyntaxNode?)method.ExpressionBody,
            LambdaExpressionSyntax lambda => lambda.Body,
            _ => null,
        };
        if (body is null)
            return;
        var operation = model.GetOperation(function, offer.Cancellation);
        if (operation is null)
            return;
        var changes = new Dictionary<ArgumentListSyntax, InvocationExpressionSyntax>();
        foreach (var call in TokenForwarding.DeafCalls(operation))
        {
            if (call.Syntax is InvocationExpressionSyntax syntax && !IsOutOfReach(syntax, function))
                changes[syntax.ArgumentList] = syntax;
        }
        if (changes.Count == 0)
            return;
        var name = parameter.Identifier.Text;
        offer.Change("Pass the token on", cancellation =>
        {
            var root = offer.Root.ReplaceNodes(changes.Keys, (old, current) => WithToken(old, current, (IInvocationOperation)model.GetOperation(changes[old], cancellation)!, name));
            return Task.FromResult(offer.Document.WithSyntaxRoot(root));
        });
    }

    private static ArgumentListSyntax WithToken(ArgumentListSyntax old, ArgumentListSyntax current, IInvocationOperation call, string name)
    {
        var slot = TokenForwarding.Slot(call)!;
        var keys = call.Arguments.FirstOrDefault(argument => argument.ArgumentKind == ArgumentKind.ParamArray);
        if (keys is not null)
        {
            // FindAsync(id) takes any number of keys; with a token it takes an array of them.
            var first = keys.Parameter!.Ordinal;
            var array = SyntaxFactory.ParseExpression("new object[] { " + string.Join(", ", current.Arguments.Skip(first).Select(argument => argument.Expression.ToString())) + " }");
            return current.WithArguments(SyntaxFactory.SeparatedList(current.Arguments.Take(first).Append(SyntaxFactory.Argument(array)).Append(SyntaxFactory.Argument(SyntaxFactory.IdentifierName(name)))))
                .WithAdditionalAnnotations(Formatter.Annotation);
        }
        var isExtension = call.TargetMethod.IsExtensionMethod && call.Arguments.Length > 0 && call.Arguments[0].Syntax is not ArgumentSyntax;
        var isNext = old.Arguments.All(argument => argument.NameColon is null) && old.Arguments.Count + (isExtension ? 1 : 0) == slot.Ordinal;
        var token = SyntaxFactory.Argument(isNext ? null : SyntaxFactory.NameColon(slot.Name), default, SyntaxFactory.IdentifierName(name));
        return current.AddArguments(token).WithAdditionalAnnotations(Formatter.Annotation);
    }

    // A static function does not see the parameter.
    private static bool IsOutOfReach(SyntaxNode call, SyntaxNode function) => call.Ancestors().TakeWhile(node => node != function).Any(node => node switch
    {
        AnonymousFunctionExpressionSyntax lambda => lambda.Modifiers.Any(SyntaxKind.StaticKeyword),
        LocalFunctionStatementSyntax local => local.Modifiers.Any(SyntaxKind.StaticKeyword),
        _ => false,
    });
}
