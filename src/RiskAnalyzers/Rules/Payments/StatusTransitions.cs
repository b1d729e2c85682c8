using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Payments;

/// <summary>One method that moves a state on, and what it lets through.</summary>
/// <param name="Method">The method.</param>
/// <param name="At">The assignment of the new state.</param>
/// <param name="State">The property or field that holds the state.</param>
/// <param name="Target">The state that it ends in, or null where the caller names it.</param>
/// <param name="Demands">Whether the method demands certain states of the past, or asks a helper that does.</param>
/// <param name="Refused">The states that it refuses by name.</param>
/// <param name="Reads">Whether the method reads the state in any way before.</param>
/// <param name="Guard">The question by which it refuses the first of them.</param>
internal sealed record StatusTransition(IMethodSymbol Method, SyntaxNode At, ISymbol State, string? Target, bool Demands, HashSet<string> Refused, bool Reads, SyntaxNode? Guard);

/// <summary>Reads the transitions of a type off its methods: by syntax and symbols, so that it costs one look a type.</summary>
internal static class StatusTransitions
{
    private static readonly HashSet<string> Guards = Words.SetOf("can ensure require requires assert guard check validate verify demand is must throw allow transition");

    // Members that make, load or replay a state rather than move it on.
    private static readonly HashSet<string> Makers = Words.SetOf("create initialize init restore load apply when on map from build seed reset clone hydrate register import sync new make start open");

    // Whatever is called a status or a state has one of these in its name.
    private static readonly string[] Spelled = { "tatus", "tate" };

    // Status = OrderStatus.Shipped, UpdateStatus(OrderStatus.Shipped), MoveTo(OrderStatus.Shipped)
    private static readonly string[] Moving = { "tatus", "tate", "To(" };

    public static IEnumerable<StatusTransition> Of(INamedTypeSymbol type, Compilation compilation, CancellationToken cancellation)
    {
        if (!type.DeclaringSyntaxReferences.Any(part => TextSearch.ContainsAny(part.SyntaxTree, Spelled)))
            yield break;
        foreach (var method in type.GetMembers().OfType<IMethodSymbol>())
        {
            if (method.MethodKind != MethodKind.Ordinary || method.IsStatic || method.DeclaredAccessibility is Accessibility.Private || Words.Of(method.Name) is [var verb, ..] && Makers.Contains(verb))
                continue;
            // SetPaymentFailed is a step; SetStatus takes what it is given, and SetShippingAddress sets something else.
            var isSetter = Words.Of(method.Name) is ["set", ..];
            foreach (var reference in method.DeclaringSyntaxReferences)
            {
                var declaration = reference.GetSyntax(cancellation);
                if (!TextSearch.ContainsAny(declaration, Moving))
                    continue;
                foreach (var assignment in Assignments(declaration, type))
                {
                    if (Read(method, declaration, assignment, compilation, cancellation) is { } transition && (!isSetter || transition.Target is { } target && Words.Of(target) is [.., var last] && Words.Of(method.Name).Contains(last)))
                        yield return transition;
                }
            }
        }
    }

