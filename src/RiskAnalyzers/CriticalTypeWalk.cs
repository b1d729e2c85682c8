using Microsoft.CodeAnalysis.FlowAnalysis;
using RiskAnalyzers.CriticalPaths;
using RiskAnalyzers.Language;
using RiskAnalyzers.Reviews;
using RiskAnalyzers.Rules;
using RiskAnalyzers.StandIns;

namespace RiskAnalyzers;

/// <summary>Walks the critical units of one type once and shows the rules what they listen to. Nested types have walks of their own.</summary>
internal sealed class CriticalTypeWalk
{
    private readonly INamedTypeSymbol _type;
    private readonly CompilationFacts _facts;
    private readonly CriticalPathMap _map;
    private readonly RuleDispatch _onPaths;
    private readonly RuleDispatch _everywhere;
    private readonly ReviewGate _gate;
    // One for all visits: a delegate made anew for each member is an object for each.
    private readonly Action<RiskRule, CriticalUnit, Finding> _report;

    public CriticalTypeWalk(INamedTypeSymbol type, CompilationFacts facts, CriticalPathMap map, RuleDispatch onPaths, RuleDispatch everywhere, ReviewGate gate)
    {
        _type = type;
        _facts = facts;
        _map = map;
        _onPaths = onPaths;
        _everywhere = everywhere;
        _gate = gate;
        _report = Report;
    }

    public FindingLog Log { get; } = new();

    /// <summary>Shows the rules the bodies of a member: its block, initialiser or default values.</summary>
    public void VisitBodies(MemberBodies member)
    {
        var tree = member.Bodies[0].Syntax.SyntaxTree;
        if (member.Owner is IMethodSymbol { Name: WellKnownMemberNames.TopLevelStatementsEntryPointMethodName } main)
        {
            VisitTopLevel(member, main, tree);
            return;
        }
        if (UnitOf(member.Owner, tree, member.Cancellation) is not { } unit)
            return;
        foreach (var body in member.Bodies)
            VisitBody(member, unit, body, body);
    }

    /// <summary>Shows the rules the declarations and comments of the critical units.</summary>
    public void VisitDeclarations(CancellationToken cancellation)
    {
        foreach (var failure in _onPaths.FailedToListen)
            Log.AddFailure(new CriticalUnit(_type, null, null), new RuleFailure(failure.Rule, _type.Locations[0], failure.Failure));
        VisitDeclaration(_type, cancellation);
        foreach (var member in _type.GetMembers())
        {
            if (member is not INamedTypeSymbol && !member.IsImplicitlyDeclared)
                VisitDeclaration(member, cancellation);
        }
    }

    private void VisitDeclaration(ISymbol symbol, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        // The compiler makes the list anew each time that it is asked.
        var references = symbol.DeclaringSyntaxReferences;
        if (references.IsEmpty || UnitOf(symbol, references[0].SyntaxTree, cancellation) is not { } unit)
            return;
        var dispatch = DispatchFor(unit);
        dispatch.Show(new DeclarationVisit(_facts, unit, symbol, PartsOf(references, unit), _report, cancellation), Log);
        if (dispatch.HearsComments)
            VisitComments(dispatch, unit, symbol, references, cancellation);
    }

    private void VisitComments(RuleDispatch dispatch, CriticalUnit unit, ISymbol symbol, ImmutableArray<SyntaxReference> references, CancellationToken cancellation)
    {
        foreach (var reference in references)
        {
            // Top-level statements are shown with their own comments.
            if (reference.GetSyntax(cancellation) is var declaration && declaration is CompilationUnitSyntax || !Comments.AreIn(declaration))
                continue;
            foreach (var comment in Comments.Of(declaration))
                dispatch.Show(new CommentVisit(_facts, unit, symbol, comment, _report, cancellation), Log);
        }
    }

