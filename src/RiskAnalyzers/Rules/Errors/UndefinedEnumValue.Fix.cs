namespace RiskAnalyzers.Rules.Errors;

[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class UndefinedEnumValueFix : RiskFix
{
    public UndefinedEnumValueFix() : base("RISK4008", fixAll: true)
    {
    }

    // if (!Enum.TryParse<OrderStatus>(text, out var status)) refuses already: it may refuse what is not defined, too.
    protected override async Task Offer(FixOffer offer)
    {
        if (!offer.Finds<InvocationExpressionSyntax>(out var call) || call.Parent is not PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression, Parent: IfStatementSyntax } refusal)
            return;
        if (call.Expression is not MemberAccessExpressionSyntax { Expression: var owner } || call.ArgumentList.Arguments.LastOrDefault(argument => argument.RefKindKeyword.IsKind(SyntaxKind.OutKeyword)) is not { Expression: var result })
            return;
        var name = result switch
        {
            DeclarationExpressionSyntax { Designation: SingleVariableDesignationSyntax { Identifier.ValueText: var declared } } => declared,
            IdentifierNameSyntax { Identifier.ValueText: var local } => local,
            _ => null,
        };
        var model = await offer.Model().ConfigureAwait(false);
        if (name is null || !model.Compilation.GetSpecialType(SpecialType.System_Enum).GetMembers("IsDefined").Any(member => member is IMethodSymbol { IsGenericMethod: true }))
            return;
        offer.Replace("Refuse what is not defined", refusal, SyntaxFactory.ParseExpression($"{refusal.WithoutTrivia()} || !{owner.WithoutTrivia()}.IsDefined({name})"));
    }
}