    // Status = OrderStatus.Shipped; or UpdateStatus(OrderStatus.Shipped) of the same type; of several states one each.
    private static IEnumerable<ExpressionSyntax> Assignments(SyntaxNode declaration, INamedTypeSymbol type)
    {
        var found = new Dictionary<string, ExpressionSyntax?>(StringComparer.Ordinal);
        foreach (var assignment in declaration.DescendantNodes(node => node is not (LambdaExpressionSyntax or InitializerExpressionSyntax)).OfType<ExpressionSyntax>())
        {
            var state = assignment switch
            {
                AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Left: var left } => Name(left) is { } name && Words.Of(name) is [.., "status" or "state"] ? name : null,
                InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: var setter }, ArgumentList.Arguments: [{ Expression: MemberAccessExpressionSyntax }, ..] } => Words.Of(setter) is ["update" or "set" or "change" or "move" or "transition", .., "status" or "state" or "to"] && !type.GetMembers(setter).IsEmpty ? setter : null,
                _ => null,
            };
            // Several outcomes of one state in one method are a decision, not a transition.
            if (state is not null)
                found[state] = found.ContainsKey(state) ? null : assignment;
        }
        return found.Values.OfType<ExpressionSyntax>();
    }

    // var old = Status; Status = Paid; Raise(new StatusChanged(old, Status)): kept for the record, and nothing was asked.
    private static bool IsKeptForLater(IdentifierNameSyntax mention, SyntaxNode declaration, SyntaxNode move)
    {
        SyntaxNode value = mention.Parent is MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } access ? access : mention;
        return value.Parent is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Identifier.ValueText: var kept } }
            && !declaration.DescendantNodes().Any(node => node is IdentifierNameSyntax { Identifier.ValueText: var name } && name == kept && node.SpanStart < move.SpanStart);
    }

    private static StatusTransition? Read(IMethodSymbol method, SyntaxNode declaration, ExpressionSyntax move, Compilation compilation, CancellationToken cancellation)
    {
#pragma warning disable RS1030 // One look a type, and only where a state is assigned.
        var model = compilation.GetSemanticModel(declaration.SyntaxTree);
#pragma warning restore RS1030
        var (left, right) = move switch
        {
            AssignmentExpressionSyntax set => (set.Left, set.Right),
            InvocationExpressionSyntax { ArgumentList.Arguments: [var first, ..] } call => (SetBy(Name(call.Expression)!, method.ContainingType), first.Expression),
            _ => (null, null),
        };
        if (left is null || right is null)
            return null;
        var state = left.SyntaxTree == declaration.SyntaxTree ? model.GetSymbolInfo(left, cancellation).Symbol : method.ContainingType.GetMembers(Name(left)!).FirstOrDefault();
        if (state is not (IPropertySymbol or IFieldSymbol))
            return null;
        var states = state is IPropertySymbol property ? property.Type : ((IFieldSymbol)state).Type;
        if (states.TypeKind != TypeKind.Enum)
            return null;
        string? target = null;
        switch (model.GetSymbolInfo(right, cancellation).Symbol)
        {
            case IFieldSymbol { ContainingType.TypeKind: TypeKind.Enum } member:
                target = member.Name;
                break;
            case IParameterSymbol:
                break;
            default:
                return null;
        }
        var refused = new HashSet<string>(StringComparer.Ordinal);
        SyntaxNode? guard = null;
        var demands = false;
        var stateName = Name(left)!;
        foreach (var node in declaration.DescendantNodes())
        {
            if (node.SpanStart >= move.SpanStart)
                break;
            switch (node)
            {
                case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.NotEqualsExpression } unlike when Name(unlike.Left) == stateName || Name(unlike.Right) == stateName:
                    demands = true;
                    break;
                // A refund that asks for the payment's state does not ask for the order's.
                case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.NotEqualsExpression } other when Name(other.Left) is { } beside && Words.Of(beside) is [.., "status" or "state"]:
                    demands = true;
                    break;
                // "Status is OrderStatus.Paid" reads like a type until somebody binds it.
                case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.IsExpression } like when Name(like.Left) == stateName:
                    Collect(like, like.Right);
                    break;
                case IsPatternExpressionSyntax match when Name(match.Expression) == stateName:
                    demands |= match.Pattern is UnaryPatternSyntax || match.Pattern.DescendantNodesAndSelf().Any(part => part is UnaryPatternSyntax);
                    foreach (var constant in match.Pattern.DescendantNodesAndSelf().OfType<ConstantPatternSyntax>())
                        Collect(match, constant.Expression);
                    break;
                case SwitchExpressionSyntax choice when Name(choice.GoverningExpression) == stateName:
                case SwitchStatementSyntax { Expression: var asked } when Name(asked) == stateName:
                    demands = true;
                    break;
                case InvocationExpressionSyntax call when Name(call.Expression) is { } called && (Words.Of(called) is [var verb, ..] && Guards.Contains(verb) && verb != "throw" || called is "Contains" && call.ToString().Contains(stateName)) && !called.StartsWith("ThrowIf", StringComparison.Ordinal) && called is not ("IsNullOrEmpty" or "IsNullOrWhiteSpace"):
                case IdentifierNameSyntax { Identifier.ValueText: var property2, Parent: not InvocationExpressionSyntax } when Words.Of(property2) is ["can" or "is", ..] && method.ContainingType.GetMembers(property2).Any(member => member is IPropertySymbol):
                    demands = true;
                    break;
            }
        }
        var reads = declaration.DescendantNodes().Any(node => node is IdentifierNameSyntax { Identifier.ValueText: var read } mention && read == stateName && node.SpanStart < move.SpanStart && !IsKeptForLater(mention, declaration, move));
        return new StatusTransition(method, move, state.OriginalDefinition, target, demands, refused, reads, guard);

        // "if (Status == X) throw" refuses X; "if (Status == X) { Status = Y; }" demands it.
        void Collect(SyntaxNode condition, ExpressionSyntax constant)
        {
            var statement = condition.FirstAncestorOrSelf<IfStatementSyntax>();
            if (statement is not null && statement.Statement.Span.Contains(move.Span) && !condition.Ancestors().TakeWhile(node => node != statement).Any(node => node is PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression })
                || condition.Ancestors().TakeWhile(node => node is not StatementSyntax).Any(node => node is PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression }))
            {
                demands = true;
                return;
            }
            if (Name(constant) is { } name && refused.Add(name))
                guard ??= statement?.Condition;
        }
    }

    // What the setter of the same type assigns.
    private static ExpressionSyntax? SetBy(string setter, INamedTypeSymbol type) => type.GetMembers(setter).SelectMany(member => member.DeclaringSyntaxReferences)
        .SelectMany(reference => reference.GetSyntax().DescendantNodes().OfType<AssignmentExpressionSyntax>()).Select(assignment => assignment.Left)
        .FirstOrDefault(target => Name(target) is { } name && Words.Of(name) is [.., "status" or "state"]);

    private static string? Name(ExpressionSyntax expression) => expression switch
    {
        IdentifierNameSyntax identifier => identifier.Identifier.ValueText,
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        ParenthesizedExpressionSyntax inner => Name(inner.Expression),
        _ => null,
    };
}
