using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Money;

public sealed class StalePriceTests() : RuleTest("RISK1018")
{
    private const string Carts = """
        public class CartItem
        {
            public int Id { get; set; } public int ProductId { get; set; } public int Quantity { get; set; } public decimal UnitPrice { get; set; } public Product? Product { get; set; }
            public void Increase(int quantity) => Quantity += quantity;
        }
        public class Cart { public int Id { get; set; } public List<CartItem> Items { get; set; } = new(); }
        public class OrderItem
        {
            public OrderItem() { }
            public OrderItem(int productId, int quantity, decimal unitPrice) { ProductId = productId; Quantity = quantity; UnitPrice = unitPrice; }
            public int ProductId { get; set; } public int Quantity { get; set; } public decimal UnitPrice { get; set; }
        }
        public class ShopOrder { public List<OrderItem> Items { get; set; } = new(); public void AddItem(int productId, decimal price, int quantity) => Items.Add(new OrderItem(productId, quantity, price)); }

        """;

    [Fact]
    public Task An_order_made_of_the_carts_prices() => Flags(Carts + """
        public class CheckoutService { public ShopOrder Checkout(Cart cart) => new() { Items = cart.Items.Select(i => new OrderItem { ProductId = i.ProductId, Quantity = i.Quantity, UnitPrice = [|i.UnitPrice|] }).ToList() }; }
        """);

    [Fact]
    public Task A_loop_that_has_the_product_at_hand() => Flags(Carts + """
        public class PlaceOrderHandler(ShopDb db)
        {
            public async Task<ShopOrder> Handle(Cart cart)
            {
                var order = new ShopOrder();
                foreach (var item in cart.Items)
                {
                    var product = await db.Products.FindAsync(item.ProductId) ?? throw new InvalidOperationException();
                    if (product.Stock < item.Quantity) throw new InvalidOperationException();
                    order.AddItem(product.Id, [|item.UnitPrice|], item.Quantity);
                }
                return order;
            }
        }
        """);

    [Fact]
    public Task A_constructor_of_the_line() => Flags(Carts + """
        public class OrderService { public void Create(Cart cart, List<OrderItem> lines) { foreach (var c in cart.Items) lines.Add(new OrderItem(c.ProductId, c.Quantity, [|c.UnitPrice|])); } }
        """);

    [Fact]
    public Task A_basket_line_in_a_record() => Flags("""
        public class BasketLine { public string Sku { get; set; } = ""; public int Count { get; set; } public decimal Price { get; set; } }
        public class PurchaseLine { public string Sku { get; set; } = ""; public decimal Price { get; set; } }
        public static class ConfirmPurchase { public static List<PurchaseLine> From(List<BasketLine> basket) { var lines = new List<PurchaseLine>(); foreach (var each in basket) lines.Add(new PurchaseLine { Sku = each.Sku, Price = [|each.Price|] }); return lines; } }
        """);

    [Fact]
    public Task A_price_for_want_of_another() => Flags(Carts + """
        public class Coupons { public decimal? Fixed { get; set; } }
        public class OrderFactory { public OrderItem Place(CartItem item) { return new OrderItem { ProductId = item.ProductId, UnitPrice = ([|item.UnitPrice|]) }; } }
        """);

    [Fact]
    public Task More_of_the_same_at_the_price_of_then() => Flags(Carts + """
        public class CartService(Cart cart)
        {
            public void Add(Product product, int quantity)
            {
                var existing = cart.Items.FirstOrDefault(i => i.ProductId == product.Id);
                if (existing != null)
                {
                    [|existing.Quantity += quantity|];
                }
                else
                {
                    cart.Items.Add(new CartItem { ProductId = product.Id, Quantity = quantity, UnitPrice = product.Price });
                }
            }
        }
        """);

