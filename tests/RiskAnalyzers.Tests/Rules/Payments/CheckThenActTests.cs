using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Payments;

public sealed partial class CheckThenActTests() : RuleTest("RISK2016")
{
    private const string Bookings = """
        public class Booking { public int Id { get; set; } public int RoomId { get; set; } public int Number { get; set; } public decimal Amount { get; set; } public static Booking Create(int room) => new() { RoomId = room }; }

        """;

    [Fact]
    public Task A_row_that_is_asked_for_and_added() => Flags(Bookings + """
        public class Rooms : ShopCode
        {
            public async Task Book(int room)
            {
                if (await db.Set<Booking>().[|AnyAsync|](b => b.RoomId == room)) throw new InvalidOperationException("taken");
                db.Set<Booking>().Add(new Booking { RoomId = room });
                await db.SaveChangesAsync();
            }
        }
        """);

    [Fact]
    public Task A_look_up_before_the_insert() => Flags(Bookings + """
        public class Rooms : ShopCode
        {
            public async Task<Booking> Book(int room)
            {
                var existing = await db.Set<Booking>().[|FirstOrDefaultAsync|](b => b.RoomId == room);
                if (existing is not null) return existing;
                var booking = Booking.Create(room);
                db.Add(booking);
                await db.SaveChangesAsync();
                return booking;
            }
        }
        """);

    [Fact]
    public Task A_cart_that_is_made_where_there_is_none() => Flags(Bookings + """
        public interface IBookingRepository { Task<Booking?> GetByRoomAsync(int room); Task AddAsync(Booking booking); }
        public class Rooms(IBookingRepository bookings)
        {
            public async Task Open(int room)
            {
                var booking = await bookings.[|GetByRoomAsync|](room);
                if (booking == null)
                {
                    booking = new Booking { RoomId = room };
                    await bookings.AddAsync(booking);
                }
            }
        }
        """);

    [Fact]
    public Task A_question_of_a_repository() => Flags(Bookings + """
        public interface IBookingRepository { Task<bool> HasConflictAsync(int room); Task AddAsync(Booking booking); }
        public class Rooms(IBookingRepository repository)
        {
            public async Task Book(int room)
            {
                var taken = await repository.[|HasConflictAsync|](room);
                if (taken) throw new InvalidOperationException();
                await repository.AddAsync(new Booking { RoomId = room });
            }
        }
        """);

    [Fact]
    public Task A_sum_before_the_insert() => Flags(Bookings + """
        public class Refunds : ShopCode
        {
            public async Task<bool> Refund(int room, decimal amount, decimal paid)
            {
                var earlier = await db.Set<Booking>().Where(b => b.RoomId == room).SumAsync(b => b.Amount);
                if ([|earlier + amount > paid|]) return false;
                db.Set<Booking>().Add(new Booking { RoomId = room, Amount = amount });
                await db.SaveChangesAsync();
                return true;
            }
        }
        """);

    [Fact]
    public Task A_count_before_the_insert() => Flags(Bookings + """
        public class Limits : ShopCode
        {
            public async Task Book(int room)
            {
                var count = await db.Set<Booking>().CountAsync(b => b.RoomId == room);
                if ([|count >= 10|]) throw new InvalidOperationException();
                db.Set<Booking>().Add(new Booking { RoomId = room });
                await db.SaveChangesAsync();
            }
        }
        """);

    [Fact]
    public Task A_number_after_the_last() => Flags(Bookings + """
        public class Rooms : ShopCode
        {
            public async Task Book(int room)
            {
                var last = await db.Set<Booking>().OrderByDescending(b => b.Number).FirstOrDefaultAsync();
                var nextNumber = [|(last?.Number ?? 0) + 1|];
                db.Set<Booking>().Add(new Booking { Number = nextNumber });
                await db.SaveChangesAsync();
            }
        }
        """);

