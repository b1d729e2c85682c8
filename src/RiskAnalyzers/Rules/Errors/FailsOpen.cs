using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Errors;

/// <summary>A check that answers "yes" when it could not be made: <c>catch { return true; }</c>.</summary>
internal sealed class FailsOpen : RiskRule
{
    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK4001",
        title: "A check answers yes when it fails",
        message: "When the check fails, '{0}' answers '{1}': an outage of what it asks becomes an open door; deny, or let the exception through",
        why: "An authorisation, fraud, limit or signature check that is true in its catch clause is off as long as the service behind it is down, "
            + "and an attacker may be able to take it down.");

    public FailsOpen() : base(Risk)
    {
    }

    public override ImmutableArray<string> Supersedes { get; } = ImmutableArray.Create("RISK4003", "RISK4005");

    public override void Listen(RuleListener on)
    {
        on.Operation(Check, OperationKind.CatchClause);
        on.Operation(CheckRefusal, OperationKind.Conditional);
    }

    // if (!response.IsSuccessStatusCode) return true; the service that decides did not answer. if (string.IsNullOrEmpty(secret)) return true; nothing to check with.
    private static void CheckRefusal(OperationVisit visit)
    {
        var branch = (IConditionalOperation)visit.Operation;
        if (branch.Syntax is not IfStatementSyntax || !IsUnanswered(branch.Condition) && !UnsetChecks.IsMissing(branch.Condition))
            return;
        var name = branch.FunctionName(visit.Member);
        if (branch.WhenTrue.DescendantsInFunction().OfType<IReturnOperation>().FirstOrDefault(answered => answered.ReturnedValue is { } returned && IsOpen(returned, name)) is { ReturnedValue: { } open } found
            && !branch.WhenTrue.DescendantsInFunction().Any(operation => operation is IConditionalOperation))
            visit.Report(found, name, Excerpt.Of(open));
    }

    private static bool IsUnanswered(IOperation condition) => condition.WithoutConversions() is IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, Operand: var asked }
        && asked.WithoutConversions() is IPropertyReferenceOperation { Property: { Name: "IsSuccessStatusCode" or "IsSuccessful", ContainingType: { } answer } } && answer.Name.IndexOf("Response", StringComparison.Ordinal) >= 0;

    private static void Check(OperationVisit visit)
    {
        var clause = (ICatchClauseOperation)visit.Operation;
        var name = clause.FunctionName(visit.Member);
        if (IsOfTheMachine(visit.Member))
            return;
        if (clause.IsCatchAll() && Passes(clause, visit.Member) is { } pass)
        {
            visit.Report(pass, name, Excerpt.Of(pass));
            return;
        }
        if (!clause.Leaves() && Preset(clause) is var (later, preset) && IsOpen(preset, name))
        {
            visit.Report(later, name, Excerpt.Of(preset));
            return;
        }
        foreach (var operation in clause.Handler.DescendantsInFunction())
        {
            switch (operation)
            {
                case IReturnOperation { ReturnedValue: { } returned } when IsOpen(returned, name) && !IsInDecision(operation, clause):
                    visit.Report(operation, name, Excerpt.Of(returned));
                    break;
                case ISimpleAssignmentOperation { Value: var value, Target: var target } when target.ReferencedSymbol() is { } symbol and not IFieldSymbol { IsStatic: true }
                    && IsOpenAssignment(value, symbol.Name) && !IsInDecision(operation, clause):
                    visit.Report(operation, symbol.Name, Excerpt.Of(value));
                    break;
            }
        }
    }

    private static readonly HashSet<string> Gates = Words.SetOf("rate limit limiting limiter throttle throttling security auth authentication authorization signature verification validation firewall ip tenant permission protection ddos quota antiforgery captcha");

    // catch { await next(context); }: the gate opens, and where the rest of the request threw, all of it runs again.
    private static IOperation? Passes(ICatchClauseOperation clause, ISymbol member)
    {
        if (clause.Handler.DescendantsInFunction().FirstOrDefault(IsNext) is not { } next || clause.Parent is not ITryOperation attempt)
            return null;
        return attempt.Body.DescendantsInFunction().Any(IsNext) || Words.ContainAny(member.ContainingType?.Name ?? "", Gates) ? next : null;
    }

    private static bool IsNext(IOperation operation) => operation is IInvocationOperation { TargetMethod: { Name: "Invoke" or "InvokeAsync" }, Instance: { Type.Name: "RequestDelegate" or "EndpointFilterDelegate" or "ActionExecutionDelegate" } };

    private static readonly HashSet<string> FileRights = Words.SetOf("access permission permissions read readable write writable");

    // Whether the process may write a file, the operating system decides when it is written; a consent to cookies opens no door.
    private static bool IsOfTheMachine(ISymbol member)
    {
        if (member.ContainingType is not { } type)
            return false;
        var words = Words.Of(type.Name);
        if (words.Contains("cookie") && (words.Contains("consent") || words.Contains("consents")) || words.Contains("file") && (words.Contains("permission") || words.Contains("permissions")))
            return true;
        return member is IMethodSymbol method && Words.ContainAny(method.Name, FileRights) && method.Parameters.Any(parameter => parameter.Type.Name is "FileSystemInfo" or "DirectoryInfo" or "FileInfo");
    }

    // var allowed = true; try { allowed = await ask(); } catch { log } return allowed;
    private static (IOperation Return, IOperation Value)? Preset(ICatchClauseOperation clause)
    {
        if (clause.Parent is not ITryOperation { Parent: IBlockOperation block } attempt || clause.IsCancellation())
            return null;
        var position = block.Operations.IndexOf(attempt);
        if (block.Operations.Skip(position + 1).FirstOrDefault(next => next is not IExpressionStatementOperation { Operation: IInvocationOperation }) is not IReturnOperation { ReturnedValue: { } returned } later
            || returned.WithoutConversions() is not ILocalReferenceOperation { Local: var local } || clause.Handler.Mentions(local))
            return null;
        var preset = block.Operations.Take(position).OfType<IVariableDeclarationGroupOperation>().SelectMany(group => group.Declarations).SelectMany(declaration => declaration.Declarators)
            .FirstOrDefault(declarator => SymbolEqualityComparer.Default.Equals(declarator.Symbol, local))?.GetVariableInitializer()?.Value;
        var isAsked = attempt.Body.DescendantsInFunction().Any(operation => operation is ISimpleAssignmentOperation assignment && SymbolEqualityComparer.Default.Equals(assignment.Target.ReferencedSymbol(), local));
        var isSetBefore = block.Operations.Take(position).Any(operation => operation is IExpressionStatementOperation { Operation: ISimpleAssignmentOperation earlier } && SymbolEqualityComparer.Default.Equals(earlier.Target.ReferencedSymbol(), local));
        return preset is not null && isAsked && !isSetBefore ? (later, preset) : null;
    }

    private static bool IsOpen(IOperation returned, string name)
    {
        var value = returned.AsAnswered();
        if (value is IInvocationOperation { TargetMethod.Name: "FromResult", Arguments: [{ Value: var result }] })
            value = result.AsAnswered();
        else if (value is IObjectCreationOperation { Type.Name: "ValueTask", Arguments: [{ Value: var wrapped }] })
            value = wrapped.WithoutConversions();
        if (value is ITupleOperation tuple)
            return tuple.Elements.Any(element => element.ConstantValue is { HasValue: true, Value: true }) && Polarities.Of(name) == Polarity.Allow;
        if (value.ConstantValue is { HasValue: true, Value: bool answer })
            return Polarities.Of(name) == (answer ? Polarity.Allow : Polarity.Deny);
        return Outcomes.IsSuccess(value);
    }

    private static bool IsOpenAssignment(IOperation value, string name) => value.ConstantValue is { HasValue: true, Value: bool answer }
        ? Polarities.Of(name) == (answer ? Polarity.Allow : Polarity.Deny)
        : value.WithoutConversions() is IFieldReferenceOperation && Outcomes.IsSuccess(value);

    // A branch within the clause has looked at the exception: a conflict may well mean that the work is already done.
    private static bool IsInDecision(IOperation operation, ICatchClauseOperation clause) =>
        operation.Ancestors().TakeWhile(ancestor => ancestor != clause).Any(ancestor => ancestor is IConditionalOperation { Condition: var condition } && clause.ExceptionDeclarationOrExpression is IVariableDeclaratorOperation { Symbol: var exception } && condition.Mentions(exception));
}
