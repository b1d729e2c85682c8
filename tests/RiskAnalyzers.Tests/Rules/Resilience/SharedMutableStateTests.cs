using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Resilience;

public sealed class SharedMutableStateTests() : RuleTest("RISK5003")
{
    [Fact]
    public Task A_static_dictionary_of_carts() => Flags("class C { private static readonly Dictionary<string, Order> [|Carts|] = new(); public Order CartFor(string id) { if (!Carts.TryGetValue(id, out var cart)) Carts[id] = cart = new Order { CustomerId = id }; return cart; } }");

    [Fact]
    public Task A_list_that_stands_for_a_table() => Flags("class OrdersController : ControllerBase { private static List<Order> [|_orders|] = new List<Order>(); [HttpPost] public IActionResult Create(Order order) { _orders.Add(order); return Ok(order); } }");

    [Fact]
    public Task A_list_that_starts_with_samples() => Flags("class C { static readonly List<Product> [|products|] = [new Product { Id = 1 }]; public void Delete(int id) => products.RemoveAll(p => p.Id == id); }");

    [Fact]
    public Task A_counter_for_order_numbers() => Flags("class C { private static int [|_next|] = 1000; public string Number() => $\"ORD-{_next++}\"; }");

    [Fact]
    public Task A_running_total() => Flags("class C { static decimal [|revenue|]; public void Paid(Order order) { revenue += order.Total; } }");

    [Fact]
    public Task The_current_customer() => Flags("static class Session { public static Customer? [|CurrentCustomer|] { get; set; } }");

    [Fact]
    public Task A_tax_rate_that_anybody_may_set() => Flags("static class Pricing { public static decimal [|TaxRate|] = 0.19m; public static decimal Gross(decimal net) => net * (1 + TaxRate); }");

    [Fact]
    public Task The_last_order() => Flags("class C : ShopCode { private static Order? [|_lastOrder|]; public async Task Place(Order order) { _lastOrder = order; await db.SaveChangesAsync(); } public decimal Total() => _lastOrder!.Total; }");

    [Fact]
    public Task A_static_context() => Flags("class C { private static readonly ShopDb [|db|] = new(); public Order? Find(int id) => db.Orders.Find(id); }");

    [Fact]
    public Task A_dictionary_in_a_singleton() => Flags("""
        class CartService { private readonly Dictionary<string, List<OrderLine>> [|_carts|] = new(); public void Add(string id, OrderLine line) { if (!_carts.ContainsKey(id)) _carts[id] = new(); _carts[id].Add(line); } }
        static class Setup { public static void Add(IServiceCollection services) => services.AddSingleton<CartService>(); }
        """);

    [Fact]
    public Task A_list_in_a_singleton_behind_a_contract() => Flags("""
        interface IOrderStore { void Add(Order order); }
        class OrderStore : IOrderStore { private readonly List<Order> [|orders|] = []; public void Add(Order order) => orders.Add(order); }
        static class Setup { public static void Add(IServiceCollection services) => services.AddSingleton<IOrderStore>(_ => new OrderStore()); }
        """);

    [Fact]
    public Task A_counter_and_a_customer_in_a_singleton() => Flags("""
        class OrderNumbers { private int [|_last|]; private string? [|_currentCustomer|]; private string? _prefix; public string Next(string customer) { _currentCustomer = customer; _prefix = "A"; return _prefix + ++_last; } }
        static class Setup { public static void Add(IServiceCollection services) => services.AddSingleton<OrderNumbers>(); }
        """);

    [Fact]
    public Task Customers_that_register() => Flags("class AccountController : ControllerBase { private static readonly List<Customer> [|customers|] = new(); public IActionResult Register(Customer customer) { customers.Add(customer); return Ok(); } }");

    [Fact]
    public Task Handlers_that_are_registered_at_the_start() => Allows("static class Handlers { private static readonly Dictionary<Type, Action> all = new(); public static void Register(Type type, Action handler) => all[type] = handler; public static void Run(Type type) => all[type](); }");

    [Fact]
    public Task A_counter_of_one_request() => Allows("""
        class Basket { private int _count; private decimal total; public void Add(decimal price) { _count++; total += price; } }
        static class Setup { public static void Add(IServiceCollection services) => services.AddScoped<Basket>(); }
        """);

    [Fact]
    public Task A_hosted_service() => Allows("""
        class Jobs : BackgroundService { private readonly List<string> keys = new(); private int runs; protected override Task ExecuteAsync(CancellationToken stop) { keys.Add("x"); runs++; return Task.CompletedTask; } }
        static class Setup { public static void Add(IServiceCollection services) => services.AddSingleton<Jobs>(); }
        """);

    [Fact]
    public Task A_repository_in_memory() => Flags("class InMemoryOrderRepository { private readonly Dictionary<int, Order> [|_orders|] = new(); public Task SaveAsync(Order order) { _orders[order.Id] = order; return Task.CompletedTask; } }");