    [Fact]
    public Task A_number_after_the_highest() => Flags(Bookings + """
        public class Rooms : ShopCode { public async Task<Booking> Next() => new Booking { Number = [|await db.Set<Booking>().MaxAsync(b => b.Number) + 1|] }; }
        """);

    [Fact]
    public Task A_generator_that_asks_whether_its_number_is_taken() => Flags(Bookings + """
        public interface IBookingRepository { Task<bool> NumberExistsAsync(string number); }
        public class Numbers(IBookingRepository bookingRepository)
        {
            private readonly IBookingRepository _repository = bookingRepository;
            public async Task<string> GenerateNumberAsync()
            {
                while (true)
                {
                    var candidate = $"B-{Random.Shared.Next(1000, 9999)}";
                    if (!await _repository.[|NumberExistsAsync|](candidate)) return candidate;
                }
            }
        }
        """);

    [Fact]
    public Task A_status_before_the_charge() => Flags("""
        public class Checkout : ShopCode
        {
            public async Task<bool> Pay(int id, string token)
            {
                var order = await db.Orders.FirstAsync(o => o.Id == id);
                if ([|order.Status == OrderStatus.Paid|]) return false;
                var result = await gateway.ChargeAsync(order.Total, token);
                order.Status = result.Success ? OrderStatus.Paid : OrderStatus.AwaitingPayment;
                await db.SaveChangesAsync();
                return result.Success;
            }
        }
        """);

    [Fact]
    public Task A_status_before_the_refund() => Flags("""
        public class Returns : ShopCode
        {
            public async Task Refund(int id)
            {
                var order = await db.Orders.FindAsync(id);
                if ([|order!.Status is not OrderStatus.Paid|]) throw new InvalidOperationException();
                if (!(await gateway.RefundAsync(order.PaymentReference!, order.Total)).Success) throw new InvalidOperationException();
            }
        }
        """);

    [Fact]
    public Task A_unique_index() => Allows(Bookings + """
        public class Model : DbContext { protected override void OnModelCreating(ModelBuilder model) => model.Entity<Booking>().HasIndex(b => b.RoomId).IsUnique(); }
        public class Rooms : ShopCode
        {
            public async Task Book(int room)
            {
                if (await db.Set<Booking>().AnyAsync(b => b.RoomId == room)) throw new InvalidOperationException("taken");
                db.Set<Booking>().Add(new Booking { RoomId = room });
                await db.SaveChangesAsync();
            }
        }
        """);

    [Fact]
    public Task A_conflict_that_is_caught() => Allows(Bookings + """
        public class Rooms : ShopCode
        {
            public async Task<bool> Book(int room)
            {
                if (await db.Set<Booking>().AnyAsync(b => b.RoomId == room)) return false;
                db.Set<Booking>().Add(new Booking { RoomId = room });
                try { await db.SaveChangesAsync(); return true; }
                catch (DbUpdateException) { return false; }
            }
        }
        """);

    [Fact]
    public Task A_serializable_transaction() => Allows(Bookings + """
        public class Rooms : ShopCode
        {
            public async Task Book(int room)
            {
                using var scope = new TransactionScope(TransactionScopeOption.Required, new TransactionOptions { IsolationLevel = System.Transactions.IsolationLevel.Serializable }, TransactionScopeAsyncFlowOption.Enabled);
                if (await db.Set<Booking>().AnyAsync(b => b.RoomId == room)) throw new InvalidOperationException();
                db.Set<Booking>().Add(new Booking { RoomId = room });
                await db.SaveChangesAsync();
                scope.Complete();
            }
        }
        """);

    [Fact]
    public Task Something_else_is_added() => Allows(Bookings + """
        public class Rooms : ShopCode
        {
            public async Task Buy(int room)
            {
                if (await db.Set<Booking>().AnyAsync(b => b.RoomId == room)) return;
                db.Orders.Add(new Order());
                await db.SaveChangesAsync();
            }
        }
        """);

