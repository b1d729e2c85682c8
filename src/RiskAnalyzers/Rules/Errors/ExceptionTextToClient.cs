using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Errors;

/// <summary>The text of an exception in a response or result.</summary>
internal sealed class ExceptionTextToClient : RiskRule
{
    private static readonly HashSet<string> Responses = new("bad request status code problem ok json content conflict error failure fail failed not found unprocessable entity result internal server".Split(' '), StringComparer.Ordinal);

    private static readonly HashSet<string> ResultTypes = new("response result error problem details dto model message view envelope".Split(' '), StringComparer.Ordinal);

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK4006",
        title: "The text of an exception is shown to the caller",
        message: "'{0}' goes to the caller: table names, hosts, keys and other people's data may stand in it; answer with a text of your own and log the exception",
        why: "Exception texts are written for developers. Database and gateway errors carry connection details, SQL and card data, and they tell an attacker what works.");

    public ExceptionTextToClient() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        if (on.Type("System.Exception") is { } exception)
            on.Operation(visit => Check(visit, exception), OperationKind.PropertyReference, OperationKind.Invocation);
    }

    private static void Check(OperationVisit visit, INamedTypeSymbol exception)
    {
        var source = visit.Operation switch
        {
            IPropertyReferenceOperation { Property.Name: "Message" or "StackTrace", Instance: { } instance } => instance,
            IInvocationOperation { TargetMethod: { Name: "ToString", Parameters.IsEmpty: true }, Instance: { } instance } => instance,
            _ => null,
        };
        if (source is null || !source.Type.Is(exception) || IsWrittenForCallers(source.Type!) || visit.Operation.Ancestor<ICatchClauseOperation>() is null)
            return;
        if (GoesOut(visit.Operation, visit.Member))
            visit.Report(visit.Operation, visit.Operation.Syntax.ToString());
    }

    // An exception type of the product's own says what its authors wrote into it; argument and validation texts are meant to be read.
    private static bool IsWrittenForCallers(ITypeSymbol type) =>
        type.Locations.Any(location => location.IsInSource) || type.Name.Contains("Validation") || type.Name is "ArgumentException" or "ArgumentNullException" or "ArgumentOutOfRangeException" or "FormatException";

    private static bool GoesOut(IOperation text, ISymbol member)
    {
        var current = text;
        for (var parent = text.Parent; parent is not null; current = parent, parent = parent.Parent)
        {
            switch (parent)
            {
                case IThrowOperation or ICatchClauseOperation or IConditionalOperation { Syntax: IfStatementSyntax }:
                    return false;
                case IInvocationOperation call when current is IArgumentOperation:
                    if (Catches.IsLogCall(call))
                        return false;
                    if (IsResponse(call))
                        return IsReturned(call, member) || call.TargetMethod.Name is "WriteAsync" or "WriteAsJsonAsync";
                    break;
                case IObjectCreationOperation creation when creation.Type is { } type && (type.Name.EndsWith("Exception", StringComparison.Ordinal)):
                    return false;
                case IObjectCreationOperation creation when creation.Type is { } type && Words.ContainAny(type.Name, ResultTypes):
                    return IsReturned(creation, member);
                case IAnonymousObjectCreationOperation anonymous:
                    return IsReturned(anonymous, member);
                case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: var property, Instance: not IInstanceReferenceOperation } }:
                    return property.ContainingType is { } owner && Words.ContainAny(owner.Name, ResultTypes) && !Words.ContainAny(owner.Name, Stored);
                case IReturnOperation:
                    return member is IMethodSymbol { ReturnType: var returned } && returned.AwaitedType()?.SpecialType == SpecialType.System_String;
            }
        }
        return false;
    }

    private static readonly HashSet<string> Stored = new("event log entity record audit".Split(' '), StringComparer.Ordinal);

    private static bool IsResponse(IInvocationOperation call) =>
        call.TargetMethod.Name is "WriteAsync" or "WriteAsJsonAsync" && call.TargetMethod.ContainingType?.Name.StartsWith("HttpResponse", StringComparison.Ordinal) == true
        || Words.ContainAny(call.TargetMethod.Name, Responses) && !call.TargetMethod.ReturnsVoid;

    // Through initialisers, arguments of further factories, awaits and conversions up to the return, or to a write to the response.
    private static bool IsReturned(IOperation operation, ISymbol member) => operation.Ancestors().Any(ancestor =>
        ancestor is IReturnOperation || ancestor is IInvocationOperation { TargetMethod.Name: "WriteAsJsonAsync" or "WriteAsync" });
}
