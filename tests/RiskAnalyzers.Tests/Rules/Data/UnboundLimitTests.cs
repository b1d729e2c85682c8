using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Data;

public sealed class UnboundLimitTests() : RuleTest("RISK6008")
{
    // With a Program the project is an application: nobody outside can count.
    private const string Application = "static class Program { static void Main() { } }\n";

    private static string Voucher(string members) => Application + $$"""
        class Voucher { public int Id { get; set; } public string Code { get; set; } = ""; public int TimesUsed { get; set; } public int? MaxUses { get; set; } public int Remaining { get; set; } public int FailedAttempts { get; set; } }
        class Vouchers : DbContext { public DbSet<Voucher> All => Set<Voucher>(); }
        class C(Vouchers db) { {{members}} }
        """;

    [Fact]
    public Task A_coupon_that_nobody_counts() => Flags(Voucher("public bool CanUse(Voucher v) => !([|v.TimesUsed >= v.MaxUses|]);"));

    [Fact]
    public Task In_a_query() => Flags(Voucher("public Task<Voucher?> Find(string code) => db.All.FirstOrDefaultAsync(v => v.Code == code && [|v.TimesUsed < v.MaxUses|]);"));

    [Fact]
    public Task Attempts_against_a_literal() => Flags(Voucher("public void Check(Voucher v) { if ([|v.FailedAttempts >= 5|]) throw new InvalidOperationException(); }"));

    [Fact]
    public Task The_next_use() => Flags(Voucher("public void Check(Voucher v, int maxUses) { if ([|maxUses < v.TimesUsed + 1|]) throw new InvalidOperationException(); }"));

    [Fact]
    public Task What_remains() => Flags(Voucher("public bool Ok(Voucher v) => [|v.Remaining > 0|];"));

    [Fact]
    public Task It_is_only_reset() => Flags(Voucher("public void Reset(Voucher v) { v.FailedAttempts = 0; } public bool Locked(Voucher v) => [|v.FailedAttempts > 3|];"));

    [Fact]
    public Task It_only_begins() => Flags(Voucher("public void Add() { db.All.Add(new Voucher { TimesUsed = 0, MaxUses = 10 }); db.SaveChanges(); } public bool Ok(Voucher v) => [|v.TimesUsed < 1|];"));

    [Fact]
    public Task A_private_setter_in_a_library() => Flags("public class Quota { public int Used { get; private set; } public int Limit { get; } = 10; public void Take() { if ([|Used >= Limit|]) throw new InvalidOperationException(); } }");

    [Fact]
    public Task A_property_that_nobody_can_set() => Flags("public class SignIn { public int LoginAttempts { get; } public bool IsBlocked() => [|LoginAttempts >= 3|]; }");

    [Fact]
    public Task Refunds_that_are_not_added_up() => Flags("public class Payment { public decimal Total { get; private set; } public decimal RefundedAmount { get; private set; } public Payment(decimal total) => Total = total; public void Refund(decimal amount) { if ([|RefundedAmount + amount > Total|]) throw new InvalidOperationException(); } }");

    [Fact]
    public Task Objects_in_memory() => Flags(Application + "class Code { public int Attempts { get; set; } } class Codes { readonly List<Code> kept = new(); public void Issue() => kept.Add(new Code()); public bool Ok(int i) => [|kept[i].Attempts < 3|]; }");

    [Fact]
    public Task Stock_that_is_never_taken() => Flags(Application + "class Item { public int Stock { get; private set; } public bool Has(int quantity) => [|Stock >= quantity|]; }");

    [Fact]
    public Task Counted_up() => Allows(Voucher("public void Use(Voucher v) { if (v.TimesUsed >= v.MaxUses) throw new InvalidOperationException(); v.TimesUsed++; db.SaveChanges(); }"));

    [Fact]
    public Task Added_to_elsewhere() => Allows(Voucher("public bool Ok(Voucher v) => v.TimesUsed < v.MaxUses;") + " class Redeemer { public void Redeem(Voucher v, int n) { v.TimesUsed += n; } }");

