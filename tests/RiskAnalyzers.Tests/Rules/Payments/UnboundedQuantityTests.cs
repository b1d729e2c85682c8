using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Payments;

public sealed partial class UnboundedQuantityTests() : RuleTest("RISK2006")
{
    [Fact]
    public Task A_line_for_any_quantity() => Flags("""
        public record AddLineRequest(int ProductId, int Quantity);
        public class CartController : ShopCode
        {
            [HttpPost("cart")]
            public async Task<IActionResult> AddLine([FromBody] AddLineRequest req, int orderId)
            {
                var p = await db.Products.FirstAsync(x => x.Id == req.ProductId);
                var order = await db.Orders.FirstAsync(o => o.Id == orderId);
                order.Lines.Add(new OrderLine { ProductId = p.Id, Quantity = [|req.Quantity|], UnitPrice = p.Price });
                order.Total += p.Price * req.Quantity;
                return Ok(order.Total);
            }
        }
        """);

    [Fact]
    public Task A_check_against_the_stock_alone() => Flags("""
        public record OrderItemDto(int ProductId, int Quantity);
        public record CreateOrderDto(List<OrderItemDto> Items);
        public class OrdersController(OrderService service) : ControllerBase
        {
            [HttpPost]
            public async Task<IActionResult> Create(CreateOrderDto dto) => Ok(await service.CreateAsync(dto));
        }
        public class OrderService(ShopDb db)
        {
            public async Task<decimal> CreateAsync(CreateOrderDto dto)
            {
                var total = 0m;
                foreach (var item in dto.Items)
                {
                    var product = await db.Products.FindAsync(item.ProductId);
                    if (product!.Stock < item.Quantity)
                        throw new InvalidOperationException("Insufficient stock");
                    product.Stock -= [|item.Quantity|];
                    total += product.Price * item.Quantity;
                }
                await db.SaveChangesAsync();
                return total;
            }
        }
        """);

    [Fact]
    public Task A_price_times_the_query_string() => Flags("""
        public class PricesController : ShopCode
        {
            [HttpGet("quote")]
            public async Task<ActionResult<decimal>> Quote(int productId, int quantity)
            {
                var price = await prices.GetPriceAsync(productId);
                return price * [|quantity|];
            }
        }
        """.Replace("return price * [|quantity|];", "var total = price * [|quantity|];\n        return total;"));

    [Fact]
    public Task Stock_reserved_by_any_number() => Flags("""
        public class InventoryItem
        {
            public int Id { get; private set; }
            public int QuantityOnHand { get; private set; }
            public int QuantityReserved { get; private set; }
            public void Reserve(int quantity)
            {
                if (quantity > QuantityOnHand - QuantityReserved)
                    throw new InvalidOperationException("not enough");
                QuantityReserved += [|quantity|];
            }
        }
        """);

    [Fact]
    public Task An_order_line_made_of_any_quantity() => Flags("""
        public class OrderItem
        {
            public OrderItem(int productId, decimal unitPrice, int quantity)
            {
                ProductId = productId;
                UnitPrice = unitPrice;
                Quantity = [|quantity|];
            }

            public int ProductId { get; }
            public decimal UnitPrice { get; }
            public int Quantity { get; private set; }
            public decimal Total => UnitPrice * Quantity;
        }
        """);

    [Fact]
    public Task An_existing_line_that_grows() => Flags("""
        public class CartItem { public int ProductId { get; set; } public int Quantity { get; set; } public decimal Price { get; set; } }
        public class CartService
        {
            private readonly List<CartItem> _items = [];
            public void Add(int productId, int quantity)
            {
                var existing = _items.FirstOrDefault(i => i.ProductId == productId);
                if (existing != null)
                    existing.Quantity += [|quantity|];
                else
                    _items.Add(new CartItem { ProductId = productId, Quantity = quantity });
            }
        }
        """);

    [Fact]
    public Task The_fix_guards_the_method() => Fixes("""
        public class OrderItem
        {
            public OrderItem(decimal unitPrice, int quantity)
            {
                UnitPrice = unitPrice;
                Quantity = [|quantity|];
            }

            public decimal UnitPrice { get; }
            public int Quantity { get; }
        }
        """, """
        public class OrderItem
        {
            public OrderItem(decimal unitPrice, int quantity)
            {
                ArgumentOutOfRangeException.ThrowIfNegativeOrZero(quantity);
                UnitPrice = unitPrice;
                Quantity = quantity;
            }

            public decimal UnitPrice { get; }
            public int Quantity { get; }
        }
        """);

