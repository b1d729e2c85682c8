using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Payments;

public sealed partial class UnguardedBalanceUpdateTests() : RuleTest("RISK2008")
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
        public class StockItem { public Guid Id { get; private set; } public int Available { get; private set; } public void Take(int count) { if (Available < count) throw new InvalidOperationException(); [|Available -= count|]; } }
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

    private const string Mongo = """
        public class Article { public string Id { get; set; } = ""; public string Title { get; set; } = ""; public int Stock { get; set; } }
        public class Page { public string Id { get; set; } = ""; public string Text { get; set; } = ""; }
        public interface IMongoCollection<T> { Task<long> UpdateOneAsync(FilterDefinition<T> filter, UpdateDefinition<T> update); Task<T> FindAsync(string id); }
        public static class MongoExtensions { public static Task<long> ReplaceOneAsync<T>(this IMongoCollection<T> c, System.Linq.Expressions.Expression<Func<T, bool>> filter, T replacement) => Task.FromResult(1L); }
        public class FilterDefinition<T> { public static FilterDefinition<T> operator &(FilterDefinition<T> a, FilterDefinition<T> b) => a; }
        public class UpdateDefinition<T> { }
        public class Filters<T> { public FilterDefinition<T> Eq<V>(System.Linq.Expressions.Expression<Func<T, V>> field, V value) => new(); public FilterDefinition<T> Gte<V>(System.Linq.Expressions.Expression<Func<T, V>> field, V value) => new(); }
        public class Updates<T> { public UpdateDefinition<T> Inc<V>(System.Linq.Expressions.Expression<Func<T, V>> field, V by) => new(); public UpdateDefinition<T> Set<V>(System.Linq.Expressions.Expression<Func<T, V>> field, V value) => new(); }
        public static class Builders<T> { public static Filters<T> Filter => new(); public static Updates<T> Update => new(); }

        """;

    [Fact]
    public Task A_document_that_is_replaced() => Flags(Mongo + "public class Articles(IMongoCollection<Article> articles) { public async Task Update(string id, Article article) { await articles.[|ReplaceOneAsync|](a => a.Id == id, article); } }");

    [Fact]
    public Task An_increment_below_zero() => Flags(Mongo + "public class Articles(IMongoCollection<Article> articles) { public async Task Take(string id, int quantity) { var filter = Builders<Article>.Filter.Eq(a => a.Id, id); var update = Builders<Article>.Update.[|Inc|](a => a.Stock, -quantity); await articles.UpdateOneAsync(filter, update); } }");

    [Fact]
    public Task An_update_in_the_database_without_a_condition() => Flags("public class C : ShopCode { public Task<int> Take(int id, int quantity) => db.Products.Where(p => p.Id == id).ExecuteUpdateAsync(set => set.[|SetProperty|](p => p.Stock, p => p.Stock - quantity)); }");

    private const string Dapper = "public interface IDbConnection { } public static class SqlMapper { public static Task<int> ExecuteAsync(this IDbConnection connection, string sql, object? param = null) => Task.FromResult(1); } ";

    [Fact]
    public Task Sql_that_subtracts() => Flags(Dapper + "public class Wallets(IDbConnection connection) { public Task Pay(int id, decimal amount) => connection.[|ExecuteAsync|](\"UPDATE wallets SET balance = balance - @amount, updated_at = now() WHERE id = @id\", new { id, amount }); }");

    [Fact]
    public Task Sql_that_writes_what_was_read() => Flags(Dapper + "public class Campaigns(IDbConnection connection) { public Task Update(int id, int used, string name) => connection.[|ExecuteAsync|](\"update campaign set name=@name, usedamount=@used where id=@id\", new { id, used, name }); }");

    [Fact]
    public Task What_was_paid_so_far() => Flags("""
        public class Invoice { public int Id { get; set; } public decimal PaidAmount { get; set; } }
        public class Books : DbContext { public DbSet<Invoice> Invoices => Set<Invoice>(); }
        public class PaymentService(Books books)
        {
            public async Task Record(int id, decimal amount)
            {
                var invoice = await books.Invoices.FirstOrDefaultAsync(i => i.Id == id);
                if (invoice == null) return;
                [|invoice.PaidAmount += amount|];
                await books.SaveChangesAsync();
            }
        }
        """);

    [Fact]
    public Task Loaded_and_handed_back_through_a_service() => Flags("""
        public class CampaignDto { public int Id { get; set; } public decimal UsedAmount { get; set; } }
        public interface ICampaignService { Task<CampaignDto> GetById(int id); Task Update(CampaignDto campaign); }
        public class CampaignConsumer(ICampaignService campaigns)
        {
            public async Task Consume(int id, decimal used)
            {
                var campaign = await campaigns.GetById(id);
                [|campaign.UsedAmount += used|];
                await campaigns.Update(campaign);
            }
        }
        """);

    [Fact]
    public Task Put_into_a_list_first() => Flags("""
        public class C : ShopCode
        {
            public async Task Place(List<OrderLine> lines)
            {
                var checkedLines = new List<(Product Product, int Quantity)>();
                foreach (var line in lines)
                {
                    var product = await db.Products.FindAsync(line.ProductId);
                    if (product is null || product.Stock < line.Quantity) throw new InvalidOperationException();
                    checkedLines.Add((product, line.Quantity));
                }
                foreach (var (product, quantity) in checkedLines)
                    [|product.Stock -= quantity|];
                await db.SaveChangesAsync();
            }
        }
        """);

    [Fact]
    public Task An_update_method_that_takes_the_stock_of_the_form() => Flags("""
        public class Article { public int Id { get; set; } public int StockQuantity { get; private set; } public void Update(string name, int stockQuantity) { StockQuantity = stockQuantity; } }
        public record UpdateArticleRequest(string Name, int StockQuantity);
        public interface IArticleRepository { Task<Article?> GetByIdAsync(int id); Task SaveChangesAsync(); }
        public class ArticlesController(IArticleRepository articles) : ControllerBase
        {
            [HttpPut]
            public async Task<IActionResult> Put(int id, UpdateArticleRequest request)
            {
                var article = await articles.GetByIdAsync(id);
                if (article is null) return NotFound();
                [|article.Update(request.Name, stockQuantity: request.StockQuantity)|];
                await articles.SaveChangesAsync();
                return NoContent();
            }
        }
        """);

    [Fact]
    public Task A_conflict_of_inserts_is_no_guard() => Flags("public class C : ShopCode { public async Task Take(int id) { var p = await db.Products.FirstAsync(x => x.Id == id); [|p.Stock--|]; try { await db.SaveChangesAsync(); } catch (DbUpdateException) { throw new InvalidOperationException(); } } }");

    [Fact]
    public Task A_document_without_a_counter() => Allows(Mongo + "public class Pages(IMongoCollection<Page> pages) { public async Task Update(string id, Page page) { await pages.ReplaceOneAsync(a => a.Id == id, page); } }");

    [Fact]
    public Task A_document_under_a_version() => Allows(Mongo.Replace("public int Stock", "public int Version { get; set; } public int Stock") + "public class Articles(IMongoCollection<Article> articles) { public async Task Update(string id, Article article) { await articles.ReplaceOneAsync(a => a.Id == id && a.Version == article.Version, article); } }");

    [Fact]
    public Task An_increment_with_its_condition() => Allows(Mongo + "public class Articles(IMongoCollection<Article> articles) { public async Task<bool> Take(string id, int quantity) { var filter = Builders<Article>.Filter.Eq(a => a.Id, id) & Builders<Article>.Filter.Gte(a => a.Stock, quantity); return await articles.UpdateOneAsync(filter, Builders<Article>.Update.Inc(a => a.Stock, -quantity)) == 1; } }");

    [Fact]
    public Task An_increment_that_restocks() => Allows(Mongo + "public class Articles(IMongoCollection<Article> articles) { public Task Restock(string id, int quantity) => articles.UpdateOneAsync(Builders<Article>.Filter.Eq(a => a.Id, id), Builders<Article>.Update.Inc(a => a.Stock, quantity)); }");

    [Fact]
    public Task An_update_in_the_database_with_its_condition() => Allows("public class C : ShopCode { public Task<int> Take(int id, int quantity) => db.Products.Where(p => p.Id == id).Where(p => p.Stock >= quantity).ExecuteUpdateAsync(set => set.SetProperty(p => p.Stock, p => p.Stock - quantity)); }");

    [Fact]
    public Task Sql_that_asks() => Allows(Dapper + "public class Wallets(IDbConnection connection) { public async Task<bool> Pay(int id, decimal amount) => await connection.ExecuteAsync(\"UPDATE wallets SET balance = balance - @amount WHERE id = @id AND balance >= @amount\", new { id, amount }) == 1; }");

    [Fact]
    public Task Sql_under_a_version() => Allows(Dapper + "public class Products(IDbConnection connection) { public Task Update(int id, int stock, int version) => connection.ExecuteAsync(\"UPDATE products SET stock = @stock, version = version + 1 WHERE id = @id AND version = @version\", new { id, stock, version }); }");

    [Fact]
    public Task Sql_of_another_column() => Allows(Dapper + "public class Products(IDbConnection connection) { public Task Update(int id, decimal price) => connection.ExecuteAsync(\"UPDATE products SET price = @price, last_used = now(), min_stock = @min WHERE id = @id\", new { id, price, min = 1 }); }");

    [Fact]
    public Task The_amount_of_one_payment() => Allows("public class Payment { public int Id { get; set; } public decimal PaidAmount { get; set; } } public class Books : DbContext { public DbSet<Payment> Payments => Set<Payment>(); } public class C(Books books) { public async Task Set(int id, decimal amount) { var payment = await books.Payments.FirstAsync(p => p.Id == id); payment.PaidAmount = amount; await books.SaveChangesAsync(); } }");

    [Fact]
    public Task A_limit_is_no_counter() => Allows("public record PromoForm(int UsageLimit); public class Promo { public int Id { get; set; } public int UsageLimit { get; set; } } public class Promos : DbContext { public DbSet<Promo> All => Set<Promo>(); } public class PromosController(Promos promos) : ControllerBase { [HttpPut] public async Task<IActionResult> Put(int id, [FromBody] PromoForm form) { var promo = await promos.All.FirstAsync(p => p.Id == id); promo.UsageLimit = form.UsageLimit; await promos.SaveChangesAsync(); return Ok(); } }");
}
