using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Accounts;

/// <summary>
/// Follows what a header said, by syntax alone, from the read through locals and helper methods to a use that decides: a comparison, a look-up key, a limiter,
/// a list. The helper may stand in one file and its caller in another, so binding every use would cost more than it tells.
/// </summary>
internal sealed class HeaderFlow
{
    private const int MostFiles = 40;

    private static readonly HashSet<string> Deciding = Words.SetOf(
        "rate limit limiter limiting throttle throttled block blocked blocklist ban banned allow allowed allowlist whitelist whitelisted blacklist blacklisted trusted trust is check verify validate permitted attempt attempts acquire fraud risk "
        + "geo country contains exists partition lockout lock cache authorize suspicious abuse quota try increment internal register");

    private static readonly HashSet<string> Logging = Words.SetOf("log logger information warning error debug trace critical audit console write span activity tag telemetry metrics");

    private static readonly HashSet<string> Passing = new(StringComparer.Ordinal)
    {
        "ToString", "FirstOrDefault", "First", "Last", "LastOrDefault", "Split", "Trim", "TrimStart", "TrimEnd", "Single", "SingleOrDefault", "Select", "Where", "ToArray", "ToList", "ToLowerInvariant", "ToLower", "MapToIPv4", "Substring",
    };

    private const int MostHops = 4;

    // A value that is set from itself, and two helpers that call each other, are followed once.
    private readonly HashSet<SyntaxNode> _seen = new();
    private readonly Compilation _compilation;
    private readonly CancellationToken _cancellation;

    public HeaderFlow(Compilation compilation, CancellationToken cancellation)
    {
        _compilation = compilation;
        _cancellation = cancellation;
    }

    /// <summary>Whether the value decides something.</summary>
    public bool Decides(SyntaxNode value) => Decides(value, MostHops);

    /// <summary>Whether the value is used at all beyond logs and tests for nothing.</summary>
    public bool IsUsed(SyntaxNode value) => IsUsed(value, MostHops);

    private bool IsUsed(SyntaxNode value, int depth)
    {
        if (depth == 0 || !_seen.Add(value))
            return false;
        return UsesOf(value) is { } uses ? uses.Any(use => IsUsed(use, depth - 1)) : !IsLogged(value) && !IsTestForNothing(value);
    }

