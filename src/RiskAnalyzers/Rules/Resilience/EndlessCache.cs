using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Resilience;

/// <summary>A price or a right that is cached for ever, or a made-up value that is cached in place of the real one.</summary>
internal sealed class EndlessCache : RiskRule
{
    private static readonly HashSet<string> Subjects = Words.SetOf(
        "price prices pricing rate rates tax taxes vat stock inventory availability permission permissions role roles right rights claim claims user users customer customers account accounts token session balance balances "
        + "discount discounts coupon coupons promotion promotions promo voucher product products cart carts basket order orders credit limit total amount fee fees tariff quote shipping exchange currency login password otp "
        + "subscription subscriptions plan wallet payment payments catalog");

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK5006",
        title: "A value that matters is cached without an end",
        message: "'{0}' keeps {1}: a wrong price or a revoked right lives on until somebody restarts the shop; {2}",
        why: "Prices change, rights are revoked and stock runs out. What is cached without expiry never learns of it, and a fallback value that is cached makes an outage of a second last for hours.");

    public EndlessCache() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        on.Operation(Check, OperationKind.Invocation);
        on.Declaration(CheckDictionary, SymbolKind.Field);
    }

    // A dictionary that is called a cache, lives as long as the process, and from which nothing is ever taken. One that is not concurrent is another risk.
    private static void CheckDictionary(DeclarationVisit visit)
    {
        var field = (IFieldSymbol)visit.Symbol;
        if (field.Type is not INamedTypeSymbol { Name: "ConcurrentDictionary", TypeArguments: [_, var value] } || !Words.ContainAny(field.Name, CacheWords) || HasTime(value)
            || !(Words.ContainAny(field.Name, Subjects) || IsAbout(value) || Words.ContainAny(field.ContainingType.Name, Subjects))
            || !field.IsStatic && !SharedTypes.AreShared(field.ContainingType, visit.Compilation)
            || field.ContainingType.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax(visit.Cancellation).DescendantNodes().OfType<MemberAccessExpressionSyntax>().Any(access =>
                access.Name.Identifier.ValueText is "TryRemove" or "Remove" or "Clear" && access.Expression is IdentifierNameSyntax { Identifier.ValueText: var name } && name == field.Name)))
            return;
        visit.ReportName(field.Name, "its values without an end", "use IMemoryCache with an expiration");
    }

    // (decimal Price, DateTime Until): the entry knows when it ends.
    private static bool HasTime(ITypeSymbol value) => value.Name is "DateTime" or "DateTimeOffset" or "Lazy" or "SemaphoreSlim"
        || value is INamedTypeSymbol { SpecialType: SpecialType.None } && value.GetMembers().Any(member => member switch
        {
            IPropertySymbol property => property.Type.Name is "DateTime" or "DateTimeOffset" && Words.ContainAny(property.Name, EndWords),
            IFieldSymbol field => field.Type.Name is "DateTime" or "DateTimeOffset",
            _ => false,
        });

    private static readonly HashSet<string> CacheWords = Words.SetOf("cache cached memo memoized");

    private static readonly HashSet<string> EndWords = Words.SetOf("expires expiry expiration until end ends valid cached fetched stored timestamp loaded");

    private static void Check(OperationVisit visit)
    {
        var call = (IInvocationOperation)visit.Operation;
        if (CacheWrites.Of(call) is not { } write)
            return;
        if (write.Value is { } stored && IsMadeUp(stored, call))
            visit.Report(call, call.TargetMethod.Name, "a made-up value from a catch clause", "do not cache what could not be read");
        else if (write.Value is { } spare && IsSpare(spare))
            visit.Report(call, call.TargetMethod.Name, "a stand-in for what could not be read", "do not cache what is not the real value");
        else if (!CacheWrites.Expires(write) && IsAbout(write, visit.Member))
            visit.Report(call, call.TargetMethod.Name, "its value without an end", "give the entry an expiration");
    }

    // The key's text, the value and its type, the cache, or the member say what is cached.
    private static bool IsAbout(CacheWrite write, ISymbol member)
    {
        foreach (var operation in write.Key.DescendantsAndSelf())
        {
            if (operation.ConstantValue is { HasValue: true, Value: string text } && Words.ContainAny(text, Subjects)
                || operation.ReferencedSymbol() is { } symbol && (Words.ContainAny(symbol.Name, Subjects) || symbol.ContainingType is { } owner && symbol.IsStatic && Words.ContainAny(owner.Name, Subjects)))
                return true;
        }
        return write.Value is { } value && (value.DescendantsAndSelf().Any(operation => operation.ReferencedSymbol() is { } named && Words.ContainAny(named.Name, Subjects)) || IsAbout(value.WithoutConversions().Type))
            || write.Call.TargetMethod.TypeArguments.Any(IsAbout)
            || Words.ContainAny(member.Name, Subjects);
    }

    private static bool IsAbout(ITypeSymbol? type) => type switch
    {
        { SpecialType: not SpecialType.None } or null => false,
        IArrayTypeSymbol { ElementType: var element } => IsAbout(element),
        INamedTypeSymbol { TypeArguments: [.., var last] } => IsAbout(last),
        _ => Words.ContainAny(type.Name, Subjects),
    };

    // var defaultRate = 1.1m; cache.Set(key, defaultRate, ...): made of nothing but literals, and named for what it is.
    private static bool IsSpare(IOperation value) =>
        value.WithoutConversions() is ILocalReferenceOperation { Local: { HasConstantValue: false } local } reference && Words.ContainAny(local.Name, SpareWords)
        && reference.EnclosingFunction().DescendantsInFunction().OfType<IVariableDeclaratorOperation>().FirstOrDefault(declarator => SymbolEqualityComparer.Default.Equals(declarator.Symbol, local))?.GetVariableInitializer() is { Value: var made }
        && made.DescendantsAndSelf().Any(part => part is ILiteralOperation) && !made.DescendantsAndSelf().Any(part => part is IInvocationOperation or IAwaitOperation or ILocalReferenceOperation or IFieldReferenceOperation or IPropertyReferenceOperation { Property.IsStatic: false });

    private static readonly HashSet<string> SpareWords = Words.SetOf("default fallback placeholder dummy mock fake stub");

    private static bool IsMadeUp(IOperation value, IOperation call)
    {
        if (!call.Ancestors().TakeWhile(ancestor => ancestor is not (IAnonymousFunctionOperation or ILocalFunctionOperation)).Any(ancestor => ancestor is ICatchClauseOperation))
            return false;
        value = value.WithoutConversions();
        return value.ConstantValue.HasValue || value is IDefaultValueOperation or IObjectCreationOperation { Arguments.IsEmpty: true, Initializer: null }
            || value is IInvocationOperation { TargetMethod: { Name: "Empty", Parameters.IsEmpty: true } }
            || value is ILocalReferenceOperation { Local: var local } && call.Ancestor<ICatchClauseOperation>()!.Handler.Descendants().Any(operation =>
                operation is ISimpleAssignmentOperation { Value.ConstantValue.HasValue: true } assignment && SymbolEqualityComparer.Default.Equals(assignment.Target.ReferencedSymbol(), local));
    }
}
