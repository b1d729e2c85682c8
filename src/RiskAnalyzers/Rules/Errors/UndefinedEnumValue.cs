using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Errors;

/// <summary>A caller's text or number that becomes a state without anybody asking whether such a state exists: <c>Enum.TryParse("99", out status)</c> is true.</summary>
internal sealed class UndefinedEnumValue : RiskRule
{
    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK4008",
        title: "A number that is no member of the enum becomes a state",
        message: "'{0}' takes any number for a '{1}': \"99\" passes and is stored as a state that nobody defined, which no switch and no filter knows; check Enum.IsDefined as well",
        why: "Enum.TryParse and casts accept every number. An order in state 99 is neither open nor closed: it is not charged, not shipped, not listed, and the rules for what may follow do not mention it.");

    public UndefinedEnumValue() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        var request = RequestData.In(on.Facts);
        on.Operation(visit => CheckParse(visit, request), OperationKind.Invocation);
        on.Operation(visit => CheckCast(visit, request), OperationKind.Conversion);
    }

    private static void CheckParse(OperationVisit visit, RequestData request)
    {
        var call = (IInvocationOperation)visit.Operation;
        if (call.TargetMethod is not { Name: "TryParse" or "Parse", IsStatic: true, ContainingType: { SpecialType: SpecialType.System_Enum } } || call.Arguments.IsEmpty)
            return;
        var text = call.Arguments.FirstOrDefault(argument => argument.Parameter?.Type is { SpecialType: SpecialType.System_String } or { Name: "ReadOnlySpan" })?.Value;
        if (text is null || text.ConstantValue.HasValue || !IsCallers(text, request) && !IsGiven(text, call))
            return;
        var result = call.Arguments.FirstOrDefault(argument => argument.Parameter?.RefKind == RefKind.Out)?.Value;
        var parsed = result is null ? call : result is IDeclarationExpressionOperation declared ? declared.Expression : result;
        if (EnumOf(result is null ? call : parsed) is { } type)
            Judge(visit, call, parsed, type);
    }

    // order.Status = (OrderStatus)request.Status
    private static void CheckCast(OperationVisit visit, RequestData request)
    {
        if (visit.Operation is not IConversionOperation { IsImplicit: false, Operand: var number, Type: INamedTypeSymbol { TypeKind: TypeKind.Enum } type } cast || number.ConstantValue.HasValue)
            return;
        if (number.WithoutConversions().Type.WithoutNullable()?.SpecialType is SpecialType.System_Int32 or SpecialType.System_Byte or SpecialType.System_Int16 or SpecialType.System_Int64 && IsCallers(number, request) && !Payments.Staff.Only(visit.Member))
            Judge(visit, cast, cast, type);
    }

    private static void Judge(OperationVisit visit, IOperation made, IOperation value, INamedTypeSymbol type)
    {
        if (!type.IsOfTheProduct() || type.HasAttribute("FlagsAttribute") || !EnumUses.IsStored(value, made) || EnumUses.IsLookedAt(value, made))
            return;
        visit.Report(made, Excerpt.Of(made), type.Name);
    }

    private static bool IsCallers(IOperation value, RequestData request)
    {
        value = value.WithoutAwait();
        if (value is IInvocationOperation { TargetMethod.Name: "Trim" or "ToUpper" or "ToLower" or "ToUpperInvariant" or "ToLowerInvariant" or "Replace" or "ToString" or "GetValueOrDefault", Instance: { } inner })
            return inner.Type?.TypeKind != TypeKind.Enum && IsCallers(inner, request);
        return value.Type?.TypeKind != TypeKind.Enum && request.Holds(value is ICoalesceOperation { Value: var first } ? first : value);
    }

    private static readonly HashSet<string> Messages = Words.SetOf("request dto command cmd input payload body form model vm message event notification");

    // A service or handler is told by whoever calls it; converters and mappers read what the product itself wrote.
    private static bool IsGiven(IOperation text, IOperation call)
    {
        text = text.WithoutConversions();
        while (text is IInvocationOperation { TargetMethod: { Name: "Trim" or "ToString" or "ToUpperInvariant" or "ToLowerInvariant" or "ToUpper" or "ToLower", ContainingType.SpecialType: SpecialType.System_String }, Instance: { } inner })
            text = inner.WithoutConversions();
        if (text.Type?.SpecialType != SpecialType.System_String)
            return false;
        var isMessage = text is IParameterReferenceOperation;
        while (text is IPropertyReferenceOperation { Instance: { Type: { } sent } owner })
        {
            isMessage |= Words.Of(sent.Name) is [.., var last] && Messages.Contains(last);
            text = owner.WithoutConversions();
        }
        return isMessage && text is IParameterReferenceOperation { Parameter: { } parameter } && parameter.Type.Name is not ("IConfiguration" or "IConfigurationSection") && !Settings.IsOptionsType(parameter.Type)
            && !(parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.AnonymousFunction } && call.IsInExpressionTree());
    }

    // Parse(typeof(OrderStatus), text) is an object until it is cast.
    private static INamedTypeSymbol? EnumOf(IOperation value)
    {
        var type = value.Type;
        if (value.Parent is IConversionOperation { Type: { } cast })
            type = cast;
        return type.WithoutNullable() as INamedTypeSymbol is { TypeKind: TypeKind.Enum } found ? found : null;
    }
}
