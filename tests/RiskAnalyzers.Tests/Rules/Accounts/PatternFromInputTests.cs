using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Accounts;

public sealed class PatternFromInputTests() : RuleTest("RISK3017")
{
    private const string Regexes = "using System.Text.RegularExpressions;\n";

    // The shapes of MongoDB's driver and of Dapper, which the tests do not reference.
    private const string Stores =
        """
        public class BsonRegularExpression(string pattern, string options = "") { public string Text => pattern + options; }
        public class FilterDefinitionBuilder<T> { public object Regex(Func<T, string> field, BsonRegularExpression pattern) => pattern; public object Eq(Func<T, string> field, string value) => value; }
        public static class SqlMapper { public static Task<T?> QueryFirstOrDefaultAsync<T>(this System.Data.IDbConnection connection, string sql, object? param = null) => Task.FromResult(default(T)); public static Task<IEnumerable<T>> QueryAsync<T>(this System.Data.IDbConnection connection, string sql, object? param = null) => Task.FromResult(Enumerable.Empty<T>()); }

        """;

    [Fact]
    public Task A_coupon_like_what_was_typed() => Flags("class C : ShopCode { public Task<Coupon?> FindCoupon(string code) => db.Coupons.FirstOrDefaultAsync(c => [|EF.Functions.Like(c.Code, code)|]); }");

    [Fact]
    public Task With_wildcards_around() => Flags("class C : ShopCode { public Task<Customer?> FindByEmail(string email) => db.Customers.FirstOrDefaultAsync(c => [|EF.Functions.Like(c.Email, $\"%{email}%\")|]); }");

    [Fact]
    public Task In_a_filter_before_the_end_of_the_query() => Flags("class C : ShopCode { public async Task<IActionResult> Apply(string code) { var coupon = await db.Coupons.Where(c => [|EF.Functions.Like(c.Code, code.Trim())|]).SingleOrDefaultAsync(); return coupon is null ? NotFound() : Ok(coupon.PercentOff); } }");

    [Fact]
    public Task Whether_there_is_one() => Flags("class C : ShopCode { public Task<bool> IsTaken(string email) => db.Customers.AnyAsync(c => [|EF.Functions.Like(c.Email, email)|]); }");

    [Fact]
    public Task A_local_holds_the_pattern() => Flags("class C : ShopCode { public async Task<bool> Redeem(string code) { var wanted = code + \"%\"; return await db.Coupons.AnyAsync(c => [|EF.Functions.Like(c.Code, wanted)|]); } }");

    [Fact]
    public Task A_query_in_two_steps() => Flags("class C : ShopCode { public async Task<Coupon?> Redeem(string code) { var query = db.Coupons.Where(c => [|EF.Functions.Like(c.Code, code)|]); return await query.FirstOrDefaultAsync(); } }");

    [Fact]
    public Task A_member_of_the_request() => Flags("record ApplyCouponRequest(string Code); class C : ShopCode { public async Task<IActionResult> Apply(ApplyCouponRequest request) => Ok(await db.Coupons.FirstAsync(c => [|EF.Functions.Like(c.Code, request.Code)|])); }");

    [Fact]
    public Task A_regular_expression_of_the_caller() => Flags(Regexes + "class C : ShopCode { public Coupon? Find(List<Coupon> coupons, string code) => coupons.FirstOrDefault(c => [|Regex.IsMatch(c.Code, code, RegexOptions.IgnoreCase)|]); }");

    [Fact]
    public Task A_regular_expression_built_around_it() => Flags(Regexes + "class C : ShopCode { public bool Matches(string stored, string token) => [|new Regex($\"^{token}$\")|].IsMatch(stored); }");

    [Fact]
    public Task A_document_by_expression() => Flags(Stores + "class C { readonly FilterDefinitionBuilder<Customer> _filter = new(); public object ByEmail(string email) => _filter.Regex(c => c.Email, [|new BsonRegularExpression($\"^{email}$\", \"i\")|]); }");

    [Fact]
    public Task Sql_that_likes_a_parameter() => Flags(Stores + "class C(System.Data.IDbConnection connection) { public Task<Customer?> ByEmail(string email) => connection.QueryFirstOrDefaultAsync<Customer>([|\"SELECT * FROM Customers WHERE Email LIKE @email\"|], new { email }); }");

