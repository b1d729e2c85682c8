using System.Runtime.CompilerServices;

namespace RiskAnalyzers.Language;

/// <summary>Whose something is: which members name an owner, and which types belong to somebody.</summary>
internal sealed class Ownership
{
    private static readonly ConditionalWeakTable<Compilation, Ownership> Known = new();

    private static readonly HashSet<string> OwnerWords = Words.SetOf("owner user customer buyer member tenant account client organization organisation shopper purchaser payer holder");

    private static readonly HashSet<string> OwnerSuffixes = Words.SetOf("id guid key uid email name number ref");

    private static readonly HashSet<string> Persons = Words.SetOf("user users customer customers account accounts member members buyer profile person");

    private static readonly HashSet<string> Belongings = Words.SetOf("order orders invoice invoices payment payments cart carts basket baskets address addresses wallet wallets subscription subscriptions refund refunds transaction transactions booking bookings reservation reservations card cards statement statements receipt shipment");

    // What everybody may see although somebody made it, and what only sounds like a belonging.
    private static readonly HashSet<string> PublicWords = Words.SetOf("product products category categories review reviews rating comment comments post posts article blog catalog catalogue coupon store vendor brand inventory stock plan plans provider providers type types rate rates option options config configuration template templates setting settings country currency status statuses service repository controller session intent method methods page health event");

    private static readonly HashSet<string> MessageWords = Words.SetOf("query command request handler validator event exception error notification");

    private readonly Lazy<bool> _isFiltered;

    private Ownership(Compilation compilation) => _isFiltered = new(() => FindsFilter(compilation));

    public static Ownership In(CompilationFacts facts) => Known.GetValue(facts.Compilation, compilation => new Ownership(compilation));

    /// <summary>Whether a global query filter keeps the rows of other owners out of every query.</summary>
    public bool IsFilteredEverywhere => _isFiltered.Value;

    /// <summary>Whether the name is that of an owner or its id: <c>CustomerId</c>, <c>OwnerId</c>, <c>userEmail</c>.</summary>
    public static bool NamesOwner(string name)
    {
        var words = Words.Of(name);
        if (words is ["created", "by", ..])
            return true;
        return words.Length switch
        {
            0 => false,
            1 => words[0] is "owner" or "buyer" or "username",
            _ => OwnerSuffixes.Contains(words[words.Length - 1]) && OwnerWords.Contains(words[words.Length - 2]) && words[words.Length - 1] is not "name" || words[words.Length - 1] == "name" && words[words.Length - 2] is "user" or "owner",
        };
    }

    /// <summary>The member that says whose an instance of the type is, or null.</summary>
    public static IPropertySymbol? OwnerOf(ITypeSymbol type)
    {
        for (var ancestor = type; ancestor is { SpecialType: SpecialType.None }; ancestor = ancestor.BaseType)
        {
            foreach (var member in ancestor.GetMembers())
            {
                if (member is IPropertySymbol { IsStatic: false } property && NamesOwner(property.Name))
                    return property;
            }
        }
        return null;
    }

    /// <summary>The type of something that belongs to one customer, within whatever carries it (<c>Task&lt;Result&lt;List&lt;Order&gt;&gt;&gt;</c>), or null.</summary>
    public static INamedTypeSymbol? OwnedIn(ITypeSymbol? type, int depth = 5)
    {
        switch (type)
        {
            case IArrayTypeSymbol array:
                return OwnedIn(array.ElementType, depth - 1);
            case INamedTypeSymbol { SpecialType: SpecialType.None } named when depth > 0:
                if (IsOwned(named))
                    return named;
                foreach (var argument in named.TypeArguments)
                {
                    if (OwnedIn(argument, depth - 1) is { } owned)
                        return owned;
                }
                return null;
            default:
                return null;
        }
    }

    /// <summary>Whether a name speaks of something that belongs to one customer: <c>CancelOrder</c>, <c>GetInvoiceQuery</c>.</summary>
    public static bool SpeakOfBelonging(string name)
    {
        var words = Words.Of(name);
        return words.HaveAny(Belongings) && !words.HaveAny(PublicWords);
    }

    /// <summary>Whether the type is a customer, a user or an account.</summary>
    public static bool IsPerson(ITypeSymbol type) => Words.Of(type.Name) is { IsEmpty: false } words && words.HaveAny(Persons) && !words.HaveAny(PublicWords)
        && words.All(word => Persons.Contains(word) || word is "application" or "app" or "shop" or "dto" or "response" or "entity" or "details" or "detail" or "model" or "view" or "identity" or "full" or "by" or "get" or "result");

    private static bool IsOwned(INamedTypeSymbol type)
    {
        if (type.TypeKind is not (TypeKind.Class or TypeKind.Struct) || type.NamespaceName()?.StartsWith("System", StringComparison.Ordinal) != false || type.NamespaceName()?.StartsWith("Microsoft", StringComparison.Ordinal) == true && type.Name != "IdentityUser")
            return false;
        var words = Words.Of(type.Name);
        // A saved card or a way to pay that names its customer is his; the ways that the shop offers name none.
        if (words is ["payment", "method", ..] or ["saved", "payment", "method", ..] && !MessageWords.Contains(words[words.Length - 1]))
            return type.TypeArguments.IsEmpty && OwnerOf(type) is not null;
        if (type.TypeArguments.Length > 0 || words.IsEmpty || words.HaveAny(PublicWords) || MessageWords.Contains(words[words.Length - 1]))
            return false;
        return words.HaveAny(Belongings) || IsPerson(type) || OwnerOf(type) is not null && !type.Name.EndsWith("Exception", StringComparison.Ordinal);
    }

    private static bool FindsFilter(Compilation compilation) => compilation.SyntaxTrees.Any(tree => TextSearch.Contains(tree, "HasQueryFilter")
        && tree.GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>().Any(call => call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "HasQueryFilter" }
            && call.ArgumentList.DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken) && (NamesOwner(token.ValueText) || Words.ContainAny(token.ValueText, OwnerWords)))));
}
