using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Accounts;

public sealed partial class OverPostingTests() : RuleTest("RISK3004")
{
    [Fact]
    public Task An_account_that_is_updated_as_it_came() => Flags(
        """
        public class UsersController : ShopCode
        {
            [HttpPut("users/{id}")]
            public async Task<IActionResult> UpdateUser(int id, [FromBody] Customer user)
            {
                db.Customers.Update([|user|]);
                await db.SaveChangesAsync();
                return Ok();
            }
        }
        """);

    [Fact]
    public Task An_order_that_brings_its_own_status() => Fixes(
        """
        public class Booking { public int Id { get; set; } public string Room { get; set; } = ""; public DateTime? From { get; set; } public string Status { get; set; } = "new"; }
        public class BookingDb : DbContext { public DbSet<Booking> Bookings => Set<Booking>(); }

        [Authorize, ApiController]
        public class BookingsController(BookingDb db) : ControllerBase
        {
            [HttpPost("bookings")]
            public async Task<Booking> Create(Booking booking)
            {
                db.Bookings.Add([|booking|]);
                await db.SaveChangesAsync();
                return booking;
            }
        }
        """,
        """
        public class Booking { public int Id { get; set; } public string Room { get; set; } = ""; public DateTime? From { get; set; } public string Status { get; set; } = "new"; }
        public class BookingDb : DbContext { public DbSet<Booking> Bookings => Set<Booking>(); }

        [Authorize, ApiController]
        public class BookingsController(BookingDb db) : ControllerBase
        {
            public record BookingInput(string Room, DateTime? From);

            [HttpPost("bookings")]
            public async Task<Booking> Create(BookingInput input)
            {
                var booking = new Booking { Room = input.Room, From = input.From };
                db.Bookings.Add(booking);
                await db.SaveChangesAsync();
                return booking;
            }
        }
        """);

    [Fact]
    public Task An_order_of_the_shop() => Flags(
        """
        [Authorize, ApiController]
        public class OrdersController(ShopDb db) : ControllerBase
        {
            [HttpPost("orders")]
            public async Task<Order> Create(Order order) { db.Orders.Add([|order|]); await db.SaveChangesAsync(); return order; }
        }
        """);

    [Fact]
    public Task A_minimal_API() => Flags(
        """
        public static class Customers
        {
            public static void Map(WebApplication app) => app.MapPost("/customers", async (Customer customer, ShopDb db) =>
            {
                await db.Customers.AddAsync([|customer|]);
                await db.SaveChangesAsync();
                return Results.Created($"/customers/{customer.Id}", customer);
            });
        }
        """);

    [Fact]
    public Task Values_set_from_the_request() => Flags(
        """
        [Authorize]
        public class ProfileController : ShopCode
        {
            [HttpPut("profile")]
            public async Task Save(Customer input)
            {
                var known = await db.Customers.FirstAsync(c => c.Email == User.Identity!.Name);
                db.Entry(known).CurrentValues.SetValues([|input|]);
                await db.SaveChangesAsync();
            }
        }
        """);

    [Fact]
    public Task A_context_that_takes_anything() => Flags(
        """
        public class AccountsController : ShopCode { [HttpPatch] public async Task Edit(Customer model) { db.Attach([|model|]).State = EntityState.Modified; await db.SaveChangesAsync(); } }
        """);

    [Fact]
    public Task A_repository() => Flags(
        """
        public class Member { public int Id { get; set; } public string Name { get; set; } = ""; public string Role { get; set; } = "member"; }
        public interface IMemberRepository { Task UpdateAsync(Member member); }
        public class MembersController(IMemberRepository members) : ShopCode { [HttpPut] public Task Put([FromBody] Member member) => members.UpdateAsync([|member|]); }
        """);

    [Fact]
    public Task A_flag_copied_out_of_the_registration() => Flags(
        """
        public record RegisterRequest(string Email, bool IsAdmin);
        public class AccountController : ShopCode
        {
            [HttpPost("register")]
            public async Task Register(RegisterRequest request)
            {
                db.Customers.Add(new Customer { Email = request.Email, [|IsAdmin = request.IsAdmin|] });
                await db.SaveChangesAsync();
            }
        }
        """);

    [Fact]
    public Task A_balance_copied_in_a_handler() => Flags(
        """
        public record UpdateProfileCommand(int Id, string Email, decimal Balance);
        public class UpdateProfileHandler(ShopDb db)
        {
            public async Task Handle(UpdateProfileCommand command, CancellationToken token)
            {
                var customer = await db.Customers.FirstAsync(c => c.Id == command.Id, token);
                customer.Email = command.Email;
                [|customer.Balance = command.Balance|];
                await db.SaveChangesAsync(token);
            }
        }
        """);

    [Fact]
    public Task A_role_with_a_default() => Flags(
        """
        public class AppUser : IdentityUser { public string Role { get; set; } = ""; }
        public class SignUpDto { public string Email { get; set; } = ""; public string? Role { get; set; } }
        public class AuthService(UserManager<AppUser> users)
        {
            public Task SignUp(SignUpDto dto) => users.CreateAsync(new AppUser { Email = dto.Email, [|Role = dto.Role ?? "Customer"|] });
        }
        """);

