using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Accounts;

public sealed class SecretInResponseTests() : RuleTest("RISK3009")
{
    [Fact]
    public Task An_entity_from_the_database() => Flags(
        "class C : ShopCode { public async Task<IActionResult> Me() { var customer = await db.Customers.FirstAsync(c => c.Email == User.Identity!.Name); return Ok([|customer|]); } }");

    [Fact]
    public Task A_list_of_entities() => Flags("class C : ShopCode { public async Task<IActionResult> All() => Ok([|await db.Customers.ToListAsync()|]); }");

    [Fact]
    public Task An_action_that_returns_the_entity_itself() => Flags(
        "class C : ShopCode { public async Task<ActionResult<Customer>> Get(int id) { var customer = await db.Customers.FindAsync(id); if (customer is null) return NotFound(); return [|customer|]; } }");

    [Fact]
    public Task An_action_with_a_plain_type() => Flags("class C : ShopCode { public async Task<List<Customer>> All() => [|await db.Customers.ToListAsync()|]; }");

    [Fact]
    public Task A_mapped_lambda() => Flags(
        "using Microsoft.AspNetCore.Routing; static class E { static void Map(IEndpointRouteBuilder app) => app.MapGet(\"/customers/{id}\", async (int id, ShopDb db) => [|await db.Customers.FindAsync(id)|]); }");

    [Fact]
    public Task A_result_of_a_mapped_lambda() => Flags(
        "using Microsoft.AspNetCore.Routing; static class E { static void Map(IEndpointRouteBuilder app) => app.MapGet(\"/customers/{id}\", async (int id, ShopDb db) => { var c = await db.Customers.FindAsync(id); return c is null ? Results.NotFound() : Results.Ok([|c|]); }); }");

    [Fact]
    public Task A_typed_result_is_one_place() => Flags(
        "using Microsoft.AspNetCore.Routing; using Microsoft.AspNetCore.Http.HttpResults; static class E { static void Map(IEndpointRouteBuilder app) => app.MapGet(\"/customers\", async Task<Ok<List<Customer>>> (ShopDb db) => TypedResults.Ok([|await db.Customers.ToListAsync()|])); }");

    [Fact]
    public Task The_user_of_identity() => Flags("class C : ShopCode { public async Task<IActionResult> Profile() { var user = await users.GetUserAsync(User); return Ok([|user|]); } }");

    [Fact]
    public Task A_response_type_with_the_hash() => Flags(
        "record UserResponse(int Id, string Email, string PasswordHash); class C : ShopCode { public IActionResult Get(UserResponse user) => Ok([|user|]); }");

    [Fact]
    public Task Inside_an_envelope() => Flags(
        "class ApiResponse<T> { public T? Data { get; set; } public bool Success { get; set; } } class C : ShopCode { public IActionResult Get(int id) { var c = db.Customers.Find(id); return Ok([|new ApiResponse<Customer> { Data = c, Success = true }|]); } }");

    [Fact]
    public Task The_request_sent_back() => Flags(
        "class RegisterRequest { public string Email { get; set; } = \"\"; public string Password { get; set; } = \"\"; } class C : ShopCode { public IActionResult Register(RegisterRequest request) => CreatedAtAction(nameof(Register), new { id = 1 }, [|request|]); }");

    [Fact]
    public Task An_anonymous_object_with_the_hash() => Flags(
        "class C : ShopCode { public IActionResult Get(int id) { var c = db.Customers.Find(id)!; return Ok([|new { c.Id, c.Email, c.PasswordHash }|]); } }");

    [Fact]
    public Task The_reset_token_sent_to_whoever_asks() => Flags(
        "class C : ShopCode { public async Task<IActionResult> ForgotPassword(string email) { var user = await users.FindByEmailAsync(email); var token = await users.GeneratePasswordResetTokenAsync(user!); return Ok([|new { message = \"Token created\", token }|]); } }");

