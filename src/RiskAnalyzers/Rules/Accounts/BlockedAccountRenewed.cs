using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Accounts;

/// <summary>A refresh that gives new tokens to an account without asking whether it is still allowed to sign in.</summary>
internal sealed class BlockedAccountRenewed : RiskRule
{
    private static readonly HashSet<string> Renewals = Words.SetOf("refresh renew rotate");

    private static readonly HashSet<string> States = Words.SetOf("locked lockout lock active inactive blocked disabled enabled banned suspended deleted status state deactivated can valid validate stamp");

    private static readonly HashSet<string> Makers = Words.SetOf("generate create issue build make sign");

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK3030",
        title: "A refresh asks nothing about the account's state",
        message: "'{0}' gives new tokens to '{1}' and never asks whether the account is locked, blocked or deleted: who was shut out {2}; ask here what sign-in asks",
        why: "An access token runs out in minutes so that a block takes effect in minutes. The refresh is the only place where it can, and it is the one that is forgotten.");

    public BlockedAccountRenewed() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        var reach = Reach.In(on.Facts);
        on.Body(visit => Check(visit, reach));
        on.Operation(CheckExternal, OperationKind.Invocation);
    }

    private static void Check(BodyVisit visit, Reach reach)
    {
        if (visit.Member is not IMethodSymbol { MethodKind: MethodKind.Ordinary } method || !Renews(method) || MakesToken(visit.Body) is not { } making)
            return;
        if (AccountIn(visit.Body) is not { } account || StateOf(account.Type) is null)
            return;
        foreach (var reached in reach.From(visit.Body, 1))
        {
            if (reached.DescendantsAndSelf().Any(part => AsksForState(part, account.Type)))
                return;
        }
        visit.Report(account.Place ?? making.CalledName(), making.TargetMethod.Name, account.Name, "stays signed in for as long as he refreshes");
    }

    // var result = await signIn.ExternalLoginSignInAsync(...); if (result.Succeeded) return tokens; and else link the account and give tokens all the same.
    private static void CheckExternal(OperationVisit visit)
    {
        var call = (IInvocationOperation)visit.Operation;
        if (call.TargetMethod is not { Name: "ExternalLoginSignInAsync", ContainingType.Name: "SignInManager" } || visit.Body.Syntax.DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken) && Asked.Contains(token.ValueText)))
            return;
        var after = visit.Body.Descendants().OfType<IInvocationOperation>().Where(other => other.Syntax.SpanStart > call.Syntax.Span.End && !LogCalls.IsLog(other)).ToList();
        if (after.Find(other => other.TargetMethod.Name is "AddLoginAsync") is { } linking && after.Exists(other => other.Syntax.SpanStart > linking.Syntax.SpanStart && GivesEntry(other.TargetMethod.Name)))
            visit.Report(call.CalledName(), call.TargetMethod.Name, "the account of that address", "comes back through an account of another site");
    }

    private static readonly HashSet<string> Asked = Words.SetOf("IsLockedOut IsNotAllowed IsLockedOutAsync CanSignInAsync LockoutEnd IsActive IsBlocked IsDeleted IsDisabled PreSignInCheck");

    private static bool GivesEntry(string name) => name == "SignInAsync" || Words.Of(name) is [var verb, ..] words && (Makers.Contains(verb) || verb is "get") && words.Any(word => word is "token" or "tokens" or "jwt" or "auth" or "authentication" or "session" or "login");

    private static bool Renews(IMethodSymbol method) => Words.ContainAny(method.Name, Renewals) && !Words.ContainAny(method.Name, Caches)
        || method.Name is "Handle" or "HandleAsync" or "Execute" or "ExecuteAsync" && Words.ContainAny(method.ContainingType.Name, Renewals) && Words.ContainAny(method.ContainingType.Name, Tokens);

    private static readonly HashSet<string> Caches = Words.SetOf("cache page view price prices rates stock index");

    private static readonly HashSet<string> Tokens = Words.SetOf("token tokens session");

    // jwt.GenerateToken(user), CreateAccessToken(user, roles)
    private static IInvocationOperation? MakesToken(IOperation body) => body.Descendants().OfType<IInvocationOperation>().FirstOrDefault(call => Words.Of(call.TargetMethod.Name) is [var verb, ..] words && Makers.Contains(verb) && words.Any(word => word is "token" or "tokens" or "jwt")
        && !words.Any(word => word is "refresh" or "reset" or "confirmation") && !LogCalls.IsLog(call));

    // The account whose tokens they are: looked up here, by whatever the old token says.
    private static (string Name, INamedTypeSymbol Type, SyntaxNode? Place)? AccountIn(IOperation body)
    {
        foreach (var operation in body.Descendants())
        {
            if (operation is IVariableDeclaratorOperation { Symbol: { Name: var name, Type: INamedTypeSymbol type } } declarator && IsAccount(type) && declarator.GetVariableInitializer()?.Value.WithoutAwait() is { } initial && initial is not IObjectCreationOperation)
                return (name, type, initial.Syntax);
            if (operation is IPropertyReferenceOperation { Property: { Name: "User" or "Account" or "Customer" or "Member", Type: INamedTypeSymbol held } property } && IsAccount(held))
                return (property.Name, held, null);
        }
        return null;
    }

    private static bool IsAccount(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? ancestor = type; ancestor is not null; ancestor = ancestor.BaseType)
        {
            if (ancestor.Name == "IdentityUser")
                return true;
        }
        return Ownership.IsPerson(type) && type.IsOfTheProduct() && !RequestData.IsCarrier(type);
    }

    // Something that can be asked.
    private static string? StateOf(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? ancestor = type; ancestor is { SpecialType: SpecialType.None }; ancestor = ancestor.BaseType)
        {
            foreach (var member in ancestor.GetMembers())
            {
                if (member is IPropertySymbol && Words.ContainAny(member.Name, Shut))
                    return member.Name;
            }
        }
        return null;
    }

    private static readonly HashSet<string> Shut = Words.SetOf("locked lockout active blocked disabled enabled banned suspended deleted deactivated");

    private static bool AsksForState(IOperation part, INamedTypeSymbol account) => part switch
    {
        IPropertyReferenceOperation { Property: { Name: var name, ContainingType: { } owner } } => Words.ContainAny(name, States) && (Holds(account, owner) || Ownership.IsPerson(owner)),
        IInvocationOperation { TargetMethod.Name: "CanSignInAsync" or "ValidateSecurityStampAsync" or "ValidateTwoFactorSecurityStampAsync" } => true,
        IInvocationOperation { TargetMethod: { Name: var name, ContainingType: { } owner } } call => Words.ContainAny(name, States) && !Words.ContainAny(name, Tokens) && (Holds(account, owner) || call.Arguments.Any(argument => argument.Value.WithoutConversions().Type is { } given && SymbolEqualityComparer.Default.Equals(given, account))),
        _ => false,
    };

    private static bool Holds(INamedTypeSymbol account, INamedTypeSymbol owner)
    {
        for (INamedTypeSymbol? ancestor = account; ancestor is not null; ancestor = ancestor.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(ancestor.OriginalDefinition, owner.OriginalDefinition))
                return true;
        }
        return false;
    }
}
