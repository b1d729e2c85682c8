using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Errors;

/// <summary>A result that may say no, answered with 200 without a look: <c>return Ok(result)</c>.</summary>
internal sealed class FailureAnsweredAsSuccess : RiskRule
{
    private static readonly HashSet<string> Errors = Words.SetOf("error errors message messages failure reason");

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK4009",
        title: "A failed result is answered with success",
        message: "'{0}' goes out with 200 whatever its '{1}' says: a caller who looks at the status takes the failure for done, and a sender of events never sends again; answer with an error where it is false",
        why: "Clients, gateways and queues go by the status. Where the failure only stands in the body, the money was not moved, everybody believes that it was, and nothing tries again.");

    public FailureAnsweredAsSuccess() : base(Risk)
    {
    }

    public override void Listen(RuleListener on) => on.Operation(Check, OperationKind.Invocation);

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
            visit.Report(value, Excerpt.Of(value), success);
    }

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
