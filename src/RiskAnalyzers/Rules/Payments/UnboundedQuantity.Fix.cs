namespace RiskAnalyzers.Rules.Payments;

[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class UnboundedQuantityFix : RiskFix
{
    public UnboundedQuantityFix() : base("RISK2006", fixAll: false)
    {
    }

    protected override async Task Offer(FixOffer offer)
    {
        // What may be paid back at most only the shop knows.
        if (offer.Diagnostic.GetMessage(null).Contains("paid back") || !offer.Finds<ExpressionSyntax>(out var value))
            return;
        var model = await offer.Model().ConfigureAwait(false);
        var type = model.GetTypeInfo(value, offer.Cancellation).Type;
        var guards = model.Compilation.GetTypeByMetadataName("System.ArgumentOutOfRangeException");
        if (type is not { SpecialType: SpecialType.System_Int32 or SpecialType.System_Int64 or SpecialType.System_Int16 or SpecialType.System_Decimal or SpecialType.System_Double } || guards is null || guards.GetMembers("ThrowIfNegativeOrZero").IsEmpty)
            return;
        if (Root(value) is not { } root || model.GetSymbolInfo(root, offer.Cancellation).Symbol is not { } symbol || BlockOf(symbol, value) is not { } block)
            return;
        var qualifier = model.LookupNamespacesAndTypes(block.SpanStart, name: "ArgumentOutOfRangeException").IsEmpty ? "System." : "";
        var guard = SyntaxFactory.ParseStatement($"{qualifier}ArgumentOutOfRangeException.ThrowIfNegativeOrZero({value.WithoutTrivia()});")
            .WithTrailingTrivia(block.OpenBraceToken.TrailingTrivia.LastOrDefault(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)) is { RawKind: not 0 } newLine ? newLine : SyntaxFactory.ElasticCarriageReturnLineFeed).WithAdditionalAnnotations(Formatter.Annotation);
        offer.Replace("Refuse zero and less", block, block.WithStatements(block.Statements.Insert(0, guard)));
    }

    private static IdentifierNameSyntax? Root(ExpressionSyntax value) => value switch
    {
        IdentifierNameSyntax identifier => identifier,
        MemberAccessExpressionSyntax access => Root(access.Expression),
        _ => null,
    };

    // The body in which the value is at hand from the first statement on.
    private static BlockSyntax? BlockOf(ISymbol symbol, SyntaxNode use)
    {
        foreach (var ancestor in use.Ancestors())
        {
            switch (ancestor)
            {
                case ForEachStatementSyntax loop when symbol is ILocalSymbol && loop.Identifier.ValueText == symbol.Name:
                    return loop.Statement as BlockSyntax;
                case BaseMethodDeclarationSyntax method when symbol is IParameterSymbol:
                    return method.Body;
                case ParenthesizedLambdaExpressionSyntax lambda when lambda.ParameterList.Parameters.Any(parameter => parameter.Identifier.ValueText == symbol.Name):
                    return lambda.Block;
                case LocalFunctionStatementSyntax function when symbol is IParameterSymbol && function.ParameterList.Parameters.Any(parameter => parameter.Identifier.ValueText == symbol.Name):
                    return function.Body;
            }
        }
        return null;
    }
}
