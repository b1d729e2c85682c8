namespace RiskAnalyzers.Tests.Rules.Data;

/// <summary>Lists of what gets a row with each sale or customer.</summary>
public sealed partial class WholeTableLoadedTests
{
    [Fact]
    public Task A_repository_that_answers_with_every_order() => Flags("public class OrderRepository(ShopDb db) { public async Task<List<Order>> GetAllAsync() { return [|await db.Orders.OrderBy(o => o.Id).ToListAsync()|]; } }");

    [Fact]
    public Task An_arrow() => Flags("public class OrderRepository(ShopDb db) { public Task<List<Order>> GetAllAsync() => [|db.Orders.AsNoTracking().ToListAsync()|]; }");

    [Fact]
    public Task A_local_that_is_mapped_and_answered() => Flags("""
        public record CustomerDto(string Name);
        public class CustomerService(ShopDb db)
        {
            public async Task<IEnumerable<CustomerDto>> GetCustomers()
            {
                var customers = [|await db.Customers.ToListAsync()|];
                return customers.Select(customer => new CustomerDto(customer.ToString()!));
            }
        }
        """);

    [Fact]
    public Task A_set_of_a_base_repository() => Flags("public abstract class BaseRepository<T> where T : class { protected DbSet<T> DbSet = null!; } public class CartRepository : BaseRepository<CustomerOrder> { public async Task<IEnumerable<CustomerOrder>> All() => [|await DbSet.Include(o => o.Note).ToListAsync()|]; } public class CustomerOrder { public string Note { get; set; } = \"\"; }");

    [Fact]
    public Task Every_user_of_the_manager() => Flags("""
        public class AccountService(UserManager<IdentityUser> manager)
        {
            public List<string> Names()
            {
                var users = [|manager.Users.ToList()|];
                var names = new List<string>();
                foreach (var user in users)
                    names.Add(user.UserName!);
                return names;
            }
        }
        """);

    [Fact]
    public Task One_customer_s_orders() => Allows("public class OrderRepository(ShopDb db) { public Task<List<Order>> Of(string customer) => db.Orders.Where(o => o.CustomerId == customer).ToListAsync(); }");

    [Fact]
    public Task A_page_of_orders() => Allows("public class OrderRepository(ShopDb db) { public Task<List<Order>> Page(int page) => db.Orders.OrderBy(o => o.Id).Skip(page * 50).Take(50).ToListAsync(); }");

    [Fact]
    public Task Every_category() => Allows("public class Category { public int Id { get; set; } } public class CatalogDb : DbContext { public DbSet<Category> Categories => Set<Category>(); } public class CatalogService(CatalogDb db) { public Task<List<Category>> GetAll() => db.Categories.ToListAsync(); }");

    [Fact]
    public Task An_export_of_every_order() => Allows("public class OrderExportService(ShopDb db) { public Task<List<Order>> Rows() => db.Orders.ToListAsync(); }");

    [Fact]
    public Task A_query_that_is_narrowed_before() => Allows("public class OrderService(ShopDb db) { public async Task<List<Order>> List(string? customer) { var query = db.Orders.AsQueryable(); if (customer != null) query = query.Where(o => o.CustomerId == customer); return await query.ToListAsync(); } }");

    [Fact]
    public Task A_list_for_the_back_office() => Flags("""
        public class AdminCustomerService(ShopDb db)
        {
            public async Task<List<string>> GetAllCustomersAsync()
            {
                var customers = [|await db.Customers.ToListAsync()|];
                return customers.Select(customer => customer.ToString()!).ToList();
            }
        }
        """);

    [Fact]
    public Task A_page_of_a_list_that_is_dressed_up_as_a_query() => Flags("""
        public interface IItemRepository { Task<IReadOnlyCollection<Order>> GetAllAsync(); }
        public class OrderPages(IItemRepository repository)
        {
            public async Task<List<Order>> Page(string? status, int page, int size)
            {
                var all = await [|repository.GetAllAsync()|];
                var query = all.AsQueryable();
                if (status is not null)
                    query = query.Where(order => order.ToString() == status);
                return query.OrderBy(order => order.Id).Skip((page - 1) * size).Take(size).ToList();
            }
        }
        """);

    [Fact]
    public Task A_page_of_what_a_repository_hands_out_as_a_query() => Allows("""
        public interface IItemRepository { IQueryable<Order> GetAll(); }
        public class OrderPages(IItemRepository repository)
        {
            public List<Order> Page(int page, int size)
            {
                var query = repository.GetAll().AsQueryable();
                query = query.Where(order => order.Id > 0);
                return query.OrderBy(order => order.Id).Skip((page - 1) * size).Take(size).ToList();
            }
        }
        """);
}
