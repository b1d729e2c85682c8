using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Accounts;

/// <summary>The caller decides about members that are the shop's to decide: an entity bound from the request, or a role, flag or balance copied out of it.</summary>
internal sealed class OverPosting : RiskRule
{
    private static readonly HashSet<string> Stores = Words.SetOf("Add AddAsync Update Attach Insert InsertAsync UpdateAsync AddOrUpdate Upsert UpsertAsync Save SaveAsync Create CreateAsync Edit EditAsync Replace ReplaceAsync SetValues Entry");

    // What a person must not decide about himself.
    private static readonly HashSet<string> Privileges = Words.SetOf("admin administrator superuser role roles permission permissions balance credit verified approved privileges points staff elevated banned locked");

    private static readonly HashSet<string> Decided = Words.SetOf("price total subtotal status paid refunded discount balance amount state");

    // Whoever edits the catalogue decides about its prices.
    private static readonly HashSet<string> Estate = Words.SetOf("product products category categories coupon discount promotion catalog brand variant sku tax price");

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK3004",
        title: "The request decides about privileged members",
        message: "The request sets '{0}' of '{1}': a caller adds the field and has it; {2}",
        why: "Model binding fills what the JSON names. A field that no form shows is one line in a script: IsAdmin, Balance, Status.");

    public OverPosting() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        var endpoints = Endpoints.In(on.Facts);
        var request = RequestData.In(on.Facts);
        var persistence = Persistence.In(on.Facts);
        on.Operation(visit => CheckStored(visit, endpoints, persistence), OperationKind.Invocation);
        on.Operation(visit => CheckAssigned(visit, endpoints, request), OperationKind.SimpleAssignment);
        on.Operation(visit => CheckRole(visit, endpoints, request), OperationKind.Invocation);
        var reach = Reach.In(on.Facts);
        on.Body(visit => RegisteredRoles.Check(visit, endpoints, reach));
    }

    // db.Users.Update(user), where user is a parameter that the request fills.
    private static void CheckStored(OperationVisit visit, Endpoints endpoints, Persistence persistence)
    {
        var call = (IInvocationOperation)visit.Operation;
        if (!Stores.Contains(call.TargetMethod.Name) && !Words.Of(call.TargetMethod.Name).Any(word => word is "add" or "update" or "insert" or "create" or "save"))
            return;
        foreach (var argument in call.Arguments)
        {
            // The thing that is stored comes first.
            if (argument.Parameter is { Ordinal: > 0 } && call.TargetMethod is { IsExtensionMethod: false } && call.Instance is not null)
                continue;
            if (argument.Value.WithoutConversions() is not IParameterReferenceOperation { Parameter: var bound } || bound.Type is not INamedTypeSymbol { TypeKind: TypeKind.Class } entity)
                continue;
            if (RequestData.IsService(bound) || !IsEntity(entity, call, persistence) || PrivilegedMember(entity) is not { } member)
                continue;
            if (endpoints.Around(call, visit.Member) is not { Access: not EndpointAccess.Restricted, IsWrite: true } || IsBindLimited(bound) || IsSetAfterwards(visit.Body, bound, member, call))
                return;
            visit.Report(argument.Value, member, entity.Name, "bind an input type that lacks it and copy what the caller may change");
            return;
        }
    }

    // user.IsAdmin = request.IsAdmin; new User { Role = dto.Role }
    private static void CheckAssigned(OperationVisit visit, Endpoints endpoints, RequestData request)
    {
        var assignment = (ISimpleAssignmentOperation)visit.Operation;
        if (assignment.Target is not IPropertyReferenceOperation { Property: var property, Instance: { } owner } || !IsPrivilege(property) || owner.Type is not INamedTypeSymbol type || RequestData.IsCarrier(type) || Words.ContainAny(type.Name, Messages) || Words.ContainAny(type.Name, Renderings))
            return;
        if (!Ownership.IsPerson(type) && Ownership.OwnerOf(type) is null || !IsSent(assignment.Value, request) || IsForStaff(visit, endpoints))
            return;
        visit.Report(assignment, property.Name, type.Name, "decide it here, or let only those set it who may grant it");
    }

    // A member of what was sent, not of an entity that a message carries along.
    private static bool IsSent(IOperation value, RequestData request)
    {
        value = value.WithoutConversions();
        if (value is ICoalesceOperation coalesce)
            value = coalesce.Value.WithoutConversions();
        while (value is IInvocationOperation { Instance: { } text, TargetMethod.Name: "ToString" or "Trim" or "ToLower" or "ToUpper" or "ToLowerInvariant" or "ToUpperInvariant" })
            value = text.WithoutConversions();
        return request.Holds(value) && (value is not IPropertyReferenceOperation { Instance: { } sender } || sender.WithoutConversions() is IParameterReferenceOperation or ILocalReferenceOperation || RequestData.IsCarrier(sender.Type) || sender is IInstanceReferenceOperation);
    }

    // userManager.AddToRoleAsync(user, request.Role)
    private static void CheckRole(OperationVisit visit, Endpoints endpoints, RequestData request)
    {
        var call = (IInvocationOperation)visit.Operation;
        if (call.TargetMethod.Name is not ("AddToRoleAsync" or "AddToRolesAsync") || call.Arguments.Length < 2 || !request.Holds(call.Arguments[1].Value) || IsForStaff(visit, endpoints))
            return;
        visit.Report(call, "Role", "the account", "decide it here, or let only those set it who may grant it");
    }

    private static readonly HashSet<string> Messages = Words.SetOf("event command query message notification response model dto request view");

    private static readonly HashSet<string> Renderings = Words.SetOf("liquid drop template mail email");

    private static readonly HashSet<string> Staff = Words.SetOf("admin administration backoffice assign grant staff employee seed permission role roles");

    private static bool IsForStaff(OperationVisit visit, Endpoints endpoints) =>
        endpoints.Around(visit.Operation, visit.Member) is { } endpoint ? endpoint.Access == EndpointAccess.Restricted
        : Words.ContainAny(visit.Member.Name, Staff) || visit.Member.ContainingType is { } type && (Words.ContainAny(type.Name, Staff) || type.NamespaceName()?.Contains("Admin") == true);

    internal static bool IsPrivilege(IPropertySymbol property) => property.Type.SpecialType != SpecialType.System_DateTime
        && (Words.Of(property.Name) is var words && words.HaveAny(Privileges) && !words.Any(word => word is "use" or "liquid" or "name" or "description" or "card" or "date" or "at" or "by" or "note" or "limit" && !words.Contains("credit")));

    private static bool IsEntity(INamedTypeSymbol type, IInvocationOperation call, Persistence persistence)
    {
        if (RequestData.IsCarrier(type) || Words.ContainAny(type.Name, Messages))
            return false;
        if (persistence.IsEntity(type) || call.TargetMethod.ContainingType is { } owner && (EntityFramework.IsSet(owner) || EntityFramework.IsContext(owner) || owner.Name is "PropertyValues" or "DbContextExtensions"))
            return true;
        return type.GetMembers("Id").OfType<IPropertySymbol>().Any() && call.TargetMethod.ContainingType is { } store && (Words.ContainAny(store.Name, StoreWords) || persistence.Of(call).HasFlag(DataReach.Save));
    }

    private static readonly HashSet<string> StoreWords = Words.SetOf("repository repo store context");

    private static string? PrivilegedMember(INamedTypeSymbol entity)
    {
        string? decided = null;
        for (var type = entity; type is { SpecialType: SpecialType.None }; type = type.BaseType)
        {
            foreach (var member in type.GetMembers())
            {
                if (member is not IPropertySymbol { SetMethod.DeclaredAccessibility: Accessibility.Public, IsStatic: false } property || !IsTheShops(property, entity) || IsHidden(property))
                    continue;
                if (IsPrivilege(property))
                    return property.Name;
                decided ??= property.Name;
            }
        }
        return decided;
    }

    /// <summary>Whether a member of an entity is the shop's to set, not the caller's.</summary>
    internal static bool IsTheShops(IPropertySymbol property, INamedTypeSymbol entity) =>
        IsPrivilege(property) || property.Name is "PasswordHash" or "EmailConfirmed" || Words.ContainAny(property.Name, Decided) && !Words.ContainAny(entity.Name, Estate);

    private static bool IsHidden(IPropertySymbol property) => property.GetAttributes().Any(attribute => attribute.AttributeClass?.Name is "BindNeverAttribute" or "JsonIgnoreAttribute" or "NotMappedAttribute");

    private static bool IsBindLimited(IParameterSymbol parameter) => parameter.GetAttributes().Any(attribute => attribute.AttributeClass?.Name is "BindAttribute" or "FromServicesAttribute");

    // order.Status = OrderStatus.New; db.Add(order): the shop decided after all.
    private static bool IsSetAfterwards(IOperation body, IParameterSymbol bound, string member, IOperation before) => body.DescendantsAndSelf().Any(operation => operation is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Instance: { } owner, Property.Name: var set } }
        && set == member && operation.Syntax.SpanStart < before.Syntax.SpanStart && SymbolEqualityComparer.Default.Equals(owner.ReferencedSymbol(), bound));
}
