using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Payments;

/// <summary>Lists of the states that nothing leaves any more, which forget one.</summary>
internal static class FinalStates
{
    private static readonly HashSet<string> Naming = Words.SetOf("terminal final finalized finished");

    private static readonly HashSet<string> Ends = Words.SetOf("cancelled canceled refunded refund completed complete delivered rejected declined expired failed voided reversed settled returned terminated");

    // Of a payment it is the end that the money came.
    private static readonly HashSet<string> Received = Words.SetOf("paid captured succeeded collected");

    private static readonly HashSet<string> Money = Words.SetOf("payment refund transaction order invoice charge payout");

    // A delivery or a request that failed is tried again.
    private static readonly HashSet<string> NotYet = Words.SetOf("pending requested requires partially awaiting");

    /// <summary>The list of a field or property called so, with the state that it forgets; else null.</summary>
    public static (string First, string Forgotten)? InList(ISymbol list, IEnumerable<SyntaxNode> declarations)
    {
        if (!Words.ContainAny(list.Name, Naming) || StatesOf(list is IFieldSymbol field ? field.Type : ((IPropertySymbol)list).Type) is not { } states)
            return null;
        var named = declarations.SelectMany(declaration => declaration.DescendantNodes()).OfType<MemberAccessExpressionSyntax>().Select(access => access.Name.Identifier.ValueText);
        return Forgotten(named, states, least: 2);
    }

    private static INamedTypeSymbol? StatesOf(ITypeSymbol type) => (type switch
    {
        IArrayTypeSymbol { ElementType: var element } => element,
        INamedTypeSymbol { TypeArguments: [var element] } => element,
        _ => null,
    }) is INamedTypeSymbol { TypeKind: TypeKind.Enum } states && Words.ContainAny(states.Name, Money) ? states : null;

    /// <summary>The pattern that keeps finished payments away from what follows, with the state that it forgets; else null.</summary>
    public static (string First, string Forgotten)? InGuard(IIsPatternOperation match)
    {
        if (match.Pattern is not IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.Or } || (match.Value.WithoutConversions().Type.WithoutNullable() ?? match.Value.Type) is not INamedTypeSymbol { TypeKind: TypeKind.Enum } states || !Words.ContainAny(states.Name, Money)
            || match.Value.WithoutConversions() is not IPropertyReferenceOperation { Property.Name: var name } || Words.Of(name) is not [.., "status" or "state"] || match.Parent is not IConditionalOperation { Syntax: IfStatementSyntax, WhenTrue: var refusal } || !Flow.Leaves(refusal))
            return null;
        var named = match.Pattern.DescendantsAndSelf().OfType<IFieldReferenceOperation>().Select(state => state.Field.Name).ToList();
        return Forgotten(named, states, least: 4);
    }

    /// <summary>What decides by name that a late event is ignored, and protects one final state of several; else null.</summary>
    public static (string First, string Forgotten)? InQuestion(IMethodSymbol method, IOperation body)
    {
        if (method.ReturnType.SpecialType != SpecialType.System_Boolean || !Words.ContainAny(method.Name, Naming) || method.Parameters.FirstOrDefault(parameter => parameter.Type.TypeKind == TypeKind.Enum) is not { Type: INamedTypeSymbol states } current || !Words.ContainAny(states.Name, Money))
            return null;
        var named = new List<string>();
        foreach (var part in body.Descendants())
        {
            switch (part)
            {
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.NotEquals } or INegatedPatternOperation or IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } or ISwitchExpressionOperation or ISwitchOperation:
                case IInvocationOperation:
                    return null;
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals, LeftOperand: var left, RightOperand: var right } when SymbolEqualityComparer.Default.Equals(left.ReferencedSymbol(), current):
                    named.AddRange(right.DescendantsAndSelf().OfType<IFieldReferenceOperation>().Select(state => state.Field.Name));
                    break;
                case IIsPatternOperation { Value: var value, Pattern: var pattern } when SymbolEqualityComparer.Default.Equals(value.ReferencedSymbol(), current):
                    named.AddRange(pattern.DescendantsAndSelf().OfType<IFieldReferenceOperation>().Select(state => state.Field.Name));
                    break;
            }
        }
        return Forgotten(named, states, least: 1);
    }

    // All that is named is an end, and another end is not named.
    private static (string, string)? Forgotten(IEnumerable<string> listed, INamedTypeSymbol states, int least)
    {
        var named = listed.Where(name => states.GetMembers(name).Length > 0).Distinct().ToList();
        var isOfPayments = Words.Of(states.Name).Any(word => word is "payment" or "refund" or "transaction" or "charge" or "payout");
        if (named.Count < least || !named.All(name => IsEnd(name, isOfPayments: true)))
            return null;
        var forgotten = states.GetMembers().Where(state => state is IFieldSymbol { HasConstantValue: true } && !named.Contains(state.Name) && IsEnd(state.Name, isOfPayments)).Select(state => state.Name).ToList();
        return forgotten.Count == 0 ? null : (named[0], forgotten.FirstOrDefault(state => Words.ContainAny(state, Undone)) ?? forgotten[0]);
    }

    // The one that readers understand at once.
    private static readonly HashSet<string> Undone = Words.SetOf("refunded refund cancelled canceled");

    private static bool IsEnd(string state, bool isOfPayments) => (Words.ContainAny(state, Ends) || isOfPayments && Words.ContainAny(state, Received)) && !Words.ContainAny(state, NotYet);
}
