using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Payments;

public sealed class UncomparedReplayTests() : RuleTest("RISK2019")
{
    // Payments as a service of their own keeps them.
    private const string Pay = """
        namespace Pay
        {
            public enum PaymentStatus { Pending, Completed, Failed }
            public class Payment { public Guid Id { get; set; } public int OrderId { get; set; } public string CustomerId { get; set; } = ""; public decimal Amount { get; set; } public string Currency { get; set; } = "EUR"; public string IdempotencyKey { get; set; } = ""; public string RequestHash { get; set; } = ""; public PaymentStatus Status { get; set; } }
            public record PayRequest(int OrderId, decimal Amount, string Currency, string IdempotencyKey, string Hash = "");
            public record PaymentView(Guid Id);
            public interface IPaymentRepository
            {
                Task<Payment?> GetByIdempotencyKeyAsync(string key, CancellationToken cancellation = default);
                Task<Payment?> FindByIdempotencyKeyAsync(int orderId, string key);
                Task<Payment?> GetByOrderIdAsync(int orderId);
                Task<Payment?> GetByIdAsync(Guid id);
                Task AddAsync(Payment payment);
            }
            public class PayDb : DbContext { public DbSet<Payment> Payments => Set<Payment>(); }
        }
        """;

    [Fact]
    public Task A_key_of_the_request() => Flags(Pay + """
        class Payments(Pay.IPaymentRepository payments)
        {
            public async Task<Pay.Payment> ProcessAsync(Pay.PayRequest request, CancellationToken cancellation)
            {
                var existing = await payments.GetByIdempotencyKeyAsync(request.IdempotencyKey, cancellation);
                if (existing != null)
                {
                    [|return existing;|]
                }
                var payment = new Pay.Payment { OrderId = request.OrderId, Amount = request.Amount };
                await payments.AddAsync(payment);
                return payment;
            }
        }
        """);

    [Fact]
    public Task A_query_by_the_key() => Flags(Pay + """
        class Charges(Pay.PayDb db)
        {
            public async Task<Pay.PaymentView> ChargeAsync(string idempotencyKey, decimal amount)
            {
                if (await db.Payments.FirstOrDefaultAsync(p => p.IdempotencyKey == idempotencyKey) is { } earlier)
                    return new Pay.PaymentView(earlier.Id);
                return new Pay.PaymentView(Guid.NewGuid());
            }
        }
        """.Replace("return new Pay.PaymentView(earlier.Id);", "[|return new Pay.PaymentView(earlier.Id);|]"));

    [Fact]
    public Task A_view_of_what_is_stored() => Flags(Pay + """
        class PaymentsController(Pay.PayDb db) : ControllerBase
        {
            [HttpPost("payments")]
            public async Task<IActionResult> Create(Pay.PayRequest request)
            {
                var found = await db.Payments.AsNoTracking().SingleOrDefaultAsync(p => p.IdempotencyKey == request.IdempotencyKey);
                if (found is not null)
                    [|return Ok(new Pay.PaymentView(found.Id));|]
                return Accepted();
            }
        }
        """);

    [Fact]
    public Task A_specification_with_the_key() => Flags(Pay + """
        class PaymentByIdempotencyKeySpec(string key) { public string Key => key; }
        interface ISpecRepository<T> { Task<T?> FirstOrDefaultAsync(object specification, CancellationToken cancellation = default); }
        class Handler(ISpecRepository<Pay.Payment> payments)
        {
            public async Task<Pay.Payment?> Handle(Pay.PayRequest command, CancellationToken cancellation)
            {
                var spec = new PaymentByIdempotencyKeySpec(command.IdempotencyKey);
                var existing = await payments.FirstOrDefaultAsync(spec, cancellation);
                if (existing is not null) [|return existing;|]
                return null;
            }
        }
        """);

    [Fact]
    public Task The_payment_of_the_same_order() => Flags(Pay + """
        class Payments(Pay.IPaymentRepository payments)
        {
            public async Task<Pay.Payment> CreatePaymentAsync(Pay.PayRequest request)
            {
                var existing = await payments.GetByOrderIdAsync(request.OrderId);
                if (existing != null && existing.Status == Pay.PaymentStatus.Completed)
                    [|return existing;|]
                return new Pay.Payment { Amount = request.Amount };
            }
        }
        """);

