using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Money;

/// <summary>An enum of states whose zero value, which everything unset and unread becomes, means success.</summary>
internal sealed class SuccessIsZero : RiskRule
{
    private static readonly HashSet<string> StateNames = Words.SetOf("status state result outcome decision access response verdict");

    private static readonly HashSet<string> Successes = Words.SetOf("paid success succeeded successful approved approve accepted allowed authorized authorised active verified completed complete ok granted refunded captured settled confirmed valid passed delivered fulfilled shipped cleared");

    // Not paid, inactive, partially refunded: a success word that another word takes back.
    private static readonly HashSet<string> Negations = Words.SetOf("not un in non never partially partial awaiting pending to be no");

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK1006",
        title: "The zero value of a state means success",
        message: "'{0}.{1}' is 0, so every {0} that nobody sets, parses or loads reads as '{1}'; begin with {2}",
        why: "A field that was never assigned, a JSON property that is missing and an enum that failed to parse are all 0. Where 0 means paid, "
            + "approved or active, an error looks like a success.");

    public SuccessIsZero() : base(Risk)
    {
    }

    public override void Listen(RuleListener on) => on.Declaration(Check, SymbolKind.NamedType);

    private static void Check(DeclarationVisit visit)
    {
        if (visit.Symbol is not INamedTypeSymbol { TypeKind: TypeKind.Enum } type)
            return;
        var isRole = IsRole(type.Name);
        if (!isRole && !Words.ContainAny(type.Name, StateNames))
            return;
        if (type.HasAttribute("FlagsAttribute"))
            return;
        var members = type.GetMembers().OfType<IFieldSymbol>().Where(field => field.HasConstantValue).ToList();
        // A state of one value decides nothing.
        if (members.Count < 2 || members.Find(IsZero) is not { } zero || !(isRole ? Words.ContainAny(zero.Name, Rulers) : MeansSuccess(zero.Name)))
            return;
        visit.Report(zero.Locations[0], type.Name, zero.Name, isRole ? "a role that may do nothing" : "an Unknown or a waiting state");
    }

    // enum UserRole { Admin, Customer }: a role that the request leaves out is the administrator's.
    private static bool IsRole(string name) => Words.Of(name) is [.., "role" or "roles"] or [.., "role", "type" or "name" or "kind"] or [.., "account" or "user", "type"] or ["access" or "permission", "level"];

    private static readonly HashSet<string> Rulers = Words.SetOf("admin administrator superadmin root superuser sysadmin sudo");

    private static bool IsZero(IFieldSymbol field) => Convert.ToDecimal(field.ConstantValue, System.Globalization.CultureInfo.InvariantCulture) == 0m;

    private static bool MeansSuccess(string name)
    {
        var words = Words.Of(name);
        return words.HaveAny(Successes) && !words.HaveAny(Negations);
    }
}
