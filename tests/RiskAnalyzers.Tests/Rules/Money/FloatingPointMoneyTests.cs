using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Money;

public sealed class FloatingPointMoneyTests() : RuleTest("RISK1008")
{
    [Fact]
    public Task A_property() => Flags("class Cart { public double [|Subtotal|] { get; set; } }");

    [Fact]
    public Task A_nullable_property() => Flags("class Cart { public double? [|ShippingFee|] { get; set; } }");

    [Fact]
    public Task A_float() => Flags("class Cart { public float [|unit_price|]; }");

    [Fact]
    public Task A_record_s_parameter() => Flags("record Line(string Sku, double [|UnitPrice|]);");

    [Fact]
    public Task A_parameter() => Flags("class Gateway { public void Charge(double [|amount|], string token) { } }");

    [Fact]
    public Task A_return_value() => Flags("class Pricing { public double [|CalculateTotal|]() => 1; }");

    [Fact]
    public Task An_awaited_return_value() => Flags("class Pricing { public Task<double> [|GetPriceAsync|](int id) => Task.FromResult(1d); }");

    [Fact]
    public Task A_local() => Flags("class Pricing { public void M() { double [|total|] = 0; total += 1; } }");

    [Fact]
    public Task An_inferred_local() => Flags("class Pricing { public void M() { var [|discountAmount|] = 0.5; _ = discountAmount; } }");

    [Fact]
    public Task A_list_of_prices() => Flags("class Pricing { public double[] [|Prices|] { get; set; } = []; }");

    [Fact]
    public Task A_cast_of_an_amount() => Flags("class Stats { public void M(Order order) { Send([|(double)order.Total|]); } void Send(double x) { } }");

    [Fact]
    public Task A_converted_amount() => Flags("class Stats { public void M(Order order) { Send([|Convert.ToDouble(order.Total)|]); } void Send(double x) { } }");

    [Fact]
    public Task A_constructor_s_parameter() => Flags("class Invoice { public Invoice(double [|amountDue|]) { } }");

    [Fact]
    public Task A_dictionary_of_prices() => Flags("class Pricing { private readonly Dictionary<string, double> [|_prices|] = new(); public List<float> [|Amounts|] { get; } = new(); }");

    [Fact]
    public Task A_line_s_total() => Flags("class Line { public double [|LineTotal|] => 2; public float [|ItemPrice|]; }");

    [Fact]
    public Task A_parameter_of_a_handler() => Flags("class C { void M(WebApplication app) => app.MapPost(\"/pay\", (double [|amount|], string token) => token); }");

    [Fact]
    public Task A_local_function() => Flags("class C { object M() { return TotalPrice(1); double [|TotalPrice|](double [|unitPrice|]) => unitPrice * 2; } }");

    [Fact]
    public Task A_text_read_as_double() => Flags("class C { void M(string amountText) { Send([|double.Parse(amountText)|]); } void Send(double x) { } }");

    [Fact]
    public Task An_amount_read_into_a_variable() => Flags("class C { bool M(string amountText) => double.TryParse(amountText, out var [|amount|]) && amount > 0; }");

    [Fact]
    public Task An_out_variable() => Flags("class C { bool M(string input) => double.TryParse(input, out var [|price|]) && price > 0; }");

    [Fact]
    public Task Decimal_takes_its_place() => Fixes(
        "class Cart { public double [|Subtotal|] { get; set; } }",
        "class Cart { public decimal Subtotal { get; set; } }");

    [Fact]
    public Task Its_initial_value_becomes_decimal_too() => Fixes(
        "class Cart { public double? [|Fee|] { get; set; } = 4.90; }",
        "class Cart { public decimal? Fee { get; set; } = 4.90m; }");

    [Fact]
    public Task Decimal_money() => Allows("class Cart { public decimal Subtotal { get; set; } public decimal? Fee; }");

    [Fact]
    public Task Seconds() => Allows("class Timing { public double TotalSeconds { get; set; } }");

