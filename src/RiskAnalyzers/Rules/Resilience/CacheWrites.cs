using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Resilience;

/// <summary>A value that goes into a cache.</summary>
/// <param name="Call">The call that puts it there.</param>
/// <param name="Key">The key.</param>
/// <param name="Value">The value; null where a factory makes it.</param>
/// <param name="Options">What was passed that may say how long it lives: options, a time, a factory.</param>
internal sealed record CacheWrite(IInvocationOperation Call, IOperation Key, IOperation? Value, IOperation? Options);

/// <summary>Writes into the caches of .NET and Redis, and whether they ever end.</summary>
internal static class CacheWrites
{
    private static readonly HashSet<string> Writers = Words.SetOf("Set SetAsync SetString SetStringAsync GetOrCreate GetOrCreateAsync CreateEntry StringSet StringSetAsync Add AddOrGetExisting");

    private static readonly string[] Ends = { "Expir", "SetSize(0", "ExpirationTokens", "ChangeToken" };

    /// <summary>The write that the call makes, or null where it makes none.</summary>
    public static CacheWrite? Of(IInvocationOperation call)
    {
        if (!Writers.Contains(call.TargetMethod.Name) || call.TargetMethod.ContainingType is not { } type)
            return null;
        switch (type.Name, call.TargetMethod.Name)
        {
            case ("CacheExtensions", "Set"):
            case ("DistributedCacheExtensions", "Set" or "SetAsync" or "SetString" or "SetStringAsync"):
            case ("IDistributedCache", "Set" or "SetAsync"):
            case ("MemoryCache" or "ObjectCache", "Set" or "Add" or "AddOrGetExisting") when type.ContainingNamespace?.Name == "Caching":
                return Write(call, "key", "value");
            case ("CacheExtensions", "GetOrCreate" or "GetOrCreateAsync"):
                return Write(call, "key", null);
            case ("IMemoryCache" or "MemoryCache", "CreateEntry"):
                return call.Arguments is [{ Value: var key }] ? new CacheWrite(call, key, null, null) : null;
            case ("IDatabase" or "IDatabaseAsync", "StringSet" or "StringSetAsync"):
                return call.Arguments.Any(argument => argument.Parameter?.Name == "values") || !IsCache(call) ? null : Write(call, "key", "value");
            default:
                return null;
        }
    }

    /// <summary>Whether anything says that the entry ends.</summary>
    public static bool Expires(CacheWrite write)
    {
        var call = write.Call;
        if (call.TargetMethod.Name == "CreateEntry")
            return EntryExpires(call);
        if (write.Options is not { } options)
            return false;
        options = options.WithoutConversions();
        if (options is IDelegateCreationOperation { Target: IAnonymousFunctionOperation factory })
            return call.Arguments.Any(argument => argument.Parameter?.Name is "createOptions" or "options" && argument.ArgumentKind != ArgumentKind.DefaultValue) || FactoryExpires(factory);
        if (options is IDelegateCreationOperation || TimeSpans.IsEndless(options) || IsForEver(options))
            return options is IDelegateCreationOperation;
        if (options.Type?.Name is not ("MemoryCacheEntryOptions" or "DistributedCacheEntryOptions" or "CacheItemPolicy"))
            return true;
        return options switch
        {
            IObjectCreationOperation => SaysEnd(options.Syntax),
            IInvocationOperation => SaysEnd(options.Syntax) || !options.Syntax.ToString().StartsWith("new", StringComparison.Ordinal),
            ILocalReferenceOperation { Local: var local } => call.EnclosingFunction().Syntax.DescendantNodes().OfType<StatementSyntax>().Any(statement => statement is not BlockSyntax && SaysEnd(statement) && Names(statement, local.Name)) || !IsMadeHere(local, call),
            // A field or parameter: somebody has thought of it.
            _ => true,
        };
    }

