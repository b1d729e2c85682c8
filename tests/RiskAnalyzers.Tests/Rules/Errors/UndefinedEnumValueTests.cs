using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Errors;

public sealed partial class UndefinedEnumValueTests() : RuleTest("RISK4008")
{
    private static string Action(string body) => $$"""
        public record StatusUpdateDto(string Status, int Code);
        public class OrdersController : ShopCode
        {
            [HttpPatch("{id:int}/status")]
            public async Task<IActionResult> Update(int id, [FromBody] StatusUpdateDto dto)
            {
                var order = await db.Orders.FirstAsync(o => o.Id == id);
                {{body}}
                await db.SaveChangesAsync();
                return NoContent();
            }
        }
        """;

    [Fact]
    public Task A_text_that_becomes_the_status() => Flags(Action("if (![|Enum.TryParse<OrderStatus>(dto.Status, true, out var status)|]) return BadRequest(); order.Status = status;"));

    [Fact]
    public Task A_text_that_is_parsed_at_once() => Flags(Action("order.Status = [|Enum.Parse<OrderStatus>(dto.Status, ignoreCase: true)|];"));

    [Fact]
    public Task A_number_that_is_cast() => Flags(Action("order.Status = [|(OrderStatus)dto.Code|];"));

    [Fact]
    public Task A_text_that_is_trimmed_first() => Flags(Action("if (![|Enum.TryParse(dto.Status.Trim(), out OrderStatus next)|]) return BadRequest(); order.Status = next;"));

    [Fact]
    public Task The_older_overload() => Flags(Action("order.Status = (OrderStatus)[|Enum.Parse(typeof(OrderStatus), dto.Status)|];"));

    [Fact]
    public Task A_local_in_between() => Flags(Action("var parsed = [|Enum.Parse<OrderStatus>(dto.Status)|]; log.LogInformation(\"{Status}\", parsed); order.Status = parsed;"));

    [Fact]
    public Task A_domain_method_that_takes_it() => Flags("""
        public class Shipment { public OrderStatus Status { get; private set; } public void SetStatus(OrderStatus status) { Status = status; } }
        public record UpdateStatusRequest(string Status);
        public record UpdateStatusCommand(int Id, UpdateStatusRequest Request);
        public class UpdateStatusHandler(Func<int, Shipment> find)
        {
            public Task Handle(UpdateStatusCommand command)
            {
                var shipment = find(command.Id);
                if (![|Enum.TryParse<OrderStatus>(command.Request.Status, out var next)|])
                    throw new InvalidOperationException("Invalid status");
                shipment.SetStatus(next);
                return Task.CompletedTask;
            }
        }
        """);

    [Fact]
    public Task A_minimal_api() => Flags("""
        var app = WebApplication.Create();
        app.MapPut("/orders/{id}/status/{status}", async (int id, string status, ShopDb db) =>
        {
            var order = await db.Orders.FindAsync(id);
            if (order is null) return Results.NotFound();
            order.Status = [|Enum.TryParse<OrderStatus>(status, out var parsed)|] ? parsed : order.Status;
            await db.SaveChangesAsync();
            return Results.Ok();
        });
        """);

    [Fact]
    public Task A_webhook_s_status() => Flags("""
        public record CallbackDto(int OrderId, string State);
        public class CallbackController : ShopCode
        {
            [HttpPost("payments/callback")]
            public async Task<IActionResult> Receive(CallbackDto dto)
            {
                var order = await db.Orders.SingleAsync(o => o.Id == dto.OrderId);
                order.Status = [|Enum.Parse<OrderStatus>(dto.State, true)|];
                await db.SaveChangesAsync();
                return Ok();
            }
        }
        """);

    [Fact]
    public Task A_new_entity() => Flags("""
        public class Payment { public Payment(PaymentState state) => State = state; public PaymentState State { get; } }
        public record PaymentInput(string State);
        public class PaymentsController : ControllerBase
        {
            [HttpPost]
            public IActionResult Post(PaymentInput input)
            {
                if (![|Enum.TryParse<PaymentState>(input.State, out var state)|])
                    return BadRequest();
                var payment = new Payment(state);
                return Ok(payment);
            }
        }
        """);

    [Fact]
    public Task A_cast_of_a_route_value() => Flags("""
        public class PaymentsController : ShopCode
        {
            [HttpPost("orders/{id}/mark/{status}")]
            public async Task<IActionResult> Mark(int id, int status)
            {
                var order = await db.Orders.FindAsync(id);
                order!.Status = [|(OrderStatus)status|];
                await db.SaveChangesAsync();
                return Ok();
            }
        }
        """);

    [Fact]
    public Task Defined_values_only() => Allows(Action("if (!Enum.TryParse<OrderStatus>(dto.Status, true, out var status) || !Enum.IsDefined(status)) return BadRequest(); order.Status = status;"));

