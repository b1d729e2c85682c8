using Microsoft.CodeAnalysis.Simplification;

namespace RiskAnalyzers.Rules.Accounts;

[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class VariableTimeComparisonFix : RiskFix
{
    public VariableTimeComparisonFix() : base("RISK3010", fixAll: true)
    {
    }

    protected override async Task Offer(FixOffer offer)
    {
        var node = offer.Root.FindNode(offer.Diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
        if (OperandsOf(node) is not var (left, right, negated))
            return;
        var model = await offer.Model().ConfigureAwait(false);
        if (model.Compilation.GetTypeByMetadataName("System.Security.Cryptography.CryptographicOperations") is null || Bytes(model, left) is not { } first || Bytes(model, right) is not { } second)
            return;
        ExpressionSyntax equal = SyntaxFactory.InvocationExpression(
            Member("System.Security.Cryptography.CryptographicOperations", "FixedTimeEquals"),
            SyntaxFactory.ArgumentList(SyntaxFactory.SeparatedList(new[] { SyntaxFactory.Argument(first), SyntaxFactory.Argument(second) })));
        offer.Replace("Compare in fixed time", node, negated ? SyntaxFactory.PrefixUnaryExpression(SyntaxKind.LogicalNotExpression, equal) : equal);
    }

    private static (ExpressionSyntax Left, ExpressionSyntax Right, bool Negated)? OperandsOf(SyntaxNode node) => node switch
    {
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression } equal => (equal.Left, equal.Right, false),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.NotEqualsExpression } unequal => (unequal.Left, unequal.Right, true),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "Equals" or "SequenceEqual", Expression: var receiver }, ArgumentList.Arguments: [var argument] }
            when receiver is not PredefinedTypeSyntax => (receiver, argument.Expression, false),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "Equals", Expression: PredefinedTypeSyntax }, ArgumentList.Arguments: [var first, var second] } =>
            (first.Expression, second.Expression, false),
        _ => null,
    };

    // Text that may be null has no bytes, and null is no proof: that takes a thought, not a fix.
    private static ExpressionSyntax? Bytes(SemanticModel model, ExpressionSyntax value)
    {
        var type = model.GetTypeInfo(value);
        if (type.Nullability.FlowState == NullableFlowState.MaybeNull)
            return null;
        value = value.WithoutTrivia();
        if (type.Type is IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_Byte })
            return value;
        if (type.Type is not { SpecialType: SpecialType.System_String })
            return null;
        var encoding = SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, Member("System.Text.Encoding", "UTF8"), SyntaxFactory.IdentifierName("GetBytes"));
        return SyntaxFactory.InvocationExpression(encoding, SyntaxFactory.ArgumentList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Argument(value))));
    }

    private static MemberAccessExpressionSyntax Member(string type, string member) => SyntaxFactory.MemberAccessExpression(
        SyntaxKind.SimpleMemberAccessExpression, SyntaxFactory.ParseName(type).WithAdditionalAnnotations(Simplifier.Annotation), SyntaxFactory.IdentifierName(member));
}