    private bool Decides(SyntaxNode value, int depth)
    {
        if (depth == 0 || !_seen.Add(value))
            return false;
        var node = value;
        while (node.Parent is { } parent)
        {
            _cancellation.ThrowIfCancellationRequested();
            switch (parent)
            {
                case ParenthesizedExpressionSyntax or ConditionalAccessExpressionSyntax or CastExpressionSyntax or PostfixUnaryExpressionSyntax or InterpolationSyntax or InterpolatedStringExpressionSyntax or AwaitExpressionSyntax or MemberBindingExpressionSyntax:
                case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression or (int)SyntaxKind.AddExpression }:
                case ElementAccessExpressionSyntax access when access.Expression == node:
                case ConditionalExpressionSyntax choice when choice.Condition != node:
                case InvocationExpressionSyntax:
                case MemberAccessExpressionSyntax { Parent: not InvocationExpressionSyntax }:
                    node = parent;
                    continue;
                case MemberAccessExpressionSyntax { Name.Identifier.ValueText: var method }:
                    node = parent;
                    if (Passing.Contains(method))
                        continue;
                    return method is "Contains" or "StartsWith" or "EndsWith" or "Equals" or "Any" or "IndexOf";
                case ArgumentSyntax argument:
                    switch (OfArgument(argument, depth))
                    {
                        case null:
                            node = argument.Parent!.Parent!;
                            continue;
                        case var result:
                            return result.Value;
                    }
                case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression } comparison:
                    return !IsNothing(comparison.Left == node ? comparison.Right : comparison.Left);
                case IsPatternExpressionSyntax match:
                    return match.Pattern.DescendantNodesAndSelf().OfType<LiteralExpressionSyntax>().Any(literal => literal.Token.Value is string { Length: > 0 });
                case SwitchExpressionSyntax @switch when @switch.GoverningExpression == node:
                case SwitchStatementSyntax:
                    return true;
                case AssignmentExpressionSyntax { Left: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "RemoteIpAddress" or "User" } }:
                    return true;
                default:
                    return UsesOf(node) is { } uses && uses.Any(use => Decides(use, depth - 1));
            }
        }
        return false;
    }

    // Null: the value goes on through the call.
    private bool? OfArgument(ArgumentSyntax argument, int depth)
    {
        switch (argument.Parent?.Parent)
        {
            case ElementAccessExpressionSyntax:
                return true;
            case InvocationExpressionSyntax call:
                var name = call.Expression is MemberAccessExpressionSyntax access ? access.Name.Identifier.ValueText : call.Expression.ToString();
                if (name is "IsNullOrEmpty" or "IsNullOrWhiteSpace" || IsLog(call))
                    return false;
                if (name is "Parse" or "Concat" or "Join" or "Format")
                    return null;
                if (name == "TryParse")
                    return OutOf(call) is { } parsed && NamedUses(parsed, call).Any(use => Decides(use, depth - 1));
                return Words.ContainAny(name, Deciding) || (call.Expression is MemberAccessExpressionSyntax { Expression: var receiver } && Words.ContainAny(receiver.ToString(), Deciding) && receiver.ToString().Length < 60);
            default:
                return false;
        }
    }

    // Where the value is stored or returned: the uses of that name. Null where it is neither.
    private IEnumerable<SyntaxNode>? UsesOf(SyntaxNode value)
    {
        var node = value;
        while (node.Parent is { } parent)
        {
            switch (parent)
            {
                case EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax declarator }:
                    return NamedUses(declarator.Identifier.ValueText, declarator);
                case AssignmentExpressionSyntax { Left: IdentifierNameSyntax local } assignment when assignment.Right == node:
                    return NamedUses(local.Identifier.ValueText, assignment);
                case ReturnStatementSyntax or ArrowExpressionClauseSyntax:
                    return HelperUses(parent);
                case ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { } call } when OutOf(call) is { } taken && call.Expression.ToString().IndexOf("TryGetValue", StringComparison.Ordinal) >= 0:
                    return NamedUses(taken, call);
                case BinaryExpressionSyntax { RawKind: not ((int)SyntaxKind.CoalesceExpression or (int)SyntaxKind.AddExpression) } or LambdaExpressionSyntax or AssignmentExpressionSyntax or PrefixUnaryExpressionSyntax or IsPatternExpressionSyntax:
                    return null;
                case ExpressionSyntax or InterpolationSyntax:
                    node = parent;
                    continue;
                case ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Parse" } } or ObjectCreationExpressionSyntax { Type: IdentifierNameSyntax { Identifier.ValueText: "Guid" or "Uri" } } }:
                    node = parent.Parent!.Parent!;
                    continue;
                default:
                    return null;
            }
        }
        return null;
    }

    /// <summary>The uses of a local after the place that sets it.</summary>
    public static IEnumerable<SyntaxNode> NamedUses(string name, SyntaxNode place)
    {
        var scope = place.Ancestors().FirstOrDefault(ancestor => ancestor is MemberDeclarationSyntax and not GlobalStatementSyntax or CompilationUnitSyntax);
        return scope is null ? Enumerable.Empty<SyntaxNode>() : scope.DescendantNodes().Where(node =>
            node is IdentifierNameSyntax identifier && identifier.Identifier.ValueText == name && node.SpanStart > place.SpanStart && !(node.Parent is AssignmentExpressionSyntax assignment && assignment.Left == node)
            && !(node.Parent is MemberAccessExpressionSyntax access && access.Name == node));
    }

    private IEnumerable<SyntaxNode> HelperUses(SyntaxNode result)
    {
        var helper = result.Ancestors().FirstOrDefault(ancestor => ancestor is MethodDeclarationSyntax or PropertyDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax);
        var name = helper switch
        {
            MethodDeclarationSyntax method => method.Identifier.ValueText,
            PropertyDeclarationSyntax property => property.Identifier.ValueText,
            LocalFunctionStatementSyntax function => function.Identifier.ValueText,
            _ => null,
        };
        if (name is null)
            yield break;
        var files = 0;
        foreach (var tree in _compilation.SyntaxTrees)
        {
            if (files == MostFiles)
                yield break;
            if (!TextSearch.Contains(tree, name))
                continue;
            files++;
            foreach (var node in tree.GetRoot(_cancellation).DescendantNodes())
            {
                if (node is IdentifierNameSyntax identifier && identifier.Identifier.ValueText == name && !helper!.Contains(node) && node.Parent is not NameEqualsSyntax)
                    yield return identifier.Parent is MemberAccessExpressionSyntax access && access.Name == identifier ? access.Parent is InvocationExpressionSyntax outer ? outer : access : identifier.Parent is InvocationExpressionSyntax call ? call : identifier;
            }
        }
    }

    /// <summary>The local that a call gives its answer to: <c>out var value</c>.</summary>
    public static string? OutOf(InvocationExpressionSyntax call)
    {
        foreach (var argument in call.ArgumentList.Arguments)
        {
            if (argument.RefOrOutKeyword.IsKind(SyntaxKind.OutKeyword))
                return argument.Expression switch
                {
                    DeclarationExpressionSyntax { Designation: SingleVariableDesignationSyntax designation } => designation.Identifier.ValueText,
                    IdentifierNameSyntax local => local.Identifier.ValueText,
                    _ => null,
                };
        }
        return null;
    }

    private static bool IsLogged(SyntaxNode value) => value.Ancestors().TakeWhile(ancestor => ancestor is not StatementSyntax).OfType<InvocationExpressionSyntax>().Any(IsLog);

    private static bool IsTestForNothing(SyntaxNode value) => value.Ancestors().TakeWhile(ancestor => ancestor is not StatementSyntax).Any(ancestor =>
        ancestor is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "IsNullOrEmpty" or "IsNullOrWhiteSpace" } }
        || ancestor is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression } comparison && (IsNothing(comparison.Left) || IsNothing(comparison.Right)));

    private static bool IsLog(InvocationExpressionSyntax call) => call.Expression is MemberAccessExpressionSyntax access && (Words.ContainAny(access.Name.Identifier.ValueText, Logging) || access.Expression.ToString() is { Length: < 40 } receiver && Words.ContainAny(receiver, Logging));

    private static bool IsNothing(ExpressionSyntax value) => value is LiteralExpressionSyntax { Token.Value: null or "" } || value.ToString() is "string.Empty" or "null" or "default" or "StringValues.Empty";
}