    [Fact]
    public Task More_through_a_method_of_the_line() => Flags("""
        public class BasketEntry
        {
            public BasketEntry(int product, int count, decimal unitPrice) { Product = product; Count = count; UnitPrice = unitPrice; }
            public int Product { get; } public int Count { get; private set; } public decimal UnitPrice { get; private set; }
            public void RaiseQuantity(int by) => Count += by;
        }
        public class ShoppingBasket
        {
            private readonly List<BasketEntry> entries = new();
            public void Put(int product, int count, decimal unitPrice)
            {
                var there = entries.SingleOrDefault(e => e.Product == product);
                if (there is null) entries.Add(new BasketEntry(product, count, unitPrice));
                else [|there.RaiseQuantity(count)|];
            }
        }
        """);

    [Fact]
    public Task More_and_an_early_return() => Flags(Carts + """
        public class CartEndpoint(Cart cart)
        {
            public void Add(int product, int quantity, decimal price)
            {
                var line = cart.Items.Find(i => i.ProductId == product);
                if (line is not null) { [|line.Increase(quantity: quantity)|]; return; }
                cart.Items.Add(new CartItem { ProductId = product, Quantity = quantity, UnitPrice = price });
            }
        }
        """.Replace("Increase(quantity: quantity)", "Quantity = line.Quantity + quantity"));

    [Fact]
    public Task More_of_an_order_line() => Flags("""
        public class OrderLineItem
        {
            public int Product { get; set; } public int Quantity { get; set; } public decimal Price { get; set; }
            public static OrderLineItem Create(int product, int quantity, decimal price) => new() { Product = product, Quantity = quantity, Price = price };
        }
        public class OpenOrder
        {
            public List<OrderLineItem> Lines { get; } = new();
            public void AddItem(int product, int quantity, decimal price)
            {
                var known = Lines.FirstOrDefault(l => l.Product == product);
                if (known == null) { Lines.Add(OrderLineItem.Create(product, quantity, price)); return; }
                else { [|known.Quantity += quantity|]; }
            }
        }
        """);

    [Fact]
    public Task A_minimal_endpoint() => Flags(Carts + """
        public static class CheckoutEndpoints { public static void Map(WebApplication app) => app.MapPost("/checkout", (Cart cart) => { var order = new ShopOrder(); foreach (var item in cart.Items) order.AddItem(item.ProductId, [|item.UnitPrice|], item.Quantity); return Results.Ok(order); }); }
        """);

    [Fact]
    public Task The_products_price() => Allows(Carts + """
        public class CheckoutService(ShopDb db)
        {
            public async Task<ShopOrder> Checkout(Cart cart)
            {
                var order = new ShopOrder();
                foreach (var item in cart.Items) { var product = await db.Products.FirstAsync(p => p.Id == item.ProductId); order.AddItem(product.Id, product.Price, item.Quantity); }
                return order;
            }
        }
        """);

    [Fact]
    public Task The_carts_price_compared_with_the_products() => Allows(Carts + """
        public class CheckoutService
        {
            public void Checkout(Cart cart, ShopOrder order)
            {
                foreach (var item in cart.Items) { if (item.Product!.Price != item.UnitPrice) throw new InvalidOperationException("price changed"); order.AddItem(item.ProductId, item.UnitPrice, item.Quantity); }
            }
        }
        """);

    [Fact]
    public Task Prices_that_a_service_was_asked_for() => Allows(Carts + """
        public class CheckoutService(IPriceService prices) { public async Task Checkout(Cart cart, ShopOrder order) { foreach (var item in cart.Items) { item.UnitPrice = await prices.GetPriceAsync(item.ProductId); order.AddItem(item.ProductId, item.UnitPrice, item.Quantity); } } }
        """);

    [Fact]
    public Task A_view_of_the_cart() => Allows(Carts + """
        public class CartItemDto { public decimal UnitPrice { get; set; } }
        public class CheckoutPage { public List<CartItemDto> Show(Cart cart) => cart.Items.Select(i => new CartItemDto { UnitPrice = i.UnitPrice }).ToList(); }
        """);

