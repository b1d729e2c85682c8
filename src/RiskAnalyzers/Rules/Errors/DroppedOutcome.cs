using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Errors;

/// <summary>A validation, parse or check whose outcome is thrown away.</summary>
internal sealed class DroppedOutcome : RiskRule
{
    private static readonly HashSet<string> Verbs = Words.SetOf("validate verify check is can has authorize authorise confirm matches");

    private static readonly HashSet<string> OutcomeTypes = new(StringComparer.Ordinal) { "IdentityResult", "SignInResult", "ValidationResult", "PasswordVerificationResult", "AuthorizationResult", "ValidateOptionsResult", "TokenValidationResult" };

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK4004",
        title: "The outcome of a check is thrown away",
        message: "'{0}' answers whether it worked and does not throw; nobody reads the answer, so the code goes on either way: act on it",
        why: "validator.Validate(order) returns a result. TryParse on \"N/A\" leaves 0 behind, which is then charged. A password that could not be changed is reported as changed.");

    public DroppedOutcome() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        var persistence = Persistence.In(on.Facts);
        on.Operation(visit => Check(visit, persistence), OperationKind.ExpressionStatement);
        on.Operation(CheckPayload, OperationKind.PropertyReference);
    }

    // var product = await products.GetAsync(id); total += product.Data.Price; where product.IsSuccess may be false.
    private static void CheckPayload(OperationVisit visit)
    {
        var payload = (IPropertyReferenceOperation)visit.Operation;
        if (UnreadResults.IsTakenUnasked(payload) && Flow.InitialValue((ILocalReferenceOperation)payload.Instance!) is IInvocationOperation call)
            visit.Report(payload, call.TargetMethod.Name);
    }

    private static void Check(OperationVisit visit, Persistence persistence)
    {
        var statement = (IExpressionStatementOperation)visit.Operation;
        var isDiscarded = statement.Operation is ISimpleAssignmentOperation { Target: IDiscardOperation };
        var dropped = isDiscarded ? ((ISimpleAssignmentOperation)statement.Operation).Value : statement.Operation;
        // A task that nobody awaits is another risk.
        if (dropped.WithoutAwait() is not IInvocationOperation call || dropped.WithoutConversions() == call && call.Type is { Name: "Task" or "ValueTask" })
            return;
        if (!IsOutcome(call, visit.Body) && !IsParse(call, visit) && !ConditionalWrites.Is(call) && (isDiscarded || !UnreadResults.MayFail(call, persistence)))
            return;
        visit.Report(call, call.TargetMethod.Name);
    }

    private static bool IsOutcome(IInvocationOperation call, IOperation body)
    {
        var method = call.TargetMethod;
        if (call.Type.AwaitedType() is not { } answer || Returns(method, call.Instance?.Type) || call.Arguments.Any(argument => CarriesAnswer(argument, answer)))
            return false;
        if (OutcomeTypes.Contains(answer.Name))
            return true;
        var words = Words.Of(method.Name);
        return answer.SpecialType == SpecialType.System_Boolean && words.Length > 0 && Verbs.Contains(words[0]) && !words.Contains("throw") && !words.Contains("and")
            && !ReportedElsewhere.Is(call, body);
    }

    // The answer is one of the arguments, or is also written to one: a list of warnings, a model state.
    private static bool CarriesAnswer(IArgumentOperation argument, ITypeSymbol answer) =>
        SymbolEqualityComparer.Default.Equals(argument.Value.Type, answer) && answer.SpecialType != SpecialType.System_Boolean
        || argument.Parameter is { } parameter && (Words.ContainAny(parameter.Name, Reports) || parameter.Type.Name == "ModelStateDictionary");

    private static readonly HashSet<string> Reports = Words.SetOf("warnings errors messages problems notification failures context");

    // Fluent interfaces return the object that they were called on.
    private static bool Returns(IMethodSymbol method, ITypeSymbol? receiver) => receiver is not null && SymbolEqualityComparer.Default.Equals(method.ReturnType, receiver);

    private static readonly HashSet<string> Quantities = Words.SetOf("quantity qty count units points");

    // TryParse(text, out var amount) whose amount is used afterwards; TryGetValue where 0 stands for nothing.
    private static bool IsParse(IInvocationOperation call, OperationVisit visit)
    {
        var body = visit.Body;
        var method = call.TargetMethod;
        if (call.Type?.SpecialType != SpecialType.System_Boolean || !method.Name.StartsWith("TryParse", StringComparison.Ordinal) && !method.Name.StartsWith("TryGet", StringComparison.Ordinal))
            return false;
        var output = call.Arguments.FirstOrDefault(argument => argument.Parameter?.RefKind == RefKind.Out)?.Value;
        if (output is null or IDiscardOperation || output.Type is not { IsValueType: true } || output.ReferencedSymbol() is not { } variable)
            return false;
        // An id or a flag that could not be read finds nothing; an amount or a quantity that could not be read is charged as 0.
        var isAmount = output.Type.SpecialType is SpecialType.System_Decimal or SpecialType.System_Double || output.Type.TypeKind == TypeKind.Enum
            || visit.Facts.MoneyIn(call.Syntax.SyntaxTree).Mean(variable.Name) || Words.ContainAny(variable.Name, Quantities);
        if (!isAmount)
            return false;
        // if (amount <= 0) return; what could not be read is 0 and goes no further.
        if (body.Descendants().Any(operation => operation is IBinaryOperation { OperatorKind: not (BinaryOperatorKind.Add or BinaryOperatorKind.Subtract or BinaryOperatorKind.Multiply or BinaryOperatorKind.Divide), LeftOperand: var compared, RightOperand: var bound }
            && bound.WithoutConversions().ConstantNumber() is 0 && operation.Syntax.SpanStart > call.Syntax.Span.End && SymbolEqualityComparer.Default.Equals(compared.ReferencedSymbol(), variable)))
            return false;
        return body.Descendants().Any(operation => operation is ILocalReferenceOperation or IParameterReferenceOperation or IMemberReferenceOperation
            && operation.Syntax.SpanStart > call.Syntax.Span.End && SymbolEqualityComparer.Default.Equals(operation.ReferencedSymbol(), variable));
    }
}