    [Fact]
    public Task What_has_to_be_there() => Allows(Bookings + """
        public class Rooms : ShopCode
        {
            public async Task Extend(int room)
            {
                var booking = await db.Set<Booking>().FirstOrDefaultAsync(b => b.RoomId == room);
                if (booking == null) throw new InvalidOperationException("not booked");
                db.Set<Booking>().Add(new Booking { RoomId = booking.RoomId });
                await db.SaveChangesAsync();
            }
        }
        """);

    [Fact]
    public Task Data_for_a_demonstration() => Allows(Bookings + """
        public class BookingSeeder : ShopCode { public async Task Seed() { if (await db.Set<Booking>().AnyAsync(b => b.RoomId == 1)) return; db.Set<Booking>().Add(new Booking { RoomId = 1 }); await db.SaveChangesAsync(); } }
        """);

    [Fact]
    public Task A_list_in_memory() => Allows(Bookings + """
        public class Basket { private readonly List<Booking> _lines = new(); public void Add(int room) { if (_lines.Any(l => l.RoomId == room)) return; _lines.Add(new Booking { RoomId = room }); } }
        """);

    [Fact]
    public Task A_number_of_a_page() => Allows(Bookings + """
        public class Rooms : ShopCode { public async Task<int> Pages() { var count = await db.Set<Booking>().CountAsync(b => b.RoomId > 0); var pages = count / 10 + 1; return pages; } }
        """);

    [Fact]
    public Task A_charge_with_a_key() => Allows("""
        public class Checkout : ShopCode
        {
            public async Task<bool> Pay(int id, string token)
            {
                var order = await db.Orders.FirstAsync(o => o.Id == id);
                if (order.Status == OrderStatus.Paid) return false;
                return (await gateway.ChargeAsync(order.Total, token, $"order-{order.Id}")).Success;
            }
        }
        """);

    [Fact]
    public Task A_claim_before_the_charge() => Allows("""
        public class Checkout : ShopCode
        {
            public async Task<bool> Pay(int id, string token)
            {
                var order = await db.Orders.FirstAsync(o => o.Id == id);
                if (order.Status != OrderStatus.New) return false;
                order.Status = OrderStatus.AwaitingPayment;
                await db.SaveChangesAsync();
                return (await gateway.ChargeAsync(order.Total, token)).Success;
            }
        }
        """);

    [Fact]
    public Task A_record_under_a_token() => Allows("""
        public enum PayState { New, Paid }
        public class Bill { public int Id { get; set; } public decimal Total { get; set; } public PayState Status { get; set; } [Timestamp] public byte[]? RowVersion { get; set; } }
        public class Checkout : ShopCode
        {
            public async Task<bool> Pay(int id, string token)
            {
                var bill = await db.Set<Bill>().FirstAsync(b => b.Id == id);
                if (bill.Status == PayState.Paid) return false;
                return (await gateway.ChargeAsync(bill.Total, token)).Success;
            }
        }
        """);

    [Fact]
    public Task A_number_whose_query_takes_several_lines() => Flags("""
        public class Invoice { public int Id { get; set; } public string Number { get; set; } = ""; }
        public class Books : DbContext { public DbSet<Invoice> Invoices => Set<Invoice>(); }
        public class InvoiceRepository(Books books)
        {
            public async Task<string> GenerateInvoiceNumberAsync(string prefix)
            {
                var last = await [|books|].Invoices
                    .Where(i => i.Number.StartsWith(prefix))
                    .OrderByDescending(i => i.Number)
                    .Select(i => i.Number)
                    .FirstOrDefaultAsync();
                var next = last is null ? 1 : int.Parse(last.Substring(prefix.Length)) + 1;
                return prefix + next;
            }
        }
        """);

