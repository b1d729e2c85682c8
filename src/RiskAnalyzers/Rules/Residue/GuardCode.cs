using System.Text.RegularExpressions;
using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Residue;

/// <summary>Reads the lines of a comment as C# and tells whether they are a check.</summary>
internal static class GuardCode
{
    private const int MostLines = 12;

    private static readonly string[] Signs = { "[", "if", "throw", "Throw", "alidat", "erify", "Ensure", "Check", "Authori", "Require", "Assert", "Guard", "UseAuth", "UseRateLimiter", "UseHttps", "UseHsts", "Antiforgery", "AntiForgery" };

    private static readonly HashSet<string> CheckVerbs = Words.SetOf("validate verify ensure authorize authorise require demand check assert guard");

    private static readonly HashSet<string> Attributes = Words.SetOf("authorize validateantiforgerytoken autovalidateantiforgerytoken requirehttps enableratelimiting required range stringlength maxlength minlength regularexpression emailaddress creditcard compare");

    private static readonly HashSet<string> AttributeWords = Words.SetOf("permission permissions role roles policy scope authorize authorization");

    private static readonly HashSet<string> Pipeline = new(StringComparer.Ordinal)
    {
        "UseAuthentication", "UseAuthorization", "UseHttpsRedirection", "UseHsts", "UseRateLimiter", "UseAntiforgery", "RequireAuthorization", "RequireRateLimiting", "EnsureSuccessStatusCode", "AddFluentValidationAutoValidation", "MapHealthChecks", "UseHealthChecks", "AddDbContextCheck",
    };

    // What a check answers where it refuses.
    private static readonly HashSet<string> Refusals = Words.SetOf("unauthorized forbid forbidden badrequest notfound conflict problem validationproblem failure failed fail error errors invalid denied declined rejected unprocessableentity challenge false reject deny");

    /// <summary>Whether the text may hold a check at all; cheap.</summary>
    public static bool MayHold(string text) => Signs.Any(sign => text.IndexOf(sign, StringComparison.Ordinal) >= 0);

    /// <summary>The last line and the text of the check that starts at the line, or null.</summary>
    public static (int Last, string Text)? StartingAt(CommentRun run, int first)
    {
        var start = run.Lines[first].Text;
        if (!MayHold(start) || !LooksLikeCode(start))
            return null;
        var text = "";
        for (var last = first; last < run.Lines.Length && last < first + MostLines; last++)
        {
            text = text.Length == 0 ? start : text + "\n" + run.Lines[last].Text;
            // if (...) with its body on the next line is whole only there.
            if (Parse(text) is { } node)
            {
                if (node is IfStatementSyntax { Statement: EmptyStatementSyntax })
                    continue;
                return IsCheck(node) && !(node is not (IfStatementSyntax or AttributeListSyntax) && IsInDeadCode(run, first, last)) && !IsOffered(run, first) ? (last, text) : null;
            }
        }
        return null;
    }

    /// <summary>Whether the same check runs right behind the comment: one that was replaced is no loss.</summary>
    public static bool RunsBeside(CommentRun run, string text)
    {
        var parsed = Parse(text);
        if (parsed is AttributeListSyntax list)
        {
            var names = list.Attributes.Select(attribute => NameOf(attribute)).ToList();
            return run.Token.Parent?.FirstAncestorOrSelf<MemberDeclarationSyntax>()?.AttributeLists.SelectMany(live => live.Attributes).Any(live => names.Contains(NameOf(live))) == true;
        }
        var statement = run.Token.Parent?.FirstAncestorOrSelf<StatementSyntax>();
        if (parsed is not IfStatementSyntax guard)
            return false;
        var asked = Names(guard.Condition);
        return statement is IfStatementSyntax next && Names(next.Condition).Overlaps(asked)
            || statement is ExpressionStatementSyntax { Expression: var called } && Words.ContainAny(called.ToString().Split('(')[0], CheckVerbs)
            || statement is ExpressionStatementSyntax { Expression: InvocationExpressionSyntax { Expression: var thrower } } && thrower.ToString().Contains("ThrowIf");
    }

