namespace RiskAnalyzers.Tests.Rules.Accounts;

/// <summary>Code that works for whichever owner the request names.</summary>
public sealed partial class MissingOwnershipCheckTests
{
    private const string Lines = "public class CartItem { public int Id { get; set; } public string UserId { get; set; } = \"\"; public int ProductId { get; set; } public int Quantity { get; set; } } public class CartDb : DbContext { public DbSet<CartItem> CartItems => Set<CartItem>(); public DbSet<Order> Orders => Set<Order>(); } ";

    [Fact]
    public Task An_open_endpoint_s_owner_from_the_body() => Flags(Lines + """
        public record AddLineDto(string UserId, int ProductId, int Quantity);
        public static class Api
        {
            public static void Map(WebApplication app) => app.MapPost("/api/cart/add", async (AddLineDto dto, CartDb db) =>
            {
                var line = await db.CartItems.FirstOrDefaultAsync(c => c.UserId == [|dto.UserId|] && c.ProductId == dto.ProductId);
                if (line is null)
                    db.CartItems.Add(new CartItem { UserId = dto.UserId, ProductId = dto.ProductId, Quantity = dto.Quantity });
                await db.SaveChangesAsync();
                return Results.Ok();
            });
        }
        """);

    [Fact]
    public Task An_open_endpoint_s_owner_from_the_route() => Flags(Lines + """
        [Route("api/cart")]
        public class CartController(CartDb db) : ControllerBase
        {
            [HttpDelete("{userId}/clear")]
            public async Task<IActionResult> Clear(string userId)
            {
                db.CartItems.RemoveRange(await db.CartItems.Where(c => c.UserId == [|userId|]).ToListAsync());
                await db.SaveChangesAsync();
                return NoContent();
            }
        }
        """);

    [Fact]
    public Task A_handler_s_owner_from_the_body() => Flags("""
        public record BookAppointmentCommand(Guid UserId, Guid DoctorId, DateTime At);
        public class Appointment { public Guid UserId { get; set; } public Guid DoctorId { get; set; } }
        public interface IUsers { Task<object?> GetByIdAsync(Guid id); }
        public interface IDispatcher { Task<int> Run(object message); }
        public class BookAppointmentHandler(IUsers users)
        {
            public async Task<Appointment> Handle(BookAppointmentCommand request)
            {
                _ = await users.GetByIdAsync([|request.UserId|]) ?? throw new KeyNotFoundException();
                return new Appointment { UserId = request.UserId, DoctorId = request.DoctorId };
            }
        }
        [ApiController, Authorize]
        public class AppointmentsController(IDispatcher bus) : ControllerBase
        {
            [HttpPost]
            public async Task<IActionResult> Book([FromBody] BookAppointmentCommand command) => Ok(await [|bus.Run(command)|]);
        }
        """);

    [Fact]
    public Task Orders_by_an_address_that_others_know() => Flags("""
        public class ShopCustomer { public int Id { get; set; } public string Email { get; set; } = ""; public List<Order> Orders { get; set; } = new(); }
        public class CustomerDb : DbContext { public DbSet<ShopCustomer> Customers => Set<ShopCustomer>(); }
        [Route("api/payments")]
        public class PaymentsController(CustomerDb db) : ControllerBase
        {
            [HttpGet("orders")]
            public async Task<IActionResult> GetOrders([FromQuery] string customerEmail)
            {
                var found = await [|db.Customers.Include(c => c.Orders).FirstOrDefaultAsync(c => c.Email == customerEmail)|];
                return found is null ? NotFound() : Ok(found.Orders);
            }
        }
        """);

    [Fact]
    public Task The_id_in_a_message_that_is_sent_later() => Flags("""
        public record PayOrderCommand(int OrderId, string Method);
        public record PayRequest(int OrderId, string Method);
        public interface ISender { Task<Order> Send(object message); }
        [Authorize, Route("api/payment")]
        public class PaymentController(ISender sender) : ControllerBase
        {
            [HttpPost("process")]
            public async Task<IActionResult> Process([FromBody] PayRequest request)
            {
                var command = new PayOrderCommand(
                    [|request.OrderId|],
                    request.Method);
                var result = await sender.Send(command);
                return Ok(result);
            }
        }
        """);

