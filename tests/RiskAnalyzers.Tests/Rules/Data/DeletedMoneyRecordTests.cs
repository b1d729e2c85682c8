using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Data;

public sealed class DeletedMoneyRecordTests() : RuleTest("RISK6013")
{
    private const string Books = """
        public class Customer2 { public int Id { get; set; } public List<Invoice> Invoices { get; set; } = new(); }
        public class Payment { public int Id { get; set; } public decimal Amount { get; set; } public Invoice? Invoice { get; set; } public List<Refund> Refunds { get; set; } = new(); }
        public class Refund { public int Id { get; set; } public int PaymentId { get; set; } public Payment? Payment { get; set; } }
        public enum InvoiceState { Draft, Issued, Paid }
        public class Invoice { public int Id { get; set; } public int CustomerId { get; set; } public Customer2? Customer { get; set; } public InvoiceState State { get; set; } }
        public class PaymentMethod { public int Id { get; set; } }
        public class LedgerEntry { public int Id { get; set; } }
        public class Books : DbContext { public DbSet<Payment> Payments => Set<Payment>(); public DbSet<Refund> Refunds => Set<Refund>(); public DbSet<Invoice> Invoices => Set<Invoice>(); public DbSet<PaymentMethod> Methods => Set<PaymentMethod>(); public DbSet<LedgerEntry> Entries => Set<LedgerEntry>(); }
        public interface IPaymentRepository { Task<Payment?> GetAsync(int id); Task DeleteAsync(Payment payment); }
        public interface IRepository<T> { Task DeleteAsync(int id); }

        """;

    [Fact]
    public Task A_payment_of_a_set() => Flags(Books + "public class PaymentService(Books books) { public async Task<bool> DeletePayment(int id) { var payment = await books.Payments.FindAsync(id); if (payment == null) return false; books.Payments.[|Remove|](payment); await books.SaveChangesAsync(); return true; } }");

    [Fact]
    public Task A_payment_of_a_repository() => Flags(Books + "public class DeletePaymentHandler(IPaymentRepository payments) { public async Task Handle(int id) { var payment = await payments.GetAsync(id); if (payment is not null) await payments.[|DeleteAsync|](payment); } }");

    [Fact]
    public Task By_its_key() => Flags(Books + "public class InvoicesController(IRepository<Invoice> invoices) : ControllerBase { [HttpDelete(\"{id}\")] public async Task<IActionResult> Delete(int id) { await invoices.[|DeleteAsync|](id); return NoContent(); } }");

    [Fact]
    public Task Refunds_in_one_statement() => Flags(Books + "public class RefundService(Books books) { public Task<int> Forget(int payment) => books.Refunds.Where(r => r.PaymentId == payment).[|ExecuteDeleteAsync|](); }");

    [Fact]
    public Task Through_the_context() => Flags(Books + "public class LedgerService(Books books) { public void Undo(LedgerEntry entry) { books.[|Remove|](entry); books.SaveChanges(); } }");

    [Fact]
    public Task A_list_of_them() => Flags(Books + "public class AccountService(Books books) { public async Task Close(int customer) { var invoices = await books.Invoices.Where(i => i.CustomerId == customer).ToListAsync(); books.Invoices.[|RemoveRange|](invoices); await books.SaveChangesAsync(); } }");

    [Fact]
    public Task A_cascade_from_the_payment() => Flags(Books + "public class PaymentModel : DbContext { protected override void OnModelCreating(ModelBuilder model) { model.Entity<Refund>().HasOne(r => r.Payment).WithMany(p => p.Refunds).HasForeignKey(r => r.PaymentId).[|OnDelete|](DeleteBehavior.Cascade); } }");

    [Fact]
    public Task A_cascade_from_the_customer() => Flags(Books + "public class BillingModel : DbContext { protected override void OnModelCreating(ModelBuilder model) => model.Entity<Customer2>(entity => { entity.HasMany(c => c.Invoices).WithOne(i => i.Customer).[|OnDelete|](DeleteBehavior.Cascade); }); }");