    private void VisitTopLevel(MemberBodies member, IMethodSymbol main, SyntaxTree tree)
    {
        var cancellation = member.Cancellation;
        var root = tree.GetRoot(cancellation);
        var path = _map.OfTopLevel(main, root, cancellation);
        var rest = path is null && _everywhere.IsIdle ? null : new CriticalUnit(main.ContainingType, null, path);
        foreach (var body in member.Bodies)
        {
            if (rest is not null)
                VisitBody(member, rest, body, body, stopAtFunctions: true);
            foreach (var function in OutermostFunctions(body))
            {
                var symbol = function is ILocalFunctionOperation local ? local.Symbol : ((IAnonymousFunctionOperation)function).Symbol;
                // A function without a path of its own belongs to the rest of the top-level code, and so does an anonymous method,
                // which cannot carry a review.
                var own = _map.OfTopLevel(main, function.Syntax, cancellation);
                var unit = own is null ? rest
                    : function.Syntax is AnonymousMethodExpressionSyntax ? new CriticalUnit(main.ContainingType, null, own)
                    : new CriticalUnit(symbol, function.Syntax, own);
                if (unit is not null)
                    VisitBody(member, unit, function, body);
            }
        }
        if (rest is null || !DispatchFor(rest).HearsComments)
            return;
        foreach (var comment in Comments.Of(root))
            DispatchFor(rest).Show(new CommentVisit(_facts, rest, main, comment, _report, cancellation), Log);
    }

    private void VisitBody(MemberBodies member, CriticalUnit unit, IOperation start, IOperation body, bool stopAtFunctions = false)
    {
        var cancellation = member.Cancellation;
        var dispatch = DispatchFor(unit);
        if (unit.Path is not null && start.Kind != OperationKind.Attribute && _gate.LooksBeyondFindings(start.Syntax.SyntaxTree))
            Log.Touch(unit);
        Func<IOperation, ControlFlowGraph> graphOf = _ => member.GraphOf(body);
        // The compiler hands out attributes and default values as blocks of their own.
        if (start.Kind is not (OperationKind.Attribute or OperationKind.ParameterInitializer))
            dispatch.Show(new BodyVisit(_facts, unit, member.Owner, start, graphOf, _report, cancellation), Log);

        var visit = new OperationVisit(_facts, unit, member.Owner, body, graphOf, _report, cancellation);
        // An explicit stack: generated code nests expressions thousands deep.
        var pending = new Stack<IOperation>(32);
        pending.Push(start);
        while (pending.Count > 0)
        {
            var operation = pending.Pop();
            if (stopAtFunctions && IsFunction(operation))
                continue;
            if (dispatch.Hears(operation.Kind))
            {
                visit.Operation = operation;
                dispatch.Show(visit, Log);
            }
            foreach (var child in operation.ChildOperations.Reverse())
                pending.Push(child);
            if ((pending.Count & 255) == 0)
                cancellation.ThrowIfCancellationRequested();
        }
    }

    private static IEnumerable<IOperation> OutermostFunctions(IOperation body)
    {
        var pending = new Stack<IOperation>(32);
        pending.Push(body);
        while (pending.Count > 0)
        {
            var operation = pending.Pop();
            if (IsFunction(operation))
            {
                yield return operation;
                continue;
            }
            foreach (var child in operation.ChildOperations.Reverse())
                pending.Push(child);
        }
    }

    private static bool IsFunction(IOperation operation) => operation.Kind is OperationKind.AnonymousFunction or OperationKind.LocalFunction;

    // What a generator adds to a type is on a path only where a person said so.
    private ImmutableArray<SyntaxReference> PartsOf(ImmutableArray<SyntaxReference> references, CriticalUnit unit) =>
        unit.Path is null or { IsExplicit: true } ? references : references.RemoveAll(part => _map.FileOf(part.SyntaxTree).IsGenerated);

    private CriticalUnit? UnitOf(ISymbol symbol, SyntaxTree tree, CancellationToken cancellation)
    {
        var reviewed = CriticalUnit.Reviewed(symbol);
        var path = _map.Of(reviewed, tree, cancellation);
        return path is null && _everywhere.IsIdle ? null : new CriticalUnit(reviewed, null, path);
    }

    // Off the paths only what the team itself marked counts.
    private RuleDispatch DispatchFor(CriticalUnit unit) => unit.Path is null ? _everywhere : _onPaths;

    private void Report(RiskRule rule, CriticalUnit unit, Finding finding) => Log.Add(rule, unit, finding);
}
