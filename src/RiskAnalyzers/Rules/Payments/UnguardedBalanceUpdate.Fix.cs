namespace RiskAnalyzers.Rules.Payments;

[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class UnguardedBalanceUpdateFix : RiskFix
{
    public UnguardedBalanceUpdateFix() : base("RISK2008", fixAll: false)
    {
    }

    protected override async Task Offer(FixOffer offer)
    {
        if (!offer.Finds<ExpressionSyntax>(out var change))
            return;
        var model = await offer.Model().ConfigureAwait(false);
        // A row version means something to Entity Framework alone.
        if (model.Compilation.GetTypeByMetadataName("Microsoft.EntityFrameworkCore.DbContext") is null || EntityOf(change, model, offer.Cancellation) is not { IsRecord: false, DeclaringSyntaxReferences: [var reference] } entity)
            return;
        if (reference.GetSyntax(offer.Cancellation) is not ClassDeclarationSyntax declaration || !entity.GetMembers("RowVersion").IsEmpty || offer.Document.Project.GetDocument(declaration.SyntaxTree) is not { } document)
            return;
        offer.Change($"Add a row version to '{entity.Name}' (needs a migration)", async cancellation =>
        {
            var editor = await DocumentEditor.CreateAsync(document, cancellation).ConfigureAwait(false);
            var member = SyntaxFactory.ParseMemberDeclaration("[System.ComponentModel.DataAnnotations.Timestamp]\npublic byte[]? RowVersion { get; set; }")!;
            editor.AddMember(declaration, member.WithLeadingTrivia(SyntaxFactory.ElasticCarriageReturnLineFeed).WithAdditionalAnnotations(Formatter.Annotation));
            return editor.GetChangedDocument();
        });
    }

    private static INamedTypeSymbol? EntityOf(ExpressionSyntax change, SemanticModel model, CancellationToken cancellation) => change switch
    {
        AssignmentExpressionSyntax { Left: var left } => model.GetSymbolInfo(left, cancellation).Symbol?.ContainingType,
        PostfixUnaryExpressionSyntax { Operand: var operand } => model.GetSymbolInfo(operand, cancellation).Symbol?.ContainingType,
        PrefixUnaryExpressionSyntax { Operand: var operand } => model.GetSymbolInfo(operand, cancellation).Symbol?.ContainingType,
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax called } => model.GetSymbolInfo(called, cancellation).Symbol?.ContainingType,
        _ => null,
    };
}
