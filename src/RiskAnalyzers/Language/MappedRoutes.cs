using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace RiskAnalyzers.Language;

/// <summary>A call that maps a handler, and what its chain and groups say.</summary>
internal sealed record MappedRoute(InvocationExpressionSyntax Call, ExpressionSyntax Handler, string? Verb, string Route, EndpointAccess Access);

/// <summary>
/// The calls of one compilation that map minimal-API handlers, with the groups they hang on, and what holds for endpoints that say nothing
/// themselves. By syntax alone: it is read once, and only in files that map routes.
/// </summary>
internal sealed class MappedRoutes
{
    private const int Depth = 6;

    private static readonly ConditionalWeakTable<Compilation, MappedRoutes> Known = new();

    private static readonly Dictionary<string, string?> Verbs = new(StringComparer.Ordinal)
    {
        ["MapGet"] = "GET", ["MapPost"] = "POST", ["MapPut"] = "PUT", ["MapPatch"] = "PATCH", ["MapDelete"] = "DELETE", ["MapMethods"] = null, ["Map"] = null,
    };

    // What a file that maps routes or sets a fallback contains: beginnings of MapGet, MapGroup, MapPost, MapPut, MapDelete, AuthorizeFolder and their like.
    private static readonly string[] Signs = { "MapG", "MapP", "MapDe", "MapM", "MapCon", "MapRaz", "MapHub", ".Map(", "FallbackPolicy", "AuthorizeF", "AuthorizeP", "AuthorizeA" };

    private readonly Compilation _compilation;
    private readonly Dictionary<string, List<InvocationExpressionSyntax>> _byHandler = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ImmutableArray<InvocationExpressionSyntax>> _callsTo = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<InvocationExpressionSyntax, MappedRoute?> _routes = new();
    private readonly Dictionary<string, EndpointAccess> _hubs = new(StringComparer.Ordinal);
    private readonly List<string> _pageFolders = new();

    private MappedRoutes(Compilation compilation)
    {
        _compilation = compilation;
        foreach (var tree in compilation.SyntaxTrees)
        {
            if (TextSearch.ContainsAny(tree, Signs))
                Read(tree.GetRoot());
        }
    }

    public static MappedRoutes In(Compilation compilation) => Known.GetValue(compilation, each => new MappedRoutes(each));

    /// <summary>What a fallback policy or a global filter demands of every endpoint.</summary>
    public EndpointAccess Fallback { get; private set; }

    /// <summary>What <c>MapControllers().RequireAuthorization()</c> demands of every action.</summary>
    public EndpointAccess OfControllers { get; private set; }

    /// <summary>What <c>MapRazorPages().RequireAuthorization()</c> demands of every page.</summary>
    public EndpointAccess OfRazorPages { get; private set; }

    /// <summary>What <c>MapHub&lt;T&gt;().RequireAuthorization()</c> demands of a hub.</summary>
    public EndpointAccess OfHub(string type) => _hubs.TryGetValue(type, out var access) ? access : EndpointAccess.Open;

    /// <summary>Whether a convention such as <c>AuthorizeFolder("/Account")</c> covers the page in the file.</summary>
    public bool IsAuthorizedPage(string path)
    {
        path = path.Replace('\\', '/');
        return _pageFolders.Any(folder => folder.Trim('/').Length == 0 || path.IndexOf("/" + folder.Trim('/'), StringComparison.OrdinalIgnoreCase) >= 0);
    }

    /// <summary>The routes that a method is mapped to by its name.</summary>
    public IEnumerable<MappedRoute> Of(IMethodSymbol method)
    {
        if (!_byHandler.TryGetValue(method.Name, out var calls))
            yield break;
        foreach (var call in calls)
        {
            if (Of(call) is { } route && Names(route.Handler, method))
                yield return route;
        }
    }

    /// <summary>The route of a call that maps a handler, or null where it maps none.</summary>
    public MappedRoute? Of(InvocationExpressionSyntax call) => MapsHandlerItself(call) ? _routes.GetOrAdd(call, Resolve) : null;

    /// <summary>What the chain and the groups of a call that maps a whole protocol say: <c>app.MapMcp("/mcp").RequireAuthorization()</c>.</summary>
    public EndpointAccess AccessOf(InvocationExpressionSyntax call) => OfReceiver(call, Depth).Access.And(OfCallsAfter(call)).And(Fallback);

