using System.Runtime.CompilerServices;
using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Resilience;

/// <summary>A context or scoped service that something keeps for the life of the process: all requests share it.</summary>
internal sealed class CaptiveScope : RiskRule
{
    private static readonly ConditionalWeakTable<Compilation, Registrations> Known = new();

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK5014",
        title: "A service of one request is shared by all",
        message: "'{0}' {1}: two requests use it at once, one customer's changes are saved by another's request, and what failed once fails for ever; {2}",
        why: "A DbContext is made for one unit of work. Kept by a singleton or by middleware it tracks the rows of all customers, throws when two requests meet, and repeats a save that failed with every save that follows.");

    private static readonly HashSet<string> Managers = Words.SetOf("UserManager SignInManager RoleManager");

    public CaptiveScope() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        on.Operation(CheckRegistration, OperationKind.Invocation);
        on.Declaration(CheckConstructors, SymbolKind.NamedType);
    }

    // AddDbContext<ShopDb>(..., ServiceLifetime.Singleton), AddSingleton<ShopDb>()
    private static void CheckRegistration(OperationVisit visit)
    {
        var call = (IInvocationOperation)visit.Operation;
        switch (call.TargetMethod.Name)
        {
            case "AddDbContext":
                if (call.Arguments.FirstOrDefault(argument => argument.Parameter?.Name == "contextLifetime") is { ArgumentKind: ArgumentKind.Explicit, Value: { } lifetime } && lifetime.ReferencedSymbol()?.Name == "Singleton")
                    visit.Report(lifetime, call.TargetMethod.TypeArguments.LastOrDefault()?.Name ?? "the context", "is registered as a singleton", "leave its lifetime scoped");
                break;
            case "AddSingleton" or "TryAddSingleton":
                if (call.TargetMethod.TypeArguments.FirstOrDefault(EntityFramework.IsContext) is { } context)
                    visit.Report(call.CalledName(), context.Name, "is registered as a singleton", "use AddDbContext, or AddDbContextFactory where a singleton needs one");
                break;
        }
    }

    private static void CheckConstructors(DeclarationVisit visit)
    {
        if (visit.Symbol is not INamedTypeSymbol { TypeKind: TypeKind.Class, IsAbstract: false } type)
            return;
        if (type.InstanceConstructors.All(constructor => constructor.Parameters.IsEmpty))
            return;
        var isMiddleware = type.InstanceConstructors.Any(constructor => constructor.Parameters.Any(parameter => parameter.Type.Name == "RequestDelegate"));
        var registrations = Known.GetValue(visit.Compilation, Find);
        var isHosted = type.AllInterfaces.Any(contract => contract.Name == "IHostedService");
        if (!isMiddleware && !isHosted && !registrations.Singletons.Contains(type.Name))
            return;
        foreach (var parameter in type.InstanceConstructors.Where(constructor => !constructor.IsImplicitlyDeclared).SelectMany(constructor => constructor.Parameters))
        {
            if (!IsScoped(parameter.Type, registrations) || parameter.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(visit.Cancellation) is not ParameterSyntax declared)
                continue;
            visit.Report(declared, parameter.Type.Name, $"is kept by '{type.Name}', which lives as long as the process", isMiddleware ? "take it as a parameter of InvokeAsync" : "take an IServiceScopeFactory, and make a scope for each piece of work");
        }
    }

    private static bool IsScoped(ITypeSymbol type, Registrations registrations) => type.TypeKind is TypeKind.Class or TypeKind.Interface && type.Name is not ("IHttpContextAccessor" or "IServiceProvider" or "IConfiguration")
        && (EntityFramework.IsContext(type) && !type.Name.EndsWith("HttpContext", StringComparison.Ordinal) || Managers.Contains(type.Name) && !registrations.Others.Contains(type.Name) || registrations.Scoped.Contains(type.Name) && !registrations.Others.Contains(type.Name));

    private static readonly string[] Registering = { "AddScoped", "AddSingleton", "AddTransient" };

    private static readonly NodeNotes<Registrations> InFile = new(Read);

    private static Registrations Find(Compilation compilation)
    {
        var found = new Registrations(new(StringComparer.Ordinal), new(StringComparer.Ordinal), new(StringComparer.Ordinal));
        foreach (var tree in compilation.SyntaxTrees)
        {
            if (!TextSearch.ContainsAny(tree, Registering))
                continue;
            var here = InFile.Of(tree.GetRoot());
            found.Scoped.UnionWith(here.Scoped);
            found.Singletons.UnionWith(here.Singletons);
            found.Others.UnionWith(here.Others);
        }
        return found;
    }

    // By syntax, as services are registered: AddScoped<IOrders, Orders>(), AddSingleton<Prices>(), AddHostedService<Worker>().
    private static Registrations Read(SyntaxNode root)
    {
        var found = new Registrations(new(StringComparer.Ordinal), new(StringComparer.Ordinal), new(StringComparer.Ordinal));
        foreach (var name in root.DescendantNodes().OfType<GenericNameSyntax>())
        {
            var types = name.TypeArgumentList.Arguments.Select(NameOf).ToList();
            switch (name.Identifier.ValueText)
            {
                case "AddScoped" or "TryAddScoped":
                    found.Scoped.UnionWith(types);
                    break;
                case "AddSingleton" or "TryAddSingleton":
                    found.Others.UnionWith(types);
                    found.Singletons.Add(types[types.Count - 1]);
                    break;
                case "AddTransient" or "TryAddTransient":
                    found.Others.UnionWith(types);
                    break;
            }
        }
        return found;
    }

    private static string NameOf(TypeSyntax type) => type switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => type.ToString(),
    };

    private sealed record Registrations(HashSet<string> Scoped, HashSet<string> Singletons, HashSet<string> Others);
}
