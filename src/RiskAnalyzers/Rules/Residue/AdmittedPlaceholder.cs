using System.Collections.Concurrent;
using RiskAnalyzers.Configuration;
using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Residue;

/// <summary>A comment that admits that the code below it is not the real thing.</summary>
internal sealed class AdmittedPlaceholder : RiskRule
{
    /// <summary>Phrases of a team's own, in the form of the shipped lists.</summary>
    public static readonly RiskOption<ImmutableArray<string>> PhrasesOption = RiskOptions.List("placeholder_phrases",
        "Further phrases that admit a placeholder in a comment; a|b is either word, word? may be missing, stem* begins so, ... is up to four words.");

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK7001",
        title: "A comment admits that the code is a placeholder",
        message: "The comment says that this is not the real thing ('{0}'): what it leaves out is missing on a critical path; write it, or remove the claim",
        why: "Generated code says in a comment what it left out: a payment that is only played, a check that would be there in a real system. "
            + "The code compiles, the tests pass, and the comment is the only trace.");

    internal static readonly Lazy<Phrases> Shipped = new(() => Phrases.Embedded("Phrases/"));

    public AdmittedPlaceholder() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        var own = new ConcurrentDictionary<string, Phrases>(StringComparer.Ordinal);
        on.Comment(visit => Check(visit, own));
    }

    private static void Check(CommentVisit visit, ConcurrentDictionary<string, Phrases> own)
    {
        if (CommentRun.StartingAt(visit.Comment) is not { } run || SimulatedWork.SpeaksFor(run))
            return;
        if (Admission(run, own, visit) is not { } admission)
            return;
        var line = run.LineAt(admission.Start);
        visit.Report(Location.Create(visit.Comment.SyntaxTree!, line.Span), Excerpt.Of(admission.Text));
    }

    private static PhraseMatch? Admission(CommentRun run, ConcurrentDictionary<string, Phrases> own, CommentVisit visit)
    {
        var weak = default(PhraseMatch);
        foreach (var match in Shipped.Value.Find(run.Text))
        {
            if (IsCode(run.LineAt(match.Start).Text) || IsInvitation(run.LineAt(match.Start).Text) || Remarks.IsReasoned(run.Text, match) || Remarks.IsQuoted(run.Text, match)
                || Remarks.IsDenied(run.Text, match) || Remarks.IsTidying(run.Text, match) || Remarks.IsNoClaim(run.Text, match) || IsOfTheTemplate(run))
                continue;
            if (!match.IsWeak && !Remarks.IsConditional(run.Text, match) && !Remarks.IsQuestion(run.Text, match))
                return match;
            // One weak phrase is how people talk; two in one remark are an admission. A "todo" and a "for now" are everyday's.
            if (weak is not null && match.Start > weak.End && !IsTodo(match) && !IsTodo(weak))
                return weak;
            weak ??= match;
        }
        if (weak is not null && IsAboveFixedResult(run))
            return weak;
        var phrases = PhrasesOption.In(visit.Facts.OptionsOf(visit.Comment.SyntaxTree!));
        return phrases.IsEmpty ? null : own.GetOrAdd(string.Join(",", phrases), _ => new Phrases(phrases)).Find(run.Text).FirstOrDefault();
    }

    private static bool IsTodo(PhraseMatch match) => match.Text.StartsWith("todo", StringComparison.OrdinalIgnoreCase);

    // Code that is commented out, with the remarks in it, is no remark.
    private static bool IsCode(string line) => line.StartsWith("//", StringComparison.Ordinal) || line.EndsWith(";", StringComparison.Ordinal) || line.EndsWith("{", StringComparison.Ordinal);

    // "You can put your own logic here": a place that is meant to be extended.
    private static bool IsInvitation(string line) => line.IndexOf("you can put ", StringComparison.OrdinalIgnoreCase) >= 0 || line.IndexOf("you can add ", StringComparison.OrdinalIgnoreCase) >= 0;

    // What every new web project says about HSTS.
    private static bool IsOfTheTemplate(CommentRun run) => run.Text.Contains("default HSTS value");

    private static bool IsAboveFixedResult(CommentRun run)
    {
        var expression = run.Token.Parent?.FirstAncestorOrSelf<StatementSyntax>() switch
        {
            ReturnStatementSyntax returned when run.IsTrailing || returned.GetFirstToken() == run.Token => returned.Expression,
            ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax assignment } => assignment.Right,
            _ => null,
        };
        return expression is not null && IsFixed(expression);
    }

    private static bool IsFixed(ExpressionSyntax expression) => expression switch
    {
        LiteralExpressionSyntax literal => !literal.IsKind(SyntaxKind.StringLiteralExpression),
        MemberAccessExpressionSyntax { Name.Identifier.Text: "CompletedTask" or "Empty" } => true,
        InvocationExpressionSyntax { Expression: var called, ArgumentList.Arguments: var arguments } =>
            Words.Of(called.ToString()).Any(word => word is "result" or "ok" or "success") && arguments.All(argument => IsFixed(argument.Expression)),
        BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: { Count: > 0 } arguments } => arguments.All(argument => IsFixed(argument.Expression)),
        _ => false,
    };
}
