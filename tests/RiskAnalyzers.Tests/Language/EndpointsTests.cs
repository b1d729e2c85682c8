using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using RiskAnalyzers.Language;
using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Language;

public sealed class EndpointsTests
{
    [Theory]
    [InlineData("[HttpPost(\"pay\")]", "", "POST", nameof(EndpointAccess.Open))]
    [InlineData("[HttpDelete]", "[Authorize]", "DELETE", nameof(EndpointAccess.Authenticated))]
    [InlineData("[HttpPut, AllowAnonymous]", "[Authorize]", "PUT", nameof(EndpointAccess.Anonymous))]
    [InlineData("[HttpPost, Authorize]", "[AllowAnonymous]", "POST", nameof(EndpointAccess.Anonymous))]
    [InlineData("[HttpPost, Authorize(Roles = \"Admin\")]", "[Authorize]", "POST", nameof(EndpointAccess.Restricted))]
    [InlineData("[HttpPost, Authorize(Roles = \"Admin,Customer\")]", "", "POST", nameof(EndpointAccess.Authenticated))]
    [InlineData("[HttpPost, Authorize(AuthenticationSchemes = \"Bearer\")]", "", "POST", nameof(EndpointAccess.Authenticated))]
    [InlineData("[HttpPost, Authorize(\"CanRefund\")]", "", "POST", nameof(EndpointAccess.Restricted))]
    [InlineData("[HttpPatch, RequiresPermission(\"orders.edit\")]", "", "PATCH", nameof(EndpointAccess.Restricted))]
    [InlineData("[HttpPatch, Authorize<CanEdit>]", "", "PATCH", nameof(EndpointAccess.Restricted))]
    [InlineData("[HttpPatch, TypeFilter(typeof(ApiAuthFilter))]", "", "PATCH", nameof(EndpointAccess.Unknown))]
    [InlineData("[AcceptVerbs(\"GET\", \"POST\")]", "", "POST", nameof(EndpointAccess.Open))]
    [InlineData("[HttpGet]", "", "GET", nameof(EndpointAccess.Open))]
    [InlineData("", "", null, nameof(EndpointAccess.Open))]
    public void An_action_is_an_endpoint_with_the_attributes_of_itself_and_its_controller(string action, string controller, string? verb, string access)
    {
        var endpoint = Of("M", $$"""
            public class RequiresPermissionAttribute(string name) : Attribute { public string Name => name; }
            public class ApiAuthFilter { }
            public class CanEdit { }
            public class AuthorizeAttribute<T> : AuthorizeAttribute { }
            {{controller}} [Route("api/orders")] public class C : ControllerBase { {{action}} public IActionResult M(int id) => Ok(id); }
            """);

        Assert.Equal((verb, access), (endpoint!.Verb, endpoint.Access.ToString()));
        Assert.StartsWith("api/orders/", endpoint.Route);
    }

    [Fact]
    public void An_attribute_of_a_base_controller_counts() =>
        Assert.Equal(EndpointAccess.Authenticated, Of("M", "[Authorize] public abstract class Secured : ControllerBase; public class C : Secured { [HttpPost] public int M() => 1; }")!.Access);

    [Theory]
    [InlineData("[NonAction] public int M() => 1;")]
    [InlineData("private int M() => 1;")]
    [InlineData("public static int M() => 1;")]
    public void What_no_request_reaches_is_no_endpoint(string member) => Assert.Null(Of("M", $"public class C : ControllerBase {{ {member} }}"));

    [Theory]
    [InlineData("services.AddAuthorization(o => o.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());")]
    [InlineData("services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());")]
    [InlineData("services.AddControllers(o => o.Filters.Add(new Microsoft.AspNetCore.Mvc.Authorization.AuthorizeFilter()));")]
    [InlineData("app.MapControllers().RequireAuthorization();")]
    [InlineData("app.MapControllerRoute(\"default\", \"{controller}/{action}\").RequireAuthorization();")]
    public void A_fallback_anywhere_counts_for_actions(string setup) => Assert.Equal(EndpointAccess.Authenticated, Of("M", $$"""
        public static class Setup { public static void Run(IServiceCollection services, WebApplication app) { {{setup}} } }
        public class C : ControllerBase { [HttpPost] public int M() => 1; }
        """)!.Access);

    [Theory]
    [InlineData("services.AddAuthorization(o => o.FallbackPolicy = null);")]
    [InlineData("services.AddAuthorization(); app.UseAuthorization();")]
    [InlineData("app.MapControllers();")]
    public void A_fallback_that_demands_nothing_does_not_count(string setup) => Assert.Equal(EndpointAccess.Open, Of("M", $$"""
        public static class Setup { public static void Run(IServiceCollection services, WebApplication app) { {{setup}} } }
        public class C : ControllerBase { [HttpPost] public int M() => 1; }
        """)!.Access);

