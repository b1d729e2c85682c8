using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Accounts;

/// <summary>What only a shop's own people do: approve, ship, refund, grant, change prices, stock and roles.</summary>
internal static class StaffVerbs
{
    private static readonly HashSet<string> Verbs = Words.SetOf(
        "approve approves reject refund refunds ship dispatch impersonate ban unban suspend unsuspend promote demote restock payout settle void chargeback override waive unlock deactivate reactivate fulfill fulfil "
        + "writeoff reconcile backfill reindex seed purge");

    private static readonly HashSet<string> Edits = Words.SetOf("grant revoke create update delete add edit remove set change import upsert adjust assign unassign bulk post put patch insert modify publish unpublish increase decrease reset save");

    private static readonly HashSet<string> Estate = Words.SetOf("access admin credit product products price prices pricing stock inventory coupon coupons discount discounts promotion promotions category categories role roles permission permissions tax taxes catalog sku vendor supplier warehouse");

    // What a controller of its own is for, the staff's verbs edit.
    private static readonly HashSet<string> Things = Words.SetOf("product products coupon coupons discount discounts promotion promotions category categories role roles permission permissions tax taxes inventory stock catalog price prices vendor vendors supplier suppliers warehouse warehouses brand brands");

    private static readonly HashSet<string> Admin = Words.SetOf("admin administration backoffice");

    // A customer asks for a refund, and watches a shipment.
    private static readonly HashSet<string> Customers = Words.SetOf("via buy purchase topup request requests ask apply my me own status track preview calculate estimate eligibility eligible validate check redeem use wishlist cart basket review reviews favorite favorites token tokens session sessions consent");

    /// <summary>Whether the endpoint stands in a part of the application that is the staff's.</summary>
    public static bool IsBackOffice(Endpoint endpoint, INamedTypeSymbol? type) =>
        Words.ContainAny(endpoint.Route, Admin) || type is not null && (Words.ContainAny(type.Name, Admin) || Words.ContainAny(type.NamespaceName() ?? "", Admin));

    /// <summary>Whether the endpoint reads what is the staff's to read: a GET of an admin's controller or route.</summary>
    public static bool ShowsBackOffice(Endpoint endpoint, INamedTypeSymbol? type) => endpoint is { Verb: "GET", Kind: EndpointKind.Action or EndpointKind.MinimalApi }
        && (Words.Of(endpoint.Route) is var route && route.HaveAny(Admin) && !route.HaveAny(Customers) || type is not null && Words.ContainAny(type.Name, Admin));

    /// <summary>Whether the endpoint does what only staff should; <paramref name="name"/> is that of the handler, the page or the action.</summary>
    public static bool Speaks(Endpoint endpoint, string name, INamedTypeSymbol? type)
    {
        if (!endpoint.IsWrite)
            return false;
        var words = Words.Of(name);
        var route = Words.Of(endpoint.Route);
        if (words.HaveAny(Customers) || route.HaveAny(Customers))
            return false;
        if (route.HaveAny(Admin) || type is not null && Words.ContainAny(type.Name, Admin))
            return true;
        if (words.HaveAny(Verbs) || route.Length > 0 && Verbs.Contains(route[route.Length - 1]) || Words.ContainSequence(name, "mark", "as", "paid") || Words.ContainSequence(name, "mark", "paid"))
            return true;
        // ProductsController.Create, PUT /products/{id}
        if (endpoint.Kind == EndpointKind.Action && type is not null && words.HaveAny(Edits) && Words.Of(type.Name) is var kind && kind.Any(Things.Contains) && !kind.Any(Customers.Contains))
            return true;
        return words.HaveAny(Estate) && words.HaveAny(Edits) || endpoint.Kind == EndpointKind.MinimalApi && words.IsEmpty && route.HaveAny(Estate);
    }
}
