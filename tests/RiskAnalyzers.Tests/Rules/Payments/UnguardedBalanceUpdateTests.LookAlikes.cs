using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Payments;

/// <summary>What looks like the risk and is none.</summary>
public sealed partial class UnguardedBalanceUpdateTests
{
    [Fact]
    public Task A_row_version() => Allows("""
        public class Wallet { public int Id { get; set; } public decimal Balance { get; set; } [Timestamp] public byte[] RowVersion { get; set; } = []; }
        public class WalletDb : DbContext { public DbSet<Wallet> Wallets => Set<Wallet>(); }
        public class C(WalletDb db)
        {
            public async Task Spend(int id, decimal amount) { var w = await db.Wallets.FirstAsync(x => x.Id == id); w.Balance -= amount; await db.SaveChangesAsync(); }
        }
        """);

    [Fact]
    public Task A_concurrency_check_on_the_column() => Allows("""
        public class Stock { public int Id { get; set; } [ConcurrencyCheck] public int Quantity { get; set; } }
        public class StockDb : DbContext { public DbSet<Stock> Stocks => Set<Stock>(); }
        public class C(StockDb db) { public async Task Take(int id) { var s = await db.Stocks.FindAsync(id); s!.Quantity--; await db.SaveChangesAsync(); } }
        """);

    [Fact]
    public Task A_token_in_the_configuration() => Allows("""
        public class Ticket { public int Id { get; set; } public int Remaining { get; set; } public uint Row { get; set; } }
        public class TicketDb : DbContext
        {
            public DbSet<Ticket> Tickets => Set<Ticket>();
            protected override void OnModelCreating(ModelBuilder builder) => builder.Entity<Ticket>().Property(t => t.Row).IsRowVersion();
        }
        public class C(TicketDb db) { public async Task Sell(int id) { var t = await db.Tickets.FindAsync(id); t!.Remaining--; await db.SaveChangesAsync(); } }
        """);

    [Fact]
    public Task A_serializable_transaction() => Allows("""
        public class C : ShopCode
        {
            public async Task Take(int id)
            {
                await using var transaction = await db.Database.BeginTransactionAsync(System.Data.IsolationLevel.Serializable);
                var product = await db.Products.FindAsync(id);
                product!.Stock--;
                await db.SaveChangesAsync();
                await transaction.CommitAsync();
            }
        }
        """);

    [Fact]
    public Task One_at_a_time() => Allows("""
        public class C : ShopCode
        {
            private static readonly SemaphoreSlim Gate = new(1, 1);
            public async Task Take(int id)
            {
                await Gate.WaitAsync();
                try { var product = await db.Products.FindAsync(id); product!.Stock--; await db.SaveChangesAsync(); }
                finally { Gate.Release(); }
            }
        }
        """);

    [Fact]
    public Task A_guarded_statement() => Allows("""
        public class C : ShopCode
        {
            public async Task<bool> Take(int id, int qty) =>
                await db.Products.Where(p => p.Id == id && p.Stock >= qty).ExecuteUpdateAsync(s => s.SetProperty(p => p.Stock, p => p.Stock - qty)) == 1;
        }
        """);

    [Fact]
    public Task The_quantity_of_a_cart_line() => Allows("""
        public class C : ShopCode
        {
            public async Task Add(int id) { var line = (await db.Orders.Include(o => o.Lines).FirstAsync(o => o.Id == id)).Lines[0]; line.Quantity += 1; await db.SaveChangesAsync(); }
        }
        """);

    [Fact]
    public Task A_total_of_one_order() => Allows("""
        public class C : ShopCode
        {
            public async Task AddFee(int id, decimal fee) { var order = await db.Orders.FindAsync(id); order!.Total += fee; await db.SaveChangesAsync(); }
        }
        """);

    [Fact]
    public Task A_conflict_that_is_handled() => Allows("""
        public class C : ShopCode
        {
            public async Task<bool> Take(int id)
            {
                var product = await db.Products.FindAsync(id);
                product!.Stock--;
                try { await db.SaveChangesAsync(); return true; }
                catch (DbUpdateConcurrencyException) { return false; }
            }
        }
        """);

    [Fact]
    public Task A_new_entity_that_is_filled() => Allows("""
        public class C : ShopCode
        {
            public async Task Import(IEnumerable<int> counts)
            {
                var product = new Product();
                foreach (var count in counts)
                    product.Stock += count;
                db.Products.Add(product);
                await db.SaveChangesAsync();
            }
        }
        """);

    [Fact]
    public Task A_running_balance_that_is_only_shown() => Allows("""
        public class Statement { public decimal Balance { get; set; } }
        public class C : ShopCode
        {
            public async Task<Statement> Show(int id)
            {
                var orders = await db.Orders.Where(o => o.Id == id).ToListAsync();
                var statement = new Statement();
                foreach (var order in orders)
                    statement.Balance += order.Total;
                return statement;
            }
        }
        """);

    [Fact]
    public Task Nothing_is_saved() => Allows("""
        public class C : ShopCode
        {
            public async Task<int> Preview(int id, int qty) { var p = await db.Products.AsNoTracking().FirstAsync(x => x.Id == id); p.Stock -= qty; return p.Stock; }
        }
        """);

    [Fact]
    public Task A_grain() => Allows("""
        public class Grain { }
        public class WalletState { public int Id { get; set; } public decimal Balance { get; set; } }
        public interface IStore { Task<WalletState> LoadAsync(); Task SaveAsync(WalletState state); }
        public class WalletGrain(IStore store) : Grain
        {
            public async Task Spend(decimal amount) { var state = await store.LoadAsync(); state.Balance -= amount; await store.SaveAsync(state); }
        }
        """);

    [Fact]
    public Task An_entity_under_a_token() => Allows("""
        public class Article { public int Id { get; set; } [Timestamp] public byte[]? RowVersion { get; set; } public int Stock { get; private set; } public void Reduce(int quantity) { if (Stock < quantity) throw new InvalidOperationException(); Stock -= quantity; } public void UpdateStock(int quantity) { Stock = quantity; } }
        """);

    [Fact]
    public Task A_new_article() => Allows("""
        public record ArticleDto(int Stock);
        public class ProductsController : ShopCode
        {
            [HttpPost]
            public async Task<IActionResult> Create([FromBody] ArticleDto dto) { var product = new Product { Stock = dto.Stock }; product.Stock = dto.Stock; db.Products.Add(product); await db.SaveChangesAsync(); return Ok(); }
        }
        """);

    [Fact]
    public Task Counted_for_the_answer_only() => Allows("public class ReportDto { public int Sold { get; set; } } public interface IReports { Task<ReportDto> GetAsync(); } public class C(IReports reports, ShopDb db) { public async Task<ReportDto> M(Order order) { var report = await reports.GetAsync(); report.Sold += 1; db.Orders.Add(order); await db.SaveChangesAsync(); return report; } }");
}
