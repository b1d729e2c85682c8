using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Money;

public sealed class FormulaInExportTests() : RuleTest("RISK1016")
{
    private const string Types = """

        public record Tenant(int Id, string FirstName, string LastName, string Email, decimal Rent);
        public record Payment(int Id, string CustomerName, decimal Amount, string? Notes, DateTime PaidAt);
        public class EmailAddress { public string Value { get; set; } = ""; }
        public record Account(Guid Id, EmailAddress Email);
        public record CatalogProduct(int Id, string Name, string Sku);
        """;

    [Fact]
    public Task A_line_of_a_builder() => Flags("""
        class Reports { void Add(StringBuilder csv, Tenant t) => csv.AppendLine($"{t.Id},{[|t.FirstName|]},{t.LastName},{t.Email},{t.Rent}"); }
        """ + Types);

    [Fact]
    public Task A_method_named_for_the_file() => Flags("""
        class Reports
        {
            public byte[] ExportPaymentsToCsv(List<Payment> payments)
            {
                var builder = new StringBuilder("Id,Customer,Amount\n");
                foreach (var payment in payments)
                    builder.AppendLine($"{payment.Id};{payment.Amount};{[|payment.Notes|]}");
                return Encoding.UTF8.GetBytes(builder.ToString());
            }
        }
        """ + Types);

    [Fact]
    public Task Quotes_alone_stop_no_formula() => Flags("""
        class Reports { string CsvLine(Payment p) => $"{p.Id},\"{[|p.CustomerName.Replace("\"", "\"\"")|]}\",{p.Amount}"; }
        """ + Types);

    [Fact]
    public Task A_line_in_several_pieces() => Flags("""
        class Reports
        {
            void Add(StringBuilder csv, Account a, Payment p) => csv.AppendLine($"{a.Id}," +
                $"\"{[|a.Email.Value|]}\"," +
                $"{p.Notes ?? ""}");
        }
        """ + Types);

    [Fact]
    public Task Fields_that_are_joined() => Flags("""
        class CsvExporter { IEnumerable<string> Lines(List<Payment> payments) => payments.Select(p => string.Join(",", p.Id.ToString(), [|p.CustomerName|], p.Amount.ToString(CultureInfo.InvariantCulture))); }
        """ + Types);

    [Fact]
    public Task Fields_that_are_joined_from_an_array() => Flags("""
        class CsvExporter { string Line(Tenant t) => string.Join(";", new[] { t.Id.ToString(), [|t.LastName|], t.Email }); }
        """ + Types);

    [Fact]
    public Task Fields_that_are_appended() => Flags("""
        class Reports { void Add(StringBuilder csv, Payment p) { csv.Append(p.Id); csv.Append(','); csv.Append([|p.CustomerName|]); csv.Append(p.Amount); } }
        """ + Types);

    [Fact]
    public Task A_name_put_together_first() => Flags("""
        class Reports { void Add(StringBuilder csv, Tenant t) { var customerName = $"{t.FirstName} {t.LastName}"; csv.AppendLine($"{t.Id},{[|customerName|]},{t.Rent}"); } }
        """ + Types);

    [Fact]
    public Task A_helper_that_only_quotes() => Flags("""
        class Reports
        {
            private static string EscapeCsvValue(string value)
            {
                if (string.IsNullOrEmpty(value))
                    return "";
                if ([|value.Contains(',') || value.Contains('\n') || value.Contains('"')|])
                    return $"\"{value.Replace("\"", "\"\"")}\"";
                return value;
            }
        }
        """);

    [Fact]
    public Task A_helper_in_one_expression() => Flags("""
        static class Texts { public static string [|QuoteForCsv|](string field) => "\"" + field.Replace("\"", "\"\"") + "\""; }
        """);

    [Fact]
    public Task A_helper_with_a_choice() => Flags("""
        static class Texts { public static string CsvField(string? field) => field is null ? "" : [|field.Contains(",")|] ? $"\"{field}\"" : field; }
        """);

    [Fact]
    public Task A_stream_that_is_written() => Flags("""
        class Reports { async Task WriteCsv(StreamWriter writer, List<Payment> payments) { foreach (var p in payments) await writer.WriteLineAsync($"{p.Id},{[|p.CustomerName|]},{p.PaidAt:O}"); } }
        """ + Types);

