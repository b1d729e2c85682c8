using RiskAnalyzers.CriticalPaths;

namespace RiskAnalyzers.Tests.CriticalPaths;

/// <summary>What the map finds on a path is tried by its own tests, through the same door; here stand the forms that syntax alone cannot decide.</summary>
public sealed class SpokenNamesTests
{
    [Theory]
    [InlineData("using R = Microsoft.AspNetCore.Mvc.RouteAttribute; [R(\"x\")] class Home { }")]
    [InlineData("global using Builder = Microsoft.AspNetCore.Routing.IEndpointRouteBuilder;")]
    [InlineData("class Home : IRun { void IRun.Run() { } }")]
    [InlineData("[Route(Addresses.Home)] class Home { }")]
    [InlineData("[Microsoft.AspNetCore.Mvc.Route($\"api/{nameof(Home)}\")] class Home { }")]
    [InlineData("class Home { [HttpPost(Addresses.Home)] void Run() { } }")]
    [InlineData("class Line { event System.Action Refund; }")]
    [InlineData("class Line { event System.Action Refund { add { } remove { } } }")]
    [InlineData("namespace A.Billing.B { class Line { } }")]
    [InlineData("namespace A.Billing.B;")]
    [InlineData("class A { class B { enum OrderState { } } }")]
    [InlineData("delegate void Charged();\nnamespace X { delegate decimal PriceOf(int id); }")]
    [InlineData("class Home { void Map(Microsoft.AspNetCore.Routing.IEndpointRouteBuilder? app) => app.MapGet(\"/orders\", () => 1); }")]
    [InlineData("app.MapPost(\"/checkout\", () => 1);")]
    [InlineData("int Refund() => 1;")]
    [InlineData("class Program { static void Main() { builder.Services.AddAuthentication(); } }")]
    [InlineData("static class Setup { static void AddAll(this IServiceCollection services) => services.AddScoped<IOrderService, OrderService>(); }")]
    public void What_may_speak_for_a_path_is_not_ruled_out(string code) => Assert.True(SpokenNames.MayPutCodeOnPath(CSharpSyntaxTree.ParseText(code, cancellationToken: TestContext.Current.CancellationToken), default));

    [Theory]
    [InlineData("")]
    [InlineData("using Text = System.String; namespace Shop.Reports { class Pager { void Show() { var order = 1; } int Size { get; } } }")]
    [InlineData("[Route(\"api/reports\")] class Home { [HttpGet(\"{id}\")] void Get(int id) { Refund(); } }")]
    [InlineData("class Home { decimal price; void Map(IEndpointRouteBuilder app) => app.MapGet(\"/reports\", () => 1); }")]
    [InlineData("app.MapGet(\"/reports\", () => 1); int Pages() => 1;")]
    [InlineData("record Line(decimal Price);")]
    [InlineData("class { void (")]
    public void What_cannot_is(string code) => Assert.False(SpokenNames.MayPutCodeOnPath(CSharpSyntaxTree.ParseText(code, cancellationToken: TestContext.Current.CancellationToken), default));
}