    [Fact]
    public Task A_middleware() => Flags("class RateLimit(RequestDelegate next) { private readonly Dictionary<string, int> [|hits|] = new(); public Task Invoke(HttpContext context) { hits[context.Connection.Id] = hits.GetValueOrDefault(context.Connection.Id) + 1; return next(context); } }");

    [Fact]
    public Task Lists_in_a_concurrent_dictionary() => Flags("class C { static readonly System.Collections.Concurrent.ConcurrentDictionary<string, List<OrderLine>> [|carts|] = new(); public void Add(string id, OrderLine line) { var cart = carts.GetOrAdd(id, _ => new List<OrderLine>()); cart.Add(line); } }");

    [Fact]
    public Task Sets_that_were_found_in_a_concurrent_dictionary() => Flags("class C { static readonly System.Collections.Concurrent.ConcurrentDictionary<string, HashSet<string>> [|coupons|] = new(); public void Use(string id, string code) { if (coupons.TryGetValue(id, out var used)) used.Add(code); } }");

    [Fact]
    public Task A_public_list_that_others_fill() => Flags("static class FakeStore { public static readonly List<Order> [|Orders|] = new(); } class C { public void Place(Order order) => FakeStore.Orders.Add(order); }");

    [Fact]
    public Task One_of_two_writes_is_locked() => Flags("class C { static readonly object gate = new(); static readonly Dictionary<int, int> [|stock|] = new(); public void Take(int id) { lock (gate) { stock[id]--; } } public void Put(int id, int n) { stock[id] = n; } }");

    [Fact]
    public Task A_list_beside_the_endpoints() => Flags("""
        var orders = new List<Order>();
        var app = WebApplication.Create();
        app.MapPost("/orders", (Order order) => { [|orders.Add(order)|]; return Results.Ok(order); });
        app.MapGet("/orders", () => orders);
        app.Run();
        """);

    [Fact]
    public Task A_dictionary_and_a_counter_beside_the_endpoints() => Flags("""
        var carts = new Dictionary<string, Order>();
        var next = 1;
        var app = WebApplication.Create();
        app.MapPut("/carts/{id}", (string id, Order cart) => { cart.Id = [|next++|]; [|carts[id] = cart|]; return Results.NoContent(); });
        app.Run();
        """);

    [Fact]
    public Task A_concurrent_dictionary_takes_its_place() => Fixes(
        "class C { private static readonly Dictionary<string, Order> [|carts|] = new(); public Order? Get(string id) => carts.TryGetValue(id, out var cart) ? cart : null; public void Put(string id, Order cart) { carts[id] = cart; } public void Drop(string id) { carts.Remove(id); } public decimal Sum() => carts.Values.Sum(c => c.Total); }",
        "class C { private static readonly System.Collections.Concurrent.ConcurrentDictionary<string, Order> carts = new(); public Order? Get(string id) => carts.TryGetValue(id, out var cart) ? cart : null; public void Put(string id, Order cart) { carts[id] = cart; } public void Drop(string id) { carts.TryRemove(id, out _); } public decimal Sum() => carts.Values.Sum(c => c.Total); }");

    [Fact]
    public Task No_fix_where_a_dictionary_is_passed_on() => Fixes(
        "class C { private static readonly Dictionary<string, int> [|stock|] = new(); public void Put(string id) { stock[id] = 1; } public Dictionary<string, int> All() => stock; }",
        "class C { private static readonly Dictionary<string, int> [|stock|] = new(); public void Put(string id) { stock[id] = 1; } public Dictionary<string, int> All() => stock; }");

    [Fact]
    public Task A_concurrent_dictionary() => Allows("class C { private static readonly System.Collections.Concurrent.ConcurrentDictionary<string, Order> Carts = new(); public Order CartFor(string id) => Carts.GetOrAdd(id, key => new Order { CustomerId = key }); }");

    [Fact]
    public Task A_table_that_nobody_changes() => Allows("class C { private static readonly Dictionary<string, decimal> Rates = new() { [\"DE\"] = 0.19m, [\"FR\"] = 0.2m }; public decimal Rate(string country) => Rates[country]; }");

    [Fact]
    public Task Filled_in_the_static_constructor() => Allows("class C { private static readonly Dictionary<string, decimal> Rates = new(); static C() { Rates[\"DE\"] = 0.19m; } public decimal Rate(string country) => Rates[country]; }");

    [Fact]
    public Task Every_write_is_locked() => Allows("class C { static readonly object gate = new(); static readonly Dictionary<int, int> stock = new(); public void Take(int id) { lock (gate) { stock[id]--; } } public void Put(int id, int n) { lock (gate) stock[id] = n; } }");