    [Fact]
    public Task A_helper_that_stops_formulas() => Allows("""
        class Reports
        {
            static string Csv(string value) => value.Length > 0 && "=+-@".Contains(value[0]) ? "'" + value : value;
            private static string EscapeCsv(string value)
            {
                if (value.Length > 0 && (value[0] == '=' || value[0] == '@'))
                    value = "'" + value;
                return value.Contains(',') ? $"\"{value}\"" : value;
            }
            void Add(StringBuilder csv, Payment p) => csv.AppendLine($"{p.Id},{EscapeCsv(p.CustomerName)},{Csv(p.Notes ?? "")}");
        }
        """ + Types);

    [Fact]
    public Task Numbers_dates_and_states() => Allows("""
        class Reports { void Add(StringBuilder csv, Order o, Payment p) => csv.AppendLine($"{o.Id},{o.Status},{p.Amount},{p.PaidAt:yyyy-MM-dd},{o.Currency}"); }
        """ + Types);

    [Fact]
    public Task Names_of_the_shops_own_products() => Allows("""
        class Reports { void Add(StringBuilder csv, CatalogProduct product) => csv.AppendLine($"{product.Id},{product.Name},{product.Sku}"); }
        """ + Types);

    [Fact]
    public Task A_sentence_that_is_no_file() => Allows("""
        class Mails { string Greeting(Tenant t) => $"Dear {t.FirstName} {t.LastName}, your rent is {t.Rent}"; string Places(List<string> names) => string.Join(",", names); }
        """ + Types);

    [Fact]
    public Task A_log_about_the_export() => Allows("""
        class CsvExporter(ILogger<CsvExporter> log) { void Done(Tenant t) => log.LogInformation($"exported {t.Id}, {t.FirstName}"); }
        """ + Types);

    [Fact]
    public Task An_error_about_the_import() => Allows("""
        class CsvImporter { void Refuse(Payment p) => throw new InvalidOperationException($"bad line, {p.CustomerName}"); }
        """ + Types);

    [Fact]
    public Task The_header_line() => Allows("""
        class Reports { const string NameColumn = "Name"; void Start(StringBuilder csv) => csv.AppendLine($"Id,{NameColumn},Amount"); }
        """);

    [Fact]
    public Task A_library_that_writes_the_fields() => Allows("""
        class CsvWriter { public void WriteField(string value) { } }
        class Reports { void Add(CsvWriter csv, Payment p) { csv.WriteField(p.CustomerName); csv.WriteField(p.Notes ?? ""); } }
        """ + Types);

    [Fact]
    public Task A_local_that_a_helper_made() => Allows("""
        class Reports
        {
            string Safe(string value) => value;
            void Add(StringBuilder csv, Payment p) { var customerName = Safe(p.CustomerName); csv.AppendLine($"{p.Id},{customerName}"); }
        }
        """ + Types);

    [Fact]
    public Task A_helper_for_something_else() => Allows("""
        static class Texts { public static string EscapeSql(string value) => value.Replace("\"", "\"\""); public static string CsvHeader(int n) => "a,b"; public static bool IsCsvSafe(string v) => !v.Contains(','); }
        """);

    [Fact]
    public Task The_name_of_the_file() => Allows("""
        class Reports { string CsvFileName(string reportFileName) => $"{reportFileName}-{DateTime.UtcNow:yyyyMMdd}.csv"; }
        """);

    [Fact]
    public Task A_field_that_is_made_of_several() => Allows("""
        class Reports
        {
            static string Escape(string value) => value.Length > 0 && "=+-@".Contains(value[0]) ? "'" + value : value;
            byte[] ExportToCsv(List<Tenant> tenants)
            {
                var rows = tenants.Select(t => new { t.Id, TenantName = $"{t.FirstName} {t.LastName}" }).ToList();
                var lines = tenants.Select(t => $"{t.Id},{Escape($"{t.LastName}, {t.FirstName}")}");
                return Encoding.UTF8.GetBytes(string.Join("\n", lines) + rows.Count);
            }
        }
        """ + Types);

    [Fact]
    public Task A_file_that_an_endpoint_answers() => Flags("""
        public class ReportsController : ControllerBase
        {
            [HttpGet]
            public IActionResult Export(List<Payment> payments)
            {
                var sb = new StringBuilder();
                foreach (var p in payments)
                    sb.AppendLine($"{p.Id},{[|p.CustomerName|]},{p.Amount}");
                return File(Encoding.UTF8.GetBytes(sb.ToString()), "text/csv", "payments.csv");
            }
        }
        """ + Types);
}
