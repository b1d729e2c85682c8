using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Money;

public sealed class MissingPriceIsFreeTests() : RuleTest("RISK1003")
{
    [Fact]
    public Task A_product_that_is_not_loaded() => Flags("class C { void M(Order order) => order.Total = order.Lines.Sum(l => ([|l.Product?.Price ?? 0m|]) * l.Quantity); }");

    [Fact]
    public Task A_product_that_is_not_found() => Flags("""
        class C : ShopCode
        {
            async Task<decimal> M(int id, int quantity)
            {
                var product = await db.Products.FindAsync(id);
                var unitPrice = [|product?.Price ?? 0|];
                return unitPrice * quantity;
            }
        }
        """);

    [Fact]
    public Task A_price_list_without_an_entry() => Flags("class C { decimal M(Dictionary<string, decimal> prices, string sku, int quantity) => ([|prices.TryGetValue(sku, out var price) ? price : 0m|]) * quantity; }");

    [Fact]
    public Task The_default_of_a_price_list() => Flags("class C { void M(Order order, Dictionary<int, decimal> unitPrices) { foreach (var line in order.Lines) order.Total += [|unitPrices.GetValueOrDefault(line.ProductId)|] * line.Quantity; } }");

    [Fact]
    public Task A_line_that_is_stored() => Flags("class C : ShopCode { void M(Order order, Product? product) { order.Lines.Add(new OrderLine { ProductId = 1, UnitPrice = [|product?.Price ?? 0m|] }); } }");

    [Fact]
    public Task A_charge_of_nothing() => Flags("class C : ShopCode { async Task M(Order? order, string token) { await gateway.ChargeAsync([|order?.Total ?? 0m|], token); } }");

    [Fact]
    public Task A_guess() => Flags("class C { decimal BasePrice { get; set; } void M(decimal? listPrice) { BasePrice = [|listPrice ?? 20.00m|]; } }");

    [Fact]
    public Task A_null_test_by_hand() => Flags("class C { decimal M(Product? product, int quantity) { decimal price = [|product == null ? 0 : product.Price|]; return price * quantity; } }");

    [Fact]
    public Task A_pattern() => Flags("class C { decimal Total { get; set; } void M(Product? p) { Total += [|p is not null ? p.Price : 0m|]; } }");

    [Fact]
    public Task A_query_that_finds_no_row() => Flags("""
        class C : ShopCode
        {
            async Task<decimal> M(int id, int quantity)
            {
                var price = await [|db.Products.Where(p => p.Id == id).Select(p => p.Price).FirstOrDefaultAsync()|];
                return price * quantity;
            }
        }
        """);

    [Fact]
    public Task A_method_that_answers_nothing_found_with_zero() => Flags("""
        class C : ShopCode
        {
            async Task<decimal> GetPriceAsync(int id)
            {
                var product = await db.Products.FirstOrDefaultAsync(p => p.Id == id);
                if (product == null)
                {
                    log.LogWarning("no product");
                    return [|0m|];
                }
                return product.Price;
            }
        }
        """);

    [Fact]
    public Task A_search_that_ends_with_zero() => Flags("""
        class C
        {
            decimal FindUnitPrice(List<Product> products, int id)
            {
                foreach (var product in products)
                {
                    if (product.Id == id)
                        return product.Price;
                }
                return [|0|];
            }
        }
        """);

    [Fact]
    public Task A_price_that_stays_at_its_initial_zero() => Flags("""
        class C : ShopCode
        {
            void M(Order order, OrderLine line)
            {
                decimal [|price = 0|];
                var product = db.Products.Find(line.ProductId);
                if (product != null)
                {
                    price = product.Price;
                }
                order.Total += price * line.Quantity;
            }
        }
        """);

    [Fact]
    public Task A_nullable_unwrapped_to_zero() => Flags("class C { decimal? SalePrice { get; set; } decimal M(int quantity) => [|SalePrice.GetValueOrDefault()|] * quantity; }");

    [Fact]
    public Task Cents_of_a_catalogue_service() => Flags("record Item(long PriceCents); class C { long M(Item? item, int quantity) => ([|item?.PriceCents ?? 0|]) * quantity; }");

    [Fact]
    public Task A_chain_of_fallbacks() => Flags("class C { decimal M(decimal? memberPrice, Product? product, int n) => (memberPrice ?? [|product?.Price ?? 0m|]) * n; }");

    [Fact]
    public Task The_argument_of_a_domain_method() => Flags("class Cart { public void AddItem(int id, decimal unitPrice) { } } class C { void M(Cart cart, Product? p) => cart.AddItem(1, [|p?.Price ?? 0m|]); }");

    [Fact]
    public Task A_price_method_that_answers_with_a_fallback() => Flags("class C { decimal GetUnitPrice(Product? product) => [|product?.Price ?? 0m|]; }");