    /// <summary>The route of a lambda that is passed to a call that maps it, or null.</summary>
    public MappedRoute? OfLambda(SyntaxNode lambda)
    {
        var node = lambda.Parent;
        while (node is ParenthesizedExpressionSyntax or CastExpressionSyntax)
            node = node.Parent;
        return node is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } && Of(call) is { } route && route.Handler.Span.Contains(lambda.Span) ? route : null;
    }

    private static bool Names(ExpressionSyntax handler, IMethodSymbol method) => handler switch
    {
        IdentifierNameSyntax identifier => identifier.Identifier.ValueText == method.Name
            && (method.MethodKind == MethodKind.LocalFunction ? identifier.SyntaxTree == method.Locations[0].SourceTree
                : identifier.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } type || type.Identifier.ValueText == method.ContainingType.Name),
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText == method.Name
            && (access.Expression switch
            {
                SimpleNameSyntax name => name.Identifier.ValueText,
                MemberAccessExpressionSyntax inner => inner.Name.Identifier.ValueText,
                ThisExpressionSyntax => method.ContainingType.Name,
                _ => "",
            } is var owner && (owner == method.ContainingType.Name || owner.Length > 0 && !char.IsUpper(owner[0]))),
        _ => false,
    };

    private void Read(SyntaxNode root)
    {
        foreach (var node in root.DescendantNodes())
        {
            switch (node)
            {
                case AssignmentExpressionSyntax { Left: var left, Right: var value } when NameOf(left) == "FallbackPolicy" && !value.IsKind(SyntaxKind.NullLiteralExpression):
                case ObjectCreationExpressionSyntax { Type: var type } when NameOf(type) == "AuthorizeFilter":
                case GenericNameSyntax { Identifier.ValueText: "Add" } add when add.TypeArgumentList.Arguments.Any(argument => NameOf(argument) == "AuthorizeFilter"):
                    Fallback = Fallback.And(EndpointAccess.Authenticated);
                    break;
                case InvocationExpressionSyntax call when NameOf(call.Expression) is { } name:
                    ReadCall(call, name);
                    break;
            }
        }
    }

    private void ReadCall(InvocationExpressionSyntax call, string name)
    {
        switch (name)
        {
            case "SetFallbackPolicy":
                Fallback = Fallback.And(EndpointAccess.Authenticated);
                return;
            case "AuthorizeFolder" or "AuthorizePage" or "AuthorizeAreaFolder" or "AuthorizeAreaPage" when call.ArgumentList.Arguments.Select(argument => argument.Expression).OfType<LiteralExpressionSyntax>().LastOrDefault() is { Token.Value: string folder }:
                _pageFolders.Add(folder);
                return;
            case "MapControllers" or "MapControllerRoute" or "MapDefaultControllerRoute":
                OfControllers = OfControllers.And(OfCallsAfter(call).And(OfReceiver(call, Depth).Access));
                return;
            case "MapRazorPages":
                OfRazorPages = OfRazorPages.And(OfCallsAfter(call));
                return;
            case "MapHub" when call.Expression is MemberAccessExpressionSyntax { Name: GenericNameSyntax { TypeArgumentList.Arguments: [var hub] } }:
                _hubs[NameOf(hub) ?? ""] = OfCallsAfter(call);
                return;
        }
        if (!Verbs.ContainsKey(name) || HandlerOf(call) is not { } handler || NameOf(handler) is not { } handlerName)
            return;
        if (!_byHandler.TryGetValue(handlerName, out var calls))
            _byHandler[handlerName] = calls = new();
        calls.Add(call);
    }

    private MappedRoute? Resolve(InvocationExpressionSyntax call)
    {
        if (NameOf(call.Expression) is not { } name || !Verbs.TryGetValue(name, out var verb) || HandlerOf(call) is not { } handler)
            return null;
        // AutoMapper maps as well: its handler is no function and its route no text.
        if (name == "Map" && !handler.IsKind(SyntaxKind.SimpleLambdaExpression) && !handler.IsKind(SyntaxKind.ParenthesizedLambdaExpression) && TextOf(call.ArgumentList.Arguments[0].Expression) is null)
            return null;
        var (access, prefix) = OfReceiver(call, Depth);
        access = access.And(OfCallsAfter(call)).And(Fallback);
        if (handler is LambdaExpressionSyntax lambda)
            access = access.And(Access.OfAttributes(lambda.AttributeLists));
        if (name == "MapMethods" && call.ArgumentList.Arguments.Count > 1)
            verb = WriteVerbIn(call.ArgumentList.Arguments[1].ToString());
        var route = call.ArgumentList.Arguments.Select(argument => TextOf(argument.Expression)).FirstOrDefault(text => text is not null) ?? "";
        return new MappedRoute(call, handler, verb, prefix + "/" + route.Trim('/'), access);
    }

    private static string? WriteVerbIn(string text)
    {
        var upper = text.ToUpperInvariant();
        return new[] { "POST", "PUT", "PATCH", "DELETE", "GET" }.FirstOrDefault(upper.Contains);
    }

    // The handler is the lambda, else the argument that is no route.
    private static ExpressionSyntax? HandlerOf(InvocationExpressionSyntax call)
    {
        var arguments = call.ArgumentList.Arguments;
        ExpressionSyntax? handler = null;
        foreach (var argument in arguments)
        {
            var value = argument.Expression;
            while (value is ParenthesizedExpressionSyntax or CastExpressionSyntax)
                value = value is CastExpressionSyntax cast ? cast.Expression : ((ParenthesizedExpressionSyntax)value).Expression;
            if (value is AnonymousFunctionExpressionSyntax)
                return value;
            if (value is IdentifierNameSyntax or MemberAccessExpressionSyntax && (handler is null || TextOf(arguments[0].Expression) is not null || argument == arguments.Last()))
                handler = value;
        }
        return handler;
    }

    // app.MapGroup("/orders").RequireAuthorization().MapPost(...): everything to the left of the last dot.
    private (EndpointAccess Access, string Prefix) OfReceiver(InvocationExpressionSyntax call, int depth) =>
        call.Expression is MemberAccessExpressionSyntax { Expression: var receiver } ? OfBuilder(receiver, depth) : (EndpointAccess.Open, "");

    private (EndpointAccess Access, string Prefix) OfBuilder(ExpressionSyntax builder, int depth)
    {
        var (access, prefix) = (EndpointAccess.Open, "");
        while (true)
        {
            switch (builder)
            {
                case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name: var name, Expression: var receiver } } call:
                    access = access.And(Access.OfCall(name, call.ArgumentList));
                    if (name.Identifier.ValueText == "MapGroup" && call.ArgumentList.Arguments.Count > 0 && TextOf(call.ArgumentList.Arguments[0].Expression)?.Trim('/') is { Length: > 0 } group)
                        prefix = "/" + group + prefix;
                    builder = receiver;
                    break;
                case ParenthesizedExpressionSyntax { Expression: var expression }:
                    builder = expression;
                    break;
                case IdentifierNameSyntax { Identifier.ValueText: var variable } when depth > 0:
                    var held = OfVariable(variable, builder, depth - 1);
                    return (access.And(held.Access), held.Prefix + prefix);
                default:
                    return (access, prefix);
            }
        }
    }

    private (EndpointAccess Access, string Prefix) OfVariable(string name, SyntaxNode use, int depth)
    {
        var (access, prefix) = (EndpointAccess.Open, "");
        foreach (var scope in use.Ancestors())
        {
            switch (scope)
            {
                case BlockSyntax or CompilationUnitSyntax:
                    foreach (var statement in scope is BlockSyntax block ? block.Statements : ((CompilationUnitSyntax)scope).Members.OfType<GlobalStatementSyntax>().Select(global => global.Statement))
                    {
                        switch (statement)
                        {
                            case LocalDeclarationStatementSyntax { Declaration.Variables: var variables } when variables.FirstOrDefault(variable => variable.Identifier.ValueText == name) is { Initializer.Value: var value } && !value.Span.Contains(use.Span):
                                var declared = OfBuilder(value, depth);
                                (access, prefix) = (access.And(declared.Access), declared.Prefix + prefix);
                                break;
                            // group.RequireAuthorization();
                            case ExpressionStatementSyntax { Expression: InvocationExpressionSyntax call } when RootOf(call) == name && !MapsAnything(call):
                                access = access.And(OfBuilder(call, 0).Access);
                                break;
                        }
                    }
                    break;
                case BaseMethodDeclarationSyntax method when IndexOf(method.ParameterList, name) is var index && index >= 0:
                    if (scope.Parent is TypeDeclarationSyntax type && IsGuardedModule(type))
                        access = access.And(EndpointAccess.Authenticated);
                    return method is MethodDeclarationSyntax named ? OfCallers(named, index, access, prefix, depth) : (access, prefix);
            }
        }
        return (access, prefix);
    }

    // What whoever calls the method that maps has put on the builder before and puts on its result afterwards.
    private (EndpointAccess Access, string Prefix) OfCallers(MethodDeclarationSyntax method, int index, EndpointAccess access, string prefix, int depth)
    {
        var isExtension = method.ParameterList.Parameters[0].Modifiers.Any(SyntaxKind.ThisKeyword);
        foreach (var call in CallsTo(method.Identifier.ValueText))
        {
            var position = isExtension && call.Expression is MemberAccessExpressionSyntax { Expression: var receiver } && !(receiver is IdentifierNameSyntax { Identifier.ValueText: var owner } && owner == (method.Parent as TypeDeclarationSyntax)?.Identifier.ValueText) ? index - 1 : index;
            var passed = position < 0 ? ((MemberAccessExpressionSyntax)call.Expression).Expression : position < call.ArgumentList.Arguments.Count ? call.ArgumentList.Arguments[position].Expression : null;
            if (passed is null || call.Ancestors().Contains(method))
                continue;
            var (before, group) = OfBuilder(passed, depth);
            access = access.And(before).And(OfCallsAfter(call));
            prefix = group + prefix;
        }
        return (access, prefix);
    }

    private ImmutableArray<InvocationExpressionSyntax> CallsTo(string name) => _callsTo.GetOrAdd(name, wanted => _compilation.SyntaxTrees
        .Where(tree => TextSearch.Contains(tree, wanted))
        .SelectMany(tree => tree.GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>().Where(call => NameOf(call.Expression) == wanted))
        .ToImmutableArray());

    // Carter's modules say it in the constructor.
    private static bool IsGuardedModule(TypeDeclarationSyntax type) => type.Members.OfType<ConstructorDeclarationSyntax>()
        .Any(constructor => constructor.DescendantNodes().OfType<InvocationExpressionSyntax>().Any(call => NameOf(call.Expression) == "RequireAuthorization"));

    private static EndpointAccess OfCallsAfter(InvocationExpressionSyntax call)
    {
        var access = EndpointAccess.Open;
        var last = call;
        while (last.Parent is MemberAccessExpressionSyntax next && next.Expression == last && next.Parent is InvocationExpressionSyntax outer && !MapsHandlerItself(outer))
        {
            access = access.And(Access.OfCall(next.Name, outer.ArgumentList));
            last = outer;
        }
        // var created = app.MapPost(...); created.RequireAuthorization();
        if (last.Parent is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Identifier.ValueText: var name } } && last.FirstAncestorOrSelf<StatementSyntax>()?.Parent is BlockSyntax or GlobalStatementSyntax)
        {
            var holder = last.FirstAncestorOrSelf<StatementSyntax>()!.Parent is GlobalStatementSyntax ? last.SyntaxTree.GetRoot() : last.FirstAncestorOrSelf<StatementSyntax>()!.Parent!;
            foreach (var later in holder.DescendantNodes().OfType<InvocationExpressionSyntax>())
            {
                if (later.Expression is MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: var receiver }, Name: var called } && receiver == name)
                    access = access.And(Access.OfCall(called, later.ArgumentList));
            }
        }
        return access;
    }

    private static bool MapsHandlerItself(InvocationExpressionSyntax call) => NameOf(call.Expression) is { } name && Verbs.ContainsKey(name);

    // app.MapHub<OrderHub>("/hub").RequireAuthorization() says nothing of what else hangs on app.
    private static bool MapsAnything(InvocationExpressionSyntax call)
    {
        for (var link = call; link is not null; link = (link.Expression as MemberAccessExpressionSyntax)?.Expression as InvocationExpressionSyntax)
        {
            if (NameOf(link.Expression)?.StartsWith("Map", StringComparison.Ordinal) == true)
                return true;
        }
        return false;
    }

    private static string? RootOf(ExpressionSyntax chain)
    {
        while (chain is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var receiver } })
            chain = receiver;
        return (chain as IdentifierNameSyntax)?.Identifier.ValueText;
    }

    private static int IndexOf(ParameterListSyntax parameters, string name) => parameters.Parameters.IndexOf(parameter => parameter.Identifier.ValueText == name);

    private static string? TextOf(ExpressionSyntax expression) => expression switch
    {
        LiteralExpressionSyntax { Token.Value: string text } => text,
        InterpolatedStringExpressionSyntax interpolated => string.Concat(interpolated.Contents),
        _ => null,
    };

    private static string? NameOf(SyntaxNode node) => node switch
    {
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        MemberBindingExpressionSyntax binding => binding.Name.Identifier.ValueText,
        _ => null,
    };
}
