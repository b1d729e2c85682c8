using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Resilience;

/// <summary>
/// Follows the size of a page from the query that takes it to whoever chooses it: callers by name, senders of a message by its type. Read from syntax, tree by
/// tree, and only once a query is found whose size nothing beside it limits.
/// </summary>
internal static class PageSizes
{
    private const int Hops = 5;

    private static readonly HashSet<string> Names = new("pagesize size limit take perpage itemsperpage pagelength resultsperpage recordsperpage rows rowsperpage top count maxresults maxitems maxcount pagelimit topn maxrecords".Split(' '), StringComparer.OrdinalIgnoreCase);

    private static readonly HashSet<string> Limiting = Words.SetOf("min clamp limit normalize normalise cap bound bounded validate validated sanitize sanitise ensure guard check safe coerce restrict");

    private static readonly HashSet<string> Ceilings = Words.SetOf("max maximum limit cap ceiling upper allowed hundred");

    private static readonly HashSet<string> Carriers = Words.SetOf("query request dto filter filters params parameters param command model options criteria search input pagination paging paged page spec specification");

    private static readonly HashSet<string> Dispatched = Words.SetOf("Handle HandleAsync Consume ConsumeAsync Execute ExecuteAsync");

    /// <summary>Whether the name is what the number of rows of a page is called.</summary>
    public static bool IsNamed(string name) => Names.Contains(name.Replace("_", ""));

    /// <summary>The name of an endpoint that anybody may call and from which the size comes with no limit on the way; null where none is found.</summary>
    public static string? ChosenBy(SyntaxNode query, Compilation compilation, Endpoints endpoints, Validations validations) =>
        FunctionAround(query) is { } function ? Chooser(function, Hops, new HashSet<SyntaxNode>(), compilation, endpoints, validations) : null;

    private static string? Chooser(SyntaxNode function, int hops, HashSet<SyntaxNode> seen, Compilation compilation, Endpoints endpoints, Validations validations)
    {
        if (!seen.Add(function) || Limits(function))
            return null;
        var type = function.FirstAncestorOrSelf<TypeDeclarationSyntax>();
        var name = NameOf(function);
        if (EndpointOf(function, type, name, compilation, endpoints) is { } endpoint)
            return endpoint.LetsAnybodyIn && !AreLimited(function, compilation, validations) ? name ?? endpoint.Route : null;
        if (hops == 0 || AreLimited(function, compilation, validations))
            return null;
        foreach (var caller in CallersOf(function, type, name, compilation))
        {
            if (Chooser(caller, hops - 1, seen, compilation, endpoints, validations) is { } chooser)
                return chooser;
        }
        return null;
    }

    private static IEnumerable<SyntaxNode> CallersOf(SyntaxNode function, TypeDeclarationSyntax? type, string? name, Compilation compilation)
    {
        var made = function is ConstructorDeclarationSyntax or ParameterListSyntax ? type?.Identifier.ValueText : null;
        var sent = name is null || !Dispatched.Contains(name) ? new List<string>() : ParametersOf(function).Select(parameter => TypeNames.Of(parameter.Type)).OfType<string>().Where(IsCarrier).ToList();
        var called = made is null && sent.Count == 0 ? name : null;
        foreach (var tree in compilation.SyntaxTrees)
        {
            if (!(called is not null && TextSearch.Contains(tree, called) || made is not null && TextSearch.Contains(tree, made) || sent.Exists(each => TextSearch.Contains(tree, each))))
                continue;
            foreach (var token in tree.GetRoot().DescendantTokens())
            {
                if (!token.IsKind(SyntaxKind.IdentifierToken) || token.Parent is not SimpleNameSyntax mention)
                    continue;
                if (token.ValueText == called ? CallOf(mention) is { } call && call.ArgumentList.Arguments.Any(Carries) : token.ValueText == made ? mention.FirstAncestorOrSelf<ObjectCreationExpressionSyntax>() is { ArgumentList: { } given } creation && creation.Type.Span.Contains(mention.Span) && given.Arguments.Any(Carries) : sent.Contains(token.ValueText) && IsSender(mention))
                {
                    if (FunctionAround(mention) is { } caller)
                        yield return caller;
                }
            }
        }
    }

    // A message that is made, or that the request is bound to.
    private static bool IsSender(SimpleNameSyntax mention) => mention.Ancestors().Take(3).Any(ancestor => ancestor is ObjectCreationExpressionSyntax creation && creation.Type.Span.Contains(mention.Span) || ancestor is ParameterSyntax { Parent.Parent: var owner } && !Dispatched.Contains(NameOf(owner!) ?? ""));

