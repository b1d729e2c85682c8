using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Accounts;

public sealed class OpenRedirectTests() : RuleTest("RISK3016")
{
    [Fact]
    public Task After_the_login() => Flags(
        "class C : ShopCode { public async Task<IActionResult> Login(string email, string password, string? returnUrl) { var r = await signIn.PasswordSignInAsync(email, password, false, true); if (r.Succeeded) return [|Redirect(returnUrl ?? \"/\")|]; return Unauthorized(); } }");

    [Fact]
    public Task A_member_of_the_posted_model() => Flags(
        "class LoginModel { public string? ReturnUrl { get; set; } } class C : ShopCode { public IActionResult Login(LoginModel model) => [|Redirect(model.ReturnUrl!)|]; }");

    [Fact]
    public Task Out_of_the_query() => Flags("class C : ShopCode { public IActionResult Logout() { var next = Request.Query[\"next\"].ToString(); return [|Redirect(next)|]; } }");

    [Fact]
    public Task Back_to_where_the_caller_came_from() => Flags("class C : ShopCode { public IActionResult AddToCart(int id) => [|Redirect(Request.Headers.Referer.ToString())|]; }");

    [Fact]
    public Task A_minimal_api() => Flags("using Microsoft.AspNetCore.Routing; static class E { static void Map(IEndpointRouteBuilder app) => app.MapGet(\"/out\", (string url) => [|Results.Redirect(url)|]); }");

    [Fact]
    public Task A_result_object() => Flags("class C : ShopCode { public IActionResult Go(string target) => [|new RedirectResult(target)|]; }");

    [Fact]
    public Task A_page_handler() => Flags(
        "using Microsoft.AspNetCore.Mvc.RazorPages; class LoginPage : PageModel { public IActionResult OnPost(string? returnUrl = null) { returnUrl ??= \"/\"; return [|Redirect(returnUrl)|]; } }");

    [Fact]
    public Task A_bound_property() => Flags(
        "using Microsoft.AspNetCore.Mvc.RazorPages; class LoginPage : PageModel { [BindProperty(SupportsGet = true)] public string ReturnUrl { get; set; } = \"/\"; public IActionResult OnPost() => [|Redirect(ReturnUrl)|]; }");

    [Fact]
    public Task With_a_token_behind_it() => Flags("class C : ShopCode { public IActionResult Callback(string redirectUri, string code) => [|Redirect($\"{redirectUri}?code={code}\")|]; }");

    [Fact]
    public Task The_response_itself() => Flags("class C : ShopCode { public void Go(string url) => [|Response.Redirect(url)|]; }");

    [Fact]
    public Task A_challenge_that_returns_anywhere() => Flags(
        "using Microsoft.AspNetCore.Authentication; class C : ShopCode { public IActionResult External(string provider, string returnUrl) => Challenge(new AuthenticationProperties { [|RedirectUri = returnUrl|] }, provider); }");

    [Fact]
    public Task Only_tested_for_nothing() => Flags("class C : ShopCode { public IActionResult Done(string returnUrl) { if (string.IsNullOrEmpty(returnUrl)) return Ok(); return [|Redirect(returnUrl)|]; } }");

    [Fact]
    public Task A_slash_is_no_check() => Flags("class C : ShopCode { public IActionResult Done(string returnUrl) { if (!returnUrl.StartsWith(\"/\")) return BadRequest(); return [|Redirect(returnUrl)|]; } }");

    [Fact]
    public Task A_helper_without_a_check() => Flags("class C : ShopCode { private IActionResult RedirectBack(string returnUrl) => [|Redirect(returnUrl)|]; public IActionResult A(string to) => RedirectBack(to); }");

    [Fact]
    public Task The_fix_stays_within_the_site() => Fixes(
        "class C : ShopCode { public IActionResult Done(string returnUrl) => [|Redirect(returnUrl)|]; }",
        "class C : ShopCode { public IActionResult Done(string returnUrl) => LocalRedirect(returnUrl); }");

    [Fact]
    public Task The_fix_for_a_minimal_api() => Fixes(
        "using Microsoft.AspNetCore.Routing; static class E { static void Map(IEndpointRouteBuilder app) => app.MapGet(\"/out\", (string url) => [|Results.Redirect(url)|]); }",
        "using Microsoft.AspNetCore.Routing; static class E { static void Map(IEndpointRouteBuilder app) => app.MapGet(\"/out\", (string url) => Results.LocalRedirect(url)); }");