    [Fact]
    public Task The_one_time_code_in_a_sentence() => Flags(
        "class C : ShopCode { public IActionResult SendCode(string phone) { var otp = RandomNumberGenerator.GetInt32(100000, 1000000).ToString(); return Ok($\"Your code is {[|otp|]}\"); } }");

    [Fact]
    public Task The_verification_code_for_testing() => Flags(
        "using Microsoft.AspNetCore.Routing; static class E { static void Map(IEndpointRouteBuilder app) => app.MapPost(\"/verify\", (string email) => { var verificationCode = Guid.NewGuid().ToString(); return Results.Ok([|new { sent = true, verificationCode }|]); }); }");

    [Fact]
    public Task A_card_with_its_check_number() => Flags(
        "class SavedCard { public string CardNumber { get; set; } = \"\"; public string Cvv { get; set; } = \"\"; } class C : ShopCode { public IActionResult Cards(List<SavedCard> cards) => Ok([|cards|]); }");

    [Fact]
    public Task The_keys_of_the_gateway() => Flags(
        "class PaymentSettings { public string PublishableKey { get; set; } = \"\"; public string SecretKey { get; set; } = \"\"; } class C : Controller { public IActionResult Config(PaymentSettings settings) => Json([|settings|]); }");

    [Fact]
    public Task An_order_with_its_customer_included() => Flags(
        """
        class Sale { public int Id { get; set; } public Buyer? Buyer { get; set; } }
        class Buyer { public int Id { get; set; } public string PasswordHash { get; set; } = ""; }
        class Db : DbContext { public DbSet<Sale> Sales => Set<Sale>(); public DbSet<Buyer> Buyers => Set<Buyer>(); }
        class C(Db sales) : ControllerBase { public async Task<IActionResult> Get(int id) => Ok([|await sales.Sales.Include(s => s.Buyer).FirstAsync(s => s.Id == id)|]); }
        """);

    [Fact]
    public Task A_hidden_member_that_is_only_hidden_when_null() => Flags(
        "using System.Text.Json.Serialization; class Account { public int Id { get; set; } [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? PasswordHash { get; set; } } class C : ShopCode { public IActionResult Get(Account a) => Ok([|a|]); }");

    [Fact]
    public Task The_fix_hides_the_member() => Fixes(
        """
        public class Account
        {
            public int Id { get; set; }

            public string PasswordHash { get; set; } = "";
        }

        class C : ShopCode
        {
            public IActionResult Get(Account account) => Ok([|account|]);
        }
        """,
        """
        public class Account
        {
            public int Id { get; set; }

            [System.Text.Json.Serialization.JsonIgnore]
            public string PasswordHash { get; set; } = "";
        }

        class C : ShopCode
        {
            public IActionResult Get(Account account) => Ok(account);
        }
        """);

    [Fact]
    public Task The_fix_leaves_the_code_out() => Fixes(
        "class C : ShopCode { public IActionResult SendCode(string phone) { var otp = RandomNumberGenerator.GetHexString(6); return Ok([|new { message = \"Sent\", otp }|]); } }",
        "class C : ShopCode { public IActionResult SendCode(string phone) { var otp = RandomNumberGenerator.GetHexString(6); return Ok(new { message = \"Sent\" }); } }");

    [Fact]
    public Task What_the_caller_needs() => Allows("class C : ShopCode { public async Task<IActionResult> Me() { var c = await db.Customers.FirstAsync(); return Ok(new { c.Id, c.Email, c.Balance }); } }");

    [Fact]
    public Task A_projection() => Allows("record CustomerDto(int Id, string Email); class C : ShopCode { public async Task<ActionResult<List<CustomerDto>>> All() => await db.Customers.Select(c => new CustomerDto(c.Id, c.Email)).ToListAsync(); }");

    [Fact]
    public Task An_entity_without_secrets() => Allows("class C : ShopCode { public async Task<IActionResult> Get(int id) => Ok(await db.Orders.FindAsync(id)); }");

