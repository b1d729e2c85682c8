using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Money;

public sealed class RelabelledAmountTests() : RuleTest("RISK1019")
{
    private const string Types = """

        public class Tariff { public string Currency { get; set; } = ""; public decimal Price { get; set; } }
        public class Variant { public int Id { get; set; } public decimal Price { get; set; } public decimal? OldPrice { get; set; } public List<Tariff> Prices { get; set; } = new(); }
        public class Basket { public int Id { get; set; } public string CurrencyCode { get; set; } = ""; public List<OrderLine> Items { get; set; } = new(); }
        public class Quote { public decimal Total { get; set; } public string Currency { get; set; } = ""; public int Lines { get; set; } }
        public class Visitor { public int Id { get; set; } public string Currency { get; set; } = ""; public string Name { get; set; } = ""; }
        public interface ICurrencies { string Current(); decimal Convert(decimal amount, string currency); Task<Quote> FindAsync(int id); }
        public class PaymentIntentUpdateOptions { public long? Amount { get; set; } public string? Currency { get; set; } public string? Description { get; set; } }
        """;

    [Fact]
    public Task A_base_price_where_the_currency_has_none() => Flags(
        "class C { decimal PriceOf(Variant v, string currency) => v.Prices.FirstOrDefault(p => p.Currency == currency)?.Price ?? [|v.Price|]; }" + Types);

    [Fact]
    public Task The_same_in_two_steps() => Flags("""
        class C
        {
            decimal PriceOf(Variant variant, string currency)
            {
                var row = variant.Prices.SingleOrDefault(p => string.Equals(p.Currency, currency) || p.Currency == currency);
                return row != null ? row.Price : [|variant.Price|];
            }
        }
        """ + Types);

    [Fact]
    public Task The_other_way_round() => Flags("""
        class C
        {
            decimal LinePrice(Variant variant, Basket basket)
            {
                var tariff = variant.Prices.Find(p => p.Currency == basket.CurrencyCode);
                var unit = tariff is null ? [|variant.Price|] : tariff.Price;
                return unit * 2;
            }
        }
        """ + Types);

    [Fact]
    public Task A_projection() => Flags(
        "class C { decimal? PriceOf(Variant v, string currency) => v.Prices.Where(p => p.Currency == currency).Select(p => (decimal?)p.Price).FirstOrDefault() ?? [|v.Price|]; }" + Types);

    [Fact]
    public Task A_basket_that_changes_its_currency() => Flags("""
        [ApiController]
        public class BasketController(ICurrencies currencies) : ShopCode
        {
            [HttpPost] public IActionResult Update([FromBody] Basket basket) { [|basket.CurrencyCode = currencies.Current()|]; return Ok(basket); }
        }
        """ + Types);

    [Fact]
    public Task A_quote_that_was_loaded() => Flags("""
        class C(ICurrencies quotes)
        {
            async Task<Quote> Switch(int id, string currency)
            {
                var quote = await quotes.FindAsync(id);
                [|quote.Currency = currency|];
                return quote;
            }
        }
        """ + Types);

    [Fact]
    public Task An_order_that_is_moved_to_another_store() => Flags(
        "class C(ShopDb db) { async Task Move(int id, Basket target) { var order = await db.Orders.FirstAsync(o => o.Id == id); [|order.Currency = target.CurrencyCode|]; await db.SaveChangesAsync(); } }" + Types);

    [Fact]
    public Task All_orders_of_a_customer() => Flags(
        "class C(ShopDb db) { async Task Rename(string customer, string currency) { foreach (var order in await db.Orders.Where(o => o.CustomerId == customer).ToListAsync()) [|order.Currency = currency|]; await db.SaveChangesAsync(); } }");

    [Fact]
    public Task A_literal_currency() => Flags(
        "class C { void Normalise(Quote quote) { [|quote.Currency = \"EUR\"|]; } }" + Types);

