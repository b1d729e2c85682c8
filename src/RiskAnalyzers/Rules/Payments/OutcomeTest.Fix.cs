namespace RiskAnalyzers.Rules.Payments;

/// <summary>Writes the code that stops when a call says that it did not work.</summary>
internal static class OutcomeTest
{
    private static readonly string[] Flags = { "Success", "IsSuccess", "Succeeded", "IsSuccessful", "Successful", "IsApproved", "Approved", "IsValid", "IsPaid" };

    /// <summary>The condition under which the value of the type says no: <c>!value</c> or <c>!value.Success</c>; null where only the reader can tell.</summary>
    public static ExpressionSyntax? Failed(ExpressionSyntax value, ITypeSymbol? type)
    {
        if (type is null)
            return null;
        if (type.SpecialType == SpecialType.System_Boolean)
            return Not(Operand(value));
        for (var ancestor = type; ancestor is not null; ancestor = ancestor.BaseType)
        {
            if (Flags.FirstOrDefault(flag => ancestor.GetMembers(flag).Any(member => member is IPropertySymbol { IsStatic: false, Type.SpecialType: SpecialType.System_Boolean, DeclaredAccessibility: Accessibility.Public })) is { } flag)
                return Not(SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, Operand(value), SyntaxFactory.IdentifierName(flag)));
        }
        return null;
    }

    /// <summary><c>if (condition) throw ...;</c>, in the place and indentation of the statement.</summary>
    public static StatementSyntax Throw(ExpressionSyntax condition, string what) => SyntaxFactory.IfStatement(condition.WithoutTrivia(),
            SyntaxFactory.ParseStatement($"throw new System.InvalidOperationException(\"{what} failed\");").WithLeadingTrivia(SyntaxFactory.ElasticSpace))
        .WithAdditionalAnnotations(Formatter.Annotation);

    private static ExpressionSyntax Not(ExpressionSyntax value) => SyntaxFactory.PrefixUnaryExpression(SyntaxKind.LogicalNotExpression, value);

    private static ExpressionSyntax Operand(ExpressionSyntax value) => value.WithoutTrivia() is var bare && bare is IdentifierNameSyntax or InvocationExpressionSyntax or MemberAccessExpressionSyntax ? bare : SyntaxFactory.ParenthesizedExpression(bare);
}