    [Fact]
    public Task A_product_with_a_missing_price() => Flags("class C { decimal M(List<OrderLine> lines) => lines.Sum(l => [|l.Quantity * l.Product?.Price ?? 0|]); }");

    [Fact]
    public Task A_line_that_counts_nothing() => Flags("class C { decimal M(List<OrderLine> lines, Dictionary<int, Product> products) => lines.Sum(l => [|products.TryGetValue(l.ProductId, out var p) ? p.Price * l.Quantity : 0m|]); }");

    [Fact]
    public Task A_lambda_with_statements() => Flags("class C { decimal M(List<OrderLine> lines, List<Product> all) => lines.Sum(l => { var p = all.FirstOrDefault(x => x.Id == l.ProductId); return [|p == null ? 0 : p.Price * l.Quantity|]; }); }");

    [Fact]
    public Task A_branch_that_sets_zero() => Flags("class C : ShopCode { async Task<decimal> M(int id, int n) { decimal price; var product = await db.Products.FindAsync(id); if (product is null) { price = [|0m|]; } else { price = product.Price; } return price * n; } }");

    [Fact]
    public Task A_price_of_an_item_by_name() => Flags("class C : ShopCode { async Task<decimal> GetItemPrice(string sku) => [|(await db.Products.FirstOrDefaultAsync(p => p.Name == sku))?.Price ?? 0|]; }");

    [Fact]
    public Task Only_logged() => Flags("class C : ShopCode { decimal M(Product? p, int n) { var price = [|p?.Price ?? 0m|]; if (price == 0m) { log.LogWarning(\"no price\"); } return price * n; } }");

    [Fact]
    public Task A_charge_through_a_local() => Flags("class C : ShopCode { async Task M(Order? order, string token) { var amount = [|order?.Total ?? 0m|]; await gateway.ChargeAsync(amount, token); } }");

    [Fact]
    public Task Refused_in_one_branch_only() => Flags("class C : ShopCode { decimal M(decimal? listPrice, bool isGift, int qty) { if (isGift) { if (listPrice is null) throw new InvalidOperationException(); } return ([|listPrice ?? 0m|]) * qty; } }");

    [Fact]
    public Task Refused_in_one_case_only() => Flags("class C : ShopCode { decimal M(decimal? listPrice, OrderStatus status, int qty) { switch (status) { case OrderStatus.New when listPrice is null: return 1m; case OrderStatus.Paid: if (listPrice is null) throw new InvalidOperationException(); break; } return ([|listPrice ?? 0m|]) * qty; } }");

    [Fact]
    public Task Asked_again_a_few_times() => Flags("""
        class C : ShopCode
        {
            Task<decimal?> Ask(int id) => Task.FromResult<decimal?>(null);
            async Task<decimal> M(int id, int qty)
            {
                decimal? price = null;
                for (var i = 0; i < 3; i++)
                {
                    price = await Ask(id);
                    if (price != null)
                        break;
                }
                return ([|price ?? 0m|]) * qty;
            }
        }
        """);

    [Fact]
    public Task Asked_until_there_is_one() => Allows("""
        class C : ShopCode
        {
            Task<decimal?> Ask(int id) => Task.FromResult<decimal?>(null);
            async Task<decimal> M(int id, int qty)
            {
                decimal? price;
                while (true)
                {
                    price = await Ask(id);
                    if (price != null)
                        break;
                    await Task.Delay(100);
                }
                return (price ?? 0m) * qty;
            }
        }
        """);

    [Fact]
    public Task Asked_again_by_a_jump() => Allows("""
        class C
        {
            decimal? Ask(int id) => null;
            decimal M(int id, int qty)
            {
            again:
                var price = Ask(id);
                if (price == null)
                    goto again;
                return (price ?? 0m) * qty;
            }
        }
        """);

    [Fact]
    public Task A_switch_that_leaves_without_one() => Allows("class C { decimal M(decimal? price, int qty) { switch (price) { case null: throw new InvalidOperationException(\"no price\"); case > 1000m: qty = 1; break; } return (price ?? 0m) * qty; } }");

    [Fact]
    public Task A_refusal_before_something_is_put_away() => Allows("class C : ShopCode { IActionResult M(decimal? price, int qty) { try { if (price == null) return NotFound(); } finally { log.LogInformation(\"asked\"); } return Ok((price ?? 0m) * qty); } }");

    [Fact]
    public Task Refused_after_the_fallback() => Allows("class C : ShopCode { IActionResult Quote(decimal? listPrice, int qty) { var price = listPrice ?? 0m; if (price <= 0m) return BadRequest(\"no price\"); return Ok(price * qty); } }");

    [Fact]
    public Task Refused_before_it() => Allows("class C : ShopCode { IActionResult M(Product? product, int qty) { if (product == null) return NotFound(); return Ok((product?.Price ?? 0m) * qty); } }");

