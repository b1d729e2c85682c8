using RiskAnalyzers.Rules;
using RiskAnalyzers.StandIns;
using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.StandIns;

/// <summary>A shop whose packages nobody restored is read as if they were there.</summary>
public sealed class UnrestoredPackagesTests
{
    private static readonly string FrameworkFolder = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
    private static readonly string WebFolder = Path.GetDirectoryName(typeof(Microsoft.AspNetCore.Http.HttpContext).Assembly.Location)!;

    // What every SDK brings, and nothing from a registry.
    private static readonly MetadataReference[] Framework = CompilerReferences.All
        .Where(reference => Path.GetDirectoryName(reference.Display!) is { } folder && (folder == FrameworkFolder || folder == WebFolder || Path.GetFileName(reference.Display!) == "RiskAnalyzers.Annotations.dll"))
        .Where(reference => !Path.GetFileName(reference.Display!).StartsWith("Microsoft.EntityFrameworkCore", StringComparison.Ordinal))
        .ToArray();

    private const string Usings = """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading;
        using System.Threading.Tasks;

        """;

    private static CSharpCompilation Unrestored(params string[] files) =>
        Analysis.Compile([.. files.Select((text, index) => ($"/shop/Checkout/File{index}.cs", Usings + text))]).WithReferences(Framework);

    private static async Task<string[]> Found(CSharpCompilation compilation, params string[] rules)
    {
        var wanted = RuleCatalogue.All.Where(rule => rules.Contains(rule.Id)).ToImmutableArray();
        var diagnostics = await Analysis.Run(compilation, rules: wanted);
        return [.. diagnostics.Where(d => rules.Contains(d.Id)).Select(d => d.Id + " " + d.Location.SourceTree!.GetText(TestContext.Current.CancellationToken).ToString(d.Location.SourceSpan))];
    }

    [Fact]
    public void Every_outline_compiles_on_the_framework_alone()
    {
        var usings = string.Concat(PackageOutlines.Namespaces.Select(space => $"using {space};\n"));

        var whole = PackageOutlines.Complete(Unrestored(usings), TestContext.Current.CancellationToken);

        Assert.Empty(whole.GetDiagnostics(TestContext.Current.CancellationToken).Where(d => d.Severity == DiagnosticSeverity.Error));
    }

