using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Payments;

public sealed partial class ClientSuppliedPriceTests() : RuleTest("RISK2009")
{
    [Fact]
    public Task A_total_computed_from_the_requests_unit_price() => Flags("""
        public record PlaceOrderRequest(int ProductId, int Quantity, decimal UnitPrice);
        public class OrdersController : ShopCode
        {
            [HttpPost("orders")]
            public async Task<IActionResult> Place([FromBody] PlaceOrderRequest req)
            {
                var order = new Order { Total = [|req.UnitPrice|] * req.Quantity };
                db.Orders.Add(order);
                await db.SaveChangesAsync();
                return Ok(order.Id);
            }
        }
        """);

    [Fact]
    public Task Lines_projected_from_the_request() => Flags("""
        public record ItemDto(int ProductId, decimal Price, int Quantity);
        public record CreateOrderDto(string CustomerId, List<ItemDto> Items);
        [ApiController]
        public class OrdersController(OrderService orders) : ControllerBase
        {
            [HttpPost]
            public async Task<ActionResult<Order>> Create(CreateOrderDto dto) => Ok(await orders.CreateAsync(dto));
        }
        public class OrderService(ShopDb db)
        {
            public async Task<Order> CreateAsync(CreateOrderDto dto)
            {
                var order = new Order { CustomerId = dto.CustomerId, Lines = dto.Items.Select(i => new OrderLine { ProductId = i.ProductId, UnitPrice = [|i.Price|], Quantity = i.Quantity }).ToList() };
                db.Orders.Add(order);
                await db.SaveChangesAsync();
                return order;
            }
        }
        """);

    [Fact]
    public Task A_total_summed_in_a_loop_over_the_request() => Flags("""
        public class CheckoutItem { public int ProductId { get; set; } public decimal Price { get; set; } public int Quantity { get; set; } }
        public class CheckoutRequest { public List<CheckoutItem> Items { get; set; } = []; }
        public class CheckoutController : ShopCode
        {
            [HttpPost("checkout")]
            public async Task<IActionResult> Checkout(CheckoutRequest request)
            {
                decimal total = 0;
                foreach (var item in request.Items)
                {
                    total += [|item.Price|] * item.Quantity;
                }
                var order = new Order { Total = total };
                db.Orders.Add(order);
                await db.SaveChangesAsync();
                return Ok();
            }
        }
        """);

    [Fact]
    public Task The_amount_of_the_charge_is_the_clients() => Flags("""
        public record PayRequest(int OrderId, decimal Amount, string Token);
        public class PaymentsController : ShopCode
        {
            [HttpPost("pay")]
            public async Task<IActionResult> Pay(PayRequest request)
            {
                var result = await gateway.ChargeAsync([|request.Amount|], request.Token, $"order-{request.OrderId}");
                return result.Success ? Ok() : BadRequest();
            }
        }
        """);

    [Fact]
    public Task A_minimal_api_that_charges_what_it_is_told() => Flags("""
        public static class Api
        {
            public static void Map(WebApplication app)
            {
                app.MapPost("/payments", async (ChargeBody body, IPaymentGateway gateway) =>
                {
                    var cents = Math.Round([|body.Total|], 2);
                    var result = await gateway.ChargeAsync(cents, body.Token);
                    return result.Success ? Results.Ok() : Results.BadRequest();
                });
            }
        }
        public record ChargeBody(decimal Total, string Token);
        """);

    [Fact]
    public Task A_discount_of_the_clients_choice() => Flags("""
        public class CheckoutInput { public int CartId { get; set; } public decimal DiscountAmount { get; set; } }
        public class CheckoutController : ShopCode
        {
            [HttpPost]
            public async Task<IActionResult> Checkout([FromForm] CheckoutInput input)
            {
                var order = await db.Orders.FirstAsync(o => o.Id == input.CartId);
                order.Total -= [|input.DiscountAmount|];
                await db.SaveChangesAsync();
                return Ok();
            }
        }
        """);