    [Theory]
    [InlineData("app.MapPost(\"/pay\", {0});", "POST", "/pay", nameof(EndpointAccess.Open))]
    [InlineData("app.MapPost(\"/pay\", {0}).WithName(\"Pay\").RequireAuthorization();", "POST", "/pay", nameof(EndpointAccess.Authenticated))]
    [InlineData("app.MapDelete(\"/pay\", {0}).RequireAuthorization(\"Admin\");", "DELETE", "/pay", nameof(EndpointAccess.Restricted))]
    [InlineData("app.MapDelete(\"/pay\", {0}).RequireAuthorization(p => p.RequireRole(\"Admin\"));", "DELETE", "/pay", nameof(EndpointAccess.Restricted))]
    [InlineData("var group = app.MapGroup(\"/orders\").RequireAuthorization(); group.MapPost(\"/pay\", {0});", "POST", "/orders/pay", nameof(EndpointAccess.Authenticated))]
    [InlineData("var group = app.MapGroup(\"/orders\"); group.RequireAuthorization(); group.MapPut(\"/pay\", {0});", "PUT", "/orders/pay", nameof(EndpointAccess.Authenticated))]
    [InlineData("var group = app.MapGroup(\"/orders\").RequireAuthorization(); group.MapPut(\"/pay\", {0}).AllowAnonymous();", "PUT", "/orders/pay", nameof(EndpointAccess.Anonymous))]
    [InlineData("var outer = app.MapGroup(\"/api\").RequireAuthorization(); var inner = outer.MapGroup(\"/orders\"); inner.MapPost(\"/pay\", {0});", "POST", "/api/orders/pay", nameof(EndpointAccess.Authenticated))]
    [InlineData("app.MapGroup(\"/orders\").WithTags(\"Orders\").MapPost(\"/pay\", {0});", "POST", "/orders/pay", nameof(EndpointAccess.Open))]
    [InlineData("app.MapPost(\"/pay\", {0}).AddEndpointFilter<ApiKeyFilter>();", "POST", "/pay", nameof(EndpointAccess.Unknown))]
    [InlineData("var pay = app.MapPost(\"/pay\", {0}); pay.RequireAuthorization();", "POST", "/pay", nameof(EndpointAccess.Authenticated))]
    [InlineData("Payments.Map(app.MapGroup(\"/payments\").RequireAuthorization()); } } public static class Payments { public static void Map(RouteGroupBuilder group) { group.MapPost(\"/pay\", {0});", "POST", "/payments/pay", nameof(EndpointAccess.Authenticated))]
    [InlineData("app.MapPayments().RequireAuthorization(); } } public static class Payments { public static RouteGroupBuilder MapPayments(this IEndpointRouteBuilder app) { var api = app.MapGroup(\"v1\"); api.MapPost(\"/pay\", {0}); return api;", "POST", "/v1/pay", nameof(EndpointAccess.Authenticated))]
    [InlineData("app.MapGroup(\"v2\").RequireAuthorization().MapPayments(); } } public static class Payments { public static void MapPayments(this RouteGroupBuilder app) { app.MapPost(\"/pay\", {0});", "POST", "/v2/pay", nameof(EndpointAccess.Authenticated))]
    [InlineData("app.MapMethods(\"/pay\", new[] { \"PATCH\" }, {0});", "PATCH", "/pay", nameof(EndpointAccess.Open))]
    public void A_mapped_handler_is_an_endpoint_with_its_chain_and_groups(string map, string verb, string route, string access)
    {
        foreach (var handler in new[] { "Handlers.M", "(int id) => id" })
        {
            var code = $$"""
                using Microsoft.AspNetCore.Routing;
                public class ApiKeyFilter : IEndpointFilter { public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) => next(context); }
                public static class Handlers { public static int M(int id) => id; }
                public static class Setup { public static void Run(WebApplication app) { {{map.Replace("{0}", handler)}} } }
                """;
            var endpoint = handler == "Handlers.M" ? Of("M", code) : OfLambda(code);

            Assert.Equal((verb, route, access), (endpoint!.Verb, endpoint.Route, endpoint.Access.ToString()));
        }
    }

    [Fact]
    public void A_lambda_s_own_attribute_counts() =>
        Assert.Equal(EndpointAccess.Authenticated, OfLambda("public static class S { public static void Run(WebApplication app) => app.MapPost(\"/x\", [Authorize] (int id) => id); }")!.Access);

    [Fact]
    public void A_method_of_the_same_name_elsewhere_is_no_handler() => Assert.Null(Of("M", """
        public static class Handlers { public static int Pay(int id) => id; }
        public class Other { public int M(int id) => id; }
        public static class Setup { public static void Run(WebApplication app) { app.MapPost("/x", Handlers.Pay); app.MapPost("/y", Setup.M2); } static int M2() => 1; }
        """));