    [Fact]
    public Task A_member_that_is_ignored() => Allows(
        "using System.Text.Json.Serialization; class Account { public int Id { get; set; } [JsonIgnore] public string PasswordHash { get; set; } = \"\"; } class C : ShopCode { public IActionResult Get(Account a) => Ok(a); }");

    [Fact]
    public Task The_tokens_of_a_login() => Allows("record LoginResponse(string AccessToken, string RefreshToken); class C : ShopCode { public IActionResult Login(string email) { var token = \"\"; return Ok(new LoginResponse(token, token)); } }");

    [Fact]
    public Task A_login_that_answers_a_token() => Allows("class C : ShopCode { public IActionResult Login(string email) { var token = Make(email); return Ok(new { token, expiresIn = 3600 }); } string Make(string e) => e; }");

    [Fact]
    public Task The_client_secret_of_a_payment_intent() => Allows(
        "record PaymentIntentResponse(string ClientSecret, string PublishableKey); class C : ShopCode { public IActionResult CreateIntent(PaymentIntentResponse intent) => Ok(intent); }");

    [Fact]
    public Task An_api_key_shown_once() => Allows("record CreateApiKeyResponse(int Id, string ApiKey); class C : ShopCode { public IActionResult CreateApiKey(CreateApiKeyResponse key) => Ok(key); }");

    [Fact]
    public Task Setting_up_an_authenticator() => Allows("record AuthenticatorSetup(string SharedSecret, string Uri); class C : ShopCode { public IActionResult EnableAuthenticator(AuthenticatorSetup setup) => Ok(setup); }");

    [Fact]
    public Task A_flag_about_the_password() => Allows("record AccountDto(int Id, bool HasPassword, DateTime? PasswordChangedAt, int PasswordLength); class C : ShopCode { public IActionResult Get(AccountDto a) => Ok(a); }");

    [Fact]
    public Task The_last_digits_of_a_card() => Allows("record CardDto(string Brand, string Last4, string MaskedCardNumber); class C : ShopCode { public IActionResult Get(List<CardDto> cards) => Ok(cards); }");

    [Fact]
    public Task A_navigation_that_nobody_loads() => Allows(
        """
        class Sale { public int Id { get; set; } public Buyer? Buyer { get; set; } }
        class Buyer { public int Id { get; set; } public string PasswordHash { get; set; } = ""; }
        class Db : DbContext { public DbSet<Sale> Sales => Set<Sale>(); public DbSet<Buyer> Buyers => Set<Buyer>(); }
        class C(Db sales) : ControllerBase { public async Task<IActionResult> Get(int id) => Ok(await sales.Sales.FirstAsync(s => s.Id == id)); }
        """);

    [Fact]
    public Task A_service_that_returns_the_entity_to_other_code() => Allows("class CustomerService(ShopDb db) { public async Task<Customer?> Get(int id) => await db.Customers.FindAsync(id); }");

    [Fact]
    public Task A_write_only_member() => Allows("class Input { public string Email { get; set; } = \"\"; public string Password { private get; set; } = \"\"; } class C : ShopCode { public IActionResult Get(Input i) => Ok(i); }");

    [Fact]
    public Task The_code_only_on_a_developers_machine() => Allows(
        "class C : ShopCode { public IActionResult SendCode(string phone) { var otp = RandomNumberGenerator.GetHexString(6); if (environment.IsDevelopment()) { return Ok(new { otp }); } return Ok(new { sent = true }); } }");

    [Fact]
    public Task A_form_that_is_filled_without_its_password() => Allows(
        "class UserForm { public string Email { get; set; } = \"\"; public string? Password { get; set; } } class C : Controller { ShopDb db = null!; public IActionResult Get(int id) { var c = db.Customers.Find(id)!; var model = new UserForm { Email = c.Email }; return Json(model); } }");

    [Fact]
    public Task A_method_of_a_controller_that_is_no_action() => Allows(
        "class Card { public string Cvv { get; set; } = \"\"; } abstract class Base : Controller { [NonAction] public abstract Card Read(string form); } class C : Base { public override Card Read(string form) { var card = new Card(); card.Cvv = form; return card; } }");

