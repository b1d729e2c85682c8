using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Errors;

/// <summary>A catch-all that answers a failure and leaves no trace of what went wrong.</summary>
internal sealed class UntracedFailure : RiskRule
{
    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK4011",
        title: "A failure is answered and leaves no trace",
        message: "Whatever goes wrong in '{0}', a broken database or a bug as well, ends here as '{1}' and nothing is written down: nobody can find out why; log the exception, or keep it as the inner one",
        why: "A customer says that the payment failed. The log says nothing, the answer says 'try again', and an outage of hours looks like customers who mistyped.");

    public UntracedFailure() : base(Risk)
    {
    }

    // The swallowed exception says that something was taken for done; this, what is missing.
    public override ImmutableArray<string> Supersedes { get; } = ImmutableArray.Create("RISK4005");

    public override void Listen(RuleListener on)
    {
        var persistence = Persistence.In(on.Facts);
        on.Operation(visit => Check(visit, persistence), OperationKind.CatchClause);
    }

    // A question whose answer is no, and what may fail as a matter of course.
    private static readonly HashSet<string> Questions = Words.SetOf("is has can try validate verify check exists parse ping health dispose decode decrypt test probe compare");

    private static void Check(OperationVisit visit, Persistence persistence)
    {
        var clause = (ICatchClauseOperation)visit.Operation;
        if (!clause.IsCatchAll() || clause.Filter is not null || clause.Parent is not ITryOperation attempt || clause.Ancestor<ICatchClauseOperation>() is not null || AnswerOf(clause) is not { } answer)
            return;
        var name = clause.FunctionName(visit.Member);
        if (Words.Of(name) is [var verb, ..] && Questions.Contains(verb) || IsTraced(clause, visit.Member) || !Works(attempt.Body, persistence))
            return;
        visit.Report(((CatchClauseSyntax)clause.Syntax).CatchKeyword, name, answer);
    }

    // What the clause answers: an error response, false, a failed result, an exception of its own, or what a middleware writes.
    private static string? AnswerOf(ICatchClauseOperation clause)
    {
        foreach (var operation in clause.Handler.DescendantsInFunction())
        {
            switch (operation)
            {
                case IConditionalOperation or ISwitchOperation:
                    return null;
                case IThrowOperation { Exception: null }:
                    return null;
                case IThrowOperation { Exception: { } thrown } when thrown.WithoutConversions() is IObjectCreationOperation { Type.Name: var made }:
                    return made;
                case IReturnOperation { ReturnedValue: { } returned }:
                    return FailureTraces.Refusal(returned.AsAnswered());
                case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: { Name: "StatusCode", ContainingType.Name: "HttpResponse" } }, Value: var code } when code.ConstantNumber() is >= 400:
                    return code.Syntax.ToString();
            }
        }
        return clause.Handler.Operations is [IExpressionStatementOperation { Operation: var only }] && Handed(clause, only) is { } handler ? handler.Name : null;
    }

    // await HandleExceptionAsync(context, ex): the method of the type that answers for all.
    private static IMethodSymbol? Handed(ICatchClauseOperation clause, IOperation only) => only.WithoutAwait() is IInvocationOperation { TargetMethod: { } method } call && !LogCalls.IsLog(call)
        && call.Arguments.Any(argument => argument.Value.Type?.Name == "HttpContext") && Words.ContainAny(method.Name, Handling) ? method : null;

    private static readonly HashSet<string> Handling = Words.SetOf("exception error handle write");

    // Logged, counted, told to somebody, or carried on in another exception or call.
    private static bool IsTraced(ICatchClauseOperation clause, ISymbol member)
    {
        var exception = (clause.ExceptionDeclarationOrExpression as IVariableDeclaratorOperation)?.Symbol;
        foreach (var operation in clause.Handler.DescendantsInFunction())
        {
            switch (operation)
            {
                case IInvocationOperation call when FailureTraces.Tells(call):
                    return true;
                case ILocalReferenceOperation { Local: var mentioned } use when SymbolEqualityComparer.Default.Equals(mentioned, exception) && !IsForNothing(use, clause):
                    // A method of the same type that only answers writes nothing down either.
                    if (!(use.Parent is IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { } method } } && SymbolEqualityComparer.Default.Equals(method.ContainingType, member.ContainingType) && WritesNothing(method)))
                        return true;
                    break;
                case IInvalidOperation or IDynamicInvocationOperation:
                    return true;
            }
        }
        return false;
    }

    // var text = Uri.EscapeDataString(ex.Message); and nobody reads the text.
    private static bool IsForNothing(IOperation use, ICatchClauseOperation clause) => use.Ancestor<IVariableDeclaratorOperation>() is { Symbol: var local, Syntax: var declared } && declared.Span.Contains(use.Syntax.Span) && clause.Syntax.Span.Contains(declared.Span)
        && !clause.Handler.Descendants().Any(operation => operation is ILocalReferenceOperation { Local: var read } && SymbolEqualityComparer.Default.Equals(read, local));

    private static bool WritesNothing(IMethodSymbol method) => method.DeclaringSyntaxReferences is [var declared] && declared.GetSyntax() is { } syntax && !FailureTraces.MayWrite(syntax);

    private static readonly HashSet<string> Services = Words.SetOf("service repository client gateway provider store manager mediator sender handler processor");

    // A database, another service, or a service of the product's own; what only reads a text fails for that text.
    private static bool Works(IOperation body, Persistence persistence)
    {
        foreach (var operation in body.DescendantsInFunction())
        {
            if (operation is not IInvocationOperation call)
                continue;
            if ((persistence.Of(call) & (DataReach.Save | DataReach.Query | DataReach.Remote)) != 0 || call.Instance?.Type is { Name: "RequestDelegate" })
                return true;
            if (call.Instance is IFieldReferenceOperation or IParameterReferenceOperation or IPropertyReferenceOperation && call.Instance.Type is { } type && type.RootNamespace() != "System" && Words.Of(type.Name) is { IsEmpty: false } words && Services.Contains(words[words.Length - 1]))
                return true;
        }
        return false;
    }
}
