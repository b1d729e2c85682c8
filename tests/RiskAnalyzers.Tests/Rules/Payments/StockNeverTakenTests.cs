using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Payments;

public sealed class StockNeverTakenTests() : RuleTest("RISK2021")
{
    private const string Cart = """
        public class CartItem { public int Id { get; set; } public int ProductId { get; set; } public int Quantity { get; set; } public string UserId { get; set; } = ""; public Product? Product { get; set; } }
        public class CartDb : DbContext { public DbSet<CartItem> CartItems => Set<CartItem>(); public DbSet<Order> Orders => Set<Order>(); public DbSet<Product> Products => Set<Product>(); }
        public interface IOrderRepository { Task AddAsync(Order order); Task<Product?> ProductAsync(int id); }

        """;

    private const string Placed = """
            public async Task PlaceAsync(string user)
            {
                var items = await db.CartItems.Include(c => c.Product).Where(c => c.UserId == user).ToListAsync();
                var order = new Order { CustomerId = user, Total = items.Sum(c => c.Product!.Price * c.Quantity) };
        """;

    [Fact]
    public Task An_order_of_a_cart() => Flags(Cart + "class Orders(CartDb db) {" + Placed + """
                [|db.Orders.Add(order)|];
                db.CartItems.RemoveRange(items);
                await db.SaveChangesAsync();
            }
        }
        """);

    [Fact]
    public Task A_mapped_route() => Flags(Cart + """
        static class Routes
        {
            public static void Map(WebApplication app) => app.MapPost("/orders", async (CartItem item, CartDb db) =>
            {
                var product = await db.Products.FindAsync(item.ProductId);
                if (product is null) return Results.NotFound();
                var order = new Order { Total = product.Price * item.Quantity };
                [|db.Add(order)|];
                await db.SaveChangesAsync();
                return Results.Ok(order.Id);
            });
        }
        """);

    [Fact]
    public Task A_repository() => Flags(Cart + """
        class PlaceHandler(IOrderRepository orders)
        {
            public async Task Handle(int productId, int quantity)
            {
                var product = await orders.ProductAsync(productId);
                var order = new Order { Total = product!.Price * quantity };
                await [|orders.AddAsync(order)|];
            }
        }
        """);

    [Fact]
    public Task An_order_that_is_made_in_the_call() => Flags(Cart + """
        class Orders(CartDb db)
        {
            public async Task BuyAsync(int productId)
            {
                var product = await db.Products.SingleAsync(p => p.Id == productId);
                await [|db.Orders.AddAsync(new Order { Total = product.Price })|];
                await db.SaveChangesAsync();
            }
        }
        """);

    [Fact]
    public Task Lines_that_are_added_in_a_loop() => Flags(Cart + """
        class Orders(CartDb db)
        {
            public async Task<int> CreateAsync(List<CartItem> items)
            {
                var order = new Order();
                foreach (var item in items)
                {
                    var product = await db.Products.FindAsync(item.ProductId) ?? throw new InvalidOperationException();
                    order.Lines.Add(new OrderLine { ProductId = product.Id, Quantity = item.Quantity, UnitPrice = product.Price });
                }
                [|db.Orders.Add(order)|];
                return await db.SaveChangesAsync();
            }
        }
        """);

    [Fact]
    public Task A_controller() => Flags(Cart + """
        class OrdersController(CartDb db) : ControllerBase
        {
            [HttpPost]
            public async Task<IActionResult> Post(CartItem item)
            {
                var product = await db.Products.FindAsync(item.ProductId);
                if (product == null) return BadRequest();
                Order order = new() { Total = product.Price };
                [|db.Orders.Add(order)|];
                await db.SaveChangesAsync();
                return Ok();
            }
        }
        """);

    [Fact]
    public Task A_factory_of_the_order() => Flags(Cart + """
        static class OrderFactory { public static Order Create(string user, decimal total) => new() { CustomerId = user, Total = total }; }
        class Orders(CartDb db)
        {
            public async Task PlaceAsync(int productId, string user)
            {
                var product = await db.Products.SingleAsync(p => p.Id == productId);
                var order = OrderFactory.Create(user, product.Price);
                [|db.Orders.Add(order)|];
                await db.SaveChangesAsync();
            }
        }
        """);

    [Fact]
    public Task A_charge_before() => Flags(Cart + """
        class Checkout(CartDb db, IPaymentGateway gateway)
        {
            public async Task PayAsync(int productId, string token)
            {
                var product = await db.Products.SingleAsync(p => p.Id == productId);
                var paid = await gateway.ChargeAsync(product.Price, token, token);
                if (!paid.Success) throw new InvalidOperationException();
                var order = new Order { Total = product.Price, Status = OrderStatus.Paid };
                [|db.Orders.Add(order)|];
                await db.SaveChangesAsync();
            }
        }
        """);

