using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Payments;

public sealed class UnguardedBalanceUpdateTests() : RuleTest("RISK2008")
{
    private const string Wallets = """
        public class Wallet { public int Id { get; set; } public decimal Balance { get; set; } }
        public class Promo { public int Id { get; set; } public string Code { get; set; } = ""; public int UsedCount { get; set; } public int MaxUses { get; set; } }
        public class WalletDb : DbContext { public DbSet<Wallet> Wallets => Set<Wallet>(); public DbSet<Promo> Promos => Set<Promo>(); }

        """;

    [Fact]
    public Task Stock_checked_and_subtracted() => Flags("""
        public class C : ShopCode
        {
            public async Task<bool> ReserveAsync(int productId, int qty)
            {
                var p = await db.Products.FirstAsync(x => x.Id == productId);
                if (p.Stock < qty) return false;
                [|p.Stock -= qty|];
                await db.SaveChangesAsync();
                return true;
            }
        }
        """);

    [Fact]
    public Task A_wallet_spent() => Flags(Wallets + """
        public class WalletService(WalletDb db)
        {
            public async Task PayAsync(int id, decimal amount)
            {
                var wallet = await db.Wallets.FindAsync(id) ?? throw new InvalidOperationException();
                if (wallet.Balance < amount) throw new InvalidOperationException("insufficient funds");
                [|wallet.Balance = wallet.Balance - amount|];
                await db.SaveChangesAsync();
            }
        }
        """);

    [Fact]
    public Task A_coupon_use_counted() => Flags(Wallets + """
        public class CouponService(WalletDb db)
        {
            public async Task<bool> Redeem(string code)
            {
                var promo = await db.Promos.SingleOrDefaultAsync(p => p.Code == code);
                if (promo is null || promo.UsedCount >= promo.MaxUses) return false;
                [|promo.UsedCount++|];
                await db.SaveChangesAsync();
                return true;
            }
        }
        """);

    [Fact]
    public Task Stock_of_each_line() => Flags("""
        public class C : ShopCode
        {
            public async Task Place(Order order)
            {
                var stored = await db.Orders.Include(o => o.Lines).FirstAsync(o => o.Id == order.Id);
                foreach (var line in stored.Lines)
                {
                    [|line.Product!.Stock -= line.Quantity|];
                }
                await db.SaveChangesAsync();
            }
        }
        """);

    [Fact]
    public Task A_method_of_the_entity() => Flags("""
        public class StockItem { public Guid Id { get; private set; } public int Available { get; private set; } public void Take(int count) { if (Available < count) throw new InvalidOperationException(); Available -= count; } }
        public interface IStockRepository { Task<StockItem?> GetByIdAsync(Guid id); Task UpdateAsync(StockItem item); }
        public class ReserveHandler(IStockRepository items)
        {
            public async Task Handle(Guid id, int count)
            {
                var item = await items.GetByIdAsync(id);
                if (item is null) return;
                [|item.Take(count)|];
                await items.UpdateAsync(item);
            }
        }
        """);

    [Fact]
    public Task A_repository_of_ones_own() => Flags("""
        public class GiftCard { public int Id { get; set; } public decimal RemainingBalance { get; set; } }
        public interface IGiftCards { Task<GiftCard> GetAsync(string code); Task SaveAsync(GiftCard card); }
        public class GiftCardService(IGiftCards giftCardRepository)
        {
            public async Task Use(string code, decimal amount)
            {
                var card = await giftCardRepository.GetAsync(code);
                card.RemainingBalance = Math.Max(0, card.RemainingBalance - amount);
                await giftCardRepository.SaveAsync(card);
            }
        }
        """.Replace("IGiftCards", "IGiftCardRepository").Replace("card.RemainingBalance = Math.Max(0, card.RemainingBalance - amount)", "[|card.RemainingBalance = Math.Max(0, card.RemainingBalance - amount)|]"));

    [Fact]
    public Task A_minimal_api() => Flags("""
        public static class Api
        {
            public static void Map(WebApplication app)
            {
                app.MapPost("/transfer", async (int from, int to, decimal amount, ShopDb db) =>
                {
                    var sender = await db.Customers.FindAsync(from);
                    if (sender is null || sender.Balance < amount) return Results.BadRequest();
                    [|sender.Balance -= amount|];
                    await db.SaveChangesAsync();
                    return Results.Ok();
                });
            }
        }
        """);

