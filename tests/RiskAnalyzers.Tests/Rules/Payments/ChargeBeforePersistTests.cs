using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Payments;

public sealed class ChargeBeforePersistTests() : RuleTest("RISK2007")
{
    [Fact]
    public Task An_order_made_of_the_result() => Flags("""
        public class C : ShopCode
        {
            public async Task<IActionResult> Place(int productId, string token)
            {
                var p = await db.Products.FirstAsync(x => x.Id == productId);
                var r = await [|gateway.ChargeAsync(p.Price, token)|];
                if (!r.Success) return BadRequest(r.Error);
                var order = new Order { Total = p.Price, Status = OrderStatus.Paid, PaymentReference = r.TransactionId };
                db.Orders.Add(order);
                await db.SaveChangesAsync();
                return Ok(order.Id);
            }
        }
        """);

    [Fact]
    public Task An_order_added_before_but_saved_after() => Flags("""
        public class C : ShopCode
        {
            public async Task Place(decimal total, string token)
            {
                var order = new Order { Total = total };
                db.Orders.Add(order);
                var result = await [|gateway.ChargeAsync(order.Total, token)|];
                order.Status = result.Success ? OrderStatus.Paid : OrderStatus.Cancelled;
                await db.SaveChangesAsync();
            }
        }
        """);

    [Fact]
    public Task A_repository() => Flags("""
        public interface IOrderRepository { Task AddAsync(Order order); }
        public interface IPaymentService { Task<PaymentResult> ProcessPaymentAsync(decimal amount, string token); }
        public class CheckoutService(IOrderRepository orders, IPaymentService payments)
        {
            public async Task<Order> CheckoutAsync(decimal total, string token)
            {
                var payment = await [|payments.ProcessPaymentAsync(total, token)|];
                if (!payment.Success) throw new InvalidOperationException(payment.Error);
                var order = new Order { Total = total, PaymentReference = payment.TransactionId };
                await orders.AddAsync(order);
                return order;
            }
        }
        """);

    [Fact]
    public Task A_minimal_api() => Flags("""
        public static class Api
        {
            public static void Map(WebApplication app)
            {
                app.MapPost("/checkout", async (Basket basket, ShopDb db, IPaymentGateway gateway) =>
                {
                    var charge = await [|gateway.ChargeAsync(basket.Total, basket.Token)|];
                    if (!charge.Success) return Results.Problem(charge.Error);
                    db.Add(new Order { Total = basket.Total, Status = OrderStatus.Paid });
                    await db.SaveChangesAsync();
                    return Results.Ok();
                });
            }
        }
        public record Basket(decimal Total, string Token);
        """);

    [Fact]
    public Task A_booking_from_a_factory() => Flags("""
        public class Booking { public static Booking Create(int room, decimal price) => new(); }
        public interface IBookingRepository { Task SaveAsync(Booking booking); }
        public class BookingHandler(IBookingRepository bookings, IPaymentGateway gateway)
        {
            public async Task Handle(int room, decimal price, string token)
            {
                var booking = Booking.Create(room, price);
                await [|gateway.ChargeAsync(price, token)|];
                await bookings.SaveAsync(booking);
            }
        }
        """);

    [Fact]
    public Task A_payment_that_is_recorded_afterwards() => Flags("""
        public class Payment { public int Id { get; set; } public decimal Amount { get; set; } public string? Reference { get; set; } }
        public class PayDb : DbContext { public DbSet<Payment> Payments => Set<Payment>(); }
        public class PaymentService(PayDb db, IPaymentGateway gateway)
        {
            public async Task<bool> Pay(decimal amount, string token)
            {
                var result = await [|gateway.ChargeAsync(amount, token)|];
                var payment = new Payment { Amount = amount, Reference = result.TransactionId };
                db.Payments.Add(payment);
                await db.SaveChangesAsync();
                return result.Success;
            }
        }
        """);

    [Fact]
    public Task A_try_around_the_charge() => Flags("""
        public class C : ShopCode
        {
            public async Task<int?> Place(decimal total, string token)
            {
                PaymentResult result;
                try { result = await [|gateway.ChargeAsync(total, token)|]; }
                catch (HttpRequestException ex) { log.LogError(ex, "payment failed"); return null; }
                if (!result.Success) return null;
                var order = new Order { Total = total, Status = OrderStatus.Paid };
                await db.Orders.AddAsync(order);
                await db.SaveChangesAsync();
                return order.Id;
            }
        }
        """);

