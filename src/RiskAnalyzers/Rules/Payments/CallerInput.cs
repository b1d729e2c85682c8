using System.Runtime.CompilerServices;
using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Payments;

/// <summary>What the caller of a service sends: the parameters of actions, minimal-API and message handlers, and everything read from them.</summary>
internal sealed class CallerInput
{
    private static readonly ConditionalWeakTable<Compilation, CallerInput> Known = new();

    private static readonly HashSet<string> Carriers = Words.SetOf("request req dto command cmd input payload body form submission model vm");

    private static readonly HashSet<string> Handling = new(StringComparer.Ordinal) { "Handle", "HandleAsync", "ExecuteAsync", "Execute", "InvokeAsync" };

    // What a product hands its own gateway is called a request too; who fills it in is decided elsewhere.
    private static readonly HashSet<string> Internal = Words.SetOf("charge process capture authorize void gateway provider token settings query");

    private readonly Lazy<BoundNames> _bound;

    private readonly Persistence _persistence;

    private readonly Endpoints _endpoints;

    private CallerInput(CompilationFacts facts)
    {
        var compilation = facts.Compilation;
        _bound = new(() => BoundNames.In(compilation));
        _persistence = Persistence.In(facts);
        _endpoints = Endpoints.In(facts);
    }

    public static CallerInput In(CompilationFacts facts) => Known.GetValue(facts.Compilation, _ => new CallerInput(facts));

    /// <summary>Whether the caller chose the value: a parameter of an endpoint or handler, or something read from one.</summary>
    public bool Brings(IOperation value, ISymbol member)
    {
        INamedTypeSymbol? entity = null;
        for (var steps = 0; steps < 12; steps++)
        {
            switch (value.WithoutAwait())
            {
                case IPropertyReferenceOperation { Instance: IInstanceReferenceOperation } own:
                    return own.Property.GetAttributes().Any(attribute => attribute.AttributeClass?.Name is "BindPropertyAttribute" or "FromBodyAttribute" or "FromFormAttribute");
                case IMemberReferenceOperation { Instance: { } instance, Member.ContainingType: var holder }:
                    if (IsEntity(holder))
                        entity = holder;
                    value = instance;
                    break;
                case IArrayElementReferenceOperation element:
                    value = element.ArrayReference;
                    break;
                case ICoalesceOperation coalesce:
                    value = coalesce.Value;
                    break;
                case IConditionalAccessInstanceOperation accessed when accessed.Ancestor<IConditionalAccessOperation>() is { } access:
                    value = access.Operation;
                    break;
                case IConditionalAccessOperation access:
                    value = access.Operation;
                    break;
                case IInvocationOperation { TargetMethod.Name: "ReadFromJsonAsync" } read when EntityFramework.Receiver(read)?.Type?.Name == "HttpRequest":
                    return true;
                case IInvocationOperation call when EntityFramework.Receiver(call) is { } receiver && call.TargetMethod.ContainingType?.Name is "Enumerable" or "List" or "Dictionary" or "Nullable":
                    value = receiver;
                    break;
                case ILocalReferenceOperation { Local: var local } reference when Origin(local, reference) is { } origin:
                    value = origin;
                    break;
                case IParameterReferenceOperation { Parameter: var parameter } reference:
                    if (ElementSource(parameter, reference) is not { } source)
                        // An entity that a command carries was loaded by whoever sent the command.
                        return (entity is null || SymbolEqualityComparer.Default.Equals(entity, parameter.Type)) && IsInput(parameter, reference, member);
                    value = source;
                    break;
                default:
                    return false;
            }
        }
        return false;
    }

    /// <summary>Whether an endpoint of this compilation runs the method: an action, a page handler, or a method that a route was mapped to.</summary>
    public bool IsEndpoint(IMethodSymbol method) => _endpoints.Of(method) is not null && Answers(method) || _bound.Value.Handlers.Contains(method.Name) && method.MethodKind == MethodKind.Ordinary;

    // A public helper of a controller answers no request.
    private static bool Answers(IMethodSymbol method) => method.GetAttributes().Any(attribute => attribute.AttributeClass?.Name is { } name && (name.StartsWith("Http", StringComparison.Ordinal) || name is "RouteAttribute" or "AcceptVerbsAttribute"))
        || method.ReturnType.AwaitedType() is { } answer && (answer.Name.EndsWith("Result", StringComparison.Ordinal) || answer.Name.EndsWith("Response", StringComparison.Ordinal));

    private bool IsEntity(INamedTypeSymbol type)
    {
        if (_persistence.IsEntity(type))
            return true;
        for (var ancestor = type.BaseType; ancestor is not null; ancestor = ancestor.BaseType)
        {
            if (ancestor.Name.EndsWith("Entity", StringComparison.Ordinal) || ancestor.Name is "EntityBase" or "AggregateRoot")
                return true;
        }
        return false;
    }

