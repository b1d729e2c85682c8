using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Accounts;

/// <summary>A refresh or reset token that is kept in the database as it was given out.</summary>
internal sealed class TokenKeptInClear : RiskRule
{
    private static readonly HashSet<string> Members = Words.SetOf("Token Value RefreshToken ResetToken PasswordResetToken TokenValue Secret");

    // A project that hashes its tokens says so in some name.
    private static readonly string[] Hashing = { "HashToken", "TokenHash", "HashedToken", "HashRefresh", "ComputeHash(", "HashData(" };

    private static readonly HashSet<string> Hashed = Words.SetOf("hash hashed hasher sha sha256 sha512 hmac encrypt encrypted protect protected protector digest");

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK3025",
        title: "A refresh or reset token is kept in clear",
        message: "'{0}' keeps the token as it was given out: whoever reads the table, a backup or a log of queries takes over every session in it; keep a hash (SHA-256 is enough for a random token) and look that up",
        why: "A refresh or reset token is as good as a password until it runs out. Passwords are hashed because tables leak; tokens leak with them.");

    public TokenKeptInClear() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        var hashes = new Lazy<bool>(() => on.Compilation.SyntaxTrees.Any(tree => TextSearch.Contains(tree, "oken") && TextSearch.ContainsAny(tree, Hashing)));
        var writings = new TokenWritings(on.Compilation);
        on.Operation(visit => CheckAssignment(visit, hashes, writings), OperationKind.SimpleAssignment);
        on.Operation(visit => CheckCreation(visit, hashes, writings), OperationKind.Invocation, OperationKind.ObjectCreation);
        on.Declaration(visit => CheckColumn(visit, hashes, writings), SymbolKind.Property);
    }

    // new RefreshToken { Token = token }, user.RefreshToken = token
    private static void CheckAssignment(OperationVisit visit, Lazy<bool> hashes, TokenWritings writings)
    {
        var assignment = (ISimpleAssignmentOperation)visit.Operation;
        if (assignment.Target is not IPropertyReferenceOperation { Property: { Type.SpecialType: SpecialType.System_String } kept } target || !Members.Contains(kept.Name) || !Keeps(kept) || !IsPlain(assignment.Value) || IsOfConstructor(target) || SymbolEqualityComparer.Default.Equals(visit.Member.ContainingType, kept.ContainingType) || hashes.Value || !writings.IsFirst(assignment.Syntax, kept))
            return;
        visit.Report(assignment.Syntax, kept.ContainingType.Name + "." + kept.Name);
    }

    // RefreshToken.Create(token, user.Id, expires), new RefreshToken(token, user.Id, expires)
    private static void CheckCreation(OperationVisit visit, Lazy<bool> hashes, TokenWritings writings)
    {
        var (type, arguments) = visit.Operation switch
        {
            IInvocationOperation { TargetMethod: { IsStatic: true, IsExtensionMethod: false, ContainingType: { } owner } method } call when SymbolEqualityComparer.Default.Equals(method.ReturnType, owner) => (owner, call.Arguments),
            IObjectCreationOperation { Type: INamedTypeSymbol made } creation => (made, creation.Arguments),
            _ => (null, ImmutableArray<IArgumentOperation>.Empty),
        };
        if (type is null || arguments.Length < 2 || !IsToken(type) || !IsKept(type))
            return;
        var given = arguments.FirstOrDefault(argument => argument.Parameter is { Type.SpecialType: SpecialType.System_String, Name: var name } && Words.Of(name) is [.., "token"] or ["token" or "value"] or [.., "token", "value"]);
        if (given is null || !IsPlain(given.Value) || hashes.Value || SymbolEqualityComparer.Default.Equals(visit.Member.ContainingType, type) || !writings.IsFirst(visit.Operation.Syntax, type))
            return;
        visit.Report(given, type.Name);
    }

    // public string Token { get; set; }: where nobody here writes it, the column itself says what is kept.
    private static void CheckColumn(DeclarationVisit visit, Lazy<bool> hashes, TokenWritings writings)
    {
        if (visit.Symbol is not IPropertySymbol { Type.SpecialType: SpecialType.System_String, IsStatic: false } kept || !Members.Contains(kept.Name) || !Keeps(kept) || kept.GetAttributes().Any(attribute => Words.ContainAny(attribute.AttributeClass?.Name ?? "", Unstored)))
            return;
        if (!hashes.Value && !kept.ContainingType.MemberNames.Any(name => Words.ContainAny(name, Hashed)) && !writings.AreIn(kept))
            visit.ReportName(kept.ContainingType.Name + "." + kept.Name);
    }

    private static readonly HashSet<string> Unstored = Words.SetOf("mapped encrypted encrypt protected personal ignore");

    private static bool Keeps(IPropertySymbol property) => property.ContainingType is { } type && IsKept(type)
        && (IsToken(type) || property.Name == "Token" && Words.Of(type.Name) is ["otp" or "otps", ..] or [.., "otp"] || Ownership.IsPerson(type) && Words.Of(property.Name) is ["refresh" or "reset" or "password", .., "token"]);

    // RefreshToken, PasswordResetTokenEntity; a RefreshTokenRequest is no row.
    private static bool IsToken(INamedTypeSymbol type) => Words.ContainSequence(type.Name, "refresh", "token") || Words.ContainSequence(type.Name, "reset", "token");

    private static bool IsKept(INamedTypeSymbol type) => type.IsOfTheProduct() && type.TypeKind == TypeKind.Class && Words.Of(type.Name) is { IsEmpty: false } words && words[words.Length - 1] is "token" or "entity" or "user" or "account" or "customer" or "member" or "otp"
        && (Ownership.OwnerOf(type) is not null || HasKey(type) || type.HasAttribute("OwnedAttribute") || type.MemberNames.Any(State.Contains));

    // A row that is revoked is a row.
    private static readonly HashSet<string> State = Words.SetOf("IsRevoked Revoked RevokedAt RevokedOn RevokedUtc IsUsed UsedAt");

    private static bool HasKey(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? ancestor = type; ancestor is not null; ancestor = ancestor.BaseType)
        {
            if (!ancestor.GetMembers("Id").IsEmpty || !ancestor.GetMembers("PasswordHash").IsEmpty)
                return true;
        }
        return false;
    }

    private static bool IsOfConstructor(IPropertyReferenceOperation target) => target.Instance is IInstanceReferenceOperation { ReferenceKind: not InstanceReferenceKind.ImplicitReceiver };

    // No text of ours, nothing that ends a token, nothing that was hashed on the way.
    private static bool IsPlain(IOperation value)
    {
        if (value.WithoutConversions().ConstantValue.HasValue || SaysHashed(value.Syntax))
            return false;
        return !(value.WithoutConversions() is ILocalReferenceOperation local && Flow.InitialValue(local) is { } initial && SaysHashed(initial.Syntax));
    }

    private static bool SaysHashed(SyntaxNode value) => value.DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken) && Words.ContainAny(token.ValueText, Hashed));
}
