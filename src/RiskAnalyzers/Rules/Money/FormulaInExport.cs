using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Money;

/// <summary>A customer's text in a line of a CSV file as it is: <c>=HYPERLINK(...)</c> runs in the accountant's spreadsheet, a comma shifts the amounts.</summary>
internal sealed class FormulaInExport : RiskRule
{
    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK1016",
        title: "A customer's text goes into a CSV file as it is",
        message: "'{0}' {1}: a text that begins with =, +, - or @ runs as a formula where the file is opened; put an apostrophe before it, and quote the field",
        why: "Orders and payments are exported for people who open the file in a spreadsheet. Whoever can choose a name can choose a formula, and a comma in a note moves every amount after it into the next column.");

    public FormulaInExport() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        on.Operation(CheckLine, OperationKind.InterpolatedString);
        on.Operation(CheckJoin, OperationKind.Invocation);
        on.Declaration(CheckHelper, SymbolKind.Method);
    }

    // csv.AppendLine($"{order.Id},{order.CustomerName},{order.Total}")
    private static void CheckLine(OperationVisit visit)
    {
        var line = (IInterpolatedStringOperation)visit.Operation;
        if (!CsvText.IsIn(line, visit.Member) || FirstRaw(line) is not { } raw)
            return;
        // Several pieces of one line are one finding.
        var whole = CsvText.WholeOf(line);
        if (!CsvText.IsLine(whole))
            return;
        if (whole == line || whole.DescendantsAndSelf().OfType<IInterpolatedStringOperation>().FirstOrDefault(piece => FirstRaw(piece) is not null) == line)
            visit.Report(raw.Syntax, Excerpt.Of(CsvText.Subject(raw)), "stands in the line as the customer wrote it");
    }

    private static IOperation? FirstRaw(IInterpolatedStringOperation line)
    {
        foreach (var part in line.Parts)
        {
            var value = part switch
            {
                IInterpolationOperation plain => plain.Expression,
                IInterpolatedStringAppendOperation { AppendCall: IInvocationOperation { Arguments: [{ Value: var appended }, ..] } } => appended,
                _ => null,
            };
            if (value is not null && CsvText.IsRaw(value))
                return value;
        }
        return null;
    }

    // string.Join(",", order.Id, order.CustomerName), csv.Append(order.CustomerName)
    private static void CheckJoin(OperationVisit visit)
    {
        var call = (IInvocationOperation)visit.Operation;
        var isJoin = call.TargetMethod is { Name: "Join", ContainingType.SpecialType: SpecialType.System_String } && call.Arguments is [{ Value.ConstantValue: { HasValue: true, Value: "," or ";" or "\t" or ',' or ';' or '\t' } }, ..];
        var isAppend = call.TargetMethod is { Name: "Append" or "Write", ContainingType.Name: "StringBuilder" or "StreamWriter" or "TextWriter" };
        if (!isJoin && !isAppend || !CsvText.IsIn(call, visit.Member))
            return;
        foreach (var argument in call.Arguments)
        {
            if (CsvText.Elements(argument.Value).FirstOrDefault(CsvText.IsRaw) is not { } raw)
                continue;
            visit.Report(raw.Syntax, Excerpt.Of(CsvText.Subject(raw)), "stands in the line as the customer wrote it");
            return;
        }
    }

    // EscapeCsv(string value) that quotes commas and lets = through.
    private static void CheckHelper(DeclarationVisit visit)
    {
        if (visit.Symbol is not IMethodSymbol { ReturnType.SpecialType: SpecialType.System_String, Parameters: [{ Type.SpecialType: SpecialType.System_String }, ..] } method || !CsvText.IsEscaping(method.Name))
            return;
        foreach (var syntax in visit.Syntax)
        {
            if (CsvText.Neutralises(syntax) || !CsvText.Quotes(syntax))
                continue;
            // Where it decides what is dangerous, the formula is missing.
            var place = syntax.DescendantNodes().OfType<IfStatementSyntax>().Select(test => (SyntaxNode)test.Condition).Concat(syntax.DescendantNodes().OfType<ConditionalExpressionSyntax>().Select(test => test.Condition)).FirstOrDefault(CsvText.Quotes);
            visit.Report(place?.GetLocation() ?? method.Locations[0], method.Name, "quotes commas and lets formulas through");
        }
    }
}