    // A method that was commented out as a whole took its checks along; nobody calls it.
    private static bool IsInDeadCode(CommentRun run, int first, int last)
    {
        if (first > 0 && run.Lines[first - 1].Text is var before && (before.EndsWith(":", StringComparison.Ordinal) || before.EndsWith("{", StringComparison.Ordinal) || before.EndsWith(")", StringComparison.Ordinal) || before == "else"))
            return true;
        // Deeply indented behind its marks: it stood within something that was taken out too.
        if (run.Token.SyntaxTree?.GetText().ToString(run.Lines[first].Span) is { } raw && raw.StartsWith("//     ", StringComparison.Ordinal))
            return true;
        var others = 0;
        for (var i = 0; i < run.Lines.Length; i++)
        {
            if ((i < first || i > last) && run.Lines[i].Text is { Length: > 0 } line && line[line.Length - 1] is ';' or '{' or '}')
                others++;
        }
        return others > 6;
    }

    // "Uncomment the lines below to forbid this for cancelled orders": a choice that is offered, unless production is meant.
    private static bool IsOffered(CommentRun run, int first) =>
        run.Text.IndexOf("ncomment", StringComparison.Ordinal) is var at && at >= 0 && run.Lines.Take(first).Any(line => line.Text.IndexOf("ncomment", StringComparison.Ordinal) >= 0)
        && run.Text.IndexOf("prod", StringComparison.OrdinalIgnoreCase) < 0;

    /// <summary>Whether the line is quoted by the prose around it, or explained by a reason above: it was never meant to run here, or somebody said why it does not.</summary>
    public static bool IsTalkedAbout(CommentRun run, int first, int last)
    {
        if (run.IsTrailing && run.Lines[first].Text[0] == '[')
            return true;
        var isProse = first > 0 && IsProse(run.Lines[first - 1].Text);
        if (isProse && last + 1 < run.Lines.Length && IsProse(run.Lines[last + 1].Text))
            return true;
        return isProse && Reason.IsMatch(run.Lines[first - 1].Text) && !Excuse.IsMatch(run.Lines[first - 1].Text);
    }

    private static readonly Regex Reason = new(@"\b(because|since|as we|as it|gracefully|on purpose|deliberately|intentionally)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private static readonly Regex Excuse = new(@"\b(tests?|testing|dev|development|debug|debugging|demo|now|temporar\w*|prod|production|fail\w*|errors?|broken|slow|doesn't work|not work\w*|annoying)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private static bool IsProse(string line) => line.Length > 0 && (line[line.Length - 1] is not (';' or '{' or '}' or ')' or ']' or ',') && line.Split(' ').Length > 3 || line.Split(' ').Length > LongSentence && line.IndexOfAny(CodeMarks) < 0);

    // A sentence may end in brackets.
    private const int LongSentence = 8;

    private static readonly char[] CodeMarks = { ';', '{', '}', '=', '"' };

    private static bool LooksLikeCode(string line) =>
        line[0] is '[' or '.' || line.StartsWith("if", StringComparison.Ordinal) || line.StartsWith("throw ", StringComparison.Ordinal) || line.StartsWith("await ", StringComparison.Ordinal) || line.StartsWith("var ", StringComparison.Ordinal)
        || (line.EndsWith(";", StringComparison.Ordinal) || line.IndexOf("; //", StringComparison.Ordinal) > 0) && line.IndexOf('(') > 0 && line.IndexOf(' ') is var space && (space < 0 || space > line.IndexOf('(') || line.IndexOf('=') > 0);