    [Fact]
    public Task A_query_for_the_paid_one_of_the_order() => Flags(Pay + """
        class Payments(Pay.PayDb db)
        {
            public async Task<Pay.Payment> InitiateAsync(int orderId, decimal amount)
            {
                var paid = await db.Payments.FirstOrDefaultAsync(p => p.OrderId == orderId && p.Status == Pay.PaymentStatus.Completed);
                if (paid is { })
                {
                    [|return paid;|]
                }
                return new Pay.Payment { OrderId = orderId, Amount = amount };
            }
        }
        """);

    [Fact]
    public Task The_second_look_behind_a_lock() => Flags(Pay + """
        class Payments(Pay.IPaymentRepository payments, SemaphoreSlim gate)
        {
            public async Task<Pay.Payment> PayAsync(Pay.PayRequest request)
            {
                Pay.Payment? existing = null;
                await gate.WaitAsync();
                try
                {
                    existing = await payments.GetByIdempotencyKeyAsync(request.IdempotencyKey);
                    if (existing != null)
                        [|return existing;|]
                    return new Pay.Payment { Amount = request.Amount };
                }
                finally { gate.Release(); }
            }
        }
        """);

    [Fact]
    public Task An_order_that_was_placed_with_the_key() => Flags("""
        public class KeyedOrder { public int Id { get; set; } public string IdempotencyKey { get; set; } = ""; public decimal Total { get; set; } }
        class OrdersDb : DbContext { public DbSet<KeyedOrder> Orders => Set<KeyedOrder>(); }
        public class PlaceOrderRequest { public string IdempotencyKey { get; set; } = ""; public List<OrderLine> Items { get; set; } = new(); }
        class Ordering(OrdersDb db)
        {
            public async Task<int> PlaceAsync(PlaceOrderRequest request)
            {
                var earlier = await db.Orders.FirstOrDefaultAsync(o => o.IdempotencyKey == request.IdempotencyKey);
                if (earlier != null)
                    [|return earlier.Id;|]
                return 0;
            }
        }
        """);

    [Fact]
    public Task A_refund_with_the_amount_as_a_parameter() => Flags("""
        public class Refund { public Guid Id { get; set; } public decimal Amount { get; set; } public string IdempotencyKey { get; set; } = ""; }
        interface IRefunds { Task<Refund?> GetByIdempotencyKeyAsync(string key); }
        class RefundService(IRefunds refunds, ILogger<RefundService> log)
        {
            public async Task<Refund> RefundAsync(Guid paymentId, decimal amount, string idempotencyKey)
            {
                var existingRefund = await refunds.GetByIdempotencyKeyAsync(idempotencyKey);
                if (existingRefund != null)
                {
                    log.LogInformation("Returning refund {Id} for {Payment}", existingRefund.Id, paymentId);
                    [|return existingRefund;|]
                }
                return new Refund { Amount = amount };
            }
        }
        """);

    [Fact]
    public Task A_look_at_the_status_alone() => Flags(Pay + """
        class Payments(Pay.IPaymentRepository payments)
        {
            public async Task<Pay.Payment?> SubmitAsync(Pay.PayRequest request)
            {
                var known = await payments.GetByIdempotencyKeyAsync(request.IdempotencyKey);
                if (known is not null && known.Status != Pay.PaymentStatus.Failed)
                    [|return known;|]
                return null;
            }
        }
        """);

    [Fact]
    public Task An_amount_that_is_compared() => Allows(Pay + """
        class Payments(Pay.IPaymentRepository payments)
        {
            public async Task<Pay.Payment?> ProcessAsync(Pay.PayRequest request)
            {
                var existing = await payments.GetByIdempotencyKeyAsync(request.IdempotencyKey);
                if (existing != null)
                {
                    if (existing.Amount != request.Amount || existing.Currency != request.Currency)
                        throw new InvalidOperationException("the key was used for another payment");
                    return existing;
                }
                return null;
            }
        }
        """);

    [Fact]
    public Task A_fingerprint_that_is_compared() => Allows(Pay + """
        class Payments(Pay.IPaymentRepository payments)
        {
            public async Task<Pay.Payment?> ProcessAsync(Pay.PayRequest request)
            {
                var existing = await payments.GetByIdempotencyKeyAsync(request.IdempotencyKey);
                if (existing is not null && existing.RequestHash == request.Hash)
                    return existing;
                return null;
            }
        }
        """);

