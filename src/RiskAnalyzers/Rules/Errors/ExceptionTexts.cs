using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Errors;

/// <summary>Follows a text to the answer that carries it: through formats, objects and locals, to a response, a returned result or a page.</summary>
internal static class ExceptionTexts
{
    /// <summary>The answer of a text that a page shows.</summary>
    public const string Page = "page";

    private const int MostHops = 3;

    private static readonly HashSet<string> Responses = Words.SetOf("bad request status code problem ok json content conflict error failure fail failed not found unprocessable entity result internal server unauthorized forbid unexpected");

    private static readonly HashSet<string> ResultTypes = Words.SetOf("response result error problem details dto model message view envelope reply outcome");

    private static readonly HashSet<string> Stored = Words.SetOf("event log entity record audit");

    // A member of the answer that its receiver is not shown.
    private static readonly HashSet<string> Inside = Words.SetOf("hide hidden internal debug developer");

    private static readonly HashSet<string> Shown = Words.SetOf("error errors message alert notification toast status");

    private static readonly HashSet<string> Pages = Words.SetOf("PageModel ComponentBase OwningComponentBase LayoutComponentBase");

    /// <summary>The name of the call or type that takes the text to the caller; null where it stays inside.</summary>
    public static string? AnswerOf(IOperation text, ISymbol member, IOperation body) => AnswerOf(text, member, body, MostHops);

