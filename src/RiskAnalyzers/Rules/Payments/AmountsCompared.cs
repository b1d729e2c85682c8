using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Payments;

/// <summary>Whether code has an amount, and whether it compares one with another.</summary>
internal static class AmountsCompared
{
    private static readonly HashSet<string> Amounts = Words.SetOf("amount amounts total totals price cents sum due currency subtotal");

    private static readonly HashSet<string> Comparing = Words.SetOf("verify validate compare match matches ensure equals check covers same");

    /// <summary>Whether the type has a member that says how much.</summary>
    public static bool HasAmount(ITypeSymbol? type)
    {
        for (var ancestor = type as INamedTypeSymbol; ancestor is { SpecialType: SpecialType.None }; ancestor = ancestor.BaseType)
        {
            if (ancestor.GetMembers().Any(member => member is IPropertySymbol { IsStatic: false } property && IsAmount(property.Name) && property.Type.WithoutNullable()?.SpecialType is not SpecialType.System_Boolean))
                return true;
        }
        return false;
    }

    /// <summary>Whether an answer from outside with an amount in it is at hand in the function.</summary>
    public static bool Arrives(IOperation function, IOperation body) => function.DescendantsInFunction().Concat(body.DescendantsInFunction()).Any(operation => operation is ILocalReferenceOperation { Local: { Type: INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct } type, Name: var name } } && (IsAnswer(type.Name) || IsAnswer(name)) && (HasAmount(type)
        || type.GetMembers().Any(member => member is IPropertySymbol { Type: INamedTypeSymbol { TypeKind: TypeKind.Class } inner } && HasAmount(inner))));

    private static bool IsAnswer(string name) => Words.ContainAny(name, Answers);

    private static readonly HashSet<string> Answers = Words.SetOf("response answer data payload webhook transaction transfer event notification callback ipn result");

    /// <summary>Whether the code compares an amount with something that is no constant.</summary>
    public static bool In(IOperation code) => code.DescendantsAndSelf().Any(operation => operation switch
    {
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals or BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual, LeftOperand: var left, RightOperand: var right }
            => !left.WithoutConversions().ConstantValue.HasValue && !right.WithoutConversions().ConstantValue.HasValue && (SaysAmount(left) || SaysAmount(right)),
        IInvocationOperation call => Words.Of(call.TargetMethod.Name) is var words && words.HaveAny(Comparing) && (words.HaveAny(Amounts) || call.TargetMethod.Name is "Equals" or "Compare" or "CompareTo" && (call.Instance is { } owner && SaysAmount(owner) || call.Arguments.Any(argument => SaysAmount(argument.Value)))),
        _ => false,
    });

    /// <summary>Whether another method of the type that runs this one compares amounts in its own text.</summary>
    public static bool ByCallers(IMethodSymbol method) => method.ContainingType.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax()).OfType<TypeDeclarationSyntax>().SelectMany(type => type.Members.OfType<MethodDeclarationSyntax>())
        .Any(caller => caller.Identifier.ValueText != method.Name && caller.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name => name.Identifier.ValueText == method.Name)
            && caller.DescendantNodes().OfType<BinaryExpressionSyntax>().Any(comparison => comparison.RawKind is (int)SyntaxKind.NotEqualsExpression or (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.LessThanExpression or (int)SyntaxKind.GreaterThanExpression or (int)SyntaxKind.LessThanOrEqualExpression or (int)SyntaxKind.GreaterThanOrEqualExpression
                && comparison.Right is not LiteralExpressionSyntax && comparison.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name => IsAmount(name.Identifier.ValueText))));

    private static bool SaysAmount(IOperation value) => value.DescendantsAndSelf().Any(part => part.ReferencedSymbol() is IPropertySymbol or ILocalSymbol or IParameterSymbol or IFieldSymbol && IsAmount(part.ReferencedSymbol()!.Name));

    /// <summary>Whether the name says how much.</summary>
    public static bool IsAmount(string name) => Words.ContainAny(name, Amounts);
}
