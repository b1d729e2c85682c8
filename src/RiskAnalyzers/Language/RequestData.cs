using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace RiskAnalyzers.Language;

/// <summary>
/// Which values come from the request: what binds to the parameters of an endpoint, <c>Request.Query</c> and its like, the commands and inputs that
/// handlers and services receive, and whatever is read out of these through locals, casts, loops and lambdas.
/// </summary>
internal sealed class RequestData
{
    private const int Depth = 12;

    private static readonly ConditionalWeakTable<Compilation, RequestData> Known = new();

    // The last word of a type that carries what a caller sent.
    private static readonly HashSet<string> Carriers = Words.SetOf("command request dto input inputs payload form body");

    private static readonly HashSet<string> Views = Words.SetOf("model query vm params parameters");

    private static readonly HashSet<string> HandlerNames = Words.SetOf("Handle HandleAsync Consume ConsumeAsync Execute ExecuteAsync Process ProcessAsync");

    // Types of the framework that a handler receives although nobody sent them.
    private static readonly HashSet<string> Services = Words.SetOf("CancellationToken HttpContext HttpRequest HttpResponse ClaimsPrincipal IPrincipal LinkGenerator HybridCache TimeProvider HttpClient");

    private static readonly HashSet<string> ServiceWords = Words.SetOf("service services repository mediator sender publisher bus logger context db manager factory client validator mapper options configuration cache handler provider gateway accessor processor dispatcher store");

    private static readonly HashSet<string> Sources = Words.SetOf("Query Form Headers RouteValues Cookies Body");

    private readonly Endpoints _endpoints;
    private readonly ConcurrentDictionary<IParameterSymbol, bool> _parameters = new(SymbolEqualityComparer.Default);

    private RequestData(Endpoints endpoints) => _endpoints = endpoints;

    public static RequestData In(CompilationFacts facts) => Known.GetValue(facts.Compilation, _ => new RequestData(Endpoints.In(facts)));

    /// <summary>Whether the value was sent by the caller, or is read out of something that was.</summary>
    public bool Holds(IOperation value) => Holds(value, Depth, new(SymbolEqualityComparer.Default));

    /// <summary>Whether a request binds to the parameter, or the parameter carries what a caller sent.</summary>
    public bool Holds(IParameterSymbol parameter) => _parameters.GetOrAdd(parameter, IsSent);

    /// <summary>Whether the type is named for what a caller sends: <c>CreateOrderCommand</c>, <c>CheckoutRequest</c>, <c>AddressDto</c>.</summary>
    public static bool IsCarrier(ITypeSymbol? type) => type is { TypeKind: TypeKind.Class or TypeKind.Struct } && type.IsOfTheProduct()
        && Words.Of(type.Name) is { IsEmpty: false } words && Carriers.Contains(words[words.Length - 1]);

