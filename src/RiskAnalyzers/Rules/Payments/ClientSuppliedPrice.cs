using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Payments;

/// <summary>A price, total or discount that the caller sends and the order takes over.</summary>
internal sealed class ClientSuppliedPrice : RiskRule
{
    // What a customer owes. Catalogues, vouchers and wallets have amounts that somebody rightly types in.
    private static readonly HashSet<string> Sales = Words.SetOf(
        "order orders ordering line lines cart carts basket baskets checkout payment payments purchase purchases sale sales intent charge session booking bookings reservation reservations rental ticket tickets receipt transaction");

    private static readonly HashSet<string> FreelyChosen = Words.SetOf(
        "offline manual donation donations donate tip tips topup top deposit deposits bid bids bidding offer offers auction budget expense expenses salary payroll gift transfer transfers withdrawal withdraw payout payouts refund refunds return credit adjustment "
        + "quote estimate simulation calculator settings limit filter search report product products catalog variant sku course courses listing listings menu dish coupon coupons voucher vouchers promotion promotions");

    // Nothing is sold yet.
    private static readonly HashSet<string> Previews = Words.SetOf("draft preview estimate quote simulation calculator");

    private static readonly HashSet<string> Carriers = Words.SetOf("command query dto request event message notification model vm response result view filter criteria");

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK2009",
        title: "A price comes from the client",
        message: "'{0}' is what the caller says it costs and '{1}' takes it over: anybody can order at a price of their own; take it from the catalogue or the stored order",
        why: "A request is typed by whoever sends it. An order that takes prices, totals or discounts from it is sold at any price the buyer likes.");

    public ClientSuppliedPrice() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        var input = CallerInput.In(on.Facts);
        on.Operation(visit => Check(visit, input), OperationKind.PropertyReference, OperationKind.ParameterReference);
        on.Operation(visit => CheckMapped(visit, input), OperationKind.Invocation);
    }

    private static void Check(OperationVisit visit, CallerInput input)
    {
        var read = visit.Operation;
        if (!IsAmount(read.Type) || read.ReferencedSymbol() is not { } member || member is IPropertySymbol { ContainingType: { } holder } && holder.OriginalDefinition.SpecialType != SpecialType.None)
            return;
        var money = visit.Facts.MoneyIn(read.Syntax.SyntaxTree);
        if (!money.Mean(member.Name) || Words.ContainAny(member.Name, FreelyChosen) || read.IsAssigned() || !input.Brings(read, visit.Member))
            return;
        if (IsChosenFreely(visit.Member) || member.ContainingType is { } request && Words.ContainAny(request.Name, FreelyChosen) && !Words.ContainAny(request.Name, Sales) || Staff.Only(visit.Member))
            return;
        CheckTaken(visit, member, money, input);
    }

    private static void CheckTaken(OperationVisit visit, ISymbol member, MoneyWords money, CallerInput input)
    {
        var read = visit.Operation;
        if ((ValueFlow.Of(read).FirstOrDefault(destination => Takes(destination, money)) ?? Listed(read)) is not { } taken || IsCompared(member, visit, input))
            return;
        if (ValueFlow.Whole(taken.Owner).DescendantsAndSelf().Any(operation => operation is IPropertyReferenceOperation && operation.Syntax.SpanStart < read.Syntax.SpanStart
            && operation.ReferencedSymbol() is { } earlier && money.Mean(earlier.Name) && IsAmount(operation.Type) && input.Brings(operation, visit.Member)))
            return;
        // One figure, one finding: where it is taken over first.
        if (visit.Body.DescendantsAndSelf().Any(operation => operation.Kind == read.Kind && operation.Syntax.SpanStart < read.Syntax.SpanStart
            && SymbolEqualityComparer.Default.Equals(operation.ReferencedSymbol(), member) && ValueFlow.Of(operation).Any(destination => Takes(destination, money))))
            return;
        visit.Report(read, read.Syntax.ToString(), Taker(taken));
    }

    // var order = mapper.Map<Order>(request); the total of the request is mapped with the rest of it.
    private static void CheckMapped(OperationVisit visit, CallerInput input)
    {
        var call = (IInvocationOperation)visit.Operation;
        if (call is not { TargetMethod: { Name: "Map" or "Adapt", TypeArguments: [.., INamedTypeSymbol { TypeKind: TypeKind.Class } sale] } } || !IsSale(sale) || call.Arguments.Length != 1 || call.Arguments[0].Value.WithoutConversions() is not { Type: INamedTypeSymbol form } source)
            return;
        var money = visit.Facts.MoneyIn(call.Syntax.SyntaxTree);
        if (sale.GetMembers().FirstOrDefault(member => member is IPropertySymbol { SetMethod: not null } property && Amounts.Contains(property.Name) && IsAmount(property.Type) && form.GetMembers(property.Name).OfType<IPropertySymbol>().Any(sent => IsAmount(sent.Type))) is not { } price)
            return;
        if (IsChosenFreely(visit.Member) || Words.ContainAny(form.Name, FreelyChosen) || Staff.Only(visit.Member) || !input.Brings(source, visit.Member) || !money.Mean(price.Name))
            return;
        // What the shop computes afterwards, or compares, is its own.
        if (visit.Body.Descendants().Any(operation => operation is IPropertyReferenceOperation { Property: var set } written && SymbolEqualityComparer.Default.Equals(set, price) && (written.IsAssigned() || written.Parent is IBinaryOperation)))
            return;
        visit.Report(call, source.Syntax + "." + price.Name, sale.Name);
    }

    private static readonly HashSet<string> Amounts = new(StringComparer.Ordinal) { "Total", "TotalAmount", "TotalPrice", "GrandTotal", "OrderTotal", "Amount", "Price", "UnitPrice", "Subtotal", "SubTotal" };

    // var items = request.Items.Select(i => (i.ProductId, i.Quantity, i.Price)).ToList(); Order.Create(request.UserId, items);
    private static Destination? Listed(IOperation read)
    {
        var value = read;
        while (value.Parent is IConversionOperation or IParenthesizedOperation)
            value = value.Parent;
        if (value.Parent is not ITupleOperation || value.Ancestor<IAnonymousFunctionOperation>()?.Ancestor<IInvocationOperation>() is not { TargetMethod.Name: "Select" } list)
            return null;
        IOperation rows = list;
        while (rows.Parent is IConversionOperation or IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "ToList" or "ToArray" or "AsEnumerable" } } or IInvocationOperation { TargetMethod.Name: "ToList" or "ToArray" or "AsEnumerable" })
            rows = rows.Parent;
        return ValueFlow.Of(rows).FirstOrDefault(destination => destination.Symbol is IParameterSymbol && destination.Owner switch
        {
            IInvocationOperation { TargetMethod: { } method } => Words.Of(method.Name) is [var verb, ..] words && Making.Contains(verb) && (words.HaveAny(Sales) || IsSale(method.ContainingType)),
            IObjectCreationOperation { Type: { } type } => IsSale(type),
            _ => false,
        });
    }

    private static readonly HashSet<string> Making = Words.SetOf("create place make build add open start new");

    private static bool IsAmount(ITypeSymbol? type) => type.WithoutNullable()?.SpecialType is SpecialType.System_Decimal or SpecialType.System_Double or SpecialType.System_Single or SpecialType.System_Int64 or SpecialType.System_Int32;

    private static bool IsChosenFreely(ISymbol member) => Words.ContainAny(member.Name, Previews) || member.ContainingType is { } owner && Words.ContainAny(owner.Name, Previews) || Words.ContainAny(member.Name, FreelyChosen) || member.ContainingType is { } type && Words.ContainAny(type.Name, FreelyChosen) && !Words.ContainAny(type.Name, Sales);

    private static bool Takes(Destination destination, MoneyWords money) => destination switch
    {
        { Symbol: IPropertySymbol or IFieldSymbol } => money.Mean(destination.Symbol.Name) && destination.Symbol.ContainingType is { } type && IsSale(type),
        { Symbol: IParameterSymbol, Owner: IInvocationOperation call } when Language.Payments.MovesMoney(call) => money.Mean(destination.Symbol.Name) && !Words.ContainAny(call.TargetMethod.Name, FreelyChosen),
        { Symbol: IParameterSymbol, Owner: IInvocationOperation { TargetMethod: var method } } => money.Mean(destination.Symbol.Name)
            && (IsSale(method.ContainingType) || method.ContainingType.Name is "Money" && method.IsStatic) && !IsQuestion(method.Name),
        { Symbol: IParameterSymbol, Owner: IObjectCreationOperation { Type: { } type } } => money.Mean(destination.Symbol.Name) && IsSale(type),
        _ => false,
    };

    private static bool IsSale(ITypeSymbol type)
    {
        if (type.AllInterfaces.Any(contract => contract.Name is "IRequest" or "ICommand" or "IQuery" or "INotification" or "IMessage"))
            return false;
        var words = Words.Of(type.Name);
        return words.HaveAny(Sales) && !words.HaveAny(FreelyChosen) && !Carriers.Contains(words[words.Length - 1]);
    }

    private static bool IsQuestion(string name) => Words.Of(name) is ["get" or "calculate" or "compute" or "validate" or "check" or "verify" or "is" or "can" or "ensure" or "compare" or "format" or "log" or "find" or "matches", ..];

    // Whoever compares the client's figure with one of the shop's own charges the shop's.
    private static bool IsCompared(ISymbol member, OperationVisit visit, CallerInput input) => visit.Body.DescendantsAndSelf().Any(operation =>
        operation is IBinaryOperation { LeftOperand: var left, RightOperand: var right } comparison
        && (Compares(comparison.OperatorKind) || comparison.OperatorKind == BinaryOperatorKind.Subtract && comparison.Ancestors().Any(ancestor => ancestor is IBinaryOperation { OperatorKind: var outer } && Compares(outer)))
        && (left.Mentions(member) && IsOwn(right, visit, input) || right.Mentions(member) && IsOwn(left, visit, input)));

    private static bool Compares(BinaryOperatorKind kind) => kind is BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals or BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual;

    private static bool IsOwn(IOperation value, OperationVisit visit, CallerInput input) => !value.WithoutConversions().ConstantValue.HasValue && value.WithoutConversions() is not (IFieldReferenceOperation { Field.IsStatic: true } or ILiteralOperation or IDefaultValueOperation) && !input.Brings(value, visit.Member);

    private static string Taker(Destination destination) => destination switch
    {
        { Owner: IInvocationOperation call } => call.TargetMethod.Name,
        { Owner: IObjectCreationOperation creation } => creation.Type?.Name ?? destination.Symbol.Name,
        _ => destination.Symbol.ContainingType is { } type ? type.Name + "." + destination.Symbol.Name : destination.Symbol.Name,
    };
}
