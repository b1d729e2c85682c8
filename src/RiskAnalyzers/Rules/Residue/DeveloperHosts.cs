using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Residue;

/// <summary>Addresses of a developer's machine, of a tunnel to it, or of nobody, that stand in the code and take effect.</summary>
internal static class DeveloperHosts
{
    private static readonly string[] Machines = { "localhost", "127.0.0.1", "[::1]", "host.docker.internal", "10.0.2.2" };

    private static readonly string[] Tunnels = { ".ngrok.io", ".ngrok.app", ".ngrok.dev", ".ngrok-free.app", ".ngrok-free.dev", ".loca.lt", ".trycloudflare.com", ".devtunnels.ms", ".serveo.net", ".localtunnel.me", ".lhr.life", ".tunnelmole.net" };

    private static readonly string[] Nobody = { "example.com", "example.org", "example.net", "yourdomain.com", "your-domain.com", "yourapp.com", "yoursite.com", "yourshop.com", "yourfrontend.com", "your-frontend.com", "your-frontend-url", "mydomain.com", "domain.com" };

    // Server=localhost;Database=..., (localdb), a broker's host:port
    private static readonly string[] Stores = { "server=localhost", "host=localhost", "data source=localhost", "server=127.0.0.1", "host=127.0.0.1", "server=.;", "data source=.;", "(localdb)", @"server=.\", @"data source=.\", "usedevelopmentstorage=true" };

    private static readonly HashSet<string> Places = Words.SetOf("url uri urls link links href origin origins redirect callback return success cancel webhook endpoint base address host hostname server authority issuer audience frontend backend client api site domain from sender smtp configuration broker brokers bootstrap servers connection");

    // What only names a thing, or stands in a catalogue of samples.
    private static readonly HashSet<string> Labels = Words.SetOf("type image images picture pictures photo avatar logo icon thumbnail terms license contact documentation docs help swagger open openapi schema namespace sample example test health listen bind urls otel otlp seq jaeger zipkin metrics loki elastic kibana allowed blocked private internal forbidden reserved");

    private static readonly HashSet<string> Asking = Words.SetOf("contains starts ends equals index compare is match try replace trim split remove expect assert should");

    private static readonly HashSet<string> Tools = new(StringComparer.Ordinal) { "IDesignTimeDbContextFactory", "Migration", "ModelSnapshot" };

    /// <summary>Whether the text is, or holds, the address of a developer's machine or of a tunnel to it.</summary>
    public static bool IsLocal(string text) => HostsIn(text).Any(host => IsMachine(host) || IsTunnel(host));

    /// <summary>Whether the text holds the name of a tunnel: whoever takes the name next is trusted.</summary>
    public static bool HasTunnel(string text) => HostsIn(text).Any(IsTunnel);

    /// <summary>What the text holds of a developer's, or null; a host of nobody counts where <paramref name="isAddress"/>.</summary>
    public static string? In(string text, bool isAddress)
    {
        foreach (var host in HostsIn(text))
        {
            if (IsMachine(host) || IsTunnel(host) || isAddress && IsNobody(host))
                return host;
        }
        if (!isAddress || text.Length > LongestHost)
            return null;
        var lower = text.ToLowerInvariant();
        foreach (var machine in Machines)
        {
            if (lower == machine || lower.StartsWith(machine + ":", StringComparison.Ordinal) && lower.Length > machine.Length + 1 && char.IsDigit(lower[machine.Length + 1]))
                return text;
        }
        return lower.IndexOf('=') > 0 && Stores.Any(store => lower.Contains(store)) ? "localhost" : null;
    }

    private const int LongestHost = 300;

    /// <summary>Whether a text can hold any of it; cheap.</summary>
    public static bool MayBeIn(string text) => text.Length >= 9 && text.IndexOf("-src ", StringComparison.Ordinal) < 0 && (text.IndexOf("://", StringComparison.Ordinal) > 0 || text.IndexOf("local", StringComparison.OrdinalIgnoreCase) >= 0 || text.StartsWith("127.0.0.1", StringComparison.Ordinal) || text.IndexOf("=.", StringComparison.Ordinal) > 0 || text.StartsWith("host.docker", StringComparison.Ordinal));

    /// <summary>Whether the code around the text makes use of it as an address, and not only names, asks for, shows or seeds one.</summary>
    public static bool TakesEffect(IOperation text, ISymbol member)
    {
        for (var value = text; value.Parent is { } parent; value = parent)
        {
            switch (parent)
            {
                case IBinaryOperation { OperatorKind: not BinaryOperatorKind.Add } or IPatternOperation or ISwitchCaseOperation or IThrowOperation:
                    return false;
                case IBinaryOperation or IInterpolatedStringTextOperation or IInterpolatedStringOperation or IConversionOperation or IParenthesizedOperation:
                    break;
                // A setting's stand-in is another finding.
                case ICoalesceOperation coalesce when Settings.Read(coalesce.Value.WithoutConversions()) is not null || coalesce.Value.WithoutConversions() is IPropertyReferenceOperation { Property.ContainingType.Name: var shown } && shown.EndsWith("Builder", StringComparison.Ordinal):
                    return false;
                case IArgumentOperation { Parent: IInvocationOperation call } argument:
                    return !IsAsking(call) && !LogCalls.IsLogged(text) && !IsLabel(argument.Parameter?.Name) && call.TargetMethod.Name is not ("WithOrigins" or "UseUrls" or "Run" or "RunAsync" or "Listen" or "AddServer") && Settings.Read(call) is null && !IsSeeded(call, member);
                case IArgumentOperation { Parent: IObjectCreationOperation made } argument:
                    return !(made.Type?.Name is { } type && (type.EndsWith("Exception", StringComparison.Ordinal) || type.StartsWith("OpenApi", StringComparison.Ordinal))) && !IsLabel(argument.Parameter?.Name) && !IsSeeded(made, member);
                case ISimpleAssignmentOperation assignment when assignment.Value == value:
                    return assignment.Target.ReferencedSymbol() is not { } target || !IsLabel(target.Name) && target.ContainingType?.Name.StartsWith("OpenApi", StringComparison.Ordinal) != true && !IsSeeded(assignment, member);
                case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var declared } }:
                    return !IsLabel(declared.Name);
                case IFieldInitializerOperation or IPropertyInitializerOperation or IParameterInitializerOperation:
                    return false;
                case IReturnOperation:
                    return !IsLabel(member.Name);
            }
        }
        return true;
    }

    /// <summary>Whether where the text goes is called what an address is called: a url, an origin, a host; or it is what a redirect goes to.</summary>
    public static bool IsAddress(IOperation text, ISymbol member)
    {
        for (var value = text; value.Parent is { } parent; value = parent)
        {
            switch (parent)
            {
                case IArgumentOperation { Parent: IInvocationOperation call } argument:
                    return Words.ContainAny(call.TargetMethod.Name, Places) || Words.ContainAny(argument.Parameter?.Name ?? "", Places) || call.TargetMethod.Name is "Connect" or "ConnectAsync" || call.TargetMethod.Name.StartsWith("Use", StringComparison.Ordinal) && argument.Value == value && KeyBefore(call, value) is null
                        || KeyBefore(call, value) is { } key && Words.ContainAny(key, Places);
                case IArgumentOperation { Parent: IObjectCreationOperation { Type.Name: var type } } argument:
                    return type is "Uri" or "MongoClient" or "SmtpClient" or "TcpClient" || Words.ContainAny(argument.Parameter?.Name ?? "", Places);
                case ISimpleAssignmentOperation assignment when assignment.Value == value:
                    return assignment.Target is IPropertyReferenceOperation { Property.IsIndexer: true, Arguments: [{ Value.ConstantValue: { HasValue: true, Value: string index } }] } ? Words.ContainAny(index, Places) : assignment.Target.ReferencedSymbol() is { } target && Words.ContainAny(target.Name, Places);
                case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol.Name: var name } }:
                    return Words.ContainAny(name, Places);
                case IReturnOperation:
                    return Words.ContainAny(member.Name, Places);
            }
        }
        return false;
    }

    /// <summary>Whether the same is said before: a list of origins, a constant that is used again.</summary>
    public static bool IsRepeated(IOperation text)
    {
        if (text is IFieldReferenceOperation { Field: { Name: var constant } })
            return text.Syntax.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } type && type.DescendantTokens().Any(token => token.SpanStart < text.Syntax.SpanStart && token.ValueText == constant && token.Parent is IdentifierNameSyntax && token.Parent != text.Syntax && !text.Syntax.Span.Contains(token.Span));
        return text.WithoutListing() is { } list && list.ChildOperations.TakeWhile(element => !element.Syntax.Span.Contains(text.Syntax.Span)).Any(element => (element is IInvocationOperation { Arguments: [{ Value: var added }] } ? added : element).WithoutConversions().ConstantValue is { HasValue: true, Value: string before } && In(before, isAddress: true) is not null);
    }

    // An array, a collection expression, or the single additions of new List<string> { ... }.
    private static IOperation? WithoutListing(this IOperation text) => text.Parent is IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "Add", Arguments.Length: 1, Parent: IObjectOrCollectionInitializerOperation additions } } ? additions : text.Parent is IConversionOperation { Parent: IArrayInitializerOperation converted } ? converted : text.Parent is IArrayInitializerOperation list ? list : text.Syntax.Parent is ExpressionElementSyntax ? text.Parent : null;

    /// <summary>Whether a program on the customer's own machine is meant: a sign-in that comes back to a port it chose, a bridge to a device.</summary>
    public static bool IsOfCustomer(string text, ISymbol member) => text.IndexOf("localhost:{", StringComparison.OrdinalIgnoreCase) >= 0 || text.IndexOf("127.0.0.1:{", StringComparison.Ordinal) >= 0 || text.IndexOf("bridge", StringComparison.OrdinalIgnoreCase) >= 0 || Words.ContainAny(member.Name, Devices);

    private static readonly HashSet<string> Devices = Words.SetOf("bridge loopback device devices");

    /// <summary>Whether only tools run the code: a factory of design time, a migration.</summary>
    public static bool IsOfTools(INamedTypeSymbol? type) => type is not null && (type.AllInterfaces.Any(contract => Tools.Contains(contract.Name)) || type.BaseType is { } parent && Tools.Contains(parent.Name));

    // new Dictionary<string, string> { { "OrderUrl", "http://..." } }
    private static string? KeyBefore(IInvocationOperation call, IOperation value) => call.TargetMethod.Name == "Add" && call.Arguments is [{ Value.ConstantValue: { HasValue: true, Value: string key } }, { Value: var second }] && second.Syntax.Span.Contains(value.Syntax.Span) ? key : null;

    private static bool IsAsking(IInvocationOperation call) => Words.Of(call.TargetMethod.Name) is { IsEmpty: false } words && Asking.Contains(words[0]);

    private static bool IsLabel(string? name) => name is not null && Words.ContainAny(name, Labels);

    private static readonly HashSet<string> Seeding = Words.SetOf("seed seeder seeding sample samples demo fixture");

    private static bool IsSeeded(IOperation place, ISymbol member) => Words.ContainAny(member.Name, Seeding) || member.ContainingType is { } type && Words.ContainAny(type.Name, Seeding);

    private static bool IsMachine(string host) => host is "localhost" or "127.0.0.1" or "[::1]" or "host.docker.internal" or "10.0.2.2" || host.StartsWith("192.168.", StringComparison.Ordinal);

    private static bool IsTunnel(string host) => Tunnels.Any(tunnel => host.EndsWith(tunnel, StringComparison.Ordinal));

    private static bool IsNobody(string host) => Nobody.Any(name => host == name || host.EndsWith("." + name, StringComparison.Ordinal)) || host.EndsWith(".local", StringComparison.Ordinal) || host.EndsWith(".test", StringComparison.Ordinal) || host.StartsWith("your-", StringComparison.Ordinal);

    // The hosts behind "://", in a text of any length.
    private static IEnumerable<string> HostsIn(string text)
    {
        for (var at = text.IndexOf("://", StringComparison.Ordinal); at >= 0; at = text.IndexOf("://", at + 3, StringComparison.Ordinal))
        {
            var start = at + 3;
            var end = start;
            while (end < text.Length && text[end] is not ('/' or '"' or '\'' or ' ' or '?' or '#' or ',' or ';' or '<' or '\\'))
                end++;
            var host = text.Substring(start, end - start).ToLowerInvariant();
            // user:password@host:port
            host = host.Substring(host.LastIndexOf('@') + 1);
            if (!host.StartsWith("[", StringComparison.Ordinal) && host.IndexOf(':') is >= 0 and var port)
                host = host.Substring(0, port);
            yield return host;
        }
    }
}