    [Fact]
    public Task A_handler_s_owner_that_the_controller_sets() => Allows("""
        public record BookRoomCommand(Guid RoomId) { public Guid UserId { get; set; } }
        public class RoomBooking { public Guid UserId { get; set; } }
        public interface IDispatcher { Task<int> Run(object message); }
        public class BookRoomHandler
        {
            public Task<RoomBooking> Handle(BookRoomCommand request) => Task.FromResult(new RoomBooking { UserId = request.UserId });
        }
        [ApiController, Authorize]
        public class BookingsController(IDispatcher bus) : ControllerBase
        {
            [HttpPost]
            public async Task<IActionResult> Book([FromBody] BookRoomCommand command)
            {
                command.UserId = Guid.Parse(User.FindFirst("sub")!.Value);
                return Ok(await bus.Run(command));
            }
        }
        """);

    [Fact]
    public Task A_handler_whose_message_the_staff_sends() => Allows("""
        public record BookRoomCommand(Guid RoomId, Guid UserId);
        public class RoomBooking { public Guid UserId { get; set; } }
        public interface IDispatcher { Task<int> Run(object message); }
        public class BookRoomHandler
        {
            public Task<RoomBooking> Handle(BookRoomCommand request) => Task.FromResult(new RoomBooking { UserId = request.UserId });
        }
        [ApiController, Authorize(Roles = "Reception")]
        public class BookingsController(IDispatcher bus) : ControllerBase
        {
            [HttpPost]
            public async Task<IActionResult> Book([FromBody] BookRoomCommand command) => Ok(await bus.Run(command));
        }
        """);

    [Fact]
    public Task A_handler_whose_message_nobody_binds() => Allows("""
        public record ReserveStockCommand(Guid OrderId, Guid CustomerId);
        public class Reservation { public Guid CustomerId { get; set; } }
        public class ReserveStockHandler
        {
            public Task<Reservation> Handle(ReserveStockCommand request) => Task.FromResult(new Reservation { CustomerId = request.CustomerId });
        }
        """);

    [Fact]
    public Task An_address_with_the_number_of_the_order() => Allows("""
        public class TrackedOrder { public int Id { get; set; } public string Number { get; set; } = ""; public string Email { get; set; } = ""; }
        public class TrackDb : DbContext { public DbSet<TrackedOrder> Orders => Set<TrackedOrder>(); }
        [Route("api/orders")]
        public class TrackingController(TrackDb db) : ControllerBase
        {
            [HttpGet("track")]
            public async Task<IActionResult> Track(string number, string email) => Ok(await db.Orders.FirstOrDefaultAsync(o => o.Number == number && o.Email == email));
        }
        """);

    [Fact]
    public Task A_password_that_is_changed_for_any_address() => Flags(
        """
        public class ChangePasswordDto { public string Email { get; set; } = ""; public string CurrentPassword { get; set; } = ""; public string NewPassword { get; set; } = ""; }
        public record ChangePasswordCommand(ChangePasswordDto Input);
        public class ChangePasswordCommandHandler(UserManager<IdentityUser> users)
        {
            public async Task Handle(ChangePasswordCommand request, CancellationToken cancellation)
            {
                var input = request.Input;
                var user = await [|users.FindByEmailAsync(input.Email.Trim())|] ?? throw new InvalidOperationException("unknown");
                await users.ChangePasswordAsync(user, input.CurrentPassword, input.NewPassword);
            }
        }
        """);

    [Fact]
    public Task A_password_that_is_changed_for_any_name() => Flags(
        """
        public record ChangePasswordRequest(string UserName, string OldPassword, string NewPassword);
        [Authorize]
        public class AccountController(UserManager<IdentityUser> users) : ControllerBase
        {
            [HttpPost("change-password")]
            public async Task<IActionResult> ChangePassword([FromBody] ChangePasswordRequest request)
            {
                var user = await [|users.FindByNameAsync(request.UserName)|];
                if (user is null) return NotFound();
                return (await users.ChangePasswordAsync(user, request.OldPassword, request.NewPassword)).Succeeded ? Ok() : BadRequest();
            }
        }
        """);