    [Fact]
    public Task A_transaction_of_the_usual_isolation() => Flags("""
        public class C : ShopCode
        {
            public async Task Take(int id)
            {
                await using var transaction = await db.Database.BeginTransactionAsync();
                var product = await db.Products.FindAsync(id);
                [|product!.Stock--|];
                await db.SaveChangesAsync();
                await transaction.CommitAsync();
            }
        }
        """);

    [Fact]
    public Task Stock_given_back() => Flags("""
        public class C : ShopCode
        {
            public async Task Cancel(int orderId)
            {
                var order = await db.Orders.Include(o => o.Lines).SingleAsync(o => o.Id == orderId);
                order.Status = OrderStatus.Cancelled;
                var products = await db.Products.Where(p => order.Lines.Select(l => l.ProductId).Contains(p.Id)).ToListAsync();
                foreach (var line in order.Lines)
                {
                    var product = products.First(p => p.Id == line.ProductId);
                    [|product.Stock += line.Quantity|];
                }
                await db.SaveChangesAsync();
            }
        }
        """);

    [Fact]
    public Task An_entity_that_was_handed_in() => Flags("""
        public class C : ShopCode
        {
            private async Task Deduct(Product product, int quantity)
            {
                [|product.Stock -= quantity|];
                db.Products.Update(product);
                await db.SaveChangesAsync();
            }
        }
        """);

    [Fact]
    public Task Two_wallets_in_one_transfer() => Flags(Wallets + """
        public class TransferService(WalletDb db)
        {
            public async Task Transfer(int a, int b, decimal amount)
            {
                var from = await db.Wallets.SingleAsync(w => w.Id == a);
                var to = await db.Wallets.SingleAsync(w => w.Id == b);
                [|from.Balance -= amount|];
                to.Balance += amount;
                await db.SaveChangesAsync();
            }
        }
        """);

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
    public Task The_fix_adds_a_row_version() => Fixes("""
        public class Wallet
        {
            public int Id { get; set; }
            public decimal Balance { get; set; }
        }
        public class WalletDb : DbContext { public DbSet<Wallet> Wallets => Set<Wallet>(); }
        public class C(WalletDb db)
        {
            public async Task Spend(int id, decimal amount) { var w = await db.Wallets.FirstAsync(x => x.Id == id); [|w.Balance -= amount|]; await db.SaveChangesAsync(); }
        }
        """, """
        public class Wallet
        {
            public int Id { get; set; }
            public decimal Balance { get; set; }

            [System.ComponentModel.DataAnnotations.Timestamp]
            public byte[]? RowVersion { get; set; }
        }
        public class WalletDb : DbContext { public DbSet<Wallet> Wallets => Set<Wallet>(); }
        public class C(WalletDb db)
        {
            public async Task Spend(int id, decimal amount) { var w = await db.Wallets.FirstAsync(x => x.Id == id); w.Balance -= amount; await db.SaveChangesAsync(); }
        }
        """);

    [Fact]
    public Task An_entity_that_checks_and_subtracts() => Flags("""
        public class Article { public int Id { get; set; } public int Stock { get; private set; } public void Reduce(int quantity) { if (Stock < quantity) throw new InvalidOperationException(); [|Stock -= quantity|]; } }
        """);

    [Fact]
    public Task A_stock_that_the_form_overwrites() => Flags("""
        public record ArticleDto(int Stock);
        public class ProductsController : ShopCode
        {
            [HttpPut("{id}")]
            public async Task<IActionResult> Update(int id, [FromBody] ArticleDto dto)
            {
                var product = await db.Products.FindAsync(id);
                if (product is null) return NotFound();
                [|product.Stock = dto.Stock|];
                await db.SaveChangesAsync();
                return NoContent();
            }
        }
        """);

    [Fact]
    public Task An_entity_that_takes_any_stock() => Flags("""
        public class Article { public int Id { get; set; } public int Stock { get; private set; } public void UpdateStock(int quantity) { if (quantity < 0) throw new ArgumentException(); [|Stock = quantity|]; } }
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
}
