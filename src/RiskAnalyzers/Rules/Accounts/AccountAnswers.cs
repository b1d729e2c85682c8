using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Accounts;

/// <summary>What a function that takes a name or an address answers: where it is unknown, and where something else was wrong.</summary>
internal sealed class AccountAnswers
{
    private static readonly HashSet<string> People = Words.SetOf("user users account customer member client person identity profile buyer employee admin subscriber credential credentials owner found existing seller vendor");

    private static readonly HashSet<string> Identifiers = Words.SetOf("email mail username login phone mobile name identifier normalized");

    // Answers to questions that only the owner of an account gets to.
    private static readonly HashSet<string> LaterQuestions = Words.SetOf("locked lockout lock active inactive confirmed enabled disabled deleted suspended banned blocked expired factor mfa valid state verified validation status approved");

    private readonly List<AccountAnswer> _absent = new();
    private readonly List<AccountAnswer> _present = new();
    private readonly List<AccountAnswer> _byAddress = new();
    private readonly List<AccountAnswer> _others = new();
    private readonly IOperation _function;

    public AccountAnswers(IOperation function)
    {
        _function = function;
        foreach (var operation in function.DescendantsInFunction())
        {
            switch (operation)
            {
                case IConditionalOperation conditional when AbsentIn(conditional) is { } branch && AccountAnswer.Of(branch) is { } answer:
                    _absent.Add(answer);
                    break;
                case IConditionalOperation { Syntax: IfStatementSyntax } conditional when AbsenceOf(conditional.Condition) is false && AccountAnswer.Of(conditional.WhenTrue) is { } taken:
                    _present.Add(taken);
                    if (IsByAddress(conditional.Condition))
                        _byAddress.Add(taken);
                    break;
                case ICoalesceOperation { WhenNull: var whenNull, Value: var value } when IsLookUp(value) && whenNull.WithoutConversions() is IThrowOperation { Exception: { } exception } thrown:
                    _absent.Add(new AccountAnswer(thrown, exception));
                    break;
            }
        }
        if (_absent.Count == 0)
            return;
        foreach (var operation in function.DescendantsInFunction())
        {
            if (AccountAnswer.OfStatement(operation) is { } answer && !_absent.Exists(absent => absent.Contains(operation)) && operation.Ancestor<ICatchClauseOperation>() is null)
                _others.Add(answer);
        }
    }

    /// <summary>The look-up by an address that a function does nothing but answer; null where it does more, or looks for a name that others see anyway.</summary>
    public static IOperation? ExistenceIn(IOperation function)
    {
        var calls = function.DescendantsInFunction().OfType<IInvocationOperation>().ToList();
        if (calls.Exists(call => Words.Of(call.TargetMethod.Name) is ["add" or "create" or "save" or "update" or "delete" or "remove" or "send" or "insert", ..]))
            return null;
        return calls.Find(call => (call.TargetMethod.Name is "Any" or "AnyAsync" or "CountAsync" or "Count" || call.TargetMethod.Name.StartsWith("Find", StringComparison.Ordinal) || call.TargetMethod.Name.StartsWith("First", StringComparison.Ordinal) || call.TargetMethod.Name.StartsWith("Get", StringComparison.Ordinal) || Words.ContainAny(call.TargetMethod.Name, Existing))
            && IsLookUp(call) && call.DescendantsAndSelf().Any(part => part.ReferencedSymbol() is { } symbol && Words.Of(symbol.Name).Any(word => word is "email" or "mail" or "phone" or "mobile")));
    }

    /// <summary>Answers that only those get whose account does not exist.</summary>
    public IEnumerable<AccountAnswer> OfAbsent => _absent;

    /// <summary>Answers that only those get whose address has an account already.</summary>
    public IEnumerable<AccountAnswer> OfPresent => _present;

    /// <summary>Those of them that were found by an address or a number, not by a name which others see anyway.</summary>
    public bool IsByAddress(AccountAnswer present) => _byAddress.Contains(present);