    [Fact]
    public Task The_hash_taken_out_before() => Allows("class C : ShopCode { public async Task<IActionResult> Get(int id) { var c = await db.Customers.FirstAsync(x => x.Id == id); c.PasswordHash = null; c.ResetToken = null; return Ok(c); } }");

    [Fact]
    public Task A_key_that_is_masked() => Allows("class KeyModel { public int Id { get; set; } public string ApiKey { get; set; } = \"\"; } class C : ShopCode { static string Mask(string s) => s[..2] + \"***\"; public IActionResult List(List<string> keys) => Ok(keys.Select(k => new KeyModel { ApiKey = Mask(k) }).ToList()); }");

    [Fact]
    public Task Rows_that_are_made_without_the_password() => Allows("class Grid<T> { public List<T> Rows { get; set; } = new(); } class UserForm { public string Email { get; set; } = \"\"; public string? Password { get; set; } } class C : ShopCode { public IActionResult List() => Ok(new Grid<UserForm> { Rows = db.Customers.Select(c => new UserForm { Email = c.Email }).ToList() }); }");

    [Fact]
    public Task A_key_in_a_type_made_for_the_answer() => Allows("class ApiKeyResponseModel { public string ApiKey { get; set; } = \"\"; } class C : ShopCode { public ActionResult<ApiKeyResponseModel> Show(ApiKeyResponseModel key) => key; }");

    [Fact]
    public Task An_action_that_asks_another() => Flags("class C : ShopCode { [HttpPut] public async Task<Customer?> Put(int id) { return [|await db.Customers.FindAsync(id)|]; } [HttpPost] public async Task<Customer?> Post(int id) => await Put(id); }");

    [Fact]
    public Task A_setting_within_an_answer() => Allows("class DuoDetails { public string ClientSecret { get; set; } = \"\"; } class TwoFactorResponse { public DuoDetails? Duo { get; set; } } class C : ShopCode { public IActionResult Show(TwoFactorResponse r) => Ok(r); }");

    [Fact]
    public Task A_setting_within_an_envelope() => Flags("class GatewaySettings { public string SecretKey { get; set; } = \"\"; } class ApiResponse<T> { public T? Data { get; set; } } class C : ShopCode { public IActionResult Show(ApiResponse<GatewaySettings> r) => Ok([|r|]); }");

    [Fact]
    public Task A_mapping_that_leaves_the_secret_out() => Allows("""
        public class HookData { public int Id { get; set; } public string? Secret { get; set; } }
        [Authorize] public class HooksController : ShopCode
        {
            [HttpGet] public IActionResult List(Coupon c) => Ok(FromModel(c, false));
            HookData FromModel(Coupon data, bool includeSecret) => new() { Id = data.Id, Secret = includeSecret ? data.Code : null };
        }
        """);

    [Fact]
    public Task Emptied_before_it_is_sent() => Allows("""
        public class Send { public int Id { get; set; } public string? Password { get; set; } }
        public class SendModel { public SendModel(Send send) { Id = send.Id; Password = send.Password; } public int Id { get; } public string? Password { get; } }
        [Authorize] public class SendsController : ShopCode
        {
            [HttpPut] public SendModel RemovePassword(Send send) { send.Password = null; return new SendModel(send); }
        }
        """);

    [Fact]
    public Task A_mapping_that_copies_the_secret() => Flags("""
        public class HookData { public int Id { get; set; } public string? Secret { get; set; } }
        public class Hook { public int Id { get; set; } public string? Secret { get; set; } }
        [Authorize] public class HooksController : ShopCode
        {
            [HttpGet] public IActionResult List(Hook hook) => Ok([|FromModel(hook)|]);
            HookData FromModel(Hook data) => new() { Id = data.Id, Secret = data.Secret };
        }
        """);