    [Fact]
    public Task A_semaphore_guards_it() => Allows("class C { static readonly SemaphoreSlim gate = new(1); static readonly Dictionary<int, int> stock = new(); public async Task Put(int id, int n) { await gate.WaitAsync(); try { stock[id] = n; } finally { gate.Release(); } } }");

    [Fact]
    public Task A_part_that_is_called_under_the_lock() => Allows("class C { static readonly object gate = new(); static readonly List<Order> open = new(); public void Place(Order o) { lock (gate) { Push(o); } } private static void Push(Order o) => open.Add(o); }");

    [Fact]
    public Task One_thread_s_own() => Allows("class C { [ThreadStatic] private static int depth; public void M() { depth++; } }");

    [Fact]
    public Task An_atomic_counter() => Allows("class C { private static int next; public int Number() => Interlocked.Increment(ref next); }");

    [Fact]
    public Task State_of_one_request() => Allows("class CartService { private readonly List<OrderLine> lines = new(); public void Add(OrderLine line) => lines.Add(line); }");

    [Fact]
    public Task An_entity_s_lines() => Allows("class Cart { private readonly List<OrderLine> items = new(); private int version; public void Add(OrderLine line) { items.Add(line); version++; } }");

    [Fact]
    public Task A_scoped_service() => Allows("""
        class CartService { private readonly Dictionary<int, int> quantities = new(); public void Add(int id) => quantities[id] = 1; }
        static class Setup { public static void Add(IServiceCollection services) => services.AddScoped<CartService>(); }
        """);

    [Fact]
    public Task A_lazy_singleton() => Allows("class C { private static C? instance; public static C Instance => instance ??= new C(); }");

    [Fact]
    public Task An_async_local() => Allows("class C { private static readonly AsyncLocal<Customer?> current = new(); public static Customer? Current { get => current.Value; set => current.Value = value; } }");

    [Fact]
    public Task A_computed_property() => Allows("class C { public static List<string> Currencies => new() { \"EUR\", \"USD\" }; public static decimal DefaultRate => 0.19m; }");

    [Fact]
    public Task A_constant() => Allows("class C { public const decimal TaxRate = 0.19m; public static readonly decimal Shipping = 4.90m; }");

    [Fact]
    public Task An_immutable_list_that_is_replaced_at_once() => Allows("class C { private static System.Collections.Immutable.ImmutableList<string> codes = System.Collections.Immutable.ImmutableList<string>.Empty; public void Reload(IEnumerable<string> all) => codes = [.. all]; }");

    [Fact]
    public Task Settings_read_once_at_the_start() => Allows("class C { private static string? connection; public static void Configure(IConfiguration config) { connection = config[\"Db\"]; } public static string? Connection() => connection; }");

    [Fact]
    public Task A_list_in_the_handler_itself() => Allows("""
        var app = WebApplication.Create();
        app.MapPost("/orders", (Order[] orders) => { var totals = new List<decimal>(); foreach (var order in orders) totals.Add(order.Total); return Results.Ok(totals); });
        app.Run();
        """);

    [Fact]
    public Task A_concurrent_dictionary_of_immutable_values() => Allows("class C { static readonly System.Collections.Concurrent.ConcurrentDictionary<string, decimal> prices = new(); public void Set(string sku, decimal price) => prices[sku] = price; }");

    private const string Sdk = """

        public static class GatewayConfiguration { [ThreadStatic] private static string? key; public static string? ApiKey { get => key; set => key = value; } public static int MaxRetries { get; set; } }
        """;

    [Fact]
    public Task A_process_wide_key_that_every_request_sets_anew() => Flags("""
        class StripeCharges : ShopCode
        {
            public StripeCharges(IConfiguration settings) { [|GatewayConfiguration.ApiKey = settings["Gateway:SecretKey"]|]; }
        }
        """ + Sdk);

    [Fact]
    public Task A_process_wide_key_in_an_action() => Flags("""
        class PaymentsController : ShopCode
        {
            [HttpPost("refund")]
            public IActionResult Refund(string reference)
            {
                var apiKey = config["Gateway:SecretKey"] ?? throw new InvalidOperationException("Gateway:SecretKey");
                [|GatewayConfiguration.ApiKey = apiKey|];
                return Ok(reference);
            }
        }
        """ + Sdk);

    [Fact]
    public Task A_process_wide_key_that_the_start_sets() => Allows("""
        class Startup { public void ConfigureServices(IConfiguration settings) => GatewayConfiguration.ApiKey = settings["Gateway:SecretKey"]; }
        static class GatewayExtensions { public static void AddGateway(this IServiceCollection services, IConfiguration settings) => GatewayConfiguration.ApiKey = settings["Gateway:SecretKey"]; }
        """ + Sdk);

    [Fact]
    public Task A_process_wide_number_is_no_key() => Allows("class Charges { public Charges(int retries) { GatewayConfiguration.MaxRetries = retries; } }" + Sdk);
}