    [Fact]
    public Task An_intent_that_keeps_its_currency() => Flags(
        "class C { PaymentIntentUpdateOptions Update(decimal amount, string currency) => new [|PaymentIntentUpdateOptions|] { Amount = (long)(amount * 100m), Description = \"cart\" }; }" + Types);

    [Fact]
    public Task An_intent_that_is_updated_for_an_order() => Flags(
        "class C { void Update(Order order) { var options = new [|PaymentIntentUpdateOptions|] { Amount = (long)decimal.Round(order.Total * 100m) }; options.ToString(); } }" + Types);

    [Fact]
    public Task A_currency_that_is_refused() => Allows(
        "class C { decimal PriceOf(Variant v, string currency) => v.Prices.FirstOrDefault(p => p.Currency == currency)?.Price ?? throw new InvalidOperationException(currency); }" + Types);

    [Fact]
    public Task A_price_that_is_converted() => Allows(
        "class C(ICurrencies c) { decimal PriceOf(Variant v, string currency) => v.Prices.FirstOrDefault(p => p.Currency == currency)?.Price ?? c.Convert(v.Price, currency); }" + Types);

    [Fact]
    public Task A_price_that_was_looked_up_by_its_size() => Allows(
        "class C { decimal PriceOf(Variant v, decimal least) => v.Prices.FirstOrDefault(p => p.Price > least)?.Price ?? v.Price; }" + Types);

    [Fact]
    public Task Two_prices_of_one_currency() => Allows(
        "class C { decimal PriceOf(Variant v) => v.OldPrice ?? v.Price; decimal? Any(Variant v, string a, string b) => v.Prices.FirstOrDefault(p => p.Currency == a)?.Price ?? v.Prices.FirstOrDefault(p => p.Currency == b)?.Price; }" + Types);

    [Fact]
    public Task A_quote_that_is_made_here() => Allows(
        "class C { Quote Make(string currency) { var quote = new Quote(); quote.Currency = currency; return quote; } }" + Types);

    [Fact]
    public Task A_quote_that_is_priced_again() => Allows(
        "class C { void Switch(Quote quote, string currency, decimal total) { quote.Total = total; quote.Currency = currency; } }" + Types);

    [Fact]
    public Task Amounts_that_are_converted() => Allows(
        "class C(ICurrencies c) { void Switch(Basket basket, string currency) { foreach (var line in basket.Items) line.UnitPrice = c.Convert(line.UnitPrice, currency); basket.CurrencyCode = currency; } }" + Types);

    [Fact]
    public Task A_currency_in_capitals() => Allows(
        "class C { void Tidy(Quote quote) { quote.Currency = quote.Currency.Trim().ToUpperInvariant(); } }" + Types);

    [Fact]
    public Task A_currency_that_was_missing() => Allows(
        "class C { void Fill(Quote quote, string currency) { if (string.IsNullOrEmpty(quote.Currency)) quote.Currency = currency; } }" + Types);

    [Fact]
    public Task A_visitor_who_chooses() => Allows(
        "class C(ShopDb db) { async Task Choose(Visitor visitor, string currency) { visitor.Currency = currency; await db.SaveChangesAsync(); } }" + Types);

    [Fact]
    public Task An_entity_that_sets_its_own() => Allows(
        "public class Invoice { public decimal Total { get; private set; } public string Currency { get; private set; } = \"\"; public Invoice(decimal total, string currency) { Total = total; Currency = currency; } }");

    [Fact]
    public Task An_intent_with_both() => Allows(
        "class C { PaymentIntentUpdateOptions Update(long cents, string currency) => new PaymentIntentUpdateOptions { Amount = cents, Currency = currency }; PaymentIntentUpdateOptions Describe(string currency) => new() { Description = currency }; }" + Types);

    [Fact]
    public Task A_shop_of_one_currency() => Allows(
        "class C { PaymentIntentUpdateOptions Update(long cents) => new PaymentIntentUpdateOptions { Amount = cents }; }" + Types);
}
