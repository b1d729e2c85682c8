using System.Runtime.CompilerServices;
using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Residue;

/// <summary>The types of claims that the code of one compilation puts into tokens and cookies; nothing is known where others issue them.</summary>
internal sealed class IssuedClaims
{
    private static readonly ConditionalWeakTable<Compilation, Lazy<IssuedClaims>> Known = new();

    private static readonly string[] Issuers = { "JwtSecurityToken(", "SecurityTokenDescriptor", "ClaimsIdentity(" };

    // Where somebody else says who the customer is, or claims come from a table, no code tells which there are.
    private static readonly string[] Foreign =
    {
        "AddOpenIdConnect", "AddMicrosoftIdentity", ".Authority", "MetadataAddress", "AddGoogle", "AddFacebook", "IClaimsTransformation", "AddSaml", "AddAuth0", "OpenIddict", "IdentityServer", "AddKeycloak",
        "UserClaimsPrincipalFactory", "IProfileService", "GetClaimsAsync", "AddOAuth", "AddWsFederation", "AddNegotiate", "ExternalLogin",
    };

    // What tokens carry without anybody naming it, and what handlers rename.
    private static readonly HashSet<string> Standard = new(
        ("sub jti iat exp nbf aud iss email name role roles scope scp amr sid auth_time azp acr idp nameid nameidentifier unique_name uniquename upn preferred_username given_name givenname family_name surname oid tid nonce "
        + "phone_number mobilephone website birthdate gender client_id groups permission permissions").Split(' '), StringComparer.OrdinalIgnoreCase);

    private readonly HashSet<string>? _types;

    private IssuedClaims(HashSet<string>? types) => _types = types;

    public static Lazy<IssuedClaims> In(Compilation compilation) => Known.GetValue(compilation, each => new Lazy<IssuedClaims>(() => new IssuedClaims(Find(each))));

    /// <summary>Whether the project issues its own claims, and none of this type.</summary>
    public bool Lack(string claim) => _types is not null && claim.Length > 0 && claim.IndexOf("://", StringComparison.Ordinal) < 0 && !Standard.Contains(claim) && !_types.Contains(claim);

    private static HashSet<string>? Find(Compilation compilation)
    {
        var types = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var issues = false;
        foreach (var tree in compilation.SyntaxTrees)
        {
            if (TextSearch.ContainsAny(tree, Foreign))
                return null;
            if (!TextSearch.ContainsAny(tree, Issuers) && !TextSearch.Contains(tree, "Claim("))
                continue;
            issues |= TextSearch.ContainsAny(tree, Issuers);
            foreach (var node in tree.GetRoot().DescendantNodes())
            {
                var first = node switch
                {
                    ObjectCreationExpressionSyntax { Type: var type, ArgumentList.Arguments: [var argument, ..] } when NameOf(type) == "Claim" => argument.Expression,
                    // new(ClaimTypes.Email, user.Email) in a list of claims
                    ImplicitObjectCreationExpressionSyntax { ArgumentList.Arguments: [var argument, _, ..] } => argument.Expression,
                    // Claims = new Dictionary<string, object> { ["tenant"] = ... }
                    ImplicitElementAccessSyntax { ArgumentList.Arguments: [var argument] } => argument.Expression,
                    _ => null,
                };
                if (first is null)
                    continue;
                if (TextOf(first, compilation) is { } text)
                    types.Add(text);
                else if (node is ObjectCreationExpressionSyntax)
                    return null;
            }
        }
        return issues && types.Count > 0 ? types : null;
    }

    // A literal, a name of ClaimTypes or JwtRegisteredClaimNames, a constant of the product; null for what only runs know.
    private static string? TextOf(ExpressionSyntax type, Compilation compilation)
    {
        switch (type)
        {
            case LiteralExpressionSyntax { Token.Value: string literal }:
                return literal;
            case MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name, Expression: var owner } when NameOf(owner) is "ClaimTypes" or "JwtRegisteredClaimNames" or "JwtClaimTypes" or "ClaimsIdentity":
                return name;
            case MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name }:
                return ConstantOf(name, compilation);
            case IdentifierNameSyntax { Identifier.ValueText: var name }:
                return ConstantOf(name, compilation);
            default:
                return null;
        }
    }

    private static string? ConstantOf(string name, Compilation compilation) =>
        compilation.GetSymbolsWithName(name, SymbolFilter.Member).OfType<IFieldSymbol>().Select(field => field.ConstantValue as string).FirstOrDefault(value => value is not null);

    private static string NameOf(SyntaxNode type) => type switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => "",
    };
}
