using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using RiskAnalyzers.Language;

namespace RiskAnalyzers.StandIns;

/// <summary>
/// Outlines of the packages that rules read: the types and signatures that shops use most, without bodies. One takes its package's place where files
/// name a namespace of it that no reference brings, which only a project whose packages are not restored does.
/// </summary>
internal static class PackageOutlines
{
    // Name, a type by which the real one is known, its namespaces. In this order: an outline may use what stands before it.
    private static readonly (string Name, string Known, string[] Roots)[] Packages =
    {
        ("MediatR", "MediatR.ISender", new[] { "MediatR" }),
        ("EntityFrameworkCore", "Microsoft.EntityFrameworkCore.DbContext", new[] { "Microsoft.EntityFrameworkCore", "Microsoft.AspNetCore.Identity.EntityFrameworkCore" }),
        ("IdentityEntityFrameworkCore", "Microsoft.AspNetCore.Identity.EntityFrameworkCore.IdentityDbContext", new[] { "Microsoft.AspNetCore.Identity.EntityFrameworkCore" }),
        ("FluentValidation", "FluentValidation.IValidator", new[] { "FluentValidation" }),
        ("AutoMapper", "AutoMapper.IMapper", new[] { "AutoMapper" }),
        ("IdentityModel", "Microsoft.IdentityModel.Tokens.SecurityKey", new[] { "Microsoft.IdentityModel.Tokens", "System.IdentityModel.Tokens.Jwt", "Microsoft.AspNetCore.Authentication.JwtBearer", "Microsoft.AspNetCore.Authentication.OpenIdConnect" }),
        ("JwtBearer", "Microsoft.AspNetCore.Authentication.JwtBearer.JwtBearerOptions", new[] { "Microsoft.AspNetCore.Authentication.JwtBearer" }),
        ("OpenIdConnect", "Microsoft.AspNetCore.Authentication.OpenIdConnect.OpenIdConnectOptions", new[] { "Microsoft.AspNetCore.Authentication.OpenIdConnect" }),
        ("MassTransit", "MassTransit.IPublishEndpoint", new[] { "MassTransit" }),
        ("Stripe", "Stripe.StripeException", new[] { "Stripe" }),
        ("MongoDB", "MongoDB.Driver.IMongoDatabase", new[] { "MongoDB.Driver", "MongoDB.Bson" }),
        ("Dapper", "Dapper.SqlMapper", new[] { "Dapper" }),
        ("Redis", "StackExchange.Redis.IDatabase", new[] { "StackExchange.Redis" }),
        ("Newtonsoft", "Newtonsoft.Json.JsonConvert", new[] { "Newtonsoft.Json" }),
        ("BCrypt", "BCrypt.Net.BCrypt", new[] { "BCrypt.Net" }),
        ("Serilog", "Serilog.ILogger", new[] { "Serilog" }),
        ("Hangfire", "Hangfire.BackgroundJob", new[] { "Hangfire" }),
        ("Wolverine", "Wolverine.IMessageBus", new[] { "Wolverine" }),
        ("Marten", "Marten.IDocumentSession", new[] { "Marten" }),
    };

    // What a product keeps in packages of its own: under the names that such types have everywhere, and only where nobody declares one of that name.
    private static readonly string[] OwnTypes =
    {
        "IRepository", "IGenericRepository", "IBaseRepository", "IRepositoryBase", "IAsyncRepository", "IReadRepository", "IReadOnlyRepository", "IWriteRepository", "IUnitOfWork",
        "IEventBus", "IMessageBus", "IMessagePublisher", "IEventPublisher", "IIntegrationEventPublisher",
    };

    // An outline is compiled once for each core library: projects of one product share it.
    private static readonly ConcurrentDictionary<(string Outline, AssemblyIdentity Core), MetadataReference> Compiled = new();

    private static readonly ConditionalWeakTable<Compilation, Compilation> Known = new();

    // An editor keeps the trees that it did not change.
    private static readonly ConditionalWeakTable<SyntaxTree, (string Name, string Within)[]> Usings = new();

    /// <summary>The namespaces that a file may name to ask for an outline.</summary>
    public static IEnumerable<string> Namespaces => Packages.SelectMany(package => package.Roots);

    /// <summary>The compilation with outlines of what it lacks; itself where it lacks nothing.</summary>
    public static Compilation Complete(Compilation given, CancellationToken cancellation) =>
        Known.TryGetValue(given, out var known) ? known : Known.GetValue(given, each => Find(each, cancellation));

    private static Compilation Find(Compilation given, CancellationToken cancellation)
    {
        var used = NamespacesUsed(given, cancellation);
        // A namespace that nothing brings is an error to the compiler: a build that succeeds is never completed.
        if (used.All(space => IsThere(given, space)))
            return given;
        var named = new HashSet<string>(used.Select(space => space.Name), StringComparer.Ordinal);
        var whole = given;
        // What a referenced project's source derives from is missing there as well.
        foreach (var reference in given.References)
        {
            if (reference is CompilationReference { Compilation: CSharpCompilation project } && Complete(project, cancellation) is var completed && !ReferenceEquals(completed, project))
                whole = whole.ReplaceReference(reference, completed.ToMetadataReference(reference.Properties.Aliases, reference.Properties.EmbedInteropTypes)).AddReferences(completed.References.Except(project.References).Where(outline => outline is not CompilationReference).Except(whole.References));
        }
        foreach (var (name, known, roots) in Packages)
        {
            if (whole.GetTypesByMetadataName(known).IsEmpty && Array.Exists(roots, root => IsNamed(root, named, given)) && ReferenceTo(whole, name, TextOf(name)) is { } outline)
                whole = whole.AddReferences(outline);
        }
        return whole.AddReferences(OwnOutlines(whole, cancellation));
    }

