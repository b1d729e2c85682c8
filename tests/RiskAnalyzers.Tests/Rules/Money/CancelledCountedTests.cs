using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Money;

public sealed class CancelledCountedTests() : RuleTest("RISK1017")
{
    // What the shop of the prelude has not: invoices with payments, and states that are texts.
    private const string Books = """
        namespace Books
        {
            public enum InvoiceState { Draft, Issued, Paid, Voided }
            public enum PaymentStatus { Pending, Completed, Failed }
            public class Payment { public int Id { get; set; } public decimal Amount { get; set; } public PaymentStatus Status { get; set; } public DateTime? PaidAt { get; set; } }
            public class Invoice { public int Id { get; set; } public decimal AmountDue { get; set; } public InvoiceState State { get; set; } public DateTime DueDate { get; set; } public bool IsPaid { get; set; } public List<Payment> Payments { get; set; } = new(); }
            public class Booking { public int Id { get; set; } public decimal Price { get; set; } public string Status { get; set; } = "Pending"; public void Cancel() => Status = "Cancelled"; }
            public interface IInvoiceRepository { Task<List<Invoice>> ListAsync(); Task<List<Invoice>> GetOutstandingInvoicesAsync(); Task<List<Booking>> GetAllBookingsAsync(); }
        }
        """;

    [Fact]
    public Task A_turnover_of_all_orders() => Flags("""
        class Dashboard(ShopDb db)
        {
            public Task<decimal> RevenueAsync() => db.Orders.[|SumAsync|](o => o.Total);
        }
        """);

    [Fact]
    public Task A_turnover_of_a_period() => Flags("""
        class Dashboard(ShopDb db)
        {
            public async Task<object> StatsAsync(string customer)
            {
                var query = db.Orders.AsQueryable();
                if (customer != "")
                    query = query.Where(o => o.CustomerId == customer);
                return new
                {
                    Orders = await query.CountAsync(),
                    Shipped = await query.CountAsync(o => o.Status == OrderStatus.Shipped),
                    Revenue = await query.[|SumAsync|](order => order.Total),
                };
            }
        }
        """);

    [Fact]
    public Task A_turnover_by_customer() => Flags("""
        class TopCustomers(ShopDb db)
        {
            public async Task<object> ListAsync() => await db.Orders
                .GroupBy(o => o.CustomerId)
                .Select(g => new { Customer = g.Key, Spent = g.[|Sum|](o => o.Total), Number = g.Count() })
                .OrderByDescending(c => c.Spent)
                .ToListAsync();
        }
        """);

    [Fact]
    public Task A_turnover_of_lines() => Flags("""
        class Sales(ShopDb db)
        {
            public async Task<decimal> OfProductAsync(int productId)
            {
                var orders = await db.Orders.Include(o => o.Lines).ToListAsync();
                return orders.SelectMany(o => o.Lines).Where(l => l.ProductId == productId).[|Sum|](l => l.UnitPrice * l.Quantity);
            }
        }
        """);

    [Fact]
    public Task Arrears_that_are_whatever_is_not_paid() => Flags(Books + """
        class Reminders(Books.IInvoiceRepository invoices)
        {
            public async Task<int> SendAsync(DateTime now)
            {
                var all = await invoices.ListAsync();
                var overdue = all.Where(i => [|i.State != Books.InvoiceState.Paid|] && i.DueDate < now).ToList();
                return overdue.Count;
            }
        }
        """);

    [Fact]
    public Task Open_orders_that_are_whatever_is_not_shipped_or_delivered() => Flags("""
        public enum ParcelStatus { New, Delivered, Cancelled }
        public class ParcelOrder { public int Id { get; set; } public ParcelStatus Status { get; set; } }
        class ParcelDb : DbContext { public DbSet<ParcelOrder> Orders => Set<ParcelOrder>(); }
        class Board(ParcelDb db)
        {
            public Task<int> OpenAsync(CancellationToken cancellation) => db.Orders.CountAsync(o => [|o.Status != ParcelStatus.Delivered|], cancellation);
        }
        """);

    [Fact]
    public Task What_was_paid_with_failed_payments() => Flags(Books + """
        class Statement
        {
            public decimal Balance(Books.Invoice invoice) => invoice.AmountDue - invoice.Payments.[|Sum|](p => p.Amount);
        }
        """);

    [Fact]
    public Task A_state_that_is_a_text() => Flags(Books + """
        class Occupancy(Books.IInvoiceRepository store)
        {
            public async Task<decimal> AverageAsync()
            {
                var bookings = await store.GetAllBookingsAsync();
                return bookings.[|Average|](b => b.Price);
            }
        }
        """);

    [Fact]
    public Task A_pattern_that_refuses_one_state() => Flags(Books + """
        class Dunning(Books.IInvoiceRepository invoices)
        {
            public async Task<bool> OwesAsync()
            {
                var all = await invoices.ListAsync();
                return all.Any(invoice => [|invoice.State is not Books.InvoiceState.Paid|]);
            }
        }
        """);

