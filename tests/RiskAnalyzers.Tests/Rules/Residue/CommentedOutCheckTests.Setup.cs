namespace RiskAnalyzers.Tests.Rules.Residue;

/// <summary>Checks that the set-up of a program asks for: middleware, routes, health checks.</summary>
public sealed partial class CommentedOutCheckTests
{
    [Fact]
    public Task A_middleware_in_the_program() => Flags("""
        var builder = WebApplication.CreateBuilder(args);
        var app = builder.Build();
        app.UseAuthentication();
        [|// app.UseAuthorization();|]
        app.MapPost("/checkout", () => Results.Ok());
        app.Run();
        """);

    [Fact]
    public Task A_requirement_at_the_end_of_a_route() => Flags("""
        var app = WebApplication.CreateBuilder(args).Build();
        app.MapPost("/checkout/refund", () => Results.Ok())
            [|// .RequireAuthorization("admin")|]
            ;
        app.Run();
        """);

    [Fact]
    public Task Routes_and_serialisation_in_comments() => Allows("""
        class C : ControllerBase
        {
            // [HttpGet("old")]
            // [JsonPropertyName("total")]
            public IActionResult Total() => Ok();
        }
        """);

    [Fact]
    public Task A_redirection_behind_a_proxy() => Allows("""
        var app = WebApplication.CreateBuilder(args).Build();
        app.UseForwardedHeaders();
        // app.UseHttpsRedirection();
        app.Run();
        """);

    [Fact]
    public Task A_redirection_that_a_comment_leaves_to_the_ingress() => Allows("""
        var app = WebApplication.CreateBuilder(args).Build();
        // TLS ends at the ingress
        // app.UseHttpsRedirection();
        app.Run();
        """);

    [Fact]
    public Task A_redirection_that_nobody_makes() => Flags("""
        var app = WebApplication.CreateBuilder(args).Build();
        [|// app.UseHttpsRedirection();|]
        app.UseAuthentication();
        app.Run();
        """);

    [Fact]
    public Task Strict_transport_that_nobody_asks_for() => Flags("""
        class Startup
        {
            public void Configure(IApplicationBuilder app)
            {
                app.UseRouting();
                [|//app.UseHsts();|]
                app.UseAuthorization();
            }
        }
        """);

    [Fact]
    public Task Health_checks_that_are_no_longer_mapped() => Flags("""
        var app = WebApplication.Create();
        [|// app.MapHealthChecks("/health"); // the controller answers now|]
        app.Run();
        """);
}
