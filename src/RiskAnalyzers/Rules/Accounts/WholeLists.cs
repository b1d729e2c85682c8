using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Accounts;

/// <summary>Calls that answer with all things of a kind that belong to customers, or with how many there are.</summary>
internal static class WholeLists
{
    private static readonly HashSet<string> Plurals = Words.SetOf("orders invoices payments customers users accounts transactions subscriptions refunds bookings reservations");

    private static readonly HashSet<string> People = Words.SetOf("customers users accounts members");

    private static readonly HashSet<string> Singles = Words.SetOf("order invoice payment customer user account transaction subscription refund booking reservation member");

    private static readonly HashSet<string> Sums = Words.SetOf("count counts statistics stats dashboard revenue sales analytics turnover");

    // Numbers that are the shop's whatever they count.
    private static readonly HashSet<string> Business = Words.SetOf("dashboard revenue sales turnover analytics");

    private static readonly HashSet<string> Whole = Words.SetOf("all search paged paginated page list");

    // For one of them, or for what everybody sees.
    private static readonly HashSet<string> Narrow = Words.SetOf("my mine own current me self cart basket unread notification notifications item items wishlist review reviews top best");

    private static readonly HashSet<string> PageWords = Words.SetOf("page paged paginated pagination list collection");

    private static readonly HashSet<string> Counting = Words.SetOf("Count CountAsync LongCount LongCountAsync Sum SumAsync");

    /// <summary>What the call lists of everybody: a type or a word; null where it lists nothing of the kind.</summary>
    public static string? ListedBy(IInvocationOperation call)
    {
        // For one of them, whoever hands him in.
        if (call.Arguments.Any(argument => Ownership.OwnedIn(argument.Value.WithoutConversions().Type) is not null && !EntityFramework.IsQueryable(argument.Value.WithoutConversions().Type)))
            return null;
        if (call.Type.AwaitedType() is { } answer && Ownership.OwnedIn(answer) is { } owned && !SymbolEqualityComparer.Default.Equals(owned, answer) && IsMany(answer) && call.TargetMethod.ContainingType?.Name is not "Enumerable")
            return BeginsAtData(call) ? owned.Name : null;
        if (!OwnedLookups.Sends(call.TargetMethod.Name))
            return null;
        var name = call.Arguments.Select(argument => argument.Value.WithoutConversions().Type?.Name).FirstOrDefault(message => message is not null && Words.ContainAny(message, Plurals));
        return name is not null && Words.Of(name) is ["get" or "list" or "search" or "all" or "browse", ..] && !Words.ContainAny(name, Sums) ? Words.Of(name).First(Plurals.Contains).TrimEnd('s') : null;
    }

    /// <summary>What a message lists of everybody that is sent by a call which the compiler cannot resolve; null where its name leaves a doubt.</summary>
    public static string? ListedByUnknown(IOperation message) => message.WithoutConversions() is IObjectCreationOperation { Type.Name: var name } creation && Words.Of(name) is ["get" or "list" or "search" or "all" or "browse", ..] words
        && !words.HaveAny(Sums) && !IsNarrow(creation, words) && words.FirstOrDefault(Plurals.Contains) is { } many && (People.Contains(many) || words.HaveAny(Whole)) ? many.TrimEnd('s') : null;

    /// <summary>What the call counts or sums up of the whole shop, by the name of a service's method or of a message; null where it does not.</summary>
    public static string? CountedBy(IInvocationOperation call)
    {
        if (OwnedLookups.Sends(call.TargetMethod.Name))
            return call.Arguments.Select(argument => CountedByMessage(argument.Value)).FirstOrDefault(counted => counted is not null);
        if (Counting.Contains(call.TargetMethod.Name))
            return EntityFramework.Receiver(call) is { } receiver && EntityFramework.IsQueryable(receiver.Type) && Ownership.OwnedIn(receiver.Type) is { } owned && BeginsAtData(call) ? owned.Name : null;
        return call.TargetMethod.IsOfTheProduct() && call.Instance is not null && Words.Of(call.TargetMethod.Name) is ["get" or "count" or "total" or "calculate" or "fetch" or "load", ..] words
            && !call.Arguments.Any(argument => Narrows(argument.Value)) && !words.HaveAny(Narrow) && !EndsInOwner(words) ? CountedIn(words) : null;
    }

    /// <summary>What a message counts or sums up of the whole shop.</summary>
    public static string? CountedByMessage(IOperation message) => message.WithoutConversions() is IObjectCreationOperation { Type.Name: var name } creation && Words.Of(name) is ["get" or "count" or "total" or "fetch", ..] words && !IsNarrow(creation, words) ? CountedIn(words) : null;

    /// <summary>Whether the name is that of an endpoint which answers with a number or an overview.</summary>
    public static bool SpeaksOfSums(string name) => Words.ContainAny(name, Sums) || Words.ContainAny(name, Overviews);

    private static readonly HashSet<string> Overviews = Words.SetOf("total totals summary overview report kpi kpis metrics");

    private static string? CountedIn(ImmutableArray<string> words)
    {
        if (!words.HaveAny(Sums) && words[0] != "count")
            return null;
        return words.FirstOrDefault(Plurals.Contains)?.TrimEnd('s') ?? words.FirstOrDefault(Singles.Contains) ?? words.FirstOrDefault(Business.Contains);
    }

    private static bool IsNarrow(IObjectCreationOperation message, ImmutableArray<string> words) => words.HaveAny(Narrow) || EndsInOwner(words)
        || message.Arguments.Any(argument => Narrows(argument.Value)) || message.Initializer?.Initializers.OfType<ISimpleAssignmentOperation>().Any(set => Narrows(set.Value)) == true;

    // GetOrdersByUserQuery, CountOrdersForCustomer
    private static bool EndsInOwner(ImmutableArray<string> words)
    {
        var by = words.IndexOf("by") is var first && first >= 0 ? first : words.IndexOf("for");
        return by >= 0 && words.Skip(by).Any(word => word is "id" || Singles.Contains(word) || word is "username" or "email" or "buyer" or "owner" or "seller" or "product" or "ids");
    }

    // An id, or somebody: what is counted is counted for him.
    private static bool Narrows(IOperation value) => value.DescendantsAndSelf().Any(part => part.ReferencedSymbol() is { } symbol and not INamespaceOrTypeSymbol && (Words.Of(symbol.Name) is [.., "id" or "ids" or "guid" or "uid" or "key"] || Ownership.NamesOwner(symbol.Name))) || Callers.IsIdentity(value);

    private static bool IsMany(ITypeSymbol type) => type is IArrayTypeSymbol || type is INamedTypeSymbol { TypeArguments.Length: > 0 } named
        && (type.AllInterfaces.Any(contract => contract.Name == "IEnumerable") || type.Name is "IEnumerable" or "IAsyncEnumerable" || Words.ContainAny(type.Name, PageWords) || named.TypeArguments.Any(IsMany));

    // A query of a context, or a service that answers: not a list that the code itself has put together.
    private static bool BeginsAtData(IInvocationOperation call) => EntityFramework.Receiver(call) is { } receiver
        && (EntityFramework.IsQueryable(receiver.Type) ? EntityFramework.Source(receiver) is IPropertyReferenceOperation or IInvocationOperation : call.Instance is not null && call.Type?.Name is "Task" or "ValueTask");
}
