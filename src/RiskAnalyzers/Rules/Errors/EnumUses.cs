using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Errors;

/// <summary>What becomes of an enum's value that was read from a text or a number: whether it is stored, and whether somebody asked if there is such a value.</summary>
internal static class EnumUses
{
    private static readonly HashSet<string> Storing = Words.SetOf("set update change transition mark move advance apply assign create add switch put register insert");

    // What only carries the value on to a question.
    private static readonly HashSet<string> Asking = Words.SetOf("filter query queries criteria specification spec search options response dto view model vm params parameters pagination sort setting settings config configuration");

    private static readonly HashSet<string> Checking = Words.SetOf("can is allowed valid validate ensure check verify defined permitted supports supported");

    /// <summary>Whether the value ends in a member of something that is kept, or in a call that changes something.</summary>
    public static bool IsStored(IOperation value, IOperation made)
    {
        if (value != made && value.ReferencedSymbol() is ILocalSymbol local)
            return value.EnclosingFunction().DescendantsInFunction().Any(operation => operation is ILocalReferenceOperation use && use.Syntax.SpanStart > value.Syntax.SpanStart && SymbolEqualityComparer.Default.Equals(use.Local, local) && IsKept(use));
        if (value != made)
            return value.ReferencedSymbol() is IPropertySymbol or IFieldSymbol;
        var outer = Outward(value);
        if (outer.Parent is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var declared } declarator })
            return declarator.EnclosingFunction().DescendantsInFunction().Any(operation => operation is ILocalReferenceOperation use && SymbolEqualityComparer.Default.Equals(use.Local, declared) && IsKept(use));
        return IsKept(value);
    }

    /// <summary>Whether the function asks if the value is one that is allowed, at least one that is defined.</summary>
    public static bool IsLookedAt(IOperation value, IOperation made)
    {
        var symbol = value != made ? value.ReferencedSymbol() : (Outward(value).Parent is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } ? declarator.Symbol : null);
        foreach (var operation in made.EnclosingFunction().DescendantsInFunction())
        {
            switch (operation)
            {
                case IInvocationOperation { TargetMethod.Name: "IsDefined" or "GetNames" or "GetValues" or "IsInEnum" }:
                    return true;
                case IInvocationOperation call when symbol is not null && call != made && (call.TargetMethod.Name is "Contains" or "ContainsKey" or "TryGetValue" || Words.Of(call.TargetMethod.Name).HaveAny(Checking) || Refuses(call, symbol)) && call.Arguments.Any(argument => argument.Value.Mentions(symbol)):
                    return true;
                case ISwitchOperation { Value: var chosen } when symbol is not null && chosen.Mentions(symbol):
                case ISwitchExpressionOperation { Value: var matched } when symbol is not null && matched.Mentions(symbol):
                    return true;
                // if (status is not (A or B)) return, if (status != A && status != B) throw
                case IConditionalOperation { Condition: var condition, WhenTrue: var leaving } when symbol is not null && Flow.Leaves(leaving) && Compares(condition, symbol):
                    return true;
            }
        }
        return false;
    }

    private static bool Compares(IOperation condition, ISymbol symbol) => condition.DescendantsAndSelf().Any(part => part is IIsPatternOperation { Value: var tested } && tested.Mentions(symbol)
        || part is IBinaryOperation { OperatorKind: BinaryOperatorKind.NotEquals or BinaryOperatorKind.LessThan or BinaryOperatorKind.GreaterThan } comparison && (comparison.LeftOperand.Mentions(symbol) || comparison.RightOperand.Mentions(symbol)));

    // order.SetStatus(status), which throws where the step is not allowed.
    private static bool Refuses(IInvocationOperation call, ISymbol symbol)
    {
        if (call.TargetMethod.DeclaringSyntaxReferences is not [var declared, ..] || call.Arguments.FirstOrDefault(argument => argument.Value.Mentions(symbol))?.Parameter is not { Name: var name })
            return false;
        var body = declared.GetSyntax();
        return body.DescendantNodes().Any(node => node is ThrowStatementSyntax or ThrowExpressionSyntax or InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "IsDefined" } })
            && body.DescendantNodes().Any(node => node switch
            {
                IfStatementSyntax { Condition: var condition } => Names(condition, name),
                SwitchStatementSyntax { Expression: var chosen } => Names(chosen, name),
                SwitchExpressionSyntax { GoverningExpression: var matched } => Names(matched, name),
                _ => false,
            });
    }

    private static bool Names(SyntaxNode node, string name) => node.DescendantNodesAndSelf().Any(part => part is IdentifierNameSyntax { Identifier.ValueText: var found } && found == name);

    private static bool IsKept(IOperation value)
    {
        var outer = Outward(value);
        switch (outer.Parent)
        {
            case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation or IFieldReferenceOperation, Target: IMemberReferenceOperation { Member.ContainingType: { } owner } } assignment when assignment.Value == outer:
                return !owner.IsAnonymousType && !Words.ContainAny(owner.Name, Asking);
            case IArgumentOperation { Parent: IInvocationOperation call }:
                return !LogCalls.IsLog(call) && Words.Of(call.TargetMethod.Name) is [var verb, ..] && Storing.Contains(verb) && call.TargetMethod.ContainingType is { } type && type.RootNamespace() is not ("System" or "Microsoft");
            case IArgumentOperation { Parent: IObjectCreationOperation { Type: { } made } }:
                return made.IsOfTheProduct() && !Words.ContainAny(made.Name, Asking);
            default:
                return false;
        }
    }

    private static IOperation Outward(IOperation value)
    {
        while (value.Parent is IConversionOperation or IParenthesizedOperation or ICoalesceOperation or IConditionalOperation { Syntax: ConditionalExpressionSyntax })
            value = value.Parent;
        return value;
    }
}