    [Fact]
    public Task An_outstanding_part_of_a_group() => Flags(Books + """
        class BooksDb : DbContext { public DbSet<Books.Invoice> Invoices => Set<Books.Invoice>(); }
        class Months(BooksDb db)
        {
            public async Task<object> ListAsync() => await db.Invoices.GroupBy(i => i.DueDate.Month).Select(g => new
            {
                Month = g.Key,
                Paid = g.Where(i => i.State == Books.InvoiceState.Paid).Sum(i => i.AmountDue),
                Open = g.Where(i => [|i.State != Books.InvoiceState.Paid|]).Sum(i => i.AmountDue),
            }).ToListAsync();
        }
        """);

    [Fact]
    public Task A_filter_that_names_the_states() => Allows("""
        class Dashboard(ShopDb db)
        {
            public Task<decimal> RevenueAsync() => db.Orders.Where(o => o.Status == OrderStatus.Paid || o.Status == OrderStatus.Shipped).SumAsync(o => o.Total);
        }
        """);

    [Fact]
    public Task A_filter_that_leaves_out_what_was_cancelled() => Allows("""
        class Dashboard(ShopDb db)
        {
            public async Task<decimal> RevenueAsync()
            {
                var query = db.Orders.AsQueryable();
                query = query.Where(o => o.Status != OrderStatus.Cancelled);
                return await query.SumAsync(o => o.Total);
            }
        }
        """);

    [Fact]
    public Task Two_states_that_are_refused() => Allows(Books + """
        class Reminders(Books.IInvoiceRepository invoices)
        {
            public async Task<int> CountAsync()
            {
                var all = await invoices.ListAsync();
                return all.Count(i => i.State != Books.InvoiceState.Paid && i.State != Books.InvoiceState.Voided);
            }
        }
        """);

    [Fact]
    public Task Rows_that_the_store_has_chosen() => Allows(Books + """
        class Arrears(Books.IInvoiceRepository invoices)
        {
            public async Task<decimal> TotalAsync() => (await invoices.GetOutstandingInvoicesAsync()).Sum(i => i.AmountDue);
        }
        """);

    [Fact]
    public Task Rows_that_somebody_else_has_chosen() => Allows("""
        class Report
        {
            public decimal Total(IEnumerable<Order> orders) => orders.Sum(o => o.Total);
        }
        """);

    [Fact]
    public Task A_total_of_the_lines_of_one_order() => Allows("""
        class Checkout
        {
            public decimal Total(Order order) => order.Lines.Sum(line => line.UnitPrice * line.Quantity);
        }
        """);

    [Fact]
    public Task A_flag_that_says_what_is_paid() => Allows(Books + """
        class Statement(Books.IInvoiceRepository invoices)
        {
            public async Task<decimal> PaidAsync()
            {
                var all = await invoices.ListAsync();
                return all.Where(i => i.IsPaid).Sum(i => i.AmountDue);
            }
        }
        """);

    [Fact]
    public Task A_time_that_says_what_is_paid() => Allows(Books + """
        class Statement
        {
            public decimal Paid(Books.Invoice invoice) => invoice.Payments.Where(p => p.PaidAt != null).Sum(p => p.Amount);
        }
        """);

    [Fact]
    public Task A_filter_of_the_product_s_own() => Allows("""
        static class OrderQueries
        {
            public static IQueryable<Order> ApplyStatusFilter(this IQueryable<Order> query, params OrderStatus[] states) => query.Where(o => states.Contains(o.Status));
        }
        class Spent(ShopDb db)
        {
            public async Task<decimal> OfAsync(string customer) => await db.Orders.Where(o => o.CustomerId == customer).ApplyStatusFilter(OrderStatus.Shipped).SumAsync(o => o.Total);
        }
        """);

    [Fact]
    public Task The_one_payment_that_is_not_finished() => Allows(Books + """
        class BooksDb : DbContext { public DbSet<Books.Payment> Payments => Set<Books.Payment>(); }
        class Resume(BooksDb db)
        {
            public Task<Books.Payment?> FindAsync(int id) => db.Payments.Where(p => p.Id == id && p.Status != Books.PaymentStatus.Completed).FirstOrDefaultAsync();
        }
        """);

    [Fact]
    public Task What_cannot_be_called_off() => Allows("""
        class Stock(ShopDb db)
        {
            public Task<decimal> ValueAsync() => db.Products.SumAsync(p => p.Price * p.Stock);
        }
        """);

    [Fact]
    public Task A_number_that_is_no_money() => Allows("""
        class Board(ShopDb db)
        {
            public Task<int> ArticlesAsync() => db.Orders.SumAsync(o => o.Lines.Count);
        }
        """);
}
