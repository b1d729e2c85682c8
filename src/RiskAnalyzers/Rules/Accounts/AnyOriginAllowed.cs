using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Accounts;

/// <summary>Cross-origin rules that let every site on the web call the service from its visitors' browsers.</summary>
internal sealed class AnyOriginAllowed : RiskRule
{
    // Policies that say whom they are for: developers, or pages anywhere that embed something public.
    private static readonly HashSet<string> Meant = Words.SetOf("dev development local localhost debug test tests public widget widgets embed embedded static assets fonts swagger openapi");

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK3020",
        title: "Any site may call this service from its visitors' browsers",
        message: "'{0}' lets {2} call orders, payments and accounts from its visitors' browsers{1}; name the shop's own origins, from a setting where they differ",
        why: "The browser's same-origin rule is what keeps a foreign page from reading the shop's answers. A policy for everybody gives it up for all endpoints at once.");

    public AnyOriginAllowed() : base(Risk)
    {
    }

    public override void Listen(RuleListener on) => on.Operation(Check, OperationKind.Invocation);

    private static void Check(OperationVisit visit)
    {
        var call = (IInvocationOperation)visit.Operation;
        if (call.TargetMethod is not { Name: "AllowAnyOrigin" or "SetIsOriginAllowed" or "WithOrigins", ContainingType.Name: "CorsPolicyBuilder" } || !LetsEverybodyIn(call))
        {
            CheckTunnels(visit, call);
            return;
        }
        if (IsMeant(call) || ReadsOnly(call) || Environments.IsForDevelopersOnly(call) || Environments.IsInDebugBuild(call.Syntax) || IsUsedByDevelopersOnly(call, visit.Body))
            return;
        visit.Report(call.CalledName(), call.TargetMethod.Name, ChainOf(call).Contains("AllowCredentials") ? ", with their cookies" : "", "every site on the web");
    }

    // WithOrigins("https://shop.example", "https://amber-fox.ngrok-free.app").AllowCredentials(): the tunnel's name is anybody's tomorrow. RISK7014 sees localhost.
    private static void CheckTunnels(OperationVisit visit, IInvocationOperation call)
    {
        if (call.TargetMethod is not { Name: "WithOrigins", ContainingType.Name: "CorsPolicyBuilder" } || !ChainOf(call).Contains("AllowCredentials"))
            return;
        var origins = call.Arguments.SelectMany(argument => argument.Value.DescendantsAndSelf()).Where(part => part is ILiteralOperation { ConstantValue: { HasValue: true, Value: string } }).ToList();
        var trusted = origins.Find(part => Tunnels.Any(tunnel => Text(part).IndexOf(tunnel, StringComparison.OrdinalIgnoreCase) >= 0));
        if (trusted is null || IsMeant(call) || ReadsOnly(call) || Environments.IsForDevelopersOnly(call) || Environments.IsInDebugBuild(call.Syntax) || IsUsedByDevelopersOnly(call, visit.Body))
            return;
        visit.Report(trusted, Text(trusted), ", with their cookies", "whoever holds that name today");
    }

    private static readonly string[] Tunnels = { "ngrok", "loca.lt", "trycloudflare.com", "devtunnels.ms", "serveo.net", "localtunnel.me" };

    private static string Text(IOperation origin) => (string)origin.ConstantValue.Value!;

    private static bool LetsEverybodyIn(IInvocationOperation call) => call.TargetMethod.Name switch
    {
        "AllowAnyOrigin" => true,
        "WithOrigins" => call.Arguments.Any(argument => argument.Value.DescendantsAndSelf().Any(part => part.ConstantValue is { HasValue: true, Value: "*" })),
        _ => call.Arguments is [{ Value: var test }] && AlwaysTrue(test),
    };

    private static bool AlwaysTrue(IOperation test) => test.DescendantsAndSelf().OfType<IAnonymousFunctionOperation>().FirstOrDefault() is { } lambda
        && lambda.Body.DescendantsInFunction().OfType<IReturnOperation>().ToList() is { Count: > 0 } returns && returns.All(result => result.ReturnedValue?.ConstantValue is { HasValue: true, Value: true });

    private static bool IsMeant(IOperation call) => call.Ancestors().OfType<IInvocationOperation>().Any(ancestor => ancestor.TargetMethod.Name is "AddPolicy" or "UseCors"
        && ancestor.Arguments.Any(argument => argument.Value.ConstantValue is { HasValue: true, Value: string name } && Words.ContainAny(name, Meant)));

    // policy.AllowAnyOrigin().WithMethods("GET") gives out what is public and takes nothing.
    private static bool ReadsOnly(IInvocationOperation call)
    {
        foreach (var part in StatementOf(call).DescendantsAndSelf())
        {
            if (part is IInvocationOperation { TargetMethod.Name: "WithMethods" } methods)
                return methods.Arguments.SelectMany(argument => argument.Value.DescendantsAndSelf()).Select(value => value.ConstantValue).Where(value => value is { HasValue: true, Value: string }).All(value => ((string)value.Value!).ToUpperInvariant() is "GET" or "HEAD" or "OPTIONS");
        }
        return false;
    }

    private static HashSet<string> ChainOf(IOperation call) => new(StatementOf(call).DescendantsAndSelf().OfType<IInvocationOperation>().Select(part => part.TargetMethod.Name), StringComparer.Ordinal);

    private static IOperation StatementOf(IOperation call)
    {
        var statement = call;
        while (statement.Parent is { } parent and not (IBlockOperation or IAnonymousFunctionOperation))
            statement = parent;
        return statement;
    }

    private static bool IsUsedByDevelopersOnly(IOperation call, IOperation body)
    {
        var uses = body.Descendants().OfType<IInvocationOperation>().Where(use => use.TargetMethod.Name is "UseCors" or "RequireCors" && !use.Syntax.Span.Contains(call.Syntax.Span)).ToList();
        return uses.Count > 0 && uses.TrueForAll(Environments.IsForDevelopersOnly);
    }
}