    [Fact]
    public Task The_fix_guards_each_item() => Fixes("""
        public record Item(int ProductId, int Quantity);
        public record PlaceCommand(List<Item> Items);
        public class PlaceHandler(IPriceService prices)
        {
            public async Task<Order> Handle(PlaceCommand command)
            {
                var order = new Order();
                foreach (var item in command.Items)
                {
                    order.Total += await prices.GetPriceAsync(item.ProductId) * [|item.Quantity|];
                }
                return order;
            }
        }
        """, """
        public record Item(int ProductId, int Quantity);
        public record PlaceCommand(List<Item> Items);
        public class PlaceHandler(IPriceService prices)
        {
            public async Task<Order> Handle(PlaceCommand command)
            {
                var order = new Order();
                foreach (var item in command.Items)
                {
                    ArgumentOutOfRangeException.ThrowIfNegativeOrZero(item.Quantity);
                    order.Total += await prices.GetPriceAsync(item.ProductId) * item.Quantity;
                }
                return order;
            }
        }
        """);

    [Fact]
    public Task A_line_made_for_the_database() => Flags(CartWith("var total = found?.Quantity + [|model.Quantity|] ?? model.Quantity; await checks.AddItem(new CartItem { ProductId = model.ProductId, Quantity = total }); return Ok();"));

    private static string CartWith(string body) => $$"""
        public class AddModel { public int ProductId { get; set; } public int Quantity { get; set; } }
        public class CartItem { public int ProductId { get; set; } public int Quantity { get; set; } }
        public interface ICartChecks { Task<List<string>> GetItemWarnings(CartItem item); Task AddItem(CartItem item); CartItem? Find(int id); }
        public class CartController(ICartChecks checks) : ControllerBase { [HttpPost] public async Task<IActionResult> Add(AddModel model) { var found = checks.Find(model.ProductId); {{body}} } }
        """;

    [Fact]
    public Task A_message_named_for_what_it_does() => Flags("""
        public interface IRequest<T> { }
        public record AddToCart(int CartId, int ProductId, int Quantity) : IRequest<bool>;
        public class AddToCartHandler(ShopDb db)
        {
            public async Task<bool> Handle(AddToCart message, CancellationToken cancellation)
            {
                var product = await db.Products.FirstAsync(p => p.Id == message.ProductId, cancellation);
                var order = await db.Orders.FirstAsync(o => o.Id == message.CartId, cancellation);
                order.Lines.Add(new OrderLine { ProductId = product.Id, UnitPrice = product.Price, Quantity = [|message.Quantity|] });
                await db.SaveChangesAsync(cancellation);
                return true;
            }
        }
        """);

    [Fact]
    public Task A_quantity_that_is_mended_in_silence() => Flags("""
        public class CartItem { public int ProductId { get; set; } public int Quantity { get; set; } public decimal UnitPrice { get; set; } }
        public record CartRequest(int ProductId, int Quantity);
        public class CartController : ShopCode
        {
            [HttpPost("cart")]
            public async Task<IActionResult> Add([FromBody] CartRequest request)
            {
                var item = new CartItem { ProductId = request.ProductId, Quantity = Math.Max(1, [|request.Quantity|]) };
                db.Add(item);
                await db.SaveChangesAsync();
                return Ok();
            }
        }
        """);

    [Fact]
    public Task A_method_that_adds_to_a_cart() => Flags("""
        public class CartItem { public int ProductId { get; set; } public decimal Price { get; set; } public int Quantity { get; set; } }
        public class Cart { public List<CartItem> Items { get; set; } = new(); }
        public class CartService
        {
            private readonly Cart cart = new();
            public void AddToCartAsync(Product product, int quantity)
            {
                if (product == null || product.Stock < quantity)
                    throw new InvalidOperationException("insufficient stock");
                var existing = cart.Items.FirstOrDefault(i => i.ProductId == product.Id);
                if (existing != null)
                    existing.Quantity += [|quantity|];
                else
                    cart.Items.Add(new CartItem { ProductId = product.Id, Price = product.Price, Quantity = quantity });
            }
        }
        """);

    [Fact]
    public Task A_line_made_by_its_constructor() => Flags("""
        public class BasketItem
        {
            public BasketItem(int productId, decimal unitPrice, int qty) { ProductId = productId; UnitPrice = unitPrice; Qty = [|qty|]; }
            public int ProductId { get; private set; }
            public decimal UnitPrice { get; private set; }
            public int Qty { get; private set; }
        }
        public class Basket
        {
            private readonly List<BasketItem> items = new();
            public void AddItem(int productId, decimal unitPrice, int qty) => items.Add(new BasketItem(productId, unitPrice, [|qty|]));
        }
        """);

    [Fact]
    public Task A_membership_for_as_many_days_as_one_likes() => Flags("""
        public class Membership
        {
            public DateTime ExpiresAt { get; private set; }
            public static Membership Start(int customerId, int validityDays)
            {
                var expiresAt = DateTime.UtcNow.AddDays([|validityDays|]);
                return new Membership { ExpiresAt = expiresAt };
            }
        }
        """);

