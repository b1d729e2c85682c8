using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Accounts;

/// <summary>An account gets an e-mail address that nobody has shown to be his.</summary>
internal sealed class UnconfirmedAddress : RiskRule
{
    private static readonly HashSet<string> Confirming = Words.SetOf("confirm confirmed confirms confirmation verify verified verification verifies unverified pending otp");

    private static readonly HashSet<string> Elsewhere = Words.SetOf("admin administration backoffice seed seeder seeding staff import migrate migration migrations sync test tests install installer installation anonymize anonymise erase delete scim ldap directory");

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK3027",
        title: "An account gets an address that nobody confirmed",
        message: "{0}: whoever holds the session for a minute takes the account over by a password reset, or opens one on a foreign address; let the address confirm itself first",
        why: "The address is the key to the account: resets, codes and invoices go there. Changed without a word to the old one and a click from the new one, a borrowed session becomes a permanent one.");

    public UnconfirmedAddress() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        var endpoints = Endpoints.In(on.Facts);
        on.Operation(visit => Check(visit, endpoints), OperationKind.SimpleAssignment);
        on.Operation(CheckOutsider, OperationKind.PropertyReference);
    }

    private static void Check(OperationVisit visit, Endpoints endpoints)
    {
        var assignment = (ISimpleAssignmentOperation)visit.Operation;
        if (assignment.Target is IPropertyReferenceOperation { Property: { Name: "EmailConfirmed" or "IsEmailConfirmed" or "IsEmailVerified", ContainingType: { } made } flag } && assignment.Parent is IObjectOrCollectionInitializerOperation { Parent: IObjectCreationOperation creation } && assignment.Value.IsConstant(true))
        {
            if (SignsIn(creation.Type as INamedTypeSymbol ?? made) && IsGivenAddress(creation) && !IsElsewhere(visit.Member) && !IsAskedFor(visit.Body.Syntax))
                visit.Report(assignment.Syntax, $"'{flag.Name}' is set for an address that was only typed in");
            return;
        }
        if (assignment.Target is not IPropertyReferenceOperation { Property: { Name: "Email", Type.SpecialType: SpecialType.System_String, ContainingType: { } type }, Instance: { } account } || assignment.Parent is IObjectOrCollectionInitializerOperation || account is IInstanceReferenceOperation)
            return;
        if (!SignsIn(account.Type as INamedTypeSymbol ?? type) || !IsTold(assignment.Value) || !WasThere(account) || IsElsewhere(visit.Member) || Speaks(visit.Body.Syntax))
            return;
        // The staff answers for what it types.
        if (endpoints.Around(assignment, visit.Member) is { Access: EndpointAccess.Restricted })
            return;
        visit.Report(assignment.Syntax, $"'{assignment.Target.Syntax}' is replaced by what was sent, and neither address is asked");
    }

    // A GoogleUser says in EmailVerified whether the address is his; without a look at it the account of somebody else is linked.
    private static void CheckOutsider(OperationVisit visit)
    {
        var address = (IPropertyReferenceOperation)visit.Operation;
        if (address.Property is not { Name: "Email", ContainingType: { } outsider } || !Words.ContainAny(outsider.Name, Outsiders) || Ownership.OwnerOf(outsider) is not null && outsider.GetMembers("PasswordHash").Length > 0)
            return;
        if (outsider.GetMembers().FirstOrDefault(member => member is IPropertySymbol && member.Name is "EmailVerified" or "VerifiedEmail" or "IsEmailVerified" or "EmailIsVerified") is not { } verified)
            return;
        var body = visit.Body.Syntax;
        if (LogCalls.IsLogged(address) || IsRead(verified.Name, visit.Body) || !body.DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken) && (Words.ContainSequence(token.ValueText, "by", "email") || token.ValueText is "CreateAsync" or "AddAsync" or "AddLoginAsync")))
            return;
        if (visit.Body.Descendants().Any(other => other.Syntax.SpanStart < address.Syntax.SpanStart && other is IPropertyReferenceOperation { Property: var before } && SymbolEqualityComparer.Default.Equals(before, address.Property) && !LogCalls.IsLogged(other)))
            return;
        visit.Report(address, $"'{address.Syntax}' is believed and '{verified.Name}' beside it is never asked whether to refuse");
    }

    private static readonly HashSet<string> Outsiders = Words.SetOf("google facebook apple microsoft github external payload oauth oidc social provider");

    // Asked in order to refuse or to go another way; asked in order to confirm the address, it lets both through.
    private static bool IsRead(string verified, IOperation body) => body.Descendants().Any(part => part is IPropertyReferenceOperation { Property.Name: var asked } && asked == verified && part.Ancestors().OfType<IConditionalOperation>().FirstOrDefault(branch => branch.Condition.Syntax.Span.Contains(part.Syntax.Span)) is { } check
        && !(check.Condition.Syntax.ToString().Contains("!") is true && check.WhenFalse is null && !Flow.Leaves(check.WhenTrue)) && (Flow.Leaves(check.WhenTrue) || check.WhenFalse is not null || IsThrow(check)));

    private static bool IsThrow(IConditionalOperation check) => Flow.Throws(check.WhenTrue);

    private static bool SignsIn(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? ancestor = type; ancestor is not null; ancestor = ancestor.BaseType)
        {
            if (!ancestor.GetMembers("PasswordHash").IsEmpty || ancestor.Name == "IdentityUser")
                return true;
        }
        return false;
    }

    // dto.Email; a service's UpdateEmailAsync(id, newEmail) is asked by code that may have confirmed it.
    private static bool IsTold(IOperation value) => value.WithoutConversions() switch
    {
        IPropertyReferenceOperation { Instance: { } sent } => sent is not IInstanceReferenceOperation,
        ICoalesceOperation either => IsTold(either.Value),
        IInvocationOperation { Instance: { } text, TargetMethod.Name: "Trim" or "ToLower" or "ToLowerInvariant" } => IsTold(text),
        _ => false,
    };

    // Email = dto.Email, not a literal of a seed.
    private static bool IsGivenAddress(IObjectCreationOperation creation) => creation.Initializer is { } members && members.Initializers.Any(member => member is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: "Email" }, Value: var value } && IsTold(value));

    private static bool IsAskedFor(SyntaxNode body) => body.DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken) && Words.ContainAny(token.ValueText, Confirming) && token.ValueText is not ("EmailConfirmed" or "IsEmailConfirmed" or "IsEmailVerified")
        || token.IsKind(SyntaxKind.IdentifierToken) && Words.ContainAny(token.ValueText, Outsiders));

    // Looked up, not made here.
    private static bool WasThere(IOperation account) => account.WithoutConversions() is ILocalReferenceOperation local && Flow.InitialValue(local) is { } initial && initial.WithoutAwait() is IInvocationOperation or ICoalesceOperation;

    private static bool IsElsewhere(ISymbol member) => Words.ContainAny(member.Name, Elsewhere) || Words.ContainAny(member.ContainingType?.Name ?? "", Elsewhere) || Words.ContainAny(member.NamespaceName() ?? "", Elsewhere);

    private static bool Speaks(SyntaxNode body) => body.DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken) && (Words.ContainAny(token.ValueText, Confirming) || token.ValueText.Contains("ChangeEmail")));
}