    /// <summary>Answers about the state of an account, locked or not confirmed, that come before anybody has shown a password or a code.</summary>
    public IEnumerable<AccountAnswer> OfState()
    {
        if (_absent.Count == 0)
            yield break;
        var proven = _function.DescendantsInFunction().Where(IsProof).Select(proof => proof.Syntax.SpanStart).DefaultIfEmpty(int.MaxValue).Min();
        foreach (var operation in _function.DescendantsInFunction())
        {
            if (operation is not IConditionalOperation { Syntax: IfStatementSyntax } conditional || conditional.Syntax.SpanStart >= proven || conditional.Syntax.SpanStart < _absent[0].Place.Syntax.SpanStart || AbsenceOf(conditional.Condition) is not null)
                continue;
            if (!AsksForState(conditional.Condition) || AsksForSecret(conditional.Condition) || AccountAnswer.Of(conditional.WhenTrue) is not { Fails: true } answer)
                continue;
            if (!_absent.Exists(absent => absent.Signature == answer.Signature) && !_others.Exists(other => other.Place != answer.Place && other.Fails && other.Signature == answer.Signature && !answer.Contains(other.Place)))
                yield return answer;
        }
    }

    /// <summary>Answers that tell of a lock what the result of the sign-in says of it; Identity answers so before it looks at the password.</summary>
    public IEnumerable<AccountAnswer> OfLock()
    {
        foreach (var operation in _function.DescendantsInFunction())
        {
            if (operation is IConditionalOperation { Syntax: IfStatementSyntax } conditional && conditional.Condition.WithoutConversions() is IPropertyReferenceOperation { Property: { Name: "IsLockedOut", ContainingType.Name: "SignInResult" } } && AccountAnswer.Of(conditional.WhenTrue) is { Fails: true } answer
                && _others.Exists(other => other.Fails && !answer.Contains(other.Place) && other.Signature != answer.Signature) && !_others.Exists(other => other.Fails && !answer.Contains(other.Place) && other.Place != answer.Place && other.Signature == answer.Signature))
                yield return answer;
        }
    }

    private static readonly HashSet<string> States = Words.SetOf("locked lockout active inactive confirmed enabled disabled suspended banned blocked verified deleted deactivated");

    private bool AsksForState(IOperation condition) => condition.DescendantsAndSelf().Any(part => part switch
    {
        IPropertyReferenceOperation { Property: { Name: var name }, Instance: { } account } => Words.ContainAny(name, States) && account is ILocalReferenceOperation && IsAccount(account),
        IInvocationOperation call => Words.ContainAny(call.TargetMethod.Name, States) && (call.Instance is ILocalReferenceOperation owner && IsAccount(owner) || call.Arguments.Any(argument => argument.Value.WithoutConversions() is ILocalReferenceOperation && IsAccount(argument.Value))),
        _ => false,
    });

