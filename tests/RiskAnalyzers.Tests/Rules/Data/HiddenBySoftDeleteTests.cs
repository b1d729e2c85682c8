using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Data;

public sealed class HiddenBySoftDeleteTests() : RuleTest("RISK6014")
{
    private const string Types = """
        class Buyer { public int Id { get; set; } public string Email { get; set; } = ""; public string UserName { get; set; } = ""; public string Nick { get; set; } = ""; public bool IsDeleted { get; set; } public bool IsActive { get; set; } public List<BuyerOrder> Orders { get; set; } = new(); public List<Address> Addresses { get; set; } = new(); }
        class BuyerOrder { public int Id { get; set; } public int BuyerId { get; set; } public Buyer Buyer { get; set; } = null!; public decimal Total { get; set; } public bool IsCancelled { get; set; } }
        class Address { public int Id { get; set; } public int BuyerId { get; set; } public Buyer Buyer { get; set; } = null!; }
        class Article { public Guid Id { get; set; } public string Sku { get; set; } = ""; public DateTime? DeletedAt { get; set; } public List<ArticleLine> Lines { get; set; } = new(); }
        class ArticleLine { public int Id { get; set; } public Guid ArticleId { get; set; } public Article Article { get; set; } = null!; }
        class Provider { public int Id { get; set; } public DateTime? DeletedAt { get; set; } public List<ProviderPayment> Payments { get; set; } = new(); }
        class ProviderPayment { public int Id { get; set; } public int? ProviderId { get; set; } public Provider? Provider { get; set; } }
        """;

    private static string Model(string body, string sets = "") => Types + "class Db : DbContext { " + sets + " protected override void OnModelCreating(ModelBuilder model) { " + body + " } }";

    private const string Filter = "[|HasQueryFilter|]";

    [Fact]
    public Task Orders_of_a_deleted_account() => Flags(Model($"model.Entity<Buyer>().{Filter}(b => !b.IsDeleted);"));

    [Fact]
    public Task Lines_of_a_withdrawn_article() => Flags(Model($"model.Entity<Article>(e => {{ e.HasKey(a => a.Id); e.{Filter}(a => a.DeletedAt == null); }});"));

    [Fact]
    public Task Beside_other_conditions() => Flags(Model($"model.Entity<Buyer>().{Filter}(b => b.IsActive && b.IsDeleted == false);"));

    [Fact]
    public Task In_a_configuration() => Flags(Types + $"class BuyerConfiguration : IEntityTypeConfiguration<Buyer> {{ public void Configure(Microsoft.EntityFrameworkCore.Metadata.Builders.EntityTypeBuilder<Buyer> builder) {{ builder.{Filter}(b => !b.IsDeleted); }} }}");

    [Fact]
    public Task Known_by_the_sets_of_the_context() => Flags("""
        class Shelf { public int Id { get; set; } public bool IsRemoved { get; set; } }
        class CartItem { public int Id { get; set; } public int ShelfId { get; set; } public Shelf Shelf { get; set; } = null!; }
        class Db : DbContext
        {
            public DbSet<CartItem> Items => Set<CartItem>();
            protected override void OnModelCreating(ModelBuilder model) => model.Entity<Shelf>().[|HasQueryFilter|](s => !s.IsRemoved);
        }
        """);

    [Fact]
    public Task A_payment_that_goes_with_its_provider() => Flags(Model($"model.Entity<ProviderPayment>().{Filter}(p => p.Provider != null && p.Provider.DeletedAt == null);"));

    [Fact]
    public Task An_order_that_goes_with_its_buyer() => Flags(Model($"model.Entity<BuyerOrder>().{Filter}(o => !o.Buyer.IsDeleted);"));

    [Fact]
    public Task An_address_that_is_taken_for_ever() => Flags(Model("model.Entity<Buyer>(e => { e.HasIndex(b => b.Email).[|IsUnique|](); e.[|HasQueryFilter|](b => !b.IsDeleted); });"));

    [Fact]
    public Task A_name_that_is_taken_for_ever() => Flags(Model("model.Entity<Buyer>().HasIndex(b => b.UserName).[|IsUnique|](); model.Entity<Buyer>().[|HasQueryFilter|](b => !b.IsDeleted);"));

    [Fact]
    public Task An_article_number_that_is_taken_for_ever() => Flags(Model("model.Entity<Article>(e => { e.[|HasQueryFilter|](a => a.DeletedAt == null); e.HasIndex(a => a.Sku).[|IsUnique|](); });"));