    [Fact]
    public Task A_filter() => Allows("""
        public class OrdersController : ShopCode
        {
            [HttpGet]
            public async Task<IActionResult> List(string? status)
            {
                var query = db.Orders.AsQueryable();
                if (Enum.TryParse<OrderStatus>(status, true, out var wanted))
                    query = query.Where(o => o.Status == wanted);
                return Ok(await query.ToListAsync());
            }
        }
        """);

    [Fact]
    public Task A_filter_object() => Allows("""
        public class OrderFilter { public OrderStatus? Status { get; set; } }
        public class OrdersController : ShopCode
        {
            [HttpGet]
            public IActionResult List(string status) { Enum.TryParse<OrderStatus>(status, out var wanted); return Ok(new OrderFilter { Status = wanted }); }
        }
        """);

    [Fact]
    public Task A_switch_that_knows_the_steps() => Allows(Action("if (!Enum.TryParse<OrderStatus>(dto.Status, out var next)) return BadRequest(); switch (next) { case OrderStatus.Paid: case OrderStatus.Shipped: order.Status = next; break; default: return BadRequest(); }"));

    [Fact]
    public Task A_list_of_allowed_steps() => Allows(Action("var allowed = new[] { OrderStatus.Paid, OrderStatus.Shipped }; if (!Enum.TryParse<OrderStatus>(dto.Status, out var next) || !allowed.Contains(next)) return BadRequest(); order.Status = next;"));

    [Fact]
    public Task A_pattern_that_refuses() => Allows(Action("var next = (OrderStatus)dto.Code; if (next is not (OrderStatus.Paid or OrderStatus.Shipped)) return BadRequest(); order.Status = next;"));

    [Fact]
    public Task A_method_that_refuses() => Allows("""
        public class Shipment { public OrderStatus Status { get; private set; } public void SetStatus(OrderStatus status) { if (status <= Status) throw new InvalidOperationException(); Status = status; } }
        public record StatusDto(string Status);
        public class ShipmentsController(Func<int, Shipment> find) : ControllerBase
        {
            [HttpPost("{id}")]
            public IActionResult Post(int id, StatusDto dto) { if (!Enum.TryParse<OrderStatus>(dto.Status, out var next)) return BadRequest(); find(id).SetStatus(next); return Ok(); }
        }
        """);

    [Fact]
    public Task A_setting() => Allows("class C { OrderStatus Initial { get; set; } void Read(IConfiguration config) => Initial = Enum.Parse<OrderStatus>(config[\"Orders:Initial\"]!); }");

    [Fact]
    public Task A_stored_text() => Allows("class Row { public string Status { get; set; } = \"\"; } class C : ShopCode { void Load(Row row, Order order) => order.Status = Enum.Parse<OrderStatus>(row.Status); }");

    [Fact]
    public Task An_enum_that_is_cast_to_another() => Allows("public enum ApiStatus { New, Paid } public record StatusDto(ApiStatus Status); public class C : ShopCode { [HttpPost] public IActionResult M(StatusDto dto, Order order) { order.Status = (OrderStatus)dto.Status; return Ok(); } }");

    [Fact]
    public Task A_number_that_is_only_shown() => Allows(Action("log.LogInformation(\"{Status}\", (OrderStatus)dto.Code);"));

    [Fact]
    public Task Flags_may_be_combined() => Allows("""
        [Flags] public enum Rights { None = 0, Read = 1, Write = 2 }
        public class Member { public Rights Rights { get; set; } }
        public record RightsDto(int Rights);
        public class MembersController : ControllerBase { [HttpPut] public IActionResult Put(RightsDto dto, Member member) { member.Rights = (Rights)dto.Rights; return Ok(); } }
        """);

    [Fact]
    public Task The_fix_refuses_what_is_not_defined() => Fixes(
        Action("if (![|Enum.TryParse<OrderStatus>(dto.Status, true, out var status)|]) return BadRequest(); order.Status = status;"),
        Action("if (!Enum.TryParse<OrderStatus>(dto.Status, true, out var status) || !Enum.IsDefined(status)) return BadRequest(); order.Status = status;"));

    [Fact]
    public Task A_list_of_choices_for_the_staff() => Allows("""
        public enum PackingType { Single, Many }
        public class ShippingSettings { public PackingType Packing { get; set; } }
        public class SettingsInput { public int Packing { get; set; } }
        public class ShippingController(ShippingSettings settings) : ControllerBase { [HttpPost] public IActionResult Configure(SettingsInput input) { settings.Packing = (PackingType)input.Packing; return Ok(); } }
        public class Box { public PackingType Packing { get; set; } }
        [Authorize(Roles = "Admin")]
        public class BoxesController(Box box) : ControllerBase { [HttpPost] public IActionResult Edit(SettingsInput input) { box.Packing = (PackingType)input.Packing; return Ok(); } }
        """);
}
