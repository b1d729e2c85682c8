using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Accounts;

/// <summary>An answer that tells a stranger whether an account exists.</summary>
internal sealed class UserEnumeration : RiskRule
{
    private static readonly HashSet<string> SignIn = Words.SetOf("login logon signin authenticate");

    private static readonly HashSet<string> Asking = Words.SetOf("forgot forgotten recover recovery resend magic");

    private static readonly HashSet<string> Exempt = Words.SetOf("external google facebook microsoft github callback admin change logout signout register signup provider passkey invite");

    private static readonly HashSet<string> Generic = new(StringComparer.Ordinal)
    {
        "Handle", "HandleAsync", "Execute", "ExecuteAsync", "Consume", "OnPost", "OnPostAsync", "Post", "PostAsync", "Invoke", "InvokeAsync", "Run", "RunAsync",
    };

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK3011",
        title: "An answer tells whether an account exists",
        message: "'{0}' tells a stranger that {1} account exists; answer as {2}",
        why: "Whoever can ask which addresses have an account gets a list of customers to phish and to try leaked passwords on.");

    public UserEnumeration() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        var endpoints = Endpoints.In(on.Facts);
        on.Body(visit => Check(visit, endpoints));
        on.Operation(visit => CheckLambda(visit, endpoints), OperationKind.AnonymousFunction);
        on.Operation(CheckLocal, OperationKind.LocalFunction);
    }

    /// <summary>What an absent account should be answered, and how the message calls it; null where the answer gives nothing away.</summary>
    public static (AccountAnswer? Better, string Advice)? Judge(AccountAnswers answers, AccountAnswer absent, bool asks)
    {
        if (!absent.Fails)
            return null;
        if (asks)
            return (answers.Success, "if the message had been sent");
        var refusals = answers.Refusals(absent).ToList();
        if (refusals.Exists(refusal => refusal.Signature == absent.Signature))
            return null;
        return refusals.Count > 0 || absent.SaysUnknown ? (refusals.FirstOrDefault(), "to a wrong password or code") : null;
    }

    /// <summary>Whether the name belongs to a function that only asks for a message with a link or a code; null where it is about neither that nor signing in.</summary>
    public static bool? Asks(string name)
    {
        if (Words.ContainAny(name, Exempt))
            return null;
        if (Words.ContainAny(name, Asking) || AskingPhrases.StandIn(name))
            return true;
        return Words.ContainAny(name, SignIn) || SignInPhrases.StandIn(name) ? false : null;
    }

    private static readonly WordSequences AskingPhrases = new("send otp|request otp|send code|request code|request password reset|request reset|send reset|send password reset|initiate password reset|generate otp|send verification|send confirmation|generate password reset");

    private static readonly WordSequences SignInPhrases = new("sign in|log in|reset password|password reset|verify otp|verify code|validate otp|verify email|confirm email|confirm account|activate account|verify account|validate credentials|verify credentials");

    // POST /auth/otp asks for a code or brings one: what it says of an unknown account is heard either way.
    private static bool? AsksAt(string route) => Asks(route) ?? (Words.Of(route) is [.., "otp" or "otps"] && !Words.ContainAny(route, Exempt) ? false : null);

    /// <summary>The name by which a member is known: its own, or for a handler that of its type.</summary>
    public static string NameOf(ISymbol member)
    {
        if (!Generic.Contains(member.Name))
            return member.Name;
        var type = member.ContainingType;
        return (type.ContainingType is { } outer ? outer.Name + "_" : "") + type.Name + "_" + string.Join("_", member is IMethodSymbol method ? method.Parameters.Select(parameter => parameter.Type.Name) : Enumerable.Empty<string>());
    }

    private static void Check(BodyVisit visit, Endpoints endpoints)
    {
        if (visit.Member is not IMethodSymbol member)
            return;
        if (Registers(NameOf(member)) && endpoints.Of(member) is null or { Access: EndpointAccess.Open or EndpointAccess.Anonymous or EndpointAccess.Unknown })
            CheckRegistration(visit, visit.Body);
        if (AsksExistence(member.Name) && endpoints.Of(member) is { LetsAnybodyIn: true })
            CheckExistence(visit, visit.Body);
        // Behind a sign-in it is an administrator who looks for the account.
        if (Asks(NameOf(member)) is { } asks && endpoints.Of(member) is null or { Access: EndpointAccess.Open or EndpointAccess.Anonymous or EndpointAccess.Unknown })
            CheckFunction(visit, visit.Body, asks);
    }

    private static void CheckLambda(OperationVisit visit, Endpoints endpoints)
    {
        var lambda = (IAnonymousFunctionOperation)visit.Operation;
        if (Responses.RouteOf(lambda) is not { Length: > 0 } route)
            return;
        if (AsksExistence(route) && endpoints.Of(lambda) is { LetsAnybodyIn: true })
            CheckExistence(visit, lambda.Body);
        if (Registers(route))
            CheckRegistration(visit, lambda.Body);
        if (AsksAt(route) is { } asks)
            CheckFunction(visit, lambda.Body, asks);
    }

    private static void CheckLocal(OperationVisit visit)
    {
        if (visit.Operation is ILocalFunctionOperation { Body: { } body } function && Asks(function.Symbol.Name) is { } asks)
            CheckFunction(visit, body, asks);
    }

    /// <summary>Whether the name is that of a registration, which a stranger calls with any address.</summary>
    private static bool Registers(string name) => (Words.Of(name).Any(word => word is "register" or "registration" or "signup") || Words.ContainSequence(name, "sign", "up")) && !Words.ContainAny(name, Elsewhere);

    private static readonly HashSet<string> Elsewhere = Words.SetOf("external google facebook microsoft github callback admin provider passkey invite device service services dependency webhook product tax");

    // GET /users/exists, CheckEmail, IsEmailTaken: the question itself; what creates an account is a registration.
    private static bool AsksExistence(string name) => Words.Of(name) is var words && words.Any(word => word is "exists" or "exist" or "check" or "available" or "availability" or "taken" or "registered")
        && words.Any(word => word is "email" or "mail" or "phone" or "account" or "accounts" or "user" or "users" or "customer" or "customers" or "admin") && !words.Any(word => word is "username" or "order" or "payment" or "password" or "health");

    private static void CheckExistence(Visit visit, IOperation function)
    {
        if (AccountAnswers.ExistenceIn(function) is { } asked)
            visit.Report(asked, Excerpt.Of(asked), "such an", "to every address");
    }

    private static void CheckRegistration(Visit visit, IOperation function)
    {
        const string Advice = "to a new address, and write to the owner of the old one";
        var answers = new AccountAnswers(function);
        var said = new List<AccountAnswer>();
        foreach (var taken in answers.OfPresent)
        {
            // In whatever language it says so.
            if ((taken.SaysTaken || answers.IsByAddress(taken) && !taken.SpeaksOfName) && (taken.Fails || taken.Throws))
            {
                said.Add(taken);
                visit.Report(taken.Place, Excerpt.Of(taken.Place), "such an", Advice);
            }
        }
        if (said.Count > 0)
            return;
        foreach (var operation in function.DescendantsInFunction())
        {
            if (AccountAnswer.OfStatement(operation) is { } answer && (answer.SaysTaken && answer.Fails || TellsIdentityErrors(answer.Place)))
            {
                var place = answer.TakenText ?? answer.Place;
                visit.Report(place, Excerpt.Of(place), "such an", Advice);
                return;
            }
        }
    }

    // BadRequest(result.Errors): DuplicateEmail is one of them.
    private static bool TellsIdentityErrors(IOperation answer) => answer.DescendantsAndSelf().Any(part => part is IPropertyReferenceOperation { Property: { Name: "Errors", ContainingType.Name: "IdentityResult" } });

    private static void CheckFunction(Visit visit, IOperation function, bool asks)
    {
        var answers = new AccountAnswers(function);
        foreach (var absent in answers.OfAbsent)
        {
            if (Judge(answers, absent, asks) is not var (_, advice))
                continue;
            visit.Report(absent.Place, Excerpt.Of(absent.Place), "no such", advice);
        }
        foreach (var locked in asks ? Enumerable.Empty<AccountAnswer>() : answers.OfLock())
            visit.Report(locked.Place, Excerpt.Of(locked.Place), "such an", "to a wrong password, and write to the owner that it is locked");
        foreach (var state in answers.OfState())
            visit.Report(state.Place, Excerpt.Of(state.Place), "such an", asks ? "if the message had been sent" : "to a wrong password or code, and say more once it was right");
    }
}
