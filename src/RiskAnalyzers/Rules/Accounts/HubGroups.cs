using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Accounts;

/// <summary>What a method of a SignalR hub does for whoever is connected: takes him into a group of clients, or speaks to other clients in his words.</summary>
internal static class HubGroups
{
    private static readonly HashSet<string> Staff = Words.SetOf("admin admins administrator administrators administration staff manager managers support backoffice operator operators moderator moderators employee employees warehouse kitchen internal superuser");

    // What is nobody's order and yet decides about money.
    private static readonly HashSet<string> Goods = Words.SetOf("price prices stock inventory payment payments refund dispatch");

    private static readonly HashSet<string> Ids = Words.SetOf("id guid key number no reference code name");

    /// <summary>What the method lets anybody do who is connected; null where it is nothing that needs a sign-in.</summary>
    public static string? Opens(IMethodSymbol method, IOperation code)
    {
        if (AsksWhoCalls(code.Syntax) || RefusesStrangers(method.ContainingType))
            return null;
        foreach (var operation in code.DescendantsAndSelf())
        {
            if (operation is not IInvocationOperation call)
                continue;
            if (GroupOf(call) is { } group)
            {
                if (NamesStaff(group))
                    return "takes whoever connects into the staff's group";
                if (SentIn(group) is { } sent && (IsSensitive(method) || Words.ContainSequence(sent.Name, "group", "name") || Words.Of(sent.Name) is ["group" or "room" or "channel" or "topic"] && IsSensitive(method)))
                    return $"takes whoever connects into the group of any '{sent.Name}'";
            }
            else if (SpeaksToOthers(call) && IsSensitive(method) && call.Arguments.Any(argument => SentIn(argument.Value) is not null))
            {
                return "tells other clients whatever its caller says";
            }
        }
        return null;
    }

    /// <summary>Where the method takes its caller into a group that is named for an order or a customer whom the caller names; null where it does not.</summary>
    public static (IOperation Place, string Id)? JoinedById(IMethodSymbol method, IOperation code)
    {
        if (AsksWhoCalls(code.Syntax))
            return null;
        foreach (var operation in code.DescendantsAndSelf())
        {
            if (operation is IInvocationOperation call && GroupOf(call) is { } group && SentIn(group) is { Name: var id } && NamesThing(id, method))
                return (call, id);
        }
        return null;
    }

    /// <summary>Where a client is taken into a group, as it connects, that its own query names: <c>Request.Query["userId"]</c>; null where it is not.</summary>
    public static (IOperation Place, string Id)? JoinedByQuery(IMethodSymbol method, IOperation code, RequestData request)
    {
        if (method is not { Name: "OnConnectedAsync", IsOverride: true } || AsksWhoCalls(code.Syntax))
            return null;
        foreach (var operation in code.DescendantsAndSelf())
        {
            if (operation is not IInvocationOperation call || GroupOf(call) is not { } group)
                continue;
            foreach (var part in group.DescendantsAndSelf())
            {
                if (part is ILocalReferenceOperation { Local.Name: var id } local && NamesThing(id, method) && request.Holds(local))
                    return (call, id);
            }
        }
        return null;
    }

    /// <summary>Whether the method takes its caller into the staff's group and does not ask who he is.</summary>
    public static bool JoinsStaff(IOperation code) => !AsksWhoCalls(code.Syntax) && code.DescendantsAndSelf().Any(operation => operation is IInvocationOperation call && GroupOf(call) is { } group && NamesStaff(group));

    // Groups.AddToGroupAsync(Context.ConnectionId, name): the name.
    private static IOperation? GroupOf(IInvocationOperation call)
    {
        if (call.TargetMethod is not { Name: "AddToGroupAsync" or "AddToGroup", Parameters.Length: >= 2 })
            return null;
        var name = call.Arguments.FirstOrDefault(argument => argument.Parameter?.Name == "groupName")?.Value.WithoutConversions();
        return name is ILocalReferenceOperation local && Flow.InitialValue(local) is { } initial ? initial : name;
    }

    private static bool NamesStaff(IOperation group) => group.DescendantsAndSelf().Any(part =>
        part.ConstantValue is { HasValue: true, Value: string text } && Words.ContainAny(text, Staff) || part is IMemberReferenceOperation { Member.Name: var name } && Words.ContainAny(name, Staff));

    // Clients.Group(...).SendAsync("event", order), Clients.All.OrderChanged(order): not Clients.Caller.
    private static bool SpeaksToOthers(IInvocationOperation call)
    {
        var receiver = EntityFramework.Receiver(call);
        if (receiver is not (IInvocationOperation { TargetMethod.Name: "Group" or "Groups" or "User" or "Users" or "Client" or "Clients" or "OthersInGroup" or "AllExcept" or "GroupExcept" } or IPropertyReferenceOperation { Property.Name: "All" or "Others" }))
            return false;
        var from = receiver is IInvocationOperation chosen ? chosen.Instance : ((IPropertyReferenceOperation)receiver).Instance;
        return from?.WithoutConversions() is IPropertyReferenceOperation { Property.Name: "Clients" };
    }

    // The method's own parameter, as it is or within a text: $"order_{orderId}".
    private static IParameterSymbol? SentIn(IOperation value)
    {
        foreach (var part in value.DescendantsAndSelf())
        {
            if (part is IParameterReferenceOperation { Parameter: { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Ordinary } } parameter } && !RequestData.IsService(parameter))
                return parameter;
        }
        return null;
    }

    private static bool NamesThing(string id, IMethodSymbol method) => Ownership.NamesOwner(id) || Ownership.SpeakOfBelonging(id) || Words.Of(id) is [.., var last] words && Ids.Contains(last) && words.Length <= 1 && Ownership.SpeakOfBelonging(method.Name);

    // An order, a customer, a price: a chat's rooms and messages are neither.
    private static bool IsSensitive(IMethodSymbol method) => Speaks(method.Name) || Speaks(method.ContainingType.Name)
        || method.Parameters.Any(parameter => Speaks(parameter.Name) || Ownership.NamesOwner(parameter.Name) || Ownership.OwnedIn(parameter.Type) is not null);

    private static bool Speaks(string name) => Ownership.SpeakOfBelonging(name) || Words.ContainAny(name, Goods) || Words.ContainAny(name, Staff);

    private static bool AsksWhoCalls(SyntaxNode code) => (Callers.In(code) & (CallerChecks.Identity | CallerChecks.Proof)) != 0;

    // OnConnectedAsync() { if (!Context.User.Identity.IsAuthenticated) Context.Abort(); }
    private static bool RefusesStrangers(INamedTypeSymbol hub)
    {
        for (INamedTypeSymbol? type = hub; type is not null && type.Name != "Hub"; type = type.BaseType)
        {
            foreach (var connected in type.GetMembers("OnConnectedAsync"))
            {
                if (connected.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax().DescendantTokens().Any(token => token.ValueText is "Abort" or "HubException") || Callers.In(reference.GetSyntax()).HasFlag(CallerChecks.Denies)))
                    return true;
            }
        }
        return false;
    }
}
