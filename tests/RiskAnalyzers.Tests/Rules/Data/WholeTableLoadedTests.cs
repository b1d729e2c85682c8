using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Data;

public sealed partial class WholeTableLoadedTests() : RuleTest("RISK6004")
{
    private const string Mongo = """
        class FilterDefinition<T> { public static FilterDefinition<T> Empty => new(); }
        interface IFindFluent<T> { Task<List<T>> ToListAsync(); IFindFluent<T> Limit(int n); }
        interface IMongoCollection<T> { Task<long> DeleteManyAsync(FilterDefinition<T> filter); }
        static class IMongoCollectionExtensions
        {
            public static Task<long> DeleteManyAsync<T>(this IMongoCollection<T> c, System.Linq.Expressions.Expression<Func<T, bool>> filter) => Task.FromResult(0L);
            public static IFindFluent<T> Find<T>(this IMongoCollection<T> c, System.Linq.Expressions.Expression<Func<T, bool>> filter) => null!;
        }

        """;

    private static string Code(string body) => $"class C : ShopCode {{ public async Task<object?> M(int id, string customer, CancellationToken token) {{ await Task.Yield(); {body} }} }}";

    [Fact]
    public Task Filtered_after_loading() => Fixes(
        Code("return [|(await db.Products.ToListAsync()).Where(p => p.Price < 10m)|].ToList();"),
        Code("return await db.Products.Where(p => p.Price < 10m).ToListAsync();"));

    [Fact]
    public Task The_first_of_all() => Fixes(
        Code("return [|(await db.Orders.Include(o => o.Lines).ToListAsync(token)).FirstOrDefault(o => o.Id == id)|];"),
        Code("return await db.Orders.Include(o => o.Lines).FirstOrDefaultAsync(o => o.Id == id, token);"));

    [Fact]
    public Task Synchronously() => Fixes(
        Code("return [|db.Customers.ToList().Any(c => c.IsAdmin && c.Balance > 0)|];"),
        Code("return db.Customers.Any(c => c.IsAdmin && c.Balance > 0);"));

    [Fact]
    public Task Kept_in_a_list() => Fixes(
        Code("var open = [|db.Orders.AsNoTracking().ToList().Where(o => o.CustomerId == customer)|]; return open.Count();"),
        Code("var open = db.Orders.AsNoTracking().Where(o => o.CustomerId == customer).ToList(); return open.Count();"));

    [Fact]
    public Task As_enumerable() => Flags(Code("return [|db.Orders.AsEnumerable().Where(o => o.CustomerId == customer)|].ToList();"));

    [Fact]
    public Task Summed_in_memory() => Flags(Code("return [|(await db.Orders.ToArrayAsync()).Sum(o => o.Total)|];"));

    [Fact]
    public Task Counted_by_its_length() => Flags(Code("return [|(await db.Orders.ToListAsync()).Count|];"));

    [Fact]
    public Task Paged_in_memory() => Flags(Code("return [|(await db.Products.OrderBy(p => p.Name).ToListAsync()).Skip(20)|].Take(20).ToList();"));

    [Fact]
    public Task Ordered_then_taken() => Flags(Code("return [|db.Products.ToList().OrderByDescending(p => p.Price).Take(10)|];"));

    [Fact]
    public Task A_local_that_is_only_searched() => Flags(Code("var coupons = [|await db.Coupons.ToListAsync()|]; var one = coupons.FirstOrDefault(c => c.Code == customer); return one ?? coupons.Find(c => c.Id == id);"));

    [Fact]
    public Task A_local_set_by_name() => Flags(Code("var all = [|db.Set<Customer>().ToList()|]; if (all.Exists(c => c.Email == customer)) return Conflict(); return Ok();"));

    [Fact]
    public Task A_loop_that_asks_first() => Flags(Code("decimal sum = 0; foreach (var order in [|await db.Orders.ToListAsync()|]) { if (order.CustomerId == customer) sum += order.Total; } return sum;"));

