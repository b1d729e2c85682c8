using System.Runtime.CompilerServices;

namespace RiskAnalyzers.Language;

/// <summary>What is an outcome: the members and values by which a call says whether it worked.</summary>
internal static class Outcomes
{
    private static readonly HashSet<string> SuccessFlags = Words.SetOf("success succeeded successful issuccess isvalid valid approved isapproved authorized isauthorized allowed isallowed ispaid paid verified isverified ok isok iscompleted completed succeed issucceed issucceeded");

    private static readonly HashSet<string> SuccessWords = Words.SetOf("success succeeded successful paid approved allowed authorized authorised active verified completed complete granted ok accepted captured settled confirmed valid");

    private static readonly HashSet<string> FailureWords = Words.SetOf("fail failed failure error errors invalid denied declined rejected unauthorized forbidden unsuccessful refused notfound problem exception not un partial without");

    // How the name of a member that says whether it worked ends: NewPaymentStatus, DeclineCode, HasErrors.
    private static readonly HashSet<string> OutcomeEndings = Words.SetOf("success succeeded successful approved valid authorized paid captured refunded completed status state outcome error errors failure failed declined result");

    private static readonly HashSet<string> OutcomeCodes = Words.SetOf("errorcode declinecode failurecode responsecode resultcode failuremessage errormessage failurereason");

    /// <summary>Whether a type carries an outcome: a flag, a status or an error that its receiver is meant to read.</summary>
    public static bool IsCarriedBy(ITypeSymbol? type) =>
        type is INamedTypeSymbol { SpecialType: SpecialType.None } && (bool)Carriers.GetValue(type.IsTupleType ? type : type.OriginalDefinition, each => MembersOf(each).Any(IsOutcomeMember));

    // Members have the same names whatever the type arguments, but for tuples; the compiler would make them anew for every construction.
    private static readonly ConditionalWeakTable<ITypeSymbol, object> Carriers = new();

    /// <summary>Whether a member of a result says whether the call worked.</summary>
    public static bool IsOutcomeMember(ISymbol member) =>
        member is IPropertySymbol or IFieldSymbol or IMethodSymbol { MethodKind: MethodKind.Ordinary, Parameters.IsEmpty: true } && !member.IsStatic
        && IsOutcomeMember(member.Name);

    /// <summary>Whether a member or variable of this name says whether a call worked.</summary>
    public static bool IsOutcomeMember(string name) => Words.Of(name) is { IsEmpty: false } words && OutcomeEndings.Contains(words[words.Length - 1]) || OutcomeCodes.Contains(name.ToLowerInvariant());

    /// <summary>Whether a boolean member of this name says success.</summary>
    public static bool IsSuccessFlag(string name) => SuccessFlags.Contains(name.ToLowerInvariant());

    /// <summary>Whether a state of this name means success: <c>Paid</c>, <c>PaymentCompleted</c>; not <c>NotVerified</c> or <c>PaymentFailed</c>.</summary>
    public static bool IsSuccessState(string name)
    {
        var words = Words.Of(name);
        return words.HaveAny(SuccessWords) && !words.HaveAny(FailureWords);
    }

    /// <summary>Whether the name speaks of failure.</summary>
    public static bool SpeaksOfFailure(string name) => Words.ContainAny(name, FailureWords);

    /// <summary>
    /// Whether the expression is a success: a result object whose flag is true or whose state says so, a factory called <c>Success</c>, an enum
    /// member such as <c>Approved</c>. A plain <c>true</c> is not: its meaning depends on who returns it.
    /// </summary>
    public static bool IsSuccess(IOperation value)
    {
        value = value.AsAnswered();
        return value switch
        {
            IInvocationOperation { TargetMethod: { Name: "FromResult" }, Arguments: [{ Value: var inner }] } => IsSuccess(inner),
            // Result.Success(new TestResult(Success: false, ...)): the question was answered, with no.
            IInvocationOperation { TargetMethod: { IsStatic: true } factory } made => IsFactory(factory) && !made.Arguments.Any(argument => argument.Value.AsAnswered() is IObjectCreationOperation inner && DeniesSuccess(inner)),
            IFieldReferenceOperation { Field: { ContainingType.TypeKind: TypeKind.Enum } state } => IsSuccessState(state.Name),
            IMemberReferenceOperation { Instance: null, Member: { IsStatic: true } member } => member.Name is "Success" or "Succeeded" or "Approved" or "Ok" or "Allowed",
            IObjectCreationOperation creation => HasSuccess(creation),
            _ => false,
        };
    }

    private static bool IsFactory(IMethodSymbol factory) => factory.Name is "Success" or "Succeeded" or "Approved" or "Approve" or "Succeed" or "Allow" or "Allowed" or "Paid"
        && !factory.ContainingType.Name.Contains("Assert");

    private static bool DeniesSuccess(IObjectCreationOperation creation) => creation.Arguments.Any(argument => argument.Parameter is { } parameter && IsSuccessFlag(parameter.Name) && argument.Value.IsConstant(false))
        || creation.Initializer?.Initializers.Any(initial => initial is ISimpleAssignmentOperation { Target: IMemberReferenceOperation { Member.Name: var flag }, Value: var value } && IsSuccessFlag(flag) && value.IsConstant(false)) == true;

    private static bool HasSuccess(IObjectCreationOperation creation)
    {
        foreach (var argument in creation.Arguments)
        {
            if (argument.Parameter is { } parameter && SaysSuccess(parameter.Name, argument.Value))
                return true;
        }
        foreach (var assignment in creation.Initializer?.Initializers.OfType<ISimpleAssignmentOperation>() ?? Enumerable.Empty<ISimpleAssignmentOperation>())
        {
            if (assignment.Target.ReferencedSymbol() is { } member && SaysSuccess(member.Name, assignment.Value))
                return true;
        }
        return false;
    }

    private static bool SaysSuccess(string name, IOperation value) =>
        value.ConstantValue is { HasValue: true, Value: true } ? IsSuccessFlag(name)
        : value.ConstantValue is { HasValue: true, Value: string text } ? name.EndsWith("tatus", StringComparison.Ordinal) && IsSuccessState(text)
        : value.WithoutConversions() is IFieldReferenceOperation { Field: { ContainingType.TypeKind: TypeKind.Enum } state } && IsSuccessState(state.Name);

    private static IEnumerable<ISymbol> MembersOf(ITypeSymbol type)
    {
        for (var ancestor = type; ancestor is not null and not { SpecialType: SpecialType.System_Object }; ancestor = ancestor.BaseType)
        {
            foreach (var member in ancestor.GetMembers())
                yield return member;
        }
    }
}
