using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Accounts;

/// <summary>An access token that is valid for days and that nothing can take back.</summary>
internal sealed class LongLivedToken : RiskRule
{
    private const decimal MostHours = 24;

    // A project that asks about a token after it was given out says so in some name.
    private static readonly string[] Revoking = { "OnTokenValidated", "SecurityStamp", "TokenVersion", "Blacklist", "blacklist", "Denylist", "RevokedToken", "IsTokenRevoked", "TokenRevocation", "SessionVersion" };

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK3031",
        title: "An access token lives for days",
        message: "The token is valid for {0} and nobody asks about it again: who is blocked, demoted or robbed of it keeps his rights that long; give it minutes and let it be refreshed",
        why: "A signed token is believed until it runs out. Blocking the account, changing the password or taking a role away reaches nobody who holds one.");

    public LongLivedToken() : base(Risk)
    {
    }

    // RISK3012 speaks of weeks beside all else that makes a token too strong; this says how long and what to ask.
    public override ImmutableArray<string> Supersedes { get; } = ImmutableArray.Create("RISK3012");

    public override void Listen(RuleListener on)
    {
        var revokes = new Lazy<bool>(() => on.Compilation.SyntaxTrees.Any(tree => TextSearch.ContainsAny(tree, Revoking)));
        on.Operation(visit => CheckDescriptor(visit, revokes), OperationKind.SimpleAssignment);
        on.Operation(visit => CheckToken(visit, revokes), OperationKind.ObjectCreation);
    }

    // new SecurityTokenDescriptor { Expires = DateTime.UtcNow.AddDays(7) }
    private static void CheckDescriptor(OperationVisit visit, Lazy<bool> revokes)
    {
        var assignment = (ISimpleAssignmentOperation)visit.Operation;
        if (assignment.Target is IPropertyReferenceOperation { Property: { Name: "Expires", ContainingType.Name: "SecurityTokenDescriptor" } })
            Check(visit, assignment.Value, revokes);
    }

    // new JwtSecurityToken(issuer, audience, claims, expires: DateTime.UtcNow.AddDays(7))
    private static void CheckToken(OperationVisit visit, Lazy<bool> revokes)
    {
        var creation = (IObjectCreationOperation)visit.Operation;
        if (creation.Type?.Name == "JwtSecurityToken" && creation.Arguments.FirstOrDefault(argument => argument.Parameter?.Name == "expires") is { Value: var expires })
            Check(visit, expires, revokes);
    }

    private static void Check(OperationVisit visit, IOperation expires, Lazy<bool> revokes)
    {
        var value = expires.WithoutConversions();
        if (value is ILocalReferenceOperation local && Flow.InitialValue(local) is { } initial)
            value = initial.WithoutConversions();
        if (value is not IInvocationOperation { TargetMethod: { Name: var step, ContainingType.Name: "DateTime" or "DateTimeOffset" }, Arguments: [{ Value: var amount }] } || !IsLong(step, amount))
            return;
        if (IsOfAnotherKind(visit.Member) || Environments.IsForDevelopersOnly(visit.Operation) || revokes.Value)
            return;
        visit.Report(expires, amount.ConstantNumber() is { } number ? $"{number:0.##} {step.Substring(3).ToLowerInvariant()}".Replace("1 days", "a day") : step.Substring(3).ToLowerInvariant());
    }

    private static bool IsLong(string step, IOperation amount) => step switch
    {
        "AddDays" => amount.ConstantNumber() is null or >= 1,
        "AddMonths" or "AddYears" => amount.ConstantNumber() is null or > 0,
        "AddHours" => amount.ConstantNumber() >= MostHours,
        "AddMinutes" => amount.ConstantNumber() >= MostHours * 60,
        _ => false,
    };

    // What is refreshed by it, what a mail carries, what a machine holds.
    private static bool IsOfAnotherKind(ISymbol member) => Words.ContainAny(member.Name, Others) || Words.ContainAny(member.ContainingType?.Name ?? "", Machines);

    private static readonly HashSet<string> Others = Words.SetOf("refresh reset confirm confirmation confirmed invite invitation verification email unsubscribe remember device api service machine client download share apple");

    private static readonly HashSet<string> Machines = Words.SetOf("apple apns fcm google zoom client test tests");
}
