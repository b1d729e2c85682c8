using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Money;

/// <summary>An amount that is read or written by whatever culture the server happens to have: "19.99" is 1999 in German.</summary>
internal sealed class CultureDependentMoney : RiskRule
{
    private const string Reads = "reads an amount";
    private const string Writes = "writes an amount";
    private const string Currency = "writes an amount with the server's own currency sign";

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK1013",
        title: "Money is parsed or formatted by the server's culture",
        message: "'{0}' {1} by the culture of whatever machine or request runs it: \"19.99\" is 1999 in German, and 19.99 becomes \"19,99\"; pass a CultureInfo",
        why: "Amounts without a culture change with the container image, the request's language or the developer's machine: prices a hundredfold, signatures that do not verify, "
            + "a euro sign in front of dollars.");

    public CultureDependentMoney() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        on.Operation(CheckCall, OperationKind.Invocation);
        on.Operation(CheckInterpolation, OperationKind.InterpolatedString);
        on.Operation(CheckConcatenation, OperationKind.Binary);
    }

    private static void CheckCall(OperationVisit visit)
    {
        var call = (IInvocationOperation)visit.Operation;
        switch (call.TargetMethod.Name)
        {
            case "Parse" or "TryParse" or "ToDecimal" or "ToDouble" when IsReading(visit, call) && !HasCulture(call):
                visit.Report(call, Called(call), Reads);
                break;
            case "ToString" when Subject(call) is { } amount && IsAmount(visit, amount, Format(call)) && !HasCulture(call) && IsWritten(visit, call, Format(call)):
                visit.Report(call, Excerpt.Of(call), SaysCurrency(Format(call)) ? Currency : Writes);
                break;
            case "Format" or "AppendFormat" when !HasCulture(call) && FormattedAmount(visit, call) is { } format && IsWritten(visit, call, format):
                visit.Report(call, Called(call), SaysCurrency(format) ? Currency : Writes);
                break;
        }
    }

    private static void CheckInterpolation(OperationVisit visit)
    {
        var text = (IInterpolatedStringOperation)visit.Operation;
        foreach (var part in text.Parts)
        {
            // A handler's parts are the calls that append them.
            var value = part switch
            {
                IInterpolationOperation plain => plain.Expression,
                IInterpolatedStringAppendOperation { AppendCall: IInvocationOperation { Arguments: [{ Value: var appended }, ..] } } => appended,
                _ => null,
            };
            if (value is null || part.Syntax is not InterpolationSyntax interpolation)
                continue;
            var format = interpolation.FormatClause?.FormatStringToken.ValueText;
            if (!IsAmount(visit, value, format))
                continue;
            if (HasCulture(text) || !IsWritten(visit, text, format))
                return;
            // One string is one text: its first amount speaks for the others.
            visit.Report(interpolation, interpolation.ToString(), SaysCurrency(format) ? Currency : Writes);
            return;
        }
    }

    // orderId + amount + secret: each operand is made a text by the current culture.
    private static void CheckConcatenation(OperationVisit visit)
    {
        if (visit.Operation is not IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, Type.SpecialType: SpecialType.System_String } sum)
            return;
        foreach (var operand in new[] { sum.LeftOperand, sum.RightOperand })
        {
            if (operand is IConversionOperation { Operand: var amount } && IsAmount(visit, amount, null) && TextSinks.IsMachine(sum, visit.Member))
                visit.Report(operand, Excerpt.Of(operand), Writes);
        }
    }

    // amount?.ToString(): what stands before the question mark.
    private static IOperation? Subject(IInvocationOperation call) =>
        call.Instance is IConditionalAccessInstanceOperation ? call.Ancestor<IConditionalAccessOperation>()?.Operation : call.Instance;

    private static bool IsReading(OperationVisit visit, IInvocationOperation call)
    {
        var method = call.TargetMethod;
        if (!method.IsStatic || method.ContainingNamespace?.Name != "System" || method.Parameters.IsEmpty || call.Arguments.IsEmpty)
            return false;
        if (method.Parameters[0].Type is not ({ SpecialType: SpecialType.System_String } or { Name: "ReadOnlySpan" }))
            return false;
        return method.ContainingType.Name switch
        {
            _ when TextSources.IsTyped(call.Arguments[0].Value, visit.Member) => false,
            "Decimal" => !IsMeasured(call.Arguments[0].Value),
            "Double" or "Single" => IsMoneyText(visit, call),
            "Convert" => method.Name == "ToDecimal" || IsMoneyText(visit, call),
            _ => false,
        };
    }

    private static bool IsMeasured(IOperation text) => text.ReferencedSymbol() is { } symbol && Words.ContainAny(symbol.Name, Physical);

    private static readonly HashSet<string> Physical = Words.SetOf("weight width height length latitude longitude lat lng rating score depth distance");

    private static bool IsMoneyText(OperationVisit visit, IInvocationOperation call)
    {
        var money = visit.Facts.MoneyIn(call.Syntax.SyntaxTree);
        if (money.Mean(call.Arguments[0].Value) || call.Target(visit.Member) is { } target && money.Mean(target.Name))
            return true;
        return call.Arguments.Any(argument => argument.Parameter?.RefKind == RefKind.Out && argument.Value.ReferencedSymbol() is { } result && money.Mean(result.Name));
    }

    private static bool IsAmount(OperationVisit visit, IOperation value, string? format)
    {
        value = value.WithoutConversions();
        if (!Amounts.IsDecimal(value.Type) && !Amounts.IsFloating(value.Type))
            return false;
        if (SaysCurrency(format))
            return true;
        if (value.ReferencedSymbol() is { } symbol && Amounts.IsMeasure(symbol.Name))
            return false;
        return visit.Facts.MoneyIn(visit.Operation.Syntax.SyntaxTree).Mean(value) || Amounts.IsDecimal(value.Type) && format is "F2" or "f2" or "N2" or "n2" or "0.00" or "#,##0.00";
    }

    /// <summary>Whether the format writes the culture's currency sign.</summary>
    internal static bool SaysCurrency(string? format) => format is ['C' or 'c'] or ['C' or 'c', >= '0' and <= '9'];

    // What people read on a page comes in the culture of their request. A machine wants one form; a mail has no request, and puts the container's sign before the sum.
    private static bool IsWritten(OperationVisit visit, IOperation text, string? format) =>
        SaysCurrency(format) ? TextSinks.IsMachine(text, visit.Member) || TextSinks.IsSent(text, visit.Member) && !LogCalls.IsLogged(text)
        : IsPlain(format) && text is IInvocationOperation && text.Parent is not IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } ? TextSinks.IsMachine(text, visit.Member) || !TextSinks.IsRemark(text, visit.Member) && !TextSinks.IsShown(text, visit.Member)
        : format is { Length: > 0 } ? TextSinks.IsMachine(text, visit.Member)
        : !TextSinks.IsShown(text, visit.Member) && text.Target(visit.Member) is IPropertySymbol target && !Amounts.IsMeasure(target.Name) && visit.Facts.MoneyIn(text.Syntax.SyntaxTree).Mean(target.Name)
          || TextSinks.IsMachine(text, visit.Member);

    // F2, 0.00, .##: digits and a point without groups, as providers want them and pages rarely do.
    private static bool IsPlain(string? format) => format is ['F' or 'f', ..] || format is not null && format.All(sign => sign is '0' or '#' or '.');

    private static string? Format(IInvocationOperation call) =>
        call.Arguments.Select(argument => argument.Value.ConstantValue is { HasValue: true, Value: string format } ? format : null).FirstOrDefault(format => format is not null);

    // string.Format("{0:C}", total): the format item of the first amount.
    private static string? FormattedAmount(OperationVisit visit, IInvocationOperation call)
    {
        if (call.TargetMethod.ContainingType.Name is not ("String" or "StringBuilder") || Format(call) is not { } format)
            return null;
        var values = call.Arguments.Where(argument => argument.Parameter?.Type.SpecialType == SpecialType.System_Object || argument.ArgumentKind == ArgumentKind.ParamArray)
            .SelectMany(argument => argument.Value is IArrayCreationOperation { Initializer: { } several } ? several.ElementValues : ImmutableArray.Create(argument.Value)).ToList();
        for (var i = 0; i < values.Count; i++)
        {
            var start = format.IndexOf("{" + i + ":", StringComparison.Ordinal);
            var end = start < 0 ? -1 : format.IndexOf('}', start);
            if (end > 0 && format.Substring(start + 3, end - start - 3) is var item && IsAmount(visit, values[i], item))
                return item;
        }
        return null;
    }

    private static bool HasCulture(IInvocationOperation call) => call.Arguments.Any(argument =>
        argument.ArgumentKind == ArgumentKind.Explicit && IsCulture(argument.Parameter?.Type) && argument.Value.ConstantValue is not { HasValue: true, Value: null });

    // FormattableString.Invariant($"..."), string.Create(culture, $"..."), builder.Append(culture, $"...").
    private static bool HasCulture(IInterpolatedStringOperation text)
    {
        for (var ancestor = text.Parent; ancestor is not null and not IBlockOperation; ancestor = ancestor.Parent)
        {
            switch (ancestor)
            {
                case IConversionOperation { Type.Name: "FormattableString" or "IFormattable" }:
                    return true;
                case IInvocationOperation call:
                    return HasCulture(call);
            }
        }
        return false;
    }

    private static bool IsCulture(ITypeSymbol? type) => type?.Name is "IFormatProvider" or "CultureInfo" or "NumberFormatInfo";

    private static string Called(IInvocationOperation call) => (call.TargetMethod.ContainingType.SpecialType == SpecialType.System_Decimal ? "decimal" : call.TargetMethod.ContainingType.Name) + "." + call.TargetMethod.Name;
}
