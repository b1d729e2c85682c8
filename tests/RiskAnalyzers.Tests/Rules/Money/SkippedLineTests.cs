using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Money;

public sealed partial class SkippedLineTests() : RuleTest("RISK1015")
{
    [Fact]
    public Task A_product_that_cannot_be_found() => Flags("""
        class Checkout(ShopDb db)
        {
            public async Task<decimal> TotalAsync(Order order)
            {
                decimal total = 0;
                foreach (var line in order.Lines)
                {
                    var product = await db.Products.FindAsync(line.ProductId);
                    if ([|product == null|])
                        continue;
                    total += product.Price * line.Quantity;
                }
                return total;
            }
        }
        """);

    [Fact]
    public Task A_branch_without_an_else() => Flags("""
        class Checkout
        {
            public decimal Subtotal(Order order, List<Product> products)
            {
                var subtotal = 0m;
                foreach (var line in order.Lines)
                {
                    var product = products.FirstOrDefault(p => p.Id == line.ProductId);
                    if ([|product != null|])
                    {
                        subtotal += product.Price * line.Quantity;
                    }
                }
                return subtotal;
            }
        }
        """);

    [Fact]
    public Task A_price_list_without_the_item() => Flags("""
        class Pricing
        {
            public decimal Sum(Order order, Dictionary<int, decimal> priceById)
            {
                decimal sum = 0m, total = 0m;
                foreach (var line in order.Lines)
                {
                    if ([|!priceById.TryGetValue(line.ProductId, out var price)|]) continue;
                    total = total + price * line.Quantity;
                }
                return total + sum;
            }
        }
        """);

    [Fact]
    public Task Stock_that_does_not_suffice() => Flags("""
        class Reservation
        {
            public void Reserve(Order order, Dictionary<int, Product> catalogue)
            {
                foreach (var line in order.Lines)
                {
                    var product = catalogue[line.ProductId];
                    if ([|product.Stock < line.Quantity|])
                    {
                        continue;
                    }
                    product.Stock -= line.Quantity;
                }
            }
        }
        """);

    [Fact]
    public Task Stock_that_is_only_taken_where_there_is_enough() => Flags("""
        class Reservation
        {
            public void Reserve(Order order)
            {
                foreach (var line in order.Lines)
                    if ([|line.Product is { } product|])
                        product.Stock -= line.Quantity;
            }
        }
        """);

    [Fact]
    public Task A_refund_without_the_payment() => Flags("""
        record Payment(string Reference, decimal Amount);

        class Returns(IPaymentGateway gateway)
        {
            public async Task RefundAsync(Order order, IReadOnlyDictionary<int, Payment> payments)
            {
                foreach (var line in order.Lines)
                {
                    var payment = payments.GetValueOrDefault(line.Id);
                    if ([|payment is null|]) continue;
                    await gateway.RefundAsync(payment.Reference, payment.Amount, "refund-" + line.Id);
                }
            }
        }
        """);

    [Fact]
    public Task An_order_with_a_line_less() => Flags("""
        record CartItem(int ProductId, int Quantity);

        class Placing(ShopDb db)
        {
            public async Task<Order> PlaceAsync(IEnumerable<CartItem> cart)
            {
                var order = new Order();
                foreach (var item in cart)
                {
                    var product = await db.Products.SingleOrDefaultAsync(p => p.Id == item.ProductId);
                    if ([|product is null|])
                    {
                        continue;
                    }
                    order.Lines.Add(new OrderLine { ProductId = product.Id, UnitPrice = product.Price, Quantity = item.Quantity });
                }
                return order;
            }
        }
        """);

    [Fact]
    public Task A_price_that_is_absent() => Flags("""
        record Line(decimal? Price, int Quantity);

        class C
        {
            public decimal Total(List<Line> lines)
            {
                decimal total = 0;
                for (var i = 0; i < lines.Count; i++)
                {
                    if ([|!lines[i].Price.HasValue|]) continue;
                    total += lines[i].Price!.Value * lines[i].Quantity;
                }
                return total;
            }
        }
        """);

    [Fact]
    public Task A_tax_rate_that_nobody_has() => Flags("""
        record TaxRule(decimal Rate);

        class Taxes
        {
            public decimal Tax(Order order, Dictionary<int, TaxRule> taxRates)
            {
                var tax = 0m;
                foreach (var line in order.Lines)
                {
                    if ([|taxRates.TryGetValue(line.ProductId, out var found)|])
                        tax += line.UnitPrice * line.Quantity * found.Rate;
                }
                return tax;
            }
        }
        """);

    [Fact]
    public Task Half_of_a_condition() => Flags("""
        class C
        {
            public void Restock(Order order)
            {
                foreach (var line in order.Lines)
                {
                    if (line.Quantity == 0 || [|line.Product == null|]) continue;
                    line.Product.Stock += line.Quantity;
                }
            }
        }
        """);