    private bool Holds(IOperation? value, int depth, HashSet<ISymbol> seen)
    {
        if (value is null || depth == 0)
            return false;
        switch (value.WithoutAwait())
        {
            case IParameterReferenceOperation { Parameter: var parameter }:
                return Holds(parameter) || IsFromLambda(value, parameter, depth - 1, seen);
            case ILocalReferenceOperation { Local: var local }:
                return IsFromLocal(value, local, depth - 1, seen);
            case IPropertyReferenceOperation property:
                return IsSource(property) || IsBound(property.Property) || Holds(property.Instance, depth - 1, seen);
            case IFieldReferenceOperation { Instance: { } owner }:
                return Holds(owner, depth - 1, seen);
            case IArrayElementReferenceOperation element:
                return Holds(element.ArrayReference, depth - 1, seen);
            case IConditionalAccessInstanceOperation placeholder:
                return Holds(placeholder.Ancestor<IConditionalAccessOperation>()?.Operation, depth - 1, seen);
            case IConditionalAccessOperation conditional:
                return Holds(conditional.WhenNotNull, depth - 1, seen);
            case IConversionOperation { Operand: var operand }:
                return Holds(operand, depth - 1, seen);
            case ICoalesceOperation coalesce:
                return Holds(coalesce.Value, depth - 1, seen) || Holds(coalesce.WhenNull, depth - 1, seen);
            case IConditionalOperation choice:
                return Holds(choice.WhenTrue, depth - 1, seen) || Holds(choice.WhenFalse, depth - 1, seen);
            case IInterpolatedStringOperation text:
                return text.Parts.OfType<IInterpolationOperation>().Any(part => Holds(part.Expression, depth - 1, seen));
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } sum:
                return Holds(sum.LeftOperand, depth - 1, seen) || Holds(sum.RightOperand, depth - 1, seen);
            case IInvocationOperation call:
                return IsReader(call) || Keeps(call.TargetMethod) && (Holds(call.Instance, depth - 1, seen) || (call.Instance is null || call.TargetMethod.IsStatic) && Holds(call.Arguments.FirstOrDefault()?.Value, depth - 1, seen));
            default:
                return false;
        }
    }

    // A call that hands on what it is given: text, numbers and collections made of it.
    private static bool Keeps(IMethodSymbol method) => method.ContainingType is { } type
        && (type.SpecialType != SpecialType.None || type.Name is "Enumerable" or "Guid" or "Convert" or "Enum" or "Path" or "Uri" or "WebUtility" or "HttpUtility" or "Nullable" or "List" or "Dictionary" or "StringValues" or "Array" or "DateTimeOffset" or "IList" or "IReadOnlyList" or "MemoryExtensions"
            || method.Name is "ToString" or "ToCommand" or "ToQuery" or "Adapt" or "Map");

    private static bool IsReader(IInvocationOperation call) => call.TargetMethod.Name is "ReadFromJsonAsync" or "ReadFormAsync"
        && (call.TargetMethod.ContainingType.Name is "HttpRequestJsonExtensions" or "HttpRequest" or "FormFeature" or "RequestFormReaderExtensions");

    private static bool IsSource(IPropertyReferenceOperation property) =>
        (Sources.Contains(property.Property.Name) || property.Property.Name is "QueryString") && property.Property.ContainingType.Name is "HttpRequest" or "HttpContext" or "RouteData";

    // A property of a page or controller that the request is bound to.
    private static bool IsBound(IPropertySymbol property) =>
        property.HasAttribute("BindPropertyAttribute") || property.ContainingType.HasAttribute("BindPropertiesAttribute") || property.HasAttribute("FromQueryAttribute") || property.HasAttribute("FromRouteAttribute");

    private bool IsSent(IParameterSymbol parameter)
    {
        if (parameter.ContainingSymbol is not IMethodSymbol method || IsService(parameter))
            return false;
        if (IsCarrier(parameter.Type) && method.MethodKind is not MethodKind.Constructor && !method.IsImplicitlyDeclared)
            return true;
        if (method.MethodKind == MethodKind.Ordinary && HandlerNames.Contains(method.Name) && parameter.Ordinal == 0 && parameter.Type.TypeKind is TypeKind.Class or TypeKind.Struct && Words.Of(parameter.Type.Name) is { IsEmpty: false } words && (Carriers.Contains(words[words.Length - 1]) || Views.Contains(words[words.Length - 1])))
            return true;
        return method.MethodKind switch
        {
            MethodKind.Ordinary or MethodKind.LocalFunction => _endpoints.Of(method) is not null,
            MethodKind.AnonymousFunction => method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is { } lambda && _endpoints.IsHandler(lambda),
            _ => false,
        };
    }

    /// <summary>Whether the framework or the container hands the parameter in: services, contexts, tokens, the caller's identity.</summary>
    public static bool IsService(IParameterSymbol parameter)
    {
        if (parameter.GetAttributes().Any(attribute => attribute.AttributeClass?.Name is "FromServicesAttribute" or "FromKeyedServicesAttribute" or "BindNeverAttribute"))
            return true;
        if (parameter.GetAttributes().Any(attribute => attribute.AttributeClass?.Name is { } name && name.StartsWith("From", StringComparison.Ordinal)))
            return false;
        var type = parameter.Type;
        if (Services.Contains(type.Name) || EntityFramework.IsContext(type))
            return true;
        if (type.TypeKind == TypeKind.Interface)
            return !(type.AllInterfaces.Any(contract => contract.Name == "IEnumerable") || type.Name is "IEnumerable" or "IFormFile" or "IFormCollection" or "IQueryCollection");
        return type is { TypeKind: TypeKind.Class or TypeKind.Error, SpecialType: SpecialType.None } && Words.Of(type.Name) is { IsEmpty: false } words && ServiceWords.Contains(words[words.Length - 1]);
    }

    // items.Select(item => item.Price): what the lambda receives is what it is called on.
    private bool IsFromLambda(IOperation use, IParameterSymbol parameter, int depth, HashSet<ISymbol> seen)
    {
        if (parameter.ContainingSymbol is not IMethodSymbol { MethodKind: MethodKind.AnonymousFunction } lambda)
            return false;
        var function = use.Ancestors().OfType<IAnonymousFunctionOperation>().FirstOrDefault(candidate => SymbolEqualityComparer.Default.Equals(candidate.Symbol, lambda));
        return function?.Ancestor<IInvocationOperation>() is { } call && parameter.Ordinal == 0
            && call.TargetMethod.ContainingType.Name is "Enumerable" or "List" or "Parallel" or "Array" && Holds(call.Instance ?? call.Arguments.FirstOrDefault()?.Value, depth, seen);
    }

    private bool IsFromLocal(IOperation use, ILocalSymbol local, int depth, HashSet<ISymbol> seen)
    {
        // A local that is set from itself again and again is asked about once.
        if (local.DeclaringSyntaxReferences.FirstOrDefault()?.Span is not { } span || !seen.Add(local))
            return false;
        foreach (var operation in use.ScopeOf(local).DescendantsAndSelf())
        {
            switch (operation)
            {
                case IVariableDeclaratorOperation { Symbol: var declared, Initializer.Value: var value } when Same(declared) && Holds(value, depth, seen):
                case ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: var assigned }, Value: var later } when Same(assigned) && operation.Syntax.SpanStart < use.Syntax.SpanStart && Holds(later, depth, seen):
                case IForEachLoopOperation { Collection: var collection } loop when loop.Locals.Any(Same) && Holds(collection, depth, seen):
                // int.TryParse(request.Amount, out var amount)
                case IInvocationOperation { TargetMethod: { Name: "TryParse" or "TryGetValue" } parse } call when call.Arguments.Any(argument => argument.Parameter?.RefKind == RefKind.Out && Same(argument.Value.ReferencedSymbol()))
                    && (Holds(call.Instance, depth, seen) || parse.IsStatic && call.Arguments.Any(argument => argument.Parameter?.RefKind != RefKind.Out && Holds(argument.Value, depth, seen))):
                    return true;
                case IIsPatternOperation { Value: var matched, Pattern: var pattern } when pattern.Syntax.Span.Contains(span) && Holds(matched, depth, seen):
                    return true;
            }
        }
        return false;

        bool Same(ISymbol? other) => SymbolEqualityComparer.Default.Equals(other, local);
    }
}
