using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Money;

/// <summary>A currency, country, region or tenant written into code that has an order, cart or customer at hand with one of its own.</summary>
internal sealed class LiteralContext : RiskRule
{
    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK1014",
        title: "A literal stands in for what the order knows",
        message: "'{0}' {1}: whoever differs is charged, taxed or served as somebody else; {2}",
        why: "A literal currency charges 100 yen as 100 dollars, a literal country taxes everybody as if they lived there, and a literal tenant mixes customers. "
            + "It works for as long as everybody is like the developer.");

    public LiteralContext() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        on.Operation(Check, OperationKind.Literal);
        on.Operation(CheckDefault, OperationKind.PropertyInitializer);
        on.Operation(CheckOmission, OperationKind.ObjectCreation);
        on.Operation(CheckStart, OperationKind.Invocation, OperationKind.ObjectCreation);
        on.Operation(CheckSign, OperationKind.InterpolatedString);
        on.Operation(CheckSignedSum, OperationKind.Binary);
        on.Operation(CheckScale, OperationKind.Binary);
        on.Declaration(CheckParameters, SymbolKind.Method);
    }

    private static void Check(OperationVisit visit)
    {
        if (visit.Operation is not ILiteralOperation { ConstantValue: { HasValue: true, Value: string { Length: > 1 and < 40 } text } } literal)
            return;
        if (visit.Body is not IBlockOperation || LiteralPlaces.HoldsValues(visit.Member) || IsOfNothing(literal))
            return;
        if (InventedPeople.Told(literal, text) is { } told)
        {
            visit.Report(literal, text, $"is told as the '{told}' of everybody", "take it from the customer or from the request, and refuse where it is missing");
            return;
        }
        if (ContextPlace.Of(literal, visit.Member) is not { } place || !place.Kind.Accepts(text))
            return;
        if (ContextCarrier.InScope(literal, place, visit.Member) is { } carrier)
            visit.Report(literal, text, $"is written into the code while '{carrier.Text}' carries its own", $"use '{carrier.Text}'");
        else if (CurrencyDefaults.RequestOf(literal, place, visit.Facts.MoneyIn(literal.Syntax.SyntaxTree)) is { } request)
            visit.Report(literal, text, $"is the currency of every '{request.Name}', whatever was ordered in", "take it from the order, or from a setting with a name");
    }

    // Money.Create(0): nothing is worth as much in every currency.
    private static bool IsOfNothing(ILiteralOperation literal) => literal.Parent is IArgumentOperation { Parent: (IInvocationOperation or IObjectCreationOperation) and { } call } argument
        && call.ChildOperations.OfType<IArgumentOperation>().Any(each => each != argument && each.Value.ConstantNumber() is 0m);

    // public string Currency { get; set; } = "USD"; beside an amount: what is missing becomes dollars.
    private static void CheckDefault(OperationVisit visit)
    {
        var initializer = (IPropertyInitializerOperation)visit.Operation;
        if (initializer.Value is not ILiteralOperation { ConstantValue: { HasValue: true, Value: string { Length: 3 } text } } literal || initializer.InitializedProperties is not [{ } property, ..])
            return;
        if (CurrencyDefaults.IsDefault(property, literal, visit.Facts.MoneyIn(literal.Syntax.SyntaxTree)))
            visit.Report(literal, text, $"is what '{property.Name}' is wherever nobody sets it", "make it required");
    }

    // Task ChargeAsync(decimal amount, string currency = "usd")
    private static void CheckParameters(DeclarationVisit visit)
    {
        if (visit.Symbol is not IMethodSymbol { Parameters: { Length: > 1 } parameters } method || !parameters.Any(parameter => parameter.HasExplicitDefaultValue) || method.Locations is not [{ SourceTree: { } tree }, ..])
            return;
        foreach (var parameter in CurrencyDefaults.OfParameters(method, visit.Facts.MoneyIn(tree)))
            visit.Report(parameter.Locations[0], parameter.ExplicitDefaultValue!, $"is what '{parameter.Name}' is wherever a caller leaves it out", "make it required");
    }

    // new Refund { PaymentId = payment.Id, Amount = amount }: the payment's currency stays behind.
    private static void CheckOmission(OperationVisit visit)
    {
        var creation = (IObjectCreationOperation)visit.Operation;
        if (creation.Initializer is null || visit.Body is not IBlockOperation || LiteralPlaces.HoldsValues(visit.Member))
            return;
        if (CurrencyDefaults.LeftAtDefault(creation, visit.Facts.MoneyIn(creation.Syntax.SyntaxTree)) is not ({ } property, { } text))
            return;
        if (ContextCarrier.InScope(creation, new ContextPlace(ContextKind.Currency, property, null), visit.Member) is { } carrier)
            visit.Report(creation.Syntax is ObjectCreationExpressionSyntax { Type: { } type } ? type : creation.Syntax, text, $"is what '{property.Name}' stays here, while '{carrier.Text}' carries its own", $"set it to '{carrier.Text}'");
    }

    // TotalAmount = Money.Zero(); the first line in another currency throws, or is added as it is.
    private static void CheckStart(OperationVisit visit)
    {
        if (visit.Body is not IBlockOperation || CurrencyDefaults.OfStart(visit.Operation, visit.Member) is not ({ } text, { } total) || !visit.Facts.MoneyIn(visit.Operation.Syntax.SyntaxTree).Mean(total.Name))
            return;
        visit.Report(visit.Operation, text, $"is the currency that '{total.Name}' starts in, whatever is added to it", "take it from the customer, the cart or the first line");
    }

    // "Total: $" + order.Total.ToString("F2")
    private static void CheckSignedSum(OperationVisit visit)
    {
        var sum = (IBinaryOperation)visit.Operation;
        if (sum.Type?.SpecialType != SpecialType.System_String || CurrencySigns.Before(sum, visit.Facts.MoneyIn(sum.Syntax.SyntaxTree)) is not ({ } sign, { } amount) || TextSinks.IsRemark(sum, visit.Member) || !CurrencySigns.HasCurrencies(visit.Compilation))
            return;
        visit.Report(sum.RightOperand, sign, $"stands before every '{Excerpt.Of(amount)}', in whatever currency it is", "write the amount's own currency");
    }

    // static long ToMinorUnits(decimal amount) => (long)Math.Round(amount * 100m);
    private static void CheckScale(OperationVisit visit)
    {
        if (MinorUnitScales.IsFixed((IBinaryOperation)visit.Operation, visit.Member, visit.Compilation))
            visit.Report(visit.Operation, "100", "makes the minor units of every currency, and yen have none, dinars a thousand", "take the digits from the currency");
    }

    // $"Total: ${order.Total:N2}" in a product that has currencies.
    private static void CheckSign(OperationVisit visit)
    {
        var text = (IInterpolatedStringOperation)visit.Operation;
        if (CurrencySigns.In(text, visit.Facts.MoneyIn(text.Syntax.SyntaxTree)) is not ({ } sign, { } amount) || TextSinks.IsRemark(text, visit.Member) || !CurrencySigns.HasCurrencies(visit.Compilation))
            return;
        visit.Report(amount, sign, $"stands before every '{Excerpt.Of(amount.Expression)}', in whatever currency it is", "write the amount's own currency");
    }
}
