using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Errors;

/// <summary>A clause that takes every exception, gives an answer of its own and tells nobody.</summary>
internal static class LostExceptions
{
    private static readonly HashSet<string> Local = Words.SetOf("parse deserialize read decode convert validate token jwt format");

    /// <summary>The name of the work whose every exception is answered and lost; null where the clause says something of it or was meant for one kind.</summary>
    public static string? WorkOf(ICatchClauseOperation clause, ISymbol member)
    {
        if (!clause.IsCatchAll() || clause.Parent is not ITryOperation attempt || clause.Throws())
            return null;
        if (IsPipeline(attempt) is { } next)
            return clause.Handler.Operations.IsEmpty || Writes(member.ContainingType, clause) ? null : next;
        if (FailureTraces.Mentions(clause) || clause.Handler.Descendants().Any(part => part is IInvocationOperation call && FailureTraces.Tells(call) || part is IInvalidOperation unknown && FailureTraces.Tells(unknown)))
            return null;
        if (!AnswersFailure(clause))
            return null;
        return attempt.Body.DescendantsInFunction().OfType<IInvocationOperation>().FirstOrDefault(call => IsWork(call))?.TargetMethod.Name;
    }

    // await next(context); what fails below every request.
    private static string? IsPipeline(ITryOperation attempt) => attempt.Body.DescendantsInFunction().Any(operation => operation is IInvocationOperation { TargetMethod: { Name: "Invoke" or "InvokeAsync" }, Instance.Type.Name: "RequestDelegate" }) ? "next" : null;

    // The middleware hands the exception to a method of its own, and none of them writes it down.
    private static bool Writes(INamedTypeSymbol? type, ICatchClauseOperation clause) => type is null || clause.Syntax.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } declaration
        || FailureTraces.MayWrite(declaration) || declaration.DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken) && Words.ContainAny(token.ValueText, Delegates));

    // What else may write it down for the middleware.
    private static readonly HashSet<string> Delegates = Words.SetOf("handler factory");

    private static bool AnswersFailure(ICatchClauseOperation clause) => clause.Handler.DescendantsInFunction().Any(operation => operation is IReturnOperation { ReturnedValue: { } value } && !value.IsConstant(false) && value.DescendantsAndSelf().Any(part => part is IInvocationOperation or IObjectCreationOperation && FailureTraces.Refusal(part) is not null));

    // An awaited step of the product or a library: what can fail there has more than one reason. A text that cannot be read has one.
    private static bool IsWork(IInvocationOperation call) => !LogCalls.IsLog(call) && (call.Parent is IAwaitOperation || call.TargetMethod.IsOfTheProduct() && call.Instance is not null && call.TargetMethod.ContainingType.TypeKind == TypeKind.Interface)
        && !Words.ContainAny(call.TargetMethod.Name, Local) && call.TargetMethod.ContainingType?.RootNamespace() != "System";
}
