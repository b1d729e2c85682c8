namespace RiskAnalyzers.Tests.Rules.Accounts;

/// <summary>Carts that anybody may open on purpose, under an id that callers make up.</summary>
public sealed partial class MissingOwnershipCheckTests
{
    private static string Baskets(string actions) => $$"""
        public class BasketLine { public int ProductId { get; set; } public int Quantity { get; set; } }
        public class Basket { public string Id { get; set; } = ""; public string? UserId { get; set; } public List<BasketLine> Lines { get; set; } = new(); }
        public interface IBasketStore { Task<Basket?> GetBasketAsync(string id); Task SaveBasketAsync(Basket basket); Task DeleteBasketAsync(string id); }
        [ApiController, Route("api/baskets")]
        public class BasketController(IBasketStore store) : ControllerBase
        {
            {{actions}}
        }
        """;

    [Fact]
    public Task A_basket_that_anybody_deletes() => Flags(Baskets("""[HttpDelete("{id}"), AllowAnonymous] public async Task<IActionResult> Delete(string id) { await [|store.DeleteBasketAsync(id)|]; return NoContent(); }"""));

    [Fact]
    public Task A_basket_that_anybody_reads() => Flags(Baskets("""[HttpGet("{id}"), AllowAnonymous] public async Task<ActionResult<Basket>> Get(string id) => Ok(await [|store.GetBasketAsync(id)|]);"""));

    [Fact]
    public Task A_basket_whose_id_a_helper_hands_back() => Flags(Baskets("""
        private string Resolve(string given)
        {
            if (given == "me" && User.FindFirstValue(ClaimTypes.NameIdentifier) is { } own) return own;
            return given;
        }

        [HttpDelete("{id}/lines/{line}"), AllowAnonymous]
        public async Task<IActionResult> RemoveLine(string id, int line)
        {
            var basket = await [|store.GetBasketAsync(Resolve(id))|];
            basket!.Lines.RemoveAt(line);
            await store.SaveBasketAsync(basket);
            return NoContent();
        }
        """));

    [Fact]
    public Task A_whole_basket_under_an_id_of_its_own() => Flags("""
        public class BasketDto { public string Id { get; set; } = ""; public List<int> Products { get; set; } = new(); }
        public interface IBasketService { Task UpdateBasketAsync(BasketDto basket); }
        [ApiController, Route("api/basket")]
        public class BasketController(IBasketService baskets) : ControllerBase
        {
            [HttpPost, AllowAnonymous]
            public async Task<IActionResult> Update([FromBody] BasketDto basket)
            {
                await [|baskets.UpdateBasketAsync(basket)|];
                return Ok();
            }
        }
        """);

    [Fact]
    public Task A_basket_that_is_compared_with_the_caller() => Allows(Baskets("""
        [HttpDelete("{id}"), AllowAnonymous]
        public async Task<IActionResult> Delete(string id)
        {
            var basket = await store.GetBasketAsync(id);
            if (basket?.UserId is { } owner && owner != User.FindFirstValue(ClaimTypes.NameIdentifier)) return Forbid();
            await store.DeleteBasketAsync(id);
            return NoContent();
        }
        """));

    [Fact]
    public Task A_basket_of_the_visitor_s_cookie() => Allows(Baskets("""[HttpDelete("mine"), AllowAnonymous] public async Task<IActionResult> Delete() { await store.DeleteBasketAsync(Request.Cookies["basket"] ?? ""); return NoContent(); }"""));

    [Fact]
    public Task A_mapped_message_that_names_somebody() => Flags("""
        public interface IMediator { Task<object> Send(object message); }
        public record GetPaymentsQuery(string UserId);
        public class GetPaymentsHandler(ShopDb db) { public Task<List<Order>> Handle(GetPaymentsQuery query) => db.Orders.Where(o => o.CustomerId == [|query.UserId|]).ToListAsync(); }
        public static class Api { public static void Map(WebApplication app) => app.MapGet("/payments/{userId}", async (string userId, IMediator mediator) => await [|mediator.Send(new GetPaymentsQuery(userId))|]); }
        """);

    [Fact]
    public Task A_mapped_message_for_whoever_signed_in() => Allows("""
        public interface IMediator { Task<object> Send(object message); }
        public record GetPaymentsQuery(string UserId);
        public class GetPaymentsHandler(ShopDb db) { public Task<List<Order>> Handle(GetPaymentsQuery query) => db.Orders.Where(o => o.CustomerId == query.UserId).ToListAsync(); }
        public static class Api { public static void Map(WebApplication app) => app.MapGet("/payments/mine", async (ClaimsPrincipal user, IMediator mediator) => await mediator.Send(new GetPaymentsQuery(user.FindFirstValue("sub")!))).RequireAuthorization(); }
        """);
}