    [Fact]
    public Task A_cart_that_has_no_price_of_its_own() => Allows("""
        public class CartLine { public Product Product { get; set; } = new(); public int Quantity { get; set; } public decimal UnitPrice => Product.Price; }
        public class OrderRow { public decimal UnitPrice { get; set; } }
        public class CheckoutService { public List<OrderRow> Checkout(List<CartLine> cart) => cart.Select(c => new OrderRow { UnitPrice = c.UnitPrice }).ToList(); }
        """);

    [Fact]
    public Task More_at_the_new_price() => Allows(Carts + """
        public class CartService(Cart cart)
        {
            public void Add(Product product, int quantity)
            {
                var existing = cart.Items.FirstOrDefault(i => i.ProductId == product.Id);
                if (existing != null) { existing.Quantity += quantity; existing.UnitPrice = product.Price; }
                else cart.Items.Add(new CartItem { ProductId = product.Id, Quantity = quantity, UnitPrice = product.Price });
            }
        }
        """);

    [Fact]
    public Task A_line_found_by_product_and_price() => Allows(Carts + """
        public class CartService(Cart cart)
        {
            public void Add(Product product, int quantity)
            {
                var existing = cart.Items.FirstOrDefault(i => i.ProductId == product.Id && i.UnitPrice == product.Price);
                if (existing != null) existing.Quantity += quantity;
                else cart.Items.Add(new CartItem { ProductId = product.Id, Quantity = quantity, UnitPrice = product.Price });
            }
        }
        """);

    [Fact]
    public Task Stock_that_is_counted_up() => Allows("""
        public class StockEntry { public int Product { get; set; } public int Quantity { get; set; } public decimal Price { get; set; } }
        public class Warehouse { private readonly List<StockEntry> entries = new(); public void Receive(int product, int quantity, decimal price) { var existing = entries.Find(e => e.Product == product); if (existing != null) existing.Quantity += quantity; else entries.Add(new StockEntry { Product = product, Quantity = quantity, Price = price }); } }
        """);

    [Fact]
    public Task Lines_without_a_price() => Allows("""
        public class CartRow { public int Product { get; set; } public int Quantity { get; set; } }
        public class CartService { private readonly List<CartRow> rows = new(); public void Add(int product, int quantity) { var existing = rows.Find(r => r.Product == product); if (existing != null) existing.Quantity += quantity; else rows.Add(new CartRow { Product = product, Quantity = quantity }); } }
        """);

    [Fact]
    public Task A_line_of_the_order_shown() => Allows(Carts + """
        public class OrderMail { public string Write(OrderItem item, CartItem from) => item.Quantity + " x " + from.UnitPrice.ToString(CultureInfo.InvariantCulture); }
        """);

    private const string Charging = """

        public class BasketItemDto { public int ProductId { get; set; } public decimal Price { get; set; } public int Quantity { get; set; } }
        public class BasketDto { public List<BasketItemDto> Items { get; set; } = new(); }
        public interface IBaskets { Task<BasketDto> GetAsync(string id); }
        public interface IPaymentService { Task<string> CreatePaymentIntentAsync(decimal amount, string currency); }
        """;

    [Fact]
    public Task A_provider_that_is_asked_for_what_the_basket_says() => Flags(
        "public class CreatePaymentIntentHandler(IBaskets baskets, IPaymentService payments) { public async Task<string> Handle(string id) { var basket = await baskets.GetAsync(id); var total = basket.Items.Sum(item => [|item.Price|] * item.Quantity); return await payments.CreatePaymentIntentAsync(total, \"eur\"); } }" + Charging);

    [Fact]
    public Task A_total_that_is_only_shown() => Allows(
        "public class PaymentPreview(IBaskets baskets) { public async Task<decimal> Handle(string id) { var basket = await baskets.GetAsync(id); var total = basket.Items.Sum(item => item.Price * item.Quantity); return total; } }" + Charging);
}