    [Fact]
    public Task A_weight() => Allows("class Parcel { public double TotalWeightKg { get; set; } public double Weight { get; set; } }");

    [Fact]
    public Task A_score() => Allows("class Fraud { public double PaymentRiskScore { get; set; } public float DiscountRatio { get; set; } }");

    [Fact]
    public Task A_percentage() => Allows("class Discount { public double DiscountPercentage { get; set; } public double TaxRate { get; set; } }");

    [Fact]
    public Task A_count() => Allows("class Stats { public double PaymentCount { get; set; } public double TotalItems { get; set; } }");

    [Fact]
    public Task Coordinates() => Allows("class Store { public double Latitude { get; set; } public double Longitude { get; set; } }");

    [Fact]
    public Task Words_that_only_contain_money_words() => Allows("class Battery { public double Discharge { get; set; } public double Costume { get; set; } public double Priceless { get; set; } }");

    [Fact]
    public Task A_cast_of_something_else() => Allows("class Stats { public void M(decimal temperature) { Send((double)temperature); } void Send(double x) { } }");

    [Fact]
    public Task A_metric() => Allows("class Stats { public void M(Order order, System.Diagnostics.Metrics.Histogram<double> h) => h.Record((double)order.Total); }");

    [Fact]
    public Task An_override_that_cannot_choose() => Allows("abstract class A { protected abstract object Get(); } class B : A { protected override object Get() => 1d; }");

    [Fact]
    public Task A_query_over_ratings() => Allows("class C { double M(List<double> scores) => scores.Select(total => total * 2).Sum(); Dictionary<string, double> Weights = new(); }");

    [Fact]
    public Task A_conversion_that_an_operator_demands() => Allows("class Fee { public decimal Value { get; } public static explicit operator double(Fee fee) => Convert.ToDouble(fee.Value); }");

    [Fact]
    public Task A_cast_of_a_percentage() => Allows("class C { float M(decimal chargePercentage) => (float)chargePercentage; }");

    [Fact]
    public Task A_price_filter_that_may_be_missing_is_reported_where_it_is_declared() =>
        Flags("class Search { public decimal? From() { double? [|minPrice|] = null; return minPrice.HasValue ? (decimal)minPrice.Value : null; } }");

    [Fact]
    public Task A_tolerance() => Allows("class Store { public double PaymentTolerance { get; set; } }");

    [Fact]
    public Task Averages_of_ratings() => Allows("class Reviews { public double AverageRating { get; set; } public double Progress { get; set; } }");

    private const string Wire = """

        [System.CodeDom.Compiler.GeneratedCode("protoc", "1.0")]
        public sealed partial class QuoteReply { public double UnitPrice { get; set; } public double Weight { get; set; } public string Name { get; set; } = ""; }
        """;

    [Fact]
    public Task A_price_that_a_generated_contract_sends_as_a_double() => Flags("""
        class Basket
        {
            public record Line(string Name, decimal Price);
            public List<Line> Read(List<QuoteReply> replies) => replies.Select(reply => new Line(reply.Name, [|(decimal)reply.UnitPrice|])).ToList();
        }
        """ + Wire.Replace("double UnitPrice", "double [|UnitPrice|]"));

    [Fact]
    public Task A_price_from_the_wire_that_is_converted() => Flags("""
        class Basket { public decimal Sum(QuoteReply reply, int quantity) { var unitPrice = [|Convert.ToDecimal(reply.UnitPrice)|]; return unitPrice * quantity; } }
        """ + Wire.Replace("double UnitPrice", "double [|UnitPrice|]"));

    [Fact]
    public Task A_weight_from_the_wire() => Allows("""
        class Basket { public decimal Weigh(QuoteReply reply) => (decimal)reply.Weight; }
        [System.CodeDom.Compiler.GeneratedCode("protoc", "1.0")] public class QuoteReply { public double Weight { get; set; } }
        """);
}