    [Fact]
    public void Nothing_is_added_where_nothing_is_missing()
    {
        var shop = Analysis.Compile(("/shop/Order.cs", "using System.Linq; using Microsoft.EntityFrameworkCore; class Order { }"));

        Assert.Same(shop, PackageOutlines.Complete(shop, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_namespace_that_is_named_from_within_another_is_there()
    {
        var shop = Unrestored("namespace Shop.Payments.Stripe { class Fee { } } namespace Shop.Payments { using Stripe; class Fees { Stripe.Fee? first; Fee? second; } }");

        Assert.Empty(shop.GetDiagnostics(TestContext.Current.CancellationToken).Where(d => d.Severity == DiagnosticSeverity.Error));
        Assert.Same(shop, PackageOutlines.Complete(shop, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_mistyped_namespace_of_a_package_that_is_there_adds_nothing()
    {
        var shop = Analysis.Compile(("/shop/Order.cs", "using Microsoft.EntityFrameworkCore.Strorage; class Order { }"));

        Assert.Empty(PackageOutlines.Complete(shop, TestContext.Current.CancellationToken).References.Except(shop.References));
    }

    [Fact]
    public async Task Saves_of_a_context_are_seen_without_its_package()
    {
        var shop = Unrestored("""
            using Microsoft.EntityFrameworkCore;
            public class Order { public int Id { get; set; } public decimal Total { get; set; } public string CustomerId { get; set; } = ""; }
            public class ShopDb : DbContext { public DbSet<Order> Orders { get; set; } = null!; }
            public class OrderService(ShopDb db)
            {
                public async Task PriceAll(IEnumerable<int> ids)
                {
                    foreach (var id in ids)
                    {
                        var order = await db.Orders.FirstOrDefaultAsync(o => o.Id == id);
                        order!.Total += 1;
                        await db.SaveChangesAsync();
                    }
                }
            }
            """);

        Assert.Equal(2, (await Found(shop, "RISK6002")).Length);
    }

    [Fact]
    public async Task A_repository_from_a_package_of_the_products_own_is_one()
    {
        var shop = Unrestored("""
            using Contoso.BuildingBlocks;
            public class Payment { public Guid Id { get; set; } public string Status { get; set; } = ""; }
            public class PaymentService(IRepository<Payment> payments)
            {
                public async Task Register(IEnumerable<Guid> ids)
                {
                    foreach (var id in ids)
                    {
                        var payment = await payments.GetByIdAsync(id);
                        await payments.UpdateAsync(payment!);
                    }
                }
            }
            """);

        Assert.NotEmpty(await Found(shop, "RISK6002"));
    }

    [Fact]
    public async Task A_repository_that_the_product_declares_stays_its_own()
    {
        var shop = Unrestored(
            "namespace Shop.Core; public interface IRepository<T> { Task<T> Own(int id); }",
            "using Shop.Core; using Contoso.Logging; public class CheckoutService(IRepository<string> names) { public Task<string> Name(int id) => names.Own(id); }");

        var whole = PackageOutlines.Complete(shop, TestContext.Current.CancellationToken);

        Assert.DoesNotContain(whole.References, reference => reference.Display?.Contains("Repository", StringComparison.Ordinal) == true);
        Assert.Empty(await Found(shop, "RISK6002"));
    }

    [Fact]
    public void A_package_that_is_named_in_the_code_alone_is_brought_too()
    {
        var shop = Unrestored("""
            using MediatR;
            public class AuthService
            {
                public bool SignIn(string password, string hash) => BCrypt.Net.BCrypt.Verify(password, hash);
            }
            """);

        var whole = PackageOutlines.Complete(shop, TestContext.Current.CancellationToken);

        Assert.Empty(whole.GetDiagnostics(TestContext.Current.CancellationToken).Where(d => d.Severity == DiagnosticSeverity.Error));
    }

    [Fact]
    public async Task A_referenced_project_lacks_its_packages_too()
    {
        var data = Unrestored("""
            using Microsoft.EntityFrameworkCore;
            namespace Shop.Data;
            public class Order { public int Id { get; set; } }
            public class ShopDb : DbContext { public DbSet<Order> Orders { get; set; } = null!; }
            """).WithAssemblyName("Data");
        var shop = Unrestored("""
            using Microsoft.EntityFrameworkCore;
            using Shop.Data;
            public class CheckoutService(ShopDb db)
            {
                public async Task Clean(IEnumerable<int> ids)
                {
                    foreach (var id in ids)
                    {
                        var order = await db.Orders.FindAsync(id);
                        db.Orders.Remove(order!);
                        await db.SaveChangesAsync();
                    }
                }
            }
            """).AddReferences(data.ToMetadataReference());

        Assert.NotEmpty(await Found(shop, "RISK6002"));
    }

    [Fact]
    public async Task Members_of_every_kind_are_found_again()
    {
        var shop = Unrestored("""
            using MediatR;
            using Stripe;
            public record PayCommand(decimal Amount) : IRequest<long>;
            public class PayHandler : IRequestHandler<PayCommand, long>
            {
                private decimal _total;
                private long Cents => (long)(_total * 100);
                public long Field = (long)(1.15m * new Random().Next() * 100);
                public PayHandler(decimal total) => _total = total;
                public long this[decimal price] { get { return (long)(price * 100); } }
                async Task<long> IRequestHandler<PayCommand, long>.Handle(PayCommand request, CancellationToken cancellationToken)
                {
                    var intent = await new PaymentIntentService().CreateAsync(new PaymentIntentCreateOptions { Amount = (long)(request.Amount * 100), Currency = "eur" });
                    return intent.Amount;
                }
            }
            """);

        Assert.Equal(["RISK1001 (long)(_total * 100)", "RISK1001 (long)(price * 100)", "RISK1001 (long)(request.Amount * 100)"], (await Found(shop, "RISK1001")).Where(found => !found.Contains("1.15m", StringComparison.Ordinal)).Order());
    }

    [Fact]
    public async Task Top_level_code_is_read_as_well()
    {
        var shop = Unrestored("""
            using MediatR;
            using Microsoft.AspNetCore.Builder;
            var app = WebApplication.CreateBuilder(args).Build();
            app.MapPost("/checkout/pay", (Cart cart, ISender sender) => sender.Send(new Pay((long)(cart.Price * 100))));
            app.Run();
            public record Cart(decimal Price);
            public record Pay(long Cents) : IRequest<bool>;
            """).WithOptions(new CSharpCompilationOptions(OutputKind.ConsoleApplication));

        Assert.NotEmpty(await Found(shop, "RISK1001"));
    }

    [Fact]
    public async Task Code_that_is_half_typed_is_no_trouble()
    {
        var shop = Unrestored("""
            using Stripe;
            using MediatR
            using ;
            namespace ;
            public class CheckoutService : IRequestHandler<
            {
                public async Task Pay( => await new PaymentIntentService().CreateAsync(new ;
                private int
            """);

        Assert.DoesNotContain(await Analysis.Run(shop), d => d.Id == "RISK0009");
    }
}
