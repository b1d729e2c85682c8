using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Accounts;

/// <summary>The members of a type that a serializer or a record's <c>ToString</c> would give away.</summary>
internal static class SecretMembers
{
    private static readonly HashSet<string> Ignoring = new(StringComparer.Ordinal)
    {
        "JsonIgnoreAttribute", "IgnoreDataMemberAttribute", "NotLoggedAttribute", "LogMaskedAttribute", "DoNotLogAttribute", "SensitiveDataAttribute", "PersonalDataMaskedAttribute", "NonSerializedAttribute",
    };

    /// <summary>What must never be printed whole: secrets of every kind, but no personal data, which every request has.</summary>
    public static bool Leaks(IPropertySymbol member) => Secrets.Of(member) is not (SecretKind.None or SecretKind.Personal);

    /// <summary>The first readable public member that matches, of the type, its bases, or what its members hold.</summary>
    public static IPropertySymbol? FirstOf(ITypeSymbol? type, int depth, Func<IPropertySymbol, bool> matches)
    {
        type = ElementOf(type);
        if (type is not INamedTypeSymbol named || named.SpecialType != SpecialType.None || named.TypeKind is TypeKind.Enum or TypeKind.Delegate || IsOfThePlatform(named))
            return null;
        for (INamedTypeSymbol? current = named; current is { SpecialType: SpecialType.None }; current = current.BaseType)
        {
            foreach (var member in current.GetMembers())
            {
                if (member is IPropertySymbol { IsStatic: false, IsIndexer: false, DeclaredAccessibility: Accessibility.Public, GetMethod: { DeclaredAccessibility: Accessibility.Public } } property
                    && !IsIgnored(property) && matches(property))
                    return property;
            }
        }
        if (depth <= 1)
            return null;
        for (INamedTypeSymbol? current = named; current is { SpecialType: SpecialType.None }; current = current.BaseType)
        {
            foreach (var member in current.GetMembers())
            {
                if (member is IPropertySymbol { IsStatic: false, IsIndexer: false, DeclaredAccessibility: Accessibility.Public } property && !IsIgnored(property)
                    && FirstOf(property.Type, depth - 1, matches) is { } inner)
                    return inner;
            }
        }
        return null;
    }

    /// <summary>What a task, a result wrapper of MVC or a collection holds.</summary>
    public static ITypeSymbol? ElementOf(ITypeSymbol? type)
    {
        while (true)
        {
            switch (type)
            {
                case IArrayTypeSymbol array:
                    type = array.ElementType;
                    break;
                case INamedTypeSymbol { TypeArguments: [var element], Name: "Task" or "ValueTask" or "ActionResult" or "Nullable" or "Ok" or "Created" or "JsonHttpResult" or "IEnumerable" or "IAsyncEnumerable" or "IQueryable" or "IOrderedQueryable"
                    or "List" or "IList" or "ICollection" or "IReadOnlyList" or "IReadOnlyCollection" or "HashSet" or "Collection" or "ImmutableArray" or "IOrderedEnumerable" }:
                    type = element;
                    break;
                default:
                    return type;
            }
        }
    }

    private static bool IsIgnored(IPropertySymbol property) =>
        property.GetAttributes().Any(attribute => attribute.AttributeClass is { } type && Ignoring.Contains(type.Name) && !(type.Name == "JsonIgnoreAttribute" && OnlyWhenNull(attribute)));

    // [JsonIgnore(Condition = WhenWritingNull)] hides nothing that is there.
    private static bool OnlyWhenNull(AttributeData attribute) => attribute.NamedArguments.Any(argument => argument.Key == "Condition" && argument.Value.Value is not 1);

    // Identity's user brings a hash and stamps; other types of the platform are not sent as data.
    private static bool IsOfThePlatform(INamedTypeSymbol type) =>
        type.NamespaceName() is { } name && (name == "System" || name.StartsWith("System.", StringComparison.Ordinal)
            || (name.StartsWith("Microsoft.", StringComparison.Ordinal) && !name.StartsWith("Microsoft.AspNetCore.Identity", StringComparison.Ordinal)));
}
