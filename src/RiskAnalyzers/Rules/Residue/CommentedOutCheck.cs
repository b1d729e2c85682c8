using Microsoft.CodeAnalysis.Text;
using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Residue;

/// <summary>A check that stands in a comment: an attribute, a guard, a validation that once ran or was meant to run.</summary>
internal sealed class CommentedOutCheck : RiskRule
{
    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK7009",
        title: "A check is commented out",
        message: "The check '{0}' stands in a comment and never runs: what it kept out comes in; put it back, or delete it and say where the check is made now",
        why: "Taking a guard out is the shortest way to make a failing request or a failing test pass. The comment looks like history, and the door stays open.");

    public CommentedOutCheck() : base(Risk)
    {
    }

    public override void Listen(RuleListener on) => on.Comment(Check);

    private static void Check(CommentVisit visit)
    {
        if (!GuardCode.MayHold(visit.Comment.ToString()) && !visit.Comment.IsKind(SyntaxKind.SingleLineCommentTrivia))
            return;
        if (CommentRun.StartingAt(visit.Comment) is not { } run || !GuardCode.MayHold(run.Text))
            return;
        for (var first = 0; first < run.Lines.Length; first++)
        {
            if (GuardCode.StartingAt(run, first) is not var (last, text) || GuardCode.RunsBeside(run, text) || GuardCode.IsTalkedAbout(run, first, last) || IsDoneByProxy(visit.Comment, text))
                continue;
            var place = TextSpan.FromBounds(run.Lines[first].Span.Start, run.Lines[last].Span.End);
            visit.Report(Location.Create(visit.Comment.SyntaxTree!, place), Excerpt.Of(text));
            first = last;
        }
    }

    private static readonly string[] Proxies = { "ForwardedHeaders", "proxy", "Proxy", "nginx", "ingress", "load balancer", "X-Forwarded", "terminat" };

    // app.UseForwardedHeaders(): whoever stands in front speaks HTTPS.
    private static bool IsDoneByProxy(SyntaxTrivia comment, string text) => (text.Contains("UseHttps") || text.Contains("UseHsts")) && comment.SyntaxTree is { } tree && TextSearch.ContainsAny(tree, Proxies);
}
