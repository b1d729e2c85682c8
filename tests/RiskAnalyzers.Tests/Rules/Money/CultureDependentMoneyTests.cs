using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Money;

public sealed class CultureDependentMoneyTests() : RuleTest("RISK1013")
{
    [Fact]
    public Task A_price_from_a_file() => Flags("""
        class PriceImport
        {
            public decimal Read(string line)
            {
                var columns = line.Split(';');
                return [|decimal.Parse(columns[2])|];
            }
        }
        """);

    [Fact]
    public Task TryParse_of_a_setting() => Flags("""
        class Limits(IConfiguration config)
        {
            public decimal Max => [|decimal.TryParse(config["Checkout:MaxAmount"], out var max)|] ? max : 500m;
        }
        """);

    [Fact]
    public Task Convert_of_a_text() => Flags(
        "class C { decimal Amount(Dictionary<string, string> answer) => [|Convert.ToDecimal(answer[\"amount\"])|]; }");

    [Fact]
    public Task A_double_that_becomes_a_price() => Flags(
        "class C { void Read(string text) { var price = [|double.Parse(text)|]; Console.WriteLine(price); } }");

    [Fact]
    public Task Number_styles_are_no_culture() => Flags(
        "class C { decimal Total(string s) => [|decimal.Parse(s, NumberStyles.AllowDecimalPoint)|]; }");

    [Fact]
    public Task A_null_provider_is_the_current_culture() => Flags(
        "class C { decimal Total(string s) => [|decimal.Parse(s, null)|]; }");

    [Fact]
    public Task An_amount_for_a_provider() => Flags("""
        record Money { public string Value { get; init; } = ""; public string CurrencyCode { get; init; } = ""; }

        class PayPalMapper
        {
            public Money Map(Order order) => new() { CurrencyCode = order.Currency, Value = [|order.Total.ToString("F2")|] };
        }
        """);

    [Fact]
    public Task A_currency_sign_in_a_mail() => Flags("""
        class ReceiptMail
        {
            public string Body(Order order) => $"<p>Order {order.Id}, total [|{order.Total:C}|]</p>";
        }
        """);

    [Fact]
    public Task A_signature_over_an_interpolated_amount() => Flags("""
        class Signer
        {
            public byte[] Sign(Order order, byte[] key)
            {
                var payload = $"{order.Id}|[|{order.Total}|]|{order.Currency}";
                return HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(payload));
            }
        }
        """);

    [Fact]
    public Task A_hash_over_a_concatenation() => Flags("""
        class PayTr
        {
            public string Token(string orderId, decimal paymentAmount, string salt)
            {
                var hashInput = orderId + [|paymentAmount|] + salt;
                return Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(hashInput)));
            }
        }
        """);

    [Fact]
    public Task A_line_of_a_csv_export() => Flags("""
        class Export
        {
            public string Csv(IEnumerable<Order> orders)
            {
                var builder = new StringBuilder();
                foreach (var order in orders)
                    builder.AppendLine($"{order.Id};[|{order.Total:0.00}|];{order.Status}");
                return builder.ToString();
            }
        }
        """);

    [Fact]
    public Task An_address_with_an_amount_in_it() => Flags("""
        class Redirects
        {
            public string ReturnUrl(decimal amount)
            {
                var url = $"https://pay.example/start?amount=[|{amount}|]";
                return url;
            }
        }
        """);

    [Fact]
    public Task String_format_with_a_currency_format_in_a_text_message() => Flags(
        "class C { string ReminderSms(decimal total) => [|string.Format(\"Please pay {0:C2} today\", total)|]; }");

    [Fact]
    public Task Fields_of_a_csv_line_whatever_the_receiver_is_called() => Flags("""
        class Reports
        {
            public void Add(StringBuilder builder, Order order) => builder.AppendLine($"{order.Id},\"{order.CustomerId}\",[|{order.Total}|],{order.Status}");
        }
        """);

    [Fact]
    public Task A_csv_that_is_filled_field_by_field() => Flags("""
        class Reports
        {
            public void Add(StringBuilder csv, Order order)
            {
                csv.Append(order.Id).Append(',');
                csv.Append([|order.Total.ToString("N2")|]);
            }
        }
        """);

