using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Payments;

/// <summary>An idempotency key that is new on every attempt.</summary>
internal sealed class FreshIdempotencyKey : RiskRule
{
    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK2001",
        title: "The idempotency key is new on every attempt",
        message: "'{0}' makes a new key for each attempt, so the provider takes a retry for a new payment: derive the key from the order, or make it once before the first attempt and keep it",
        why: "An idempotency key protects against double charges only when a retry carries the same key. A key made inside the call or the retry loop is decoration.");

    public FreshIdempotencyKey() : base(Risk)
    {
    }

    public override void Listen(RuleListener on) =>
        on.Operation(Check, OperationKind.Invocation, OperationKind.PropertyReference, OperationKind.LocalReference, OperationKind.ParameterReference);

    private static void Check(OperationVisit visit)
    {
        if (!IsFresh(visit.Operation) || Binding(visit.Operation, visit.Member) is not { } binding)
            return;
        // request.IdempotencyKey ?? Guid.NewGuid().ToString(): whoever sends no key is protected from nothing.
        if (StandsInForKey(visit.Operation) is { } standIn)
        {
            visit.Report(standIn, visit.Operation.Syntax.ToString());
            return;
        }
        // A key that is stored with the payment survives the attempt.
        if (binding.Target is ILocalSymbol or IFieldSymbol && !IsRepeated(visit.Operation))
            return;
        // A counter of attempts makes a key of its own for each of them; elsewhere it is a number like any other.
        if (visit.Operation is ILocalReferenceOperation or IParameterReferenceOperation && visit.Operation == binding.Value)
            return;
        if (binding.Target is IPropertySymbol property && IsStored(property.ContainingType))
            return;
        if (binding.Target is IMethodSymbol)
            return;
        visit.Report(binding.Value, visit.Operation.Syntax.ToString());
    }

    private static bool IsFresh(IOperation operation) => operation switch
    {
        IInvocationOperation { TargetMethod: { Name: "NewGuid" or "CreateVersion7", ContainingType.Name: "Guid" } } => true,
        IInvocationOperation { TargetMethod: { Name: "Next" or "NextInt64", ContainingType.Name: "Random" } } => true,
        IInvocationOperation { TargetMethod: { Name: "GetTimestamp", ContainingType.Name: "Stopwatch" } } => true,
        IInvocationOperation { TargetMethod.Name: "ToUnixTimeMilliseconds" or "ToUnixTimeSeconds" } => true,
        IPropertyReferenceOperation { Property: { Name: "Ticks", ContainingType.Name: "DateTime" or "DateTimeOffset" } } => true,
        IPropertyReferenceOperation { Property: { Name: "Now" or "UtcNow", ContainingType.Name: "DateTime" or "DateTimeOffset" } } => true,
        // A helper that makes one from nothing.
        IInvocationOperation { Arguments.IsEmpty: true, TargetMethod: { Parameters.IsEmpty: true, DeclaringSyntaxReferences: [var declaration] } } => declaration.GetSyntax().DescendantNodes().Any(node => node is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "NewGuid" or "CreateVersion7" }),
        ILocalReferenceOperation { Local: { Type.SpecialType: SpecialType.System_Int32, Name: var name } } => Words.ContainAny(name, Attempts),
        IParameterReferenceOperation { Parameter: { Type.SpecialType: SpecialType.System_Int32, Name: var name } } => Words.ContainAny(name, Attempts),
        _ => false,
    };

    private static readonly HashSet<string> Attempts = Words.SetOf("attempt attempts retry retries try tries");

    // What the fresh value ends up in, through ToString, interpolation and concatenation.
    private static (IOperation Value, ISymbol Target)? Binding(IOperation fresh, ISymbol member)
    {
        for (var value = fresh; ; value = value.Parent)
        {
            if (value.Target(member) is { } target && (Language.Payments.IsIdempotencyKey(target.Name) || target is ILocalSymbol local && value == Outermost(value) && BecomesKey(local, value)))
                return (value, target);
            if (value.Parent is IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "Add" or "TryAddWithoutValidation" or "AddHeader" or "WithHeader" } header } argument
                && header.Arguments.Any(other => other != argument && other.Value.ConstantValue is { HasValue: true, Value: string name } && name.IndexOf("idempotency", StringComparison.OrdinalIgnoreCase) >= 0))
                return (value, header.TargetMethod.Parameters[0]);
            if (value.Parent is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Arguments: [{ Value.ConstantValue: { HasValue: true, Value: string key } }] } indexer } assignment
                && assignment.Value == value && key.IndexOf("idempotency", StringComparison.OrdinalIgnoreCase) >= 0)
                return (value, indexer.Property.Parameters[0]);
            if (value.Parent is not (IInvocationOperation { TargetMethod.Name: "ToString" or "Format" or "Concat" or "Substring" or "Replace" } or IConversionOperation or IInterpolationOperation or IInterpolatedStringOperation
                or IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } or IPropertyReferenceOperation { Property.Name: "Ticks" } or IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "Format" or "Concat" } } or ICoalesceOperation))
                return null;
        }
    }

    private static IOperation Outermost(IOperation value) => value.Parent is IVariableInitializerOperation or ISimpleAssignmentOperation ? value : value.Parent ?? value;

    // var key = Guid.NewGuid().ToString(); ... passed as the idempotency key later.
    private static bool BecomesKey(ILocalSymbol local, IOperation value) => value.EnclosingFunction().Descendants().Any(use => use is ILocalReferenceOperation { Local: var mentioned }
        && SymbolEqualityComparer.Default.Equals(mentioned, local) && use.Target(local.ContainingSymbol) is { } target and not ILocalSymbol && Language.Payments.IsIdempotencyKey(target.Name));

    // In a loop, or in a lambda that somebody runs again.
    private static bool IsRepeated(IOperation operation) => operation.Ancestors().Any(ancestor => ancestor
        is IWhileLoopOperation or IForLoopOperation
        or IAnonymousFunctionOperation { Parent: IDelegateCreationOperation { Parent: IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "Execute" or "ExecuteAsync" or "ExecuteAndCaptureAsync" or "Retry" or "RetryAsync" or "WithRetry" or "WithRetryAsync" or "ExecuteWithRetryAsync" } } } });

    private static IOperation? StandsInForKey(IOperation fresh)
    {
        for (var (value, parent) = (fresh, fresh.Parent); parent is not null; (value, parent) = (parent, parent.Parent))
        {
            switch (parent)
            {
                case ICoalesceOperation coalesce when coalesce.WhenNull == value:
                    return coalesce.Value.WithoutConversions().ReferencedSymbol() is IPropertySymbol or IParameterSymbol && Language.Payments.IsIdempotencyKey(coalesce.Value.WithoutConversions().ReferencedSymbol()!.Name) ? value : null;
                case IInvocationOperation { TargetMethod.Name: "ToString" } or IConversionOperation or IInterpolationOperation or IInterpolatedStringOperation:
                    break;
                default:
                    return null;
            }
        }
        return null;
    }

    private static bool IsStored(INamedTypeSymbol type) => !Words.ContainAny(type.Name, Transient);

    private static readonly HashSet<string> Transient = Words.SetOf("options request headers message input params parameters body config context payload");
}
