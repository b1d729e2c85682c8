using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Money;

/// <summary>A price, rate, discount or threshold that stands as a bare number in the logic.</summary>
internal sealed class MoneyLiteral : RiskRule
{
    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK1012",
        title: "A price, rate or threshold is a number in the logic",
        message: "'{0}' decides '{1}' as a bare number in the logic: nobody finds it when the price list or the law changes, and it may be invented; {2}",
        why: "Generated code invents plausible business numbers. A tax rate or a fee within an expression is not found when it changes, and is written differently in the next method.",
        severity: DiagnosticSeverity.Info);

    private const string Named = "name it as a constant or read it from the settings";

    // The goods that a shop is shown with have some price.
    private static readonly HashSet<string> Examples = Words.SetOf("seed seeder seeding seeds demo sample samples");

    public MoneyLiteral() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        on.Operation(Check, OperationKind.Literal);
        on.Declaration(CheckRange, SymbolKind.Property);
    }

    // [Range(0.01, 10000)] public decimal Amount: a limit that the settings know as well, or should.
    private static void CheckRange(DeclarationVisit visit)
    {
        var property = (IPropertySymbol)visit.Symbol;
        if (property.GetAttributes() is not { IsEmpty: false } attributes || !Amounts.IsDecimal(property.Type.WithoutNullable()) && !Amounts.IsFloating(property.Type.WithoutNullable()) || Settings.IsOptionsType(property.ContainingType))
            return;
        foreach (var attribute in attributes)
        {
            if (attribute is not { AttributeClass.Name: "RangeAttribute", ConstructorArguments: [.., { Value: double or int or string } upper], ApplicationSyntaxReference: { } place } || MoneyWords.MeanRate(property.Name) || !visit.Facts.MoneyIn(place.SyntaxTree).Mean(property.Name))
                continue;
            // Beyond a million, a limit says how wide the column is.
            if (double.TryParse(Convert.ToString(upper.Value, System.Globalization.CultureInfo.InvariantCulture), System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var limit) && limit is > 1 and <= 1_000_000 and not 100)
                visit.Report(place.GetSyntax(visit.Cancellation), Convert.ToString(limit, System.Globalization.CultureInfo.InvariantCulture)!, property.Name, Named);
        }
    }

    private static void Check(OperationVisit visit)
    {
        if (visit.Operation is not ILiteralOperation { Type: { SpecialType: SpecialType.System_Decimal or SpecialType.System_Double or SpecialType.System_Single or SpecialType.System_Int32 } } literal)
            return;
        if (literal.ConstantNumber() is not { } number || number is 0m or 1m)
            return;
        // Initialisers of fields and properties are where such numbers belong.
        if (visit.Body is not IBlockOperation || LiteralPlaces.HoldsValues(visit.Member) || IsExample(visit.Member))
            return;
        var money = visit.Facts.MoneyIn(literal.Syntax.SyntaxTree);
        if (ExchangeRate(literal, visit.Member) is { } rate)
        {
            visit.Report(literal, literal.Syntax.ToString(), rate, "it was another one yesterday; ask a source of rates");
            return;
        }
        if (LiteralPlaces.Decided(literal, number, visit.Member, money) is not { } decided || !IsFirstOfItsTable(literal, visit.Member, money))
            return;
        visit.Report(literal, literal.Syntax.ToString(), decided, Named);
    }

    // const decimal EurToUsd = 1.08m: a name does not make it right tomorrow.
    private static string? ExchangeRate(ILiteralOperation literal, ISymbol member)
    {
        IOperation value = literal;
        while (value.Parent is IConversionOperation or IParenthesizedOperation)
            value = value.Parent;
        return value.Target(member) is ILocalSymbol { IsConst: true, Name: var name } && IsExchangeRate(name) ? name : null;
    }

    private static bool IsExchangeRate(string name) => Words.ContainAny(name, Exchanges) && MoneyWords.MeanRate(name) || Words.Of(name) is var words && words.Contains("to") && words.Count(word => Codes.Contains(word)) >= 2;

    private static readonly HashSet<string> Exchanges = Words.SetOf("exchange currency fx conversion");

    private static readonly HashSet<string> Codes = Words.SetOf("usd eur gbp jpy chf cny inr aed sar try pln ron brl cad aud nzd sek nok dkk huf czk vnd ngn kes zar egp mxn sgd hkd krw thb idr myr php uah rub ils kwd qar omr bhd jod azn");

    private static bool IsExample(ISymbol member) =>
        member.ContainingType is { } type && (Words.ContainAny(type.Name, Examples) || member.ContainingNamespace is { IsGlobalNamespace: false } space && Words.ContainAny(space.Name, Examples));

    // A switch or a dictionary full of rates is one table: its first number speaks for it.
    private static bool IsFirstOfItsTable(ILiteralOperation literal, ISymbol member, MoneyWords money)
    {
        IOperation? table = null;
        foreach (var ancestor in literal.Ancestors())
        {
            if (ancestor is ISwitchExpressionOperation or ISwitchOperation or IObjectOrCollectionInitializerOperation { Parent: IObjectCreationOperation { Type.AllInterfaces.Length: > 3 } } or IArrayInitializerOperation
                || ancestor is IConditionalOperation { Syntax: ConditionalExpressionSyntax } or IBinaryOperation { OperatorKind: BinaryOperatorKind.Add or BinaryOperatorKind.Subtract or BinaryOperatorKind.Multiply or BinaryOperatorKind.Divide })
                table = ancestor;
        }
        if (table is null)
            return true;
        foreach (var other in table.Descendants())
        {
            if (other is ILiteralOperation number && number.ConstantNumber() is { } value and not (0m or 1m) && LiteralPlaces.Decided(number, value, member, money) is not null)
                return number == literal;
        }
        return true;
    }
}
