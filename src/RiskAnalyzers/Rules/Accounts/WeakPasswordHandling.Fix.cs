using Microsoft.CodeAnalysis.Simplification;
using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Accounts;

[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class WeakPasswordHandlingFix : RiskFix
{
    private const string Verification = "Microsoft.AspNetCore.Identity.PasswordVerificationResult";
    private const int UsualLength = 12;
    private const int UsualWorkFactor = 12;

    // Hashes that are stored already stay what they are: each needs a plan.
    public WeakPasswordHandlingFix() : base("RISK3007", fixAll: false)
    {
    }

    protected override async Task Offer(FixOffer offer)
    {
        var node = offer.Root.FindNode(offer.Diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
        switch (node)
        {
            case AssignmentExpressionSyntax { Left: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "RequiredLength" } or IdentifierNameSyntax { Identifier.ValueText: "RequiredLength" }, Right: LiteralExpressionSyntax length }:
                offer.Replace("Ask for twelve characters", length, Number(UsualLength));
                break;
            case ArgumentSyntax { Expression: LiteralExpressionSyntax { RawKind: (int)SyntaxKind.NumericLiteralExpression } factor, Parent.Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "HashPassword" or "EnhancedHashPassword" or "GenerateSalt" } } }:
                offer.Replace("Take work factor 12", factor, Number(UsualWorkFactor));
                break;
            case LiteralExpressionSyntax { RawKind: (int)SyntaxKind.NumericLiteralExpression, Parent: ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "HashPassword" or "EnhancedHashPassword" or "GenerateSalt" } } } } factor:
                offer.Replace("Take work factor 12", factor, Number(UsualWorkFactor));
                break;
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression } comparison:
                await OfferToVerify(offer, comparison).ConfigureAwait(false);
                break;
        }
    }

    // user.PasswordHash == Hash(password), where a hasher for that user is at hand.
    private static async Task OfferToVerify(FixOffer offer, BinaryExpressionSyntax comparison)
    {
        var model = await offer.Model().ConfigureAwait(false);
        if (StoredHash(comparison.Left, model) is not { } stored)
            (stored, comparison) = (StoredHash(comparison.Right, model)!, comparison.WithLeft(comparison.Right).WithRight(comparison.Left));
        if (stored is null || model.GetTypeInfo(stored.Expression, offer.Cancellation).Type is not INamedTypeSymbol user)
            return;
        // The hash is made of what was typed, or is compared with it.
        var typed = comparison.Right is InvocationExpressionSyntax { ArgumentList.Arguments: [{ Expression: IdentifierNameSyntax or MemberAccessExpressionSyntax } password] } ? password.Expression : comparison.Right is IdentifierNameSyntax plain && Secrets.Of(plain.Identifier.ValueText) == SecretKind.Password && !Secrets.IsDigest(plain.Identifier.ValueText) ? plain : null;
        if (typed is null || HasherOf(user, offer, model) is not { } hasher)
            return;
        var original = offer.Root.FindNode(offer.Diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
        // Inside a query the database would have to hash.
        if (original.Ancestors().Any(ancestor => ancestor is LambdaExpressionSyntax))
            return;
        var kind = comparison.IsKind(SyntaxKind.EqualsExpression) ? "!=" : "==";
        var verified = SyntaxFactory.ParseExpression($"{hasher}.VerifyHashedPassword({stored.Expression.WithoutTrivia()}, {stored.WithoutTrivia()}, {typed.WithoutTrivia()}) {kind} {Verification}.Failed");
        offer.Replace("Verify with the password hasher", original, verified.ReplaceNodes(
            verified.DescendantNodes().OfType<MemberAccessExpressionSyntax>().Where(name => name.ToString() == Verification), (_, name) => name.WithAdditionalAnnotations(Simplifier.Annotation)));
    }

    private static MemberAccessExpressionSyntax? StoredHash(ExpressionSyntax side, SemanticModel model) =>
        side is MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name, Expression: IdentifierNameSyntax or MemberAccessExpressionSyntax } access
        && name.IndexOf("PasswordHash", StringComparison.Ordinal) >= 0 && model.GetTypeInfo(access).Nullability.FlowState != NullableFlowState.MaybeNull ? access : null;

    private static string? HasherOf(INamedTypeSymbol user, FixOffer offer, SemanticModel model)
    {
        foreach (var symbol in model.LookupSymbols(offer.Diagnostic.Location.SourceSpan.Start))
        {
            var type = symbol switch
            {
                IFieldSymbol field => field.Type,
                IPropertySymbol property => property.Type,
                IParameterSymbol parameter => parameter.Type,
                ILocalSymbol local => local.Type,
                _ => null,
            };
            if (type is INamedTypeSymbol { Name: "IPasswordHasher" or "PasswordHasher", TypeArguments: [var hashed] } && SymbolEqualityComparer.Default.Equals(hashed, user))
                return symbol.Name;
        }
        return null;
    }

    private static LiteralExpressionSyntax Number(int value) => SyntaxFactory.LiteralExpression(SyntaxKind.NumericLiteralExpression, SyntaxFactory.Literal(value));
}