    [Fact]
    public Task A_transaction_of_a_wallet() => Flags("public class WalletTransaction { public int Id { get; set; } } public class Wallets : DbContext { public DbSet<WalletTransaction> All => Set<WalletTransaction>(); } public class C(Wallets wallets) { public void M(WalletTransaction t) => wallets.All.[|Remove|](t); }");

    [Fact]
    public Task An_endpoint() => Flags(Books + "public static class Api { public static void Map(WebApplication app) => app.MapDelete(\"/refunds/{id}\", async (int id, Books books) => { var refund = await books.Refunds.FindAsync(id); books.Refunds.[|Remove|](refund!); await books.SaveChangesAsync(); return Results.NoContent(); }); }");

    [Fact]
    public Task A_stored_card() => Allows(Books + "public class CardService(Books books) { public void Forget(PaymentMethod method) { books.Methods.Remove(method); books.SaveChanges(); } }");

    [Fact]
    public Task A_product() => Allows("public class C : ShopCode { public void M(Product p) { db.Products.Remove(p); db.SaveChanges(); } }");

    [Fact]
    public Task Deleted_is_a_flag_of_it() => Allows("public class Invoice { public int Id { get; set; } public bool IsDeleted { get; set; } } public class Books : DbContext { public DbSet<Invoice> Invoices => Set<Invoice>(); } public class C(Books books) { public void M(Invoice invoice) { books.Invoices.Remove(invoice); books.SaveChanges(); } }");

    [Fact]
    public Task Taken_back_after_a_failure() => Allows(Books + "public class PaymentService(Books books, IPaymentGateway gateway) { public async Task Pay(Order order) { var payment = new Payment(); books.Payments.Add(payment); await books.SaveChangesAsync(); var result = await gateway.ChargeAsync(1m, \"t\"); if (!result.Success) books.Payments.Remove(payment); } }");

    [Fact]
    public Task In_a_catch() => Allows(Books + "public class PaymentService(Books books) { public async Task Pay(Payment payment) { try { await books.SaveChangesAsync(); } catch (DbUpdateException) { books.Payments.Remove(payment); throw; } } }");

    [Fact]
    public Task Drafts_only() => Allows(Books + "public class InvoiceService(Books books) { public async Task Delete(int id) { var invoice = await books.Invoices.FirstAsync(i => i.Id == id); if (invoice.State != InvoiceState.Draft) throw new InvalidOperationException(); books.Invoices.Remove(invoice); await books.SaveChangesAsync(); } }");

    [Fact]
    public Task Restricted() => Allows(Books + "public class PaymentModel : DbContext { protected override void OnModelCreating(ModelBuilder model) { model.Entity<Refund>().HasOne(r => r.Payment).WithMany(p => p.Refunds).OnDelete(DeleteBehavior.Restrict); } }");

    [Fact]
    public Task A_cascade_of_lines() => Allows("public class Model : DbContext { protected override void OnModelCreating(ModelBuilder model) { model.Entity<Order>().HasMany(o => o.Lines).WithOne().OnDelete(DeleteBehavior.Cascade); } }");

    [Fact]
    public Task A_list_in_memory() => Allows(Books + "public class View { public void Hide(List<Payment> shown, Payment payment) { shown.Remove(payment); } }");

    [Fact]
    public Task A_retention_job() => Allows(Books + "public class PaymentRetentionJob(Books books) { public Task<int> Run() => books.Payments.Where(p => p.Amount == 0).ExecuteDeleteAsync(); }");

    [Fact]
    public Task Data_for_a_demonstration() => Allows(Books + "public class PaymentSeeder(Books books) { public void Reset(Payment p) { books.Payments.Remove(p); books.SaveChanges(); } }");

    private const string People = """
        public class Buyer { public int Id { get; set; } public List<Purchase> Purchases { get; set; } = new(); public bool IsDeleted2 { get; set; } }
        public class Purchase { public int Id { get; set; } public int BuyerId { get; set; } public int? AgentId { get; set; } public Buyer Buyer { get; set; } = null!; public Buyer? Agent { get; set; } public Invoice? Invoice { get; set; } }
        public class Invoice { public int Id { get; set; } public int PurchaseId { get; set; } public Purchase Purchase { get; set; } = null!; }
        public class Customer3 { public int Id { get; set; } public bool IsDeleted { get; set; } public List<Booking> Bookings { get; set; } = new(); }
        public class Booking { public int Id { get; set; } public int CustomerId { get; set; } public Customer3 Customer { get; set; } = null!; }

        """;

