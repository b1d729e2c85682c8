using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Errors;

/// <summary>A result that may say no, answered with 200 without a look: <c>return Ok(result)</c>.</summary>
internal sealed class FailureAnsweredAsSuccess : RiskRule
{
    private static readonly HashSet<string> Errors = Words.SetOf("error errors message messages failure reason");

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK4009",
        title: "A failed result is answered with success",
        message: "{0}: a caller who looks at the status takes the failure for done, and a sender of events never sends again; answer with the status of an error",
        why: "Clients, gateways and queues go by the status. Where the failure only stands in the body, the money was not moved, everybody believes that it was, and nothing tries again.");

    public FailureAnsweredAsSuccess() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        on.Operation(Check, OperationKind.Invocation);
        on.Operation(CheckCatch, OperationKind.CatchClause);
    }

    private static void Check(OperationVisit visit)
    {
        var answer = (IInvocationOperation)visit.Operation;
        if (answer.TargetMethod is not { Name: "Ok", ContainingType.Name: "ControllerBase" or "Results" or "TypedResults" } || answer.Arguments is not [{ Value: var value }, ..])
            return;
        var (result, flag) = value.WithoutConversions() is IAnonymousObjectCreationOperation made ? FlagIn(made) : (value.WithoutConversions(), null);
        if (result is not ILocalReferenceOperation { Local: var local } || local.Type is not INamedTypeSymbol type || (flag ?? FlagOf(type)) is not { } success || !CameFromACall(local, answer) || IsLookedAt(local, answer))
            return;
        // A whole API that answers so is an agreement; one whose other actions look is a slip. An event's sender agrees to nothing.
        if (flag is null ? SiblingsLook(visit.Member, type, success) : IsReceiver(visit.Member))
            visit.Report(value, $"'{Excerpt.Of(value)}' goes out with 200 whatever its '{success}' says");
    }

    // catch (AlreadyConfirmedException ex) { context.Response.StatusCode = 200; ... }, catch { return Ok(new { success = false }); }
    private static void CheckCatch(OperationVisit visit)
    {
        var clause = (ICatchClauseOperation)visit.Operation;
        if (IsReceiver(visit.Member))
            return;
        foreach (var operation in clause.Handler.DescendantsInFunction())
        {
            switch (operation)
            {
                case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: { Name: "StatusCode", ContainingType.Name: "HttpResponse" } }, Value: var status } when status.ConstantNumber() is 200 or 201 or 204:
                    visit.Report(operation, $"What failed with '{clause.ExceptionType?.Name ?? "Exception"}' is answered with {status.ConstantNumber()}");
                    return;
                case IInvocationOperation { TargetMethod: { Name: "Ok", ContainingType.Name: "ControllerBase" or "Results" or "TypedResults" }, Arguments: [{ Value: var body }, ..] } when SaysFailure(body.WithoutConversions()):
                    visit.Report(operation, $"What failed with '{clause.ExceptionType?.Name ?? "Exception"}' is answered with 200");
                    return;
            }
        }
    }

    // new { success = false }, new { error = "..." }, Result.Failure(...), new ApiResponse(false, ...)
    private static bool SaysFailure(IOperation body) => body switch
    {
        IAnonymousObjectCreationOperation made => made.Initializers.Any(each => each is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: var name }, Value: var value } && (Outcomes.IsSuccessFlag(name) && value.IsConstant(false) || name.ToLowerInvariant() is "error" or "errors" or "errormessage")),
        IObjectCreationOperation made => made.Arguments.Any(argument => argument.Value.IsConstant(false) && Outcomes.IsSuccessFlag(argument.Parameter?.Name ?? ""))
            || made.Initializer?.Initializers.Any(each => each is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: var name }, Value: var value } && Outcomes.IsSuccessFlag(name) && value.IsConstant(false)) == true,
        IInvocationOperation { TargetMethod: { IsStatic: true, Name: var factory } } => Outcomes.SpeaksOfFailure(factory),
        _ => false,
    };

    // Ok(new { success = result.Success, ... })
    private static (IOperation? Result, string? Flag) FlagIn(IAnonymousObjectCreationOperation made)
    {
        foreach (var initializer in made.Initializers)
        {
            if (initializer is ISimpleAssignmentOperation { Value: IPropertyReferenceOperation { Instance: { } instance, Property: { Type.SpecialType: SpecialType.System_Boolean, Name: var name } } } && Outcomes.IsSuccessFlag(name))
                return (instance.WithoutConversions(), name);
        }
        return (null, null);
    }

    private static string? FlagOf(INamedTypeSymbol type)
    {
        string? flag = null;
        var errors = false;
        for (var ancestor = type; ancestor is not null and not { SpecialType: SpecialType.System_Object }; ancestor = ancestor.BaseType)
        {
            foreach (var member in ancestor.GetMembers())
            {
                if (member is not IPropertySymbol { IsStatic: false } property)
                    continue;
                if (property.Type.SpecialType == SpecialType.System_Boolean && Outcomes.IsSuccessFlag(property.Name))
                    flag = property.Name;
                errors |= Words.ContainAny(property.Name, Errors);
            }
        }
        return errors ? flag : null;
    }

    private static bool CameFromACall(ILocalSymbol local, IOperation answer) => answer.EnclosingFunction().DescendantsInFunction().Any(operation =>
        operation is IVariableDeclaratorOperation declarator && SymbolEqualityComparer.Default.Equals(declarator.Symbol, local) && declarator.GetVariableInitializer()?.Value.WithoutAwait() is IInvocationOperation { TargetMethod.IsStatic: false });

    // Anything of the result in a condition, or the result handed to somebody who answers by it.
    private static bool IsLookedAt(ILocalSymbol local, IOperation answer) => answer.EnclosingFunction().DescendantsInFunction().Any(operation => operation switch
    {
        IConditionalOperation { Condition: var condition } => condition.Mentions(local),
        ISwitchExpressionOperation { Value: var chosen } => chosen.Mentions(local),
        ISwitchOperation { Value: var chosen } => chosen.Mentions(local),
        IInvocationOperation call => call != answer && !LogCalls.IsLog(call) && Words.Of(call.TargetMethod.Name) is ["throw" or "ensure" or "match" or "handle" or "check" or "assert", ..] && call.Mentions(local),
        _ => false,
    });

    private static bool SiblingsLook(ISymbol member, INamedTypeSymbol type, string flag) => member.ContainingType is { } owner && owner.DeclaringSyntaxReferences.Any(reference =>
        reference.GetSyntax().DescendantNodes().OfType<IfStatementSyntax>().Any(test => test.Condition.DescendantNodesAndSelf().Any(node => node is MemberAccessExpressionSyntax { Name.Identifier.ValueText: var read } && read == flag)))
        && owner.GetMembers().OfType<IMethodSymbol>().Count(method => method.MethodKind == MethodKind.Ordinary) > 1 && type.TypeKind == TypeKind.Class;

    private static readonly HashSet<string> Receivers = Words.SetOf("webhook webhooks callback consumer subscriber listener event events ipn notify hook");

    private static bool IsReceiver(ISymbol member) => Words.ContainAny(member.ContainingType?.Name ?? "", Receivers) || Words.ContainAny(member.Name, Receivers);
}
