using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Accounts;

/// <summary>A registration that anybody calls and whose input names a role, handed on whole to code that stands elsewhere.</summary>
internal static class RegisteredRoles
{
    public static void Check(BodyVisit visit, Endpoints endpoints, Reach reach)
    {
        if (visit.Member is not IMethodSymbol { MethodKind: MethodKind.Ordinary, Parameters.IsEmpty: false } method || !Registers(method.Name) || endpoints.Of(method) is not { LetsAnybodyIn: true, IsWrite: true })
            return;
        foreach (var sent in method.Parameters)
        {
            if (RequestData.IsService(sent) || RoleIn(sent.Type) is not { } role || !IsHandedOn(visit.Body, sent) || IsDecided(visit.Body, role))
                continue;
            // Where the code that takes it stands here, it is asked there.
            if (reach.CodeFrom(visit.Body, 3).Skip(1).Any(reached => reached.Syntax.DescendantTokens().Any(token => token.ValueText == role.Name)))
                continue;
            visit.Report(sent.Locations[0], role.Name, "the new account", "leave it out of what a registration may say, and let the staff grant it");
        }
    }

    private static bool Registers(string name) => Words.Of(name).Any(word => word is "register" or "registration" or "signup") || Words.ContainSequence(name, "sign", "up");

    private static IPropertySymbol? RoleIn(ITypeSymbol type) => type.TypeKind is TypeKind.Class or TypeKind.Struct && type.IsOfTheProduct()
        ? type.GetMembers().OfType<IPropertySymbol>().FirstOrDefault(property => OverPosting.IsPrivilege(property) && Words.Of(property.Name) is ["role" or "roles"] or [.., "role" or "roles" or "admin" or "permissions"] && property.SetMethod is not null) : null;

    private static bool IsHandedOn(IOperation body, IParameterSymbol sent) => body.Descendants().Any(part => part is IParameterReferenceOperation { Parent: IArgumentOperation or IConversionOperation { Parent: IArgumentOperation } } given && SymbolEqualityComparer.Default.Equals(given.Parameter, sent));

    // dto.Role = Role.Customer; if (dto.Role != Role.Customer) return BadRequest(): one refused role leaves all others.
    private static bool IsDecided(IOperation body, IPropertySymbol role) => body.Descendants().Any(part => part is IPropertyReferenceOperation { Property: var used } && SymbolEqualityComparer.Default.Equals(used, role)
        && !(part.Parent is IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } || part.Parent is IConversionOperation { Parent: IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } }));
}
