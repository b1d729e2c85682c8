using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Residue;

/// <summary>A validation, authorisation or calculation whose answer does not depend on what it is asked.</summary>
internal sealed class StubbedDecision : RiskRule
{
    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK7005",
        title: "A decision ignores its inputs",
        message: "'{0}' always answers '{1}' whatever it is asked: every caller believes that something was decided; write the decision, or throw until somebody has",
        why: "A stub that validates, authorises or computes nothing looks to its callers like the real thing: every card is valid, everybody is allowed, nothing is taxed.");

    private static readonly HashSet<string> CheckVerbs = Words.SetOf("validate verify check authorize authorise authenticate ensure approve screen assert enforce");
    private static readonly HashSet<string> QuestionVerbs = Words.SetOf("is can has may allow allows permits supports are");
    private static readonly HashSet<string> ComputeVerbs = Words.SetOf("calculate compute estimate determine get apply convert calc quote assess evaluate resolve");

    private static readonly HashSet<string> AllowNouns = Words.SetOf(
        "valid authorized authorised allowed eligible permitted available verified approved authenticated trusted safe order payment pay refund access permission permissions role stock place checkout purchase charge withdraw "
        + "owner admin credit coupon discount card customer user password token ship redeem sufficient funds balance signature webhook age limit otp transfer");

    private static readonly HashSet<string> DenyNouns = Words.SetOf(
        "fraud fraudulent blocked expired revoked locked suspicious banned blacklisted duplicate sanctioned compromised exceeded exceeds risky blocklisted restricted flagged tampered used replayed");

    private static readonly HashSet<string> DenyVerbs = Words.SetOf("requires require needs need must exceeds");

    private static readonly HashSet<string> MoneyNouns = Words.SetOf(
        "tax taxes vat discount shipping fee fees price total cost rate surcharge commission amount refund interest risk score duty currency exchange subtotal tariff premium penalty credit balance available availability stock inventory");

    private static readonly HashSet<string> SecretNouns = Words.SetOf(
        "token signature card password key otp code webhook credentials credential coupon payment secret pin captcha hmac nonce jwt");

    private static readonly HashSet<string> ProofWords = Words.SetOf("validate verify check authenticate authorize valid authentic genuine verified");

    private static readonly HashSet<string> Harmless = Words.SetOf(
        "health handle handler read write execute parse match created update updates connection default equals dirty visible empty null type name enabled column columns");

    private static readonly HashSet<string> SilentTypes = Words.SetOf("null noop no always fake mock stub dummy sample test tests none empty disabled passthrough design");

    private static readonly HashSet<string> SuccessWords = Words.SetOf(
        "success succeeded succeed ok valid approved allow allowed authorized pass passed accepted verified clear true granted none low completed");

    public StubbedDecision() : base(Risk)
    {
    }

    public override ImmutableArray<string> Supersedes => ImmutableArray.Create("RISK7002");

    public override void Listen(RuleListener on) => on.Body(Check);

    /// <summary>Whether the body is one that this rule reports.</summary>
    internal static bool Speaks(IOperation body, ISymbol member) => Finding(body, member) is not null;

    private static void Check(BodyVisit visit)
    {
        if (Finding(visit.Body, visit.Member) is not { } found || found.Answer == "yes" && visit.Member is IMethodSymbol empty && IsOneOfSeveral(empty, visit.Compilation))
            return;
        visit.Report(found.Place, visit.Member.Name, found.Answer);
    }

    // A field of a form that needs no validation, where others of its kind are validated.
    private static bool IsOneOfSeveral(IMethodSymbol method, Compilation compilation) => method.Implemented().Any(promised =>
        promised is IMethodSymbol contract && ImplementationMap.In(compilation).Of(contract).Any(other => !SymbolEqualityComparer.Default.Equals(other, method) && other.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax().DescendantNodes().OfType<StatementSyntax>().Skip(1).Any())));

    // "Checks whether the key is non-null and non-whitespace" promises no more than it does.
    private static bool PromisesPresence(IMethodSymbol method) => method.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax().GetLeadingTrivia().ToString() is var above
        && (above.IndexOf("non-null", StringComparison.OrdinalIgnoreCase) >= 0 || above.IndexOf("not null", StringComparison.OrdinalIgnoreCase) >= 0 || above.IndexOf("not empty", StringComparison.OrdinalIgnoreCase) >= 0 || above.IndexOf("non-empty", StringComparison.OrdinalIgnoreCase) >= 0));

    private static (Location Place, string Answer)? Finding(IOperation body, ISymbol member)
    {
        if (body is not IBlockOperation || member is not IMethodSymbol { MethodKind: MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation } method)
            return null;
        if (method.IsVirtual || method.IsOverride || method.ContainingType is not { TypeKind: not TypeKind.Interface } type || Words.ContainAny(type.Name, SilentTypes))
            return null;
        var inputs = method.Parameters.Where(parameter => parameter.RefKind != RefKind.Out && parameter.Type.Name != "CancellationToken" && !parameter.Name.StartsWith("_", StringComparison.Ordinal)).ToList();
        if (inputs.Count == 0 || Answers(method) is not { } kind || IsForeignContract(method))
            return null;
        return Verdict(body, method, inputs, kind);
    }

    private static (Location, string)? Verdict(IOperation body, IMethodSymbol method, List<IParameterSymbol> inputs, Kind kind)
    {
        var returns = new List<IOperation>();
        var presence = false;
        IParameterSymbol? passedThrough = null;
        foreach (var operation in body.DescendantsInFunction())
        {
            switch (operation)
            {
                case IThrowOperation or IReturnOperation { Kind: OperationKind.YieldReturn }:
                    return null;
                case IReturnOperation { ReturnedValue: { } value } returned when returned.Syntax is not BlockSyntax:
                    returns.Add(value);
                    break;
                case IParameterReferenceOperation read when inputs.Contains(read.Parameter, SymbolEqualityComparer.Default):
                    if (LogCalls.IsLogged(read) || IsDiscarded(read))
                        break;
                    if (IsPresenceCheck(read))
                        presence = true;
                    else if (kind == Kind.Computes && passedThrough is null && inputs.Count > 1)
                        passedThrough = read.Parameter;
                    else
                        return null;
                    break;
                // Whatever the instance decides, it decides itself.
                case IInstanceReferenceOperation when kind == Kind.Computes:
                    return null;
            }
        }
        return Summary(body, method, returns, kind, presence, passedThrough);
    }

    private static (Location, string)? Summary(IOperation body, IMethodSymbol method, List<IOperation> returns, Kind kind, bool presence, IParameterSymbol? passedThrough)
    {
        if (returns.Count == 0 && body.DescendantsInFunction().Any(operation => operation.Kind == OperationKind.YieldBreak))
            return kind == Kind.Allows && !presence ? (method.Locations[0], "nothing") : null;
        if (returns.Count == 0)
            return kind == Kind.Allows && !presence && CheckVerbs.Contains(Words.Of(method.Name)[0]) && IsEmptyHanded(method) && HasNoOtherCalls(body)
                ? (method.Locations[0], "yes") : null;
        if (passedThrough is not null)
            return returns.Count == 1 && IsParameter(returns[0], passedThrough) && !presence ? (returns[0].Syntax.GetLocation(), passedThrough.Name) : null;
        if (presence)
            return kind == Kind.Allows && !PromisesPresence(method) && (Words.ContainAny(method.Name, SecretNouns) && Words.ContainAny(method.Name, ProofWords) || Words.ContainAny(method.Name, RightNouns) && LeavesOneOut(body, method)) && returns.All(IsPresenceOrConstant) && returns.Any(IsPermissivePresence)
                ? (returns[returns.Count - 1].Syntax.GetLocation(), "yes, if there is one") : null;
        string? answer = null;
        foreach (var value in returns)
        {
            if (PermissiveText(value, kind, method) is not { } text || (answer is not null && answer != text))
                return null;
            answer = text;
        }
        return (returns[returns.Count - 1].Syntax.GetLocation(), answer!);
    }

    private static readonly HashSet<string> RightNouns = Words.SetOf("access permission permissions authorized authorised allowed eligible owner owns");

    // HasAccess(user, orderId) that never looks at the order.
    private static bool LeavesOneOut(IOperation body, IMethodSymbol method) =>
        method.Parameters.Length > 1 && method.Parameters.Any(parameter => parameter.Type.Name != "CancellationToken" && !body.Mentions(parameter));

    private enum Kind
    {
        Allows,
        Denies,
        Computes,
    }

    private static Kind? Answers(IMethodSymbol method)
    {
        var words = Words.Of(method.Name);
        if (words.IsEmpty || words.HaveAny(Harmless))
            return null;
        var verb = words[0];
        if ((QuestionVerbs.Contains(verb) || DenyVerbs.Contains(verb)) && (DenyVerbs.Contains(verb) ? words.Any(word => AllowNouns.Contains(word) || word is "approval" or "review" or "verification" or "confirmation") : words.HaveAny(DenyNouns)))
            return Kind.Denies;
        if (CheckVerbs.Contains(verb))
            return words.HaveAny(DenyNouns) && verb is "check" or "screen" && method.ReturnType.AwaitedType() is { SpecialType: SpecialType.System_Boolean } ? Kind.Denies : Kind.Allows;
        if (QuestionVerbs.Contains(verb))
            return words.Skip(1).Any(AllowNouns.Contains) ? Kind.Allows : null;
        return ComputeVerbs.Contains(verb) && words.Skip(1).Any(MoneyNouns.Contains) ? Kind.Computes : null;
    }

    // A framework asks many questions that have a fixed answer; the contracts of one's own are questions of the shop.
    private static bool IsForeignContract(IMethodSymbol method) => method.Implemented().Any(promised => promised.DeclaringSyntaxReferences.IsEmpty);

    private static bool IsEmptyHanded(IMethodSymbol method) => method.ReturnType.AwaitedType() is null;

    private static bool HasNoOtherCalls(IOperation body) => !body.DescendantsInFunction().Any(operation =>
        operation is IInvocationOperation call && !LogCalls.IsLog(call) && call.TargetMethod.Name is not ("Delay" or "Sleep" or "Yield"));

    private static bool IsDiscarded(IOperation read) => read.Parent is ISimpleAssignmentOperation { Target: IDiscardOperation }
        || read.Ancestors().Any(ancestor => ancestor is IInvocationOperation { TargetMethod.Name: "ThrowIfNull" or "ThrowIfNullOrEmpty" or "ThrowIfNullOrWhiteSpace" } or INameOfOperation);

    private static bool IsPresenceCheck(IOperation read)
    {
        var parent = read.Parent;
        while (parent is IConversionOperation or IArgumentOperation or IPropertyReferenceOperation { Property.Name: "Length" or "Count" })
            parent = parent.Parent;
        return parent is IInvocationOperation { TargetMethod.Name: "IsNullOrEmpty" or "IsNullOrWhiteSpace" }
            or IIsPatternOperation { Pattern: IConstantPatternOperation or INegatedPatternOperation { Pattern: IConstantPatternOperation } }
            || (parent is IBinaryOperation comparison && (IsNothing(comparison.LeftOperand) || IsNothing(comparison.RightOperand)));
    }

    private static bool IsNothing(IOperation value) => value.WithoutConversions().ConstantValue is { HasValue: true, Value: null or 0 or "" };

    private static bool IsPresenceOrConstant(IOperation value) => value.WithoutConversions() switch
    {
        { ConstantValue: { HasValue: true, Value: bool } } => true,
        IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, Operand: var operand } => IsPresenceOrConstant(operand),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } both => IsPresenceOrConstant(both.LeftOperand) && IsPresenceOrConstant(both.RightOperand),
        IBinaryOperation comparison => IsNothing(comparison.LeftOperand) || IsNothing(comparison.RightOperand),
        IInvocationOperation { TargetMethod.Name: "IsNullOrEmpty" or "IsNullOrWhiteSpace" } => true,
        IInvocationOperation { TargetMethod.Name: "FromResult", Arguments: [var result] } => IsPresenceOrConstant(result.Value),
        IIsPatternOperation { Pattern: IConstantPatternOperation or INegatedPatternOperation { Pattern: IConstantPatternOperation } } => true,
        _ => false,
    };

    private static bool IsPermissivePresence(IOperation value) =>
        Constant(value) is not { HasValue: true, Value: false };

    private static Optional<object?> Constant(IOperation value) => value.WithoutConversions() switch
    {
        IInvocationOperation { TargetMethod.Name: "FromResult", Arguments: [var result] } => Constant(result.Value),
        IObjectCreationOperation { Type.Name: "ValueTask", Arguments: [var result] } => Constant(result.Value),
        var plain => plain.ConstantValue,
    };

    private static string? PermissiveText(IOperation value, Kind kind, IMethodSymbol method)
    {
        value = Inner(value);
        if (value.ConstantValue is { HasValue: true, Value: var constant } && value is not IFieldReferenceOperation { Field.ContainingType.TypeKind: TypeKind.Enum })
        {
            return kind switch
            {
                Kind.Allows => constant is true ? "true" : null,
                Kind.Denies => constant is false ? "false" : null,
                _ => value.WithoutConversions() is ILiteralOperation or IFieldReferenceOperation && constant is int or long or decimal or double or float ? value.Syntax.ToString() : null,
            };
        }
        if (kind == Kind.Computes)
            return value is IFieldReferenceOperation { Field: { Name: "Zero", ContainingType.Name: "Decimal" } } ? "0" : null;
        return IsSuccess(value) || (kind == Kind.Allows && IsEmptyList(value) && CheckVerbs.Contains(Words.Of(method.Name)[0])) ? value.Syntax.ToString() : null;
    }

    private static IOperation Inner(IOperation value)
    {
        value = value.WithoutAwait();
        return value switch
        {
            IInvocationOperation { TargetMethod: { Name: "Run", ContainingType.Name: "Task" }, Arguments: [{ Value: IDelegateCreationOperation { Target: IAnonymousFunctionOperation { Body.Operations: [IReturnOperation { ReturnedValue: { } answer }] } } }, ..] } => Inner(answer),
            IInvocationOperation { TargetMethod.Name: "FromResult", Arguments: [var result] } => Inner(result.Value),
            IObjectCreationOperation { Type.Name: "ValueTask", Arguments: [var result] } => Inner(result.Value),
            _ => value,
        };
    }

    private static bool IsSuccess(IOperation value) => value switch
    {
        IPropertyReferenceOperation { Property: { Name: "CompletedTask", IsStatic: true } } => true,
        IFieldReferenceOperation { Field: var field } => Words.ContainAny(field.Name, SuccessWords),
        IPropertyReferenceOperation { Property: { IsStatic: true } property } => Words.ContainAny(property.Name, SuccessWords),
        IInvocationOperation { TargetMethod: { Name: var name } } call => Words.ContainAny(name, SuccessWords) && call.Arguments.All(argument => argument.Value.ConstantValue.HasValue || argument.ArgumentKind == ArgumentKind.DefaultValue),
        IObjectCreationOperation { Type.Name: "ValidationResult", Arguments.Length: 0, Initializer: null } => true,
        IObjectCreationOperation { Initializer.Initializers: { Length: > 0 } members } =>
            members.OfType<ISimpleAssignmentOperation>().Any(set => set.Target.ReferencedSymbol() is { } property && Words.ContainAny(property.Name, SuccessWords) && set.Value.ConstantValue is { HasValue: true, Value: true }),
        IObjectCreationOperation { Arguments: { Length: > 0 } arguments } =>
            arguments[0].Value.ConstantValue is { HasValue: true, Value: true } && arguments[0].Parameter is { } parameter && Words.ContainAny(parameter.Name, SuccessWords),
        ITupleOperation { Elements: [var first, ..] } => first.ConstantValue is { HasValue: true, Value: true },
        _ => false,
    };

    private static bool IsEmptyList(IOperation value) => value switch
    {
        IObjectCreationOperation { Arguments.Length: 0, Initializer: null, Type: { Name: "List" or "Dictionary" or "HashSet" } } => true,
        IInvocationOperation { TargetMethod: { Name: "Empty", ContainingType.Name: "Array" or "Enumerable" } } => true,
        IArrayCreationOperation { DimensionSizes: [{ ConstantValue: { HasValue: true, Value: 0 } }] } => true,
        { Syntax: CollectionExpressionSyntax { Elements.Count: 0 } } => true,
        _ => false,
    };

    private static bool IsParameter(IOperation value, IParameterSymbol parameter) => Inner(value) is IParameterReferenceOperation read && SymbolEqualityComparer.Default.Equals(read.Parameter, parameter);
}
