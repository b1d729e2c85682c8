using System.Collections.Concurrent;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace RiskAnalyzers.StandIns;

/// <summary>
/// The compilation that the rules read: the compiler's own, or, where packages are not restored, the same files with outlines in the packages' place.
/// Without them <c>db.SaveChangesAsync()</c> binds to nothing, and every rule on saves, queries, sends and charges is blind.
/// </summary>
internal sealed class WholeCompilation
{
    private readonly Compilation _given;
    private readonly ConcurrentDictionary<SyntaxTree, SemanticModel> _models = new();

    private WholeCompilation(Compilation given, Compilation whole)
    {
        _given = given;
        Compilation = whole;
    }

    public Compilation Compilation { get; }

    public static WholeCompilation Of(Compilation given, CancellationToken cancellation) => new(given, PackageOutlines.Complete(given, cancellation));

    /// <summary>Whether nothing is missing, so that this is the compiler's own.</summary>
    public bool IsGiven => ReferenceEquals(_given, Compilation);

    /// <summary>The type as it is there.</summary>
    public INamedTypeSymbol? TypeOf(INamedTypeSymbol type, CancellationToken cancellation)
    {
        if (IsGiven)
            return type;
        if (type.DeclaringSyntaxReferences.FirstOrDefault() is not { } part)
            return null;
        var declared = ModelOf(part.SyntaxTree).GetDeclaredSymbol(part.GetSyntax(cancellation), cancellation);
        return declared as INamedTypeSymbol ?? declared?.ContainingType;
    }

    /// <summary>A member's bodies as they are there, or null where the member has none.</summary>
    public MemberBodies? BodiesOf(OperationBlockAnalysisContext block)
    {
        if (IsGiven)
            return new MemberBodies(block.OwningSymbol, block.OperationBlocks, block.GetControlFlowGraph, block.CancellationToken);
        if (SymbolOf(block.OwningSymbol, block.CancellationToken) is not { } owner)
            return null;
        var bodies = ImmutableArray.CreateBuilder<IOperation>();
        foreach (var body in block.OperationBlocks)
        {
            if (ModelOf(body.Syntax.SyntaxTree).GetOperation(body.Syntax, block.CancellationToken) is { } bound)
                bodies.Add(bound);
        }
        return bodies.Count == 0 ? null : new MemberBodies(owner, bodies.ToImmutable(), body => GraphOf(body, block.CancellationToken), block.CancellationToken);
    }

    // A member stands where it stood: names of explicit implementations may differ once their interface is known.
    private ISymbol? SymbolOf(ISymbol given, CancellationToken cancellation)
    {
        if (given is INamedTypeSymbol type)
            return TypeOf(type, cancellation);
        if (given.ContainingType is null || TypeOf(given.ContainingType, cancellation) is not { } owner)
            return null;
        return owner.GetMembers(given.Name).FirstOrDefault(member => StandsAt(member, given)) ?? owner.GetMembers().FirstOrDefault(member => StandsAt(member, given));
    }

    private static bool StandsAt(ISymbol member, ISymbol given) =>
        member.Kind == given.Kind && member.IsImplicitlyDeclared == given.IsImplicitlyDeclared && member.Locations.FirstOrDefault() is { } place && place.Equals(given.Locations.FirstOrDefault());

    private SemanticModel ModelOf(SyntaxTree tree) => _models.GetOrAdd(tree, each => Compilation.GetSemanticModel(each));

    private static ControlFlowGraph GraphOf(IOperation body, CancellationToken cancellation)
    {
        while (body.Parent is { } parent)
            body = parent;
        return ControlFlowGraph.Create(body.Syntax, body.SemanticModel!, cancellation)!;
    }
}

/// <summary>The bodies of one member: its block, initialiser or default values.</summary>
internal sealed record MemberBodies(ISymbol Owner, ImmutableArray<IOperation> Bodies, Func<IOperation, ControlFlowGraph> GraphOf, CancellationToken Cancellation);