    [Fact]
    public Task A_sum_over_what_was_loaded() => Flags("""
        public class Refund { public int Id { get; set; } public int PaymentId { get; set; } public decimal Amount { get; set; } }
        public interface IRefundRepository { Task<List<Refund>> ListAsync(int paymentId); Task AddAsync(Refund refund); }
        public class RefundHandler(IRefundRepository refunds)
        {
            public async Task<bool> Handle(int paymentId, decimal paid, decimal amount)
            {
                var earlier = await refunds.ListAsync(paymentId);
                var total = earlier.Where(r => r.Amount > 0).Sum(r => r.Amount);
                if ([|amount + total > paid|]) return false;
                var refund = new Refund { PaymentId = paymentId, Amount = amount };
                await refunds.AddAsync(refund);
                return true;
            }
        }
        """);

    private const string Rooms = """
        public enum RoomStatus { Vacant, Rented, Closed }
        public class Room { public int Id { get; set; } public RoomStatus Status { get; set; } public bool IsAvailable { get; set; } }
        public class Voucher { public int Id { get; set; } public string Code { get; set; } = ""; public bool IsUsed { get; set; } }
        public class Hotel : DbContext { public DbSet<Room> Rooms => Set<Room>(); public DbSet<Voucher> Vouchers => Set<Voucher>(); }

        """;

    [Fact]
    public Task A_room_that_is_free_and_then_let() => Flags(Rooms + "public class Letting(Hotel hotel) { public async Task<bool> Let(int id) { var room = await hotel.Rooms.FindAsync(id); if (room == null) return false; if ([|room.Status != RoomStatus.Vacant|]) return false; room.Status = RoomStatus.Rented; await hotel.SaveChangesAsync(); return true; } }");

    [Fact]
    public Task A_voucher_that_is_used_once() => Flags(Rooms + "public class Vouchers(Hotel hotel) { public async Task Redeem(string code) { var voucher = await hotel.Vouchers.SingleAsync(v => v.Code == code); if (voucher.IsUsed) throw new InvalidOperationException(); [|voucher.IsUsed = true|]; await hotel.SaveChangesAsync(); } }");

    [Fact]
    public Task A_flag_inside_its_question() => Flags(Rooms + "public class Letting(Hotel hotel) { public async Task Let(int id) { var room = await hotel.Rooms.FirstAsync(r => r.Id == id); if (room is { IsAvailable: true } && room.IsAvailable) { [|room.IsAvailable = false|]; await hotel.SaveChangesAsync(); } } }");

    [Fact]
    public Task A_room_that_is_let_under_a_lock() => Allows(Rooms + "public class Letting(Hotel hotel, SemaphoreSlim gate) { public async Task Let(int id) { await gate.WaitAsync(); var room = await hotel.Rooms.FirstAsync(r => r.Id == id); if (room.Status != RoomStatus.Vacant) return; room.Status = RoomStatus.Rented; await hotel.SaveChangesAsync(); } }");

    [Fact]
    public Task A_room_that_is_closed() => Allows(Rooms + "public class Letting(Hotel hotel) { public async Task Close(int id) { var room = await hotel.Rooms.FirstAsync(r => r.Id == id); if (room.Status == RoomStatus.Rented) return; room.Status = RoomStatus.Closed; await hotel.SaveChangesAsync(); } }");

    [Fact]
    public Task A_voucher_that_is_used_without_a_question() => Allows(Rooms + "public class Vouchers(Hotel hotel) { public async Task Void(string code) { var voucher = await hotel.Vouchers.SingleAsync(v => v.Code == code); voucher.IsUsed = true; await hotel.SaveChangesAsync(); } }");

    [Fact]
    public Task A_sum_of_the_lines_of_one_order() => Allows("public class C : ShopCode { public async Task<bool> Add(Order order, OrderLine line) { var total = order.Lines.Sum(l => l.Quantity); if (total > 100) return false; order.Lines.Add(line); await db.SaveChangesAsync(); return true; } }");
}
