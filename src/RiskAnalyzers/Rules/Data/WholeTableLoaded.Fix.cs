using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Data;

[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class WholeTableLoadedFix : RiskFix
{
    private static readonly HashSet<string> Terminals = Words.SetOf("First FirstOrDefault Single SingleOrDefault Any All Count LongCount");

    // The database compares text by its own collation, and may lack what the lambda calls: one at a time.
    public WholeTableLoadedFix() : base("RISK6004", fixAll: false)
    {
    }

    protected override Task Offer(FixOffer offer)
    {
        if (!offer.Finds<InvocationExpressionSyntax>(out var pick) || pick.Expression is not MemberAccessExpressionSyntax { Expression: var rows, Name.Identifier.ValueText: var name })
            return Task.CompletedTask;
        var awaited = rows is ParenthesizedExpressionSyntax { Expression: AwaitExpressionSyntax { Expression: InvocationExpressionSyntax inner } } ? inner : null;
        if ((awaited ?? rows as InvocationExpressionSyntax) is not { Expression: MemberAccessExpressionSyntax { Expression: var query, Name: var load } } loading || !IsTranslatable(pick.ArgumentList))
            return Task.CompletedTask;
        var narrowed = (Func<string, ExpressionSyntax>)(method => Call(query, method, pick.ArgumentList));
        if (name == "Where" && load.Identifier.ValueText is "ToList" or "ToListAsync" or "ToArray" or "ToArrayAsync" && name == "Where")
            OfferWhere(offer, pick, loading, load, narrowed(name), awaited is not null);
        else if (Terminals.Contains(name) && awaited is not null && load.Identifier.ValueText is "ToListAsync" or "ToArrayAsync" && Terminals.Contains(name))
            offer.Replace("Let the database do it", pick, Awaited(Call(query, name + "Async", pick.ArgumentList.AddArguments(loading.ArgumentList.Arguments.ToArray())), pick));
        else if (Terminals.Contains(name) && awaited is null && load.Identifier.ValueText is "ToList" or "ToArray" or "AsEnumerable" && Terminals.Contains(name))
            offer.Replace("Let the database do it", pick, narrowed(name));
        return Task.CompletedTask;
    }

    // The list that was made in the end is now the only one.
    private static void OfferWhere(FixOffer offer, InvocationExpressionSyntax pick, InvocationExpressionSyntax loading, SimpleNameSyntax load, ExpressionSyntax narrowed, bool isAwaited)
    {
        var listing = pick.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ToList" or "ToArray" } again && again.Parent is InvocationExpressionSyntax whole && load.Identifier.ValueText.StartsWith(again.Name.Identifier.ValueText, StringComparison.Ordinal) ? whole : null;
        var loaded = loading.WithExpression(SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, narrowed, load));
        var old = (ExpressionSyntax?)listing ?? pick;
        offer.Replace("Let the database do it", old, isAwaited ? Awaited(loaded, old) : loaded);
    }

    private static ExpressionSyntax Awaited(ExpressionSyntax call, ExpressionSyntax old)
    {
        var awaited = SyntaxFactory.AwaitExpression(SyntaxFactory.Token(SyntaxKind.AwaitKeyword).WithTrailingTrivia(SyntaxFactory.Space), call);
        return old.Parent is MemberAccessExpressionSyntax or ConditionalAccessExpressionSyntax or ElementAccessExpressionSyntax or PostfixUnaryExpressionSyntax ? SyntaxFactory.ParenthesizedExpression(awaited) : awaited;
    }

    private static InvocationExpressionSyntax Call(ExpressionSyntax query, string method, ArgumentListSyntax arguments) =>
        SyntaxFactory.InvocationExpression(SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, query, SyntaxFactory.IdentifierName(method)), arguments);

    // One lambda of comparisons between members, variables and literals: every database provider knows those.
    private static bool IsTranslatable(ArgumentListSyntax arguments) => arguments.Arguments is [{ Expression: LambdaExpressionSyntax { ExpressionBody: { } body, AsyncKeyword.RawKind: 0 } }]
        && body.DescendantNodesAndSelf().All(node => node is BinaryExpressionSyntax or PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } or ParenthesizedExpressionSyntax or IdentifierNameSyntax or MemberAccessExpressionSyntax { RawKind: (int)SyntaxKind.SimpleMemberAccessExpression } or LiteralExpressionSyntax)
        && !body.DescendantNodesAndSelf().Any(node => node.IsKind(SyntaxKind.AsExpression) || node.IsKind(SyntaxKind.IsExpression) || node.IsKind(SyntaxKind.CoalesceExpression));
}
