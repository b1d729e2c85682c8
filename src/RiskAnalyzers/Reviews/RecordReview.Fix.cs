using System.Globalization;

namespace RiskAnalyzers.Reviews;

/// <summary>
/// Records a review: one action for each person on the roster, or for the one whom the build property RiskReviewer names. The only
/// fix that writes reviews; a person runs it and answers for it.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class RecordReviewFix : CodeFixProvider
{
    private const string KeyPrefix = "review:";
    private const string ReviewerProperty = "build_property.RiskReviewer";
    private const string UserProperty = "build_property.RiskAnalyzersUser";

    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(
        GateDiagnostics.UnreviewedRisk.Id, GateDiagnostics.StaleReview.Id, GateDiagnostics.InvalidReview.Id);

    public override FixAllProvider GetFixAllProvider() => new RecordAllReviews();

    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics)
        {
            foreach (var reviewer in ReviewersFor(context.Document.Project, diagnostic))
            {
                context.RegisterCodeFix(
                    CodeAction.Create($"Record a review by {reviewer}", cancellation => Record(context.Document, ImmutableArray.Create(diagnostic), reviewer, cancellation), KeyPrefix + reviewer),
                    diagnostic);
            }
        }
        return Task.CompletedTask;
    }

    private static IEnumerable<string> ReviewersFor(Project project, Diagnostic diagnostic)
    {
        if (RecordBaselineFix.IsAskedFor(project))
            return Array.Empty<string>();
        var roster = diagnostic.Properties.TryGetValue(ReviewProperties.Reviewers, out var names) && names is { Length: > 0 } ? names.Split(',') : Array.Empty<string>();
        if (NamedReviewer(project) is { } reviewer)
            return roster.Length == 0 || roster.Contains(reviewer) ? new[] { reviewer } : Array.Empty<string>();
        // Without a roster anybody may review; the one at the keyboard is the likely one.
        return roster.Length > 0 ? roster : Property(project, UserProperty) is { } me ? new[] { me } : Array.Empty<string>();
    }

    private static string? NamedReviewer(Project project) => Property(project, ReviewerProperty);

    private static string? Property(Project project, string name) =>
        project.AnalyzerOptions.AnalyzerConfigOptionsProvider.GlobalOptions.TryGetValue(name, out var value) && value.Trim() is { Length: > 0 } text ? text : null;

    private static async Task<Document> Record(Document document, ImmutableArray<Diagnostic> diagnostics, string reviewer, CancellationToken cancellation)
    {
        var editor = await DocumentEditor.CreateAsync(document, cancellation).ConfigureAwait(false);
        var topLevel = default(Diagnostic);
        foreach (var diagnostic in diagnostics)
        {
            if (!ReviewersFor(document.Project, diagnostic).Contains(reviewer))
                continue;
            if (diagnostic.Properties.TryGetValue(ReviewProperties.Kind, out var kind) && kind == ReviewProperties.OnProgram)
                topLevel = diagnostic;
            else if (ReviewedNode.Of(editor.OriginalRoot, diagnostic) is { } node)
                editor.ReplaceNode(node, (current, _) => ReviewedNode.WithReview(current, ReviewOf(diagnostic, reviewer, editor.SemanticModel, node), DigestOf(diagnostic), reviewer));
        }
        if (topLevel is not null)
            ReviewTopLevelCode(editor, topLevel, reviewer);
        return editor.GetChangedDocument();
    }

    // Top-level statements have no declaration of their own: their review stands on a part of the Program type.
    private static void ReviewTopLevelCode(DocumentEditor editor, Diagnostic diagnostic, string reviewer)
    {
        var unit = (CompilationUnitSyntax)editor.OriginalRoot;
        var program = unit.Members.OfType<ClassDeclarationSyntax>().FirstOrDefault(type => type.Identifier.ValueText == WellKnownMemberNames.TopLevelStatementsEntryPointTypeName);
        var review = ReviewOf(diagnostic, reviewer, editor.SemanticModel, (SyntaxNode?)program ?? unit);
        if (program is not null)
        {
            editor.ReplaceNode(program, (current, _) => ReviewedNode.WithReview(current, review, DigestOf(diagnostic), reviewer));
            return;
        }
        var part = ReviewedNode.WithReview(
            SyntaxFactory.ClassDeclaration(WellKnownMemberNames.TopLevelStatementsEntryPointTypeName)
                .AddModifiers(SyntaxFactory.Token(SyntaxKind.PartialKeyword)).NormalizeWhitespace(), review, DigestOf(diagnostic), reviewer)
            .WithLeadingTrivia(SyntaxFactory.ElasticLineFeed);
        editor.InsertAfter(unit.Members.Last(), part);
    }

    private static string DigestOf(Diagnostic diagnostic) => diagnostic.Properties[ReviewProperties.Digest]!;

    private static AttributeSyntax ReviewOf(Diagnostic diagnostic, string reviewer, SemanticModel model, SyntaxNode at)
    {
        var isImported = !model.LookupNamespacesAndTypes(at.SpanStart, name: "ReviewedByAttribute").IsEmpty;
        var today = DateTime.UtcNow.ToString(Review.DateFormat, CultureInfo.InvariantCulture);
        var arguments = new[] { reviewer, today, DigestOf(diagnostic) }
            .Select(text => SyntaxFactory.AttributeArgument(SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(text))));
        return SyntaxFactory.Attribute(SyntaxFactory.ParseName(isImported ? "ReviewedBy" : "RiskAnalyzers.ReviewedBy"),
            SyntaxFactory.AttributeArgumentList(SyntaxFactory.SeparatedList(arguments))).NormalizeWhitespace();
    }

    private sealed class RecordAllReviews : DocumentBasedFixAllProvider
    {
        protected override async Task<Document?> FixAllAsync(FixAllContext context, Document document, ImmutableArray<Diagnostic> diagnostics)
        {
            // Beyond one file only a person who gave a name reviews: no formatter run may sign for the first of the roster. The key is of no use
            // there: it is missing where the first finding of all lies in a project whose roster lacks the name.
            var reviewer = NamedReviewer(document.Project) ?? (context.Scope == FixAllScope.Document ? context.CodeActionEquivalenceKey?.Substring(KeyPrefix.Length) : null);
            return string.IsNullOrEmpty(reviewer) ? document : await Record(document, diagnostics, reviewer!, context.CancellationToken).ConfigureAwait(false);
        }
    }
}