    [Fact]
    public Task Sql_in_a_local() => Flags(Stores + "class C(System.Data.IDbConnection connection) { public Task<Coupon?> Redeem(string code) { const string sql = \"select * from coupons where code ILIKE @code limit 1\"; return connection.QueryFirstOrDefaultAsync<Coupon>([|sql|], new { code }); } }");

    [Fact]
    public Task Equality() => Allows("class C : ShopCode { public Task<Coupon?> FindCoupon(string code) => db.Coupons.FirstOrDefaultAsync(c => c.Code == code); }");

    [Fact]
    public Task A_page_that_searches() => Allows("class C : ShopCode { public Task<List<Product>> Search(string term) => db.Products.Where(p => EF.Functions.Like(p.Name, $\"%{term}%\")).ToListAsync(); }");

    [Fact]
    public Task A_list_under_another_name() => Allows("class C : ShopCode { public Task<List<Customer>> Customers(string name) => db.Customers.Where(c => EF.Functions.Like(c.Email, name + \"%\")).ToListAsync(); }");

    [Fact]
    public Task Escaped_text() => Allows("class C : ShopCode { static string Escape(string s) => s.Replace(\"%\", \"[%]\"); public Task<Coupon?> Find(string code) => db.Coupons.FirstOrDefaultAsync(c => EF.Functions.Like(c.Code, Escape(code))); }");

    [Fact]
    public Task An_escaped_expression() => Allows(Regexes + "class C : ShopCode { public Coupon? Find(List<Coupon> coupons, string code) => coupons.FirstOrDefault(c => Regex.IsMatch(c.Code, \"^\" + Regex.Escape(code) + \"$\", RegexOptions.IgnoreCase)); }");

    [Fact]
    public Task A_pattern_of_the_product() => Allows(Regexes + "class C : ShopCode { public bool IsCode(string code) => Regex.IsMatch(code, \"^[A-Z0-9]{8}$\"); }");

    [Fact]
    public Task A_helper_whose_pattern_is_its_own_business() => Allows(Regexes + "class C { public bool Matches(string input, string pattern) => Regex.IsMatch(input, pattern); }");

    [Fact]
    public Task A_constant_in_a_like() => Allows("class C : ShopCode { public Task<bool> HasSale(string code) => db.Coupons.AnyAsync(c => EF.Functions.Like(c.Code, \"SALE%\") && c.Code == code); }");

    [Fact]
    public Task A_pattern_from_the_settings() => Allows(Regexes + "class C : ShopCode { public bool IsAllowed(string email) => new Regex(config[\"Accounts:AllowedEmails\"]!).IsMatch(email); }");

    [Fact]
    public Task Text_that_contains_the_other() => Allows("class C : ShopCode { public Task<Product?> Find(string name) => db.Products.FirstOrDefaultAsync(p => p.Name.Contains(name)); }");

    [Fact]
    public Task Sql_that_lists() => Allows(Stores + "class C(System.Data.IDbConnection connection) { public Task<IEnumerable<Customer>> Search(string email) => connection.QueryAsync<Customer>(\"SELECT * FROM Customers WHERE Email LIKE @email\", new { email }); }");

    [Fact]
    public Task Sql_that_compares() => Allows(Stores + "class C(System.Data.IDbConnection connection) { public Task<Customer?> ByEmail(string email) => connection.QueryFirstOrDefaultAsync<Customer>(\"SELECT * FROM Customers WHERE Email = @email\", new { email }); }");

    [Fact]
    public Task A_document_by_equality() => Allows(Stores + "class C { readonly FilterDefinitionBuilder<Customer> _filter = new(); public object ByEmail(string email) => _filter.Eq(c => c.Email, email); }");

    [Fact]
    public Task A_rule_from_the_database() => Allows(Regexes + "class Blocked { public string Text { get; set; } = \"\"; } class C { public bool IsBlocked(string email, List<Blocked> rules) => rules.Any(r => Regex.IsMatch(email, r.Text)); }");

    [Fact]
    public Task A_helper_that_builds_its_own_pattern() => Allows(Regexes + "static class Links { public static bool Has(string text, string name) => Regex.IsMatch(text, name + \"=([a-f0-9]+)\"); }");
}
