namespace RiskAnalyzers.Tests.Rules.Payments;

/// <summary>Guards that refuse less than they say or than their siblings do, and numbers that are kept as a form sends them.</summary>
public sealed partial class UnboundedQuantityTests
{
    [Fact]
    public Task A_guard_that_says_more_than_it_does() => Flags("""
        public class BasketLine
        {
            public int Units { get; private set; }
            public void Change(int units) { if ([|units < 0|]) throw new ArgumentException("Units must be greater than zero.", nameof(units)); Units = units; }
        }
        """);

    [Fact]
    public Task A_guard_the_other_way_round() => Flags("""
        public class Voucher
        {
            public decimal Amount { get; private set; }
            public bool TrySet(decimal amount, out string? error)
            {
                error = null;
                if ([|0m > amount|]) { error = "Amount cannot be zero or negative"; return false; }
                Amount = amount;
                return true;
            }
        }
        """);

    [Fact]
    public Task A_guard_in_another_language() => Flags("""
        public class OrderService { public void Place(int cantidad) { if ([|cantidad < 0|]) throw new InvalidOperationException("La cantidad debe ser mayor que cero"); } }
        """);

    [Fact]
    public Task A_rule_whose_message_refuses_zero() => Flags("""
        public record Line(int Sku, int Pieces);
        public class LineValidator : AbstractValidator<Line> { public LineValidator() { RuleFor(l => l.Pieces).GreaterThanOrEqualTo(0).[|WithMessage|]("Pieces must be at least 1"); } }
        """);

    [Fact]
    public Task A_range_whose_message_refuses_zero() => Flags("""
        public class PriceForm { [[|Range(0, 10000, ErrorMessage = "Price must be greater than 0")|]] public decimal Price { get; set; } }
        """);

    [Fact]
    public Task An_update_weaker_than_the_factory() => Flags("""
        public class Plan
        {
            public decimal Price { get; private set; }
            public static Plan Create(decimal price) { if (price <= 0) throw new ArgumentException("price"); return new Plan { Price = price }; }
            public void Update(decimal newPrice) { if ([|newPrice < 0|]) throw new ArgumentException("price"); Price = newPrice; }
        }
        """);

    [Fact]
    public Task A_change_that_asks_nothing_beside_a_constructor_that_does() => Flags("""
        public class Offer
        {
            public Offer(string name, decimal unitPrice) { ArgumentOutOfRangeException.ThrowIfNegativeOrZero(unitPrice); Name = name; UnitPrice = unitPrice; }
            public string Name { get; }
            public decimal UnitPrice { get; private set; }
            public void SetPrice(decimal unitPrice) { [|UnitPrice = unitPrice|]; }
        }
        """);

    [Fact]
    public Task A_limit_kept_as_it_comes() => Flags("""
        public class Deal { public int Id { get; set; } public string Code { get; set; } = ""; public int UsageLimit { get; set; } }
        public record CreateDealRequest(string Code, int UsageLimit);
        public class DealDb : DbContext { public DbSet<Deal> Deals => Set<Deal>(); }
        [ApiController] public class DealsController(DealDb db) : ControllerBase
        {
            [HttpPost] public async Task<IActionResult> Create(CreateDealRequest request) { db.Deals.Add(new Deal { Code = request.Code, UsageLimit = [|request.UsageLimit|] }); await db.SaveChangesAsync(); return Ok(); }
        }
        """);

    [Fact]
    public Task A_price_kept_as_it_comes() => Flags("""
        public class PriceDto { public string Name { get; set; } = ""; public decimal Price { get; set; } }
        [ApiController] public class CatalogController(ShopDb db) : ControllerBase
        {
            [HttpPut("{id}")] public async Task<IActionResult> Put(int id, PriceDto dto)
            {
                var product = await db.Products.FindAsync(id);
                if (product is null) return NotFound();
                product.Name = dto.Name;
                product.Price = [|dto.Price|];
                await db.SaveChangesAsync();
                return NoContent();
            }
        }
        """);

