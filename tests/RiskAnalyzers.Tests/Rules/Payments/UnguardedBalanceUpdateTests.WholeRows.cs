namespace RiskAnalyzers.Tests.Rules.Payments;

/// <summary>Rows that are saved with all their columns and all that was loaded beside them.</summary>
public sealed partial class UnguardedBalanceUpdateTests
{
    [Fact]
    public Task A_repository_that_saves_the_whole_product() => Flags("""
        public class ProductRepository(ShopDb db)
        {
            public async Task SaveAsync(Product product) { [|db.Products.Update(product)|]; await db.SaveChangesAsync(); }
        }
        """);

    [Fact]
    public Task An_order_saved_with_the_products_of_its_lines() => Flags("""
        public class OrderRepository
        {
            private readonly ShopDb _db;
            public OrderRepository(ShopDb db) => _db = db;
            public Task<Order?> Find(int id) => _db.Orders.Include(o => o.Lines).ThenInclude(l => l.Product).FirstOrDefaultAsync(o => o.Id == id);
            public Task Update(Order order) { [|_db.Update(order)|]; return _db.SaveChangesAsync(); }
        }
        """);

    [Fact]
    public Task All_lines_at_once() => Flags("""
        public class LineStore(ShopDb db)
        {
            public Task<List<OrderLine>> Of(int order) => db.Set<OrderLine>().Include("Product").ToListAsync();
            public async Task Save(List<OrderLine> lines) { [|db.UpdateRange(lines)|]; await db.SaveChangesAsync(); }
        }
        """);

    [Fact]
    public Task An_entry_that_is_marked_by_hand() => Flags(Wallets + """
        public class WalletRepository(WalletDb context)
        {
            public async Task Modify(Wallet wallet) { [|context.Entry(wallet).State = EntityState.Modified|]; await context.SaveChangesAsync(); }
        }
        """);

    [Fact]
    public Task A_price_form_that_writes_the_stock_again() => Flags("""
        public class C : ShopCode
        {
            public async Task Reprice(int id, decimal price)
            {
                var product = await db.Products.FindAsync(id) ?? throw new InvalidOperationException();
                product.Price = price;
                [|db.Products.Update(product)|];
                await db.SaveChangesAsync();
            }
        }
        """);

    [Fact]
    public Task A_generic_repository_of_a_shop() => Flags("""
        public class Repository<T> where T : class
        {
            private readonly ShopDb _context;
            public Repository(ShopDb context) => _context = context;
            public void Update(T entity) => [|_context.Set<T>().Update(entity)|];
        }
        """);

    [Fact]
    public Task An_order_whose_lines_are_loaded_alone() => Allows("""
        public class OrderRepository(ShopDb db)
        {
            public Task<Order?> Find(int id) => db.Orders.Include(o => o.Lines).FirstOrDefaultAsync(o => o.Id == id);
            public Task Update(Order order) { db.Update(order); return db.SaveChangesAsync(); }
        }
        """);

    [Fact]
    public Task A_row_with_a_version() => Allows("""
        public class Article { public int Id { get; set; } public int Stock { get; set; } [Timestamp] public byte[]? RowVersion { get; set; } }
        public class ArticleDb : DbContext { public DbSet<Article> Articles => Set<Article>(); }
        public class ArticleRepository(ArticleDb db) { public Task Save(Article article) { db.Articles.Update(article); return db.SaveChangesAsync(); } }
        """);

    [Fact]
    public Task A_row_that_counts_nothing() => Allows("""
        public class CouponRepository(ShopDb db) { public Task Save(Coupon coupon) { db.Coupons.Update(coupon); return db.SaveChangesAsync(); } }
        """);

    [Fact]
    public Task A_save_without_update() => Allows("""
        public class ProductRepository(ShopDb db)
        {
            public async Task Rename(int id, string name) { var product = await db.Products.FindAsync(id); if (product is null) return; product.Name = name; await db.SaveChangesAsync(); }
        }
        """);

    [Fact]
    public Task An_update_of_the_column_that_changed() => Allows("""
        public class ProductRepository(ShopDb db)
        {
            public async Task Rename(Product product) { db.Attach(product); db.Entry(product).Property(p => p.Name).IsModified = true; await db.SaveChangesAsync(); }
        }
        """);

    private const string Versioned = """
        public class Article { public int Id { get; set; } public string Name { get; set; } = ""; public int Stock { get; set; } [Timestamp] public byte[]? RowVersion { get; set; } public void Update(string name, int stock) { Name = name; Stock = stock; } }
        public class ArticleDb : DbContext { public DbSet<Article> Articles => Set<Article>(); }

        """;

    [Fact]
    public Task A_form_without_the_version_of_its_row() => Flags(Versioned + """
        public class ArticleForm { public string Name { get; set; } = ""; public int Stock { get; set; } }
        [ApiController] public class ArticlesController(ArticleDb db) : ControllerBase
        {
            [HttpPut("{id}")] public async Task<IActionResult> Put(int id, ArticleForm form)
            {
                var article = await db.Articles.FindAsync(id);
                if (article is null) return NotFound();
                [|article.Update(form.Name, form.Stock)|];
                await db.SaveChangesAsync();
                return Ok();
            }
        }
        """);

    [Fact]
    public Task A_form_that_brings_the_version_along() => Allows(Versioned + """
        public class ArticleForm { public string Name { get; set; } = ""; public int Stock { get; set; } public byte[]? RowVersion { get; set; } }
        [ApiController] public class ArticlesController(ArticleDb db) : ControllerBase
        {
            [HttpPut("{id}")] public async Task<IActionResult> Put(int id, ArticleForm form)
            {
                var article = await db.Articles.FindAsync(id);
                if (article is null) return NotFound();
                db.Entry(article).Property(a => a.RowVersion).OriginalValue = form.RowVersion;
                article.Stock = form.Stock;
                await db.SaveChangesAsync();
                return Ok();
            }
        }
        """);

    [Fact]
    public Task A_step_whose_caller_saves() => Flags("""
        public class AwardHandler(ShopDb db)
        {
            public async Task Handle(int id)
            {
                var customer = await db.Customers.FirstAsync(c => c.Id == id);
                Award(customer, 12m);
                await db.SaveChangesAsync();
            }
            private void Award(Customer customer, decimal earned) => [|customer.Balance += earned|];
        }
        """);

    [Fact]
    public Task A_step_that_nobody_saves() => Allows("""
        public class Preview(ShopDb db)
        {
            public async Task<decimal> Show(int id)
            {
                var customer = await db.Customers.FirstAsync(c => c.Id == id);
                Award(customer, 12m);
                return customer.Balance;
            }
            private void Award(Customer customer, decimal earned) => customer.Balance += earned;
        }
        """);
}
