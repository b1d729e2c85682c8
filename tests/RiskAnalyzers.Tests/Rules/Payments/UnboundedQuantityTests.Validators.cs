namespace RiskAnalyzers.Tests.Rules.Payments;

/// <summary>Quantities that a validator, an annotation or a model checks, or forgets to.</summary>
public sealed partial class UnboundedQuantityTests
{
    [Fact]
    public Task A_validator_that_forgets_the_quantity() => Flags("""
        public record AddItemCommand(int ProductId, int Quantity);
        public class AddItemValidator : AbstractValidator<AddItemCommand> { public AddItemValidator() { RuleFor(x => x.ProductId).GreaterThan(0); RuleFor(x => x.Quantity).NotNull(); } }
        public class AddItemHandler(ShopDb db)
        {
            public async Task Handle(AddItemCommand command)
            {
                var product = await db.Products.FirstAsync(p => p.Id == command.ProductId);
                var order = new Order { Total = product.Price * [|command.Quantity|] };
                db.Orders.Add(order);
                await db.SaveChangesAsync();
            }
        }
        """);

    [Fact]
    public Task A_range_on_the_request() => Allows("""
        public class AddLineRequest { public int ProductId { get; set; } [Range(1, 100)] public int Quantity { get; set; } }
        [ApiController]
        public class C : ShopCode
        {
            [HttpPost]
            public async Task<IActionResult> Add(AddLineRequest req) { var total = await prices.GetPriceAsync(req.ProductId) * req.Quantity; return Ok(total); }
        }
        """);

    [Fact]
    public Task A_validator_of_the_compilation() => Allows("""
        public record Item(int ProductId, int Quantity);
        public record PlaceOrderCommand(List<Item> Items);
        public class PlaceOrderValidator : AbstractValidator<PlaceOrderCommand>
        {
            public PlaceOrderValidator() => RuleForEach(x => x.Items).ChildRules(item => item.RuleFor(i => i.Quantity).GreaterThan(0));
        }
        public class PlaceOrderHandler(IPriceService prices)
        {
            public async Task<Order> Handle(PlaceOrderCommand command)
            {
                var order = new Order();
                foreach (var item in command.Items)
                    order.Total += await prices.GetPriceAsync(item.ProductId) * item.Quantity;
                return order;
            }
        }
        """);

    [Fact]
    public Task A_model_that_refuses_it() => Allows("""
        public class OrderItem
        {
            public OrderItem(decimal unitPrice, int quantity)
            {
                if (quantity <= 0) throw new ArgumentException("quantity");
                UnitPrice = unitPrice;
                Quantity = quantity;
            }
            public decimal UnitPrice { get; }
            public int Quantity { get; }
        }
        """);

    [Fact]
    public Task A_helper_that_checks() => Allows("""
        public class Basket
        {
            public List<OrderLine> Lines { get; } = [];
            public void Add(int productId, decimal price, int quantity)
            {
                EnsurePositive(quantity);
                Lines.Add(new OrderLine { ProductId = productId, UnitPrice = price, Quantity = quantity });
            }
            private static void EnsurePositive(int value) { if (value <= 0) throw new ArgumentOutOfRangeException(nameof(value)); }
        }
        """);

    [Fact]
    public Task A_model_that_hands_it_to_one_that_refuses() => Allows("""
        public class Line { public Line(decimal price, int quantity) { ArgumentOutOfRangeException.ThrowIfNegativeOrZero(quantity); Price = price; Quantity = quantity; } public decimal Price { get; } public int Quantity { get; } }
        public record AddRequest(decimal Price, int Quantity);
        public class C : ShopCode
        {
            [HttpPost]
            public IActionResult Add(AddRequest request, List<Line> lines) { lines.Add(new Line(9.99m, request.Quantity)); return Ok(); }
        }
        """);

    private const string Registration = """

        static class Registration
        {
            public static IServiceCollection AddValidatorsFromAssembly(this IServiceCollection services, System.Reflection.Assembly assembly) => services;
            public static void Main(string[] args) { var builder = WebApplication.CreateBuilder(args); builder.Services.AddValidatorsFromAssembly(typeof(Registration).Assembly); builder.Build().Run(); }
        }
        public record RedeemRequest(int DishId, int Quantity);
        public class RedeemValidator : AbstractValidator<RedeemRequest> { public RedeemValidator() => RuleFor(x => x.Quantity).GreaterThan(0).LessThan(20); }
        public class OfferItem { public int OfferItemId { get; set; } public int DishId { get; set; } public int Quantity { get; set; } }
        """;

    [Fact]
    public Task A_validator_that_nobody_runs() => Flags(
        "public class RedeemHandler { public OfferItem Handle(RedeemRequest request) => new OfferItem { DishId = request.DishId, Quantity = [|request.Quantity|] }; }" + Registration);

    [Fact]
    public Task A_validator_that_the_handler_runs() => Allows(
        "public class RedeemHandler(IValidator<RedeemRequest> validator) { public OfferItem Handle(RedeemRequest request) { validator.ValidateAndThrow(request); return new OfferItem { DishId = request.DishId, Quantity = request.Quantity }; } }" + Registration);

    [Fact]
    public Task A_validator_that_a_behaviour_runs() => Allows(
        "public class RedeemHandler { public OfferItem Handle(RedeemRequest request) => new OfferItem { DishId = request.DishId, Quantity = request.Quantity }; } public class Checks<TRequest>(IEnumerable<IValidator<TRequest>> validators) { public bool Any => validators.Any(); }" + Registration);

    [Fact]
    public Task A_price_in_points() => Flags("""
        public record CreateOfferRequest(string Title, int PointCost);
        public class Offer { public int OfferId { get; set; } public string Title { get; set; } = ""; public int PointCost { get; set; } }
        public class CreateOfferHandler { public Offer Handle(CreateOfferRequest request) => new Offer { Title = request.Title, PointCost = [|request.PointCost|] }; }
        """);
}
