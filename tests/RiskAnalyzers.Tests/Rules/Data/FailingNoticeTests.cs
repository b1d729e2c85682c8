using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Data;

public sealed class FailingNoticeTests() : RuleTest("RISK6016")
{
    private const string Mails = """
        public interface IEmailService { Task SendEmailAsync(string to, string subject, string body); void Send(string to, string text); }
        public interface IOrderRepository { Task AddAsync(Order order); Task<Order?> GetAsync(int id); Task UpdateAsync(Order order); }
        public class OrderRepository(ShopDb db) : IOrderRepository
        {
            public async Task AddAsync(Order order) { db.Orders.Add(order); await db.SaveChangesAsync(); }
            public Task<Order?> GetAsync(int id) => db.Orders.FirstOrDefaultAsync(o => o.Id == id);
            public async Task UpdateAsync(Order order) { await db.SaveChangesAsync(); }
        }

        """;

    [Fact]
    public Task A_mail_after_the_order_is_saved() => Flags("""
        public class C : ShopCode
        {
            public async Task<IActionResult> Place(Order order)
            {
                db.Orders.Add(order);
                await db.SaveChangesAsync();
                await [|mailer.SendReceiptAsync(order)|];
                return Ok(order.Id);
            }
        }
        """);

    [Fact]
    public Task A_mail_after_a_repository_has_saved() => Flags(Mails + """
        public class PlaceOrderHandler(IOrderRepository orders, IEmailService emails)
        {
            public async Task<int> Handle(Order order)
            {
                await orders.AddAsync(order);
                await [|emails.SendEmailAsync(order.CustomerId, "Thank you", "...")|];
                return order.Id;
            }
        }
        """);

    [Fact]
    public Task A_mail_whose_failure_is_answered_as_the_orders() => Flags(Mails + """
        public class OrdersController(ShopDb db, IEmailService emails) : ControllerBase
        {
            public async Task<IActionResult> Pay(int id)
            {
                try
                {
                    var order = await db.Orders.FirstAsync(o => o.Id == id);
                    order.Status = OrderStatus.Paid;
                    await db.SaveChangesAsync();
                    await [|emails.SendEmailAsync(order.CustomerId, "Paid", "...")|].ConfigureAwait(false);
                    return Ok();
                }
                catch (Exception)
                {
                    return StatusCode(500);
                }
            }
        }
        """);

    [Fact]
    public Task A_call_that_blocks() => Flags(Mails + """
        public class RefundService(ShopDb db, IEmailService emails)
        {
            public void Refund(Order order) { db.Orders.Remove(order); db.SaveChanges(); [|emails.Send(order.CustomerId, "refunded")|]; }
        }
        """);

    [Fact]
    public Task A_hub_of_the_admins() => Flags("""
        public interface IClientProxy { Task SendAsync(string method, object? payload); }
        public interface IHubClients { IClientProxy All { get; } }
        public interface IHubContext { IHubClients Clients { get; } }
        public class PaymentService(ShopDb db, IHubContext hub)
        {
            public async Task<bool> Confirm(Order order)
            {
                order.Status = OrderStatus.Paid;
                await db.SaveChangesAsync();
                await [|hub.Clients.All.SendAsync("paid", order.Id)|];
                return true;
            }
        }
        """);

    [Fact]
    public Task A_text_message_and_then_a_mail() => Flags(Mails + """
        public interface ISmsSender { Task SendSmsAsync(string number, string text); }
        public class BookingService(ShopDb db, IEmailService emails, ISmsSender sms)
        {
            public async Task Book(Order order)
            {
                db.Add(order);
                await db.SaveChangesAsync();
                await [|sms.SendSmsAsync("1", "booked")|];
                await emails.SendEmailAsync("a", "b", "c");
            }
        }
        """);

    [Fact]
    public Task A_minimal_endpoint() => Flags(Mails + """
        public static class OrderEndpoints
        {
            public static void Map(WebApplication app) => app.MapPost("/orders", async (Order order, ShopDb db, IEmailService emails) =>
            {
                db.Orders.Add(order);
                await db.SaveChangesAsync();
                await [|emails.SendEmailAsync(order.CustomerId, "Thanks", "")|];
                return Results.Ok();
            });
        }
        """);

    [Fact]
    public Task A_sender_that_lets_its_errors_through() => Flags("""
        public interface INotificationService { Task NotifyCustomerAsync(Order order); }
        public class NotificationService(HttpClient http) : INotificationService { public async Task NotifyCustomerAsync(Order order) { using var answer = await http.PostAsJsonAsync("https://push.test/send", order.Id); answer.EnsureSuccessStatusCode(); } }
        public class CancelService(ShopDb db, INotificationService notifications)
        {
            public async Task Cancel(Order order) { order.Status = OrderStatus.Cancelled; await db.SaveChangesAsync(); await [|notifications.NotifyCustomerAsync(order)|]; }
        }
        """);