    private static InvocationExpressionSyntax? CallOf(SimpleNameSyntax name) => name.Parent is InvocationExpressionSyntax direct && direct.Expression == name ? direct
        : name.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } access && access.Name == name && call.Expression == access ? call
        : name.Parent is MemberBindingExpressionSyntax { Parent: InvocationExpressionSyntax bound } ? bound : null;

    // Handed on: the size by its name, or what holds it.
    private static bool Carries(ArgumentSyntax argument) => argument.Expression.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(name => IsNamed(name.Identifier.ValueText) || IsCarrier(name.Identifier.ValueText) || name.Identifier.ValueText is "q" or "p" or "dto");

    private static bool IsCarrier(string name) => Words.Of(name) is { IsEmpty: false } words && Carriers.Contains(words[words.Length - 1]);

    private static SyntaxNode? FunctionAround(SyntaxNode node)
    {
        for (var current = node.Parent; current is not null; current = current.Parent)
        {
            switch (current)
            {
                case BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax:
                    return current;
                // What a lambda of a query does belongs to the function around it; the handler of a route is one of its own.
                case AnonymousFunctionExpressionSyntax { Parent: ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var mapped } } } } when mapped.StartsWith("Map", StringComparison.Ordinal):
                    return current;
            }
        }
        return null;
    }

    private static IEnumerable<ParameterSyntax> ParametersOf(SyntaxNode function) => function switch
    {
        BaseMethodDeclarationSyntax method => method.ParameterList.Parameters,
        LocalFunctionStatementSyntax local => local.ParameterList.Parameters,
        ParenthesizedLambdaExpressionSyntax lambda => lambda.ParameterList.Parameters,
        _ => Enumerable.Empty<ParameterSyntax>(),
    };

    private static string? NameOf(SyntaxNode function) => function switch
    {
        MethodDeclarationSyntax method => method.Identifier.ValueText,
        LocalFunctionStatementSyntax local => local.Identifier.ValueText,
        _ => null,
    };

    private static Endpoint? EndpointOf(SyntaxNode function, TypeDeclarationSyntax? type, string? name, Compilation compilation, Endpoints endpoints)
    {
        if (function is AnonymousFunctionExpressionSyntax)
            return endpoints.OfLambda(function);
        if (type is null || name is null)
            return null;
        foreach (var method in compilation.GetSymbolsWithName(type.Identifier.ValueText, SymbolFilter.Type).OfType<INamedTypeSymbol>().SelectMany(each => each.GetMembers(name)).OfType<IMethodSymbol>())
        {
            if (method.DeclaringSyntaxReferences.Any(reference => reference.SyntaxTree == function.SyntaxTree && reference.Span == function.Span))
                return endpoints.Of(method);
        }
        return null;
    }

    // Math.Min(pageSize, 100), pageSize > MaxPageSize, [Range(1, 100)] int pageSize
    private static bool Limits(SyntaxNode code)
    {
        foreach (var token in code.DescendantTokens())
        {
            if (!token.IsKind(SyntaxKind.IdentifierToken) || !(IsNamed(token.ValueText) || token.ValueText == "value"))
                continue;
            var value = token.Parent;
            if (value is ParameterSyntax { AttributeLists: { Count: > 0 } attributes } && attributes.Any(list => list.Attributes.Any(IsRange)))
                return true;
            while (value?.Parent is MemberAccessExpressionSyntax access && access.Name == value || value?.Parent is ParenthesizedExpressionSyntax or CastExpressionSyntax or BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression })
                value = value.Parent;
            if (value?.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Value" } nullable)
                value = nullable;
            switch (value?.Parent)
            {
                case ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } when Words.ContainAny(LastName(call.Expression), Limiting):
                case MemberAccessExpressionSyntax { Name.Identifier.ValueText: var asked, Parent: InvocationExpressionSyntax } when Words.ContainAny(asked, Limiting):
                case BinaryExpressionSyntax comparison when IsCeiling(comparison.Left == value ? comparison.Right : comparison.Left) && comparison.Kind() is SyntaxKind.GreaterThanExpression or SyntaxKind.GreaterThanOrEqualExpression or SyntaxKind.LessThanExpression or SyntaxKind.LessThanOrEqualExpression:
                case IsPatternExpressionSyntax match when match.Pattern.DescendantNodesAndSelf().OfType<RelationalPatternSyntax>().Any(pattern => IsCeiling(pattern.Expression)):
                case SwitchExpressionSyntax choice when choice.Arms.Any(arm => arm.Pattern.DescendantNodesAndSelf().OfType<RelationalPatternSyntax>().Any(pattern => IsCeiling(pattern.Expression))):
                    return true;
            }
        }
        return false;
    }

    private static bool IsRange(AttributeSyntax attribute) => TypeNames.Of(attribute.Name) is "Range" or "RangeAttribute" && attribute.ArgumentList?.Arguments is [.., { Expression: var end }] && end.ToString().IndexOf("MaxValue", StringComparison.Ordinal) < 0
        || attribute.Name.ToString() is var name && name.IndexOf("Max", StringComparison.Ordinal) >= 0 && name.IndexOf("Length", StringComparison.Ordinal) < 0;

    private static string LastName(ExpressionSyntax called) => called switch { MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText, SimpleNameSyntax simple => simple.Identifier.ValueText, _ => "" };

    private static bool IsCeiling(ExpressionSyntax other) => other switch
    {
        LiteralExpressionSyntax { Token.Value: int number } => number > 1,
        SimpleNameSyntax or MemberAccessExpressionSyntax => other.ToString().IndexOf("MaxValue", StringComparison.Ordinal) < 0 && Words.ContainAny(other.ToString(), Ceilings),
        _ => false,
    };

    // The types that carry the size limit it themselves: by a range, a setter, or a rule of their validator.
    private static bool AreLimited(SyntaxNode function, Compilation compilation, Validations validations)
    {
        foreach (var carrier in ParametersOf(function).Select(parameter => TypeNames.Of(parameter.Type)).OfType<string>().Where(IsCarrier))
        {
            foreach (var type in compilation.GetSymbolsWithName(carrier, SymbolFilter.Type).OfType<INamedTypeSymbol>())
            {
                for (var ancestor = type; ancestor is { DeclaringSyntaxReferences.IsEmpty: false }; ancestor = ancestor.BaseType)
                {
                    if (ancestor.GetMembers().OfType<IPropertySymbol>().Any(property => IsNamed(property.Name) && ((validations.Constrain(property) & Bounds.Upper) != 0 || property.DeclaringSyntaxReferences.Any(reference => Limits(reference.GetSyntax())))))
                        return true;
                }
            }
        }
        return false;
    }
}
