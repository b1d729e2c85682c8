namespace RiskAnalyzers.Tests.Rules.Accounts;

/// <summary>Hubs, whose methods every client calls that connects.</summary>
public sealed partial class UnauthorizedStateChangeTests
{
    private static string Hub(string methods, string name = "OrderHub", string attributes = "", string bases = "Microsoft.AspNetCore.SignalR.Hub") => $$"""
        using Microsoft.AspNetCore.SignalR;
        {{attributes}} public class {{name}} : {{bases}}
        {
            {{methods}}
        }
        """;

    [Fact]
    public Task A_hub_that_takes_anybody_into_the_staff_s_group() =>
        Flags(Hub("""public Task [|JoinAdmins|]() => Groups.AddToGroupAsync(Context.ConnectionId, "admins");"""));

    [Fact]
    public Task A_hub_that_answers_the_new_member_of_the_staff() =>
        Flags(Hub("""public async Task [|Watch|]() { await Groups.AddToGroupAsync(Context.ConnectionId, "Managers"); await Clients.Caller.SendAsync("hello", 1); }"""));

    [Fact]
    public Task A_hub_with_the_name_of_the_group_in_a_constant() =>
        Flags(Hub("private const string StaffGroup = \"s\"; public async Task [|Enter|]() { await Groups.AddToGroupAsync(Context.ConnectionId, StaffGroup); }", "FulfilmentHub"));

    [Fact]
    public Task A_hub_that_follows_any_order() =>
        Flags(Hub("""public async Task [|Track|](Guid orderId) { await Groups.AddToGroupAsync(Context.ConnectionId, $"order-{orderId}"); }"""));

    [Fact]
    public Task A_hub_that_follows_any_customer_by_a_local() =>
        Flags(Hub("""public async Task [|Subscribe|](string customerId) { var room = "customer:" + customerId; await Groups.AddToGroupAsync(Context.ConnectionId, room); }""", "AccountUpdatesHub"));

    [Fact]
    public Task A_hub_that_speaks_in_the_shop_s_name() =>
        Flags(Hub("""public Task [|OrderShipped|](int orderId, string carrier) => Clients.Group("order-" + orderId).SendAsync("shipped", orderId, carrier);"""));

    [Fact]
    public Task A_typed_hub_that_repeats_a_price() => Flags(Hub(
        "public async Task [|Announce|](int productId, decimal price) { await Clients.All.PriceChanged(productId, price); }", "PriceHub", bases: "Hub<IPriceClient>")
        + " public interface IPriceClient { Task PriceChanged(int productId, decimal price); }");

    [Fact]
    public Task A_hub_with_a_base_of_its_own() => Flags(Hub(
        """public Task [|NotifyPaid|](Order order) => Clients.User(order.CustomerId).SendAsync("paid", order);""", "PaymentHub", bases: "ShopHub") + " public abstract class ShopHub : Hub { }");

    [Fact]
    public Task A_hub_with_an_attribute() =>
        Allows(Hub("""public Task NotifyPaid(Order order) => Clients.All.SendAsync("paid", order);""", attributes: "[Authorize]"));

    [Fact]
    public Task A_hub_that_is_mapped_with_a_demand() => Allows(
        Hub("""public Task JoinAdmins() => Groups.AddToGroupAsync(Context.ConnectionId, "admins");""") + """ public static class Startup { public static void Map(WebApplication app) => app.MapHub<OrderHub>("/orders").RequireAuthorization(); }""");

    [Fact]
    public Task A_hub_that_asks_for_the_role() => Allows(Hub(
        """public async Task JoinAdmins() { if (Context.User?.IsInRole("Admin") != true) throw new HubException("no"); await Groups.AddToGroupAsync(Context.ConnectionId, "admins"); }"""));

    [Fact]
    public Task A_hub_that_turns_strangers_away() => Allows(Hub(
        """
        public override Task OnConnectedAsync() { if (Context.User?.Identity?.IsAuthenticated != true) Context.Abort(); return base.OnConnectedAsync(); }
        public Task Track(Guid orderId) => Groups.AddToGroupAsync(Context.ConnectionId, $"order-{orderId}");
        """));

    [Fact]
    public Task A_chat() => Allows(Hub(
        """
        public Task Say(string user, string text) => Clients.All.SendAsync("said", user, text);
        public Task Enter(string room) => Groups.AddToGroupAsync(Context.ConnectionId, room);
        """, "ChatHub"));

    [Fact]
    public Task A_hub_that_answers_its_caller() =>
        Allows(Hub("""public Task Ping(int orderId) => Clients.Caller.SendAsync("pong", orderId);"""));

    [Fact]
    public Task A_hub_that_follows_the_catalogue() =>
        Allows(Hub("""public Task Watch(string category) => Groups.AddToGroupAsync(Context.ConnectionId, "category-" + category);""", "CatalogHub"));
}