    [Fact]
    public Task A_stripe_session_priced_by_the_client() => Flags("""
        public record CheckoutDto(string Name, decimal Price, long Quantity);
        public class CheckoutController : ShopCode
        {
            [HttpPost("create-intent")]
            public async Task<IActionResult> Create([FromBody] CheckoutDto dto)
            {
                var options = new Stripe.PaymentIntentCreateOptions { Amount = (long)Math.Round([|dto.Price|] * 100), Currency = "eur" };
                var intent = await new Stripe.PaymentIntentService().CreateAsync(options);
                return Ok(intent.ClientSecret);
            }
        }
        """);

    [Fact]
    public Task A_factory_of_the_model() => Flags("""
        public class CartItem
        {
            private CartItem(int productId, decimal unitPrice) { ProductId = productId; UnitPrice = unitPrice; }
            public int ProductId { get; }
            public decimal UnitPrice { get; }
            public static CartItem Create(int productId, decimal unitPrice) => new(productId, unitPrice);
        }
        public record AddToCartRequest(int ProductId, decimal UnitPrice);
        public static class CartEndpoints
        {
            public static void Map(WebApplication app) => app.MapPost("/cart/items", AddItem);

            private static IResult AddItem(AddToCartRequest request, List<CartItem> items)
            {
                items.Add(CartItem.Create(request.ProductId, [|request.UnitPrice|]));
                return Results.Ok();
            }
        }
        """);

    [Fact]
    public Task A_whole_order_bound_from_the_body() => Flags("""
        public class Sale { public int Id { get; set; } public decimal Total { get; set; } }
        public class OrdersController : ShopCode
        {
            [HttpPost]
            public async Task<IActionResult> Post([FromBody] Sale posted)
            {
                db.Orders.Add(new Order { Total = [|posted.Total|] });
                await db.SaveChangesAsync();
                return Ok();
            }
        }
        """);

    [Fact]
    public Task A_plain_parameter_of_an_action() => Flags("""
        public class OrdersController : ShopCode
        {
            [HttpPost("{id}/pay")]
            public async Task<IActionResult> Pay(int id, [FromQuery] decimal amount, string token)
            {
                var paid = await gateway.ChargeAsync([|amount|], token, $"order-{id}");
                return paid.Success ? Ok() : Conflict();
            }
        }
        """);

    [Fact]
    public Task A_fallback_to_the_clients_price() => Flags("""
        public record LineRequest(int ProductId, decimal? UnitPrice, int Quantity);
        public class CartController : ShopCode
        {
            [HttpPost]
            public async Task<IActionResult> Add(LineRequest request)
            {
                var product = await db.Products.FindAsync(request.ProductId);
                var price = [|request.UnitPrice|] ?? product!.Price;
                var order = new Order();
                order.Lines.Add(new OrderLine { ProductId = request.ProductId, UnitPrice = price, Quantity = request.Quantity });
                db.Orders.Add(order);
                await db.SaveChangesAsync();
                return Ok();
            }
        }
        """);

    [Fact]
    public Task A_body_read_by_hand() => Flags("""
        public class PayBody { public decimal Amount { get; set; } public string Token { get; set; } = ""; }
        public static class Endpoints
        {
            public static void Map(WebApplication app) => app.MapPost("/pay", async (HttpContext context, IPaymentGateway gateway) =>
            {
                var body = await context.Request.ReadFromJsonAsync<PayBody>();
                if (body is null) return Results.BadRequest();
                var result = await gateway.ChargeAsync([|body.Amount|], body.Token);
                return result.Success ? Results.Ok() : Results.BadRequest();
            });
        }
        """);

    [Fact]
    public Task A_total_that_is_only_compared() => Allows("""
        public record ConfirmRequest(int OrderId, decimal ExpectedTotal, string Token);
        public class C : ShopCode
        {
            [HttpPost("confirm")]
            public async Task<IActionResult> Confirm([FromBody] ConfirmRequest req)
            {
                var order = await db.Orders.FirstAsync(o => o.Id == req.OrderId);
                if (order.Total != req.ExpectedTotal) return Conflict();
                return Ok(await gateway.ChargeAsync(order.Total, req.Token, $"order-{order.Id}"));
            }
        }
        """);

