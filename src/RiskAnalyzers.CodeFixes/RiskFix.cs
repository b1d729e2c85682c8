using System.Diagnostics.CodeAnalysis;

namespace RiskAnalyzers;

/// <summary>
/// The fix of one rule. It stands beside its rule as <c>Name.Fix.cs</c>, decides before it offers, never offers an action that changes
/// nothing or breaks the build, and never adds a review.
/// </summary>
internal abstract class RiskFix : CodeFixProvider
{
    private readonly bool _fixAll;

    /// <param name="ruleId">The rule whose findings this mends.</param>
    /// <param name="fixAll">Whether each single fix is safe without reading the others.</param>
    protected RiskFix(string ruleId, bool fixAll)
    {
        FixableDiagnosticIds = ImmutableArray.Create(ruleId);
        _fixAll = fixAll;
    }

    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; }

    public sealed override FixAllProvider? GetFixAllProvider() => _fixAll ? WellKnownFixAllProviders.BatchFixer : null;

    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        if (await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false) is not { } root)
            return;
        foreach (var diagnostic in context.Diagnostics)
            await Offer(new FixOffer(context, root, diagnostic)).ConfigureAwait(false);
    }

    /// <summary>Looks at the finding and offers the actions that mend it, if any.</summary>
    protected abstract Task Offer(FixOffer offer);
}

/// <summary>One finding that a fix is asked to mend.</summary>
internal sealed class FixOffer
{
    private readonly CodeFixContext _context;

    public FixOffer(CodeFixContext context, SyntaxNode root, Diagnostic diagnostic)
    {
        _context = context;
        Root = root;
        Diagnostic = diagnostic;
    }

    public Diagnostic Diagnostic { get; }

    public Document Document => _context.Document;

    public SyntaxNode Root { get; }

    public CancellationToken Cancellation => _context.CancellationToken;

    /// <summary>The innermost node of the kind that the finding stands on or in.</summary>
    public bool Finds<TNode>([NotNullWhen(true)] out TNode? node)
        where TNode : SyntaxNode
    {
        node = Root.FindNode(Diagnostic.Location.SourceSpan, getInnermostNodeForTie: true).FirstAncestorOrSelf<TNode>();
        return node is not null;
    }

    public async Task<SemanticModel> Model() => (await Document.GetSemanticModelAsync(Cancellation).ConfigureAwait(false))!;

    /// <summary>Offers to replace one node. The old node's trivia is kept.</summary>
    public void Replace(string title, SyntaxNode old, SyntaxNode @new) =>
        Change(title, _ => Task.FromResult(Document.WithSyntaxRoot(Root.ReplaceNode(old, @new.WithTriviaFrom(old).WithAdditionalAnnotations(Formatter.Annotation)))));

    /// <summary>Offers a change that the editor records.</summary>
    public void Edit(string title, Action<DocumentEditor> edit) => Change(title, async cancellation =>
    {
        var editor = await DocumentEditor.CreateAsync(Document, cancellation).ConfigureAwait(false);
        edit(editor);
        return editor.GetChangedDocument();
    });

    /// <summary>Offers any change of the document.</summary>
    public void Change(string title, Func<CancellationToken, Task<Document>> change) =>
        _context.RegisterCodeFix(CodeAction.Create(title, change, equivalenceKey: Diagnostic.Id + ":" + title), Diagnostic);

    /// <summary>Offers a change of another document than the one with the finding.</summary>
    public void ChangeSolution(string title, Func<CancellationToken, Task<Solution>> change) =>
        _context.RegisterCodeFix(CodeAction.Create(title, change, equivalenceKey: Diagnostic.Id + ":" + title), Diagnostic);
}
