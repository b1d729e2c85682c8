using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Accounts;

/// <summary>A sign-in that counts no failed attempts: a password can be guessed as often as the attacker likes.</summary>
internal sealed class LockoutDisabled : RiskRule
{
    private const int MostAttempts = 20;

    // Words of a call, a write or an attribute that say that failures are counted or attempts are limited.
    private static readonly HashSet<string> Counting = new(StringComparer.Ordinal)
    {
        "failed", "failure", "failures", "attempt", "attempts", "lockout", "throttle", "throttling", "limiter", "limit", "limiting",
    };

    private static readonly HashSet<string> SignIn = new(StringComparer.Ordinal)
    {
        "login", "logon", "signin", "authenticate", "authentication", "token", "auth",
    };

    private static readonly HashSet<string> Hashers = new(StringComparer.Ordinal) { "hasher", "password", "passwords", "hash", "hashing", "encryptor", "crypto", "argon2" };

    // What a project that counts or limits anywhere has in its text.
    private static readonly string[] LimitSigns = { "RateLimit", "LockoutEnd", "LockedUntil", "FailedLogin", "FailedAttempt", "AccessFailed", "LoginAttempt", "FailedCount", "Throttl", "IsLockedOut", "LockoutUntil" };

    // How often a video is opened is counted as well; that keeps nobody from guessing passwords.
    private static readonly string[] SignInSigns = { "ogin", "assword", "ignIn", "uthenticat", "Lockout", "RateLimiter", "RateLimiting", "Throttl" };

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK3006",
        title: "Sign-in without lockout",
        message: "'{0}' lets an attacker guess {2} without limit; {1}",
        why: "Nothing else slows down guessing and credential stuffing: an account falls to the first list of leaked passwords that names it.");

    private const string Passwords = "passwords";

    public LockoutDisabled() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        var users = on.Type("Microsoft.AspNetCore.Identity.UserManager`1");
        on.Operation(CheckArgument, OperationKind.Argument);
        on.Operation(CheckAssignment, OperationKind.SimpleAssignment);
        if (users is not null)
            on.Operation(visit => CheckPassword(visit, users), OperationKind.Invocation);
        var limits = new Lazy<bool>(() => on.Compilation.SyntaxTrees.Any(tree => TextSearch.ContainsAny(tree, LimitSigns) && TextSearch.ContainsAny(tree, SignInSigns)));
        on.Operation(visit => CheckHash(visit, limits), OperationKind.Invocation);
        var codes = new GuessedCodes(on.Facts);
        on.Operation(visit => CheckCode(visit, codes, limits), OperationKind.Invocation, OperationKind.Binary);
    }

    private static void CheckArgument(OperationVisit visit)
    {
        var argument = (IArgumentOperation)visit.Operation;
        if (argument.Parameter is not { Type.SpecialType: SpecialType.System_Boolean } parameter || argument.ArgumentKind != ArgumentKind.Explicit)
            return;
        var switchesOff = parameter.Name == "lockoutOnFailure"
            || (parameter.Name == "enabled" && parameter.ContainingSymbol is IMethodSymbol { Name: "SetLockoutEnabledAsync" });
        if (switchesOff && argument.Value.ConstantValue is { HasValue: true, Value: false })
            visit.Report(argument, argument.Syntax.ToString(), "pass true", Passwords);
    }

    private static void CheckAssignment(OperationVisit visit)
    {
        var assignment = (ISimpleAssignmentOperation)visit.Operation;
        if (assignment.Target is not IPropertyReferenceOperation { Property: var property })
            return;
        var advice = property.Name switch
        {
            "AllowedForNewUsers" when IsLockoutOptions(property) && assignment.Value.IsConstant(false) => "set it to true",
            "MaxFailedAccessAttempts" when IsLockoutOptions(property) && assignment.Value.ConstantNumber() > MostAttempts => "lock after a handful of failures",
            "DefaultLockoutTimeSpan" when IsLockoutOptions(property) && IsNoTime(assignment.Value) => "lock for minutes",
            "LockoutEnabled" when property.ContainingType.Name.StartsWith("IdentityUser", StringComparison.Ordinal) && assignment.Value.IsConstant(false) && !IsSeed(assignment) => "leave lockout enabled for every account",
            _ => null,
        };
        if (advice is not null)
            visit.Report(assignment, assignment.Syntax.ToString(), advice, Passwords);
    }

    // modelBuilder.Entity<User>().HasData(new User { ... }): rows of a migration.
    private static bool IsSeed(IOperation assignment) => assignment.Ancestors().Any(ancestor => ancestor is IInvocationOperation { TargetMethod.Name: "HasData" });

    // UserManager.CheckPasswordAsync neither counts failures nor asks whether the account is locked; its callers must.
    private static void CheckPassword(OperationVisit visit, INamedTypeSymbol users)
    {
        var call = (IInvocationOperation)visit.Operation;
        if (call.TargetMethod.Name != "CheckPasswordAsync" || !call.TargetMethod.ContainingType.Is(users))
            return;
        if (!(SignsIn(visit.Member) || AsksOldPassword(call)) || IsLimited(visit.Member) || IsLimited(visit.Member.ContainingType))
            return;
        if (CountsFailures(visit.Body))
            return;
        visit.Report(call, "CheckPasswordAsync", "use SignInManager.CheckPasswordSignInAsync with lockoutOnFailure: true, or count the failure with AccessFailedAsync", Passwords);
    }

    // A sign-in of one's own: the hash is compared, and nothing anywhere counts or limits.
    private static void CheckHash(OperationVisit visit, Lazy<bool> limits)
    {
        var call = (IInvocationOperation)visit.Operation;
        if (!IsHashCheck(call) || !(SignsIn(visit.Member) || AsksOldPassword(call)) || IsLimited(visit.Member) || IsLimited(visit.Member.ContainingType) || CountsFailures(visit.Body) || CountsFailures(call))
            return;
        if (!limits.Value)
            visit.Report(call, call.TargetMethod.ContainingType.Name + "." + call.TargetMethod.Name, "count failures and lock the account for minutes, or limit the rate of sign-ins", Passwords);
    }

    // Six digits are a million values, and a script tries them in minutes.
    private static void CheckCode(OperationVisit visit, GuessedCodes codes, Lazy<bool> limits)
    {
        if (codes.Are(visit.Operation, visit.Member) && !CountsFailures(visit.Body) && !limits.Value)
            visit.Report(visit.Operation, Excerpt.Of(visit.Operation), "count the failures on the row and use it up after five", "codes");
    }

    private static bool IsHashCheck(IInvocationOperation call) => call.TargetMethod.ContainingType is { } hasher && call.TargetMethod.Name switch
        {
            "Verify" or "VerifyAsync" or "EnhancedVerify" or "VerifyHash" => hasher.Name == "BCrypt" || Words.ContainAny(hasher.Name, Hashers),
            "VerifyHashedPassword" or "VerifyPassword" or "VerifyPasswordAsync" or "VerifyPasswordHash" or "CheckPassword" or "CheckPasswordAsync" or "ValidatePassword" or "ValidatePasswordAsync" => hasher.Name is not ("UserManager" or "SignInManager"),
            _ => false,
        }
        && call.Arguments.Any(argument => Secrets.Of(argument.Value) == SecretKind.Password);

    // Another project's account that has a counter is looked after there.
    private static bool CountsFailures(IInvocationOperation check) => check.Arguments.Any(argument => argument.Value.WithoutConversions() is IPropertyReferenceOperation { Instance.Type: { } account }
        && account.GetMembers().Any(member => member is IPropertySymbol && Words.ContainAny(member.Name, Counting)));

    private static bool SignsIn(ISymbol member) =>
        Words.ContainAny(member.Name, SignIn) || Words.ContainSequence(member.Name, "sign", "in") || Words.ContainSequence(member.Name, "log", "in")
        || (member.Name is "Handle" or "HandleAsync" or "ExecuteAsync" or "Execute" or "Consume" or "OnPostAsync" or "OnPost"
            && (Words.ContainAny(member.ContainingType.Name, SignIn) || Words.ContainSequence(member.ContainingType.Name, "sign", "in")));

    // Whoever holds a stolen session finds out the password here, past the lockout of the sign-in.
    private static bool AsksOldPassword(IInvocationOperation call) => call.Arguments.Any(argument => argument.Value.WithoutConversions().ReferencedSymbol() is { } given && Words.Of(given.Name) is ["current" or "old" or "existing" or "present", "password", ..]);

    private static bool IsLimited(ISymbol? symbol) =>
        symbol is not null && symbol.GetAttributes().Any(attribute => attribute.AttributeClass is { } type && Words.ContainAny(type.Name, Counting));

    private static bool CountsFailures(IOperation body)
    {
        foreach (var operation in body.DescendantsAndSelf())
        {
            // PasswordVerificationResult.Failed counts nothing.
            if (operation is IInvocationOperation or IPropertyReferenceOperation or IFieldReferenceOperation { Field.ContainingType.TypeKind: not TypeKind.Enum }
                && operation.ReferencedSymbol() is { } symbol && symbol.Name != "IsLockedOutAsync" && Words.ContainAny(symbol.Name, Counting) && !OnlyRefuses(symbol.Name))
                return true;
        }
        return false;
    }

    // Result.Failure("wrong password"), ApiErrors.ValidationFailed(...): said, not counted.
    private static bool OnlyRefuses(string name) => Words.Of(name) is var words && !words.Any(word => Counting.Contains(word) && word is not ("failed" or "failure" or "failures"))
        && !words.Any(word => word is "count" or "counter" or "access" or "login" or "logins" or "record" or "register" or "increment" or "track" or "add" or "on" or "sign" or "handle" or "password" or "note" or "auth" or "authentication");

    private static bool IsLockoutOptions(IPropertySymbol property) => property.ContainingType.Name == "LockoutOptions";

    private static bool IsNoTime(IOperation value) => value.WithoutConversions() switch
    {
        IFieldReferenceOperation { Field.Name: "Zero" } => true,
        IInvocationOperation { TargetMethod.Name: "FromSeconds" or "FromMilliseconds", Arguments: [{ Value: var seconds }, ..] } => seconds.ConstantNumber() <= 10,
        IInvocationOperation { TargetMethod.Name: "FromMinutes" or "FromHours" or "FromDays", Arguments: [{ Value: var count }, ..] } => count.ConstantNumber() == 0,
        _ => false,
    };
}