    private static string Model(string configuration) => People + "public class SalesModel : DbContext { protected override void OnModelCreating(ModelBuilder model) { " + configuration + " } }";

    [Fact]
    public Task Sales_that_go_with_the_buyer() => Flags(Model("model.Entity<Purchase>().HasOne(p => p.Buyer).WithMany(b => b.Purchases).HasForeignKey(p => p.BuyerId).[|OnDelete|](DeleteBehavior.Cascade);"));

    [Fact]
    public Task Sales_that_go_by_default() => Flags(Model("model.Entity<Buyer>().HasMany(b => b.Purchases).WithOne(p => p.Buyer).[|HasForeignKey|](p => p.BuyerId);"));

    [Fact]
    public Task An_invoice_that_goes_with_its_sale() => Flags(Model("model.Entity<Purchase>().HasOne(p => p.Invoice).WithOne(i => i.Purchase).HasForeignKey<Invoice>(i => i.PurchaseId).[|OnDelete|](DeleteBehavior.Cascade);"));

    [Fact]
    public Task Lines_of_past_orders_that_go_with_the_product() => Flags("public class OrderItem { public int Id { get; set; } public int ProductId { get; set; } public Product Product { get; set; } = null!; } public class SalesModel : DbContext { protected override void OnModelCreating(ModelBuilder model) => model.Entity<OrderItem>(entity => { entity.HasOne(i => i.Product).WithMany().[|HasForeignKey|](i => i.ProductId); }); }");

    [Fact]
    public Task A_key_that_may_be_empty() => Allows(Model("model.Entity<Purchase>().HasOne(p => p.Agent).WithMany().HasForeignKey(p => p.AgentId);"));

    [Fact]
    public Task Buyers_that_are_only_marked() => Allows(Model("model.Entity<Customer3>().HasMany(c => c.Bookings).WithOne(b => b.Customer).HasForeignKey(b => b.CustomerId);"));

    [Fact]
    public Task A_default_that_is_overruled() => Allows(Model("model.Entity<Buyer>().HasMany(b => b.Purchases).WithOne(p => p.Buyer).HasForeignKey(p => p.BuyerId).OnDelete(DeleteBehavior.NoAction);"));

    private const string Sales = """

        public class PlacedOrder { public int Id { get; set; } public string? PaymentIntentId { get; set; } public decimal Total { get; set; } }
        public class DraftBasketOrder { public int Id { get; set; } public decimal Total { get; set; } }
        public class SalesDb : DbContext { public DbSet<PlacedOrder> Orders => Set<PlacedOrder>(); public DbSet<DraftBasketOrder> Drafts => Set<DraftBasketOrder>(); }
        public interface IPaymentService { Task CancelIntentAsync(string id); }
        """;

    [Fact]
    public Task An_order_whose_intent_stays_payable() => Flags(
        "class C(SalesDb db) { async Task CancelAbandoned(int id) { var order = await db.Orders.FindAsync(id); if (order == null) return; db.Orders.[|Remove|](order); await db.SaveChangesAsync(); } }" + Sales);

    [Fact]
    public Task An_order_whose_intent_is_cancelled_first() => Allows(
        "class C(SalesDb db, IPaymentService payments) { async Task CancelAbandoned(int id) { var order = await db.Orders.FindAsync(id); if (order?.PaymentIntentId == null) return; await payments.CancelIntentAsync(order.PaymentIntentId); db.Orders.Remove(order); await db.SaveChangesAsync(); } }" + Sales);

    [Fact]
    public Task An_order_that_nobody_can_pay_yet() => Allows(
        "class C(SalesDb db) { async Task Drop(int id) { var order = await db.Drafts.FindAsync(id); if (order == null) return; db.Drafts.Remove(order); await db.SaveChangesAsync(); } }" + Sales);
}
