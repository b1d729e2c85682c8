using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Money;

public sealed class LocalClockWindowTests() : RuleTest("RISK1007")
{
    [Fact]
    public Task A_coupon_that_ends() => Flags("class C { bool IsExpired(Coupon coupon) => coupon.EndsAt < [|DateTime.Now|]; }");

    [Fact]
    public Task Both_ends_of_a_window() => Flags("class C : ShopCode { IQueryable<Coupon> M() => db.Coupons.Where(c => c.StartsAt <= [|DateTime.Now|] && c.EndsAt >= [|DateTime.Now|]); }");

    [Fact]
    public Task The_time_kept_in_a_local() => Flags("class C { bool IsActive(Coupon c) { var now = [|DateTime.Now|]; return now >= c.StartsAt && now <= c.EndsAt; } }");

    [Fact]
    public Task The_day() => Flags("class Promo { public DateTime ValidUntil { get; set; } } class C { bool M(Promo promo) => [|DateTime.Today|] <= promo.ValidUntil.Date; }");

    [Fact]
    public Task A_token_s_life() => Flags("class Token { public DateTime ExpiresAt { get; set; } } class C { Token M() => new() { ExpiresAt = [|DateTime.Now|].AddMinutes(15) }; }");

    [Fact]
    public Task An_expiry_in_a_local() => Flags("class C { DateTime M() { var expiry = [|DateTime.Now|].AddHours(2); return expiry; } }");

    [Fact]
    public Task An_argument_that_expires() => Flags("class C { void M() => Issue(\"t\", expires: [|DateTime.Now|].AddDays(7)); void Issue(string token, DateTime expires) { } }");

    [Fact]
    public Task A_nullable_end() => Flags("class Offer { public DateTime? EndDate { get; set; } } class C { bool M(Offer o) => o.EndDate == null || o.EndDate.Value > [|DateTime.Now|]; }");

    [Fact]
    public Task What_is_left_of_a_sale() => Flags("class C { TimeSpan M(DateTime saleEnd) => saleEnd - [|DateTime.Now|]; }");

    [Fact]
    public Task A_comparison_by_method() => Flags("class C { bool M(Coupon c) => DateTime.Compare([|DateTime.Now|], c.EndsAt) > 0; bool N(Coupon c) => c.StartsAt.CompareTo([|DateTime.Now|]) <= 0; }");

    [Fact]
    public Task A_correction_by_hand() => Flags("class C { DateTime ExpiryDate; bool M() => ExpiryDate < [|DateTime.Now|].AddHours(13); }");

    [Fact]
    public Task A_time_zone_by_hand() => Flags("class C { bool M(Coupon c) { var now = [|DateTime.UtcNow|].AddHours(7); return c.EndsAt < now; } }");

    [Fact]
    public Task A_subscription_s_start() => Flags("class Subscription { public DateTime StartDate { get; set; } public DateTime RenewsOn { get; set; } } class C { Subscription M() => new() { StartDate = [|DateTime.Now|], RenewsOn = [|DateTime.Now|].AddMonths(1) }; }");

    [Fact]
    public Task A_payment_s_due_date() => Flags("class Invoice { public DateTime DueDate { get; set; } public bool IsOverdue => DueDate < [|DateTime.Now|]; }");

    [Fact]
    public Task A_day_without_a_time() => Flags("class C { bool M(DateOnly validTo, DateOnly expiresOn) => expiresOn < DateOnly.FromDateTime([|DateTime.Now|]); }");

    [Fact]
    public Task Hours_of_a_sale() => Flags("class C { bool IsFlashSale() => [|DateTime.Now|].Hour >= 18; bool IsWeekendOffer => [|DateTime.Now|].DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday; }");

    [Fact]
    public Task A_deadline_that_is_computed() => Flags("class C { bool CanReturn(DateTime deliveredAt) => [|DateTime.Now|] < deliveredAt.AddDays(14); }");

    [Fact]
    public Task A_card_s_expiry() => Flags("class C { bool M(int expMonth, int expYear) { var now = [|DateTime.Now|]; return expYear < now.Year || expYear == now.Year && expMonth < now.Month; } bool CardExpired(int month, int year) => new DateTime(year, month, 1).AddMonths(1) <= [|DateTime.Now|]; }");

    [Fact]
    public Task Time_since_it_expired() => Flags("class Hold { public DateTime ExpiresAt { get; set; } } class C { bool M(Hold h) => ([|DateTime.Now|] - h.ExpiresAt).TotalMinutes > 0; bool N(Hold h) => [|DateTime.Now|].Subtract(h.ExpiresAt) > TimeSpan.Zero; }");