    [Fact]
    public Task A_subscription() => Flags("""
        public class Subscription { public int Id { get; set; } public string Plan { get; set; } = ""; }
        public class SubDb : DbContext { public DbSet<Subscription> Subscriptions => Set<Subscription>(); }
        public class SubscriptionService(SubDb db, IPaymentGateway gateway)
        {
            public async Task Start(string plan, decimal price, string token)
            {
                if (!(await [|gateway.ChargeAsync(price, token)|]).Success) throw new InvalidOperationException();
                db.Subscriptions.Add(new Subscription { Plan = plan });
                await db.SaveChangesAsync();
            }
        }
        """);

    [Fact]
    public Task A_stripe_charge() => Flags("""
        public class C : ShopCode
        {
            public async Task Place(Stripe.ChargeService charges, decimal total)
            {
                var charge = await [|charges.CreateAsync(new Stripe.ChargeCreateOptions { Amount = 100, Currency = "eur" })|];
                if (charge.Status != "succeeded") return;
                Order order = new() { Total = total, PaymentReference = charge.Id };
                db.Orders.Add(order);
                await db.SaveChangesAsync();
            }
        }
        """);

    [Fact]
    public Task An_order_from_a_helper() => Flags("""
        public class C : ShopCode
        {
            private Order BuildOrder(decimal total) => new() { Total = total };
            public async Task Place(decimal total, string token)
            {
                var order = BuildOrder(total);
                var result = await [|gateway.ChargeAsync(order.Total, token)|];
                if (result.Success)
                {
                    order.Status = OrderStatus.Paid;
                    db.Orders.Add(order);
                    await db.SaveChangesAsync();
                }
            }
        }
        """);

    [Fact]
    public Task A_pending_row_first() => Allows("""
        public class C : ShopCode
        {
            public async Task<IActionResult> Place(decimal price, string token)
            {
                var order = new Order { Total = price, Status = OrderStatus.AwaitingPayment };
                db.Orders.Add(order);
                await db.SaveChangesAsync();
                var r = await gateway.ChargeAsync(order.Total, token, $"order-{order.Id}");
                order.Status = r.Success ? OrderStatus.Paid : OrderStatus.Cancelled;
                await db.SaveChangesAsync();
                return Ok(order.Id);
            }
        }
        """);

    [Fact]
    public Task An_order_from_the_store() => Allows("""
        public class C : ShopCode
        {
            public async Task Pay(int id, string token)
            {
                var order = await db.Orders.FirstAsync(o => o.Id == id);
                var r = await gateway.ChargeAsync(order.Total, token);
                if (r.Success) order.Status = OrderStatus.Paid;
                await db.SaveChangesAsync();
            }
        }
        """);

    [Fact]
    public Task A_payment_row_for_a_stored_order() => Allows("""
        public class Payment { public int Id { get; set; } public int OrderId { get; set; } }
        public class PayDb : ShopDb { public DbSet<Payment> Payments => Set<Payment>(); }
        public class PaymentService(PayDb db, IPaymentGateway gateway)
        {
            public async Task Pay(int id, string token)
            {
                var order = await db.Orders.SingleAsync(o => o.Id == id);
                await gateway.ChargeAsync(order.Total, token, $"o{id}");
                db.Payments.Add(new Payment { OrderId = id });
                await db.SaveChangesAsync();
            }
        }
        """);

    [Fact]
    public Task An_order_that_was_handed_in() => Allows("""
        public class C : ShopCode
        {
            public async Task Pay(Order order, string token)
            {
                var r = await gateway.ChargeAsync(order.Total, token);
                order.Status = r.Success ? OrderStatus.Paid : OrderStatus.Cancelled;
                await db.SaveChangesAsync();
            }
        }
        """);

    [Fact]
    public Task A_refund() => Allows("""
        public class Payment { public int Id { get; set; } }
        public class PayDb : DbContext { public DbSet<Payment> Payments => Set<Payment>(); }
        public class C(PayDb db, IPaymentGateway gateway)
        {
            public async Task Refund(string reference, decimal amount) { await gateway.RefundAsync(reference, amount); db.Payments.Add(new Payment()); await db.SaveChangesAsync(); }
        }
        """);

