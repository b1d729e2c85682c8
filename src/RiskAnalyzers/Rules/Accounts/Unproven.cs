using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Accounts;

/// <summary>What strangers may do with a token that was mailed to them, by an endpoint that asks for none: set a new password, confirm an address, take somebody off a list.</summary>
internal static class Unproven
{
    private static readonly HashSet<string> Proofs = Words.SetOf("token code otp pin signature sig hash key secret answer hmac captcha ticket stamp nonce oob jwt credential session link");

    private static readonly HashSet<string> Asking = Words.SetOf("forgot forgotten request send resend initiate start begin generate link page form view");

    private static readonly WordSequences Steps = new("reset password|password reset|set password|set new password|change password|update password|confirm email|confirm account|confirm user|activate account|activate user|unsubscribe");

    /// <summary>Whether the endpoint takes such a step for whichever address or id it is given.</summary>
    public static bool Is(string name, ImmutableArray<IParameterSymbol> parameters)
    {
        if (!Steps.StandIn(name) || Words.ContainAny(name, Asking))
            return false;
        var (names, proven) = (false, false);
        foreach (var parameter in parameters)
        {
            if (!RequestData.IsService(parameter))
                Look(parameter.Name, parameter.Type, 2, ref names, ref proven);
        }
        return names && !proven;
    }

    private static void Look(string name, ITypeSymbol type, int depth, ref bool names, ref bool proven)
    {
        if (type.SpecialType != SpecialType.None || type.TypeKind != TypeKind.Class && type.TypeKind != TypeKind.Struct || !type.IsOfTheProduct())
        {
            var words = Words.Of(name);
            // The old password is a proof as good as any.
            proven |= words.HaveAny(Proofs) || words.Any(word => word is "old" or "current" or "existing") && words.Contains("password") || type.TypeKind is TypeKind.Error || type.SpecialType == SpecialType.System_Object;
            names |= words is [.., "email" or "mail" or "id" or "username" or "phone"] || words is [.., "email", "address"] or [.., "phone", "number"] or [.., "user", "name"];
            return;
        }
        if (depth == 0)
            return;
        for (ITypeSymbol? ancestor = type; ancestor is { SpecialType: SpecialType.None }; ancestor = ancestor.BaseType)
        {
            foreach (var member in ancestor.GetMembers())
            {
                if (member is IPropertySymbol { IsStatic: false } property && property.Name != "EqualityContract")
                    Look(property.Name, property.Type, depth - 1, ref names, ref proven);
            }
        }
    }
}
