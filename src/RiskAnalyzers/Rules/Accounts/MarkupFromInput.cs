using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Accounts;

/// <summary>A name or text that somebody typed goes into the HTML of a mail or a page as it is.</summary>
internal sealed class MarkupFromInput : RiskRule
{
    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK3033",
        title: "Typed text becomes markup",
        message: "'{0}' goes into this HTML as it was typed: whoever writes a link or an image there has the shop send it, to a stranger under its own name as well; encode it with WebUtility.HtmlEncode",
        why: "Somebody registers with a foreign address and the name '<a href=...>Your refund is waiting</a>'. The mail comes from the shop's own server, passes every filter, and looks like all its other mails.");

    private static readonly string[] Tags = { "<p", "<h1", "<h2", "<h3", "<div", "<br", "<strong", "<b>", "<a ", "<li", "<td", "<html", "<span", "<body", "<table", "<ul" };

    private static readonly HashSet<string> Typed = Words.SetOf("name firstname lastname fullname username displayname customername message comment comments subject note notes title description remark remarks reason company street city feedback question text");

    private static readonly HashSet<string> Sinks = Words.SetOf("mail email mailer emailer smtp html newsletter htmlbody emails mails sendgrid mailkit");

    // Named by the code, not by whoever fills in a form.
    private static readonly HashSet<string> Own = Words.SetOf("template file class type column table shop site store brand app application method status enum host domain field property assembly environment role currency action button");

    public MarkupFromInput() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        on.Operation(CheckInterpolated, OperationKind.InterpolatedString);
        on.Operation(CheckSum, OperationKind.Binary);
        on.Operation(CheckTemplate, OperationKind.Invocation);
    }

    // $"<h1>Hello {user.FirstName}</h1>"
    private static void CheckInterpolated(OperationVisit visit)
    {
        var text = (IInterpolatedStringOperation)visit.Operation;
        if (text.Parts.Length < 2 || !text.Parts.Any(part => FixedPart(part) is { } fixedPart && IsMarkup(fixedPart)))
            return;
        foreach (var part in text.Parts)
        {
            if (Hole(part) is { } hole && IsTyped(hole) && IsSent(visit))
            {
                Report(visit, hole);
                return;
            }
        }
    }

    // builder.Append($"...") goes through a handler that appends part by part.
    private static string? FixedPart(IInterpolatedStringContentOperation part) => part switch
    {
        IInterpolatedStringTextOperation { Text.ConstantValue: { HasValue: true, Value: string text } } => text,
        IInterpolatedStringAppendOperation { AppendCall: IInvocationOperation { TargetMethod.Name: "AppendLiteral", Arguments: [{ Value.ConstantValue: { HasValue: true, Value: string text } }, ..] } } => text,
        _ => null,
    };

    private static IOperation? Hole(IInterpolatedStringContentOperation part) => part switch
    {
        IInterpolationOperation { Expression: var hole, FormatString: null } => hole,
        IInterpolatedStringAppendOperation { AppendCall: IInvocationOperation { TargetMethod.Name: "AppendFormatted", Arguments: [{ Value: var hole }, ..] } } => hole,
        _ => null,
    };

    // "<p>" + order.CustomerName + "</p>"
    private static void CheckSum(OperationVisit visit)
    {
        var sum = (IBinaryOperation)visit.Operation;
        if (sum.Type?.SpecialType != SpecialType.System_String || sum.OperatorKind != BinaryOperatorKind.Add || sum.Parent is IBinaryOperation { OperatorKind: BinaryOperatorKind.Add })
            return;
        var operands = Operands(sum).ToList();
        if (operands.Exists(operand => operand.ConstantValue is { HasValue: true, Value: string fixedPart } && IsMarkup(fixedPart)) && operands.Find(IsTyped) is { } typed && IsSent(visit))
            Report(visit, typed);
    }

    // template.Replace("{{UserName}}", user.UserName)
    private static void CheckTemplate(OperationVisit visit)
    {
        var call = (IInvocationOperation)visit.Operation;
        if (call.TargetMethod is not { Name: "Replace", ContainingType.SpecialType: SpecialType.System_String } || call.Arguments is not [{ Value: var place }, { Value: var value }, ..] || !IsPlace(place) || !(IsTyped(value) || IsEntry(value)) || !IsSent(visit))
            return;
        if (visit.Body.Descendants().Any(operation => operation is IInvocationOperation { TargetMethod.Name: var name } && name.IndexOf("Encode", StringComparison.Ordinal) >= 0))
            return;
        Report(visit, value);
    }

    private static IEnumerable<IOperation> Operands(IOperation value) => value.WithoutConversions() is IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } sum ? Operands(sum.LeftOperand).Concat(Operands(sum.RightOperand)) : new[] { value.WithoutConversions() };

    private static bool IsMarkup(string text) => text.IndexOf('<') >= 0 && Tags.Any(tag => text.IndexOf(tag, StringComparison.OrdinalIgnoreCase) >= 0);

    // "{{UserName}}", "[NAME]", "%name%", "#Customer#", or a key with braces around it.
    private static bool IsPlace(IOperation place) => place.WithoutConversions() switch
    {
        { ConstantValue: { HasValue: true, Value: string { Length: > 2 } text } } => text[0] is '{' or '[' or '%' or '#' or '@' or '$' && text.Any(char.IsLetter),
        IInterpolatedStringOperation { Parts: [IInterpolatedStringTextOperation { Text.ConstantValue: { HasValue: true, Value: string open } }, IInterpolationOperation, ..] } => open.StartsWith("{", StringComparison.Ordinal),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } sum => sum.DescendantsAndSelf().Any(part => part.ConstantValue is { HasValue: true, Value: "{{" or "{" or "[" or "%" }),
        _ => false,
    };

    // foreach (var placeholder in placeholders) ... placeholder.Value
    private static bool IsEntry(IOperation value) => value.WithoutConversions() is IPropertyReferenceOperation { Property: { Name: "Value", ContainingType.Name: "KeyValuePair" }, Type.SpecialType: SpecialType.System_String };

    private static bool IsTyped(IOperation value)
    {
        value = value.WithoutConversions();
        if (value.Type?.SpecialType != SpecialType.System_String || value.ConstantValue.HasValue)
            return false;
        switch (value)
        {
            case ICoalesceOperation coalesce:
                return IsTyped(coalesce.Value);
            case IConditionalAccessOperation { WhenNotNull: var accessed }:
                return IsTyped(accessed);
            case ILocalReferenceOperation { Local.Name: var name } local:
                return IsTypedName(name) && Flow.InitialValue(local) is var initial && (initial is null || IsTyped(initial) || initial is IParameterReferenceOperation or IInterpolatedStringOperation);
            case IPropertyReferenceOperation { Property: { IsStatic: false, SetMethod: not null, Name: var name, ContainingType: var holder } }:
                return IsTypedName(name) && !Words.ContainAny(holder?.Name ?? "", Own) && holder?.NamespaceName()?.StartsWith("System", StringComparison.Ordinal) != true && !Settings.IsOptionsType(holder);
            case IParameterReferenceOperation { Parameter.Name: var name }:
                return IsTypedName(name);
            default:
                return false;
        }
    }

    private static bool IsTypedName(string name) => Words.Of(name) is { IsEmpty: false } words && words.HaveAny(Typed) && !words.HaveAny(Own) && !words.Any(word => word is "html" or "url" or "id" or "link" or "encoded" or "safe" or "escaped");

    // The code is about mails or pages by its name, or by what the text is handed to.
    private static bool IsSent(OperationVisit visit)
    {
        if (Words.ContainAny(visit.Member.Name, Sinks) || visit.Member.ContainingType is { } type && Words.ContainAny(type.Name, Sinks))
            return true;
        for (var outer = visit.Operation.Parent; outer is not null and not IBlockOperation; outer = outer.Parent)
        {
            if (outer is IInvocationOperation call && (Words.ContainAny(call.TargetMethod.Name, Sinks) || call.Instance?.ReferencedSymbol() is { } receiver && Words.ContainAny(receiver.Name, Sinks) || call.Arguments.Any(argument => argument.Value.ConstantValue is { HasValue: true, Value: "text/html" })))
                return true;
            if (outer is IVariableDeclaratorOperation { Symbol.Name: var local } && Words.ContainAny(local, Sinks) || outer is ISimpleAssignmentOperation { Target: var target } && target.ReferencedSymbol() is { } assigned && Words.ContainAny(assigned.Name, Sinks))
                return true;
            if (outer is IVariableDeclaratorOperation { Symbol: var kept } && visit.Body.Descendants().Any(operation => operation is IInvocationOperation send && Words.ContainAny(send.TargetMethod.Name + " " + send.Instance?.ReferencedSymbol()?.Name, Sinks) && send.Arguments.Any(argument => SymbolEqualityComparer.Default.Equals(argument.Value.ReferencedSymbol(), kept))))
                return true;
        }
        return false;
    }

    // A type full of templates has one habit: its first says so.
    private static void Report(OperationVisit visit, IOperation typed)
    {
        var isFirst = visit.Operation.Syntax.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } type || !type.DescendantNodes().OfType<InterpolatedStringExpressionSyntax>().TakeWhile(text => text.SpanStart < visit.Operation.Syntax.SpanStart)
            .Any(text => text.Contents.Any(part => part is InterpolatedStringTextSyntax { TextToken.ValueText: var fixedPart } && IsMarkup(fixedPart)) && text.Contents.Any(part => part is InterpolationSyntax { Expression: MemberAccessExpressionSyntax or IdentifierNameSyntax } hole && IsTypedName(hole.Expression.ToString().Split('.').Last())));
        if (isFirst)
            visit.Report(typed, Excerpt.Of(typed));
    }
}
