using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Payments;

/// <summary>Calls that move the state of a payment or order on, where neither the caller nor the method called looks at the state before.</summary>
internal static class BlindTransitions
{
    private static readonly HashSet<string> Entities = Words.SetOf("payment refund invoice installment intent charge payout order transaction settlement booking subscription");

    private static readonly HashSet<string> Moves = Words.SetOf("mark complete confirm fail cancel refund settle pay approve reject capture authorize void expire");

    private static readonly HashSet<string> Setters = Words.SetOf("set update change move transition");

    /// <summary>What the call lets through: the target, or null where the request names it; null where somebody looks.</summary>
    public static (IPropertySymbol State, string? Target)? Of(IInvocationOperation call, ISymbol member, RequestData requests)
    {
        if (call is not { Instance: ILocalReferenceOperation or IParameterReferenceOperation, TargetMethod: { ContainingType: { TypeKind: TypeKind.Class } type } method } || Words.Of(method.Name) is not [var verb, ..] words || method.ReturnType.Name is "Task" or "ValueTask" || !Words.ContainAny(type.Name, Entities))
            return null;
        var isGiven = Setters.Contains(verb) && words.Any(word => word is "status" or "state") && call.Arguments.Any(argument => IsGiven(argument.Value, requests));
        if (!isGiven && !Moves.Contains(verb) || method.DeclaringSyntaxReferences is not [var reference] || StateOf(reference.GetSyntax(), type, isGiven) is not var (state, target) || call.Instance.ReferencedSymbol() is not { } owner)
            return null;
        return IsFirst(call, owner) && !IsNew(call.Instance) && !IsAsked(call, owner, state, member) ? (state, target) : null;
    }

    // order.UpdateStatus(request.Status), or what Enum.TryParse made of it.
    private static bool IsGiven(IOperation value, RequestData requests) => value.WithoutConversions() is { Type.TypeKind: TypeKind.Enum } state && (state is IPropertyReferenceOperation && requests.Holds(state)
        || state is ILocalReferenceOperation { Local: var local } && state.EnclosingFunction().DescendantsInFunction().Any(operation => operation is IInvocationOperation { TargetMethod: { Name: "TryParse", ContainingType.Name: "Enum" } } parse && parse.Mentions(local)));

    // By syntax: what the method assigns, where it does not read it before.
    private static (IPropertySymbol, string?)? StateOf(SyntaxNode declaration, INamedTypeSymbol type, bool isGiven)
    {
        (IPropertySymbol, string?)? found = null;
        foreach (var node in declaration.DescendantNodes())
        {
            switch (node)
            {
                case AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Left: var left, Right: var right } when Named(left) is { } name && Words.Of(name) is [.., "status" or "state"]:
                    if (found is not null || type.GetMembers(name).FirstOrDefault() is not IPropertySymbol { Type.TypeKind: TypeKind.Enum } state)
                        return null;
                    if (right is MemberAccessExpressionSyntax { Name.Identifier.ValueText: var target } ? isGiven : !isGiven || right is not IdentifierNameSyntax)
                        return null;
                    found = (state, right is MemberAccessExpressionSyntax access ? access.Name.Identifier.ValueText : null);
                    break;
                // Whoever asks or hands the state on has looked; what is kept for the record has not.
                case IfStatementSyntax or SwitchStatementSyntax or SwitchExpressionSyntax or ConditionalExpressionSyntax:
                    return null;
                case InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: var called } } when Words.Of(called) is ["ensure" or "can" or "guard" or "require" or "check" or "validate" or "assert" or "throw" or "transition", ..]:
                    return null;
            }
        }
        return found;
    }

    private static string? Named(ExpressionSyntax left) => left switch
    {
        IdentifierNameSyntax identifier => identifier.Identifier.ValueText,
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax, Name.Identifier.ValueText: var own } => own,
        _ => null,
    };

    private static bool IsFirst(IInvocationOperation call, ISymbol owner) => !call.EnclosingFunction().DescendantsInFunction().OfType<IInvocationOperation>().Any(other => other.Syntax.SpanStart < call.Syntax.SpanStart
        && SymbolEqualityComparer.Default.Equals(other.Instance?.ReferencedSymbol(), owner) && Words.Of(other.TargetMethod.Name) is [var verb, ..] && Moves.Contains(verb));

    // Made here, or taken out of a query for many, which chose them by their state.
    private static bool IsNew(IOperation owner) => owner is ILocalReferenceOperation { Local: var local } reference && (Flow.InitialValue(reference) is not { } initial ? !IsAssignedLater(reference, local)
        : initial is IObjectCreationOperation or IInvocationOperation { TargetMethod.IsStatic: true, Instance: null } and not IInvocationOperation { TargetMethod.IsExtensionMethod: true });

    private static bool IsAssignedLater(IOperation reference, ILocalSymbol local) => reference.EnclosingFunction().DescendantsInFunction().Any(operation => operation is ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: var set } } && SymbolEqualityComparer.Default.Equals(set, local));

    private static bool IsAsked(IInvocationOperation call, ISymbol owner, IPropertySymbol state, ISymbol member)
    {
        foreach (var operation in call.WholeBody().Descendants())
        {
            switch (operation)
            {
                case IPropertyReferenceOperation { Property: var read } asked when SymbolEqualityComparer.Default.Equals(read, state) && !asked.IsAssigned() && !LogCalls.IsLogged(asked) && operation.Syntax.SpanStart < call.Syntax.SpanStart:
                case IPropertyReferenceOperation { Property: { Type.SpecialType: SpecialType.System_Boolean, Name: var question }, Instance: { } holder } when Words.Of(question) is ["is" or "can" or "has", ..] && SymbolEqualityComparer.Default.Equals(holder.ReferencedSymbol(), owner):
                case IInvocationOperation { TargetMethod.Name: var guard } inquiry when inquiry != call && Words.Of(guard) is ["can" or "ensure" or "is" or "validate" or "check" or "guard" or "require", ..] && (SymbolEqualityComparer.Default.Equals(inquiry.Instance?.ReferencedSymbol(), owner) || inquiry.Arguments.Any(argument => SymbolEqualityComparer.Default.Equals(argument.Value.ReferencedSymbol(), owner))):
                    return true;
            }
        }
        return owner is IParameterSymbol && IsAskedByCallers(member, state.Name);
    }

    // A helper is handed a record that its callers may have looked at.
    private static bool IsAskedByCallers(ISymbol member, string state)
    {
        if (member.DeclaredAccessibility != Accessibility.Private)
            return true;
        foreach (var reference in member.ContainingType.DeclaringSyntaxReferences)
        {
            if (reference.GetSyntax() is TypeDeclarationSyntax type && type.Members.OfType<MethodDeclarationSyntax>().Any(method => method.Identifier.ValueText != member.Name && method.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name => name.Identifier.ValueText == member.Name)
                && method.DescendantNodes().Any(node => node is MemberAccessExpressionSyntax { Name.Identifier.ValueText: var read, Parent: BinaryExpressionSyntax or IsPatternExpressionSyntax } && read == state)))
                return true;
        }
        return false;
    }
}