    [Fact]
    public Task A_named_key_of_text() => Flags("""
        #nullable enable
        class Client { public string Id { get; set; } = ""; public bool IsDeleted { get; set; } public List<Rental> Rentals { get; set; } = new(); }
        class Rental { public int Id { get; set; } public string ClientId { get; set; } = ""; public Client Client { get; set; } = null!; }
        class Db : DbContext { protected override void OnModelCreating(ModelBuilder model) => model.Entity<Client>().[|HasQueryFilter|](c => !c.IsDeleted); }
        """);

    [Fact]
    public Task A_payment_may_do_without_its_provider() => Allows(Model("model.Entity<Provider>().HasQueryFilter(p => p.DeletedAt == null);"));

    [Fact]
    public Task Nothing_of_weight_depends_on_it() => Allows("""
        class Post { public int Id { get; set; } public bool IsDeleted { get; set; } public List<Comment> Comments { get; set; } = new(); }
        class Comment { public int Id { get; set; } public int PostId { get; set; } public Post Post { get; set; } = null!; }
        class Db : DbContext { protected override void OnModelCreating(ModelBuilder model) => model.Entity<Post>().HasQueryFilter(p => !p.IsDeleted); }
        """);

    [Fact]
    public Task The_order_has_a_filter_of_its_own() => Allows(Model("model.Entity<Buyer>().HasQueryFilter(b => !b.IsDeleted); model.Entity<BuyerOrder>().HasQueryFilter(o => !o.IsCancelled);"));

    [Fact]
    public Task Every_entity_has_one() => Allows(Model("foreach (var type in model.Model.GetEntityTypes()) Console.WriteLine(type); model.Entity<Buyer>().HasQueryFilter(b => !b.IsDeleted);"));

    [Fact]
    public Task The_cart_of_an_account_that_is_gone() => Allows("""
        class User { public int Id { get; set; } public bool IsDeleted { get; set; } public List<Cart> Carts { get; set; } = new(); public List<OrderNote> Notes { get; set; } = new(); }
        class Cart { public int Id { get; set; } public int UserId { get; set; } public User User { get; set; } = null!; }
        class OrderNote { public int Id { get; set; } public int UserId { get; set; } public User User { get; set; } = null!; }
        class Db : DbContext { protected override void OnModelCreating(ModelBuilder model) => model.Entity<User>().HasQueryFilter(p => !p.IsDeleted); }
        """);

    [Fact]
    public Task A_filter_by_tenant() => Allows(Model("model.Entity<Buyer>().HasQueryFilter(b => b.Id > 0);"));

    [Fact]
    public Task A_filter_of_the_order_by_itself() => Allows(Model("model.Entity<BuyerOrder>().HasQueryFilter(o => !o.IsCancelled);"));

    [Fact]
    public Task The_record_can_be_deleted_itself() => Allows("""
        class Store { public int Id { get; set; } public bool IsDeleted { get; set; } public List<StoreOrder> Orders { get; set; } = new(); }
        class StoreOrder { public int Id { get; set; } public bool IsDeleted { get; set; } public int StoreId { get; set; } public Store Store { get; set; } = null!; }
        class Db : DbContext { protected override void OnModelCreating(ModelBuilder model) => model.Entity<Store>().HasQueryFilter(s => !s.IsDeleted); }
        """);

    [Fact]
    public Task An_index_with_a_filter() => Allows(Model("model.Entity<ProviderPayment>(e => { e.HasIndex(p => p.Id).IsUnique(); }); model.Entity<Provider>(e => { e.HasIndex(p => p.Id).IsUnique(); e.HasQueryFilter(p => p.DeletedAt == null); });"));

    [Fact]
    public Task A_filtered_index_over_the_number() => Allows("""
        class Item { public int Id { get; set; } public string Sku { get; set; } = ""; public bool IsDeleted { get; set; } }
        class Db : DbContext { protected override void OnModelCreating(ModelBuilder model) => model.Entity<Item>(e => { e.HasIndex(i => i.Sku).IsUnique().HasFilter("IsDeleted = 0"); e.HasQueryFilter(i => !i.IsDeleted); }); }
        """);

    [Fact]
    public Task An_index_over_the_flag_as_well() => Allows("""
        class Item { public int Id { get; set; } public string Sku { get; set; } = ""; public bool IsDeleted { get; set; } }
        class Db : DbContext { protected override void OnModelCreating(ModelBuilder model) => model.Entity<Item>(e => { e.HasIndex(i => new { i.Sku, i.IsDeleted }).IsUnique(); e.HasQueryFilter(i => !i.IsDeleted); }); }
        """);

    [Fact]
    public Task An_index_where_nothing_is_hidden() => Allows(Model("model.Entity<Buyer>().HasIndex(b => b.Email).IsUnique();"));
}