    [Fact]
    public Task Used_only_where_it_is_positive() => Allows("class C { decimal M(Product? p, int qty) { var price = p?.Price ?? 0m; decimal total = 0; if (price > 0) total = price * qty; return total; } }");

    [Fact]
    public Task Shipping_may_be_absent() => Allows("class C { decimal M(Order order) => order.Total + (order.ShippingCost ?? 0m); }");

    [Fact]
    public Task A_discount_may_be_absent() => Allows("class C { decimal M(decimal price, decimal? discountAmount, decimal? tip) => price - (discountAmount ?? 0m) + (tip ?? 0m); }");

    [Fact]
    public Task A_price_to_show() => Allows("class ProductViewModel { public decimal Price { get; set; } } class C { ProductViewModel M(Product? p) => new() { Price = p?.Price ?? 0m }; }");

    [Fact]
    public Task A_total_to_show() => Allows("record SoldLineDto(int Id, decimal LineTotal); class C { SoldLineDto M(OrderLine l) => new(l.Id, LineTotal: (l.Product?.Price ?? 0m) * l.Quantity); }");

    [Fact]
    public Task A_sum_of_nothing() => Allows("class C : ShopCode { async Task<decimal> GetTotalPriceAsync() => await db.Orders.SumAsync(o => (decimal?)o.Total) ?? 0m; }");

    [Fact]
    public Task An_order_of_rows() => Allows("class C { IEnumerable<OrderLine> M(List<OrderLine> lines) => lines.OrderBy(l => l.Product?.Price ?? 0m); }");

    [Fact]
    public Task A_filter() => Allows("class C { IEnumerable<OrderLine> M(List<OrderLine> lines, decimal? minPrice) => lines.Where(l => l.UnitPrice >= (minPrice ?? 0m)); }");

    [Fact]
    public Task A_text() => Allows("class C : ShopCode { void M(Product? p) => log.LogInformation(\"price {Price}\", p?.Price ?? 0m); }");

    [Fact]
    public Task A_throw() => Allows("class C { decimal M(Product? p, int qty) => (p?.Price ?? throw new InvalidOperationException()) * qty; }");

    [Fact]
    public Task A_quantity() => Allows("class C { decimal M(OrderLine? line) => (line?.Quantity ?? 0) * 2m; }");

    [Fact]
    public Task A_sentinel_that_nobody_takes_for_a_price() => Allows("class C { decimal GetPrice(Product? p) => p?.Price ?? -1m; }");

    [Fact]
    public Task Another_price_instead() => Allows("class C { decimal M(decimal? salePrice, Product p, int qty) => (salePrice ?? p.Price) * qty; }");

    [Fact]
    public Task A_charge_that_is_refused_when_empty() => Allows("class C : ShopCode { async Task M(Order? order, string token) { var amount = order?.Total ?? 0m; if (amount <= 0) throw new InvalidOperationException(); await gateway.ChargeAsync(amount, token); } }");

    [Fact]
    public Task A_branch_that_clears_a_filter() => Allows("class Filter { public decimal MinPrice { get; set; } } class C { Filter M(decimal? min) { var filter = new Filter(); if (min == null) filter.MinPrice = 0m; return filter; } }");

    [Fact]
    public Task A_cast_for_a_query_that_sums_nothing() => Allows("class C : ShopCode { Task<decimal> M() => db.Products.SumAsync(p => (decimal?)(p.Price * p.Stock) ?? decimal.Zero); }");

    [Fact]
    public Task A_field_of_a_form() => Allows("class TierModel { public decimal? Price { get; set; } } class C { void M(TierModel model, Product product) => product.Price = model.Price ?? 0; }");

    [Fact]
    public Task What_the_shop_paid_itself() => Allows("class P { public decimal? UnitCost { get; set; } } class C { decimal M(P p, int n) => (p.UnitCost ?? 0m) * n; }");

    [Fact]
    public Task A_price_of_an_empty_cart() => Allows("class C { decimal GetTotal(Order? cart) { if (cart == null) return 0m; return cart.Total; } }");

    [Fact]
    public Task A_price_that_starts_at_zero_and_is_always_set() => Allows("class C { decimal M(Product p, bool isMember, int qty) { decimal price = 0; if (isMember) price = p.Price * 0.9m; else price = p.Price; return price * qty; } }");

    [Fact]
    public Task A_throw_takes_the_place_of_zero() => Fixes(
        "class C { decimal M(OrderLine l) => ([|l.Product?.Price ?? 0m|]) * l.Quantity; }",
        "class C { decimal M(OrderLine l) => (l.Product?.Price ?? throw new InvalidOperationException(\"No price was found.\")) * l.Quantity; }");