    [Fact]
    public Task A_list_that_stores() => Flags(Cart + """
        interface IDocuments { void Store(object document); Task<Product> LoadAsync(int id); }
        class Orders(IDocuments session)
        {
            public async Task PlaceAsync(int productId)
            {
                var product = await session.LoadAsync(productId);
                var order = new Order { Total = product.Price };
                [|session.Store(order)|];
            }
        }
        """);

    [Fact]
    public Task A_log_beside_it() => Flags(Cart + """
        class Orders(CartDb db, ILogger<Orders> log)
        {
            public async Task PlaceAsync(int productId)
            {
                var product = await db.Products.SingleAsync(p => p.Id == productId);
                var order = new Order { Total = product.Price };
                [|db.Orders.Add(order)|];
                log.LogInformation("Order of {Total}", order.Total);
                await db.SaveChangesAsync();
            }
        }
        """);

    [Fact]
    public Task Stock_that_is_taken() => Allows(Cart + "class Orders(CartDb db) {" + Placed + """
                foreach (var item in items)
                    item.Product!.Stock -= item.Quantity;
                db.Orders.Add(order);
                await db.SaveChangesAsync();
            }
        }
        """);

    [Fact]
    public Task Stock_that_is_taken_elsewhere_in_the_product() => Allows(Cart + "class Packing { public void Pack(Product product, int quantity) => product.Stock -= quantity; } class Orders(CartDb db) {" + Placed + """
                db.Orders.Add(order);
                await db.SaveChangesAsync();
            }
        }
        """);

    [Fact]
    public Task A_member_that_takes() => Allows(Cart + "interface IWarehouse { Task ReserveStockAsync(int product, int quantity); } class Orders(CartDb db) {" + Placed + """
                db.Orders.Add(order);
                await db.SaveChangesAsync();
            }
        }
        """);

    [Fact]
    public Task Stock_that_is_looked_at() => Allows(Cart + """
        class Orders(CartDb db)
        {
            public async Task PlaceAsync(int productId, int quantity)
            {
                var product = await db.Products.SingleAsync(p => p.Id == productId);
                if (product.Stock < quantity) throw new InvalidOperationException();
                db.Orders.Add(new Order { Total = product.Price });
                await db.SaveChangesAsync();
            }
        }
        """);

    [Fact]
    public Task An_event_that_tells_the_warehouse() => Allows(Cart + "interface IBus { Task PublishAsync(object message); } class Orders(CartDb db, IBus bus) {" + Placed + """
                db.Orders.Add(order);
                await db.SaveChangesAsync();
                await bus.PublishAsync(order);
            }
        }
        """);

    [Fact]
    public Task An_order_of_goods_without_stock() => Allows("""
        public class Course { public int Id { get; set; } public decimal Price { get; set; } }
        class CourseDb : DbContext { public DbSet<Course> Courses => Set<Course>(); public DbSet<Order> Orders => Set<Order>(); }
        class Orders(CourseDb db)
        {
            public async Task PlaceAsync(int id)
            {
                var course = await db.Courses.SingleAsync(c => c.Id == id);
                db.Orders.Add(new Order { Total = course.Price });
                await db.SaveChangesAsync();
            }
        }
        """);

    [Fact]
    public Task A_cart_line() => Allows(Cart + """
        class Carts(CartDb db)
        {
            public async Task AddAsync(int productId)
            {
                var product = await db.Products.SingleAsync(p => p.Id == productId);
                db.CartItems.Add(new CartItem { ProductId = product.Id });
                await db.SaveChangesAsync();
            }
        }
        """);

    [Fact]
    public Task An_order_that_is_there_already() => Allows(Cart + """
        class Orders(CartDb db)
        {
            public async Task CopyAsync(int id, List<Order> archive)
            {
                var product = await db.Products.SingleAsync(p => p.Id == id);
                var order = await db.Orders.FirstAsync(o => o.Total > product.Price);
                archive.Add(order);
            }
        }
        """);

    [Fact]
    public Task Seeds() => Allows(Cart + """
        class OrderSeeder(CartDb db)
        {
            public async Task RunAsync()
            {
                var product = await db.Products.FirstAsync();
                db.Orders.Add(new Order { Total = product.Price });
                await db.SaveChangesAsync();
            }
        }
        """);

    [Fact]
    public Task A_helper_that_takes_the_stock() => Allows(Cart + "class Orders(CartDb db) { private void Apply(Product p, int n) => p.Stock = Math.Max(0, n); " + Placed + """
                foreach (var item in items) Apply(item.Product!, 0);
                db.Orders.Add(order);
                await db.SaveChangesAsync();
            }
        }
        """);

    [Fact]
    public Task An_order_that_looks_at_no_product() => Allows(Cart + """
        class Orders(CartDb db)
        {
            public async Task ImportAsync(decimal total)
            {
                db.Orders.Add(new Order { Total = total });
                await db.SaveChangesAsync();
            }
        }
        """);
}
