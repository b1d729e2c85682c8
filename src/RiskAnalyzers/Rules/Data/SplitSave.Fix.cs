using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Data;

[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class SplitSaveFix : RiskFix
{
    private static readonly HashSet<string> LooksAtSavedRows = Words.SetOf("Where Any AnyAsync All AllAsync Count CountAsync Sum SumAsync Max MaxAsync Min MinAsync ToList ToListAsync ToArray ToArrayAsync");

    // What belongs together is for somebody to decide: one at a time.
    public SplitSaveFix() : base("RISK6001", fixAll: false)
    {
    }

    protected override async Task Offer(FixOffer offer)
    {
        if (!offer.Finds<InvocationExpressionSyntax>(out var second) || Statement(second) is not { Parent: BlockSyntax block } last || second.Expression is not MemberAccessExpressionSyntax { Expression: var context } save)
            return;
        var first = block.Statements.TakeWhile(statement => statement != last).OfType<ExpressionStatementSyntax>().LastOrDefault(statement =>
            Saved(statement) is { Expression: MemberAccessExpressionSyntax earlier } && earlier.Name.Identifier.ValueText.StartsWith("SaveChanges", StringComparison.Ordinal) && SyntaxFactory.AreEquivalent(earlier.Expression, context));
        if (first is null || !save.Name.Identifier.ValueText.StartsWith("SaveChanges", StringComparison.Ordinal))
            return;
        var between = block.Statements.SkipWhile(statement => statement != first).Skip(1).TakeWhile(statement => statement != last).ToList();
        if (!ReadsWhatTheFirstSaveMade(between, block, first))
            offer.Change("Save once, at the end", _ => Task.FromResult(offer.Document.WithSyntaxRoot(offer.Root.RemoveNode(first, first.GetLeadingTrivia().All(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)) ? SyntaxRemoveOptions.KeepNoTrivia : SyntaxRemoveOptions.KeepLeadingTrivia)!)));
        var model = await offer.Model().ConfigureAwait(false);
        if (second.Parent is AwaitExpressionSyntax && IsContext(model.GetTypeInfo(context, offer.Cancellation).Type) && !block.Statements.Any(statement => statement is LocalDeclarationStatementSyntax { Declaration.Variables: [{ Identifier.ValueText: "transaction" }] }))
            OfferTransaction(offer, first, last, context);
    }

    private static void OfferTransaction(FixOffer offer, StatementSyntax first, StatementSyntax last, ExpressionSyntax context) => offer.Edit("Put both into a transaction", editor =>
    {
        var begin = SyntaxFactory.ParseStatement($"await using var transaction = await {context.WithoutTrivia()}.Database.BeginTransactionAsync();");
        var commit = SyntaxFactory.ParseStatement("await transaction.CommitAsync();");
        editor.InsertBefore(first, begin.WithLeadingTrivia(first.GetLeadingTrivia()).WithTrailingTrivia(first.GetTrailingTrivia()));
        editor.ReplaceNode(first, first.WithLeadingTrivia(first.GetLeadingTrivia().Reverse().TakeWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)).Reverse()));
        editor.InsertAfter(last, commit.WithLeadingTrivia(last.GetLeadingTrivia().Reverse().TakeWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)).Reverse()).WithTrailingTrivia(last.GetTrailingTrivia()));
    });

    private static ExpressionStatementSyntax? Statement(InvocationExpressionSyntax call) => call.Parent switch
    {
        ExpressionStatementSyntax statement => statement,
        AwaitExpressionSyntax { Parent: ExpressionStatementSyntax statement } => statement,
        _ => null,
    };

    private static InvocationExpressionSyntax? Saved(ExpressionStatementSyntax statement) => statement.Expression switch
    {
        InvocationExpressionSyntax call => call,
        AwaitExpressionSyntax { Expression: InvocationExpressionSyntax call } => call,
        _ => null,
    };

    private static bool IsContext(ITypeSymbol? type)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (type.Name == "DbContext")
                return true;
        }
        return false;
    }

    // A key that the database gave to something new, or a query that has to see the saved rows.
    private static bool ReadsWhatTheFirstSaveMade(List<StatementSyntax> between, BlockSyntax block, StatementSyntax first)
    {
        var made = new HashSet<string>(block.Statements.TakeWhile(statement => statement != first).SelectMany(statement => statement.DescendantNodes()).OfType<VariableDeclaratorSyntax>()
            .Where(variable => variable.Initializer?.Value is BaseObjectCreationExpressionSyntax).Select(variable => variable.Identifier.ValueText), StringComparer.Ordinal);
        foreach (var access in between.SelectMany(statement => statement.DescendantNodes()).OfType<MemberAccessExpressionSyntax>())
        {
            if (LooksAtSavedRows.Contains(access.Name.Identifier.ValueText) || access.Expression is IdentifierNameSyntax { Identifier.ValueText: var owner } && made.Contains(owner) && access.Name.Identifier.ValueText.EndsWith("Id", StringComparison.Ordinal))
                return true;
        }
        return false;
    }
}