    [Fact]
    public Task Local_by_its_name() => Allows("class C : ShopCode { public IActionResult Done(string returnUrl) => LocalRedirect(returnUrl); }");

    [Fact]
    public Task Checked_by_the_url_helper() => Allows("class C : ShopCode { public IActionResult Done(string returnUrl) { if (Url.IsLocalUrl(returnUrl)) return Redirect(returnUrl); return Redirect(\"/\"); } }");

    [Fact]
    public Task Checked_in_a_condition() => Allows("class C : ShopCode { public IActionResult Done(string returnUrl) => Redirect(Url.IsLocalUrl(returnUrl) ? returnUrl : \"/\"); }");

    [Fact]
    public Task A_list_of_allowed_addresses() => Allows("class C : ShopCode { static readonly string[] Allowed = { \"https://shop.example\" }; public IActionResult Done(string redirectUri) { if (!Allowed.Contains(redirectUri)) return BadRequest(); return Redirect(redirectUri); } }");

    [Fact]
    public Task The_host_is_compared() => Allows("class C : ShopCode { public IActionResult Done(string url) { var uri = new Uri(url); if (uri.Host != \"shop.example\") return BadRequest(); return Redirect(url); } }");

    [Fact]
    public Task A_path_of_the_shop_with_a_value_in_it() => Allows("class C : ShopCode { public IActionResult Show(int id, string tab) => Redirect($\"/orders/{id}?tab={tab}\"); }");

    [Fact]
    public Task What_the_gateway_answered() => Allows("class Session { public string Url { get; set; } = \"\"; } class C : ShopCode { Task<Session> Create(string product) => Task.FromResult(new Session()); public async Task<IActionResult> Pay(string product) { var session = await Create(product); return Redirect(session.Url); } }");

    [Fact]
    public Task An_address_from_the_settings() => Allows("class C : ShopCode { public IActionResult Done() => Redirect(config[\"Frontend:Url\"]!); }");

    [Fact]
    public Task A_route_of_the_shop() => Allows("class C : ShopCode { public IActionResult Done(string returnUrl) => RedirectToAction(\"Index\", new { returnUrl }); }");

    [Fact]
    public Task A_challenge_that_returns_to_an_action() => Allows(
        "using Microsoft.AspNetCore.Authentication; class C : ShopCode { public IActionResult External(string provider, string returnUrl) => Challenge(new AuthenticationProperties { RedirectUri = Url.Action(\"Callback\", new { returnUrl }) }, provider); }");

    [Fact]
    public Task A_validator_of_the_product() => Allows("interface IReturnUrls { bool IsAllowed(string url); } class C(IReturnUrls urls) : ControllerBase { public IActionResult Done(string returnUrl) { if (!urls.IsAllowed(returnUrl)) return BadRequest(); return Redirect(returnUrl); } }");

    [Fact]
    public Task A_short_link_from_the_database() => Allows("class C : ShopCode { public async Task<IActionResult> Go(int id) { var product = await db.Products.FindAsync(id); return Redirect(product!.Name); } }");

    [Fact]
    public Task A_redirect_of_something_else() => Allows("class Router { public void Redirect(string message) { } } class C : ShopCode { readonly Router _router = new(); public void Handle(string message) => _router.Redirect(message); }");

    [Fact]
    public Task Home() => Allows("class C : ShopCode { public IActionResult Done(string returnUrl) => Redirect(\"~/\"); }");

    [Fact]
    public Task An_address_that_is_on_record() => Allows("""
        public interface IClients { Task<Customer?> FindByAddress(string address); }
        public class LoginController(IClients clients) : ShopCode
        {
            public async Task<IActionResult> Go(string returnUrl)
            {
                var client = await clients.FindByAddress(returnUrl);
                if (client != null)
                    return Redirect(returnUrl);
                return Redirect("~/");
            }
        }
        """);

    [Fact]
    public Task An_address_that_the_identity_server_knows() => Allows("""
        interface IInteraction { Task<object?> GetAuthorizationContextAsync(string returnUrl); }
        class LoginInput { public string ReturnUrl { get; set; } = ""; }
        class AccountController(IInteraction interaction) : Controller
        {
            [HttpPost]
            public async Task<IActionResult> Login(LoginInput model)
            {
                var context = await interaction.GetAuthorizationContextAsync(model.ReturnUrl);
                if (context != null)
                    return Redirect(model.ReturnUrl);
                return View();
            }
        }
        """);