    private static CacheWrite? Write(IInvocationOperation call, string key, string? value)
    {
        IOperation? keyed = null, stored = null, options = null;
        foreach (var argument in call.Arguments)
        {
            var name = argument.Parameter?.Name;
            if (name == key)
                keyed = argument.Value;
            else if (value is not null && name == value)
                stored = argument.Value;
            else if (name is not ("cache" or "token" or "flags" or "when" or "regionName" or "keepTtl") && argument.ArgumentKind != ArgumentKind.DefaultValue && argument.Parameter?.Type.Name != "CancellationToken"
                && argument.Value.WithoutConversions().ConstantValue is not { HasValue: true, Value: null })
                options = argument.Value;
        }
        return keyed is null ? null : new CacheWrite(call, keyed, stored, options);
    }

    // Redis is also a database: only what is called a cache is one.
    private static bool IsCache(IInvocationOperation call) => call.Instance?.ReferencedSymbol() is { } receiver && Words.ContainAny(receiver.Name, CacheWords)
        || call.Instance?.Syntax.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } type && Words.ContainAny(type.Identifier.Text, CacheWords);

    private static readonly HashSet<string> CacheWords = Words.SetOf("cache cached caching");

    private static bool IsForEver(IOperation options) => options is IFieldReferenceOperation { Field: { Name: "InfiniteAbsoluteExpiration" or "NoSlidingExpiration" } or { Name: "MaxValue", ContainingType.Name: "DateTimeOffset" or "DateTime" } };

    // The factory speaks to its entry, or hands it to somebody who may.
    private static bool FactoryExpires(IAnonymousFunctionOperation factory)
    {
        if (factory.Symbol.Parameters.FirstOrDefault() is not { } entry)
            return false;
        foreach (var operation in factory.Body.Descendants())
        {
            if (operation is not IParameterReferenceOperation { Parameter: var mentioned, Parent: var use } || !SymbolEqualityComparer.Default.Equals(mentioned, entry))
                continue;
            if (use is IMemberReferenceOperation { Member.Name: var member } && !EndsEntry(member) || use is IInvocationOperation { TargetMethod.Name: var method } && !EndsEntry(method)
                || use is IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { Name: var extension, ContainingType.Name: "CacheEntryExtensions" } } } && !EndsEntry(extension) && !SaysEnd(use.Parent!.Syntax.Parent!))
                continue;
            return true;
        }
        return false;
    }

    private static bool EntryExpires(IInvocationOperation call)
    {
        if (call.Ancestor<IVariableDeclaratorOperation>() is not { Symbol: var entry })
            return !(call.Parent is IInvocationOperation or IPropertyReferenceOperation) || SaysEnd(call.Syntax.FirstAncestorOrSelf<StatementSyntax>()!);
        foreach (var operation in call.EnclosingFunction().Descendants())
        {
            if (operation is not ILocalReferenceOperation { Local: var mentioned, Parent: var use } || !SymbolEqualityComparer.Default.Equals(mentioned, entry))
                continue;
            if (use is IMemberReferenceOperation { Member.Name: var member } ? EndsEntry(member) : use is not IInvocationOperation { TargetMethod.Name: "Dispose" })
                return true;
        }
        return false;
    }

    private static bool EndsEntry(string member) => member.Contains("Expir") || member is "SetOptions" || member.Contains("ChangeToken");

    private static bool SaysEnd(SyntaxNode node) => node.ToString() is var text && Ends.Any(text.Contains);

    private static bool Names(SyntaxNode node, string name) => node.DescendantTokens().Any(token => token.ValueText == name);

    private static bool IsMadeHere(ILocalSymbol local, IOperation place) => place.EnclosingFunction().Descendants().Any(operation =>
        operation is IVariableDeclaratorOperation declarator && SymbolEqualityComparer.Default.Equals(declarator.Symbol, local) && declarator.GetVariableInitializer()?.Value.Syntax.ToString().StartsWith("new", StringComparison.Ordinal) == true);
}
