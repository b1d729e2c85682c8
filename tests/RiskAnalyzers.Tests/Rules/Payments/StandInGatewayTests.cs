using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Payments;

public sealed class StandInGatewayTests() : RuleTest("RISK2024")
{
    private const string Types = """
        public abstract class Gateway : IPaymentGateway { public Task<PaymentResult> ChargeAsync(decimal a, string t, string? k = null, CancellationToken c = default) => Task.FromResult(new PaymentResult(true)); public Task<PaymentResult> RefundAsync(string r, decimal a, string? k = null, CancellationToken c = default) => Task.FromResult(new PaymentResult(true)); }
        public class FakePaymentGateway : Gateway { } public class DemoGateway : Gateway { } public class MockGateway : Gateway { } public class SimulatedBank : Gateway { } public class StripeGateway : Gateway { } public class StubFraudCheck : IFraudCheck { public Task<bool> IsFraudulentAsync(Order o) => Task.FromResult(false); }

        """;

    private static string Startup(string statement) => Types + "static class PaymentRegistration { public static void AddPayments(IServiceCollection services, IHostEnvironment environment, IConfiguration config) { " + statement + " } }";

    [Fact]
    public Task A_fake_gateway() => Flags(Startup("services.[|AddScoped<IPaymentGateway, FakePaymentGateway>|]();"));

    [Fact]
    public Task A_demo_gateway_as_a_singleton() => Flags(Startup("services.[|AddSingleton<IPaymentGateway, DemoGateway>|]();"));

    [Fact]
    public Task An_instance() => Flags(Startup("services.[|AddSingleton<IPaymentGateway>|](new MockGateway());"));

    [Fact]
    public Task A_factory() => Flags(Startup("services.[|AddTransient<IPaymentGateway>|](_ => new SimulatedBank());"));

    [Fact]
    public Task Two_types() => Flags(Startup("services.[|AddScoped|](typeof(IPaymentGateway), typeof(FakePaymentGateway));"));

    [Fact]
    public Task Everywhere_but_in_production() => Flags(Startup("if (environment.IsProduction()) services.AddScoped<IPaymentGateway, StripeGateway>(); else services.[|AddScoped<IPaymentGateway, FakePaymentGateway>|]();"));

    [Fact]
    public Task Everywhere_but_on_the_developer_s_machine() => Flags(Startup("if (environment.IsDevelopment()) services.AddScoped<IPaymentGateway, StripeGateway>(); else services.[|AddScoped<IPaymentGateway, MockGateway>|]();"));

    [Fact]
    public Task A_check_of_fraud() => Flags(Startup("services.[|AddScoped<IFraudCheck, StubFraudCheck>|]();"));

    [Fact]
    public Task In_a_chain() => Flags(Startup("services.AddLogging().[|AddScoped<IPaymentGateway, DemoGateway>|]().AddMemoryCache();"));

    [Fact]
    public Task In_the_top_level_code_of_a_payment_service() => Flags(Types + """
        class PaymentProgram { static void Main(string[] args) { var builder = WebApplication.CreateBuilder(args); builder.Services.[|AddScoped<IPaymentGateway, DemoGateway>|](); builder.Build().Run(); } }
        """);

    [Fact]
    public Task For_developers_only() => Allows(Startup("if (environment.IsDevelopment()) services.AddScoped<IPaymentGateway, FakePaymentGateway>(); else services.AddScoped<IPaymentGateway, StripeGateway>();"));

    [Fact]
    public Task The_real_one() => Allows(Startup("services.AddScoped<IPaymentGateway, StripeGateway>();"));

    [Fact]
    public Task A_switch_of_its_own() => Allows(Startup("if (config.GetValue<bool>(\"Payments:UseFake\")) services.AddScoped<IPaymentGateway, FakePaymentGateway>(); else services.AddScoped<IPaymentGateway, StripeGateway>();"));

    [Fact]
    public Task Chosen_by_name() => Allows(Startup("switch (config[\"Payments:Provider\"]) { case \"demo\": services.AddScoped<IPaymentGateway, DemoGateway>(); break; default: services.AddScoped<IPaymentGateway, StripeGateway>(); break; }"));

    [Fact]
    public Task One_of_several() => Allows(Startup("services.AddScoped<IPaymentGateway, StripeGateway>(); services.AddScoped<IPaymentGateway, DemoGateway>();"));

    [Fact]
    public Task A_stand_in_for_something_else() => Allows(Types + """
        interface ICatalogSearch { } class FakeCatalogSearch : ICatalogSearch { }
        static class CheckoutRegistration { public static void Add(IServiceCollection services) => services.AddScoped<ICatalogSearch, FakeCatalogSearch>(); }
        """);

    [Fact]
    public Task Of_a_debug_build() => Allows(Startup("""

        #if DEBUG
        services.AddScoped<IPaymentGateway, FakePaymentGateway>();
        #endif

        """));

    [Fact]
    public Task A_list_that_is_no_container() => Allows(Types + """
        class PaymentCatalog { public List<IPaymentGateway> All() { var list = new List<IPaymentGateway>(); list.Add(new FakePaymentGateway()); return list; } }
        """);

    [Fact]
    public Task The_null_object_of_a_channel() => Allows(Types + """
        interface IPaymentEvents { } class NullPaymentEvents : IPaymentEvents { }
        static class PaymentEventsRegistration { public static void Add(IServiceCollection services) => services.AddSingleton<IPaymentEvents, NullPaymentEvents>(); }
        """);

    [Fact]
    public Task A_real_one_whose_options_speak_of_a_demo() => Allows(Startup("services.AddScoped<IPaymentGateway>(provider => new StripeGateway());"));
}