    [Fact]
    public Task A_loop_that_continues() => Flags(Code("decimal sum = 0; var orders = [|db.Orders.ToList()|]; foreach (var order in orders) { if (order.CustomerId != customer) continue; sum += order.Total; log.LogInformation(\"x\"); } return sum;"));

    [Fact]
    public Task A_repository_by_name() => Flags("interface IOrderRepository { Task<IReadOnlyList<Order>> GetAllAsync(CancellationToken t = default); } class C(IOrderRepository orders) { public async Task<Order?> M(int id) => [|(await orders.GetAllAsync()).FirstOrDefault(o => o.Id == id)|]; }");

    [Fact]
    public Task A_repository_by_implementation() => Flags("interface IOrders { Task<List<Order>> ListAsync(); } class Orders(ShopDb db) : IOrders { public async Task<List<Order>> ListAsync() => [|await db.Orders.Include(o => o.Lines).ToListAsync()|]; } class C(IOrders orders) { public async Task<decimal> M(string customer) { var all = [|await orders.ListAsync()|]; return all.Where(o => o.CustomerId == customer).Sum(o => o.Total); } }");

    [Fact]
    public Task A_service_that_returns_everything() => Flags("interface ICustomerService { Task<List<Customer>> GetAllCustomersAsync(); } class C(ICustomerService customers) { public async Task<bool> Taken(string email) { var all = [|await customers.GetAllCustomersAsync()|]; return all.Any(c => c.Email == email); } }");

    [Fact]
    public Task A_store_written_as_a_query() => Flags("interface IStore<T> { IQueryable<T> Table { get; } } class C(IStore<Order> orders) { public int M(string customer) => [|orders.Table.ToList().Count(o => o.CustomerId == customer)|]; }");

    [Fact]
    public Task Filtered_before() => Allows(Code("return (await db.Products.Where(p => p.Price < 10m).ToListAsync()).Where(p => p.Name.Length > 3).ToList();"));

    [Fact]
    public Task Filtered_by_the_database() => Allows(Code("return await db.Products.Where(p => p.Price < 10m).ToListAsync();"));

    [Fact]
    public Task A_page() => Allows(Code("return (await db.Products.OrderBy(p => p.Id).Take(50).ToListAsync()).Where(p => p.Stock > 0).ToList();"));

    [Fact]
    public Task All_of_it_is_used() => Allows(Code("var products = await db.Products.ToListAsync(); foreach (var p in products) log.LogInformation(p.Name); return products.Count;"));

    [Fact]
    public Task All_of_it_is_returned() => Allows(Code("var products = await db.Products.ToListAsync(); log.LogInformation(\"{Count}\", products.Count); return products;"));

    [Fact]
    public Task A_list_in_memory() => Allows("class C { readonly List<Order> orders = new(); public Order? M(int id) => orders.ToList().Where(o => o.Id == id).FirstOrDefault(); }");

    [Fact]
    public Task The_lines_of_an_order() => Allows("class C { public decimal M(Order order) => order.Lines.ToList().Where(l => l.Quantity > 0).Sum(l => l.UnitPrice); }");

    [Fact]
    public Task A_query_that_is_narrowed_elsewhere() => Allows("class C { public List<Order> M(IQueryable<Order> orders, int id) => orders.ToList().Where(o => o.Id == id).ToList(); }");

    [Fact]
    public Task A_small_table() => Allows("class Currency { public string Code { get; set; } = \"\"; } class Db : DbContext { public DbSet<Currency> Currencies => Set<Currency>(); } class C(Db db) { public async Task<Currency?> M(string code) => (await db.Currencies.ToListAsync()).FirstOrDefault(c => c.Code == code); }");

    [Fact]
    public Task A_repository_in_memory() => Allows("interface IOrders { Task<List<Order>> GetAllAsync(); } class Orders : IOrders { readonly Dictionary<int, Order> kept = new(); public Task<List<Order>> GetAllAsync() => Task.FromResult(kept.Values.ToList()); } class C(IOrders orders) { public async Task<Order?> M(int id) => (await orders.GetAllAsync()).FirstOrDefault(o => o.Id == id); }");

