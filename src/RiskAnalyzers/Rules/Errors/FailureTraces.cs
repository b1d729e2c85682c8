using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Errors;

/// <summary>How a catch clause answers a failure, and whether it leaves a trace of it: one reading for all who ask.</summary>
internal static class FailureTraces
{
    private static readonly HashSet<string> Refusals = Words.SetOf("BadRequest NotFound Conflict Unauthorized Forbid StatusCode Problem UnprocessableEntity InternalServerError Redirect RedirectToAction RedirectToPage RedirectToRoute");

    private static readonly HashSet<string> RefusingResults = Words.SetOf("StatusCodeResult BadRequestResult BadRequestObjectResult NotFoundResult ConflictResult");

    private static readonly HashSet<string> Results = Words.SetOf("result response answer outcome reply");

    private static readonly HashSet<string> Tellers = Words.SetOf("log logger logging trace telemetry track capture metric metrics audit record notify notifier alert sentry console debug report mark fail rollback abort enqueue reject nack increment compensate");

    private static readonly HashSet<string> Writers = Words.SetOf("log logger logs logging ilogger telemetry sentry console audit capture metrics notify publish report alert recorder serilog");

    /// <summary>What the value refuses by, or null: an error response, <c>false</c>, a failed result.</summary>
    public static string? Refusal(IOperation value)
    {
        if (value is IInvocationOperation { TargetMethod.Name: "FromResult", Arguments: [{ Value: var inner }] })
            value = inner.AsAnswered();
        return value switch
        {
            { ConstantValue: { HasValue: true, Value: false } } => "false",
            IInvocationOperation { TargetMethod: { Name: var name } } call when Refusals.Contains(name) || call.TargetMethod.IsStatic && Outcomes.SpeaksOfFailure(name) => name,
            IObjectCreationOperation { Type.Name: var made } when RefusingResults.Contains(made) => made,
            // new LoginResult(false, "...")
            IObjectCreationOperation { Type.Name: var made, Arguments: var given } when Words.ContainAny(made, Results) && given.Any(argument => argument.Value.IsConstant(false)) => made,
            _ => null,
        };
    }

    /// <summary>Whether the call tells somebody: a log, a counter, an alarm, a state that is recorded.</summary>
    public static bool Tells(IInvocationOperation call) => LogCalls.IsLog(call) || Words.ContainAny(call.TargetMethod.Name, Tellers) || call.TargetMethod.ContainingType is { } type && Words.ContainAny(type.Name, Tellers);

    /// <summary>The same of a call that binds to nothing, by its name.</summary>
    public static bool Tells(IInvalidOperation call) => call.Syntax is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var unknown } } && Words.ContainAny(unknown, Tellers);

    /// <summary>Whether anything in the code is named for writing down.</summary>
    public static bool MayWrite(SyntaxNode code) => code.DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken) && (Words.ContainAny(token.ValueText, Writers) || token.ValueText is "Trace" or "TraceError" or "TraceWarning"));

    /// <summary>Whether the clause makes use of the exception.</summary>
    public static bool Mentions(ICatchClauseOperation clause) => clause.ExceptionDeclarationOrExpression is IVariableDeclaratorOperation { Symbol: var exception }
        && clause.Handler.Descendants().Any(part => part is ILocalReferenceOperation { Local: var used } && SymbolEqualityComparer.Default.Equals(used, exception));
}
