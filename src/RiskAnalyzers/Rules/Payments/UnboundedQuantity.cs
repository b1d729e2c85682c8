using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Payments;

/// <summary>A quantity or refund amount that the caller chooses and nobody bounds.</summary>
internal sealed class UnboundedQuantity : RiskRule
{
    private static readonly HashSet<string> Quantities = Words.SetOf("quantity qty quantities units");

    private static readonly HashSet<string> Amounts = Words.SetOf("amount total sum value points credits");

    private static readonly HashSet<string> Lines = Words.SetOf("order line lines cart basket item items reservation booking ticket shipment purchase");

    // Changes that may rightly be negative, and figures that nobody sells by.
    private static readonly HashSet<string> Signed = Words.SetOf("adjust adjustment change delta difference diff correction movement import sync seed old original previous min max minimum maximum reorder page validator validate warnings target restore map clone copy");

    // ToDto, FromOrder, WithQuantity make a likeness of something; AddToCart does not.
    private static readonly HashSet<string> Likeness = Words.SetOf("to from with");

    private static readonly HashSet<string> Carriers = Words.SetOf("command query dto request event message notification model vm response result view filter criteria");

    private static readonly HashSet<string> Holdings = Words.SetOf("stock inventory onhand reserved available balance points credit credits quantity allocated remaining");