    [Fact]
    public void A_page_handler_is_an_endpoint_and_conventions_for_its_folder_count()
    {
        const string page = "public class PayModel : Microsoft.AspNetCore.Mvc.RazorPages.PageModel { public void OnPostPay(int id) { } }";
        const string setup = "public static class S { public static void Run(IServiceCollection s) => s.AddRazorPages(o => o.Conventions.AuthorizeFolder(\"/\")); }";

        Assert.Equal(("POST", EndpointAccess.Open), (Of("OnPostPay", page)!.Verb, Of("OnPostPay", page)!.Access));
        Assert.Equal(EndpointAccess.Authenticated, Of("OnPostPay", page + setup)!.Access);
    }

    [Fact]
    public void A_hub_method_is_an_endpoint_and_its_mapping_counts()
    {
        const string hub = "public class OrderHub : Microsoft.AspNetCore.SignalR.Hub { public Task Cancel(int id) => Task.CompletedTask; public override Task OnConnectedAsync() => Task.CompletedTask; }";
        const string setup = "public static class S { public static void Run(WebApplication app) => app.MapHub<OrderHub>(\"/orders\").RequireAuthorization(); }";

        Assert.Equal(EndpointAccess.Open, Of("Cancel", hub)!.Access);
        Assert.Equal(EndpointAccess.Authenticated, Of("Cancel", hub + setup)!.Access);
        Assert.Null(Of("OnConnectedAsync", hub));
    }

    [Theory]
    [InlineData("Post(\"/orders\");", nameof(EndpointAccess.Authenticated))]
    [InlineData("Post(\"/orders\"); AllowAnonymous();", nameof(EndpointAccess.Anonymous))]
    [InlineData("Post(\"/orders\"); Roles(\"Admin\");", nameof(EndpointAccess.Restricted))]
    public void FastEndpoints_authenticates_unless_told_otherwise(string configure, string access)
    {
        var endpoint = Of("HandleAsync", $$"""
            public abstract class Endpoint<TRequest> { public abstract void Configure(); public abstract Task HandleAsync(TRequest request); protected void Post(string route) { } protected void AllowAnonymous() { } protected void Roles(string role) { } }
            public class Create : Endpoint<int> { public override void Configure() { {{configure}} } public override Task HandleAsync(int request) => Task.CompletedTask; }
            """, "Create");

        Assert.Equal(("POST", access, "/orders"), (endpoint!.Verb, endpoint.Access.ToString(), endpoint.Route));
    }

    [Theory]
    [InlineData("AuthorizationLevel.Anonymous", nameof(EndpointAccess.Open))]
    [InlineData("AuthorizationLevel.Function", nameof(EndpointAccess.Restricted))]
    public void A_function_that_HTTP_triggers_is_an_endpoint(string level, string access)
    {
        var endpoint = Of("Run", $$"""
            public enum AuthorizationLevel { Anonymous, User, Function }
            public class HttpTriggerAttribute(AuthorizationLevel level, params string[] methods) : Attribute { public string? Route { get; set; } public object Both => (level, methods); }
            public static class Pay { public static int Run([HttpTrigger({{level}}, "get", "post", Route = "orders/{id}/pay")] HttpRequest request) => 1; }
            """);

        Assert.Equal(("POST", access, "orders/{id}/pay"), (endpoint!.Verb, endpoint.Access.ToString(), endpoint.Route));
    }

    [Fact]
    public void A_middleware_that_answers_401_by_itself_leaves_the_question_open() => Assert.Equal(EndpointAccess.Unknown, Of("M", """
        public class ApiKeyMiddleware(RequestDelegate next) { public Task InvokeAsync(HttpContext context) { if (context.Request.Headers["X-Key"] != "k") { context.Response.StatusCode = 401; return Task.CompletedTask; } return next(context); } }
        public class C : ControllerBase { [HttpPost] public int M() => 1; }
        """)!.Access);

    private static Endpoint? Of(string method, string code, string? type = null)
    {
        var compilation = Compile(code);
        var symbol = compilation.GetSymbolsWithName(method, SymbolFilter.Member).OfType<IMethodSymbol>().First(candidate => type is null || candidate.ContainingType.Name == type);
        return Endpoints.In(new CompilationFacts(compilation, new ConfigOptions(), [])).Of(symbol);
    }

    private static Endpoint? OfLambda(string code)
    {
        var compilation = Compile(code);
        var tree = compilation.SyntaxTrees[0];
        var lambda = tree.GetRoot().DescendantNodes().OfType<ParenthesizedLambdaExpressionSyntax>().First();
        var operation = (IAnonymousFunctionOperation)compilation.GetSemanticModel(tree).GetOperation(lambda)!;
        return Endpoints.In(new CompilationFacts(compilation, new ConfigOptions(), [])).Of(operation);
    }

    private static CSharpCompilation Compile(string code)
    {
        var compilation = Analysis.Compile(("/shop/Sample.cs", code), (Prelude.Path, Prelude.Source));
        Assert.Empty(compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error));
        return compilation;
    }
}
