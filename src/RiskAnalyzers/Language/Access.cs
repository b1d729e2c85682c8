namespace RiskAnalyzers.Language;

/// <summary>Reads off attributes and calls who may pass: <c>[Authorize(Roles = "Admin")]</c>, <c>.RequireAuthorization()</c>, <c>[Permission("orders.edit")]</c>.</summary>
internal static class Access
{
    // Roles and policies that every customer has restrict nobody.
    private static readonly HashSet<string> Everybody = Words.SetOf("customer customers user users member members buyer buyers client clients shopper application default authenticated loggedin guest public");

    private static readonly HashSet<string> Privileges = Words.SetOf("permission permissions permit role roles policy policies admin administrator administrators scope scopes claim claims privilege privileges owner right rights acl apikey internal staff");

    private static readonly HashSet<string> Guards = Words.SetOf("authorize authorise authorization authorisation authorized authenticate authentication authenticated auth guard protected secured signature hmac bearer jwt token webhook secret basic signed");

    // Routes that exist on a developer's machine only.
    private static readonly HashSet<string> Workbench = Words.SetOf("cheat debug development environment");

    /// <summary>The stricter of two answers; an explicit <c>AllowAnonymous</c> beats everything, as it does in ASP.NET Core.</summary>
    public static EndpointAccess And(this EndpointAccess one, EndpointAccess other) =>
        one == EndpointAccess.Anonymous || other == EndpointAccess.Anonymous ? EndpointAccess.Anonymous : (EndpointAccess)Math.Max((int)one, (int)other);

    /// <summary>What the attributes of a method, of the members it overrides, of its type and of the base types say.</summary>
    public static EndpointAccess OfMember(IMethodSymbol method)
    {
        var access = EndpointAccess.Open;
        for (var member = method; member is not null; member = member.OverriddenMethod)
            access = access.And(OfAttributes(member.GetAttributes()));
        for (var type = method.ContainingType; type is { SpecialType: SpecialType.None }; type = type.BaseType)
        {
            access = access.And(OfAttributes(type.GetAttributes()));
            // What a base that cannot be found demands, nobody knows.
            if (type.TypeKind == TypeKind.Error && type.Name is not ("Controller" or "ControllerBase" or "PageModel" or "Hub"))
                access = access.And(EndpointAccess.Unknown);
        }
        return access;
    }

    /// <summary>What the attributes say.</summary>
    public static EndpointAccess OfAttributes(ImmutableArray<AttributeData> attributes)
    {
        var access = EndpointAccess.Open;
        foreach (var attribute in attributes)
            access = access.And(OfAttribute(attribute));
        return access;
    }

    /// <summary>What the attributes of a lambda say; syntax alone.</summary>
    public static EndpointAccess OfAttributes(SyntaxList<AttributeListSyntax> lists)
    {
        var access = EndpointAccess.Open;
        foreach (var list in lists)
        {
            foreach (var attribute in list.Attributes)
                access = access.And(OfName(NameOf(attribute.Name), attribute.ArgumentList?.Arguments.Select(argument => argument.ToString()) ?? Enumerable.Empty<string>()));
        }
        return access;
    }

    /// <summary>What a call on an endpoint or on its group says: <c>RequireAuthorization("admins")</c>, <c>AllowAnonymous()</c>, <c>AddEndpointFilter&lt;ApiKeyFilter&gt;()</c>.</summary>
    public static EndpointAccess OfCall(SimpleNameSyntax called, ArgumentListSyntax arguments)
    {
        var name = called.Identifier.ValueText;
        switch (name)
        {
            case "AllowAnonymous":
                return EndpointAccess.Anonymous;
            case "RequireAuthorization" when arguments.Arguments.Count == 0:
                return EndpointAccess.Authenticated;
            case "RequireAuthorization":
                return OfPolicyText(arguments.ToString());
            case "WithMetadata":
                return arguments.ToString() is var metadata && metadata.Contains("AllowAnonymous") ? EndpointAccess.Anonymous
                    : metadata.Contains("AuthorizeAttribute") ? OfPolicyText(metadata.Replace("AuthorizeAttribute", "")) : EndpointAccess.Open;
            case "AddEndpointFilter" or "AddEndpointFilterFactory":
                return Words.Of(called + arguments.ToString()) is var words && (words.HaveAny(Guards) || words.HaveAny(Privileges) || Words.ContainSequence(called + arguments.ToString(), "api", "key"))
                    ? EndpointAccess.Unknown : EndpointAccess.Open;
        }
        return name.StartsWith("Require", StringComparison.Ordinal) && (Words.ContainAny(name, Privileges) || Words.ContainAny(name, Guards) || Words.ContainSequence(name, "api", "key")) ? EndpointAccess.Restricted : EndpointAccess.Open;
    }