    [Fact]
    public Task Parts_of_an_idempotency_key() => Flags("""
        record Item(int ProductId, int Quantity, decimal UnitPrice);
        class Basket
        {
            public string Hash(List<Item> items) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join("|", items.Select(i => $"{i.ProductId}:{i.Quantity}:[|{i.UnitPrice}|]")))));
        }
        """);

    [Fact]
    public Task An_amount_out_of_a_provider_s_json() => Flags(
        "class C { decimal Rate(JsonElement answer) => [|decimal.Parse(answer.GetProperty(\"total_price\").GetString()!)|]; }");

    [Fact]
    public Task A_dictionary_of_form_fields() => Flags("""
        class Form
        {
            public Dictionary<string, string> Fields(Order order)
            {
                var fields = new Dictionary<string, string>();
                fields["amount"] = [|order.Total.ToString()|];
                return fields;
            }
        }
        """);

    [Fact]
    public Task A_nullable_amount() => Flags(
        "record Dto { public string? ShippingCost { get; init; } } class C { Dto Map(Order o) => new() { ShippingCost = o.ShippingCost?[|.ToString(\"0.00\")|] }; }");

    [Fact]
    public Task A_text_that_is_hashed_later() => Flags("""
        class Signer
        {
            public string Sign(Order order, string secret)
            {
                var data = $"{order.Id}[|{order.Total}|]{secret}";
                using var sha = SHA256.Create();
                return Convert.ToHexString(sha.ComputeHash(Encoding.UTF8.GetBytes(data)));
            }
        }
        """);

    [Fact]
    public Task A_culture_is_given() => Allows("""
        class C
        {
            decimal Read(string s) => decimal.Parse(s, CultureInfo.InvariantCulture);
            decimal? Try(string s) => decimal.TryParse(s, NumberStyles.Number, CultureInfo.InvariantCulture, out var d) ? d : null;
            decimal Convert_(string s) => Convert.ToDecimal(s, CultureInfo.GetCultureInfo("de-DE"));
            string Write(decimal amount) => amount.ToString("F2", CultureInfo.InvariantCulture);
        }
        """);

    [Fact]
    public Task The_current_culture_on_purpose() => Allows(
        "class C { string Label(decimal price) => price.ToString(\"C\", CultureInfo.CurrentCulture); }");

    [Fact]
    public Task An_invariant_interpolation() => Allows(
        "class C { string Payload(int id, decimal amount) => FormattableString.Invariant($\"{id}|{amount}\"); }");

    [Fact]
    public Task An_interpolation_created_with_a_culture() => Allows(
        "class C { string Payload(int id, decimal amount) => string.Create(CultureInfo.InvariantCulture, $\"{id}|{amount:F2}\"); }");

    [Fact]
    public Task A_builder_that_is_given_a_culture() => Allows(
        "class C { void Csv(StringBuilder csv, decimal total) => csv.Append(CultureInfo.InvariantCulture, $\"{total:0.00};\"); }");

    [Fact]
    public Task A_log_message() => Allows(
        "class C(ILogger<C> logger) { void Paid(Order o) => logger.LogInformation($\"Order {o.Id} paid {o.Total:C}\"); }");

    [Fact]
    public Task The_text_of_an_exception() => Allows(
        "class C { void Check(decimal amount) { if (amount > 500m) throw new InvalidOperationException($\"Amount {amount:F2} is above the limit\"); } }");

    [Fact]
    public Task The_reason_of_a_failure() => Allows("""
        record Result(bool Ok, string? Error) { public static Result Fail(string error) => new(false, error); }
        class C { Result Check(decimal amount) => Result.Fail($"Amount {amount:F2} is above the limit"); }
        """);

    [Fact]
    public Task ToString_for_the_debugger() => Allows(
        "record Price(decimal Amount, string Currency) { public override string ToString() => $\"{Amount:F2} {Currency}\"; }");

    [Fact]
    public Task Whole_numbers() => Allows(
        "class C { int Quantity(string s) => int.Parse(s); string Id(int priceId) => priceId.ToString(); string Cents(long amountCents) => $\"amount={amountCents}\"; }");

    [Fact]
    public Task A_boxed_number_from_a_reader() => Allows(
        "class C { decimal Price(System.Data.IDataReader reader) => Convert.ToDecimal(reader[\"price\"]); }");

    [Fact]
    public Task A_price_label() => Allows(
        "static class Prices { public static string FormatPrice(decimal price) => price.ToString(\"C\"); public static string Label(decimal total) => string.Format(\"Total: {0:C2}\", total); }");

