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

    private const string Checkouts = """
        class Checkout { public int Id { get; set; } public string Note { get; set; } = ""; }
        interface ICheckoutRepository { void Clear(Checkout c); void SaveChanges(); }
        class CheckoutRepository(ShopDb db) : ICheckoutRepository { public void Clear(Checkout c) => db.Remove(c); public void SaveChanges() => db.SaveChanges(); }
        interface IOrders { Task<bool> CreateOrderAsync(Order order); }
        class Orders(ShopDb db) : IOrders { public async Task<bool> CreateOrderAsync(Order order) { db.Add(order); await db.SaveChangesAsync(); return true; } }

        """;

    [Fact]
    public Task A_step_of_the_checkout_is_kept_before_the_order() => Allows(Checkouts + "class C(ICheckoutRepository checkoutRepository, IOrders orders, ShopDb db) { public async Task M(Checkout checkout, Order order) { checkout.Note = \"n\"; db.Update(checkout); await db.Orders.LoadAsync(); checkoutRepository.SaveChanges(); await orders.CreateOrderAsync(order); } }");

    [Fact]
    public Task A_customer_is_renamed_before_the_order() => Flags(Checkouts + "class C(IOrders orders, ShopDb db) { public async Task M(Customer customer, Order order) { customer.Email = \"n\"; await db.SaveChangesAsync(); await [|orders.CreateOrderAsync(order)|]; } }");

    [Fact]
    public Task A_copy_is_kept_level_first() => Allows(Repeated("var reference = message.ToString(); if (order.PaymentReference != reference) { order.PaymentReference = reference; await db.SaveChangesAsync(); } to.Balance += order.Total; await db.SaveChangesAsync();"));

    [Fact]
    public Task A_copy_is_kept_level_last() => Allows(Repeated("from.Balance -= order.Total; await db.SaveChangesAsync(); var reference = message.ToString(); if (reference is not null && !string.Equals(reference, order.PaymentReference)) { order.PaymentReference = reference; order.Status = OrderStatus.Paid; await db.SaveChangesAsync(); }"));

    [Fact]
    public Task A_state_that_has_not_been_reached() => Flags(Repeated("from.Balance -= order.Total; await db.SaveChangesAsync(); if (order.Status != OrderStatus.Paid) { order.Status = OrderStatus.Paid; await [|db.SaveChangesAsync()|]; }"));

    [Fact]
    public Task Only_a_revision_is_bumped_first() => Allows("static class Revisions { public static Task CustomerBumpRevisionAsync(this ShopDb db, int id) => db.Orders.LoadAsync(); } class C(ShopDb db) { public async Task M(Order order) { await db.CustomerBumpRevisionAsync(order.Id); await db.SaveChangesAsync(); order.Status = OrderStatus.Paid; await db.SaveChangesAsync(); } }");

    [Fact]
    public Task What_is_the_user_s_is_written_not_the_user() => Allows("class User { public int Id { get; set; } } class Film { public int Id { get; set; } } class UserDataManager(ShopDb db) { public void KeepPlace(User u, Film f) { db.Add(f); db.SaveChanges(); } public void ResetStreams(User u, Film f) { db.Add(f); db.SaveChanges(); } } class C(UserDataManager streams) { public void M(User user, Film film) { streams.KeepPlace(user, film); streams.ResetStreams(user, film); } }");

    [Fact]
    public Task The_cart_of_a_deleted_customer() => Allows("class CartItem { public int Id { get; set; } } class Tool(ShopDb db) { public async Task AnonymizeAsync(Customer customer) { customer.Email = \"\"; await db.SaveChangesAsync(); await db.Set<CartItem>().Where(c => c.Id == customer.Id).ExecuteDeleteAsync(); } }");

    [Fact]
    public Task The_cart_of_an_order() => Flags("class CartItem { public int Id { get; set; } } class Tool(ShopDb db) { public async Task PlaceAsync(Customer customer) { var order = new Order { CustomerId = customer.Email }; db.Add(order); await db.SaveChangesAsync(); await [|db.Set<CartItem>().Where(c => c.Id == customer.Id).ExecuteDeleteAsync()|]; } }");

    [Fact]
    public Task A_copy_is_kept_level_by_a_bulk_write() => Allows(Repeated("await wallets.UpdateAsync(from); var reference = message.ToString(); if (!string.Equals(reference, order.PaymentReference)) { await db.Orders.Where(o => o.Id == order.Id).ExecuteUpdateAsync(s => s.SetProperty(o => o.PaymentReference, reference)); }"));

    private static string Users(string body) => $"class C(UserManager<IdentityUser> users, ShopDb db) {{ public async Task M(IdentityUser user, Customer customer, string password, List<string> wanted) {{ {body} }} }}";

    [Fact]
    public Task The_old_password_goes_before_the_new_one_is_accepted() => Flags(Users("await users.RemovePasswordAsync(user); await [|users.AddPasswordAsync(user, password)|];"));

    [Fact]
    public Task Roles_are_taken_before_others_are_given() => Flags(Users("var old = await users.GetRolesAsync(user); var removed = await users.RemoveFromRolesAsync(user, old); if (!removed.Succeeded) throw new InvalidOperationException(); await [|users.AddToRolesAsync(user, wanted)|];"));

    [Fact]
    public Task An_account_and_its_customer() => Flags(Users("var made = await users.CreateAsync(user, password); if (!made.Succeeded) return; db.Customers.Add(customer); await [|db.SaveChangesAsync()|];"));

    [Fact]
    public Task One_role_is_given() => Allows(Users("var found = await users.FindByIdAsync(\"1\"); await users.AddToRoleAsync(found!, \"Staff\");"));

    [Fact]
    public Task Two_roles_are_given() => Allows(Users("await users.AddToRoleAsync(user, \"Staff\"); await users.AddToRoleAsync(user, \"Buyer\");"));
}
