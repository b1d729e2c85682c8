namespace RiskAnalyzers.Rules.Payments;

/// <summary>Where a key that all attempts share is made: before the loop, or before the statement that runs the lambda again.</summary>
internal static class KeyBeforeAttempts
{
    /// <summary>The statement that repeats the node, in the block that can hold another before it; null where nothing repeats it or no block does.</summary>
    public static StatementSyntax? StatementAround(SyntaxNode node)
    {
        foreach (var ancestor in node.Ancestors())
        {
            var statement = ancestor switch
            {
                WhileStatementSyntax or ForStatementSyntax or DoStatementSyntax or ForEachStatementSyntax => (StatementSyntax)ancestor,
                // policy.ExecuteAsync(() => gateway.ChargeAsync(...))
                AnonymousFunctionExpressionSyntax { Parent: ArgumentSyntax } => ancestor.FirstAncestorOrSelf<StatementSyntax>(),
                _ => null,
            };
            if (statement is not null)
                return statement.Parent is BlockSyntax ? statement : null;
            if (ancestor is MemberDeclarationSyntax or LocalFunctionStatementSyntax)
                return null;
        }
        return null;
    }

    /// <summary>Whether the node uses what is made in the statement: each round then pays for something else, and a key of its own is right.</summary>
    public static bool DependsOnRound(SyntaxNode node, StatementSyntax statement, SemanticModel model, CancellationToken cancellation)
    {
        foreach (var name in node.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>())
        {
            var symbol = model.GetSymbolInfo(name, cancellation).Symbol;
            if (symbol is ILocalSymbol or IParameterSymbol && symbol.DeclaringSyntaxReferences.Any(reference => reference.SyntaxTree == statement.SyntaxTree && statement.Span.Contains(reference.Span)))
                return true;
        }
        return false;
    }

    /// <summary>A name for the key that nothing there has yet.</summary>
    public static string NameAt(SemanticModel model, SyntaxNode place)
    {
        var name = "idempotencyKey";
        var taken = new HashSet<string>(place.FirstAncestorOrSelf<MemberDeclarationSyntax>()?.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken) && token.Parent is not (NameColonSyntax or IdentifierNameSyntax)).Select(token => token.ValueText) ?? Enumerable.Empty<string>(), StringComparer.Ordinal);
        taken.UnionWith(model.LookupSymbols(place.SpanStart).Select(symbol => symbol.Name));
        for (var i = 2; taken.Contains(name); i++)
            name = "idempotencyKey" + i;
        return name;
    }

    /// <summary>The block with the key's declaration before the statement, and the statement in its new form.</summary>
    public static BlockSyntax Insert(StatementSyntax statement, StatementSyntax changed, string name, ExpressionSyntax value)
    {
        var block = (BlockSyntax)statement.Parent!;
        var line = block.DescendantTrivia().FirstOrDefault(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia));
        var declaration = SyntaxFactory.ParseStatement($"var {name} = {value.WithoutTrivia()};").WithLeadingTrivia(statement.GetLeadingTrivia()).WithTrailingTrivia(line).WithAdditionalAnnotations(Formatter.Annotation);
        var rest = changed.WithLeadingTrivia(statement.GetLeadingTrivia().Where(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)));
        var at = block.Statements.IndexOf(statement);
        return block.WithStatements(block.Statements.RemoveAt(at).InsertRange(at, new[] { declaration, rest }));
    }
}