    [Fact]
    public Task A_service_that_is_told_by_code() => Allows(
        """
        public class ChangePasswordRequest { public string Email { get; set; } = ""; public string OldPassword { get; set; } = ""; public string NewPassword { get; set; } = ""; }
        public class CustomerManager(UserManager<IdentityUser> users)
        {
            public async Task ChangePassword(ChangePasswordRequest request) => await users.ChangePasswordAsync((await users.FindByEmailAsync(request.Email))!, request.OldPassword, request.NewPassword);
        }
        """);

    [Fact]
    public Task A_password_of_the_caller() => Allows(
        """
        public record ChangePasswordRequest(string Email, string OldPassword, string NewPassword);
        [Authorize]
        public class AccountController(UserManager<IdentityUser> users) : ControllerBase
        {
            [HttpPost("change-password")]
            public async Task<IActionResult> ChangePassword([FromBody] ChangePasswordRequest request)
            {
                var user = await users.GetUserAsync(User);
                return (await users.ChangePasswordAsync(user!, request.OldPassword, request.NewPassword)).Succeeded ? Ok() : BadRequest();
            }
        }
        """);

    [Fact]
    public Task A_password_that_is_reset_with_a_token() => Allows(
        """
        public record ResetPasswordRequest(string Email, string ResetToken, string NewPassword);
        public class ResetPasswordHandler(UserManager<IdentityUser> users)
        {
            public async Task Handle(ResetPasswordRequest request) => await users.ResetPasswordAsync((await users.FindByEmailAsync(request.Email))!, request.ResetToken, request.NewPassword);
        }
        """);

    private const string Purchases = """
        interface ICurrentUserService { string? UserId { get; } }
        class Purchase { public int Id { get; set; } public string CustomerId { get; set; } = ""; public decimal Total { get; set; } }
        interface IPurchases { Task<Purchase?> GetByIdAsync(int id); Task<Purchase?> FirstOrDefaultAsync(Spec<Purchase> spec); }
        class Spec<T> { public Spec<T> Where(System.Linq.Expressions.Expression<Func<T, bool>> test) => this; }

        """;

    private static string Keeping(string members) => Purchases + "class PurchaseService { private readonly IPurchases purchases; private readonly ICurrentUserService _currentUser; public PurchaseService(IPurchases purchases, ICurrentUserService currentUser) { this.purchases = purchases; _currentUser = currentUser; } " + members + " }";

    [Fact]
    public Task Who_calls_is_kept_and_never_asked() => Flags(Keeping("public async Task CancelAsync(int purchaseId) { var purchase = await [|purchases.GetByIdAsync(purchaseId)|]; purchase!.Total = 0; }"));

    [Fact]
    public Task Who_calls_is_kept_and_the_key_stands_in_a_specification() => Flags(Keeping("public async Task<decimal> TotalAsync(int purchaseId) { var spec = new Spec<Purchase>().Where(p => p.Id == purchaseId); var purchase = await [|purchases.FirstOrDefaultAsync(spec)|]; return purchase!.Total; }"));

    [Fact]
    public Task Who_calls_is_a_parameter_that_nobody_uses() => Flags(Purchases + "class PurchaseService(IPurchases purchases, ICurrentUserService currentUser) { public async Task<Purchase?> GetAsync(int purchaseId) => await [|purchases.GetByIdAsync(purchaseId)|]; }");

    [Fact]
    public Task Who_calls_is_asked_by_another_member() => Allows(Keeping("public async Task<Purchase?> GetAsync(int purchaseId) => await purchases.GetByIdAsync(purchaseId); public bool IsMine(Purchase purchase) => purchase.CustomerId == _currentUser.UserId;"));

    [Fact]
    public Task A_service_that_is_given_nobody() => Allows(Purchases + "class PurchaseService(IPurchases purchases) { public async Task<Purchase?> GetAsync(int purchaseId) => await purchases.GetByIdAsync(purchaseId); }");

    [Fact]
    public Task Who_calls_is_kept_where_nothing_belongs_to_anybody() => Allows(Purchases + "class PurchaseRates(ShopDb db, ICurrentUserService currentUser) { public async Task<Coupon?> GetAsync(int couponId) => await db.Coupons.FindAsync(couponId); }");
}
