using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Payments;

/// <summary>Prices and limits that a form sets and others buy by: <c>MaxOrderQuantity</c>, <c>UsageLimit</c>, <c>Price</c>.</summary>
internal static class StoredLimits
{
    private static readonly HashSet<string> Bounds = Words.SetOf("max maximum limit cap");

    private static readonly HashSet<string> Goods = Words.SetOf("quantity qty order orders uses usage usages redemptions amount discount purchase items per user customer");

    private static readonly HashSet<string> Carts = Words.SetOf("cart basket");

    private static readonly HashSet<string> Prices = Words.SetOf("price");

    // How a list is read, or how a price is shown or searched.
    private static readonly HashSet<string> Others = Words.SetOf("page size results rows length file upload filter from to old overridden compare original adjustment change delta");

    /// <summary>What goes wrong with a number of that name that nobody bounds; null where it is none that others buy by.</summary>
    public static string? KindOf(string name)
    {
        var words = Words.Of(name);
        if (words.IsEmpty || words.HaveAny(Others))
            return null;
        if (words.HaveAny(Bounds))
            return words.HaveAny(Goods) ? "nothing refuses zero, less or far too much: a limit that stops nobody, or everybody" : null;
        // PointCost, PointsRequired: a price in points.
        return words[words.Length - 1] == "price" && words.Length <= 2 || words is ["point" or "points" or "credit" or "credits", "cost" or "price" or "required" or "needed"] or ["cost" or "price", "in", "points" or "credits"] or ["required", "points"] ? "nothing refuses zero or less: what costs nothing is given away" : null;
    }

    /// <summary>Whether the number is kept under the same name on a row that others buy by.</summary>
    public static bool EndsIn(Destination destination, IPropertySymbol sent) => destination is { Symbol: IPropertySymbol { ContainingType: { TypeKind: TypeKind.Class } type, Name: var name }, Owner: ISimpleAssignmentOperation, Factor: null }
        && name == sent.Name && !SymbolEqualityComparer.Default.Equals(type, sent.ContainingType) && StoredRows.IsKept(type) && !RequestData.IsCarrier(type) && Words.Of(type.Name) is not [.., "dto" or "request" or "response" or "model" or "command" or "line" or "item" or "detail"];

    /// <summary>Whether the number goes into a cart by a method of the cart that does not look how many are too many: <c>cart.AddItem(product.Id, quantity)</c>.</summary>
    public static bool IsPutInCart(Destination destination) => destination is { Symbol: IParameterSymbol { ContainingSymbol: IMethodSymbol { ReturnType.Name: not ("Task" or "ValueTask"), ContainingType: { TypeKind: TypeKind.Class } holder } method }, Owner: IInvocationOperation { Instance: ILocalReferenceOperation or IParameterReferenceOperation } }
        && Words.ContainAny(holder.Name, Carts) && StoredRows.IsKept(holder) && Words.Of(method.Name) is ["add" or "update" or "set" or "increase" or "put" or "change", ..] && !Caps(method, destination.Symbol.Name);

    /// <summary>Whether the cart adds the number to what its line holds: <c>cart.AddItem(product.Id, quantity)</c>.</summary>
    public static bool IsAddedToCart(Destination destination) => IsPutInCart(destination) && destination.Symbol.ContainingSymbol is { Name: var name } && Words.Of(name) is ["add" or "increase", ..];

    /// <summary>The comparison of the number with the stock, where what the cart holds of it already is compared with nothing; else null.</summary>
    public static IOperation? ComparedAlone(IOperation body, ISymbol quantity, IOperation added)
    {
        IOperation? compared = null;
        foreach (var operation in body.DescendantsAndSelf())
        {
            if (operation.Syntax.SpanStart >= added.Syntax.SpanStart)
                continue;
            switch (operation)
            {
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } sum when sum.Mentions(quantity):
                // What is there is read before.
                case IPropertyReferenceOperation { Property: var held } when Words.ContainAny(held.Name, Quantities) && !SymbolEqualityComparer.Default.Equals(held, quantity) && Words.ContainAny(held.ContainingType.Name, Carts):
                case IInvocationOperation { TargetMethod: { Name: var asked, ContainingType.Name: var owner } } when Words.ContainAny(owner, Carts) && Words.ContainAny(asked, Quantities):
                    return null;
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.LessThan or BinaryOperatorKind.GreaterThan or BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.GreaterThanOrEqual } comparison
                    when comparison.Mentions(quantity) && comparison.DescendantsAndSelf().Any(part => part is IPropertyReferenceOperation { Property.Name: var stock } && Words.ContainAny(stock, Stocks)):
                case IInvocationOperation { Type.SpecialType: SpecialType.System_Boolean, TargetMethod.Name: var called } question when Words.ContainAny(called, Stocks) && question.Arguments.Any(argument => argument.Value.Mentions(quantity)):
                    compared ??= operation;
                    break;
            }
        }
        return compared;
    }

    private static readonly HashSet<string> Stocks = Words.SetOf("stock inventory onhand available");

    // if (quantity > MaxPerLine) throw
    private static bool Caps(IMethodSymbol method, string quantity) => method.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax().DescendantNodes().Any(node => node switch
    {
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.GreaterThanExpression or (int)SyntaxKind.GreaterThanOrEqualExpression, Left: var more } => Names(more),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LessThanExpression or (int)SyntaxKind.LessThanOrEqualExpression, Right: var more } => Names(more),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Min" or "Clamp" or "ThrowIfGreaterThan" } } call => call.ArgumentList.Arguments.Any(argument => Names(argument.Expression)),
        _ => false,
    } && node.ToString().Contains(quantity)));

    private static bool Names(ExpressionSyntax side) => side.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(name => Words.ContainAny(name.Identifier.ValueText, Quantities));

    private static readonly HashSet<string> Quantities = Words.SetOf("quantity qty count");
}
