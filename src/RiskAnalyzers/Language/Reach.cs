using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace RiskAnalyzers.Language;

/// <summary>
/// The code that code runs, as far as it stands in the same compilation: members it calls, implementations of the interfaces, and the handlers of the
/// messages it sends (MediatR, Wolverine, MassTransit and whoever calls a handler by the type of what it handles).
/// </summary>
internal sealed class Reach
{
    private const int Most = 24;

    private static readonly ConditionalWeakTable<Compilation, Reach> Known = new();

    private static readonly HashSet<string> HandlerNames = Words.SetOf("Handle HandleAsync Consume ConsumeAsync Execute ExecuteAsync");

    private readonly Compilation _compilation;
    private readonly ImplementationMap _implementations;
    private readonly Bodies _bodies;
    private readonly Lazy<Dictionary<ITypeSymbol, List<IMethodSymbol>>> _handlers;
    private readonly Lazy<HashSet<string>> _handled;
    private readonly ConditionalWeakTable<IOperation, List<IMethodSymbol>> _runBy = new();

    private Reach(Compilation compilation)
    {
        _compilation = compilation;
        _implementations = ImplementationMap.In(compilation);
        _bodies = Bodies.In(compilation);
        _handlers = new(FindHandlers);
        _handled = new(() => new HashSet<string>(_handlers.Value.Keys.Select(message => message.Name), StringComparer.Ordinal));
    }

    public static Reach In(CompilationFacts facts) => Known.GetValue(facts.Compilation, compilation => new Reach(compilation));

    /// <summary>The code itself and the bodies that it runs, nearest first, up to the given number of calls away.</summary>
    public IEnumerable<IOperation> From(IOperation code, int depth = 3) => CodeFrom(code, depth).Select(reached => reached.Bound).OfType<IOperation>();

    /// <summary>The same, bound only as far as it is asked for: whoever reads names alone saves the dearest part.</summary>
    public IEnumerable<ReachedCode> CodeFrom(IOperation code, int depth = 3) => CodeFrom(code, depth, static (_, _) => true);

    /// <summary>The same for who looks for <see cref="Callers"/>: what by its names leads to nobody who asks is not followed.</summary>
    public IEnumerable<ReachedCode> TowardsCallers(IOperation code, int depth = 3)
    {
        var trails = CallerTrails.In(_compilation);
        return CodeFrom(code, depth, (reached, left) => trails.MayAsk(reached, left, _handled.Value.Contains));
    }

    private IEnumerable<ReachedCode> CodeFrom(IOperation code, int depth, Func<SyntaxNode, int, bool> leadsOn)
    {
        var seen = new HashSet<IMethodSymbol>(SymbolEqualityComparer.Default);
        var pending = new Queue<(ReachedCode Code, int Depth)>();
        pending.Enqueue((new ReachedCode(code), depth));
        while (pending.Count > 0)
        {
            var (current, left) = pending.Dequeue();
            yield return current;
            if (left == 0 || !current.IsStart && !leadsOn(current.Syntax, left) || current.Bound is not { } bound)
                continue;
            foreach (var method in RunBy(bound))
            {
                if (seen.Count < Most && seen.Add(method) && _bodies.DeclarationOf(method) is { } declaration)
                    pending.Enqueue((new ReachedCode(declaration, method, _bodies), left - 1));
            }
        }
    }

    /// <summary>The members of this compilation that receive messages of the type.</summary>
    public IReadOnlyList<IMethodSymbol> HandlersOf(ITypeSymbol? message) =>
        message is not null && _handlers.Value.TryGetValue(message.OriginalDefinition, out var handlers) ? handlers : Array.Empty<IMethodSymbol>();

    /// <summary>The body of a member of this compilation, or null.</summary>
    public IOperation? BodyOf(IMethodSymbol method) => _bodies.Of(method);

    private IReadOnlyList<IMethodSymbol> RunBy(IOperation code) => _runBy.GetValue(code, body => FindRunBy(body).Distinct<IMethodSymbol>(SymbolEqualityComparer.Default).ToList());

    private IEnumerable<IMethodSymbol> FindRunBy(IOperation code)
    {
        foreach (var operation in code.DescendantsAndSelf())
        {
            switch (operation)
            {
                case IInvocationOperation call:
                    foreach (var implementation in _implementations.Of(call.TargetMethod).Take(3))
                        yield return implementation;
                    // The message that was bound, or built by a helper, goes to its handler.
                    foreach (var argument in call.Arguments)
                    {
                        foreach (var handler in HandlersOf(argument.Value.WithoutConversions().Type))
                            yield return handler;
                    }
                    break;
                case IMethodReferenceOperation { Method: var method }:
                    foreach (var implementation in _implementations.Of(method).Take(3))
                        yield return implementation;
                    break;
            }
        }
    }

    private Dictionary<ITypeSymbol, List<IMethodSymbol>> FindHandlers()
    {
        var handlers = new Dictionary<ITypeSymbol, List<IMethodSymbol>>(SymbolEqualityComparer.Default);
        var types = DeclaredTypes.In(_compilation);
        foreach (var type in types.Bind(types.All.Where(type => type.Syntax is ClassDeclarationSyntax or RecordDeclarationSyntax && type.Methods.Overlaps(HandlerNames))))
        {
            if (type.TypeKind != TypeKind.Class)
                continue;
            foreach (var member in HandlerNames.SelectMany(name => type.GetMembers(name)))
            {
                if (member is not IMethodSymbol { MethodKind: MethodKind.Ordinary, Parameters: [{ Type: var first }, ..] } method)
                    continue;
                // ConsumeContext<OrderPlaced> carries its message.
                var message = first is INamedTypeSymbol { TypeArguments: [var carried] } && first.Name.EndsWith("Context", StringComparison.Ordinal) ? carried : first;
                if (message is not INamedTypeSymbol { SpecialType: SpecialType.None, TypeKind: TypeKind.Class or TypeKind.Struct })
                    continue;
                if (!handlers.TryGetValue(message.OriginalDefinition, out var methods))
                    handlers[message.OriginalDefinition] = methods = new();
                methods.Add(method);
            }
        }
        return handlers;
    }
}

/// <summary>Code that other code runs: as it is written, and bound when somebody asks.</summary>
internal readonly struct ReachedCode
{
    private readonly IOperation? _start;
    private readonly IMethodSymbol? _method;
    private readonly Bodies? _bodies;

    public ReachedCode(IOperation start)
    {
        _start = start;
        _method = null;
        _bodies = null;
        Syntax = start.Syntax;
    }

    public ReachedCode(SyntaxNode declaration, IMethodSymbol method, Bodies bodies)
    {
        _start = null;
        _method = method;
        _bodies = bodies;
        Syntax = declaration;
    }

    /// <summary>The code where the walk began, or the declaration of a member that it runs.</summary>
    public SyntaxNode Syntax { get; }

    /// <summary>Whether the walk began here.</summary>
    public bool IsStart => _start is not null;

    /// <summary>The operations; null where the compiler makes none of the declaration.</summary>
    public IOperation? Bound => _start ?? _bodies!.Of(_method!);
}
