namespace RiskAnalyzers.Tests.Rules.Errors;

/// <summary>What endpoints say of an <c>InvalidOperationException</c>: EF throws it as well as the product.</summary>
public sealed partial class ExceptionTextToClientTests
{
    [Fact]
    public Task A_refusal_with_whatever_the_service_threw() => Flags("""
        public class ShopDbContext : DbContext { }
        public interface ICartService { Task<int> AddAsync(int productId); }
        [ApiController, Route("api/cart")]
        public class CartController(ICartService carts, ShopDbContext db) : ControllerBase
        {

            [HttpPost("items")]
            public async Task<IActionResult> Add(int productId)
            {
                try { return Ok(await carts.AddAsync(productId)); }
                catch (InvalidOperationException ex) { return BadRequest(new { error = [|ex.Message|] }); }
            }
        }
        """);

    [Fact]
    public Task A_mapped_handler_s_refusal_with_whatever_the_service_threw() => Flags("""
        public class AccountDbContext : DbContext { }
        public interface IRegistration { Task<string> RegisterAsync(string email); }
        public static class AccountEndpoints
        {
            public static void Map(WebApplication app) => app.MapPost("/accounts", async (string email, IRegistration accounts) =>
            {
                try
                {
                    var id = await accounts.RegisterAsync(email);
                    return Results.Ok(id);
                }
                catch (InvalidOperationException e)
                {
                    return Results.Conflict([|e.Message|]);
                }
            });
        }
        """);

    [Fact]
    public Task A_refusal_of_the_domain_s_own() => Allows("""
        public class Basket { public void Clear() => throw new InvalidOperationException("It is paid already"); }
        [Route("api/cart")]
        public class CartController : ControllerBase
        {
            [HttpDelete]
            public IActionResult Clear(Basket basket)
            {
                try { basket.Clear(); return Ok(); }
                catch (InvalidOperationException ex) { return BadRequest(ex.Message); }
            }
        }
        """);

    [Fact]
    public Task A_refusal_to_the_staff() => Allows("""
        public class ShopDbContext : DbContext { }
        public interface ISettings { Task SetAsync(string key, string value); }
        [Authorize(Roles = "Admin"), Route("api/tax-settings")]
        public class TaxSettingsController(ISettings settings) : ControllerBase
        {
            [HttpPut]
            public async Task<IActionResult> Set(string key, string value)
            {
                try { await settings.SetAsync(key, value); return Ok(); }
                catch (InvalidOperationException ex) { return BadRequest(ex.Message); }
            }
        }
        """);

    [Fact]
    public Task A_handler_s_answer_to_what_the_domain_refused() => Allows("""
        public record Outcome(string? Error) { public static Outcome Validation(string text) => new(text); }
        public class CompleteCheckoutHandler(ShopDb db)
        {
            public async Task<Outcome> Handle(Order order)
            {
                try { await db.SaveChangesAsync(); return new Outcome((string?)null); }
                catch (InvalidOperationException ex) { return Outcome.Validation(ex.Message); }
            }
        }
        """);

    [Fact]
    public Task What_the_provider_answered_word_for_word() => Flags("""
        public class ChargeResult { public bool Ok { get; set; } public string? ErrorMessage { get; set; } public string? RawResponse { get; set; } }
        public class CardGateway(HttpClient http)
        {
            public async Task<ChargeResult> ChargeAsync(HttpRequestMessage request)
            {
                using var response = await http.SendAsync(request);
                var body = await response.Content.ReadAsStringAsync();
                if (!response.IsSuccessStatusCode)
                    return new ChargeResult { RawResponse = body, ErrorMessage = [|body|] };
                return new ChargeResult { Ok = true, RawResponse = body };
            }
        }
        """);

    [Fact]
    public Task What_another_service_answered_in_a_refusal() => Flags("""
        public class ShippingController(HttpClient http) : ControllerBase
        {
            public async Task<IActionResult> Quote()
            {
                var answer = await http.GetAsync("quotes");
                var text = await answer.Content.ReadAsStringAsync();
                return answer.IsSuccessStatusCode ? Ok() : StatusCode(502, $"Carrier said: {[|text|]}");
            }
        }
        """);

    [Fact]
    public Task What_the_provider_answered_is_logged_and_parsed() => Allows("""
        public class ChargeResult { public bool Ok { get; set; } public string? ErrorMessage { get; set; } public string? RawResponse { get; set; } }
        public class CardGateway(HttpClient http, ILogger log)
        {
            public async Task<ChargeResult> ChargeAsync(HttpRequestMessage request)
            {
                using var response = await http.SendAsync(request);
                var body = await response.Content.ReadAsStringAsync();
                if (response.IsSuccessStatusCode)
                    return JsonSerializer.Deserialize<ChargeResult>(body)!;
                log.LogWarning("Refused: {Body}", body);
                return new ChargeResult { RawResponse = body, ErrorMessage = "The bank declined." };
            }
        }
        """);
}
