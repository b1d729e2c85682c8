namespace RiskAnalyzers.Tests.Rules.Accounts;

/// <summary>Hubs whose clients are signed in and choose whom they hear of.</summary>
public sealed partial class MissingOwnershipCheckTests
{
    private static string Hub(string methods, string name = "OrderHub", string constructor = "") => $$"""
        using Microsoft.AspNetCore.SignalR;
        [Authorize] public class {{name}}{{constructor}} : Hub
        {
            {{methods}}
        }
        """;

    [Fact]
    public Task A_group_of_any_order() =>
        Flags(Hub("""public Task Follow(Guid orderId) => [|Groups.AddToGroupAsync(Context.ConnectionId, $"order_{orderId}")|];"""));

    [Fact]
    public Task A_group_of_any_user() =>
        Flags(Hub("""public async Task Register(string userId) { if (userId.Length == 0) return; await [|Groups.AddToGroupAsync(Context.ConnectionId, userId)|]; }""", "AccountHub"));

    [Fact]
    public Task A_group_from_the_query() => Flags(Hub("""
        public override async Task OnConnectedAsync()
        {
            var customerId = Context.GetHttpContext()!.Request.Query["customerId"].ToString();
            await [|Groups.AddToGroupAsync(Context.ConnectionId, "customer-" + customerId)|];
            await base.OnConnectedAsync();
        }
        """, "CustomerHub"));

    [Fact]
    public Task An_order_that_is_read_over_a_hub() =>
        Flags(Hub("public async Task<Order?> Get(int orderId) => await [|db.Orders.FindAsync(orderId)|];", constructor: "(ShopDb db)"));

    [Fact]
    public Task A_group_of_the_caller_himself() =>
        Allows(Hub("""public override Task OnConnectedAsync() => Groups.AddToGroupAsync(Context.ConnectionId, "user-" + Context.UserIdentifier);"""));

    [Fact]
    public Task A_group_of_an_order_that_was_compared() => Allows(Hub(
        """public async Task Follow(int orderId) { if (await db.Orders.AnyAsync(o => o.Id == orderId && o.CustomerId == Context.UserIdentifier)) await Groups.AddToGroupAsync(Context.ConnectionId, $"order_{orderId}"); }""", constructor: "(ShopDb db)"));

    [Fact]
    public Task A_group_of_a_product() =>
        Allows(Hub("""public Task Watch(int productId) => Groups.AddToGroupAsync(Context.ConnectionId, $"stock_{productId}");""", "StockHub"));

    [Fact]
    public Task A_culture_from_the_query() => Allows(Hub("""
        public override async Task OnConnectedAsync()
        {
            var culture = Context.GetHttpContext()!.Request.Query["culture"].ToString();
            await Groups.AddToGroupAsync(Context.ConnectionId, culture);
        }
        """));
}
