using System.Collections.Concurrent;
using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Accounts;

/// <summary>Finds where code works for whichever owner the request names, instead of for the one who calls.</summary>
internal sealed class NamedOwners
{
    // Who holds one of these has proved something; the staff and other services act for others by trade.
    private static readonly HashSet<string> Staff = Words.SetOf("admin administration backoffice internal system webhook event integration seed import sync");

    private readonly Compilation _compilation;
    private readonly RequestData _request;
    private readonly ConcurrentDictionary<ISymbol, bool> _named = new(SymbolEqualityComparer.Default);

    public NamedOwners(CompilationFacts facts)
    {
        _compilation = facts.Compilation;
        _request = RequestData.In(facts);
    }

    /// <summary>The first place in an endpoint where an owner that the request names picks rows, or is written into one; null where there is none.</summary>
    public (IOperation Place, string Owner)? InEndpoint(IOperation code)
    {
        foreach (var operation in code.DescendantsAndSelf())
        {
            switch (operation)
            {
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } compared when IsRow(compared.LeftOperand) && IsSentOwner(compared.RightOperand):
                    return (compared.RightOperand, compared.RightOperand.ReferencedSymbol()!.Name);
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } compared when IsRow(compared.RightOperand) && IsSentOwner(compared.LeftOperand):
                    return (compared.LeftOperand, compared.LeftOperand.ReferencedSymbol()!.Name);
                case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: { Name: var kept, ContainingType: { } thing } }, Value: var value } when IsOwnerId(kept) && !RequestData.IsCarrier(thing) && Ownership.OwnedIn(thing) is not null && IsSentOwner(value):
                    return (value, value.ReferencedSymbol()!.Name);
            }
        }
        return null;
    }

    /// <summary>The first use of the owner in a handler whose message is bound from a request's body as it comes; null where there is none.</summary>
    public (IOperation Place, string Owner)? InHandler(IMethodSymbol method, IOperation code)
    {
        if (method.Name is not ("Handle" or "HandleAsync") || method.Parameters is not [{ Type: INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct } message } sent, ..] || !IsMessage(message.Name))
            return null;
        if (Words.ContainAny(message.Name, Staff) || Words.ContainAny(method.NamespaceName() ?? "", Staff))
            return null;
        var properties = message.GetMembers().OfType<IPropertySymbol>().ToList();
        if (properties.Find(property => IsOwnerId(property.Name)) is not { } owner || properties.Exists(property => Secrets.Of(property.Name) is SecretKind.Password or SecretKind.OneTime or SecretKind.Token))
            return null;
        if ((Callers.In(code.Syntax) & (CallerChecks.Identity | CallerChecks.Visitor | CallerChecks.Proof)) != 0 || !_named.GetOrAdd(message, _ => IsBoundAsItComes(message.Name, owner.Name)))
            return null;
        foreach (var operation in code.DescendantsAndSelf())
        {
            if (operation is IPropertyReferenceOperation { Instance: IParameterReferenceOperation { Parameter: var parameter } } use && SymbolEqualityComparer.Default.Equals(parameter, sent) && SymbolEqualityComparer.Default.Equals(use.Property, owner) && !LogCalls.IsLogged(use))
                return (use, owner.Name);
        }
        return null;
    }

    private static bool IsMessage(string name) => name.EndsWith("Command", StringComparison.Ordinal) || name.EndsWith("Query", StringComparison.Ordinal) || name.EndsWith("Request", StringComparison.Ordinal);

    /// <summary>The look-up of an account by an address or name that stands beside the old password in what was sent; null where there is none.</summary>
    public static (IOperation Place, string Address)? InPasswordChange(IMethodSymbol method, IOperation code)
    {
        if (!ChangesPassword(method.Name) && !ChangesPassword(method.ContainingType.Name) && !(Words.Of(method.Name) is [.., "change" or "update"] && Words.Of(method.ContainingType.Name) is ["password", ..]))
            return null;
        if ((Callers.In(code.Syntax) & (CallerChecks.Identity | CallerChecks.Proof)) != 0)
            return null;
        foreach (var operation in code.Descendants())
        {
            if (operation is not IPropertyReferenceOperation { Property: { Name: "Email" or "UserName" or "Username" or "EmailAddress" or "PhoneNumber", ContainingType: { } sent } address })
                continue;
            // A service's own request is filled by code that may know the caller; what is bound as it comes is called a DTO or goes to a handler.
            if (!Words.ContainAny(sent.Name, Bound) && !(method.Name is "Handle" or "HandleAsync" || Endpoints.IsController(method.ContainingType)))
                continue;
            if (!sent.MemberNames.Any(OldPasswords.Contains) || operation.Ancestors().OfType<IInvocationOperation>().FirstOrDefault(call => IsLookUp(call.TargetMethod.Name)) is not { } lookUp)
                continue;
            return (lookUp, address.Name);
        }
        return null;
    }

    private static bool ChangesPassword(string name) => Words.ContainSequence(name, "change", "password") || Words.ContainSequence(name, "update", "password");

    private static readonly HashSet<string> Bound = Words.SetOf("dto command model input");

    private static readonly HashSet<string> OldPasswords = Words.SetOf("CurrentPassword OldPassword ExistingPassword PreviousPassword");

    private static bool IsLookUp(string name) => name.StartsWith("Find", StringComparison.Ordinal) || name.StartsWith("First", StringComparison.Ordinal) || name.StartsWith("Single", StringComparison.Ordinal) || name.StartsWith("Get", StringComparison.Ordinal);

    /// <summary>The first look-up of what belongs to somebody by nothing but his address or number, which others know; null where there is none.</summary>
    public (IOperation Place, string What, string Address)? ByAddress(IOperation code)
    {
        foreach (var operation in code.DescendantsAndSelf())
        {
            if (operation is IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals, Parent: IReturnOperation or IConversionOperation } compared && IsAddress(compared.LeftOperand) && IsAddress(compared.RightOperand) && (_request.Holds(compared.LeftOperand) || _request.Holds(compared.RightOperand))
                && compared.Ancestor<IAnonymousFunctionOperation>() is { Symbol.Parameters: [{ Type: var row }] } predicate && predicate.Ancestor<IInvocationOperation>() is { TargetMethod.Name: var name } call && (name.StartsWith("First", StringComparison.Ordinal) || name.StartsWith("Single", StringComparison.Ordinal) || name == "Where")
                && Ownership.OwnedIn(row) is { } owned && (!Ownership.IsPerson(owned) || owned.GetMembers().OfType<IPropertySymbol>().Any(held => Ownership.SpeakOfBelonging(held.Name) && Ownership.OwnedIn(held.Type) is not null && code.Syntax.DescendantTokens().Any(token => token.ValueText == held.Name))))
                return (call, ("AEIOU".IndexOf(owned.Name[0]) >= 0 ? "an '" : "a '") + owned.Name + "'", (_request.Holds(compared.RightOperand) ? compared.RightOperand : compared.LeftOperand).Syntax.ToString());
        }
        return null;
    }

    /// <summary>Whether the value is somebody's e-mail address or telephone number.</summary>
    public static bool IsAddress(IOperation value) => value.WithoutConversions() is IPropertyReferenceOperation or IParameterReferenceOperation && value.ReferencedSymbol() is { } symbol && Words.Of(symbol.Name) is [.., "email" or "phone" or "mobile"] or [.., "phone", "number"] or [.., "email", "address"];

    private static bool IsRow(IOperation value) => value.WithoutConversions() is IPropertyReferenceOperation { Property.Name: var owner, Instance: IParameterReferenceOperation { Parameter.ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.AnonymousFunction } } } && IsOwnerId(owner);

    private bool IsSentOwner(IOperation value) => value.WithoutConversions() is IPropertyReferenceOperation or IParameterReferenceOperation && value.ReferencedSymbol() is { } sent && IsOwnerId(sent.Name) && _request.Holds(value);

    private static bool IsOwnerId(string name) => Words.Of(name) is [.., "user" or "customer" or "owner" or "buyer" or "member", "id"];

    // public Task<IActionResult> Create([FromBody] CreateOrderCommand command), in a controller that never sets command.UserId and is not for the staff.
    private bool IsBoundAsItComes(string message, string owner)
    {
        foreach (var tree in _compilation.SyntaxTrees)
        {
            if (!TextSearch.Contains(tree, message))
                continue;
            if (TextSearch.ContainsAny(tree, Maps) && IsMappedAsItComes(tree, message))
                return true;
            if (!TextSearch.Contains(tree, "Controller"))
                continue;
            foreach (var action in tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>())
            {
                if (action.Parent is ClassDeclarationSyntax { Identifier.ValueText: var type } controller && type.EndsWith("Controller", StringComparison.Ordinal) && action.ParameterList.Parameters.Any(parameter => parameter.Type is SimpleNameSyntax { Identifier.ValueText: var bound } && bound == message && !parameter.AttributeLists.Any(IsElsewhere))
                    && !IsForStaff(action.AttributeLists) && !IsForStaff(controller.AttributeLists) && !action.DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == owner))
                    return true;
            }
        }
        return false;
    }

    private static readonly string[] Maps = { ".MapGet(", ".MapPost(", ".MapPut(", ".MapPatch(", ".MapDelete(" };

    // app.MapGet("/payments/user/{userId}", (Guid userId, IMediator mediator) => mediator.Send(new GetPaymentsQuery(userId))), for anybody who signs in or not
    private static bool IsMappedAsItComes(SyntaxTree tree, string message)
    {
        // A group may ask for a role on behalf of its endpoints.
        if (TextSearch.ContainsAny(tree, new[] { "RequireAuthorization(\"", "RequireAuthorization(new", "RequireAuthorization(p", "RequireRole" }))
            return false;
        foreach (var lambda in tree.GetRoot().DescendantNodes().OfType<ParenthesizedLambdaExpressionSyntax>())
        {
            if (lambda.Parent?.Parent?.Parent is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "MapGet" or "MapPost" or "MapPut" or "MapPatch" or "MapDelete" } } map)
                continue;
            if (!lambda.DescendantNodes().Any(node => node is IdentifierNameSyntax { Identifier.ValueText: var name } && name == message && node.Parent is ObjectCreationExpressionSyntax or ParameterSyntax) || Callers.In(lambda) != CallerChecks.None)
                continue;
            // What stands behind the map may ask for a role.
            if (map.FirstAncestorOrSelf<SyntaxNode>(node => node is StatementSyntax or MemberDeclarationSyntax) is { } whole && !whole.DescendantTokens().Any(token => token.Span.Start > map.Span.End && token.ValueText is "RequireAuthorization" or "RequireRole" or "AddEndpointFilter"))
                return true;
        }
        return false;
    }

    private static bool IsElsewhere(AttributeListSyntax list) => list.Attributes.Any(attribute => attribute.Name.ToString() is "FromServices" or "FromRoute");

    private static bool IsForStaff(SyntaxList<AttributeListSyntax> lists) => lists.Any(list => list.Attributes.Any(attribute => attribute.Name.ToString().Contains("Authorize") && attribute.ArgumentList is { } arguments && (arguments.ToString().Contains("Roles") || arguments.ToString().Contains("Admin")))
        || list.Attributes.Any(attribute => attribute.Name.ToString().Contains("Permission")));
}
