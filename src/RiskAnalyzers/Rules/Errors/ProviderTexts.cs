using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Errors;

/// <summary>What another service answered when it refused, word for word, where an answer of ours carries it as the reason.</summary>
internal static class ProviderTexts
{
    private static readonly HashSet<string> Reasons = Words.SetOf("error errors message reason detail details description title failure");

    private static readonly HashSet<string> Refusals = Words.SetOf("BadRequest NotFound Conflict Unauthorized UnprocessableEntity Problem StatusCode Failure Failed Fail Error");

    /// <summary>The first place where the body that the call reads goes on as a reason; null where there is none.</summary>
    public static IOperation? ShownBy(IInvocationOperation read, ISymbol member, IOperation body)
    {
        if (read.TargetMethod is not { Name: "ReadAsStringAsync", ContainingType.Name: "HttpContent" } || DeclaredBy(read) is not { } local || read.Ancestor<ICatchClauseOperation>() is not null)
            return null;
        foreach (var operation in body.Descendants())
        {
            if (operation is ILocalReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Local, local) && IsReason(reference) && ExceptionTexts.AnswerOf(reference, member, body) is { } answer && answer != ExceptionTexts.Page)
                return reference;
        }
        return null;
    }

    private static ILocalSymbol? DeclaredBy(IInvocationOperation read)
    {
        for (var parent = read.Parent; parent is not null and not IBlockOperation; parent = parent.Parent)
        {
            if (parent is IVariableDeclaratorOperation { Symbol: var local })
                return local.Type.SpecialType == SpecialType.System_String ? local : null;
            if (parent is not (IAwaitOperation or IInvocationOperation { TargetMethod.Name: "ConfigureAwait" } or IVariableInitializerOperation or IConversionOperation))
                return null;
        }
        return null;
    }

    // ErrorMessage = body, Result.Failure(body), BadRequest($"Refused: {body}"); what is parsed or kept beside the reason is not shown.
    private static bool IsReason(IOperation text)
    {
        for (var (current, parent) = (text, text.Parent); parent is not null and not IBlockOperation; (current, parent) = (parent, parent.Parent))
        {
            switch (parent)
            {
                case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: var named } }:
                    return Words.ContainAny(named, Reasons) && !Words.ContainAny(named, Kept);
                case IArgumentOperation { Parameter: var parameter, Parent: IObjectCreationOperation }:
                    return parameter is not null && Words.ContainAny(parameter.Name, Reasons);
                case IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: var name } }:
                    return Refusals.Contains(name);
                case IInterpolationOperation or IInterpolatedStringOperation or IConversionOperation or IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } or ICoalesceOperation or IConditionalOperation { Syntax: ConditionalExpressionSyntax } or IAnonymousObjectCreationOperation or IObjectCreationOperation or IObjectOrCollectionInitializerOperation:
                    break;
                default:
                    return false;
            }
        }
        return false;
    }

    private static readonly HashSet<string> Kept = Words.SetOf("raw internal debug");
}
