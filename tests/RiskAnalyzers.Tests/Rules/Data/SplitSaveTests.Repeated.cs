using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Data;

public sealed partial class SplitSaveTests
{
    private const string Wallets = """
        interface IWalletStore { Task UpdateAsync(Customer c); Task EnsureWalletAsync(Customer c); Task DeleteAsync(int id); Task AddOrderLabelsAsync(Order o, string label); Task RemoveExpiredReservationsAsync(int id); Task UpdateOrderStateIfNeededAsync(Order o); Task ReserveAsync(int id); }
        interface IOtpRepository { Task<bool> ConsumeOtpAsync(string phone, string code); }
        interface ITokenRepository { Task AddAsync(string token); Task DeleteAllOfAsync(int userId); }
        class BillingContext { public Order Order = null!; }
        record TopUp(int Id);
        record Payout(int Id);

        """;

    private static string Repeated(string body) => $"{Wallets}class C(ShopDb db, IWalletStore wallets, IOtpRepository otp, ITokenRepository tokens) {{ async Task<bool> M(Order order, Customer from, Customer to, object message) {{ {body} return true; }} async Task TakeStock(BillingContext context) {{ context.Order.Status = OrderStatus.Paid; await db.SaveChangesAsync(); }} async Task TakeStock(Order order) {{ order.Status = OrderStatus.Paid; await db.SaveChangesAsync(); }} async Task HandleTopUp(TopUp t) {{ await db.SaveChangesAsync(); }} async Task Credit(Payout p) {{ await db.SaveChangesAsync(); }} async Task Debit(TopUp t) {{ await db.SaveChangesAsync(); }} }}";

    [Fact]
    public Task What_makes_sure_of_something_may_run_again() => Allows(Repeated("await wallets.EnsureWalletAsync(from); await wallets.UpdateAsync(from);"));

    [Fact]
    public Task Labels_of_an_order() => Allows(Repeated("await wallets.UpdateAsync(from); await wallets.AddOrderLabelsAsync(order, \"gift\");"));

    [Fact]
    public Task What_has_expired_is_tidied() => Allows(Repeated("order.Status = OrderStatus.Paid; await db.SaveChangesAsync(); await wallets.RemoveExpiredReservationsAsync(order.Id);"));

    [Fact]
    public Task A_state_that_is_looked_at_again() => Allows(Repeated("order.Status = OrderStatus.Paid; await db.SaveChangesAsync(); await wallets.UpdateOrderStateIfNeededAsync(order);"));

    [Fact]
    public Task A_code_that_is_used_up_by_the_check() => Allows(Repeated("if (!await otp.ConsumeOtpAsync(\"1\", \"2\")) return false; from.PasswordHash = \"h\"; await db.SaveChangesAsync();"));

    [Fact]
    public Task A_token_for_whom_was_just_registered() => Allows(Repeated("db.Customers.Add(from); await db.SaveChangesAsync(); await tokens.AddAsync(\"t\");"));

    [Fact]
    public Task Tokens_that_must_be_revoked() => Flags(Repeated("from.PasswordHash = \"h\"; await db.SaveChangesAsync(); await [|tokens.DeleteAllOfAsync(from.Id)|];"));

    [Fact]
    public Task Two_deletions() => Allows(Repeated("await wallets.DeleteAsync(1); await db.Orders.Where(o => o.Id == 1).ExecuteDeleteAsync();"));

    [Fact]
    public Task A_deletion_and_a_booking() => Flags(Repeated("await wallets.DeleteAsync(1); to.Balance += 1; await [|db.SaveChangesAsync()|];"));

    [Fact]
    public Task Messages_of_two_kinds() => Allows(Repeated("if (message is TopUp t) { await Debit(t); } if (message is Payout p) { await Credit(p); }"));

    [Fact]
    public Task Statuses_of_two_values() => Allows(Repeated("if (order.Status == OrderStatus.New) { from.Balance--; await db.SaveChangesAsync(); } if (order.Status == OrderStatus.Paid && from.IsAdmin) { to.Balance++; await db.SaveChangesAsync(); }"));

    [Fact]
    public Task The_same_status_twice() => Flags(Repeated("if (order.Status == OrderStatus.New) { from.Balance--; await db.SaveChangesAsync(); } if (order.Status == OrderStatus.New) { to.Balance++; await [|db.SaveChangesAsync()|]; }"));

    [Fact]
    public Task A_stage_that_is_handed_the_context_of_the_work() => Allows(Repeated("order.Total = 1; await db.SaveChangesAsync(); await TakeStock(new BillingContext { Order = order });"));

    [Fact]
    public Task A_stage_that_is_handed_the_order() => Flags(Repeated("order.Total = 1; await db.SaveChangesAsync(); await [|TakeStock(order)|];"));

    [Fact]
    public Task What_is_shown_first_is_no_order() => Allows("class Option { public int DisplayOrder { get; set; } public int HelpfulTotal { get; set; } } class C(ShopDb db) { public async Task M(Option option) { db.Add(option); await db.SaveChangesAsync(); option.DisplayOrder = 1; option.HelpfulTotal = 2; await db.SaveChangesAsync(); } }");

    [Fact]
    public Task A_save_far_below() => Allows("class Deep(ShopDb db) { Task Third(Order o) => db.SaveChangesAsync(); Task Second(Order o) => Third(o); Task First(Order o) => Second(o); public Task PlaceAsync(Order o) => First(o); } class C(ShopDb db, Deep deep) { public async Task M(Order order) { order.Status = OrderStatus.Paid; await db.SaveChangesAsync(); await deep.PlaceAsync(order); } }");

    [Fact]
    public Task A_failure_that_is_recorded_behind_the_first_save() => Allows(Repeated("order.Status = OrderStatus.New; await db.SaveChangesAsync(); try { order.Total = decimal.Parse(\"1\"); } catch (FormatException) { order.Status = OrderStatus.Cancelled; await db.SaveChangesAsync(); }"));
}