    // The first thing that only the owner can pass: a password, a code, a token.
    private static bool IsProof(IOperation part) => part switch
    {
        IInvocationOperation call => !LogCalls.IsLog(call) && call.Arguments.Any(argument => Secrets.Of(argument.Value.WithoutConversions()) is SecretKind.Password or SecretKind.OneTime or SecretKind.Token || argument.Value.WithoutConversions() is IObjectCreationOperation message && message.Arguments.Any(sent => Secrets.Of(sent.Value) is SecretKind.Password or SecretKind.OneTime or SecretKind.Token))
            && call.TargetMethod.Name is not ("IsNullOrEmpty" or "IsNullOrWhiteSpace"),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } compared => !compared.RightOperand.IsNullOrEmpty() && (Secrets.Of(compared.LeftOperand) is SecretKind.Password or SecretKind.OneTime or SecretKind.Token),
        _ => false,
    };

    private bool IsByAddress(IOperation condition) => condition.DescendantsAndSelf().Concat(condition.DescendantsAndSelf().OfType<ILocalReferenceOperation>().SelectMany(local => ValuesOf(local.Local)).SelectMany(value => value.DescendantsAndSelf()))
        .Any(part => part is IInvocationOperation or IMemberReferenceOperation or IParameterReferenceOperation && part.ReferencedSymbol() is { } symbol && Words.Of(symbol.Name).Any(word => word is "email" or "mail" or "phone" or "mobile"));

    /// <summary>The refusals after the look-up that an existing account gets as well: a wrong password, a wrong code.</summary>
    public IEnumerable<AccountAnswer> Refusals(AccountAnswer after) => _others.Where(other =>
        other.Fails && other.Place.Syntax.SpanStart > after.Place.Syntax.Span.End && !IsLaterQuestion(other.Place));

    /// <summary>The last answer of the function, if it is no refusal.</summary>
    public AccountAnswer? Success => _others.LastOrDefault() is { Fails: false } last ? last : null;

    private bool IsLaterQuestion(IOperation place)
    {
        var below = place;
        foreach (var ancestor in place.Ancestors())
        {
            if (ancestor is IConditionalOperation conditional && conditional.Condition != below)
                return conditional.Condition.DescendantsAndSelf().Any(part => part is IMemberReferenceOperation or ILocalReferenceOperation or IInvocationOperation && Words.ContainAny(part.ReferencedSymbol()!.Name, LaterQuestions) && Secrets.Of(part) == SecretKind.None && !IsSecretCheck(part));
            if (ancestor == _function)
                return false;
            below = ancestor;
        }
        return false;
    }

    // IsPasswordValid, passwordValid, ValidateCredentials: the question that a wrong password fails.
    private static bool IsSecretCheck(IOperation part) => part.ReferencedSymbol() is { } symbol
        && (symbol.Name.IndexOf("password", StringComparison.OrdinalIgnoreCase) >= 0 || symbol.Name.IndexOf("credential", StringComparison.OrdinalIgnoreCase) >= 0 || Words.Of(symbol.Name) is ["is", "valid"] or ["valid"]);

    private IOperation? AbsentIn(IConditionalOperation conditional)
    {
        switch (AbsenceOf(conditional.Condition))
        {
            case true:
                return conditional.WhenTrue;
            case false when conditional.WhenFalse is { } whenFalse:
                return whenFalse;
            case false when conditional.Parent is IBlockOperation block && Leaves(conditional.WhenTrue):
                return block.Operations.SkipWhile(statement => statement != conditional).Skip(1).FirstOrDefault();
            default:
                return null;
        }
    }

    private static bool Leaves(IOperation branch) => branch is IReturnOperation or IExpressionStatementOperation { Operation: IThrowOperation } || branch is IBlockOperation { Operations: [.., var last] } && Leaves(last);

    // True: the account is absent where the condition holds. False: where it does not. Null: it asks something else (too).
    private bool? AbsenceOf(IOperation condition)
    {
        condition = condition.WithoutConversions();
        switch (condition)
        {
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, Operand: var operand }:
                return !AbsenceOf(operand) ?? (IsExistence(operand) ? true : null);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } comparison when comparison.RightOperand.IsNull() && IsAccount(comparison.LeftOperand):
                return comparison.OperatorKind == BinaryOperatorKind.Equals;
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } comparison when comparison.RightOperand.ConstantValue is { HasValue: true, Value: false } && IsExistence(comparison.LeftOperand):
                return true;
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr } either:
                return AbsenceOf(either.LeftOperand) is true && !AsksForSecret(either.RightOperand) || AbsenceOf(either.RightOperand) is true && !AsksForSecret(either.LeftOperand) ? true : null;
            case IIsPatternOperation { Pattern: IConstantPatternOperation { Value: var constant }, Value: var value } when constant.IsNull() && IsAccount(value):
                return true;
            case IIsPatternOperation { Pattern: INegatedPatternOperation { Pattern: var pattern }, Value: var value } when IsAccount(value) || IsLookUp(value):
                return pattern switch
                {
                    IConstantPatternOperation { Value: var constant } when constant.IsNull() => false,
                    IRecursivePatternOperation { PropertySubpatterns.IsEmpty: true } or IDeclarationPatternOperation => true,
                    _ => null,
                };
            case IIsPatternOperation { Pattern: IRecursivePatternOperation { PropertySubpatterns.IsEmpty: true } or IDeclarationPatternOperation, Value: var value } when IsAccount(value) || IsLookUp(value):
                return false;
            default:
                return IsExistence(condition) ? false : null;
        }
    }

    private bool IsAccount(IOperation value) => value.WithoutConversions() is ILocalReferenceOperation { Local: var local }
        ? (Words.ContainAny(local.Name, People) || Words.ContainAny(local.Type.Name, People)) && ValuesOf(local).Any(IsLookUp)
        : IsLookUp(value);

    // await db.Users.AnyAsync(u => u.Email == email), or a flag that holds it.
    private bool IsExistence(IOperation value)
    {
        value = value.WithoutAwait();
        if (value is ILocalReferenceOperation { Local: { Type.SpecialType: SpecialType.System_Boolean } local })
            return ValuesOf(local).Any(each => each.WithoutAwait() is IInvocationOperation && IsExistence(each));
        return value is IInvocationOperation { Type: not null } call && (call.TargetMethod.Name is "Any" or "AnyAsync" || Words.ContainAny(call.TargetMethod.Name, Existing)) && IsLookUp(call) && !AsksForSecret(call);
    }

    private static readonly HashSet<string> Existing = Words.SetOf("exists exist registered");

    private IEnumerable<IOperation> ValuesOf(ILocalSymbol local)
    {
        foreach (var operation in _function.DescendantsInFunction())
        {
            if (operation is IVariableDeclaratorOperation declarator && SymbolEqualityComparer.Default.Equals(declarator.Symbol, local) && declarator.GetVariableInitializer() is { } initializer)
                yield return initializer.Value;
            else if (operation is ISimpleAssignmentOperation { Target: ILocalReferenceOperation target, Value: var value } && SymbolEqualityComparer.Default.Equals(target.Local, local))
                yield return value;
        }
    }

    // A look-up by what a stranger may type: an address or a name, and no password in it.
    private static bool IsLookUp(IOperation value)
    {
        // await users.FindByEmailAsync(email) ?? throw new InvalidCredentials()
        if (value.WithoutAwait() is ICoalesceOperation { Value: var found, WhenNull: var otherwise } && otherwise.WithoutConversions() is IThrowOperation)
            value = found;
        if (value.WithoutAwait() is not IInvocationOperation call)
            return false;
        var (byName, ofPerson) = (false, false);
        foreach (var part in call.DescendantsAndSelf())
        {
            if (part is not (IInvocationOperation or IMemberReferenceOperation or IParameterReferenceOperation or ILocalReferenceOperation) || part.ReferencedSymbol() is not { } symbol)
                continue;
            if (Secrets.Of(symbol.Name) is SecretKind.Password or SecretKind.OneTime or SecretKind.Token)
                return false;
            byName |= Words.ContainAny(symbol.Name, Identifiers) || Words.ContainSequence(symbol.Name, "user", "name");
            ofPerson |= Words.ContainAny(symbol.Name, People) || (symbol.ContainingType is { } owner && Words.ContainAny(owner.Name, People)) || Words.ContainAny(part.Type.AwaitedType()?.Name ?? "", People);
        }
        return byName && ofPerson;
    }

    private static bool AsksForSecret(IOperation condition) => condition.DescendantsAndSelf().Any(part =>
        part is IInvocationOperation or IMemberReferenceOperation or ILocalReferenceOperation or IParameterReferenceOperation && part.ReferencedSymbol() is { } symbol
        && (symbol.Name.IndexOf("password", StringComparison.OrdinalIgnoreCase) >= 0 || Secrets.Of(symbol.Name) is SecretKind.Password or SecretKind.OneTime or SecretKind.Token));
}
