using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Errors;

/// <summary>Look-ups whose failure looks like "there is none": null, an empty list, a definite state.</summary>
internal static class LostLookups
{
    private static readonly HashSet<string> Verbs = Words.SetOf("get find load fetch retrieve lookup query resolve read list search");

    // Where nothing means nothing: a cache misses, a parser cannot, a method that says so may answer nothing.
    private static readonly HashSet<string> Optional = Words.SetOf("try default null cache cached cookie avatar image thumbnail icon logo preview parse parsed version header claim session storage local metrics statistics optional");

    private static readonly HashSet<string> Definite = Words.SetOf("fail failed failure declined rejected paid completed complete success succeeded refunded cancelled canceled active inactive expired approved");

    /// <summary>Whether a member of this name looks something up, and the answer "none" means that there is none.</summary>
    public static bool IsLookUp(string name, INamedTypeSymbol? type) =>
        Words.Of(name) is [var verb, ..] words && Verbs.Contains(verb) && !words.HaveAny(Optional) && (type is null || !Words.ContainAny(type.Name, Optional));

    /// <summary>Whether the clause answers null where others answer that nothing was found, after asking a database or another service.</summary>
    public static bool IsNothing(IOperation returned, ICatchClauseOperation clause, Persistence persistence)
    {
        if (!IsNull(returned) || clause.Parent is not ITryOperation attempt)
            return false;
        return Asks(attempt.Body, persistence) && clause.Handler.Operations.All(statement => statement is IReturnOperation || Catches.IsLogging(statement));
    }

    /// <summary>Whether the answer is a state that was never looked up: <c>PaymentStatus.Failed</c> of <c>GetPaymentStatusAsync</c>.</summary>
    public static bool IsState(IOperation returned, string name) => returned.WithoutAwait() is IFieldReferenceOperation { Field: { ContainingType.TypeKind: TypeKind.Enum } state }
        && Words.ContainAny(state.Name, Definite) && Words.Of(name).Any(word => word is "status" or "state");

    /// <summary>The branch of <c>if (!response.IsSuccessStatusCode) return null;</c> that answers nothing, whatever the status is; else null.</summary>
    public static IOperation? OfStatus(IConditionalOperation choice)
    {
        var (condition, refused) = choice.Condition.WithoutConversions() is IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, Operand: var negated } ? (negated.WithoutConversions(), choice.WhenTrue) : (choice.Condition.WithoutConversions(), choice.WhenFalse);
        if (condition is not IPropertyReferenceOperation { Property: { Name: "IsSuccessStatusCode", ContainingType.Name: "HttpResponseMessage" or "RestResponse" }, Instance: { } response } || refused is null)
            return null;
        // Who tells a missing thing from a broken service asks for the status.
        if (choice.EnclosingFunction().DescendantsInFunction().Any(operation => operation is IPropertyReferenceOperation { Property.Name: "StatusCode" } && !LogCalls.IsLogged(operation) || operation is IInvocationOperation { TargetMethod.Name: "EnsureSuccessStatusCode" }))
            return null;
        if (choice.Syntax is ConditionalExpressionSyntax)
            return choice.Parent is IReturnOperation or IConversionOperation { Parent: IReturnOperation } && (IsNull(refused) || IsEmpty(refused)) ? refused : null;
        var statements = refused is IBlockOperation block ? block.Operations : ImmutableArray.Create(refused);
        return statements.LastOrDefault() is IReturnOperation { ReturnedValue: { } returned } answer && statements.All(statement => statement == answer || Catches.IsLogging(statement)) && (IsNull(returned) || IsEmpty(returned)) ? answer : null;
    }

    private static bool IsNull(IOperation returned)
    {
        var value = returned.WithoutAwait();
        if (value is IInvocationOperation { TargetMethod.Name: "FromResult", Arguments: [{ Value: var result }] })
            value = result.WithoutConversions();
        return value.ConstantValue is { HasValue: true, Value: null } || value is IDefaultValueOperation { Type.IsReferenceType: true };
    }

    private static bool IsEmpty(IOperation returned) => returned.WithoutAwait() switch
    {
        IObjectCreationOperation { Arguments.IsEmpty: true, Initializer: null, Type.Name: "List" or "Dictionary" or "HashSet" } => true,
        IInvocationOperation { TargetMethod: { Name: "Empty", ContainingType.Name: "Array" or "Enumerable" } } => true,
        var value => value.Syntax is CollectionExpressionSyntax { Elements.Count: 0 },
    };

    private static bool Asks(IOperation body, Persistence persistence) => body.DescendantsInFunction().Any(operation => operation is IAwaitOperation
        || operation is IInvocationOperation call && (Language.Payments.IsOfProvider(call.TargetMethod.ContainingType) || (persistence.Of(call) & (DataReach.Query | DataReach.Remote)) != 0));
}
