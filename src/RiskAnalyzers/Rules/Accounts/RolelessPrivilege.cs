using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Accounts;

/// <summary>Work of the staff that every signed-in customer can do, in a project that tells roles apart elsewhere.</summary>
internal sealed class RolelessPrivilege : RiskRule
{
    private static readonly HashSet<string> Rights = Words.SetOf("permission permissions privilege role roles acl");

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK3014",
        title: "Every signed-in customer may do the staff's work",
        message: "'{0}' is the staff's work and asks for nothing but a sign-in, which every customer has; demand a role or policy, as other endpoints of this project do",
        why: "A bare [Authorize] keeps strangers out, not customers. Whoever registers can approve, refund and reprice.");

    public RolelessPrivilege() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        var endpoints = Endpoints.In(on.Facts);
        var reach = Reach.In(on.Facts);
        on.Body(visit => CheckMember(visit, endpoints, reach));
        on.Operation(visit => CheckMap(visit, endpoints, reach), OperationKind.Invocation);
    }

    /// <summary>Whether the rule reports the endpoint, unless its code looks at roles or owners.</summary>
    public static bool Concerns(Endpoints endpoints, Endpoint endpoint, string name, INamedTypeSymbol? type) =>
        endpoint is { Access: EndpointAccess.Authenticated } && (endpoint.IsWrite ? StaffVerbs.Speaks(endpoint, name, type) : StaffVerbs.ShowsBackOffice(endpoint, type)) && endpoints.UseRoles;

    private static void CheckMember(BodyVisit visit, Endpoints endpoints, Reach reach)
    {
        if (visit.Member is not IMethodSymbol { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: Accessibility.Public } method)
            return;
        if (endpoints.Of(method) is not { } endpoint || endpoint.Declaration is InvocationExpressionSyntax)
            return;
        if (endpoint is { Kind: EndpointKind.HubMethod, Access: EndpointAccess.Authenticated } && HubGroups.JoinsStaff(visit.Body))
            visit.Report(method.Locations[0], method.Name);
        else if (Concerns(endpoints, endpoint, method.Name, method.ContainingType) && !LooksAtRights(visit.Body, reach, visit.Compilation.Assembly))
            visit.Report(method.Locations[0], method.Name);
    }

    private static void CheckMap(OperationVisit visit, Endpoints endpoints, Reach reach)
    {
        var call = (IInvocationOperation)visit.Operation;
        if (!call.TargetMethod.Name.StartsWith("Map", StringComparison.Ordinal) || endpoints.OfMap(call) is not { Code: { } code } mapped)
            return;
        if (!Concerns(endpoints, mapped.Endpoint, mapped.Handler.Name, null) || LooksAtRights(code, reach, visit.Compilation.Assembly))
            return;
        visit.Report(call.Syntax is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } ? access.Name : call.Syntax, mapped.Endpoint.Verb + " " + mapped.Endpoint.Route);
    }

    // Who approved is written down everywhere; who may is a question of roles, permissions or ownership.
    private static bool LooksAtRights(IOperation code, Reach reach, IAssemblySymbol here)
    {
        foreach (var body in reach.From(code, 2))
        {
            foreach (var operation in body.DescendantsAndSelf())
            {
                switch (operation)
                {
                    case IInvocationOperation { TargetMethod: var method } when method.Name is "IsInRole" or "HasClaim" or "AuthorizeAsync" or "Forbid" || Words.ContainAny(method.Name, Rights) || method.ContainingType is { } type && Words.ContainAny(type.Name, Rights):
                    // Told who asks, code that stands elsewhere may compare.
                    case IInvocationOperation { Instance: not null, Arguments.Length: > 1 } told when !SymbolEqualityComparer.Default.Equals(told.TargetMethod.ContainingAssembly, here) && told.TargetMethod.IsOfTheProduct()
                        && !LogCalls.IsLog(told) && told.Arguments.Any(argument => Callers.IsIdentity(argument.Value)):
                    case IPropertyReferenceOperation { Property: var property } when Words.ContainAny(property.Name, Rights) || property.Name == "IsAdmin":
                    case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } compared
                        when IsOwnerCheck(compared.LeftOperand, compared.RightOperand) || IsOwnerCheck(compared.RightOperand, compared.LeftOperand):
                        return true;
                }
            }
        }
        return false;
    }

    private static bool IsOwnerCheck(IOperation caller, IOperation other) => other.WithoutConversions().ConstantValue is not { HasValue: true } && Callers.IsIdentity(caller);
}
