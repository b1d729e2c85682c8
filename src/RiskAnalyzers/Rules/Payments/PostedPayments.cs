using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Payments;

/// <summary>Requests of an <c>HttpClient</c> that make a payment: to a resource of payments, charges, refunds or payouts.</summary>
internal static class PostedPayments
{
    private static readonly HashSet<string> Posts = Words.SetOf("PostAsync PostAsJsonAsync SendAsync Send");

    private static readonly HashSet<string> Resources = Words.SetOf("payments payment charges charge refunds refund captures capture payouts payout transfers transfer payment_intents intents debit pay");

    // What is asked, set up or cleared around a payment moves nothing.
    private static readonly HashSet<string> Around = Words.SetOf("method methods link links token tokens oauth auth session sessions status verify verification webhook webhooks query search validate quote estimate config settings customer customers balance cancel void health ping list report reports logs notify notification notifications");

    private static readonly HashSet<string> Readers = Words.SetOf("get find list fetch load query read check verify validate is has search lookup notify");

    /// <summary>Whether the call is one that an HTTP client sends a request with.</summary>
    public static bool IsPost(IInvocationOperation call) => Posts.Contains(call.TargetMethod.Name) && call.TargetMethod.ContainingType?.Name is "HttpClient" or "HttpClientJsonExtensions" or "HttpMessageInvoker";

    /// <summary>The resource that the request is posted to, where it is one of payments; else null.</summary>
    public static string? TargetOf(IInvocationOperation call, ISymbol member)
    {
        if (Words.Of(member.Name) is [var verb, ..] && Readers.Contains(verb))
            return null;
        if (call.Arguments.Any(argument => argument.Value.WithoutConversions().Type is { SpecialType: SpecialType.None } body && body.GetMembers().Any(IsCorrelation)))
            return null;
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter?.Type.Name is not ("String" or "Uri" or "HttpRequestMessage"))
                continue;
            var sent = argument.Value.WithoutConversions();
            if (sent is ILocalReferenceOperation local)
                sent = Flow.InitialValue(local);
            if (sent is IObjectCreationOperation { Type.Name: "HttpRequestMessage" } message && !IsPostMessage(message))
                return null;
            if (sent is not null && ResourceOf(sent) is { } resource)
                return resource;
        }
        return null;
    }

    // Many providers know a repeated request by an id in its body.
    private static bool IsCorrelation(ISymbol member) => member is IPropertySymbol && (Words.ContainSequence(member.Name, "request", "id") || Words.ContainAny(member.Name, Correlations));

    private static readonly HashSet<string> Correlations = Words.SetOf("correlation conversation nonce dedup deduplication");

    private static bool IsPostMessage(IObjectCreationOperation message) => message.Arguments.Any(argument => argument.Value.WithoutConversions() is IPropertyReferenceOperation { Property: { Name: "Post", ContainingType.Name: "HttpMethod" } });

    // The last segments of the address, without what is put in at run time.
    private static string? ResourceOf(IOperation address)
    {
        foreach (var part in address.DescendantsAndSelf().Reverse())
        {
            if (part is not ILiteralOperation { ConstantValue: { HasValue: true, Value: string text } } || text.IndexOf(' ') >= 0)
                continue;
            foreach (var segment in Enumerable.Reverse(text.Split('?')[0].Split('/')))
            {
                if (segment.Length == 0 || segment.StartsWith("v", StringComparison.Ordinal) && segment.Length <= 3)
                    continue;
                var words = Words.Of(segment);
                if (words.HaveAny(Around) || segment.Contains(".") || segment.Contains(":"))
                    return null;
                return words.HaveAny(Resources) ? segment : null;
            }
        }
        return null;
    }
}