    [Fact]
    public Task A_repository_that_filters() => Allows("interface IOrderRepository { Task<List<Order>> GetAllAsync(string customer); } class C(IOrderRepository orders) { public async Task<Order?> M(string customer) => (await orders.GetAllAsync(customer)).FirstOrDefault(o => o.Total > 0); }");

    [Fact]
    public Task A_repository_that_is_filtered_inside() => Allows("interface IOrders { Task<List<Order>> GetAllAsync(); } class Orders(ShopDb db) : IOrders { public Task<List<Order>> GetAllAsync() => db.Orders.Where(o => o.Status == OrderStatus.New).Take(100).ToListAsync(); } class C(IOrders orders) { public async Task<Order?> M(int id) => (await orders.GetAllAsync()).FirstOrDefault(o => o.Id == id); }");

    [Fact]
    public Task Ids_only() => Allows(Code("return (await db.Products.Select(p => p.Id).ToListAsync()).Contains(id);"));

    [Fact]
    public Task A_query_method() => Allows("interface IOrderRepository { IQueryable<Order> GetAll(); } class C(IOrderRepository orders) { public Task<Order?> M(int id) => orders.GetAll().FirstOrDefaultAsync(o => o.Id == id); }");

    [Fact]
    public Task A_service_that_answers_from_memory() => Allows("interface ITagService { IList<Product> GetAllTags(); } class C(ITagService tags) { public List<Product> M() => tags.GetAllTags().Where(t => t.Stock > 0).ToList(); }");

    [Fact]
    public Task A_collection_of_documents() => Flags(Mongo + "class C(IMongoCollection<Order> orders) { public async Task<Order?> M(string id) => [|(await orders.Find(_ => true).ToListAsync()).FirstOrDefault(o => o.CustomerId == id)|]; }");

    [Fact]
    public Task Some_documents() => Allows(Mongo + "class C(IMongoCollection<Order> orders) { public async Task<Order?> M(string id) => (await orders.Find(o => o.CustomerId == id).ToListAsync()).FirstOrDefault(o => o.Total > 0); }");

    [Fact]
    public Task A_plain_select() => Flags("using Dapper; class C { public async Task<decimal> M(System.Data.Common.DbConnection connection, string id) { var all = [|await connection.QueryAsync<Order>(\"SELECT Id, Total FROM Orders ORDER BY Id\")|]; return all.Where(o => o.CustomerId == id).Sum(o => o.Total); } }");

    [Fact]
    public Task A_select_with_a_condition() => Allows("using Dapper; class C { public async Task<decimal> M(System.Data.Common.DbConnection connection, string id) { var all = await connection.QueryAsync<Order>(\"SELECT * FROM Orders WHERE CustomerId = @id\", new { id }); return all.Sum(o => o.Total); } }");

    [Fact]
    public Task Narrowed_step_by_step() => Flags(Code("IEnumerable<Product> found = [|await db.Products.ToListAsync()|]; if (customer != \"\") found = found.Where(p => p.Name.Contains(customer)); return found.ToList();"));

    [Fact]
    public Task Narrowed_into_the_same_list() => Flags(Code("var found = [|await db.Products.ToListAsync()|]; if (id > 0) { found = found.Where(p => p.Id > id).ToList(); } return found;"));

    [Fact]
    public Task Replaced_by_something_else() => Allows(Code("var found = await db.Products.ToListAsync(); if (found.Count == 0) found = new List<Product>(); return found;"));

    [Fact]
    public Task In_query_syntax() => Flags(Code("return (from p in await db.Products.ToListAsync() [|where p.Id == id|] select p.Name).ToList();"));

