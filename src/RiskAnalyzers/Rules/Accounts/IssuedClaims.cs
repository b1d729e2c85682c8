using System.Runtime.CompilerServices;
using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Accounts;

/// <summary>
/// The claims that a compilation puts into the tokens it signs, under the names that its readers see. It says nothing where tokens come from
/// elsewhere too, where claims are added by something that cannot be read, or where no token is made.
/// </summary>
internal sealed class IssuedClaims
{
    private static readonly ConditionalWeakTable<Compilation, IssuedClaims> Known = new();

    private static readonly string[] Makers = { "JwtSecurityToken(", "SecurityTokenDescriptor" };

    // Whose tokens this project did not make itself.
    private static readonly string[] Strangers =
    {
        "AddOpenIdConnect", "AddMicrosoftIdentity", "AddIdentityServer", "OpenIddict", "AddIdentityApiEndpoints", "AddBearerToken", "AddCookie(", "Authority =", "MetadataAddress", "IClaimsTransformation", "UserClaimsPrincipalFactory", ".PasswordSignInAsync", "AddKeycloak",
    };

    private static readonly string[] Unmapped = { "MapInboundClaims = false", "InboundClaimTypeMap.Clear", "InboundClaimTypeMap = new", "MapInboundClaims=false" };

    // What the bearer handler makes of short names unless it is told to leave them alone.
    private static readonly Dictionary<string, string> Inbound = new(StringComparer.Ordinal)
    {
        ["sub"] = NameIdentifier, ["nameid"] = NameIdentifier, ["email"] = Schema + "emailaddress", ["unique_name"] = Schema + "name", ["given_name"] = Schema + "givenname", ["family_name"] = Schema + "surname",
        ["role"] = Role, ["roles"] = Role, ["birthdate"] = Schema + "dateofbirth", ["gender"] = Schema + "gender", ["website"] = Schema + "webpage",
    };

    private const string Schema = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/";
    private const string NameIdentifier = Schema + "nameidentifier";
    private const string Role = "http://schemas.microsoft.com/ws/2008/06/identity/claims/role";

    // Every token has them.
    private static readonly HashSet<string> Standard = Words.SetOf("exp nbf iat iss aud jti auth_time amr acr azp scope scp");

    private readonly Lazy<(HashSet<string> Types, bool IsMapped)?> _issued;

    private IssuedClaims(Compilation compilation) => _issued = new(() => Find(compilation));

    public static IssuedClaims In(CompilationFacts facts) => Known.GetValue(facts.Compilation, compilation => new IssuedClaims(compilation));

    /// <summary>Why nobody's token carries the claim; null where it may.</summary>
    public string? WhyMissing(string claim)
    {
        if (Standard.Contains(claim) || _issued.Value is not var (types, isMapped))
            return null;
        if (types.Contains(claim))
            return isMapped && Inbound.TryGetValue(claim, out var renamed) ? $"the bearer handler renames '{claim}' to '{Short(renamed)}'" : null;
        if (isMapped && types.Any(type => Inbound.TryGetValue(type, out var seen) && seen == claim))
            return null;
        // A descriptor writes the long names short, and a handler that maps nothing leaves them so.
        if (!isMapped && Inbound.TryGetValue(claim, out var full) && types.Contains(full) || Inbound.Any(pair => pair.Value == claim && types.Contains(pair.Key) && !isMapped && pair.Key is "nameid" or "unique_name"))
            return null;
        return $"the tokens that this project issues carry {string.Join(", ", types.Select(Short).OrderBy(type => type, StringComparer.Ordinal).Take(6))} and no '{Short(claim)}'";
    }

    private static string Short(string type) => type.Substring(type.LastIndexOf('/') + 1);

    private static (HashSet<string>, bool)? Find(Compilation compilation)
    {
        if (!compilation.SyntaxTrees.Any(tree => TextSearch.ContainsAny(tree, Makers)) || compilation.SyntaxTrees.Any(tree => TextSearch.ContainsAny(tree, Strangers)))
            return null;
        var types = new HashSet<string>(StringComparer.Ordinal);
        foreach (var tree in compilation.SyntaxTrees)
        {
            if (TextSearch.Contains(tree, "Claim") && !AddAll(compilation, tree, types))
                return null;
        }
        return types.Count == 0 ? null : (types, !compilation.SyntaxTrees.Any(tree => TextSearch.ContainsAny(tree, Unmapped)));
    }

    // False where a claim's type is known at run time only.
    private static bool AddAll(Compilation compilation, SyntaxTree tree, HashSet<string> types)
    {
        SemanticModel? model = null;
        foreach (var node in tree.GetRoot().DescendantNodes())
        {
            if (node is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GetClaimsAsync" } })
                return false;
            if (node is not BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: [{ Expression: var type }, _, ..] } creation
                || creation is ObjectCreationExpressionSyntax { Type: var named } && !named.ToString().EndsWith("Claim", StringComparison.Ordinal))
                continue;
#pragma warning disable RS1030 // Tokens are made in one or two files of a product, and only these are read, once.
            model ??= compilation.GetSemanticModel(tree);
#pragma warning restore RS1030
            if (model.GetTypeInfo(creation).Type is not { Name: "Claim" })
                continue;
            if (model.GetConstantValue(type) is not { HasValue: true, Value: string issued })
                return false;
            types.Add(issued);
        }
        // Claims = new Dictionary<string, object> { ["sub"] = user.Id }
        if (TextSearch.Contains(tree, "SecurityTokenDescriptor"))
        {
            foreach (var access in tree.GetRoot().DescendantNodes().OfType<BracketedArgumentListSyntax>())
            {
                if (access.Arguments is [{ Expression: LiteralExpressionSyntax { Token.Value: string key } }])
                    types.Add(key);
            }
        }
        return true;
    }
}