    [Fact]
    public Task A_charge_of_the_clients_figure_after_it_was_compared() => Allows("""
        public record PayRequest(int OrderId, decimal Amount, string Token);
        public class C : ShopCode
        {
            [HttpPost("pay")]
            public async Task<IActionResult> Pay(PayRequest req)
            {
                var order = await db.Orders.FirstAsync(o => o.Id == req.OrderId);
                if (Math.Abs(order.Total - req.Amount) > 0.001m) return Conflict();
                return Ok(await gateway.ChargeAsync(req.Amount, req.Token, $"order-{order.Id}"));
            }
        }
        """);

    [Fact]
    public Task Staff_that_price_a_product() => Allows("""
        public record ProductRequest(string Name, decimal Price);
        public class ProductsController : ShopCode
        {
            [HttpPost]
            public async Task<IActionResult> Create(ProductRequest request)
            {
                db.Products.Add(new Product { Name = request.Name, Price = request.Price });
                await db.SaveChangesAsync();
                return Ok();
            }
        }
        """);

    [Fact]
    public Task An_action_for_a_role() => Allows("""
        public record PhoneOrderRequest(decimal Total);
        public class OrdersController : ShopCode
        {
            [Authorize(Roles = "Sales")]
            [HttpPost]
            public async Task<IActionResult> Create(PhoneOrderRequest request)
            {
                db.Orders.Add(new Order { Total = request.Total });
                await db.SaveChangesAsync();
                return Ok();
            }
        }
        """);

    [Fact]
    public Task A_donation_of_any_size() => Allows("""
        public record DonationRequest(decimal Amount, string Token);
        public class DonationsController : ShopCode
        {
            [HttpPost]
            public async Task<IActionResult> Donate(DonationRequest request) => Ok(await gateway.ChargeAsync(request.Amount, request.Token));
        }
        """);

    [Fact]
    public Task A_deposit_into_a_wallet() => Allows("""
        public record TopUpRequest(decimal Amount, string Token);
        public class WalletController : ShopCode
        {
            [HttpPost("top-up")]
            public async Task<IActionResult> TopUp(TopUpRequest request) => Ok(await gateway.ChargeAsync(request.Amount, request.Token));
        }
        """);

    [Fact]
    public Task Prices_from_the_catalogue() => Allows("""
        public record ItemDto(int ProductId, decimal Price, int Quantity);
        public record CreateOrderRequest(List<ItemDto> Items);
        public class OrdersController : ShopCode
        {
            [HttpPost]
            public async Task<IActionResult> Create(CreateOrderRequest request)
            {
                var order = new Order();
                foreach (var item in request.Items)
                {
                    var product = await db.Products.FirstAsync(p => p.Id == item.ProductId);
                    order.Lines.Add(new OrderLine { ProductId = product.Id, UnitPrice = product.Price, Quantity = item.Quantity });
                    order.Total += product.Price * item.Quantity;
                }
                db.Orders.Add(order);
                await db.SaveChangesAsync();
                return Ok();
            }
        }
        """);

    [Fact]
    public Task A_command_that_is_only_passed_on() => Allows("""
        public record CreateOrderRequest(int ProductId, decimal Price);
        public record CreateOrderCommand(int ProductId, decimal Price);
        public interface ISender { Task Send(object command); }
        public class OrdersController(ISender sender) : ControllerBase
        {
            [HttpPost]
            public async Task<IActionResult> Create(CreateOrderRequest request)
            {
                await sender.Send(new CreateOrderCommand(request.ProductId, request.Price));
                return Accepted();
            }
        }
        """);

    [Fact]
    public Task The_gateways_own_request() => Allows("""
        public class ProcessPaymentRequest { public decimal OrderTotal { get; set; } }
        public class CardGateway
        {
            public Stripe.PaymentIntentCreateOptions Options(ProcessPaymentRequest request) => new() { Amount = (long)Math.Round(request.OrderTotal * 100) };
        }
        """);

    [Fact]
    public Task A_view_of_an_order() => Allows("""
        public record OrderFilter(decimal MinTotal, decimal MaxTotal);
        public class OrdersController : ShopCode
        {
            [HttpGet]
            public async Task<IActionResult> List([FromQuery] OrderFilter filter) => Ok(await db.Orders.Where(o => o.Total >= filter.MinTotal && o.Total <= filter.MaxTotal).ToListAsync());
        }
        """);
}
