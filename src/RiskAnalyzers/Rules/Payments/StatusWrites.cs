using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Payments;

/// <summary>What stands before a state is written: the states that the code refuses by name, and whether it demands or asks more than that.</summary>
/// <param name="Refused">The refused states.</param>
/// <param name="First">The first comparison that refuses one.</param>
/// <param name="Demands">Whether certain states are demanded, or somebody else decides.</param>
internal sealed record StatusReads(HashSet<string> Refused, IOperation? First, bool Demands);

/// <summary>Reads what a function asks of a state before it writes it.</summary>
internal static class StatusWrites
{
    private static readonly HashSet<string> Views = Words.SetOf("model dto request response search filter query view result settings option options criteria message event command info summary notification args context");

    /// <summary>The written state, where the assignment moves the state of something that was there before: <c>order.Status = ...</c>; else null.</summary>
    public static (IPropertySymbol State, ISymbol? Owner)? Of(ISimpleAssignmentOperation assignment)
    {
        if (assignment.Target is not IPropertyReferenceOperation { Property: { Type: INamedTypeSymbol { TypeKind: TypeKind.Enum } } state, Instance: { } owner } || Words.Of(state.Name) is not [.., "status" or "state"])
            return null;
        if (owner is IInstanceReferenceOperation)
            return ((IInstanceReferenceOperation)owner).ReferenceKind == InstanceReferenceKind.ContainingTypeInstance ? (state, null) : null;
        if (Words.ContainAny(state.ContainingType.Name, Views) || owner.WithoutConversions() is not (ILocalReferenceOperation or IParameterReferenceOperation or IPropertyReferenceOperation) || owner.ReferencedSymbol() is not { } symbol)
            return null;
        return owner.WithoutConversions() is ILocalReferenceOperation local && Flow.InitialValue(local) is IObjectCreationOperation && !IsSetAgain(local) ? null : (state, symbol);
    }

