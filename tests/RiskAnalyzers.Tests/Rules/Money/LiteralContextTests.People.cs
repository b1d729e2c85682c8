namespace RiskAnalyzers.Tests.Rules.Money;

/// <summary>What is told about a buyer and stands in the code.</summary>
public sealed partial class LiteralContextTests
{
    private const string Buyers = "public class Buyer { public string? IdentityNumber { get; set; } public string? Ip { get; set; } public string? GsmNumber { get; set; } public string? Email { get; set; } public string? City { get; set; } }\n";

    [Fact]
    public Task An_identity_that_all_buyers_share() => Flags(Buyers + """
        public class FormService { public Buyer InitializeCheckoutForm(Customer customer) { var buyer = new Buyer(); buyer.Email = customer.Email; buyer.IdentityNumber = [|"74300864791"|]; return buyer; } }
        """);

    [Fact]
    public Task An_address_of_the_network_in_an_initialiser() => Flags(Buyers + """
        public class PaymentRequests { public Buyer For(Customer customer) => For2(customer); private Buyer For2(Customer customer) { return new Buyer { Email = customer.Email, Ip = [|"85.34.78.112"|] }; } }
        """);

    [Fact]
    public Task A_telephone_number_for_want_of_one() => Flags(Buyers + """
        public class PaymentRequests { public void Fill(Buyer buyer, string? phone) { buyer.GsmNumber = phone ?? [|"+905350000000"|]; } }
        """);

    [Fact]
    public Task An_address_in_a_record_of_who_paid() => Flags("""
        public class ChargeOptions2 { public string? ClientIp { get; set; } public decimal Amount { get; set; } }
        public class PaymentGateway { public ChargeOptions2 Build(decimal amount) { var charge = new ChargeOptions2 { Amount = amount }; charge.ClientIp = [|"127.0.0.1"|]; return charge; } }
        """);

    [Fact]
    public Task A_mail_address_of_the_shop() => Allows("""
        public class MailSettings { public string? SupportEmail { get; set; } public string? From { get; set; } }
        public class OrderMails { public MailSettings Make() { return new MailSettings { SupportEmail = "help@shop.test", From = "orders@shop.test" }; } }
        """);

    [Fact]
    public Task A_buyer_of_a_seed() => Allows(Buyers + """
        public class PaymentSeeder { public Buyer Sample() { return new Buyer { IdentityNumber = "11111111111", Ip = "127.0.0.1" }; } }
        """);

    [Fact]
    public Task A_version_that_looks_like_an_address() => Allows("""
        public class PaymentClient { public string? Version { get; set; } public void Prepare() { Version = "1.2.3.4"; } }
        """);

    [Fact]
    public Task The_shop_s_own_people_in_a_model() => Allows("""
        public class Customers : DbContext
        {
            private static void AddAdmin(ModelBuilder model)
            {
                var adminUser = new Customer { Id = 1, Email = "super@admin.com" };
                model.Entity<Customer>().HasData(adminUser, new Customer { Id = 2, Email = "other@admin.com" });
            }
        }
        """);
}