    [Fact]
    public Task A_loop_that_looks_something_up() => Allows(Code("var names = new Dictionary<int, string>(); foreach (var p in await db.Products.ToListAsync()) { if (names.TryGetValue(p.Id, out var name)) p.Name = name; } return names;"));

    [Fact]
    public Task All_users_only_to_be_counted() => Flags("class C : ShopCode { public async Task<(int, int)> M() { var all = [|await users.Users.ToListAsync()|]; return (all.Count, all.Count(u => u.EmailConfirmed)); } }");

    [Fact]
    public Task A_user_searched_among_all() => Flags("class C : ShopCode { public IdentityUser? M(string mail) => [|users.Users.ToList().FirstOrDefault(u => u.Email == mail)|]; }");

    [Fact]
    public Task Users_counted_where_they_are() => Allows("class C : ShopCode { public async Task<int> M() => await users.Users.CountAsync(u => u.EmailConfirmed); }");

    [Fact]
    public Task Users_of_something_in_memory() => Allows("class Room { public IEnumerable<IdentityUser> Users { get; } = []; } class C { public int M(Room room) => room.Users.ToList().Count(u => u.EmailConfirmed); }");

    private const string Orders = """

        interface IOrderRepository
        {
            Task<IEnumerable<Order>> GetAllAsync(CancellationToken cancellation = default);
            Task<List<Order>> GetByCustomerAsync(string customer, CancellationToken cancellation = default);
            Task<List<Order>> GetPageAsync(int page, int size, CancellationToken cancellation = default);
        }
        """;

    [Fact]
    public Task A_page_of_a_customers_orders_is_cut_in_memory() => Flags("""
        class History(IOrderRepository repository)
        {
            public async Task<List<Order>> ReadAsync(string customer, int page, int size)
            {
                var orders = await [|repository.GetByCustomerAsync(customer)|];
                var sorted = orders.OrderByDescending(order => order.Id).ToList();
                return sorted.Skip((page - 1) * size).Take(size).ToList();
            }
        }
        """ + Orders);

    [Fact]
    public Task A_table_that_one_branch_loads_whole() => Flags("""
        class Search(IOrderRepository repository)
        {
            public async Task<List<Order>> ReadAsync(string? customer, int page, int size)
            {
                IEnumerable<Order> orders;
                if (customer is not null)
                    orders = await [|repository.GetByCustomerAsync(customer)|];
                else
                    orders = await [|repository.GetAllAsync()|];
                orders = orders.OrderBy(order => order.Id);
                return orders.Skip(page * size).Take(size).ToList();
            }
        }
        """ + Orders);

    [Fact]
    public Task A_page_that_the_repository_cuts() => Allows("""
        class Search(IOrderRepository repository)
        {
            public async Task<List<Order>> ReadAsync(int page, int size) => (await repository.GetPageAsync(page, size)).OrderBy(order => order.Id).ToList();
        }
        """ + Orders);

    [Fact]
    public Task A_page_of_what_a_form_sent() => Allows("""
        class Preview
        {
            public List<OrderLine> Read(Order order, int page) => order.Lines.Skip(page * 10).Take(10).ToList();
            public IQueryable<Order> Query(ShopDb db, int page) => db.Orders.OrderBy(order => order.Id).Skip(page * 10).Take(10);
        }
        """ + Orders);

    [Fact]
    public Task A_source_that_is_asked_for_a_page_where_it_can() => Allows("""
        interface IHistory { Task<List<Order>> FetchAsync(string customer, int? skip, int? count); }
        class History(ShopDb db) : IHistory { public Task<List<Order>> FetchAsync(string customer, int? skip, int? count) => db.Orders.Where(o => o.CustomerId == customer).ToListAsync(); }
        class C(IHistory history)
        {
            public async Task<List<Order>> M(string customer, int skip, int count, string? label)
            {
                var orders = await history.FetchAsync(customer, label is null ? skip : null, label is null ? count : null);
                return label is null ? orders : orders.Where(o => o.PaymentReference == label).Skip(skip).Take(count).ToList();
            }
        }
        """);
}