    private static string OrderWith(string body) => $$"""
        public class Bill
        {
            private readonly List<OrderLine> lines = new();
            public void AddOrderItem(int productId, decimal price, int quantity)
            {
                {{body}}
            }
        }
        """;

    [Fact]
    public Task A_second_line_of_the_same_product() => Flags(OrderWith("var exists = lines.Any(l => l.ProductId == productId); if ([|!exists|]) { lines.Add(new OrderLine { ProductId = productId, UnitPrice = price, Quantity = quantity }); }"));

    [Fact]
    public Task A_second_line_that_was_searched() => Flags(OrderWith("if ([|lines.FirstOrDefault(l => l.ProductId == productId) == null|]) lines.Add(new OrderLine { ProductId = productId, UnitPrice = price, Quantity = quantity });"));

    [Fact]
    public Task Too_little_stock_in_a_pattern() => Flags("class C { void M(Order order, List<Product> products) { foreach (var line in order.Lines) { var p = products.FirstOrDefault(x => x.Id == line.ProductId); if ([|p is { Stock: > 0 }|]) { p.Stock -= line.Quantity; } } } }");

    [Fact]
    public Task Lines_whose_product_is_not_in_the_catalogue() => Flags("class C { decimal M(List<OrderLine> lines, List<Product> products) => lines.Where(l => [|products.Any(p => p.Id == l.ProductId)|]).Sum(l => products.First(p => p.Id == l.ProductId).Price * l.Quantity); }");

    [Fact]
    public Task A_skip_that_is_recorded() => Allows("""
        class C
        {
            public decimal Total(Order order, List<int> missing)
            {
                var total = 0m;
                foreach (var line in order.Lines)
                {
                    if (line.Product == null) { missing.Add(line.ProductId); continue; }
                    total += line.Product.Price * line.Quantity;
                }
                return total;
            }
        }
        """);

    [Fact]
    public Task An_empty_item_is_empty_by_definition() => Allows("""
        class C
        {
            public decimal Total(Order order)
            {
                var total = 0m;
                foreach (var line in order.Lines)
                {
                    if (line.Quantity <= 0 || line.UnitPrice == 0) continue;
                    total += line.UnitPrice * line.Quantity;
                }
                return total;
            }
        }
        """);

    [Fact]
    public Task A_null_element_of_a_list() => Allows("""
        class C
        {
            public decimal Total(List<OrderLine?> lines)
            {
                var total = 0m;
                foreach (var line in lines)
                {
                    if (line == null) continue;
                    total += line.UnitPrice;
                }
                return total;
            }
        }
        """);

    [Fact]
    public Task A_check_before_the_loop() => Allows("""
        class C
        {
            public decimal Total(Order? order)
            {
                if (order == null) return 0m;
                var total = 0m;
                foreach (var line in order.Lines)
                    total += line.UnitPrice;
                return total;
            }
        }
        """);

    [Fact]
    public Task A_width_and_a_surcharge() => Allows("""
        class C
        {
            decimal GetTotalWidth(List<OrderLine> lines) => lines.Where(l => l.Product != null).Sum(l => l.Product!.Price);
            decimal GetShippingSurcharge(List<OrderLine> lines) { var charge = 0m; foreach (var line in lines) { if (line.Product != null) { charge += line.Product.Price; } } return charge; }
        }
        """);

    [Fact]
    public Task Figures_for_a_report() => Allows("""
        class InvoiceStatsItem { public decimal Price { get; set; } }
        class C { void M(List<OrderLine> lines, List<Product> products, List<InvoiceStatsItem> stats) { foreach (var line in lines) { var product = products.FirstOrDefault(p => p.Id == line.ProductId); if (product == null) continue; stats.Add(new InvoiceStatsItem { Price = line.UnitPrice }); } } }
        """);

    [Fact]
    public Task A_second_line_that_is_added_up() => Allows(OrderWith("var line = lines.FirstOrDefault(l => l.ProductId == productId); if (line is null) lines.Add(new OrderLine { ProductId = productId, UnitPrice = price, Quantity = quantity }); else line.Quantity += quantity;"));

    [Fact]
    public Task A_second_line_that_is_refused() => Allows(OrderWith("if (lines.Any(l => l.ProductId == productId)) throw new InvalidOperationException(\"twice\"); lines.Add(new OrderLine { ProductId = productId, UnitPrice = price, Quantity = quantity });"));

    [Fact]
    public Task A_list_of_favourites() => Allows("public class Wishes { private readonly List<int> products = new(); public void AddProduct(int productId) { if (!products.Any(p => p == productId)) products.Add(productId); } }");

    [Fact]
    public Task Lines_that_somebody_chose() => Allows("class C { decimal M(List<OrderLine> lines, List<int> chosen) => lines.Where(l => chosen.Any(c => c == l.Id)).Sum(l => l.UnitPrice * l.Quantity); }");
}
