namespace RiskAnalyzers.Tests.Rules.Errors;

/// <summary>Texts that a service or handler was given; who called it stands elsewhere.</summary>
public sealed partial class UndefinedEnumValueTests
{
    [Fact]
    public Task A_state_of_a_request() => Flags("class Dto { public string Status { get; set; } = \"\"; } class C : ShopCode { [HttpPut] public IActionResult M(Order order, Dto dto) { if (![|Enum.TryParse<OrderStatus>(dto.Status, true, out var status)|]) return BadRequest(); order.Status = status; return Ok(); } }");

    [Fact]
    public Task Parsed_into_the_order() => Flags("class C { public void M(Order order, string status) => order.Status = [|Enum.Parse<OrderStatus>(status, true)|]; }");

    [Fact]
    public Task Of_a_command() => Flags("record Body(string Status); record Command(Body Request); class Handler(ShopDb db) { public async Task Handle(Command cmd, CancellationToken ct) { var order = await db.Orders.FirstAsync(ct); if (![|Enum.TryParse<OrderStatus>(cmd.Request.Status, out var next)|]) throw new ArgumentException(\"status\"); order.Status = next; await db.SaveChangesAsync(ct); } }");

    [Fact]
    public Task Handed_to_what_changes_it() => Flags("interface IOrders { Task UpdateStatusAsync(int id, OrderStatus status); } class C(IOrders orders) { public async Task<bool> M(int id, string status) { if (![|Enum.TryParse(status, out OrderStatus to)|]) return false; await orders.UpdateStatusAsync(id, to); return true; } }");

    [Fact]
    public Task In_a_new_entity() => Flags("class Dto { public string State { get; set; } = \"\"; } class Attempt { public PaymentState State { get; set; } } class C { public Attempt M(Dto dto) => new Attempt { State = [|Enum.Parse<PaymentState>(dto.State)|] }; }");

    [Fact]
    public Task By_a_local() => Flags("class C { public void M(Order order, string text) { var status = [|Enum.Parse<OrderStatus>(text)|]; order.Status = status; } }");

    [Fact]
    public Task Trimmed_first() => Flags("class C { public void M(Order order, string text) { if ([|Enum.TryParse<OrderStatus>(text.Trim(), true, out var status)|]) order.Status = status; } }");

    [Fact]
    public Task In_a_minimal_api() => Flags("static class Api { public static void Map(WebApplication app) => app.MapPut(\"/orders/{id}\", async (int id, string status, ShopDb db) => { var order = await db.Orders.FirstAsync(o => o.Id == id); if (![|Enum.TryParse<OrderStatus>(status, true, out var to)|]) return Results.BadRequest(); order.Status = to; await db.SaveChangesAsync(); return Results.Ok(); }); }");

    [Fact]
    public Task In_a_constructor_of_an_entity() => Flags("class Attempt { public Attempt(PaymentState state) { } } class C { public Attempt M(string state) { [|Enum.TryParse<PaymentState>(state, out var parsed)|]; return new Attempt(parsed); } }");

    [Fact]
    public Task A_method_of_the_entity() => Flags("class Ticket { public void ChangeStatus(OrderStatus to) { } } class C { public void M(Ticket ticket, string to) { if ([|Enum.TryParse<OrderStatus>(to, true, out var parsed)|]) ticket.ChangeStatus(parsed); } }");

    [Fact]
    public Task Asked_whether_it_is_defined() => Allows("class C { public void M(Order order, string text) { if (Enum.TryParse<OrderStatus>(text, true, out var status) && Enum.IsDefined(status)) order.Status = status; } }");

    [Fact]
    public Task A_filter_of_a_list() => Allows("class C : ShopCode { public IQueryable<Order> M(string? text) { IQueryable<Order> query = db.Orders; if (Enum.TryParse<OrderStatus>(text, true, out var status)) query = query.Where(o => o.Status == status); return query; } }");

    [Fact]
    public Task Only_compared() => Allows("class C { public bool M(Order order, string text) => Enum.TryParse<OrderStatus>(text, out var status) && order.Status == status; }");

    [Fact]
    public Task A_setting_of_a_service() => Allows("class C { OrderStatus first; public void M(IConfiguration config) => first = Enum.Parse<OrderStatus>(config[\"Orders:First\"]!); }");

    [Fact]
    public Task A_constant() => Allows("class C { public void M(Order order) => order.Status = Enum.Parse<OrderStatus>(\"Paid\"); }");

    [Fact]
    public Task A_switch_over_what_may_be() => Allows("class C { public void M(Order order, string text) { if (!Enum.TryParse<OrderStatus>(text, out var status)) return; switch (status) { case OrderStatus.Paid: order.Status = status; break; default: throw new ArgumentException(text); } } }");

    [Fact]
    public Task An_enum_of_the_framework() => Allows("class C { DayOfWeek day; public void M(string text) => day = Enum.Parse<DayOfWeek>(text); }");

    [Fact]
    public Task Rights_that_are_combined() => Allows("[Flags] enum Rights { None = 0, Read = 1, Write = 2 } class User { public Rights Rights { get; set; } } class C { public void M(User user, string text) => user.Rights = Enum.Parse<Rights>(text); }");

    [Fact]
    public Task Text_of_the_product_itself() => Allows("class C { public void M(Order order, StreamReader reader) => order.Status = Enum.Parse<OrderStatus>(reader.ReadLine()!); }");

    [Fact]
    public Task Never_used() => Allows("class C { public bool IsStatus(string text) => Enum.TryParse<OrderStatus>(text, out _); }");

    [Fact]
    public Task A_filter_that_a_service_makes() => Allows("class OrderFilter { public OrderFilter(OrderStatus status) { } } class C { public OrderFilter? M(string text) => Enum.TryParse<OrderStatus>(text, out var status) ? new OrderFilter(status) : null; }");
}