    private bool IsInput(IParameterSymbol parameter, IOperation reference, ISymbol member)
    {
        if (parameter.Type.TypeKind == TypeKind.Interface || parameter.Type.Name is "CancellationToken" or "HttpContext" || EntityFramework.IsContext(parameter.Type)
            || parameter.GetAttributes().Any(attribute => attribute.AttributeClass?.Name is "FromServicesAttribute" or "FromKeyedServicesAttribute"))
            return false;
        if (parameter.ContainingSymbol is not IMethodSymbol method)
            return false;
        if (method.MethodKind == MethodKind.AnonymousFunction)
            return reference.Ancestors().OfType<IAnonymousFunctionOperation>().FirstOrDefault(lambda => SymbolEqualityComparer.Default.Equals(lambda.Symbol, method)) is { } owner
                && owner.Ancestor<IInvocationOperation>() is { } map && BoundNames.MapVerbs.Contains(map.TargetMethod.Name);
        if (method.MethodKind == MethodKind.LocalFunction)
            return _bound.Value.Handlers.Contains(method.Name);
        if (IsEndpoint(method))
            return true;
        if (parameter.Type.SpecialType != SpecialType.None)
            return false;
        var words = Words.Of(parameter.Type.Name);
        // Handle(PlaceOrder order): a message is what was sent, whatever its name ends in.
        if (Handling.Contains(method.Name) && IsMessage(parameter.Type) && !words.IsEmpty && !words.HaveAny(Internal))
            return true;
        if (words.IsEmpty || !Carriers.Contains(words[words.Length - 1]) && !(parameter.Name is "command" or "request"))
            return false;
        if (Handling.Contains(method.Name))
            return words[words.Length - 1] is "command" or "request" || words.Length == 1 && parameter.Name is "command" or "request";
        if (_bound.Value.Types.Contains(parameter.Type.Name))
            return true;
        return _bound.Value.Types.Count == 0 && method.DeclaredAccessibility == Accessibility.Public && words[words.Length - 1] is "dto" or "command" or "input" or "request" && !words.HaveAny(Internal);
    }

    /// <summary>Whether the type is a message that a mediator hands to its handler: a record of <c>IRequest</c> or <c>ICommand</c>.</summary>
    public static bool IsMessage(ITypeSymbol type) => type.AllInterfaces.Any(contract => contract.Name is "IRequest" or "ICommand");

    /// <summary>What a local was made from: its initialiser, the collection that a loop runs over, or the value that a pattern matched.</summary>
    public static IOperation? Origin(ILocalSymbol local, IOperation reference)
    {
        foreach (var ancestor in reference.Ancestors())
        {
            switch (ancestor)
            {
                case IForEachLoopOperation loop when loop.Locals.Any(each => SymbolEqualityComparer.Default.Equals(each, local)):
                    return loop.Collection;
                case IBlockOperation block:
                    foreach (var statement in block.Operations)
                    {
                        if (statement is IVariableDeclarationGroupOperation group
                            && group.Declarations.SelectMany(declaration => declaration.Declarators).FirstOrDefault(declarator => SymbolEqualityComparer.Default.Equals(declarator.Symbol, local)) is { } declared)
                            return declared.GetVariableInitializer()?.Value;
                    }
                    break;
                case IConditionalOperation { Condition: var condition } when Matched(condition, local) is { } matched:
                    return matched;
            }
        }
        return null;
    }

    private static IOperation? Matched(IOperation condition, ILocalSymbol local) => condition.DescendantsAndSelf().OfType<IIsPatternOperation>()
        .FirstOrDefault(match => match.Pattern is IDeclarationPatternOperation { DeclaredSymbol: { } declared } && SymbolEqualityComparer.Default.Equals(declared, local)
            || match.Pattern is IRecursivePatternOperation { DeclaredSymbol: { } named } && SymbolEqualityComparer.Default.Equals(named, local))?.Value;

    // The item of request.Items.Select(item => ...) comes from where the items come from.
    private static IOperation? ElementSource(IParameterSymbol parameter, IOperation reference)
    {
        if (parameter.ContainingSymbol is not IMethodSymbol { MethodKind: MethodKind.AnonymousFunction } owner)
            return null;
        foreach (var ancestor in reference.Ancestors())
        {
            if (ancestor is IAnonymousFunctionOperation { Symbol: var symbol } lambda && SymbolEqualityComparer.Default.Equals(symbol, owner))
                return lambda.Ancestor<IArgumentOperation>() is { Parent: IInvocationOperation call } && call.TargetMethod.ContainingType?.Name is "Enumerable" or "List" or "Queryable" or "ParallelEnumerable"
                    ? EntityFramework.Receiver(call) : null;
        }
        return null;
    }
}