    [Fact]
    public Task Any_number_into_a_cart_of_its_own() => Flags("""
        public class ShoppingCart
        {
            public int Id { get; set; }
            private readonly List<(int Product, int Count)> lines = new();
            public void AddItem(int product, int quantity, decimal price) { if (quantity <= 0) throw new ArgumentException("quantity"); lines.Add((product, quantity)); }
        }
        public record AddToCartCommand(int ProductId, int Quantity);
        public interface ICarts { Task<ShoppingCart> GetAsync(); Task SaveAsync(ShoppingCart cart); }
        public class AddToCartHandler(ICarts carts, ShopDb db)
        {
            public async Task Handle(AddToCartCommand request)
            {
                var product = await db.Products.FirstAsync(p => p.Id == request.ProductId);
                var cart = await carts.GetAsync();
                cart.AddItem(product.Id, [|request.Quantity|], product.Price);
                await carts.SaveAsync(cart);
            }
        }
        """);

    [Fact]
    public Task A_cart_that_caps_for_itself() => Allows("""
        public class ShoppingCart
        {
            public int Id { get; set; }
            private readonly List<(int Product, int Count)> lines = new();
            public void AddItem(int product, int quantity) { if (quantity is < 1 || quantity > 50) throw new ArgumentException("quantity"); lines.Add((product, quantity)); }
        }
        public record AddToCartCommand(int ProductId, int Quantity);
        public interface ICarts { Task<ShoppingCart> GetAsync(); Task SaveAsync(ShoppingCart cart); }
        public class AddToCartHandler(ICarts carts)
        {
            public async Task Handle(AddToCartCommand request) { var cart = await carts.GetAsync(); cart.AddItem(request.ProductId, request.Quantity); await carts.SaveAsync(cart); }
        }
        """);

    [Fact]
    public Task A_guard_that_means_what_it_says() => Allows("""
        public class Level { public int Stock { get; private set; } public void Set(int stock) { if (stock < 0) throw new ArgumentException("Stock cannot be negative"); Stock = stock; } }
        public class Rest { public decimal Amount { get; private set; } public void Set(decimal amount) { if (amount < 0) throw new ArgumentException("Amount must be greater than or equal to zero"); Amount = amount; } }
        """);

    [Fact]
    public Task A_guard_of_one_and_more() => Allows("""
        public class Cart2 { public int Units { get; private set; } public void Set(int units) { if (units < 1) throw new ArgumentException("Units must be greater than zero"); Units = units; } }
        """);

    [Fact]
    public Task A_line_that_zero_removes() => Allows("""
        public class Position
        {
            public int Quantity { get; private set; }
            public Position(int quantity) { if (quantity <= 0) throw new ArgumentException("quantity"); Quantity = quantity; }
            public void SetQuantity(int quantity) { if (quantity < 0) throw new ArgumentException("quantity cannot be negative"); Quantity = quantity; }
        }
        """);

    [Fact]
    public Task A_change_that_asks_a_helper() => Allows("""
        public class Offer
        {
            public Offer(decimal price) { if (price <= 0) throw new ArgumentException("price"); Price = price; }
            public decimal Price { get; private set; }
            public void SetPrice(decimal price) { EnsurePositive(price); Price = price; }
            private static void EnsurePositive(decimal price) { if (price <= 0) throw new ArgumentException("price"); }
        }
        """);

    [Fact]
    public Task A_limit_that_the_form_declares() => Allows("""
        public class Deal { public int Id { get; set; } public int UsageLimit { get; set; } }
        public class CreateDealRequest { [Range(1, 10000)] public int UsageLimit { get; set; } }
        public class DealDb : DbContext { public DbSet<Deal> Deals => Set<Deal>(); }
        [ApiController] public class DealsController(DealDb db) : ControllerBase
        {
            [HttpPost] public async Task<IActionResult> Create(CreateDealRequest request) { db.Deals.Add(new Deal { UsageLimit = request.UsageLimit }); await db.SaveChangesAsync(); return Ok(); }
        }
        """);

    [Fact]
    public Task A_price_that_only_staff_sets() => Allows("""
        public class PriceDto { public decimal Price { get; set; } }
        [ApiController, Authorize(Roles = "Admin")] public class CatalogController(ShopDb db) : ControllerBase
        {
            [HttpPut("{id}")] public async Task<IActionResult> Put(int id, PriceDto dto) { var product = await db.Products.FindAsync(id); if (product is null) return NotFound(); product.Price = dto.Price; await db.SaveChangesAsync(); return NoContent(); }
        }
        """);