    private const string Payments = """
        public class PayDto { public decimal Amount { get; set; } public string? ReturnUrl { get; set; } public string? CancelUrl { get; set; } }
        public class PaymentSessionRequest { public decimal Amount { get; set; } public string? ReturnUrl { get; set; } }
        public record PaymentInitiationRequest(decimal Amount, string ReturnUrl);
        public interface IGateway { Task<string> StartAsync(object request); }

        """;

    [Fact]
    public Task An_address_that_the_provider_is_told() => Flags(Payments + """
        public class PaymentsController(IGateway gateway) : ControllerBase
        {
            [HttpPost("payments")]
            public async Task<IActionResult> Pay(PayDto request) => Ok(await gateway.StartAsync(new PaymentSessionRequest { Amount = request.Amount, [|ReturnUrl = request.ReturnUrl|] }));
        }
        """);

    [Fact]
    public Task An_address_in_a_command() => Flags(Payments + """
        public record CreatePaymentCommand(decimal Amount, string? ReturnUrl);
        public class CreatePaymentHandler(IGateway gateway)
        {
            public Task<string> Handle(CreatePaymentCommand command)
            {
                var request = new PaymentInitiationRequest(command.Amount, [|command.ReturnUrl|] ?? string.Empty);
                return gateway.StartAsync(request);
            }
        }
        """);

    [Fact]
    public Task An_address_that_the_provider_is_told_from_a_list() => Allows(Payments + """
        public class PaymentsController(IGateway gateway, HashSet<string> allowed) : ControllerBase
        {
            [HttpPost("payments")]
            public async Task<IActionResult> Pay(PayDto request)
            {
                if (!allowed.Contains(new Uri(request.ReturnUrl!).Host))
                    return BadRequest();
                return Ok(await gateway.StartAsync(new PaymentSessionRequest { Amount = request.Amount, ReturnUrl = request.ReturnUrl }));
            }
        }
        """);

    [Fact]
    public Task An_address_of_the_shop_s_own() => Allows(Payments + """
        public class PaymentsController(IGateway gateway) : ControllerBase
        {
            [HttpPost("payments")]
            public async Task<IActionResult> Pay(PayDto request) => Ok(await gateway.StartAsync(new PaymentSessionRequest { Amount = request.Amount, ReturnUrl = Url.Action("Done") }));
        }
        """);

    [Fact]
    public Task An_address_that_an_adapter_hands_on() => Allows(Payments + """
        public class WalletAdapter(IGateway gateway)
        {
            public Task<string> StartAsync(PaymentInitiationRequest request) => gateway.StartAsync(new PaymentSessionRequest { Amount = request.Amount, ReturnUrl = request.ReturnUrl });
        }
        """);

    [Fact]
    public Task An_address_that_the_next_page_posts_back() => Allows(Payments + """
        public class WalletPaymentViewModel { public string? ReturnUrl { get; set; } }
        public class WalletsController : Controller
        {
            [HttpPost("wallets/sign")]
            public IActionResult Sign(WalletPaymentViewModel vm) => View(new WalletPaymentViewModel { ReturnUrl = vm.ReturnUrl });
        }
        """);

    private const string Hosted = """
        public interface IStripeService { Task<string> CreateCheckoutSessionAsync(int orderId, string successUrl, string cancelUrl); Task<string> FindAsync(int orderId, string successUrl); }
        public record CreateSessionCommand(int OrderId, string SuccessUrl, string CancelUrl);

        """;

    [Fact]
    public Task Addresses_that_a_handler_hands_to_the_provider_s_service() => Flags(Hosted + """
        public class CreateSessionHandler(IStripeService stripe) { public Task<string> Handle(CreateSessionCommand command) => stripe.CreateCheckoutSessionAsync(command.OrderId, [|command.SuccessUrl|], [|command.CancelUrl|]); }
        """);

    [Fact]
    public Task An_address_of_one_s_own_for_the_provider_s_service() => Allows(Hosted + """
        public class CreateSessionHandler(IStripeService stripe, IConfiguration config) { public Task<string> Handle(CreateSessionCommand command) => stripe.CreateCheckoutSessionAsync(command.OrderId, config["Shop:Url"] + "/paid", config["Shop:Url"] + "/cart"); }
        """);

    [Fact]
    public Task An_address_that_is_only_looked_up() => Allows(Hosted + """
        public class FindSessionHandler(IStripeService stripe) { public Task<string> Handle(CreateSessionCommand command) => stripe.FindAsync(command.OrderId, command.SuccessUrl); }
        """);
}
