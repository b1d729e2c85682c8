using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Accounts;

/// <summary>What becomes of an id that stands for nobody: a line in a log harms no one, and what is compared with it is refused.</summary>
internal static class InventedCallerUses
{
    private static readonly HashSet<string> Notes = Words.SetOf("by log logger name display label partition cache key tag actor audit correlation trace baggage scope enricher telemetry device");

    // A visitor has a cart before an account.
    private static readonly HashSet<string> Visitors = Words.SetOf("guest visitor cart basket carts baskets wishlist limiter");

    public static bool IsHarmless(IOperation whole, IOperation madeUp, OperationVisit visit)
    {
        if (LogCalls.IsLogged(whole) || whole.Ancestors().Any(ancestor => ancestor is IInterpolatedStringOperation))
            return true;
        if (Words.ContainAny(visit.Member.ContainingType?.Name ?? "", Visitors) || Words.ContainAny(visit.Member.Name, Visitors))
            return true;
        if (whole.Target(visit.Member) is not { } target)
            return false;
        switch (target)
        {
            case ILocalSymbol local:
                return IsHarmlessLocal(whole, local, isNobody: IsNobody(madeUp));
            case IParameterSymbol { Name: var name, ContainingSymbol: var called }:
                return Words.ContainAny(name, Notes) || called.Name is "Equals" or "IsNullOrEmpty" || IsNobody(madeUp) && Words.Of(called.Name) is [var verb, ..] && Asking.Contains(verb);
            case IMethodSymbol or IPropertySymbol when SymbolEqualityComparer.Default.Equals(target, (visit.Member as IMethodSymbol)?.AssociatedSymbol ?? visit.Member):
                return IsAudit(target.Name) || IsComparedElsewhere(target, madeUp, visit.Compilation);
            default:
                return IsAudit(target.Name);
        }
    }

    // Nothing is found for an empty id, and no owner equals it.
    private static bool IsNobody(IOperation madeUp) => madeUp.WithoutConversions() is IDefaultValueOperation or IFieldReferenceOperation { Field: { Name: "Empty", ContainingType.Name: "Guid" } };

    private static readonly HashSet<string> Asking = Words.SetOf("get find is any exists can has list search query load");

    private static bool IsAudit(string name) => Words.Of(name) is [.., "by" or "name" or "actor" or "key"] || !Words.Of(name).Any(word => word is "id" or "guid" or "uid" or "user" or "customer" or "owner" or "caller");

    // Read for logs and notes alone, or compared with the made-up value before anything is done.
    private static bool IsHarmlessLocal(IOperation whole, ILocalSymbol local, bool isNobody)
    {
        var isUsed = false;
        foreach (var operation in whole.ScopeOf(local).DescendantsAndSelf())
        {
            if (operation is not ILocalReferenceOperation reference || !SymbolEqualityComparer.Default.Equals(reference.Local, local))
                continue;
            if (IsComparison(reference))
                return true;
            if (isNobody && reference.Parent is IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } or IConversionOperation { Parent: IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } })
                continue;
            isUsed |= !LogCalls.IsLogged(reference) && !IsNote(reference);
        }
        return !isUsed;
    }

    private static bool IsNote(IOperation reference)
    {
        var parent = reference.Parent;
        while (parent is IConversionOperation or IParenthesizedOperation)
            parent = parent.Parent;
        return parent switch
        {
            IInterpolationOperation => true,
            ISimpleAssignmentOperation { Target: var kept } => kept.ReferencedSymbol() is { } symbol && Words.ContainAny(symbol.Name, Notes),
            IArgumentOperation { Parameter.Name: var parameter } => Words.ContainAny(parameter, Notes),
            _ => false,
        };
    }

    private static bool IsComparison(IOperation reference)
    {
        var parent = reference.Parent;
        while (parent is IConversionOperation or IParenthesizedOperation)
            parent = parent.Parent;
        return parent switch
        {
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals or BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.GreaterThan or BinaryOperatorKind.LessThan } compared =>
                IsFixed(compared.LeftOperand) || IsFixed(compared.RightOperand),
            IIsPatternOperation => true,
            IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "IsNullOrEmpty" or "IsNullOrWhiteSpace" or "Equals" or "ThrowIfNullOrEmpty" or "Empty" } } => true,
            _ => false,
        };
    }

    private static bool IsFixed(IOperation operand) => operand.WithoutConversions() is { ConstantValue.HasValue: true } or IFieldReferenceOperation { Field.Name: "Empty" } or IDefaultValueOperation;

    // if (currentUser.UserId == Guid.Empty) return Unauthorized(); somewhere in the project
    private static bool IsComparedElsewhere(ISymbol member, IOperation madeUp, Compilation compilation)
    {
        var fallback = madeUp.Syntax.ToString();
        foreach (var tree in compilation.SyntaxTrees)
        {
            if (!TextSearch.Contains(tree, member.Name))
                continue;
            foreach (var node in tree.GetRoot().DescendantNodes())
            {
                switch (node)
                {
                    case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression or (int)SyntaxKind.LessThanOrEqualExpression or (int)SyntaxKind.GreaterThanExpression } compared
                        when Speaks(compared.Left, member, tree) && IsFallback(compared.Right, fallback) || Speaks(compared.Right, member, tree) && IsFallback(compared.Left, fallback):
                    case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "IsNullOrEmpty" or "IsNullOrWhiteSpace" }, ArgumentList.Arguments: [var asked] } when fallback is "\"\"" or "string.Empty" && Speaks(asked.Expression, member, tree):
                        return true;
                }
            }
        }
        return false;
    }

    private static bool IsFallback(ExpressionSyntax compared, string fallback) => compared.ToString() == fallback || compared is LiteralExpressionSyntax { Token.Value: 0 } or DefaultExpressionSyntax or { RawKind: (int)SyntaxKind.DefaultLiteralExpression } || fallback == "string.Empty" && compared.ToString() == "\"\"";

    // The member itself, or a local that it was read into.
    private static bool Speaks(ExpressionSyntax compared, ISymbol member, SyntaxTree tree)
    {
        if (compared.DescendantTokens().Any(token => token.ValueText == member.Name))
            return true;
        return compared is IdentifierNameSyntax { Identifier.ValueText: var local } && compared.FirstAncestorOrSelf<MemberDeclarationSyntax>()?.DescendantNodes().OfType<VariableDeclaratorSyntax>()
            .Any(declarator => declarator.Identifier.ValueText == local && declarator.Initializer?.DescendantTokens().Any(token => token.ValueText == member.Name) == true) == true;
    }
}