    private const string CartOfLines = """
        public class ShoppingCart { public int Id { get; set; } private readonly List<(int Product, int Count)> lines = new(); public void AddItem(int product, int quantity) { if (quantity <= 0) throw new ArgumentException("quantity"); lines.Add((product, quantity)); } public int QuantityOf(int product) => lines.Where(l => l.Product == product).Sum(l => l.Count); }
        public record AddToCartCommand(int ProductId, int Quantity);
        public interface ICarts { Task<ShoppingCart> GetAsync(); Task SaveAsync(ShoppingCart cart); }

        """;

    [Fact]
    public Task Only_what_is_added_is_compared_with_the_stock() => Flags(CartOfLines + """
        public class AddToCartHandler(ICarts carts, ShopDb db)
        {
            public async Task Handle(AddToCartCommand request)
            {
                var product = await db.Products.FirstAsync(p => p.Id == request.ProductId);
                if ([|product.Stock < request.Quantity|]) throw new InvalidOperationException("not enough");
                var cart = await carts.GetAsync();
                cart.AddItem(product.Id, request.Quantity);
                await carts.SaveAsync(cart);
            }
        }
        """);

    [Fact]
    public Task What_the_cart_holds_is_compared_as_well() => Allows(CartOfLines + """
        public class AddToCartHandler(ICarts carts, ShopDb db)
        {
            public async Task Handle(AddToCartCommand request)
            {
                var product = await db.Products.FirstAsync(p => p.Id == request.ProductId);
                var cart = await carts.GetAsync();
                if (product.Stock < cart.QuantityOf(product.Id) + request.Quantity) throw new InvalidOperationException("not enough");
                cart.AddItem(product.Id, request.Quantity);
                await carts.SaveAsync(cart);
            }
        }
        """);

    [Fact]
    public Task A_date_before_the_first_of_january() => Allows("""
        public class PaymentClock { public static long Milliseconds(DateTimeOffset time) { long v = time.ToUnixTimeMilliseconds(); if (v < 0) throw new FormatException("Invalid datetime (less than 1/1/1970)"); return v; } }
        """);

    [Fact]
    public Task A_constructor_that_takes_what_a_change_refuses() => Flags("""
        public class Ware
        {
            public string Name { get; private set; }
            public int StockQuantity { get; private set; }
            public Ware(string name, int stockQuantity)
            {
                if (string.IsNullOrWhiteSpace(name)) throw new ArgumentException("name");
                Name = name;
                [|StockQuantity = stockQuantity|];
            }
            public void UpdateStockQuantity(int stockQuantity)
            {
                if (stockQuantity < 0) throw new ArgumentException("stock");
                StockQuantity = stockQuantity;
            }
        }
        """);

    [Fact]
    public Task A_constructor_that_refuses_too() => Allows("""
        public class Ware
        {
            public int StockQuantity { get; private set; }
            private Ware() { }
            public Ware(int stockQuantity) { ArgumentOutOfRangeException.ThrowIfNegative(stockQuantity); StockQuantity = stockQuantity; }
            public void UpdateStockQuantity(int stockQuantity) { if (stockQuantity < 0) throw new ArgumentException("stock"); StockQuantity = stockQuantity; }
        }
        """);

    private const string Basket = """

        public class Basket { public int Id { get; set; } private readonly List<OrderLine> lines = new(); public void UpdateQuantity(int product, int quantity) { if (quantity <= 0) throw new ArgumentException("quantity"); lines.First(l => l.ProductId == product).Quantity = quantity; } }
        public record SetQuantityCommand(int ProductId, int Quantity);
        public interface IBaskets { Task<Basket> FindAsync(); Task SaveAsync(Basket basket); }
        public class SetQuantityHandler(IBaskets baskets)
        {
            public async Task Handle(SetQuantityCommand command) { var basket = await baskets.FindAsync(); basket.UpdateQuantity(command.ProductId, AMOUNT); await baskets.SaveAsync(basket); }
        }
        """;

    [Fact]
    public Task A_validator_that_knows_only_the_least() => Flags(
        "public class SetQuantityValidator : AbstractValidator<SetQuantityCommand> { public SetQuantityValidator() => RuleFor(x => x.Quantity).GreaterThanOrEqualTo(0); }" + Basket.Replace("AMOUNT", "[|command.Quantity|]"));

    [Fact]
    public Task A_validator_that_knows_the_most() => Allows(
        "public class SetQuantityValidator : AbstractValidator<SetQuantityCommand> { public SetQuantityValidator() => RuleFor(x => x.Quantity).GreaterThanOrEqualTo(0).LessThanOrEqualTo(99); }" + Basket.Replace("AMOUNT", "command.Quantity"));
}