    private static SyntaxNode? Parse(string text)
    {
        if (text[0] == '[')
        {
            // [Authorize] // put back for production
            if (text.IndexOf("] //", StringComparison.Ordinal) is > 0 and var note)
                text = text.Substring(0, note + 1);
            var member = SyntaxFactory.ParseMemberDeclaration(text + " void M() { }");
            return member is { ContainsDiagnostics: false, AttributeLists: [var list] } ? list : null;
        }
        if (text[0] == '.')
            text = "app" + (text.EndsWith(";", StringComparison.Ordinal) ? text : text + ";");
        // Outside of an async method, awaiting reads as the declaration of a function.
        if (text.StartsWith("await ", StringComparison.Ordinal))
            text = text.Substring(6);
        // app.MapHealthChecks("/health"); // moved: what stands behind a statement is no code.
        if (text.IndexOf("; //", StringComparison.Ordinal) is > 0 and var remark)
            text = text.Substring(0, remark + 1);
        var statement = SyntaxFactory.ParseStatement(text, consumeFullText: true);
        return statement.ContainsDiagnostics ? null : statement;
    }

    private static bool IsCheck(SyntaxNode node) => node switch
    {
        AttributeListSyntax list => list.Attributes.Any(attribute => Attributes.Contains(NameOf(attribute).ToLowerInvariant()) || Words.ContainAny(NameOf(attribute), AttributeWords)),
        IfStatementSyntax guard => Refuses(guard),
        ThrowStatementSyntax { Expression: ObjectCreationExpressionSyntax created } => created.Type.ToString() is var type && !type.Contains("NotImplemented") && !type.Contains("NotSupported"),
        ExpressionStatementSyntax { Expression: var expression } => IsCheckCall(expression),
        LocalDeclarationStatementSyntax { Declaration.Variables: [{ Initializer.Value: var value }] } => IsCheckCall(value),
        _ => false,
    };

    private static bool IsCheckCall(ExpressionSyntax expression)
    {
        if (expression is AssignmentExpressionSyntax { Right: var right })
            expression = right;
        if (expression is AwaitExpressionSyntax { Expression: var awaited })
            expression = awaited;
        if (expression is not InvocationExpressionSyntax { Expression: var called })
            return false;
        var name = called switch { MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText, SimpleNameSyntax simple => simple.Identifier.ValueText, _ => "" };
        if (Pipeline.Contains(name) || name.StartsWith("ThrowIf", StringComparison.Ordinal))
            return true;
        // Debug.Assert and the asserts of tests keep nobody out.
        return Words.Of(name) is { IsEmpty: false } words && (CheckVerbs.Contains(words[0]) || words[0] == "try" && words.Length > 1 && CheckVerbs.Contains(words[1])) && words[0] != "assert" && !called.ToString().StartsWith("Debug.", StringComparison.Ordinal)
            && words[words.Length - 1] is not ("created" or "exists" or "database" or "box");
    }

    // The branch throws, or answers with a refusal; with a bare return the condition must ask for something that is missing or wrong.
    private static bool Refuses(IfStatementSyntax guard)
    {
        foreach (var statement in guard.Statement is BlockSyntax block ? block.Statements : SyntaxFactory.SingletonList(guard.Statement))
        {
            switch (statement)
            {
                case ThrowStatementSyntax { Expression: not null } thrown:
                    return !thrown.ToString().Contains("NotImplemented");
                case ReturnStatementSyntax { Expression: null }:
                    return guard.Condition is PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } || Polarities.Of(LastName(guard.Condition)) == Polarity.Deny;
                case ReturnStatementSyntax { Expression: { } answer }:
                    return Words.ContainAny(answer.ToString().Replace(".ConfigureAwait(false)", ""), Refusals);
                case ExpressionStatementSyntax { Expression: var expression } when Words.ContainAny(expression.ToString().Split('(')[0], Refusals):
                    return true;
            }
        }
        return false;
    }

    private static string LastName(ExpressionSyntax condition) => condition.DescendantNodesAndSelf().OfType<SimpleNameSyntax>().LastOrDefault()?.Identifier.ValueText ?? "";

    private static HashSet<string> Names(ExpressionSyntax condition) => new(condition.DescendantNodesAndSelf().OfType<SimpleNameSyntax>().Select(name => name.Identifier.ValueText), StringComparer.Ordinal);

    private static string NameOf(AttributeSyntax attribute) => (attribute.Name is QualifiedNameSyntax qualified ? qualified.Right : attribute.Name).ToString() is var name && name.EndsWith("Attribute", StringComparison.Ordinal) ? name.Substring(0, name.Length - 9) : name;
}