    [Fact]
    public Task A_mail_if_there_is_an_address() => Flags(Mails + """
        public class InvoiceService(ShopDb db, IEmailService emails)
        {
            public async Task Issue(Order order, string? address)
            {
                db.Add(order);
                await db.SaveChangesAsync();
                if (!string.IsNullOrEmpty(address)) await [|emails.SendEmailAsync(address, "Invoice", "")|];
            }
        }
        """);

    [Fact]
    public Task A_catch_that_throws_on() => Flags(Mails + """
        public class CheckoutService(ShopDb db, IEmailService emails, ILogger<CheckoutService> log)
        {
            public async Task Checkout(Order order)
            {
                db.Add(order);
                await db.SaveChangesAsync();
                try { await [|emails.SendEmailAsync("a", "b", "c")|]; } catch (Exception e) { log.LogError(e, "mail"); throw; }
            }
        }
        """);

    [Fact]
    public Task A_mail_that_may_fail() => Allows(Mails + """
        public class CheckoutService(ShopDb db, IEmailService emails, ILogger<CheckoutService> log)
        {
            public async Task Checkout(Order order)
            {
                db.Add(order);
                await db.SaveChangesAsync();
                try { await emails.SendEmailAsync("a", "b", "c"); } catch (Exception e) { log.LogError(e, "mail"); }
            }
        }
        """);

    [Fact]
    public Task A_sender_that_catches_for_itself() => Allows("""
        public interface IEmailService { Task SendEmailAsync(string to); }
        public class EmailService(HttpClient http, ILogger<EmailService> log) : IEmailService
        {
            public async Task SendEmailAsync(string to) { try { using var answer = await http.PostAsync("https://mail.test", null); } catch (Exception e) { log.LogError(e, "mail to {To}", to.Length); } }
        }
        public class CheckoutService(ShopDb db, IEmailService emails) { public async Task Checkout(Order order) { db.Add(order); await db.SaveChangesAsync(); await emails.SendEmailAsync("a"); } }
        """);

    [Fact]
    public Task A_sender_that_writes_into_a_channel() => Allows("""
        public interface IEmailService { Task SendEmailAsync(string to); }
        public class QueuedEmailService(System.Threading.Channels.Channel<string> mails) : IEmailService { public async Task SendEmailAsync(string to) => await mails.Writer.WriteAsync(to); }
        public class CheckoutService(ShopDb db, IEmailService emails) { public async Task Checkout(Order order) { db.Add(order); await db.SaveChangesAsync(); await emails.SendEmailAsync("a"); } }
        """);

    [Fact]
    public Task A_queue_of_mails() => Allows("""
        public interface IEmailQueue { Task SendAsync(string to); }
        public class CheckoutService(ShopDb db, IEmailQueue queue) { public async Task Checkout(Order order) { db.Add(order); await db.SaveChangesAsync(); await queue.SendAsync("a"); } }
        """);

    [Fact]
    public Task A_mail_before_the_save() => Allows(Mails + """
        public class CheckoutService(ShopDb db, IEmailService emails) { public async Task Checkout(Order order) { await emails.SendEmailAsync("a", "b", "c"); db.Add(order); await db.SaveChangesAsync(); } }
        """);

    [Fact]
    public Task A_mail_that_is_all_that_was_asked_for() => Allows(Mails + """
        public class AccountService(ShopDb db, IEmailService emails)
        {
            public async Task ResendConfirmation(Customer customer) { customer.ResetToken = Guid.NewGuid().ToString(); await db.SaveChangesAsync(); await emails.SendEmailAsync(customer.Email, "Confirm", ""); }
        }
        """);

    [Fact]
    public Task A_worker_that_sends_reminders() => Allows(Mails + """
        public class OrderReminderJob(ShopDb db, IEmailService emails) { public async Task Run(Order order) { order.Currency = "EUR"; await db.SaveChangesAsync(); await emails.SendEmailAsync("a", "b", "c"); } }
        """);

    [Fact]
    public Task A_mail_of_the_failure() => Allows(Mails + """
        public class PaymentService(ShopDb db, IEmailService emails)
        {
            public async Task Fail(Order order) { try { await db.SaveChangesAsync(); } catch (DbUpdateException) { await emails.SendEmailAsync("ops", "failed", ""); throw; } }
        }
        """);

    [Fact]
    public Task The_saves_other_branch() => Allows(Mails + """
        public class OrderService(ShopDb db, IEmailService emails)
        {
            public async Task Place(Order order, bool draft) { if (draft) { db.Add(order); await db.SaveChangesAsync(); return; } await emails.SendEmailAsync("a", "b", "c"); }
        }
        """);

    [Fact]
    public Task A_handler_of_an_event() => Allows(Mails + """
        public record OrderPaidEvent(int Id);
        public class OrderPaidEventHandler(ShopDb db, IEmailService emails) { public async Task Handle(OrderPaidEvent e) { db.Add(new Order()); await db.SaveChangesAsync(); await emails.SendEmailAsync("a", "b", "c"); } }
        """);
}