    [Fact]
    public Task Groups_of_digits_for_readers() => Allows("""
        class PriceFormatter
        {
            public string Format(decimal amount, string currency) => string.Format("{0} ({1})", amount.ToString("N"), currency);
            public string Short(decimal amount, string currency) => $"{amount:N} ({currency})";
        }
        """);

    [Fact]
    public Task A_property_of_a_page_s_model() => Allows("""
        class AdjustmentModel { public string PriceAdjustment { get; set; } = ""; public string TotalStr { get; set; } = ""; }
        class C { AdjustmentModel Map(Product p) => new() { PriceAdjustment = p.Price.ToString("F2"), TotalStr = p.Price.ToString() }; }
        """);

    [Fact]
    public Task What_a_shopper_typed() => Allows("""
        class AddToCartModel { public string CustomerEnteredPrice { get; set; } = ""; }
        class C : ShopCode
        {
            decimal? Own(AddToCartModel model) => decimal.TryParse(model.CustomerEnteredPrice, out var price) ? price : null;
            decimal? Posted(IFormCollection form, string key) => decimal.TryParse(form[key], out var price) ? price : null;
            decimal? Field(string[] value) => decimal.TryParse(value.FirstOrDefault(), out var price) ? price : null;
        }
        """);

    [Fact]
    public Task The_limits_of_a_search() => Allows("""
        record SearchCommand(string From, string To);
        record Filter(string MinPrice);
        class C { decimal Min(Filter f) => decimal.TryParse(f.MinPrice, out var min) ? min : 0m; }
        """);

    [Fact]
    public Task A_sentence_with_an_amount_and_a_colon() => Allows(
        "class C { string Describe(decimal total, decimal tax, int n) => $\"{n} items: {total:N2} incl. {tax:N2}\"; }");

    [Fact]
    public Task The_weight_of_a_parcel() => Allows(
        "class C { decimal Read(string weight) => decimal.Parse(weight); double Lat(string lat) => double.Parse(lat); }");

    [Fact]
    public Task An_unformatted_amount_in_a_sentence() => Allows(
        "class C { string Describe(decimal total) => $\"You pay {total}\"; }");

    [Fact]
    public Task A_duration() => Allows(
        "class C { string Url(double seconds) => $\"/wait?seconds={seconds:F2}\"; }");

    [Fact]
    public Task The_fix_reads_by_the_invariant_culture() => Fixes(
        "class C { decimal Read(string s) => [|decimal.Parse(s)|]; }",
        "class C { decimal Read(string s) => decimal.Parse(s, CultureInfo.InvariantCulture); }");

    [Fact]
    public Task The_fix_keeps_the_number_style_of_TryParse() => Fixes(
        "class C { decimal? Try(string s) => [|decimal.TryParse(s, out var price)|] ? price : null; }",
        "class C { decimal? Try(string s) => decimal.TryParse(s, NumberStyles.Number, CultureInfo.InvariantCulture, out var price) ? price : null; }");

    [Fact]
    public Task The_fix_writes_by_the_invariant_culture() => Fixes(
        "record Dto { public string Amount { get; init; } = \"\"; } class C { Dto Map(Order o) => new() { Amount = [|o.Total.ToString()|] }; }",
        "record Dto { public string Amount { get; init; } = \"\"; } class C { Dto Map(Order o) => new() { Amount = o.Total.ToString(CultureInfo.InvariantCulture) }; }");

    [Fact]
    public Task The_fix_makes_an_interpolation_invariant() => Fixes(
        "class C { string Payload(int id, decimal amount) { var payload = $\"{id}|[|{amount:F2}|]\"; return payload; } }",
        "class C { string Payload(int id, decimal amount) { var payload = FormattableString.Invariant($\"{id}|{amount:F2}\"); return payload; } }");

    [Fact]
    public Task Two_places_in_a_sentence() => Allows("class C { string Tell(decimal total) => \"You pay \" + total.ToString(\"F2\") + \" today\"; }");

    [Fact]
    public Task The_body_of_a_mail_in_plain_digits() => Allows("class C { string EmailBody(Order o) => \"<p>Total: \" + o.Total.ToString(\"F2\") + \" \" + o.Currency + \"</p>\"; void Send(Order o) { var htmlBody = $\"<p>{o.Total:N2}</p>\"; Console.WriteLine(htmlBody); } }");
}