    private static readonly HashSet<string> Returns = Words.SetOf("refund refunds refunded return payout payouts withdraw withdrawal transfer reimburse cashout");

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK2006",
        title: "A quantity or refund amount from the caller is never bounded",
        message: "'{0}' comes from the caller and {1}; refuse what makes no sense before it is used",
        why: "A negative quantity turns a sale into a credit and fills the stock, and a refund without an upper bound pays back more than came in. In one study most coding agents let customers order minus three.");

    public UnboundedQuantity() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        var input = CallerInput.In(on.Facts);
        var bounds = QuantityBounds.In(on.Facts);
        on.Operation(visit => Check(visit, input, bounds), OperationKind.PropertyReference, OperationKind.ParameterReference);
        on.Operation(visit => CheckRule(visit, bounds), OperationKind.Invocation);
        on.Operation(CheckText, OperationKind.Conditional);
        on.Declaration(CheckType, SymbolKind.NamedType);
    }

    // if (quantity < 0) throw new("Quantity must be greater than zero"): zero comes through.
    private static void CheckText(OperationVisit visit)
    {
        var guard = (IConditionalOperation)visit.Operation;
        if (BoundTexts.OfGuard(guard) is var (value, text))
            visit.Report(guard.Condition, value.Syntax.ToString(), $"its guard lets zero through, though it says '{text}'");
    }

    private static void CheckType(DeclarationVisit visit)
    {
        if (visit.Symbol is not INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct } type)
            return;
        foreach (var member in type.GetMembers())
        {
            if (member is IPropertySymbol && BoundTexts.OfAnnotation(member) is var (annotation, text) && annotation.ApplicationSyntaxReference is { } place)
                visit.Report(place.GetSyntax(visit.Cancellation), member.Name, $"its range begins at zero, though it says '{text}'");
        }
        foreach (var (at, parameter, maker, takesNegative) in SiblingBounds.In(type))
            visit.Report(at, parameter, takesNegative ? $"nothing here refuses what '{maker}' refuses: it can be negative" : $"zero gets through here, which '{maker}' refuses");
    }

    // RuleFor(c => c.TotalPrice).NotEmpty(): it must be there, and may be minus ten.
    private static void CheckRule(OperationVisit visit, QuantityBounds bounds)
    {
        var rule = (IInvocationOperation)visit.Operation;
        if (BoundTexts.OfRule(rule) is { } text)
            visit.Report(rule.CalledName(), Excerpt.Of(EntityFramework.Receiver(rule)!), $"the rule lets zero through, though it says '{text}'");
        if (rule.TargetMethod.Name != "RuleFor" || Conditions.Answer(rule)?.WithoutConversions() is not IPropertyReferenceOperation { Property: var property } || property.Type.WithoutNullable()?.SpecialType is not SpecialType.System_Decimal || Words.Of(property.Name) is not { IsEmpty: false } words || words.HaveAny(Signed))
            return;
        if (!Staff.Only(visit.Member) && visit.Facts.MoneyIn(rule.Syntax.SyntaxTree).MeanAmountDue(property.Name) && !bounds.AreDeclared(property) && !QuantityBounds.IsLimited((InvocationExpressionSyntax)rule.Syntax))
            visit.Report(rule, property.Name, "its validator lets zero or less through: what is negative turns a sale into a credit");
    }

    private static void Check(OperationVisit visit, CallerInput input, QuantityBounds bounds)
    {
        var read = visit.Operation;
        if (!IsNumber(read.Type) && read.Type.WithoutNullable()?.Name != "Money")
            return;
        CheckStored(visit, input, bounds);
        if (read.ReferencedSymbol() is not { } member || member is IPropertySymbol { ContainingType.OriginalDefinition.SpecialType: not SpecialType.None } || Words.Of(member.Name) is not { IsEmpty: false } words || words.HaveAny(Signed))
            return;
        var isQuantity = words.HaveAny(Quantities) || words is ["count"];
        var isTerm = !isQuantity && Terms.AreNamed(words);
        if (!isQuantity && !isTerm && !words.HaveAny(Amounts) || read.Parent is IAssignmentOperation written && written.Target == read || read.EnclosingFunction() is not IAnonymousFunctionOperation && IsSigned(visit.Member.Name))
            return;
        if (IsFromCaller(read, member, visit.Member, input) && !Staff.Only(visit.Member))
            CheckUses(visit, member, words, isQuantity, isTerm, input, bounds);
    }

    // Apart from the questions above: most numbers end there, and would pay for what only this needs.
    private static void CheckUses(OperationVisit visit, ISymbol member, ImmutableArray<string> words, bool isQuantity, bool isTerm, CallerInput input, QuantityBounds bounds)
    {
        var read = visit.Operation;
        var destinations = ValueFlow.Of(read).ToList();
        if (isTerm)
        {
            if ((input.Brings(read, visit.Member) || Terms.AreOfTheModel(words, visit.Member)) && destinations.Any(destination => Terms.EndsIn(destination, visit.Member)) && IsFirst(visit, member) && !IsLimited(visit, member, destinations, bounds))
                visit.Report(read, read.Syntax.ToString(), "nothing limits how much: it runs, or is spread, for as long as the caller likes");
            return;
        }
        var money = visit.Facts.MoneyIn(read.Syntax.SyntaxTree);
        var isReturn = !isQuantity && destinations.Any(PaysBack);
        if (!isQuantity && destinations.Any(destination => BookedAmounts.IsMade(destination, visit.Member)))
        {
            if (!IsBounded(visit, member, destinations, bounds, isReturn: false))
                visit.Report(read, read.Syntax.ToString(), "nothing refuses zero or less: a payment of minus ten is a credit");
            return;
        }
        // An adapter that only passes the amount on to the provider knows nothing of what was paid.
        if (isReturn && member is IParameterSymbol && !input.Brings(read, visit.Member) && !visit.Body.DescendantsAndSelf().Any(operation => operation is IInvocationOperation call && Words.Of(call.TargetMethod.Name) is ["get" or "find" or "first" or "single" or "load", ..]))
            return;
        // cart.AddItem(product.Id, request.Quantity, product.Price)
        if (isQuantity && destinations.Any(StoredLimits.IsPutInCart) && input.Brings(read, visit.Member) && IsFirst(visit, member) && !IsLimited(visit, member, destinations.FindAll(destination => destination.Symbol is not IParameterSymbol), bounds, isCart: true))
        {
            visit.Report(read, read.Syntax.ToString(), "nothing limits how many: more than there is can be ordered, and a sum that runs over turns negative");
            return;
        }
        // if (!product.HasStock(request.Quantity)) throw; cart.AddItem(product.Id, request.Quantity): twice is more than there is.
        if (isQuantity && destinations.Find(StoredLimits.IsAddedToCart) is { } added && input.Brings(read, visit.Member) && StoredLimits.ComparedAlone(visit.Body, member, added.Owner) is { } compared)
        {
            visit.Report(compared, read.Syntax.ToString(), "only what is added is compared with what there is, not what the line then holds");
            return;
        }
        if (!isReturn && !destinations.Any(destination => isQuantity ? Counts(destination, money) : Books(destination, visit.Member)))
            return;
        if (isQuantity && AddedTo(visit, member, destinations) is { } line && IsBounded(visit, member, destinations, bounds, isReturn))
        {
            visit.Report(line, read.Syntax.ToString(), "only what is added is compared with what there is, not what the line then holds");
            return;
        }
        if (!IsFirst(visit, member))
            return;
        if (IsBounded(visit, member, destinations, bounds, isReturn))
        {
            if (isQuantity && input.Brings(read, visit.Member) && destinations.Any(destination => destination.Symbol is IPropertySymbol { ContainingType: { } line } && IsLine(line, money)) && !IsLimited(visit, member, destinations, bounds))
                visit.Report(read, read.Syntax.ToString(), "nothing limits how many: more than there is can be ordered, and a sum that runs over turns negative");
            return;
        }
        visit.Report(read, read.Syntax.ToString(), isReturn ? "nothing compares it with what was paid: more can be paid back than came in" : isQuantity ? "nothing refuses zero or less: a negative quantity turns a sale into a credit" : "nothing refuses zero or less: a negative amount turns a debit into a credit");
    }

    // MaxOrderQuantity = dto.MaxOrderQuantity: a limit of minus one or of a million is kept, and limits nothing.
    private static void CheckStored(OperationVisit visit, CallerInput input, QuantityBounds bounds)
    {
        if (visit.Operation is not IPropertyReferenceOperation { Property: var sent } read || StoredLimits.KindOf(sent.Name) is not { } harm || read.IsAssigned() || Staff.Only(visit.Member) || !input.Brings(read, visit.Member))
            return;
        var destinations = ValueFlow.Of(read, depth: 1).ToList();
        if (destinations.Any(destination => StoredLimits.EndsIn(destination, sent)) && IsFirst(visit, sent) && !IsBounded(visit, sent, destinations, bounds, isReturn: false))
            visit.Report(read, read.Syntax.ToString(), harm);
    }

    private static bool IsSigned(string name) => Words.ContainAny(name, Signed) || Words.Of(name) is [var first, ..] && Likeness.Contains(first);

    private static bool IsNumber(ITypeSymbol? type) => type.WithoutNullable()?.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64 or SpecialType.System_Int16 or SpecialType.System_Decimal or SpecialType.System_Double;

    // What a request holds, and the parameters by which others call into the model.
    private static bool IsFromCaller(IOperation read, ISymbol member, ISymbol function, CallerInput input)
    {
        if (member is not IParameterSymbol { ContainingSymbol: IMethodSymbol method })
            return input.Brings(read, function);
        return input.Brings(read, function) || method is { DeclaredAccessibility: Accessibility.Public, MethodKind: MethodKind.Ordinary or MethodKind.Constructor, IsOverride: false } && !method.ContainingType.IsRecord
            && method.ContainingType.TypeKind == TypeKind.Class && Words.Of(method.ContainingType.Name) is { IsEmpty: false } type && !Carriers.Contains(type[type.Length - 1]);
    }

    // Multiplied with a price, put on an order line, taken from or added to the stock.
    private static bool Counts(Destination destination, MoneyWords money)
    {
        if (destination.Factor is { } factor && money.Mean(factor))
            return true;
        // new OrderItem(productId, price, quantity)
        if (destination is { Owner: IObjectCreationOperation, Symbol: IParameterSymbol { ContainingType: { } made, Name: var given } })
            return Words.ContainAny(given, Quantities) && IsLine(made, money);
        return destination switch
        {
            { Symbol: IPropertySymbol or IFieldSymbol, Owner: ICompoundAssignmentOperation } => Words.ContainAny(destination.Symbol.Name, Holdings),
            { Symbol: IPropertySymbol or IFieldSymbol } => Words.ContainAny(destination.Symbol.Name, Quantities) && destination.Symbol.ContainingType is { } type && IsLine(type, money)
                || destination.Value is IBinaryOperation && Words.ContainAny(destination.Symbol.Name, Holdings),
            _ => false,
        };
    }

    private static bool IsLine(ITypeSymbol type, MoneyWords money)
    {
        var words = Words.Of(type.Name);
        // Anonymous types have no name.
        if (words.IsEmpty || type.AllInterfaces.Any(contract => contract.Name is "IRequest" or "ICommand" or "IQuery" or "INotification") || words[0] is "get" or "add" or "find")
            return false;
        return words.HaveAny(Lines) && !Carriers.Contains(words[words.Length - 1]) && type.GetMembers().Any(member => member is IPropertySymbol or IFieldSymbol && (money.Mean(member.Name) || member.Name is "ProductId" or "Product" or "Sku" || Words.Of(member.Name) is [.., "product" or "variant" or "item" or "dish" or "article", "id"] && member.Name != type.Name + "Id"));
    }

    // Added to or taken from a balance.
    private static bool Books(Destination destination, ISymbol member) => destination is { Symbol: IPropertySymbol or IFieldSymbol, Owner: ICompoundAssignmentOperation or ISimpleAssignmentOperation { Value: IBinaryOperation } }
        && Words.Of(destination.Symbol.Name).Any(word => word is "balance" or "points" or "credit" or "credits" or "amount" or "paid" or "funds") && member is IMethodSymbol;

    private static bool PaysBack(Destination destination) => destination switch
    {
        { Owner: IInvocationOperation call, Symbol: IParameterSymbol } => Language.Payments.MovesMoney(call) && Words.ContainAny(call.TargetMethod.Name, Returns),
        { Symbol: IPropertySymbol { ContainingType: { } type } property } => Words.ContainAny(property.Name, Amounts) && Words.Of(type.Name) is var words && words.Contains("refund") && (words.Contains("options") || !Carriers.Contains(words[words.Length - 1]))
            || Words.ContainAny(property.Name, Returns) && destination.Owner is ICompoundAssignmentOperation,
        _ => false,
    };

    private static bool IsBounded(OperationVisit visit, ISymbol member, List<Destination> destinations, QuantityBounds bounds, bool isReturn)
    {
        var aliases = destinations.Select(destination => destination.Symbol).Where(symbol => symbol is ILocalSymbol).ToList();
        bool IsValue(IOperation operation) => operation is IPropertyReferenceOperation or IParameterReferenceOperation or ILocalReferenceOperation
            && operation.ReferencedSymbol() is { } symbol && (SymbolEqualityComparer.Default.Equals(symbol, member) || aliases.Contains(symbol, SymbolEqualityComparer.Default));

        if (destinations.Any(IsAskedAbout))
            return true;
        // A declared bound on a quantity is a bound; what was paid only the code can know.
        if (isReturn)
            return QuantityBounds.Above(visit.Body, IsValue);
        return bounds.AreDeclared(member) || QuantityBounds.Below(visit.Body, IsValue) || bounds.IsCheckedByHelper(visit.Body, member)
            || destinations.Any(destination => destination.Symbol is IParameterSymbol { ContainingSymbol: IMethodSymbol { DeclaringSyntaxReferences.IsEmpty: false } } parameter && QuantityBounds.Refuses(parameter))
            || destinations.Any(destination => destination.Symbol is IPropertySymbol property && bounds.AreDeclared(property) || IsPutToCheck(destination));
    }

    // if (product.Stock < quantity) throw; ... line.Quantity += quantity: added twice, it is more than there is.
    private static IOperation? AddedTo(OperationVisit visit, ISymbol member, List<Destination> destinations)
    {
        bool IsValue(IOperation operation) => operation is IPropertyReferenceOperation or IParameterReferenceOperation && SymbolEqualityComparer.Default.Equals(operation.ReferencedSymbol(), member);

        if (destinations.FirstOrDefault(destination => destination is { Symbol: IPropertySymbol, Owner: ICompoundAssignmentOperation { OperatorKind: BinaryOperatorKind.Add } }) is not { Symbol: var held, Owner: var addition } || !Words.ContainAny(held.Name, Quantities))
            return null;
        var comparisons = visit.Body.DescendantsAndSelf().OfType<IBinaryOperation>().Where(comparison => comparison.OperatorKind is BinaryOperatorKind.LessThan or BinaryOperatorKind.GreaterThan or BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.GreaterThanOrEqual).ToList();
        return comparisons.Exists(comparison => comparison.DescendantsAndSelf().Any(IsValue) && comparison.DescendantsAndSelf().Any(part => part.ReferencedSymbol() is IPropertySymbol available && Words.ContainAny(available.Name, Stocks)))
            && !comparisons.Exists(comparison => comparison.Mentions(held)) ? addition : null;
    }

    private static readonly HashSet<string> Stocks = Words.SetOf("stock inventory onhand available");

    // A limit that is declared, a comparison with what is there, a number that is too much.
    private static bool IsLimited(OperationVisit visit, ISymbol member, List<Destination> destinations, QuantityBounds bounds, bool isCart = false)
    {
        var aliases = destinations.Select(destination => destination.Symbol).Where(symbol => symbol is ILocalSymbol or IPropertySymbol).ToList();
        bool IsValue(IOperation operation) => operation is IPropertyReferenceOperation or IParameterReferenceOperation or ILocalReferenceOperation
            && operation.ReferencedSymbol() is { } symbol && (SymbolEqualityComparer.Default.Equals(symbol, member) || aliases.Contains(symbol, SymbolEqualityComparer.Default));

        return bounds.AreDeclared(member) && !QuantityBounds.IsOpenAbove(member) && !(isCart && bounds.IsFloorOnly(member)) || QuantityBounds.Above(visit.Body, IsValue, checks: false) || QuantityBounds.TooMuch(visit.Body, IsValue) || QuantityBounds.IsRefused(visit.Body, IsValue) || bounds.IsCheckedByHelper(visit.Body, member)
            || destinations.Any(destination => IsPutToCheck(destination) || destination.Symbol is IParameterSymbol { ContainingSymbol: IMethodSymbol { DeclaringSyntaxReferences.IsEmpty: false } } parameter && QuantityBounds.Refuses(parameter));
    }

    // if (!await mediator.Send(new CanRefundQuery { Amount = amount })) throw
    private static bool IsAskedAbout(Destination destination) =>
        ValueFlow.Whole(destination.Owner) is IObjectCreationOperation { Type.Name: var question } && Words.Of(question) is ["can" or "is" or "may" or "validate" or "check", ..];

    // validator.GetWarnings(customer, new CartItem { Quantity = model.Quantity }): the line is made to be checked.
    private static bool IsPutToCheck(Destination destination) => destination.Symbol is ILocalSymbol local && IsCheckedAsLine(destination.Owner, local) ||
        destination.Owner is ISimpleAssignmentOperation { Parent: IObjectOrCollectionInitializerOperation { Parent: IObjectCreationOperation { Parent: IArgumentOperation { Parent: IInvocationOperation call } } } } && QuantityBounds.IsGuard(call);

    // var total = line?.Quantity + model.Quantity ?? model.Quantity; validator.GetWarnings(customer, new CartItem { Quantity = total });
    private static bool IsCheckedAsLine(IOperation owner, ILocalSymbol local) => owner.EnclosingFunction().DescendantsInFunction().Any(operation => (operation is IInvocationOperation call && QuantityBounds.IsGuard(call)
        || operation is IInvalidOperation { Syntax: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } } } && Words.Of(name) is [.., "warnings"]) && operation.Mentions(local));

    // One function, one finding: the first use says enough.
    private static bool IsFirst(OperationVisit visit, ISymbol member) => !visit.Body.DescendantsAndSelf().Any(operation => operation is IPropertyReferenceOperation or IParameterReferenceOperation
        && operation.Syntax.SpanStart < visit.Operation.Syntax.SpanStart && SymbolEqualityComparer.Default.Equals(operation.ReferencedSymbol(), member) && !Compared(operation) && ValueFlow.Of(operation).Any(destination => destination.Symbol is not ILocalSymbol and not IParameterSymbol || destination.Factor is not null));

    private static bool Compared(IOperation operation) => operation.Parent is IBinaryOperation { OperatorKind: not (BinaryOperatorKind.Add or BinaryOperatorKind.Subtract or BinaryOperatorKind.Multiply or BinaryOperatorKind.Divide) };
}
