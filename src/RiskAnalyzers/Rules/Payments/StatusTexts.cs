using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Payments;

/// <summary>States that are texts: whatever the caller writes becomes the state of an order.</summary>
internal static class StatusTexts
{
    private static readonly HashSet<string> Kept = Words.SetOf("order payment invoice booking refund transaction subscription reservation shipment");

    private static readonly HashSet<string> Passing = Words.SetOf("log trace notify audit publish format trim");

    /// <summary>Whether the assignment takes over a text of the caller that nothing in the function looks at.</summary>
    public static bool AreUnasked(ISimpleAssignmentOperation assignment, IMethodSymbol method, RequestData requests)
    {
        if (assignment.Target is not IPropertyReferenceOperation { Property: { Type.SpecialType: SpecialType.System_String, Name: var name, ContainingType: { } type } state, Instance: ILocalReferenceOperation row } || Words.Of(name) is not [.., "status" or "state"]
            || Words.Of(type.Name) is not [.., var kind] || !Kept.Contains(kind) || name is "State" or "ShippingState" or "BillingState")
            return false;
        if (Flow.InitialValue(row) is not IInvocationOperation { TargetMethod.IsStatic: false } and not IInvocationOperation { TargetMethod.IsExtensionMethod: true } || Given(assignment.Value) is not { } given || !IsSent(given, method, requests))
            return false;
        var source = given.ReferencedSymbol()!;
        return !IsConstrained(source) && !assignment.EnclosingFunction().DescendantsInFunction().Any(operation => operation.Syntax.SpanStart < assignment.Syntax.SpanStart && (SymbolEqualityComparer.Default.Equals(operation.ReferencedSymbol(), source) && operation is not IInvocationOperation && IsAsked(operation)
            || operation is IPropertyReferenceOperation { Property: var read } && SymbolEqualityComparer.Default.Equals(read, state) && IsAsked(operation)));
    }

    private static bool IsSent(IOperation given, IMethodSymbol method, RequestData requests) => given is IPropertyReferenceOperation ? requests.Holds(given)
        : given is IParameterReferenceOperation { Parameter.ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: Accessibility.Public } } && Words.Of(method.Name) is ["update" or "change" or "set", ..];

    // request.Status.Trim(), request.Status ?? order.Status
    private static IOperation? Given(IOperation value)
    {
        value = value.WithoutConversions();
        if (value is IInvocationOperation { Instance: { } text, TargetMethod.Name: "Trim" or "ToLower" or "ToUpper" or "ToLowerInvariant" or "ToUpperInvariant" })
            value = text.WithoutConversions();
        return value is IPropertyReferenceOperation or IParameterReferenceOperation ? value : null;
    }

    // [AllowedValues(...)], [RegularExpression(...)] say what may be written.
    private static bool IsConstrained(ISymbol source) => source.GetAttributes().Any(attribute => attribute.AttributeClass?.Name is "AllowedValuesAttribute" or "RegularExpressionAttribute" or "EnumDataTypeAttribute" or "CustomValidationAttribute");

    // A comparison with null or nothing, a log line and an event ask nothing.
    private static bool IsAsked(IOperation read)
    {
        var value = read;
        while (value.Parent is IConversionOperation or IParenthesizedOperation)
            value = value.Parent;
        return value.Parent switch
        {
            IBinaryOperation comparison => !comparison.LeftOperand.IsNullOrEmpty() && !comparison.RightOperand.IsNullOrEmpty(),
            IIsPatternOperation match => !match.Pattern.DescendantsAndSelf().OfType<IConstantPatternOperation>().All(constant => constant.Value.IsNullOrEmpty()),
            ISwitchOperation or ISwitchExpressionOperation => true,
            IArgumentOperation { Parent: IInvocationOperation call } => call.TargetMethod.Name is not ("IsNullOrEmpty" or "IsNullOrWhiteSpace") && !LogCalls.IsLog(call) && !(Words.Of(call.TargetMethod.Name) is [var verb, ..] && Passing.Contains(verb)),
            IInvocationOperation call => call.TargetMethod.Name is "Equals" or "Contains",
            _ => false,
        };
    }
}