    [Fact]
    public Task A_log_entry_afterwards() => Allows("""
        public class AuditEntry { public int Id { get; set; } }
        public class AuditDb : DbContext { public DbSet<AuditEntry> Entries => Set<AuditEntry>(); }
        public class C(AuditDb db, IPaymentGateway gateway)
        {
            public async Task Pay(decimal amount, string token) { await gateway.ChargeAsync(amount, token); db.Entries.Add(new AuditEntry()); await db.SaveChangesAsync(); }
        }
        """);

    [Fact]
    public Task An_outbox_message_first() => Allows("""
        public interface IOutbox { Task SaveAsync(object message); }
        public class C : ShopCode
        {
            public async Task Place(IOutbox outboxStore, decimal total, string token)
            {
                await db.SaveChangesAsync();
                await gateway.ChargeAsync(total, token);
                db.Orders.Add(new Order { Total = total });
                await db.SaveChangesAsync();
            }
        }
        """);

    [Fact]
    public Task A_charge_and_no_store() => Allows("public class C : ShopCode { public async Task<Order> Pay(decimal total, string token) { await gateway.ChargeAsync(total, token); return new Order { Total = total }; } }");

    [Fact]
    public Task A_save_and_no_charge() => Allows("public class C : ShopCode { public async Task Place(decimal total) { db.Orders.Add(new Order { Total = total }); await db.SaveChangesAsync(); } }");

    [Fact]
    public Task An_order_saved_through_a_repository_first() => Allows("""
        public interface IOrderRepository { Task AddAsync(Order order); Task UpdateAsync(Order order); }
        public class CheckoutService(IOrderRepository orders, IPaymentGateway gateway)
        {
            public async Task Checkout(decimal total, string token)
            {
                var order = new Order { Total = total };
                await orders.AddAsync(order);
                var result = await gateway.ChargeAsync(total, token);
                order.Status = result.Success ? OrderStatus.Paid : OrderStatus.Cancelled;
                await orders.UpdateAsync(order);
            }
        }
        """);

    [Fact]
    public Task A_message_that_is_named_like_an_order() => Flags("""
        public interface IRequest<T> { }
        public record PlaceOrder(string CardToken, decimal Total) : IRequest<int>;
        public class PlaceOrderHandler(ShopDb db, IPaymentGateway gateway)
        {
            public async Task<int> Handle(PlaceOrder request, CancellationToken cancellation)
            {
                var charge = await [|gateway.ChargeAsync(request.Total, request.CardToken)|];
                if (charge is not { Success: true }) throw new InvalidOperationException("declined");
                var order = new Order { Total = request.Total, PaymentReference = charge.TransactionId };
                await db.Orders.AddAsync(order, cancellation);
                await db.SaveChangesAsync(cancellation);
                return order.Id;
            }
        }
        """);

    [Fact]
    public Task A_payment_of_whole_minor_units() => Flags("""
        public interface INexiClient { Task<string> CreatePaymentAsync(string orderId, string currency, int amountMinor); }
        public class Payment { public string Id { get; set; } = ""; public int AmountMinor { get; set; } }
        public interface IPaymentsRepository { Task AddAsync(Payment payment); }
        public class InitiatePaymentHandler(IPaymentsRepository payments, INexiClient nexi)
        {
            public async Task<string> Handle(string orderId, int amountMinor)
            {
                var id = await [|nexi.CreatePaymentAsync(orderId, "DKK", amountMinor)|];
                var payment = new Payment { Id = id, AmountMinor = amountMinor };
                await payments.AddAsync(payment);
                return id;
            }
        }
        """);

    [Fact]
    public Task A_whole_number_of_something_else() => Allows("""
        public interface INewsClient { Task<string> CreatePaymentAsync(string orderId, int pages); }
        public class Payment { public string Id { get; set; } = ""; }
        public interface IPaymentsRepository { Task AddAsync(Payment payment); }
        public class Handler(IPaymentsRepository payments, INewsClient news) { public async Task Handle(string orderId, int pages) { var id = await news.CreatePaymentAsync(orderId, pages); var payment = new Payment { Id = id }; await payments.AddAsync(payment); } }
        """);
}