    private static EndpointAccess OfAttribute(AttributeData attribute)
    {
        // [RequiresDynamicCode] of Hub<T> speaks to the compiler.
        if (attribute.AttributeClass is not { } type || type.ContainingNamespace is { Name: "CodeAnalysis", ContainingNamespace.Name: "Diagnostics" })
            return EndpointAccess.Open;
        // [Authorize<ManageGroups>]
        if (type is { Name: "AuthorizeAttribute", IsGenericType: true })
            return EndpointAccess.Restricted;
        var values = attribute.ConstructorArguments.Concat(attribute.NamedArguments.Where(argument => argument.Key is not "AuthenticationSchemes").Select(argument => argument.Value)).SelectMany(Texts);
        var access = OfName(type.Name, values);
        if (access != EndpointAccess.Open)
            return access;
        if (type.AllInterfaces.Any(contract => contract.Name is "IAllowAnonymous"))
            return EndpointAccess.Anonymous;
        // A filter of the product that refuses somebody: [InjectProvider(ProviderUserType.Admin)].
        if (type.AllInterfaces.Any(contract => contract.Name == "IFilterMetadata") && type.DeclaringSyntaxReferences.Any(reference => Callers.In(reference.GetSyntax()).HasFlag(CallerChecks.Denies)))
            return EndpointAccess.Unknown;
        return type.AllInterfaces.Any(contract => contract.Name is "IAuthorizeData" or "IAuthorizationFilter" or "IAsyncAuthorizationFilter") && !Words.ContainSequence(type.Name, "anti", "forgery") && !Words.ContainSequence(type.Name, "require", "https")
            ? EndpointAccess.Unknown : EndpointAccess.Open;
    }

    private static EndpointAccess OfName(string name, IEnumerable<string> arguments)
    {
        if (name.EndsWith("Attribute", StringComparison.Ordinal))
            name = name.Substring(0, name.Length - "Attribute".Length);
        switch (name)
        {
            case "AllowAnonymous":
                return EndpointAccess.Anonymous;
            case "Authorize":
                return OfPolicyText(string.Join(" ", arguments));
            case "TypeFilter" or "ServiceFilter" or "Middleware":
                return arguments.Any(argument => Words.ContainAny(argument, Guards) || Words.ContainAny(argument, Privileges)) ? EndpointAccess.Unknown : EndpointAccess.Open;
        }
        if (Words.ContainSequence(name, "anti", "forgery") || Words.ContainSequence(name, "antiforgery") || name.StartsWith("Skip", StringComparison.Ordinal) || name.StartsWith("Ignore", StringComparison.Ordinal))
            return EndpointAccess.Open;
        if (Words.ContainAny(name, Privileges) || Words.ContainSequence(name, "api", "key"))
            return EndpointAccess.Restricted;
        return Words.ContainAny(name, Guards) || Words.ContainAny(name, Workbench) || Words.Of(name) is ["require" or "requires" or "restrict" or "restricted", not "https", ..] ? EndpointAccess.Unknown : EndpointAccess.Open;
    }

    private static EndpointAccess OfPolicyText(string text)
    {
        var words = Words.Of(text);
        if (words.IsEmpty || words.Contains("authenticated") && words.Contains("require") && !words.Contains("role") && !words.Contains("claim"))
            return EndpointAccess.Authenticated;
        return words.HaveAny(Everybody) ? EndpointAccess.Authenticated : words.All(word => word is "new" or "authentication" or "schemes" or "scheme" or "jwt" or "bearer" or "defaults" or "cookie" or "cookies" or "options")
            ? EndpointAccess.Authenticated : NamesRightOfCustomers(text, words) ? EndpointAccess.Entitled : EndpointAccess.Restricted;
    }

    // orders:read, AuthorizationScopes.PaymentRead: what customers do with what is theirs. What staff may is named for them, or for all there is.
    private static bool NamesRightOfCustomers(string text, ImmutableArray<string> words) =>
        words.HaveAny(CustomersVerbs) && !words.HaveAny(StaffRights) && Ownership.SpeakOfBelonging(text);

    private static readonly HashSet<string> CustomersVerbs = Words.SetOf("read view list create write place");

    private static readonly HashSet<string> StaffRights = Words.SetOf("admin administrator admins manage manager managers management staff employee support backoffice internal all any every full owner role roles permission permissions privilege can merchant seller vendor finance accountant");

    private static IEnumerable<string> Texts(TypedConstant constant) => constant.Kind switch
    {
        TypedConstantKind.Array => constant.Values.SelectMany(Texts),
        TypedConstantKind.Type => new[] { (constant.Value as ITypeSymbol)?.Name ?? "" },
        _ => new[] { constant.Value?.ToString() ?? "" },
    };

    private static string NameOf(NameSyntax name) => name is QualifiedNameSyntax qualified ? qualified.Right.Identifier.ValueText : (name as SimpleNameSyntax)?.Identifier.ValueText ?? "";
}