    [Fact]
    public Task Assigned_from_a_sum() => Allows(Voucher("public void Use(Voucher v) { if (v.FailedAttempts >= 3) return; v.FailedAttempts = v.FailedAttempts + 1; }"));

    [Fact]
    public Task Counted_by_a_bulk_update() => Allows(Voucher("public Task Use(int id) => db.All.Where(v => v.Id == id && v.TimesUsed < v.MaxUses).ExecuteUpdateAsync(s => s.SetProperty(v => v.TimesUsed, v => v.TimesUsed + 1));"));

    [Fact]
    public Task Counted_by_sql() => Allows(Voucher("public bool Ok(Voucher v) => v.TimesUsed < v.MaxUses; public Task Use(int id) => db.Database.ExecuteSqlAsync($\"UPDATE vouchers SET times_used = times_used + 1 WHERE id = {id}\");"));

    [Fact]
    public Task Counted_by_reference() => Allows(Application + "class Quota { private int _used; public int Used => _used; public bool Take() { if (Used >= 10) return false; Interlocked.Increment(ref _used); return true; } }");

    [Fact]
    public Task A_library_s_public_setter() => Allows("public class Voucher { public int TimesUsed { get; set; } public int MaxUses { get; set; } public bool Ok() => TimesUsed < MaxUses; }");

    [Fact]
    public Task What_another_service_answers() => Allows(Application + "class Usage { public int Used { get; set; } public int Limit { get; set; } } class C : ShopCode { public async Task<bool> Ok() { var u = await http.GetFromJsonAsync<Usage>(\"/usage\"); return u!.Used < u.Limit; } }");

    [Fact]
    public Task A_transfer_object() => Allows(Application + "class VoucherDto { public int TimesUsed { get; init; } } class C { public VoucherDto Make() => new VoucherDto(); public bool Ok(VoucherDto v) => v.TimesUsed < 5; }");

    [Fact]
    public Task Given_to_the_constructor() => Allows("public class Quota { public int Used { get; private set; } public Quota(int used) { Used = used; } public bool Ok() => Used < 5; }");

    [Fact]
    public Task A_record() => Allows(Application + "record Voucher(int TimesUsed, int MaxUses); class C { public Voucher Make() => new Voucher(0, 1); public bool Ok(Voucher v) => v.TimesUsed < v.MaxUses; }");

    [Fact]
    public Task The_limit_itself() => Allows(Voucher("public bool Ok(Voucher v) => v.MaxUses > 0;"));

    [Fact]
    public Task A_negative_is_refused() => Allows(Voucher("public void Check(Voucher v) { if (v.TimesUsed < 0) throw new InvalidOperationException(); }"));

    [Fact]
    public Task An_ordinary_number() => Allows(Application + "class Item { public int Weight { get; private set; } public int Count { get; private set; } public bool Heavy() => Weight > 20 && Count > 3; }");

    [Fact]
    public Task A_computed_number() => Allows("public class Code { readonly List<DateTime> tries = new(); public void Try() => tries.Add(DateTime.UtcNow); public int Attempts => tries.Count; public bool Ok() => Attempts < 3; }");

    [Fact]
    public Task What_an_interface_promises() => Allows("public interface IQuota { int Used { get; } } public class Quota : IQuota { public int Used { get; } } public class C { public bool Ok(IQuota q, Quota p) => q.Used < 3 && p.Used < 3; }");

    [Fact]
    public Task A_total_against_a_total() => Flags("public class Plan { public int TotalUses { get; private set; } public int TotalAllowed { get; private set; } = 3; public int FailedLogins { get; private set; } public bool Ok() => [|TotalUses < TotalAllowed|] && [|FailedLogins <= 3|]; }");

    [Fact]
    public Task Whether_there_is_any() => Allows("public class Payment { public decimal RefundedAmount { get; private set; } public int FailedAttempts { get; private set; } public bool WasRefunded() => RefundedAmount > 0m || FailedAttempts > 0; }");

    [Fact]
    public Task Once_only() => Flags("public class Code { public int UsedCount { get; private set; } public bool Ok() => !([|UsedCount > 0|]); }");
}
