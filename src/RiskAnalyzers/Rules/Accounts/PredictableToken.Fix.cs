using Microsoft.CodeAnalysis.Simplification;

namespace RiskAnalyzers.Rules.Accounts;

[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class PredictableTokenFix : RiskFix
{
    public PredictableTokenFix() : base("RISK3001", fixAll: true)
    {
    }

    protected override async Task Offer(FixOffer offer)
    {
        if (!offer.Finds<InvocationExpressionSyntax>(out var call) || call.Expression is not MemberAccessExpressionSyntax access)
            return;
        var model = await offer.Model().ConfigureAwait(false);
        if (model.Compilation.GetTypeByMetadataName("System.Security.Cryptography.RandomNumberGenerator") is not { } generator || generator.GetMembers("GetInt32").IsEmpty)
            return;
        if (model.GetSymbolInfo(call, offer.Cancellation).Symbol is not IMethodSymbol method)
            return;
        if (method is { Name: "Next", ContainingType.Name: "Random", Parameters.Length: > 0 })
            offer.Replace("Draw from RandomNumberGenerator", call, Invoke("GetInt32", call.ArgumentList));
        else if (method is { Name: "ToString", ContainingType.Name: "Guid" } && access.Expression is InvocationExpressionSyntax)
            offer.Replace("Use 32 random bytes", call, SyntaxFactory.InvocationExpression(
                Member(SyntaxFactory.ParseName("System.Convert"), "ToHexString"),
                SyntaxFactory.ArgumentList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Argument(Invoke("GetBytes", SyntaxFactory.ParseArgumentList("(32)")))))));
    }

    private static InvocationExpressionSyntax Invoke(string method, ArgumentListSyntax arguments) =>
        SyntaxFactory.InvocationExpression(Member(SyntaxFactory.ParseName("System.Security.Cryptography.RandomNumberGenerator"), method), arguments);

    private static MemberAccessExpressionSyntax Member(NameSyntax type, string member) => SyntaxFactory.MemberAccessExpression(
        SyntaxKind.SimpleMemberAccessExpression, type.WithAdditionalAnnotations(Simplifier.Annotation), SyntaxFactory.IdentifierName(member));
}
