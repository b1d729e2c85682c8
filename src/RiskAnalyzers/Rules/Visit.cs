using Microsoft.CodeAnalysis.FlowAnalysis;
using RiskAnalyzers.CriticalPaths;
using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules;

/// <summary>A place in critical code that a rule is shown, and the way to report it.</summary>
internal abstract class Visit
{
    private readonly Action<RiskRule, CriticalUnit, Finding> _report;

    protected Visit(CompilationFacts facts, CriticalUnit unit, ISymbol member, Action<RiskRule, CriticalUnit, Finding> report, CancellationToken cancellation)
    {
        Facts = facts;
        Unit = unit;
        Member = member;
        Cancellation = cancellation;
        _report = report;
    }

    /// <summary>The rule that is looking; set by the dispatch.</summary>
    internal RiskRule? Rule { get; set; }

    public CompilationFacts Facts { get; }

    public Compilation Compilation => Facts.Compilation;

    /// <summary>The unit that a finding here belongs to.</summary>
    public CriticalUnit Unit { get; }

    /// <summary>The member that holds the place: a method, accessor, property, field or type.</summary>
    public ISymbol Member { get; }

    public CancellationToken Cancellation { get; }

    /// <summary>Where a reader looks when a rule fails here.</summary>
    internal abstract SyntaxNode? Place { get; }

    public void Report(IOperation operation, params object[] arguments) => Report(operation.Syntax.GetLocation(), arguments);

    public void Report(SyntaxNode node, params object[] arguments) => Report(node.GetLocation(), arguments);

    public void Report(SyntaxToken token, params object[] arguments) => Report(token.GetLocation(), arguments);

    public void Report(Location location, params object[] arguments) => _report(Rule!, Unit, new Finding(Rule!, location, arguments));
}

/// <summary>One operation. Its ancestors, siblings and descendants are at hand; its body's flow graph is built when first asked for.</summary>
internal sealed class OperationVisit : Visit
{
    private readonly Func<IOperation, ControlFlowGraph> _graphOf;

    public OperationVisit(CompilationFacts facts, CriticalUnit unit, ISymbol member, IOperation body,
        Func<IOperation, ControlFlowGraph> graphOf, Action<RiskRule, CriticalUnit, Finding> report, CancellationToken cancellation)
        : base(facts, unit, member, report, cancellation)
    {
        Operation = body;
        Body = body;
        _graphOf = graphOf;
    }

    /// <summary>The operation that is shown. One visit goes through the whole body, so a rule that looks later must keep the operation, not the visit.</summary>
    public IOperation Operation { get; internal set; }

    /// <summary>The whole body that the operation stands in.</summary>
    public IOperation Body { get; }

    /// <summary>The body's control-flow graph, shared by all rules.</summary>
    public ControlFlowGraph Graph => _graphOf(Body);

    internal override SyntaxNode? Place => Operation.Syntax;
}

/// <summary>A whole body: of a method, accessor or local initialiser, or the top-level statements.</summary>
internal sealed class BodyVisit : Visit
{
    private readonly Func<IOperation, ControlFlowGraph> _graphOf;

    public BodyVisit(CompilationFacts facts, CriticalUnit unit, ISymbol member, IOperation body,
        Func<IOperation, ControlFlowGraph> graphOf, Action<RiskRule, CriticalUnit, Finding> report, CancellationToken cancellation)
        : base(facts, unit, member, report, cancellation)
    {
        Body = body;
        _graphOf = graphOf;
    }

    public IOperation Body { get; }

    public ControlFlowGraph Graph => _graphOf(Body);

    internal override SyntaxNode? Place => Body.Syntax;
}

/// <summary>A declared symbol.</summary>
internal sealed class DeclarationVisit : Visit
{
    private readonly ImmutableArray<SyntaxReference> _parts;
    private SyntaxNode[]? _syntax;

    public DeclarationVisit(CompilationFacts facts, CriticalUnit unit, ISymbol symbol, ImmutableArray<SyntaxReference> parts, Action<RiskRule, CriticalUnit, Finding> report, CancellationToken cancellation)
        : base(facts, unit, symbol, report, cancellation) => _parts = parts;

    public ISymbol Symbol => Member;

    /// <summary>The symbol's declarations; several for a partial type, without those that are on no path.</summary>
    public IReadOnlyList<SyntaxNode> Syntax => _syntax ??= Read();

    internal override SyntaxNode? Place => Syntax.FirstOrDefault();

    /// <summary>Reports at the symbol's name.</summary>
    public void ReportName(params object[] arguments) => Report(Symbol.Locations[0], arguments);

    private SyntaxNode[] Read()
    {
        var nodes = new SyntaxNode[_parts.Length];
        for (var i = 0; i < nodes.Length; i++)
            nodes[i] = _parts[i].GetSyntax(Cancellation);
        return nodes;
    }
}

/// <summary>A comment in or directly above critical code.</summary>
internal sealed class CommentVisit : Visit
{
    public CommentVisit(CompilationFacts facts, CriticalUnit unit, ISymbol member, SyntaxTrivia comment, Action<RiskRule, CriticalUnit, Finding> report, CancellationToken cancellation)
        : base(facts, unit, member, report, cancellation) => Comment = comment;

    public SyntaxTrivia Comment { get; }

    internal override SyntaxNode? Place => Comment.Token.Parent;
}