    [Fact]
    public Task A_validator_that_only_wants_it_there() => Flags("""
        public record PlaceOrder(decimal TotalPrice, int Quantity, string Code);
        public class PlaceOrderValidator : AbstractValidator<PlaceOrder>
        {
            public PlaceOrderValidator()
            {
                [|RuleFor(o => o.TotalPrice)|].NotEmpty();
                RuleFor(o => o.Quantity).NotNull();
                RuleFor(o => o.Code).NotEmpty();
            }
        }
        """);

    private static string Cart(string grow) => $$"""
        public class CartItem { public int ProductId { get; set; } public decimal Price { get; set; } public int Quantity { get; set; } }
        public class CartService
        {
            private readonly List<CartItem> items = new();
            public void Add(Product product, int quantity)
            {
                if (quantity <= 0 || product.Stock < quantity)
                    throw new InvalidOperationException();
                var line = items.FirstOrDefault(i => i.ProductId == product.Id);
                if (line is null)
                    items.Add(new CartItem { ProductId = product.Id, Price = product.Price, Quantity = quantity });
                else
                {
                    {{grow}}
                }
            }
        }
        """;

    [Fact]
    public Task A_line_that_grows_past_the_stock() => Flags(Cart("[|line.Quantity += quantity|];"));

    [Fact]
    public Task A_clamped_quantity() => Allows("""
        public class C : ShopCode
        {
            [HttpPost]
            public async Task<IActionResult> Add(int productId, int quantity)
            {
                var wanted = Math.Clamp(quantity, 1, 10);
                var total = await prices.GetPriceAsync(productId) * wanted;
                return Ok(total);
            }
        }
        """);

    [Fact]
    public Task An_unsigned_quantity() => Allows("""
        public record AddLineRequest(int ProductId, uint Quantity);
        public class C : ShopCode
        {
            [HttpPost]
            public async Task<IActionResult> Add(AddLineRequest req) { var total = await prices.GetPriceAsync(req.ProductId) * req.Quantity; return Ok(total); }
        }
        """);

    [Fact]
    public Task An_adjustment_that_may_be_negative() => Allows("""
        public class StockItem
        {
            public int Id { get; set; }
            public int Stock { get; private set; }
            public void AdjustStock(int quantity) => Stock += quantity;
            public void Correct(int quantityDelta) => Stock += quantityDelta;
        }
        """);

    [Fact]
    public Task A_line_copied_from_a_stored_one() => Allows("""
        public class C : ShopCode
        {
            public async Task<Order> Reorder(int id)
            {
                var old = await db.Orders.FirstAsync(o => o.Id == id);
                return new Order { Lines = old.Lines.Select(l => new OrderLine { ProductId = l.ProductId, Quantity = l.Quantity, UnitPrice = l.UnitPrice }).ToList() };
            }
        }
        """);

    [Fact]
    public Task Staff_that_set_the_stock() => Allows("""
        public record StockRequest(int Quantity);
        [Authorize(Roles = "Warehouse")]
        public class StockController : ShopCode
        {
            [HttpPut("{id}")]
            public async Task<IActionResult> Put(int id, StockRequest request) { (await db.Products.FindAsync(id))!.Stock += request.Quantity; await db.SaveChangesAsync(); return Ok(); }
        }
        """);

    [Fact]
    public Task A_view_model() => Allows("public class LineModel { public LineModel(int quantity, decimal price) { Quantity = quantity; Price = price; } public int Quantity { get; } public decimal Price { get; } }");

    [Fact]
    public Task An_event_without_a_type() => Allows("public class Events { public Task PublishInventoryEventAsync(int quantityBefore, int quantityAfter) { var e = new { QuantityBefore = quantityBefore, QuantityAfter = quantityAfter }; return Task.FromResult(e); } }");

    [Fact]
    public Task A_line_made_for_the_validator() => Allows(CartWith("var total = found?.Quantity + model.Quantity ?? model.Quantity; var warnings = await checks.GetItemWarnings(new CartItem { ProductId = model.ProductId, Quantity = total }); return warnings.Any() ? BadRequest(warnings) : Ok();"));

    [Fact]
    public Task A_validator_that_bounds() => Allows("""
        public record PlaceOrder(decimal TotalPrice, int Quantity);
        public class PlaceOrderValidator : AbstractValidator<PlaceOrder>
        {
            public PlaceOrderValidator()
            {
                RuleFor(o => o.TotalPrice).NotEmpty().GreaterThan(0);
                RuleFor(o => o.Quantity).InclusiveBetween(1, 99);
            }
        }
        """);

    [Fact]
    public Task A_line_that_grows_up_to_the_stock() => Allows(Cart("if (line.Quantity + quantity > product.Stock) throw new InvalidOperationException(); line.Quantity += quantity;"));
}