    private static string? AnswerOf(IOperation text, ISymbol member, IOperation body, int hops)
    {
        var current = text;
        for (var parent = text.Parent; parent is not null; current = parent, parent = parent.Parent)
        {
            switch (parent)
            {
                case IThrowOperation or ICatchClauseOperation or IConditionalOperation { Syntax: IfStatementSyntax } or IBinaryOperation { OperatorKind: not BinaryOperatorKind.Add }:
                case IConditionalOperation conditional when conditional.Condition == current:
                    return null;
                case IInvocationOperation call when current is IArgumentOperation:
                    if (LogCalls.IsLog(call))
                        return null;
                    if (call.TargetMethod.Name is "AddModelError" or "TryAddModelError")
                        return Page;
                    if (call.TargetMethod.Name is "AddError" or "ThrowError" || IsWrite(call))
                        return call.TargetMethod.Name;
                    if (IsResponse(call))
                        return GoesOn(call, member, body, hops) ? call.TargetMethod.Name : null;
                    break;
                // What a validator says of its input is meant for whoever typed it.
                case IObjectCreationOperation { Type.Name: var made } when made.EndsWith("Exception", StringComparison.Ordinal) || made == "ValidationResult":
                    return null;
                case IObjectCreationOperation { Type.Name: var made } when Words.ContainAny(made, ResultTypes):
                    return GoesOn(parent, member, body, hops) ? made : null;
                case IAnonymousObjectCreationOperation or ITupleOperation:
                    return GoesOn(parent, member, body, hops) ? OuterCall(parent) ?? "" : null;
                case ISimpleAssignmentOperation { Target: var target } assignment when assignment.Value == current:
                    return OfAssignment(target, member, body, hops);
                case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator }:
                    return OfLocal(declarator.Symbol, parent, member, body, hops);
                case IReturnOperation:
                    return member is IMethodSymbol { ReturnType: var returned } && returned.AwaitedType()?.SpecialType == SpecialType.System_String ? "" : null;
            }
        }
        return null;
    }

    private static string? OfAssignment(IOperation target, ISymbol member, IOperation body, int hops)
    {
        switch (target)
        {
            case IPropertyReferenceOperation { Property: var kept } when Words.ContainAny(kept.Name, Inside):
                return null;
            case ILocalReferenceOperation { Local: var local }:
                return OfLocal(local, target, member, body, hops);
            // TempData["Error"] = ..., ViewBag.Error = ...
            case IPropertyReferenceOperation { Property.IsIndexer: true, Instance.Type.Name: "ITempDataDictionary" or "ViewDataDictionary" or "TempDataDictionary" }:
            case IDynamicMemberReferenceOperation:
                return Page;
            // An initializer belongs to the object that it makes.
            case IPropertyReferenceOperation { Instance: IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ImplicitReceiver } } initialized:
                return initialized.Ancestors().OfType<IObjectCreationOperation>().FirstOrDefault() is { Type.Name: var made } creation && Words.ContainAny(made, ResultTypes) && !Words.ContainAny(made, Stored) && GoesOn(creation, member, body, hops) ? made
                    : initialized.Ancestors().OfType<IAnonymousObjectCreationOperation>().FirstOrDefault() is { } anonymous && GoesOn(anonymous, member, body, hops) ? OuterCall(anonymous) ?? "" : null;
            case IPropertyReferenceOperation { Property.ContainingType: { } owner, Instance: not IInstanceReferenceOperation }:
                return Words.ContainAny(owner.Name, ResultTypes) && !Words.ContainAny(owner.Name, Stored) ? owner.Name : null;
            case IMemberReferenceOperation { Member: var shown }:
                return Words.ContainAny(shown.Name, Shown) && IsPage(shown.ContainingType) ? Page : null;
            default:
                return null;
        }
    }

    private static string? OfLocal(ILocalSymbol local, IOperation set, ISymbol member, IOperation body, int hops)
    {
        if (hops == 0)
            return null;
        foreach (var operation in body.DescendantsAndSelf())
        {
            if (operation is ILocalReferenceOperation reference && reference != set && SymbolEqualityComparer.Default.Equals(reference.Local, local) && reference.Syntax.SpanStart > set.Syntax.SpanStart
                && (reference.Parent is IReturnOperation && Words.ContainAny(local.Type.Name, ResultTypes) ? local.Type.Name : AnswerOf(reference, member, body, hops - 1)) is { } answer)
                return answer;
        }
        return null;
    }

    // Through initialisers, arguments of further factories, awaits and conversions up to the return, or to a write to the response; or by way of a local.
    private static bool GoesOn(IOperation operation, ISymbol member, IOperation body, int hops)
    {
        var current = operation;
        foreach (var ancestor in operation.Ancestors())
        {
            switch (ancestor)
            {
                case IReturnOperation:
                    return true;
                case IInvocationOperation call when IsWrite(call):
                    return true;
                case IInvocationOperation call when LogCalls.IsLog(call):
                case IThrowOperation:
                    return false;
                case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator }:
                    return OfLocal(declarator.Symbol, ancestor, member, body, hops) is not null;
                case ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: var local } target } assignment when assignment.Value == current:
                    return OfLocal(local, target, member, body, hops) is not null;
                // context.Result = new ObjectResult(...) of a filter
                case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: { Name: "Result", ContainingType.Name: var context } } } when context.EndsWith("Context", StringComparison.Ordinal):
                    return true;
            }
            current = ancestor;
        }
        return false;
    }

    private static string? OuterCall(IOperation value) => value.Ancestors().TakeWhile(ancestor => ancestor is not IReturnOperation).OfType<IInvocationOperation>().FirstOrDefault()?.TargetMethod.Name;

    private static bool IsWrite(IInvocationOperation call) => call.TargetMethod.Name is "WriteAsync" or "WriteAsJsonAsync" or "SendErrorsAsync" or "SendStringAsync" or "Write"
        && (call.TargetMethod.ContainingType.Name.StartsWith("HttpResponse", StringComparison.Ordinal) || call.TargetMethod.ContainingType.Name is "IProblemDetailsService");

    private static bool IsResponse(IInvocationOperation call) => IsWrite(call) || Words.ContainAny(call.TargetMethod.Name, Responses) && !call.TargetMethod.ReturnsVoid;

    private static bool IsPage(INamedTypeSymbol? type)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (Pages.Contains(type.Name))
                return true;
        }
        return false;
    }
}