    [Fact]
    public Task The_key_that_the_caller_has_just_shown() => Allows(
        """
        class StoredKey { public int Id { get; set; } public string ApiKey { get; set; } = ""; public string Label { get; set; } = ""; }
        interface IKeys { Task<StoredKey> GetKey(string apiKey); }
        class C : ShopCode { IKeys keys = null!; public async Task<IActionResult> Current(string apiKey) { var data = await keys.GetKey(apiKey); return Ok(data); } }
        """);

    [Fact]
    public Task A_key_that_is_looked_up_by_something_else() => Flags(
        """
        class StoredKey { public int Id { get; set; } public string ApiKey { get; set; } = ""; public string Label { get; set; } = ""; }
        interface IKeys { Task<StoredKey> GetKey(int id); }
        class C : ShopCode { IKeys keys = null!; public async Task<IActionResult> Current(int id) { var data = await keys.GetKey(id); return Ok([|data|]); } }
        """);

    [Fact]
    public Task A_mapping_within_a_mapping() => Allows(
        """
        class MailData { public string Server { get; set; } = ""; public string? Password { get; set; } public bool PasswordSet { get; set; } }
        class ServerMailData : MailData { public bool Shared { get; set; } }
        class MailSettings
        {
            public string Server { get; set; } = ""; public string? Password { get; set; }
            public T ToData<T>() where T : MailData, new() => new T() { Server = Server, PasswordSet = Password is not null };
        }
        class C : ShopCode
        {
            MailSettings settings = null!;
            public IActionResult Get() => Ok(ToApiModel(settings));
            private ServerMailData ToApiModel(MailSettings mail) { var data = mail.ToData<ServerMailData>(); data.Shared = true; return data; }
        }
        """);

    private const string Intents = """
        public class CardPayment { public int Id { get; set; } public int OrderId { get; set; } public string OwnerId { get; set; } = ""; public string ClientSecret { get; set; } = ""; }
        public class IntentDb : DbContext { public DbSet<CardPayment> Payments => Set<CardPayment>(); }
        public record PaymentResponse(int Id, string? ClientSecret);
        public record ResumePayment(int OrderId);

        """;

    [Fact]
    public Task The_client_secret_of_a_stored_payment() => Flags(Intents + """
        public class ResumePaymentHandler(IntentDb db)
        {
            public async Task<IResult> Handle(ResumePayment request)
            {
                var payment = await db.Payments.FirstOrDefaultAsync(p => p.OrderId == request.OrderId);
                if (payment is null) return Results.NotFound();
                return Results.Ok(new PaymentResponse(payment.Id, [|payment.ClientSecret|]));
            }
        }
        """);

    [Fact]
    public Task The_client_secrets_of_a_list() => Flags(Intents + """
        public class PaymentsHandler(IntentDb db) { public Task<List<PaymentResponse>> Handle(ResumePayment request) => db.Payments.Where(p => p.OrderId == request.OrderId).Select(p => new PaymentResponse(p.Id, [|p.ClientSecret|])).ToListAsync(); }
        """);

    [Fact]
    public Task The_client_secret_of_a_payment_that_is_made_here() => Allows(Intents + """
        public class StartPaymentHandler(IntentDb db)
        {
            public async Task<PaymentResponse> Handle(ResumePayment request)
            {
                var payment = new CardPayment { OrderId = request.OrderId, ClientSecret = "from the provider" };
                db.Payments.Add(payment);
                await db.SaveChangesAsync();
                return new PaymentResponse(payment.Id, payment.ClientSecret);
            }
        }
        """);

    [Fact]
    public Task The_client_secret_for_the_one_who_pays() => Allows(Intents + """
        public class ResumeController(IntentDb db) : ControllerBase
        {
            [HttpGet("resume/{orderId}")]
            public async Task<IActionResult> Resume(int orderId)
            {
                var caller = User.FindFirstValue(ClaimTypes.NameIdentifier);
                var payment = await db.Payments.FirstOrDefaultAsync(p => p.OrderId == orderId && p.OwnerId == caller);
                return payment is null ? NotFound() : Ok(new PaymentResponse(payment.Id, payment.ClientSecret));
            }
        }
        """);
}