    [Fact]
    public Task A_utc_comparison() => Allows("class C { bool IsExpired(Coupon coupon) => coupon.EndsAt < DateTime.UtcNow; }");

    [Fact]
    public Task A_clock_at_hand() => Allows("class C : ShopCode { bool IsExpired(Coupon coupon) => coupon.EndsAt < clock.GetUtcNow().UtcDateTime; }");

    [Fact]
    public Task An_instant_with_its_offset() => Allows("class C { bool M(DateTimeOffset expiresAt) => expiresAt < DateTimeOffset.Now; bool N(DateTimeOffset expiresAt) => expiresAt < DateTime.Now; }");

    [Fact]
    public Task A_lockout_that_is_an_instant() => Allows("class C { void M(IdentityUser user) => user.LockoutEnd = DateTime.Now.AddYears(200); }");

    [Fact]
    public Task A_cache_entry() => Allows("class C : ShopCode { void M() => cache.Set(\"k\", 1, new MemoryCacheEntryOptions { AbsoluteExpiration = DateTime.Now.AddMinutes(5) }); }");

    [Fact]
    public Task A_log_line() => Allows("class C : ShopCode { void M() => log.LogInformation(\"token expired at {At}\", DateTime.Now); }");

    [Fact]
    public Task A_creation_date() => Allows("class Row { public DateTime CreatedAt { get; set; } } class C { Row M() => new() { CreatedAt = DateTime.Now }; }");

    [Fact]
    public Task A_measurement() => Allows("class C { TimeSpan M() { var start = DateTime.Now; Thread.Sleep(1); return DateTime.Now - start; } }");

    [Fact]
    public Task A_file_name() => Allows("class C { string M() => $\"report-{DateTime.Now:yyyyMMdd}.csv\"; int Year() => DateTime.Now.Year; }");

    [Fact]
    public Task An_age() => Allows("class C { bool IsAdult(DateTime birthDate) => birthDate < DateTime.Today.AddYears(-18); }");

    [Fact]
    public Task Turned_into_utc() => Allows("class C { bool M(Coupon c) => c.EndsAt < DateTime.Now.ToUniversalTime(); }");

    [Fact]
    public Task A_number_of_the_year() => Allows("class C { string Next(int last) => $\"{DateTime.Now.Year}-{last + 1}\"; bool IsMorning() => DateTime.Now.Hour < 12; }");

    [Fact]
    public Task A_range_that_a_helper_measures() => Allows("class C { bool M(DateTime birth) => Years(birth, DateTime.Today) >= 18; int Years(DateTime startDate, DateTime endDate) => endDate.Year - startDate.Year; }");

    [Fact]
    public Task A_local_that_becomes_an_instant() => Allows("class C { CookieOptions M() { var cookieExpiry = DateTime.Now.AddDays(30); return new CookieOptions { Expires = cookieExpiry }; } }");

    [Fact]
    public Task A_utc_expiry() => Allows("class Token { public DateTime ExpiresAt { get; set; } } class C { Token M() => new() { ExpiresAt = DateTime.UtcNow.AddHours(1) }; }");

    [Fact]
    public Task A_contract_that_a_seeder_makes_up() => Allows("class Contract { public DateTime EndDate { get; set; } } class DatabaseSeeder { Contract M() => new() { EndDate = DateTime.Now.AddMonths(6) }; }");

    [Fact]
    public Task A_report_s_range() => Allows("class C { IEnumerable<Order> M(List<Order> orders, DateTime created) => orders.Where(o => created > DateTime.Now.AddDays(-30)); }");

    [Fact]
    public Task Utc_takes_its_place() => Fixes(
        "class C { bool IsExpired(Coupon coupon) => coupon.EndsAt < [|DateTime.Now|]; }",
        "class C { bool IsExpired(Coupon coupon) => coupon.EndsAt < DateTime.UtcNow; }");

    [Fact]
    public Task The_day_in_utc() => Fixes(
        "class C { bool IsExpired(Coupon coupon) => coupon.EndsAt < [|DateTime.Today|]; }",
        "class C { bool IsExpired(Coupon coupon) => coupon.EndsAt < DateTime.UtcNow.Date; }");

    [Fact]
    public Task The_clock_at_hand_takes_its_place() => Fixes(
        "class C(TimeProvider time) { bool IsExpired(Coupon coupon) => coupon.EndsAt < [|DateTime.Now|]; }",
        "class C(TimeProvider time) { bool IsExpired(Coupon coupon) => coupon.EndsAt < time.GetUtcNow().UtcDateTime; }");
}
