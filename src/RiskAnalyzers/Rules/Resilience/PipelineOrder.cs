using System.Runtime.CompilerServices;
using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Resilience;

/// <summary>Middleware that stands at the wrong place of the pipeline, or is prepared and never put into it.</summary>
internal sealed class PipelineOrder : RiskRule
{
    private static readonly ConditionalWeakTable<Compilation, Facts> Known = new();

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK5013",
        title: "Middleware at the wrong place",
        message: "'{0}' {1}: {2}; {3}",
        why: "The pipeline runs in the order in which it is written. A check that comes before what it asks for sees an anonymous caller, one that comes too late has let the request through, and one that is only registered never runs.");

    public PipelineOrder() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        on.Operation(CheckOrder, OperationKind.Invocation);
        on.Operation(CheckRegistration, OperationKind.Invocation);
        on.Declaration(CheckHandler, SymbolKind.Method);
    }

    // Task<IResult> Handle(CheckoutRequest request): there is a CheckoutValidator, and nobody asks it.
    private static void CheckHandler(DeclarationVisit visit)
    {
        if (visit.Symbol is not IMethodSymbol { MethodKind: MethodKind.Ordinary, Name: "Handle" or "HandleAsync" or "ExecuteAsync", Parameters: [{ Type: INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct } request } parameter, ..] } || !request.IsOfTheProduct() || parameter.Locations is not [{ IsInSource: true } place, ..])
            return;
        if (Validators.GetValue(visit.Compilation, FindValidators).TryGetValue(request.Name, out var validator) && ValidatorRuns.In(visit.Compilation).NeverRuns(validator, request.Name))
            visit.Report(place, validator, "is registered and never run", $"whatever a caller sends as '{request.Name}' goes through", "add the behaviour, filter or call that runs it");
    }

    private static readonly ConditionalWeakTable<Compilation, Dictionary<string, string>> Validators = new();

    // class CheckoutValidator : AbstractValidator<CheckoutRequest>, by the request's name.
    private static Dictionary<string, string> FindValidators(Compilation compilation)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var tree in compilation.SyntaxTrees)
        {
            if (!TextSearch.Contains(tree, "AbstractValidator<"))
                continue;
            foreach (var type in tree.GetRoot().DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax).OfType<ClassDeclarationSyntax>())
            {
                if (type.BaseList?.Types.Select(each => each.Type).OfType<GenericNameSyntax>().FirstOrDefault() is { Identifier.ValueText: "AbstractValidator", TypeArgumentList.Arguments: [var request] } && TypeNames.Of(request) is { } name)
                    found[name] = type.Identifier.ValueText;
            }
        }
        return found;
    }

    private static void CheckOrder(OperationVisit visit)
    {
        if (visit.Operation is not IInvocationOperation { TargetMethod.Name: "UseAuthentication" } authentication)
            return;
        IInvocationOperation? authorization = null, https = null, limiter = null, antiforgery = null;
        foreach (var operation in authentication.EnclosingFunction().DescendantsInFunction())
        {
            if (operation is not IInvocationOperation { TargetMethod.Name: var name } call || !name.StartsWith("Use", StringComparison.Ordinal))
                continue;
            switch (name)
            {
                // The first one counts.
                case "UseAuthentication" when NameStart(call) < NameStart(authentication):
                    return;
                case "UseAuthorization":
                    authorization ??= call;
                    break;
                case "UseHttpsRedirection":
                    https ??= call;
                    break;
                case "UseRateLimiter":
                    limiter ??= call;
                    break;
                case "UseAntiforgery":
                    antiforgery ??= call;
                    break;
            }
        }
        if (IsBefore(authorization, authentication))
            Report(visit, authorization!, "stands before UseAuthentication", "nobody is signed in yet when it decides, so that everybody is refused or taken for a stranger", "put UseAuthentication first");
        if (https is not null && IsBefore(authentication, https))
            Report(visit, https, "stands behind UseAuthentication", "passwords and tokens are read from plain HTTP before anybody is sent to HTTPS", "put it first");
        if (IsBefore(antiforgery, authentication))
            Report(visit, antiforgery!, "stands before UseAuthentication", "its token is bound to nobody", "put it behind UseAuthorization");
        if (IsBefore(limiter, authentication) && Known.GetValue(visit.Compilation, Read).LimitsByUser)
            Report(visit, limiter!, "stands before UseAuthentication", "the limit for each user sees no user, and all share one", "put it behind UseAuthentication");
    }

    // services.AddRateLimiter(...) in a program that never uses it
    private static void CheckRegistration(OperationVisit visit)
    {
        var call = (IInvocationOperation)visit.Operation;
        if (call.TargetMethod.Name.StartsWith("AddValidators", StringComparison.Ordinal) && Known.GetValue(visit.Compilation, Read) is { RunsValidators: false })
        {
            visit.Report(call.CalledName(), call.TargetMethod.Name, "registers validators that nothing runs", "whatever a caller sends goes through", "add the behaviour, filter or call that runs them");
            return;
        }
        if (call.TargetMethod.Name is not "AddRateLimiter" || EntityFramework.Receiver(call)?.Type?.Name != "IServiceCollection" || Known.GetValue(visit.Compilation, Read) is not { RunsProgram: true, UsesLimiter: false })
            return;
        visit.Report(call.CalledName(), "AddRateLimiter", "is never put into the pipeline", "nothing is limited, and passwords and cards are tried without end", "call UseRateLimiter");
    }

    private static void Report(OperationVisit visit, IInvocationOperation call, string how, string harm, string instead) => visit.Report(call.CalledName(), call.TargetMethod.Name, how, harm, instead);

    private static bool IsBefore(IInvocationOperation? first, IInvocationOperation second) => first is not null && NameStart(first) < NameStart(second);

    private static int NameStart(IInvocationOperation call) => call.CalledName().SpanStart;

    // What runs a validator: a behaviour, a filter, or whoever asks for one.
    private static readonly string[] ValidationSigns = { "ValidateAsync(", ".Validate(", "ValidateAndThrow", "IValidator<", "AddFluentValidationAutoValidation", "AddFluentValidation(", "ValidationBehavio", "ValidationFilter", "ValidationPipeline", "ValidationMiddleware", "UseFluentValidation", "AddValidation(", "AddOpenBehavior", "IPipelineBehavior" };

    private static Facts Read(Compilation compilation)
    {
        bool program = false, uses = false, byUser = false, validates = false;
        foreach (var tree in compilation.SyntaxTrees)
        {
            uses |= TextSearch.Contains(tree, "UseRateLimiter");
            if (TextSearch.Contains(tree, "WebApplication") || TextSearch.Contains(tree, "IApplicationBuilder"))
                program |= TextSearch.ContainsAny(tree, new[] { "app.Run", "MapControllers", "UseEndpoints", "UseAuthorization" });
            validates |= TextSearch.ContainsAny(tree, ValidationSigns);
            byUser |= TextSearch.Contains(tree, "AddRateLimiter") && TextSearch.ContainsAny(tree, new[] { ".User.Identity", ".User?.Identity", ".User.Find", ".User?.Find", ".User.Claims" });
        }
        return new Facts(program, uses, byUser, validates);
    }

    private sealed record Facts(bool RunsProgram, bool UsesLimiter, bool LimitsByUser, bool RunsValidators);
}