    [Fact]
    public Task A_throw_in_a_price_list() => Fixes(
        "class C { decimal M(Dictionary<string, decimal> prices, string sku, int n) => ([|prices.TryGetValue(sku, out var price) ? price : 0m|]) * n; }",
        "class C { decimal M(Dictionary<string, decimal> prices, string sku, int n) => (prices.TryGetValue(sku, out var price) ? price : throw new InvalidOperationException(\"No price was found.\")) * n; }");

    [Fact]
    public Task A_line_of_a_cart_that_the_customer_is_shown() => Flags("""
        public class CartLine { public int Quantity { get; set; } public Product? Product { get; set; } }
        public record CartLineDto(string Name, decimal UnitPrice, decimal LineTotal);

        class Carts
        {
            public List<CartLineDto> Read(List<CartLine> lines) =>
                lines.Select(line => new CartLineDto(line.Product?.Name ?? "", line.Product?.Price ?? 0, ([|line.Product?.Price ?? 0|]) * line.Quantity)).ToList();
        }
        """);

    [Fact]
    public Task A_cart_that_is_summed_up_line_by_line() => Flags("""
        public class CartLine { public int Quantity { get; set; } public Product? Product { get; set; } }
        public record CartLineDto(string Name, decimal UnitPrice, decimal LineTotal);

        class Carts
        {
            public List<CartLineDto> Read(List<CartLine> lines)
            {
                var items = new List<CartLineDto>();
                foreach (var line in lines)
                {
                    var unit = [|line.Product?.Price ?? 0|];
                    var total = unit * line.Quantity;
                    items.Add(new CartLineDto(line.Product?.Name ?? "", unit, total));
                }
                return items;
            }
        }
        """);

    [Fact]
    public Task A_price_that_a_list_only_shows() => Allows("""
        public class WishLine { public int Quantity { get; set; } public Product? Product { get; set; } }
        public record WishLineDto(string Name, decimal UnitPrice, decimal LineTotal);

        class Wishes { public WishLineDto Read(WishLine line) => new(line.Product?.Name ?? "", line.Product?.Price ?? 0, (line.Product?.Price ?? 0) * line.Quantity); }
        """);

    [Fact]
    public Task A_case_with_a_name() => Allows("""
        enum InvoiceKind { Standard, TopUp }
        class Invoice { public decimal Price { get; set; } public InvoiceKind Kind { get; set; } }
        class C
        {
            void M(Invoice invoice, decimal? price, int n)
            {
                if (price is { } known) { invoice.Price = known; invoice.Kind = InvoiceKind.Standard; }
                else { invoice.Price = 0m; invoice.Kind = InvoiceKind.TopUp; }
            }
        }
        """);

    [Fact]
    public Task A_price_that_the_customer_names() => Allows("""
        enum ItemPriceType { Fixed, TopUp }
        class Item { public decimal? Price { get; set; } public ItemPriceType PriceType { get; set; } }
        class C : ShopCode { void M(Order order, Item item) => order.Lines.Add(new OrderLine { ProductId = 1, UnitPrice = item.Price ?? 0m }); }
        """);

    [Fact]
    public Task A_price_on_top() => Allows("class Storage { public decimal Price { get; set; } } class Plan { public Storage? Storage { get; set; } } class C { decimal M(Plan plan, int seats) { var additionalStoragePrice = plan.Storage?.Price ?? 0; return seats * 4m + additionalStoragePrice; } }");

    [Fact]
    public Task A_price_list_asked_with_a_short_name() => Flags("class C { decimal M(List<OrderLine> lines, IReadOnlyDictionary<int, decimal> prices) => lines.Sum(l => [|prices.TryGetValue(l.ProductId, out var p) ? p * l.Quantity : 0m|]); }");

    [Fact]
    public Task A_country_that_nobody_ships_to() => Flags("""
        public class Zone { public string Country { get; set; } = ""; public decimal Cost { get; set; } }
        class Shipping(List<Zone> zones, ILogger log)
        {
            public decimal GetShippingCost(string country)
            {
                try
                {
                    var zone = zones.Find(z => z.Country == country);
                    if (zone != null)
                        return zone.Cost;
                    log.LogWarning("{Country} is not served", country);
                    return [|0m|];
                }
                catch (Exception ex)
                {
                    log.LogError(ex, "shipping");
                    throw;
                }
            }
            public decimal DeliveryFee(Zone? zone) { if (zone is null) return [|0m|]; return zone.Cost; }
        }
        """);

    [Fact]
    public Task Free_shipping_that_somebody_decided() => Allows("""
        class Shipping
        {
            public decimal GetShippingCost(decimal subtotal) { if (subtotal >= 50m) return 0m; return 4.99m; }
            public decimal ShippingDiscount(Coupon? coupon) { if (coupon == null) return 0m; return coupon.PercentOff; }
        }
        """);
}