    // var order = new Order(); ... order = await orders.FindAsync(id);
    private static bool IsSetAgain(ILocalReferenceOperation local) => local.ScopeOf(local.Local).Descendants().Any(operation => operation is ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: var set }, Value: var value }
        && SymbolEqualityComparer.Default.Equals(set, local.Local) && value.WithoutAwait() is not IObjectCreationOperation);

    /// <summary>What the function asks of the state before the assignment.</summary>
    public static StatusReads Before(ISimpleAssignmentOperation assignment, IPropertySymbol state, ISymbol? owner)
    {
        var refused = new HashSet<string>(StringComparer.Ordinal);
        IOperation? first = null;
        foreach (var operation in assignment.EnclosingFunction().DescendantsInFunction())
        {
            if (operation.Syntax.SpanStart >= assignment.Syntax.SpanStart)
                break;
            if (operation is IInvocationOperation guard && IsGuard(guard, owner))
                return new(refused, first, Demands: true);
            if (operation is not IPropertyReferenceOperation { Property: var read, Instance: { } instance } || operation.IsAssigned() || LogCalls.IsLogged(operation))
                continue;
            if (owner is null ? instance is not IInstanceReferenceOperation : !SymbolEqualityComparer.Default.Equals(instance.ReferencedSymbol(), owner))
                continue;
            if (!SymbolEqualityComparer.Default.Equals(read, state))
            {
                // order.IsClosed, order.CanBePaid: a question that knows the states.
                if (read.Type.SpecialType == SpecialType.System_Boolean && Words.Of(read.Name) is ["is" or "can" or "has" or "allows", ..])
                    return new(refused, first, Demands: true);
                continue;
            }
            if (operation.Parent is IVariableInitializerOperation or IArgumentOperation { Parent: IObjectCreationOperation } or IInterpolationOperation)
                continue;
            if (Refuses(operation, assignment) is not { } names)
                return new(refused, first, Demands: true);
            refused.UnionWith(names);
            first ??= operation.Parent;
        }
        return new(refused, first, Demands: false);
    }

    /// <summary>Whether another method of the type asks about the state before it writes it.</summary>
    public static bool AreAskedBefore(IMethodSymbol method, string state)
    {
        foreach (var reference in method.ContainingType.DeclaringSyntaxReferences)
        {
            // Top-level code is a whole file.
            if (reference.GetSyntax() is not TypeDeclarationSyntax type)
                continue;
            foreach (var member in type.Members)
            {
                if (member is MethodDeclarationSyntax other && other.Identifier.ValueText != method.Name && Asks(other, state))
                    return true;
            }
        }
        return false;
    }

    private static bool Asks(MethodDeclarationSyntax method, string state)
    {
        var asked = -1;
        foreach (var node in method.DescendantNodes())
        {
            switch (node)
            {
                case IfStatementSyntax { Condition: var condition } when asked < 0 && condition.DescendantNodesAndSelf().Any(part => Names(part, state) && part.Parent is BinaryExpressionSyntax or IsPatternExpressionSyntax):
                    asked = node.SpanStart;
                    break;
                case AssignmentExpressionSyntax { Left: var left } when asked >= 0 && Names(left, state):
                    return true;
            }
        }
        return false;
    }

    private static bool Names(SyntaxNode node, string state) => node is MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name, Expression: IdentifierNameSyntax } && name == state;

    private static readonly HashSet<string> Guards = Words.SetOf("can ensure require requires assert guard check validate verify demand must transition fire");

    private static bool IsGuard(IInvocationOperation call, ISymbol? owner) => Words.Of(call.TargetMethod.Name) is [var verb, ..] words && Guards.Contains(verb) && (words.Any(word => word is "status" or "state" or "transition") || owner is null
        || SymbolEqualityComparer.Default.Equals(call.Instance?.ReferencedSymbol(), owner) || call.Arguments.Any(argument => argument.Value.Type?.TypeKind == TypeKind.Enum));

    // The states that a comparison keeps away from the assignment; null where it asks for certain states, or something else.
    private static IEnumerable<string>? Refuses(IOperation read, IOperation assignment)
    {
        var value = read;
        while (value.Parent is IConversionOperation)
            value = value.Parent;
        var (names, isEqual) = value.Parent switch
        {
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } equal => (Named(equal.LeftOperand == value ? equal.RightOperand : equal.LeftOperand), true),
            IBinaryOperation { OperatorKind: BinaryOperatorKind.NotEquals } unequal => (Named(unequal.LeftOperand == value ? unequal.RightOperand : unequal.LeftOperand), false),
            IIsPatternOperation { Pattern: var pattern } => (Named(pattern), pattern is not INegatedPatternOperation),
            _ => (null, true),
        };
        if (names is null)
            return null;
        var condition = value.Parent!;
        for (var ancestor = condition.Parent; ancestor is not null; ancestor = ancestor.Parent)
        {
            switch (ancestor)
            {
                case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not }:
                    isEqual = !isEqual;
                    break;
                case IConditionalOperation branch when branch.Condition.Syntax.Span.Contains(condition.Syntax.Span):
                    var isInside = branch.WhenTrue.Syntax.Span.Contains(assignment.Syntax.Span);
                    // Equal and inside is a demand; equal and left is a refusal. What does neither says nothing.
                    return isInside ? isEqual ? null : names : Flow.Leaves(branch.WhenTrue) ? isEqual ? names : null : Enumerable.Empty<string>();
                case IBinaryOperation or IParenthesizedOperation or IConversionOperation:
                    break;
                default:
                    return null;
            }
        }
        return null;
    }

    private static List<string>? Named(IOperation value)
    {
        var names = new List<string>();
        foreach (var part in value.DescendantsAndSelf())
        {
            switch (part)
            {
                case IFieldReferenceOperation { Field: { ContainingType.TypeKind: TypeKind.Enum } state }:
                    names.Add(state.Name);
                    break;
                case ILocalReferenceOperation or IParameterReferenceOperation or IInvocationOperation or IPropertyReferenceOperation:
                    return null;
            }
        }
        return names.Count == 0 ? null : names;
    }
}
