using RiskAnalyzers.Language;

namespace RiskAnalyzers.CriticalPaths;

/// <summary>
/// The words that put code on a path by its name. Whole words only: <c>CheckoutService</c> is checkout, service; <c>Discharge</c> and
/// <c>Accountability</c> are themselves. A word that means something else beside certain neighbours (<c>OrderBy</c>, <c>SortOrder</c>) does not speak there.
/// </summary>
internal static class ConventionWords
{
    private const string Checkout = "checkout", Pricing = "pricing", Account = "account";

    private static readonly Dictionary<string, string> Paths = new(StringComparer.Ordinal);

    // Words that name an action on the path even in a member of a type that is about something else.
    private static readonly HashSet<string> Actions = new(StringComparer.Ordinal)
    {
        "checkout", "payment", "payments", "pay", "refund", "refunds", "invoice", "billing", "charge", "payout", "webhook", "stripe", "paypal",
        "price", "prices", "pricing", "discount", "discounts", "coupon", "coupons", "promo", "voucher", "tax", "taxes", "vat",
        "authentication", "authorization", "login", "logon", "signin", "signup", "password", "passwords", "jwt", "otp", "mfa", "oauth",
    };

    private static readonly HashSet<string> OfTypes = Words.SetOf("admin seed seeder seeding middleware email mail smtp sms cookie cookies");

    // They speak for the type that does the work, not for a dialect of a database or a widget of a report.
    private static readonly HashSet<string> OfWorkers = Words.SetOf("database tenant tenants profile profiles report reports reporting pdf certificate certificates course courses employee employees staff address addresses vendor vendors seller sellers supplier suppliers merchant merchants review reviews wishlist wishlists newsletter subscriber subscribers blog post posts comment comments contact warehouse warehouses department departments dashboard analytics statistics notification notifications upload uploads export import audit category categories brand brands delivery deliveries courier couriers wholesale master case cases complaint complaints dispute disputes returns store stores menu menus");

    private static readonly HashSet<string> Workers = Words.SetOf("service controller handler manager repository endpoints generator");

    private static readonly Dictionary<string, HashSet<string>> SilentAfter = Neighbours(
        "order: sort display column z tab render menu execution load reading build byte list field alphabetical topological",
        "token: cancellation syntax change json j reader stop verification antiforgery anti csrf xsrf",
        "account: storage",
        "product: cross cartesian inner dot scalar",
        "subscription: event message topic observable",
        "identity: object managed",
        "transaction: db sql database i",
        "role: aria",
        "balance: load white");

    private static readonly Dictionary<string, HashSet<string>> SilentBefore = Neighbours(
        "order: by",
        "user: control interface agent settings",
        "identity: map column insert resolution",
        "product: version info",
        "transaction: scope behavior behaviour",
        "token: stream type",
        "stock: photo",
        "pay: load");

    static ConventionWords()
    {
        Add(Checkout, "checkout cart carts basket baskets order orders ordering payment payments pay payer purchase purchases refund refunds invoice invoices invoicing "
            + "billing bill wallet wallets ledger balance balances charge charges payout payouts settlement settlements stripe paypal adyen braintree klarna mollie "
            + "subscription subscriptions shipment shipments shipping fulfillment fulfilment stock inventory reservation reservations booking bookings webhook webhooks "
            + "chargeback dispute disputes transaction transactions gift giftcard loyalty reward rewards gateway gateways installment installments deposit deposits credit credits debit debits "
            + "commission commissions donation donations pci enroll enrollment enrollments enrolment enrolments appointment appointments rental rentals tuition");
        Add(Pricing, "price prices pricing discount discounts coupon coupons promo promos promotion promotions voucher vouchers tax taxes vat fee fees tariff currency money "
            + "product products catalog catalogue campaign campaigns");
        Add(Account, "account accounts auth authentication authorization login logon signin signup register registration password passwords token tokens identity "
            + "user users customer customers jwt otp mfa oauth credential credentials permission permissions role roles security session sessions member members membership claims");
    }

    /// <summary>The path that the words of a type, namespace, folder or route speak for, or null.</summary>
    public static string? PathOf(string name) => PathOf(Words.Of(name), null);

    /// <summary>
    /// The path that the words of a type's name speak for. Some words do so only there: what a middleware lets through every order passes, and who seeds or
    /// mails handles accounts, but a folder of the staff's pages is most of a shop.
    /// </summary>
    public static string? PathOfType(string name) => PathOf(name) ?? (Words.ContainAny(name, OfTypes) || IsPipeline(Words.Of(name)) || Words.Of(name) is [.., "db", "context"] or [.., "db" or "data" or "database", "initializer" or "initialiser"] || IsWorker(Words.Of(name)) ? Account : null);

    private static bool IsWorker(ImmutableArray<string> words) => words.Length > 1 && Workers.Contains(words[words.Length - 1]) && words.HaveAny(OfWorkers);

    // TransactionBehavior, ValidationBehaviour: what a mediator runs around every handler. A control's behaviour is another thing.
    private static bool IsPipeline(ImmutableArray<string> words) => words.Length > 1 && words[words.Length - 1] is "behavior" or "behaviour" && words.HaveAny(Around);

    private static readonly HashSet<string> Around = Words.SetOf("transaction transactional transactions unit validation validator logging pipeline request idempotency idempotent authorization caching retry resilience exception exceptions unhandled audit auditing performance tenant");

    /// <summary>The path that the words of a member's name speak for; only words that name an action count there.</summary>
    public static string? PathOfMember(string name) => PathOf(Words.Of(name), Actions);

    private static string? PathOf(ImmutableArray<string> words, HashSet<string>? only)
    {
        for (var i = 0; i < words.Length; i++)
        {
            var word = words[i];
            if (!Paths.TryGetValue(word, out var path) || (only is not null && !only.Contains(word)))
                continue;
            if (i > 0 && SilentAfter.TryGetValue(word, out var before) && before.Contains(words[i - 1]))
                continue;
            if (i + 1 < words.Length && SilentBefore.TryGetValue(word, out var after) && after.Contains(words[i + 1]))
                continue;
            return path;
        }
        return null;
    }

    private static void Add(string path, string words)
    {
        foreach (var word in words.Split(' '))
            Paths[word] = path;
    }

    private static Dictionary<string, HashSet<string>> Neighbours(params string[] lines) =>
        lines.Select(line => line.Split(':')).ToDictionary(
            parts => parts[0],
            parts => new HashSet<string>(parts[1].Split(new[] { ' ' }, StringSplitOptions.RemoveEmptyEntries), StringComparer.Ordinal),
            StringComparer.Ordinal);
}