    [Fact]
    public Task A_role_that_the_request_names() => Flags(
        """
        public record RegisterInput(string Email, string Password, string Role);
        public class AccountController : ShopCode
        {
            [HttpPost("register")]
            public async Task<IActionResult> Register([FromBody] RegisterInput input)
            {
                var user = new IdentityUser(input.Email);
                await users.CreateAsync(user, input.Password);
                await [|users.AddToRoleAsync(user, input.Role)|];
                return Ok();
            }
        }
        """);

    [Fact]
    public Task A_page_s_handler() => Flags(
        """
        public class EditModel(ShopDb db) : Microsoft.AspNetCore.Mvc.RazorPages.PageModel
        {
            public async Task<IActionResult> OnPostAsync(Customer customer) { db.Update([|customer|]); await db.SaveChangesAsync(); return Page(); }
        }
        """);

    [Fact]
    public Task An_input_type() => Allows(
        """
        public record UpdateEmail(string Email);
        public class MeController : ShopCode
        {
            [Authorize, HttpPut("me/email")]
            public async Task<IActionResult> UpdateEmailAsync([FromBody] UpdateEmail input)
            {
                var u = await db.Customers.FirstAsync(x => x.Email == User.Identity!.Name);
                u.Email = input.Email;
                await db.SaveChangesAsync();
                return Ok();
            }
        }
        """);

    [Fact]
    public Task An_entity_without_privileges() => Allows(
        """
        public class Note { public int Id { get; set; } public string Text { get; set; } = ""; }
        public class NotesDb : DbContext { public DbSet<Note> Notes => Set<Note>(); }
        public class NotesController(NotesDb notes) : ShopCode { [HttpPost] public async Task Add(Note note) { notes.Notes.Add(note); await notes.SaveChangesAsync(); } }
        """);

    [Fact]
    public Task Those_who_edit_the_catalogue_set_prices() => Allows(
        """
        [Authorize]
        public class ProductsController : ShopCode { [HttpPost] public async Task Add(Product product) { db.Products.Add(product); await db.SaveChangesAsync(); } }
        """);

    [Fact]
    public Task A_role_guards_the_endpoint() => Allows(
        """
        [Authorize(Roles = "Admin")]
        public class UsersController : ShopCode { [HttpPut] public async Task Put(Customer user) { db.Customers.Update(user); await db.SaveChangesAsync(); } }
        """);

    [Fact]
    public Task Bind_limits_what_comes_in() => Allows(
        """
        public class UsersController : ShopCode { [HttpPost] public async Task Put([Bind("Id,Email")] Customer user) { db.Customers.Update(user); await db.SaveChangesAsync(); } }
        """);

    [Fact]
    public Task The_shop_decides_before_it_stores() => Allows(
        """
        public class Ticket { public int Id { get; set; } public string Status { get; set; } = ""; }
        public class TicketDb : DbContext { public DbSet<Ticket> Tickets => Set<Ticket>(); }
        public class TicketsController(TicketDb tickets) : ShopCode { [HttpPost] public async Task Open(Ticket ticket) { ticket.Status = "open"; tickets.Tickets.Add(ticket); await tickets.SaveChangesAsync(); } }
        """);

    [Fact]
    public Task A_service_that_is_given_an_entity() => Allows(
        """
        public class Accounts(ShopDb db) { public async Task SaveAsync(Customer customer) { db.Customers.Update(customer); await db.SaveChangesAsync(); } }
        """);

    [Fact]
    public Task A_role_that_the_code_decides() => Allows(
        """
        public record RegisterInput(string Email, string Password);
        public class AccountController : ShopCode
        {
            [HttpPost("register")]
            public async Task<IActionResult> Register([FromBody] RegisterInput input)
            {
                var user = new IdentityUser(input.Email);
                await users.CreateAsync(user, input.Password);
                await users.AddToRoleAsync(user, "Customer");
                return Ok();
            }
        }
        """);

    [Fact]
    public Task A_balance_that_is_computed() => Allows(
        """
        public record TopUpCommand(int Id, decimal Amount);
        public class TopUpHandler(ShopDb db)
        {
            public async Task Handle(TopUpCommand command)
            {
                var customer = await db.Customers.FirstAsync(c => c.Id == command.Id);
                customer.Balance = customer.Balance + 5m;
                await db.SaveChangesAsync();
            }
        }
        """);

    [Fact]
    public Task A_response_that_shows_the_role() => Allows(
        """
        public class UserDto { public int Id { get; set; } public string Role { get; set; } = ""; }
        public record GetUserRequest(int Id, string Role);
        public class Mapper { public UserDto Map(GetUserRequest request) => new() { Id = request.Id, Role = request.Role }; }
        """);

    [Fact]
    public Task An_administrator_assigns_roles() => Allows(
        """
        public record AssignRoleCommand(string UserId, string Role);
        public class AssignRoleHandler(UserManager<IdentityUser> users)
        {
            public async Task Handle(AssignRoleCommand command) => await users.AddToRoleAsync((await users.FindByIdAsync(command.UserId))!, command.Role);
        }
        """);

    [Fact]
    public Task Members_that_no_request_binds() => Allows(
        """
        public class Guest { public int Id { get; set; } public string Name { get; set; } = ""; [Microsoft.AspNetCore.Mvc.ModelBinding.BindNever] public bool IsAdmin { get; set; } public decimal Balance { get; private set; } }
        public class GuestDb : DbContext { public DbSet<Guest> Guests => Set<Guest>(); }
        public class GuestsController(GuestDb guests) : ShopCode { [HttpPost] public async Task Add(Guest guest) { guests.Guests.Add(guest); await guests.SaveChangesAsync(); } }
        """);
}
