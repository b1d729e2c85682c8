using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Residue;

/// <summary>A way past a check that an environment, a setting, a header or a missing secret opens.</summary>
internal sealed record Bypass(SyntaxNode Place, string Name, string What, string Advice)
{
    private static readonly HashSet<string> CheckVerbs = Words.SetOf("verify validate check ensure authorize authorise authenticate enforce require");
    private static readonly HashSet<string> Guards = Words.SetOf("signature signatures webhook token tokens payment payments fraud permission permissions access owner ownership limit limits stock balance auth authorization authentication otp captcha password card user admin amount request order role hmac antiforgery age kyc");
    private static readonly HashSet<string> BypassWords = Words.SetOf("bypass bypasses bypassed skip skipped skips backdoor mock fake simulate simulated testmode demomode sandbox");

    private const string InEnvironment = "lets everybody past outside production";

    /// <summary>The bypass that the condition, or the part of one, is; null where it is none.</summary>
    public static Bypass? Of(IOperation operation, ISymbol member) => operation switch
    {
        IConditionalOperation conditional => OfBranch(conditional, member),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr or BinaryOperatorKind.ConditionalAnd } binary => OfPart(binary, member),
        _ => null,
    };

    private static Bypass? OfBranch(IConditionalOperation conditional, ISymbol member)
    {
        var function = conditional.FunctionName(member);
        if (Reason(conditional.Condition) is { } reason)
            return LetsThrough(conditional.WhenTrue, function) && !SaysNo(conditional.WhenFalse, function) ? new Bypass(conditional.Condition.Syntax, function, reason.What, reason.Advice) : null;
        // if (!skipVerification) Verify(payload);
        if (conditional.WhenFalse is null && conditional.Condition.WithoutConversions() is IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, Operand: var skip } && SwitchIn(skip) is { } off && CheckIn(conditional.WhenTrue) is { } skipped)
            return new Bypass(conditional.Condition.Syntax, skipped, $"can be switched off by '{off}'", "whoever sets it goes unchecked; take the way past the check out of the product");
        // The check is made in production only: if (environment.IsProduction()) VerifySignature(payload);
        return Environments.Of(conditional.Condition, holds: true) == EnvironmentReach.Production && conditional.WhenFalse is null && CheckIn(conditional.WhenTrue) is { } check
            ? new Bypass(conditional.Condition.Syntax, check, "is checked in some environments only", "staging has real data and environments are mis-set; make the check everywhere and give developers data that passes it") : null;
    }

    // environment.IsDevelopment() || Verify(x); environment.IsProduction() && !Verify(x)
    private static Bypass? OfPart(IBinaryOperation binary, ISymbol member)
    {
        if (binary.OperatorKind == BinaryOperatorKind.ConditionalOr && Polarities.Of(binary.FunctionName(member)) == Polarity.Allow && IsReturned(binary) && Reason(binary.LeftOperand) is { } reason)
            return new Bypass(binary.LeftOperand.Syntax, binary.FunctionName(member), reason.What, reason.Advice);
        var reach = Environments.Of(binary.LeftOperand, holds: true);
        var open = binary.OperatorKind == BinaryOperatorKind.ConditionalOr
            ? reach is EnvironmentReach.DevelopmentOnly or EnvironmentReach.OutsideProduction
            : reach == EnvironmentReach.Production;
        return open && CheckIn(binary.RightOperand) is { } check && (binary.OperatorKind == BinaryOperatorKind.ConditionalOr || binary.Parent is not IConditionalOperation { WhenFalse: not null })
            ? new Bypass(binary.LeftOperand.Syntax, check, InEnvironment, "staging has real data and environments are mis-set; make the check everywhere and give developers data that passes it") : null;
    }

    private static (string What, string Advice)? Reason(IOperation condition)
    {
        if (Environments.Of(condition, holds: true) is EnvironmentReach.DevelopmentOnly or EnvironmentReach.OutsideProduction)
            return (InEnvironment, "staging has real data and environments are mis-set; make the check everywhere and give developers data that passes it");
        foreach (var part in Conjuncts(condition))
        {
            if (SwitchIn(part) is { } name)
                return ($"can be switched off by '{name}'", "whoever sets it goes unchecked; take the way past the check out of the product");
            if (MissingSecret(part) is { } secret)
                return ($"lets everybody past where '{secret}' is missing", "a gap in the settings must not open the door; refuse, or throw at start");
        }
        return null;
    }

    private static IEnumerable<IOperation> Conjuncts(IOperation condition)
    {
        condition = condition.WithoutConversions();
        if (condition is not IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } both)
            return new[] { condition };
        return Conjuncts(both.LeftOperand).Concat(Conjuncts(both.RightOperand));
    }

    // A setting, an option or a request header whose name says that it gets past something.
    private static string? SwitchIn(IOperation condition)
    {
        // !options.VerifyWebhooks is a switch too; !options.SkipChecks is none.
        if (condition is IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, Operand: var operand })
            return operand.WithoutConversions() is IPropertyReferenceOperation { Property: { IsIndexer: false } check } && Settings.IsOptionsType(check.ContainingType) && Switches.IsOffWhenFalse(check.Name) ? check.Name : null;
        foreach (var operation in condition.DescendantsAndSelf())
        {
            var name = operation switch
            {
                IPropertyReferenceOperation { Property: { IsIndexer: false } property } when Settings.IsOptionsType(property.ContainingType) => property.Name,
                IPropertyReferenceOperation { Property.IsIndexer: true, Arguments: [{ Value.ConstantValue: { HasValue: true, Value: string header } }] } => header,
                IInvocationOperation { TargetMethod.Name: "ContainsKey" or "TryGetValue" or "GetValue" or "GetEnvironmentVariable" or "Contains" } call => ConstantText(call),
                ILocalReferenceOperation { Local: var local } when HoldsSwitch(operation, local) => local.Name,
                _ => null,
            };
            if (name is not null && (Switches.IsOffWhenTrue(name) || Words.ContainAny(name, BypassWords)))
                return name;
        }
        return null;
    }

    private static bool HoldsSwitch(IOperation use, ILocalSymbol local)
    {
        if (local.Type.SpecialType != SpecialType.System_Boolean || !Switches.IsOffWhenTrue(local.Name) && !Words.ContainAny(local.Name, BypassWords))
            return false;
        return use.WholeBody().Descendants().Any(operation => operation is IVariableDeclaratorOperation declarator && SymbolEqualityComparer.Default.Equals(declarator.Symbol, local)
            && declarator.GetVariableInitializer() is { } initializer && initializer.Value.DescendantsAndSelf().Any(part => Settings.Read(part) is not null));
    }

    private static string? ConstantText(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Value.ConstantValue is { HasValue: true, Value: string text })
                return text;
        }
        return null;
    }

    // if (string.IsNullOrEmpty(options.WebhookSecret)) return true;
    private static string? MissingSecret(IOperation condition)
    {
        var tested = condition switch
        {
            IInvocationOperation { TargetMethod.Name: "IsNullOrEmpty" or "IsNullOrWhiteSpace", Arguments: [var argument] } => argument.Value,
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } same when same.RightOperand.WithoutConversions().ConstantValue is { HasValue: true, Value: null or "" } => same.LeftOperand,
            IIsPatternOperation { Pattern: var pattern, Value: var value } when IsNothing(pattern) => value,
            _ => null,
        };
        tested = tested?.WithoutConversions();
        var name = tested switch
        {
            null => null,
            _ when Settings.Read(tested) is { } read => read.KnownKey,
            IPropertyReferenceOperation { Property: { } property } when Settings.IsOptionsType(property.ContainingType) => property.Name,
            IFieldReferenceOperation { Field: { IsStatic: false } field } => field.Name,
            ILocalReferenceOperation { Local: var local } => HeldKey(tested, local),
            _ => null,
        };
        return name is not null && SecretUse.KindOf(name) is SecretKind.Key or SecretKind.Password ? name : null;
    }

    // null, "", null or ""
    private static bool IsNothing(IPatternOperation pattern) => pattern switch
    {
        IConstantPatternOperation { Value: var constant } => constant.WithoutConversions().ConstantValue is { HasValue: true, Value: null or "" },
        IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.Or } either => IsNothing(either.LeftPattern) && IsNothing(either.RightPattern),
        _ => false,
    };

    private static string? HeldKey(IOperation use, ILocalSymbol local)
    {
        foreach (var operation in use.WholeBody().Descendants())
        {
            if (operation is IVariableDeclaratorOperation declarator && SymbolEqualityComparer.Default.Equals(declarator.Symbol, local) && declarator.GetVariableInitializer()?.Value.WithoutConversions() is { } value)
                return Settings.Read(value)?.KnownKey ?? (value.ReferencedSymbol() is IPropertySymbol property && Settings.IsOptionsType(property.ContainingType) ? property.Name : null);
        }
        return null;
    }

    private static bool LetsThrough(IOperation? branch, string function)
    {
        if (branch is null)
            return false;
        if (branch.Parent is IConditionalOperation { Syntax: ConditionalExpressionSyntax })
            return IsYes(branch, function);
        foreach (var operation in branch.DescendantsInFunction())
        {
            switch (operation)
            {
                case IReturnOperation { ReturnedValue: { } returned }:
                    return IsYes(returned, function) || IsOk(returned) && Refuses(branch.EnclosingFunction());
                // return; in a check that would have thrown
                case IReturnOperation { ReturnedValue: null } when branch.DescendantsInFunction().Any(IsNext):
                    return Refuses(branch.EnclosingFunction());
                case IReturnOperation { ReturnedValue: null }:
                    return Words.Of(function) is [var verb, ..] && CheckVerbs.Contains(verb);
                case IThrowOperation:
                    return false;
                case IInvocationOperation { TargetMethod: { Name: "Succeed", ContainingType.Name: "AuthorizationHandlerContext" } }:
                    return true;
            }
        }
        return false;
    }

    // Results.Ok(token), Ok(): an answer that the rest of the function may refuse.
    private static bool IsOk(IOperation value) => value.WithoutAwait() is IInvocationOperation { TargetMethod.Name: "Ok" or "Created" or "SignIn" };

    private static bool Refuses(IOperation function) => function.DescendantsInFunction().Any(operation =>
        operation is IInvocationOperation { TargetMethod.Name: "Unauthorized" or "Forbid" or "Challenge" } || operation is ISimpleAssignmentOperation { Value.ConstantValue: { HasValue: true, Value: 401 or 403 } });

    // await next(context)
    private static bool IsNext(IOperation operation) => operation is IInvocationOperation { TargetMethod.MethodKind: MethodKind.DelegateInvoke, Instance: { } instance } && instance.ReferencedSymbol() is { } called && Words.Of(called.Name) is [.., "next"];

    private static bool IsReturned(IOperation value)
    {
        while (value.Parent is IConversionOperation or IParenthesizedOperation)
            value = value.Parent;
        return value.Parent is IReturnOperation;
    }

    private static bool IsYes(IOperation value, string function)
    {
        value = value.WithoutAwait();
        if (value is IInvocationOperation { TargetMethod.Name: "FromResult", Arguments: [var wrapped] })
            value = wrapped.Value.WithoutConversions();
        if (value.ConstantValue is { HasValue: true, Value: bool answer })
            return Polarities.Of(function) == (answer ? Polarity.Allow : Polarity.Deny);
        if (value is IPropertyReferenceOperation { Property: { Name: "CompletedTask" } })
            return Words.Of(function) is [var verb, ..] && CheckVerbs.Contains(verb);
        return Outcomes.IsSuccess(value);
    }

    private static bool SaysNo(IOperation? branch, string function) => branch is not null && branch.Parent is IConditionalOperation { Syntax: not ConditionalExpressionSyntax }
        && branch.DescendantsInFunction().Any(operation => operation is IReturnOperation { ReturnedValue: { } returned } && IsYes(returned, function));

    // VerifySignature(payload), !IsAuthorized(user): a question whose yes lets something happen.
    private static string? CheckIn(IOperation code)
    {
        foreach (var operation in code.DescendantsInFunction())
        {
            if (operation is not IInvocationOperation { TargetMethod.Name: var name } || Words.Of(name) is not [var verb, ..] words)
                continue;
            if (CheckVerbs.Contains(verb) && words.Skip(1).Any(Guards.Contains) || name is "UseAuthentication" or "UseAuthorization" or "RequireAuthorization")
                return name;
        }
        return null;
    }
}
