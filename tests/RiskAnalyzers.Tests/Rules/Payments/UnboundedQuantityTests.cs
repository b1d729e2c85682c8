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
    public Task A_guard_at_the_top() => Allows("""
        public record AddLineRequest(int ProductId, int Quantity);
        public class C : ShopCode
        {
            [HttpPost]
            public async Task<IActionResult> Add(AddLineRequest req)
            {
                ArgumentOutOfRangeException.ThrowIfNegativeOrZero(req.Quantity);
                var p = await db.Products.FirstAsync(x => x.Id == req.ProductId);
                db.Orders.Add(new Order { Total = p.Price * req.Quantity });
                await db.SaveChangesAsync();
                return Ok();
            }
        }
        """);

    [Fact]
    public Task A_comparison_that_refuses() => Allows("""
        public record AddLineRequest(int ProductId, int Quantity);
        public class C : ShopCode
        {
            [HttpPost]
            public async Task<IActionResult> Add(AddLineRequest req)
            {
                if (req.Quantity is < 1 or > 99) return BadRequest();
                var price = await prices.GetPriceAsync(req.ProductId);
                var total = price * req.Quantity;
                return Ok(total);
            }
        }
        """);

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
    public Task An_event_without_a_type() => Allows("public class Events { public Task PublishInventoryEventAsync(int quantityBefore, int quantityAfter) { var e = new { QuantityBefore = quantityBefore, QuantityAfter = quantityAfter }; return Task.FromResult(e); } }");

    [Fact]
    public Task A_line_made_for_the_validator() => Allows(CartWith("var total = found?.Quantity + model.Quantity ?? model.Quantity; var warnings = await checks.GetItemWarnings(new CartItem { ProductId = model.ProductId, Quantity = total }); return warnings.Any() ? BadRequest(warnings) : Ok();"));

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
    public Task A_quantity_that_is_compared_with_the_stock() => Allows("""
        public class CartItem { public int ProductId { get; set; } public int Quantity { get; set; } public decimal UnitPrice { get; set; } }
        public record CartRequest(int ProductId, int Quantity);
        public class CartController : ShopCode
        {
            [HttpPost("cart")]
            public async Task<IActionResult> Add([FromBody] CartRequest request)
            {
                var product = await db.Products.FirstAsync(p => p.Id == request.ProductId);
                var quantity = Math.Max(1, request.Quantity);
                if (quantity > product.Stock) return Conflict();
                db.Add(new CartItem { ProductId = request.ProductId, Quantity = quantity });
                await db.SaveChangesAsync();
                return Ok();
            }
        }
        """);
}