    [Fact]
    public Task A_helper_that_compares() => Allows(Pay + """
        class Payments(Pay.IPaymentRepository payments)
        {
            public async Task<Pay.Payment?> ProcessAsync(Pay.PayRequest request)
            {
                var existing = await payments.GetByIdempotencyKeyAsync(request.IdempotencyKey);
                if (existing != null)
                {
                    EnsureSameRequest(existing, request);
                    return existing;
                }
                return null;
            }

            private static void EnsureSameRequest(Pay.Payment payment, Pay.PayRequest request)
            {
                if (payment.Amount != request.Amount) throw new InvalidOperationException();
            }
        }
        """);

    [Fact]
    public Task A_query_that_compares_the_amount() => Allows(Pay + """
        class Payments(Pay.PayDb db)
        {
            public async Task<Pay.Payment?> ProcessAsync(Pay.PayRequest request)
            {
                var existing = await db.Payments.FirstOrDefaultAsync(p => p.IdempotencyKey == request.IdempotencyKey && p.Amount == request.Amount);
                if (existing != null)
                    return existing;
                return null;
            }
        }
        """);

    [Fact]
    public Task A_key_that_is_bound_to_its_order() => Allows(Pay + """
        class Payments(Pay.IPaymentRepository payments)
        {
            public async Task<Pay.Payment?> ProcessAsync(Pay.PayRequest request)
            {
                var existing = await payments.FindByIdempotencyKeyAsync(request.OrderId, request.IdempotencyKey);
                if (existing != null)
                    return existing;
                return null;
            }
        }
        """);

    [Fact]
    public Task A_look_up_that_asks_for_no_amount() => Allows(Pay + """
        class Status(Pay.IPaymentRepository payments)
        {
            public async Task<Pay.Payment?> FindAsync(string idempotencyKey)
            {
                var existing = await payments.GetByIdempotencyKeyAsync(idempotencyKey);
                if (existing != null)
                    return existing;
                return null;
            }
        }
        """);

    [Fact]
    public Task A_question_for_the_payment_of_an_order() => Allows(Pay + """
        class Payments(Pay.IPaymentRepository payments)
        {
            public async Task<Pay.Payment?> GetLatestAsync(Pay.PayRequest filter)
            {
                var found = await payments.GetByOrderIdAsync(filter.OrderId);
                if (found != null)
                    return found;
                return null;
            }
        }
        """);

    [Fact]
    public Task A_second_request_that_is_refused() => Allows(Pay + """
        class Payments(Pay.IPaymentRepository payments)
        {
            public async Task<Pay.Payment> ProcessAsync(Pay.PayRequest request)
            {
                var existing = await payments.GetByIdempotencyKeyAsync(request.IdempotencyKey);
                if (existing != null)
                    throw new InvalidOperationException($"key used by {existing.Id}");
                return new Pay.Payment { Amount = request.Amount };
            }
        }
        """);

    [Fact]
    public Task A_payment_that_is_found_by_its_id() => Allows(Pay + """
        class Payments(Pay.IPaymentRepository payments)
        {
            public async Task<Pay.Payment?> CreateAsync(Guid id, decimal amount)
            {
                var existing = await payments.GetByIdAsync(id);
                if (existing != null)
                    return existing;
                return null;
            }
        }
        """);

    [Fact]
    public Task A_stored_answer_without_an_amount() => Allows("""
        public class StoredAnswer { public string Key { get; set; } = ""; public string Body { get; set; } = ""; }
        interface IAnswers { Task<StoredAnswer?> GetByIdempotencyKeyAsync(string key); }
        class Filter(IAnswers answers)
        {
            public async Task<string?> RunAsync(string key, decimal amount)
            {
                var stored = await answers.GetByIdempotencyKeyAsync(key);
                if (stored != null)
                    return stored.Body;
                return null;
            }
        }
        """);

    [Fact]
    public Task A_customer_that_is_compared_before() => Allows(Pay + """
        class Payments(Pay.IPaymentRepository payments)
        {
            public async Task<Pay.Payment?> PayAsync(Pay.PayRequest request, string userId)
            {
                var existing = await payments.GetByOrderIdAsync(request.OrderId);
                if (existing?.CustomerId != userId)
                    throw new UnauthorizedAccessException();
                if (existing != null)
                    return existing;
                return null;
            }
        }
        """);
}
