using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Money;

/// <summary>What looks like the risk and is none.</summary>
public sealed partial class SkippedLineTests
{
    [Fact]
    public Task A_missing_product_is_refused() => Allows("""
        class Checkout(ShopDb db)
        {
            public async Task<decimal> TotalAsync(Order order)
            {
                decimal total = 0;
                foreach (var line in order.Lines)
                {
                    var product = await db.Products.FindAsync(line.ProductId);
                    if (product == null)
                        throw new InvalidOperationException($"Product {line.ProductId} is gone");
                    total += product.Price * line.Quantity;
                }
                return total;
            }
        }
        """);

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
    public Task A_skip_that_is_logged() => Allows("""
        class C(ILogger<C> logger)
        {
            public void Restock(Order order)
            {
                foreach (var line in order.Lines)
                {
                    if (line.Product is null)
                    {
                        logger.LogWarning("Line {Line} has no product", line.Id);
                        continue;
                    }
                    line.Product.Stock += line.Quantity;
                }
            }
        }
        """);

    [Fact]
    public Task An_else_that_answers() => Allows("""
        class C
        {
            public (decimal Total, int Unknown) Total(Order order)
            {
                var (total, unknown) = (0m, 0);
                foreach (var line in order.Lines)
                {
                    if (line.Product != null)
                        total += line.Product.Price;
                    else
                        unknown++;
                }
                return (total, unknown);
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
    public Task A_discount_that_a_line_need_not_have() => Allows("""
        record Line(decimal Price, Coupon? Discount);

        class C
        {
            public decimal Total(List<Line> lines)
            {
                var total = 0m;
                foreach (var line in lines)
                {
                    total += line.Price;
                    if (line.Discount != null)
                        total -= line.Price * line.Discount.PercentOff / 100m;
                }
                return total;
            }
        }
        """);

    [Fact]
    public Task A_loop_that_only_shows() => Allows("""
        record CartRow(string Name, decimal Price);

        class C
        {
            public List<CartRow> Rows(Order order)
            {
                var rows = new List<CartRow>();
                foreach (var line in order.Lines)
                {
                    if (line.Product == null) continue;
                    rows.Add(new CartRow(line.Product.Name, line.Product.Price));
                }
                return rows;
            }
        }
        """);

    [Fact]
    public Task Grouping_by_hand() => Allows("""
        class C
        {
            public Dictionary<int, decimal> Totals(Order order)
            {
                var totals = new Dictionary<int, decimal>();
                foreach (var line in order.Lines)
                {
                    if (!totals.ContainsKey(line.ProductId))
                        totals[line.ProductId] = 0m;
                    totals[line.ProductId] += line.UnitPrice;
                }
                return totals;
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
    public Task Counting_other_things() => Allows("""
        class C
        {
            public int Reviews(List<Product> products, Dictionary<int, List<int>> stars)
            {
                var count = 0;
                foreach (var product in products)
                {
                    if (!stars.TryGetValue(product.Id, out var given)) continue;
                    count += given.Count;
                }
                return count;
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
    public Task Containers_that_need_not_hold_the_item() => Allows("""
        record ShipmentItem(int OrderItemId, int Quantity);
        record Shipment(List<ShipmentItem> Items);
        class C
        {
            int TotalShipped(OrderLine line, List<Shipment> shipments)
            {
                var totalQuantity = 0;
                for (var i = 0; i < shipments.Count; i++)
                {
                    var shipment = shipments[i];
                    var mine = shipment.Items.FirstOrDefault(x => x.OrderItemId == line.Id);
                    if (mine != null)
                        totalQuantity += mine.Quantity;
                }
                foreach (var parcel in shipments)
                {
                    var mine = parcel.Items.FirstOrDefault(x => x.OrderItemId == line.Id);
                    if (mine != null)
                        totalQuantity += mine.Quantity;
                }
                return totalQuantity;
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
