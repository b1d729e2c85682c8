namespace RiskAnalyzers.Reviews;

/// <summary>Where a review stands in the source, and how it gets there.</summary>
internal static class ReviewedNode
{
    /// <summary>The declaration, local function or lambda that carries the review of the reported unit, or null where none can.</summary>
    public static SyntaxNode? Of(SyntaxNode root, Diagnostic diagnostic)
    {
        var place = root.FindToken(diagnostic.Location.SourceSpan.Start).Parent;
        if (diagnostic.Properties.TryGetValue(ReviewProperties.Kind, out var kind) && kind == ReviewProperties.OnLambda)
            return place?.AncestorsAndSelf().OfType<LambdaExpressionSyntax>().LastOrDefault();
        return place?.AncestorsAndSelf().FirstOrDefault(node => node is MemberDeclarationSyntax or LocalFunctionStatementSyntax && node is not EnumMemberDeclarationSyntax);
    }

    /// <summary>The node with the review added. Reviews that no longer fit the code, and an earlier one by the same person, make room.</summary>
    public static SyntaxNode WithReview(SyntaxNode node, AttributeSyntax review, string digest, string reviewer)
    {
        var kept = ListsOf(node).Select(list => Without(list, digest, reviewer)).Where(list => list is not null).Select(list => list!).ToList();
        var added = SyntaxFactory.AttributeList(SyntaxFactory.SingletonSeparatedList(review));
        if (node is LambdaExpressionSyntax lambda)
        {
            var parenthesized = lambda as ParenthesizedLambdaExpressionSyntax ?? Parenthesized((SimpleLambdaExpressionSyntax)lambda);
            kept.Insert(0, added.WithTrailingTrivia(SyntaxFactory.Space));
            return parenthesized.WithoutLeadingTrivia().WithAttributeLists(SyntaxFactory.List(kept)).WithLeadingTrivia(lambda.GetLeadingTrivia());
        }

        var leading = node.GetLeadingTrivia();
        var indentation = leading.Reverse().TakeWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia));
        var bare = WithLists(node, SyntaxFactory.List<AttributeListSyntax>()).WithLeadingTrivia(indentation);
        if (kept.Count > 0)
            kept[0] = kept[0].WithLeadingTrivia(indentation);
        kept.Insert(0, added.WithLeadingTrivia(leading).WithTrailingTrivia(EndOfLine(node)));
        return WithLists(bare, SyntaxFactory.List(kept));
    }

    private static ParenthesizedLambdaExpressionSyntax Parenthesized(SimpleLambdaExpressionSyntax lambda) =>
        SyntaxFactory.ParenthesizedLambdaExpression(lambda.AttributeLists, lambda.Modifiers, null,
            SyntaxFactory.ParameterList(SyntaxFactory.SingletonSeparatedList(lambda.Parameter.WithoutTrivia())).WithTrailingTrivia(SyntaxFactory.Space),
            lambda.ArrowToken, lambda.Block, lambda.ExpressionBody);

    private static AttributeListSyntax? Without(AttributeListSyntax list, string digest, string reviewer)
    {
        var outdated = list.Attributes.Where(attribute => ReviewDigest.IsReview(attribute) && (Text(attribute, 2) != digest || Text(attribute, 0) == reviewer)).ToList();
        if (outdated.Count == 0)
            return list;
        return outdated.Count == list.Attributes.Count ? null : list.RemoveNodes(outdated, SyntaxRemoveOptions.KeepNoTrivia);
    }

    private static string? Text(AttributeSyntax attribute, int position) =>
        attribute.ArgumentList?.Arguments.ElementAtOrDefault(position)?.Expression is LiteralExpressionSyntax { Token.Value: string text } ? text : null;

    private static SyntaxTrivia EndOfLine(SyntaxNode node)
    {
        foreach (var trivia in node.SyntaxTree.GetRoot().DescendantTrivia())
        {
            if (trivia.IsKind(SyntaxKind.EndOfLineTrivia))
                return trivia;
        }
        return SyntaxFactory.ElasticLineFeed;
    }

    private static SyntaxList<AttributeListSyntax> ListsOf(SyntaxNode node) => node switch
    {
        MemberDeclarationSyntax member => member.AttributeLists,
        LocalFunctionStatementSyntax function => function.AttributeLists,
        LambdaExpressionSyntax lambda => lambda.AttributeLists,
        _ => default,
    };

    private static SyntaxNode WithLists(SyntaxNode node, SyntaxList<AttributeListSyntax> lists) => node switch
    {
        MemberDeclarationSyntax member => member.WithAttributeLists(lists),
        LocalFunctionStatementSyntax function => function.WithAttributeLists(lists),
        _ => node,
    };
}
