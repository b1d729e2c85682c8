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
}
