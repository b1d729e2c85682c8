using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Payments;

/// <summary>Something becomes paid or refunded in code that has seen no answer of a payment provider.</summary>
internal sealed class PaidWithoutEvidence : RiskRule
{
    private static readonly HashSet<string> Evidence = Words.SetOf(
        "event webhook notification callback response result message ipn transaction intent charge session receipt confirmation confirmed succeeded completed captured paid settled received refunded saga consumer verified "
        + "evidence reference gateway");

    private static readonly HashSet<string> Inquiries = Words.SetOf("verify capture confirm charge refund pay check validate authorize retrieve settle execute transfer");

    private static readonly HashSet<string> Free = Words.SetOf("free zero cash cod offline manual invoice test sandbox demo");

    private static readonly HashSet<string> Views = Words.SetOf("model dto request response search filter query view result settings option options criteria message event command info summary notification");

    private static readonly HashSet<string> Seeds = Words.SetOf("seed seeder seeding sample demo test fake mock initializer initialize migration install installation import builder factory generator consumer saga webhook ipn simulate");

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK2010",
        title: "Something is marked as paid without an answer from the provider",
        message: "'{0}' makes this '{1}' although no answer of a payment provider is in sight: whoever gets here has paid; set it from the gateway's result or a verified event",
        why: "An order that turns paid because a request said so was paid by nobody. The state has to follow from a charge, a capture or an event of the provider, with amount and currency compared.");

    public PaidWithoutEvidence() : base(Risk)
    {
    }

    public override void Listen(RuleListener on) => on.Operation(Check, OperationKind.SimpleAssignment, OperationKind.Invocation);

    private static void Check(OperationVisit visit)
    {
        if (!Language.Payments.MarksSettled(visit.Operation) || visit.Member is not IMethodSymbol { MethodKind: MethodKind.Ordinary } method || method.DeclaredAccessibility is Accessibility.Private or Accessibility.Protected)
            return;
        if (Receiver(visit.Operation) is not { } receiver || receiver is IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } || IsView(receiver))
            return;
        if (Words.ContainAny(method.Name, Seeds) || Words.ContainAny(method.ContainingType.Name, Seeds) || Words.Of(method.Name) is ["mark" or "set", ..] && !Callbacks.IsAction(method) || IsTest(method))
            return;
        if (method.Parameters.Any(parameter => Words.ContainAny(parameter.Type.Name, Evidence) || Words.ContainAny(parameter.Name, Evidence)) || IsForStaff(method))
            return;
        if (IsSeen(visit.Body, visit.Operation) || IsForFree(visit.Operation))
            return;
        // One place for one decision: the first of status, flag and time.
        if (visit.Body.DescendantsAndSelf().First(Language.Payments.MarksSettled) is var first && first != visit.Operation && first.Parent?.Parent == visit.Operation.Parent?.Parent)
            return;
        visit.Report(visit.Operation, method.Name, State(visit.Operation));
    }

    private static IOperation? Receiver(IOperation operation) => operation switch
    {
        ISimpleAssignmentOperation { Target: IMemberReferenceOperation { Instance: var instance } } => instance,
        IInvocationOperation { Instance: var instance } => instance,
        _ => null,
    };

    private static bool IsView(IOperation receiver) => receiver.Type is not { } type || Words.ContainAny(type.Name, Views);

    private static bool IsTest(IMethodSymbol method) => method.GetAttributes().Any(attribute => attribute.AttributeClass?.Name is "FactAttribute" or "TheoryAttribute" or "TestAttribute" or "TestMethodAttribute");

    private static bool IsForStaff(IMethodSymbol method) =>
        Words.ContainAny(method.ContainingType.Name, Staff) || method.ContainingNamespace?.ToString().Contains("Admin") == true
        || method.GetAttributes().Concat(method.ContainingType.GetAttributes()).Any(attribute => attribute.AttributeClass?.Name == "AuthorizeAttribute"
            && (attribute.NamedArguments.Any(argument => argument.Key is "Roles" or "Policy") || attribute.ConstructorArguments.Length > 0));

    private static readonly HashSet<string> Staff = Words.SetOf("admin administration backoffice");

    // A call that moves money or asks about it, or a value that stands for the provider's answer.
    private static bool IsSeen(IOperation body, IOperation marking)
    {
        foreach (var operation in body.DescendantsAndSelf())
        {
            switch (operation)
            {
                case IInvocationOperation call when call != marking && (Language.Payments.MovesMoney(call)
                    || Words.Of(call.TargetMethod.Name) is [var verb, ..] && Inquiries.Contains(verb) && (Language.Payments.SpeakOfPayment(call.TargetMethod.Name) || Language.Payments.SpeakOfPayment(call.TargetMethod.ContainingType.Name))
                    || call.TargetMethod.ContainingType is { } type && Words.Of(type.Name) is var words && words.Any(word => word is "gateway" or "stripe" or "paypal" or "adyen" or "braintree" or "provider" or "psp")):
                    return true;
                case ILocalReferenceOperation { Local: var local } when Words.ContainAny(local.Name, Evidence) && !Words.ContainAny(local.Name, Free):
                    return true;
                case IIsPatternOperation or IPropertyReferenceOperation { Property.ContainingType.Name: "PaymentIntent" or "Charge" or "Session" }:
                    if (operation is IPropertyReferenceOperation)
                        return true;
                    break;
            }
        }
        return false;
    }

    // Nothing was due, or it is paid by other means, or the branch asked for the provider's word.
    private static bool IsForFree(IOperation operation)
    {
        foreach (var ancestor in operation.Ancestors())
        {
            var condition = ancestor switch
            {
                IConditionalOperation { Condition: var asked } => asked,
                ISwitchCaseOperation or ISwitchExpressionArmOperation => ancestor.Parent,
                _ => null,
            };
            if (condition is null)
                continue;
            if (condition.DescendantsAndSelf().Any(part => part.IsConstant(0m) || part.ReferencedSymbol() is { } symbol && (Words.ContainAny(symbol.Name, Free) || Words.ContainAny(symbol.Name, Evidence) && symbol is not IFieldSymbol)))
                return true;
        }
        return false;
    }

    private static string State(IOperation operation) => operation switch
    {
        ISimpleAssignmentOperation { Value: var value } when value.WithoutConversions() is IFieldReferenceOperation { Field.Name: var name } => name,
        ISimpleAssignmentOperation { Target: var target } => target.ReferencedSymbol()?.Name ?? "paid",
        _ => "paid",
    };
}
