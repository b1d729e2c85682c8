using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Accounts;

/// <summary>A password that is set anew, an account that is shut, in a project that keeps refresh tokens: what was signed in before stays signed in.</summary>
internal sealed class SurvivingSessions : RiskRule
{
    private static readonly string[] Keeps = { "RefreshTokens", "RefreshTokenRepository", "RefreshTokenStore", "RefreshTokenExpir", "ser.RefreshToken =", "ccount.RefreshToken =", "class RefreshToken ", "class RefreshToken\r", "class RefreshToken\n", "class RefreshToken(", "record RefreshToken(", "RefreshTokenService" };

    private static readonly string[] RevokesAll = { "RevokeAll", "RevokeUserTokens", "RevokeTokensFor", "RevokeTokensOf", "RevokeSessions", "InvalidateAllTokens", "InvalidateAllSessions", "InvalidateAllRefresh", "InvalidateAllUser", "InvalidateAllFor" };

    private static readonly HashSet<string> Ending = Words.SetOf("revoke revoked revokes revocation invalidate invalidated stamp logout signout session sessions refresh family version blacklist denylist");

    private static readonly HashSet<string> Setters = Words.SetOf("SetPassword ChangePassword UpdatePassword ResetPassword SetPasswordHash UpdatePasswordHash ChangePasswordHash ResetPasswordAsync ChangePasswordAsync AddPasswordAsync");

    private static readonly HashSet<string> Shutters = Words.SetOf("Deactivate Disable Block Suspend Ban MarkAsDeleted SoftDelete");

    private static readonly HashSet<string> Open = Words.SetOf("IsActive Active IsEnabled Enabled");

    private static readonly HashSet<string> Shut = Words.SetOf("IsBlocked Blocked IsDisabled Disabled IsBanned Banned IsSuspended Suspended IsDeactivated IsDeleted Deleted");

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK3024",
        title: "Sessions survive a new password or a shut account",
        message: "'{0}' {1}, and nothing on the way revokes the refresh tokens of the account: whoever stole one stays signed in; revoke them with it",
        why: "A password is changed because somebody else may know it, an account is shut because somebody must stay out. A refresh token that is still good opens the next session all the same.");

    public SurvivingSessions() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        var reach = Reach.In(on.Facts);
        var keeps = new Lazy<bool>(() => on.Compilation.SyntaxTrees.Any(tree => TextSearch.ContainsAny(tree, Keeps)));
        var revokesElsewhere = new Lazy<bool>(() => on.Compilation.SyntaxTrees.Any(tree => TextSearch.ContainsAny(tree, RevokesAll)));
        on.Operation(visit => CheckCall(visit, reach, keeps, revokesElsewhere), OperationKind.Invocation);
        on.Operation(visit => CheckAssignment(visit, reach, keeps, revokesElsewhere), OperationKind.SimpleAssignment);
    }

    private static void CheckCall(OperationVisit visit, Reach reach, Lazy<bool> keeps, Lazy<bool> revokesElsewhere)
    {
        var call = (IInvocationOperation)visit.Operation;
        var (name, owner) = (call.TargetMethod.Name, call.TargetMethod.ContainingType);
        var sets = Setters.Contains(name);
        if (!sets && !Shutters.Contains(name) || owner is null)
            return;
        // Of Identity's manager, or of the account itself; a service of that name is looked at where it does so.
        if (!(sets && owner.Name == "UserManager") && !(SignsIn(owner) && call.Instance is { } account && !IsMadeHere(account)))
            return;
        Report(visit, reach, keeps, revokesElsewhere, call.CalledName(), name, sets);
    }

    private static void CheckAssignment(OperationVisit visit, Reach reach, Lazy<bool> keeps, Lazy<bool> revokesElsewhere)
    {
        var assignment = (ISimpleAssignmentOperation)visit.Operation;
        if (assignment.Target is not IPropertyReferenceOperation { Property: var property, Instance: { } account } || assignment.Parent is IObjectOrCollectionInitializerOperation || account is IInstanceReferenceOperation || !SignsIn(property.ContainingType))
            return;
        var sets = property.Name is "PasswordHash" or "HashedPassword" && !assignment.Value.ConstantValue.HasValue;
        if (!sets && !(Open.Contains(property.Name) && assignment.Value.IsConstant(false)) && !(Shut.Contains(property.Name) && assignment.Value.IsConstant(true)))
            return;
        if (IsMadeHere(account))
            return;
        Report(visit, reach, keeps, revokesElsewhere, assignment.Syntax, property.Name, sets);
    }

    // A customer may be a row that others keep; with a password he is somebody who signs in.
    private static bool SignsIn(INamedTypeSymbol type)
    {
        if (!Ownership.IsPerson(type))
            return false;
        if (Words.ContainAny(type.Name, Accounts))
            return true;
        for (INamedTypeSymbol? ancestor = type; ancestor is not null; ancestor = ancestor.BaseType)
        {
            if (ancestor.GetMembers("PasswordHash").Length > 0)
                return true;
        }
        return false;
    }

    private static readonly HashSet<string> Accounts = Words.SetOf("user account member identity");

    // An account that is made here, or whose hash is brought up to date at the sign-in, has no stolen session.
    private static readonly HashSet<string> Entering = Words.SetOf("login signin authenticate register registration signup seed seeder create import migrate rehash upgrade verify");

    private static void Report(OperationVisit visit, Reach reach, Lazy<bool> keeps, Lazy<bool> revokesElsewhere, SyntaxNode place, string name, bool sets)
    {
        if (Words.ContainAny(visit.Member.Name, Entering) || Words.ContainAny(visit.Member.ContainingType?.Name ?? "", Entering) || !keeps.Value || EndsSessions(visit, reach))
            return;
        // Where the project can revoke all tokens of an account, whoever runs a service's step may do so beside it.
        if (revokesElsewhere.Value && !IsUseCase(visit))
            return;
        visit.Report(place, name, sets ? "sets the password anew" : "shuts the account");
    }

    private static bool EndsSessions(OperationVisit visit, Reach reach)
    {
        foreach (var body in reach.From(visit.Body, 2))
        {
            foreach (var token in body.Syntax.DescendantTokens())
            {
                if (token.IsKind(SyntaxKind.IdentifierToken) && (Words.ContainAny(token.ValueText, Ending) || Words.ContainSequence(token.ValueText, "sign", "out") || Words.ContainSequence(token.ValueText, "log", "out")) && !IsOfReset(token.ValueText))
                    return true;
            }
        }
        return false;
    }

    // The reset token is used up; that ends no session.
    private static bool IsOfReset(string name) => Words.ContainAny(name, Resets) || name is "RevokeTokenAsync" or "RevokeToken" or "InvalidateTokenAsync" or "InvalidateToken" or "Version" or "ISession";

    private static readonly HashSet<string> Resets = Words.SetOf("reset otp code verification api cache");

    private static bool IsUseCase(OperationVisit visit) => visit.Member is IMethodSymbol { Name: "Handle" or "HandleAsync" or "Consume" } || Endpoints.IsController(visit.Member.ContainingType);

    // new User(...), User.Create(...)
    private static bool IsMadeHere(IOperation account) => account.WithoutConversions() is ILocalReferenceOperation local
        && Flow.InitialValue(local) is IObjectCreationOperation or IInvocationOperation { TargetMethod: { IsStatic: true, IsExtensionMethod: false } };
}
