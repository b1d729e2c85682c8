using RiskAnalyzers.Language;
using RiskAnalyzers.Rules.Payments;

namespace RiskAnalyzers.Rules.Money;

/// <summary>A price that was true when something was put into the cart, and that an order is made with later.</summary>
internal sealed class StalePrice : RiskRule
{
    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK1018",
        title: "An old price is charged",
        message: "'{0}' {1}; ask what the product costs where the order is made, and tell the customer where it has changed",
        why: "A cart lives for weeks, and prices do not. Who fills it before a price goes up, or while a price is wrong, buys at that price for as long as the cart lives.",
        severity: DiagnosticSeverity.Info);

    private static readonly HashSet<string> Carts = Words.SetOf("cart basket");

    private static readonly HashSet<string> Prices = Words.SetOf("price");

    private static readonly HashSet<string> Goods = Words.SetOf("product variant sku article catalog item book offer plan pricing prices");

    private static readonly HashSet<string> Ordering = Words.SetOf("order orders checkout purchase confirm place payment pay");

    private static readonly HashSet<string> Quantities = Words.SetOf("quantity qty count units amount");

    public StalePrice() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        on.Operation(CheckOrder, OperationKind.PropertyReference);
        on.Operation(CheckMore, OperationKind.Conditional);
    }

    // new OrderItem { UnitPrice = item.UnitPrice } of the cart's items.
    private static void CheckOrder(OperationVisit visit)
    {
        var read = (IPropertyReferenceOperation)visit.Operation;
        if (read.Property is not { Name: var name, SetMethod: not null, ContainingType: { } line } || !IsPrice(name) || !Words.ContainAny(line.Name, Carts) || Words.Of(line.Name) is not ([.., "item" or "line" or "entry" or "product" or "detail"] or [.., "item" or "line", "dto"]) || read.IsAssigned())
            return;
        if (!(visit.Member is IMethodSymbol method && (Words.ContainAny(method.Name, Ordering) || Words.ContainAny(method.ContainingType.Name, Ordering))) || !IsForOrder(read) || AsksAgain(visit.Body, read))
            return;
        if (visit.Body.Descendants().FirstOrDefault(operation => operation is IPropertyReferenceOperation { Property: var other } && SymbolEqualityComparer.Default.Equals(other, read.Property) && IsForOrder(operation)) == read)
            visit.Report(read, read.Syntax.ToString(), "is what the cart remembers, and nothing here asks what the product costs now: a cart of last month buys at last month's price");
    }

    private static bool IsPrice(string name) => Words.Of(name) is [.., "price"] words && words.Length <= 2 && words[0] is not ("total" or "old" or "list" or "original");

    // Straight into a line of the order: its price, or what its maker takes for it.
    private static bool IsForOrder(IOperation read)
    {
        var value = read;
        while (value.Parent is IConversionOperation or IParenthesizedOperation or ICoalesceOperation)
            value = value.Parent;
        // basket.Items.Sum(i => i.Price * i.Quantity), and the sum is what the provider is asked for.
        if (value.Parent is IBinaryOperation { OperatorKind: BinaryOperatorKind.Multiply } && read.Ancestor<IInvocationOperation>() is { TargetMethod.Name: "Sum" })
            return ValueFlow.Of(read).Any(destination => destination is { Symbol: IParameterSymbol, Owner: IInvocationOperation { TargetMethod.Name: var asked } charge } && (Language.Payments.MovesMoney(charge) || Words.Of(asked) is ["create", ..] && Words.ContainAny(asked, Charging)));
        return value.Parent switch
        {
            ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: { Name: var name, ContainingType.Name: var type } } } assignment => assignment.Value.DescendantsAndSelf().Contains(value) && IsPrice(name) && IsOfOrder(type),
            IArgumentOperation { Parameter: { Name: var given, ContainingSymbol: IMethodSymbol { ContainingType.Name: var type } } } => Words.ContainAny(given, Prices) && IsOfOrder(type),
            _ => false,
        };
    }

    private static readonly HashSet<string> Charging = Words.SetOf("intent session payment charge");

    private static bool IsOfOrder(string type) => Words.ContainAny(type, Orders) && Words.Of(type) is not [.., "dto" or "response" or "model" or "view" or "vm"];

    private static readonly HashSet<string> Orders = Words.SetOf("order purchase sale");

    // product.Price, or anybody who is asked for prices.
    private static bool AsksAgain(IOperation body, IPropertyReferenceOperation read) => body.Descendants().Any(operation => operation switch
    {
        IPropertyReferenceOperation { Property: { Name: var name, ContainingType: { } owner } } => IsPrice(name) && !SymbolEqualityComparer.Default.Equals(owner, read.Property.ContainingType) && Words.ContainAny(owner.Name, Goods) && !IsOfOrder(owner.Name) && !Words.ContainAny(owner.Name, Carts),
        IInvocationOperation { TargetMethod: { Name: var asked, ContainingType.Name: var service } } => Words.ContainAny(asked, Pricing) || Words.ContainAny(service, Pricing),
        _ => false,
    });

    private static readonly HashSet<string> Pricing = Words.SetOf("price prices pricing reprice revalidate recalculate");

    // if (existing != null) existing.Quantity += quantity; else lines.Add(new CartItem(product, quantity, price));
    private static void CheckMore(OperationVisit visit)
    {
        var choice = (IConditionalOperation)visit.Operation;
        if (choice.Syntax is not IfStatementSyntax || Found(choice.Condition) is not var (existing, isThere) || existing.Type is not INamedTypeSymbol line || !line.GetMembers().Any(member => member is IPropertySymbol { SetMethod: not null, Name: var name } && IsPrice(name)))
            return;
        if (!(Words.ContainAny(line.Name, Carts) || Words.ContainAny(line.Name, Orders)))
            return;
        var (more, rest) = isThere ? (choice.WhenTrue, choice.WhenFalse) : (choice.WhenFalse, choice.WhenTrue);
        if (more is null || Raised(more, existing) is not { } raise || SpeaksOfPrice(more) || IsFoundByPrice(choice, existing))
            return;
        if ((rest is not null ? rest.Descendants() : choice.EnclosingFunction().DescendantsInFunction().Where(operation => operation.Syntax.SpanStart > choice.Syntax.Span.End)).Any(operation => MakesWithPrice(operation, line)))
            visit.Report(raise, Excerpt.Of(raise), "adds to a line and leaves its price as it was: what is added today is sold at the price of then");
    }

    private static (ILocalSymbol Existing, bool IsThere)? Found(IOperation condition) => condition.WithoutConversions() switch
    {
        IBinaryOperation { OperatorKind: BinaryOperatorKind.NotEquals, LeftOperand: var left, RightOperand: var right } when right.IsNull() && left.WithoutConversions() is ILocalReferenceOperation { Local: var local } => (local, true),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals, LeftOperand: var left, RightOperand: var right } when right.IsNull() && left.WithoutConversions() is ILocalReferenceOperation { Local: var local } => (local, false),
        IIsPatternOperation { Value: var value, Pattern: INegatedPatternOperation { Pattern: IConstantPatternOperation } } when value.WithoutConversions() is ILocalReferenceOperation { Local: var local } => (local, true),
        IIsPatternOperation { Value: var value, Pattern: IConstantPatternOperation } when value.WithoutConversions() is ILocalReferenceOperation { Local: var local } => (local, false),
        _ => null,
    };

    // existing.Quantity += quantity, existing.IncreaseQuantity(quantity)
    private static IOperation? Raised(IOperation branch, ILocalSymbol existing) => branch.DescendantsAndSelf().FirstOrDefault(operation => operation switch
    {
        IAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: var set, Instance: ILocalReferenceOperation { Local: var holder } } } => SymbolEqualityComparer.Default.Equals(holder, existing) && Words.ContainAny(set, Quantities),
        IInvocationOperation { Instance: ILocalReferenceOperation { Local: var holder }, TargetMethod.Name: var called } => SymbolEqualityComparer.Default.Equals(holder, existing) && Words.ContainAny(called, Quantities),
        _ => false,
    });

    private static bool IsFoundByPrice(IOperation choice, ILocalSymbol existing) => choice.EnclosingFunction().DescendantsInFunction().Any(operation => operation is IVariableDeclaratorOperation declared && SymbolEqualityComparer.Default.Equals(declared.Symbol, existing) && declared.GetVariableInitializer() is { Value: var found } && found.Descendants().Any(part => part.ReferencedSymbol() is { } symbol && Words.ContainAny(symbol.Name, Prices)));

    private static bool SpeaksOfPrice(IOperation branch) => branch.DescendantsAndSelf().Any(operation => operation.ReferencedSymbol() is { } symbol && Words.ContainAny(symbol.Name, Pricing) || operation is IInvocationOperation { TargetMethod.Name: var called } && Words.ContainAny(called, Pricing));

    // new CartItem(id, quantity, unitPrice), new CartItem { UnitPrice = product.Price }, OrderItem.Create(id, quantity, unitPrice)
    private static bool MakesWithPrice(IOperation operation, INamedTypeSymbol line) => operation switch
    {
        IObjectCreationOperation { Type: { } made } creation => SymbolEqualityComparer.Default.Equals(made, line) && (creation.Arguments.Any(argument => argument.Parameter is { Name: var given } && Words.ContainAny(given, Prices))
            || creation.Initializer?.Initializers.Any(each => each is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: var set } } && IsPrice(set)) == true),
        IInvocationOperation { TargetMethod: { IsStatic: true, ContainingType: { } maker } } call => SymbolEqualityComparer.Default.Equals(maker, line) && call.Arguments.Any(argument => argument.Parameter is { Name: var given } && Words.ContainAny(given, Prices)),
        _ => false,
    };
}