    // using Stripe; or new Stripe.Checkout.SessionService() where no file says it at its head
    private static bool IsNamed(string root, HashSet<string> named, Compilation compilation) => named.Any(space => IsWithin(space, root)) || compilation.SyntaxTrees.Any(tree => TextSearch.Contains(tree, root + "."));

    private static bool IsWithin(string space, string root) => space.StartsWith(root, StringComparison.Ordinal) && (space.Length == root.Length || space[root.Length] == '.');

    // What the files name, without what every SDK brings.
    private static HashSet<(string Name, string Within)> NamespacesUsed(Compilation compilation, CancellationToken cancellation)
    {
        var used = new HashSet<(string, string)>();
        foreach (var tree in compilation.SyntaxTrees)
            used.UnionWith(Usings.GetValue(tree, each => UsingsOf(each, cancellation)));
        return used;
    }

    private static (string Name, string Within)[] UsingsOf(SyntaxTree tree, CancellationToken cancellation) =>
        tree.GetRoot(cancellation) is not CompilationUnitSyntax file ? Array.Empty<(string, string)>()
        : file.Usings.Select(directive => (Directive: directive, Within: "")).Concat(file.Members.OfType<BaseNamespaceDeclarationSyntax>().SelectMany(space => space.Usings.Select(directive => (Directive: directive, Within: space.Name.ToString()))))
            .Where(each => each.Directive is { Alias: null, StaticKeyword.RawKind: 0, Name: QualifiedNameSyntax or IdentifierNameSyntax })
            .Select(each => (Name: each.Directive.Name!.ToString(), each.Within))
            .Where(each => each.Name is var name && !(name.StartsWith("System", StringComparison.Ordinal) && !name.StartsWith("System.IdentityModel", StringComparison.Ordinal)) && !name.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal))
            .ToArray();

    // namespace Shop { using Orders; } may mean Shop.Orders.
    private static bool IsThere(Compilation compilation, (string Name, string Within) used)
    {
        for (var outer = used.Within; outer.Length > 0; outer = outer.Substring(0, Math.Max(0, outer.LastIndexOf('.'))))
        {
            if (Exists(compilation, outer + "." + used.Name))
                return true;
        }
        return Exists(compilation, used.Name);
    }

    private static bool Exists(Compilation compilation, string name)
    {
        var space = compilation.GlobalNamespace;
        foreach (var part in name.Split('.'))
        {
            INamespaceSymbol? next = null;
            foreach (var member in space.GetMembers(part))
                next ??= member as INamespaceSymbol;
            if (next is null)
                return false;
            space = next;
        }
        return true;
    }

    // Each type by itself: two projects of one product may lack different ones.
    private static IEnumerable<MetadataReference> OwnOutlines(Compilation whole, CancellationToken cancellation)
    {
        var unknown = OwnTypes.Where(name => whole.SyntaxTrees.Any(tree => TextSearch.Contains(tree, name)) && !whole.ContainsSymbolsWithName(name, SymbolFilter.Type, cancellation)
            && !whole.SourceModule.ReferencedAssemblySymbols.Any(assembly => assembly.TypeNames.Contains(name))).ToList();
        if (unknown.Count == 0)
            yield break;
        var file = (CompilationUnitSyntax)CSharpSyntaxTree.ParseText(TextOf("Own"), cancellationToken: cancellation).GetRoot(cancellation);
        foreach (var name in unknown)
        {
            var only = file.WithMembers(SyntaxFactory.List(file.Members.Where(member => member is BaseTypeDeclarationSyntax type && type.Identifier.ValueText == name)));
            if (ReferenceTo(whole, name, only.ToFullString()) is { } outline)
                yield return outline;
        }
    }

    private static MetadataReference? ReferenceTo(Compilation compilation, string name, string text)
    {
        if (compilation.GetSpecialType(SpecialType.System_Object) is not { TypeKind: TypeKind.Class, ContainingAssembly.Identity: var core })
            return null;
        // What one project cannot compile another may: only what succeeded is kept.
        if (Compiled.TryGetValue((name, core), out var known))
            return known;
        return Compile(compilation, name, text) is { } outline ? Compiled.GetOrAdd((name, core), outline) : null;
    }

    // Signatures alone. Where the references lack even what an outline stands on, there is none.
    private static MetadataReference? Compile(Compilation compilation, string name, string text)
    {
        using var image = new MemoryStream();
        var outline = CSharpCompilation.Create(
            "RiskAnalyzers.Outline." + name,
            new[] { CSharpSyntaxTree.ParseText(text) },
            compilation.References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        if (!outline.Emit(image, options: new Microsoft.CodeAnalysis.Emit.EmitOptions(metadataOnly: true)).Success)
            return null;
        return MetadataReference.CreateFromImage(image.ToArray());
    }

    private static string TextOf(string name)
    {
        using var stream = typeof(PackageOutlines).GetTypeInfo().Assembly.GetManifestResourceStream("Outlines/" + name + ".txt");
        using var reader = new StreamReader(stream!);
        return reader.ReadToEnd();
    }
}
