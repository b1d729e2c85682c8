namespace RiskAnalyzers.Tests.Rules.Errors;

/// <summary>Somebody else's text in an exception that endpoints answer with.</summary>
public sealed partial class ExceptionTextToClientTests
{
    private static string Service(string handler, string type = "RefundService", string exception = "GatewayException") => $$"""
        namespace Gateway { public class GatewayException : System.Net.WebException { } }
        public class BadRequestException(string message, Exception? inner = null) : Exception(message, inner);
        public class {{type}}(IPaymentGateway gateway, HttpClient http, ILogger<{{type}}> log)
        {
            public async Task<string> Refund(string charge)
            {
                try { await Task.Yield(); return gateway.ToString() + http + charge; }
                catch ({{exception}} ex) { log.LogError(ex, "Refund failed"); {{handler}} }
            }
        }
        """;

    [Fact]
    public Task A_provider_s_text_in_an_invalid_operation() => Flags(Service("throw new InvalidOperationException($\"Refund failed: {[|ex.Message|]}\", ex);", exception: "WebException"));

    [Fact]
    public Task A_database_s_text_in_an_exception_of_the_product() => Flags(Service("throw new BadRequestException(\"Could not save: \" + [|ex.Message|]);", exception: "DbUpdateException"));

    [Fact]
    public Task Any_text_in_an_exception_of_the_product() => Flags(Service("throw new BadRequestException(string.Format(\"Refund {0} failed: {1}\", charge, [|ex.Message|]), ex);", exception: "Exception"));

    [Fact]
    public Task The_inner_text_of_a_lambda() => Flags("""
        public class PaymentException(string message) : Exception(message);
        public static class Payments { public static Func<Task> Safe(Func<Task> pay) => async () => { try { await pay(); } catch (HttpRequestException ex) { throw new PaymentException($"Payment refused ({[|ex.Message|]})"); } }; }
        """);

    [Fact]
    public Task The_answer_of_a_provider() => Flags("""
        public class CourierService(HttpClient http)
        {
            public async Task<Stream> Label(string id)
            {
                var answer = await http.GetAsync("/labels/" + id);
                if (!answer.IsSuccessStatusCode)
                {
                    var body = await answer.Content.ReadAsStringAsync();
                    throw new HttpRequestException($"Label of {id} failed with {answer.StatusCode}. Body: {[|body|]}");
                }
                return await answer.Content.ReadAsStreamAsync();
            }
        }
        """);

    [Fact]
    public Task An_answer_that_is_handed_to_a_factory_of_text() => Flags("""
        public class CheckoutException(int status, string text) : Exception(text) { public int Status => status; }
        public class CheckoutService(HttpClient http)
        {
            public async Task Pay(string order)
            {
                var answer = await http.PostAsync("/pay/" + order, null);
                var error = await answer.Content.ReadAsStringAsync();
                if (!answer.IsSuccessStatusCode) throw new CheckoutException((int)answer.StatusCode, "Refused: " + [|error|]);
            }
        }
        """);

    [Fact]
    public Task A_text_of_its_own_with_the_cause_inside() => Allows(Service("throw new InvalidOperationException(\"Refund failed\", ex);", exception: "Exception"));

    [Fact]
    public Task A_text_that_the_product_wrote() => Allows(Service("throw new InvalidOperationException($\"Refund failed: {ex.Message}\", ex);", exception: "BadRequestException"));

    [Fact]
    public Task A_text_about_the_argument() => Allows(Service("throw new BadRequestException($\"Wrong charge: {ex.Message}\");", exception: "FormatException"));

    [Fact]
    public Task A_seeder_that_stops() => Allows(Service("throw new InvalidOperationException($\"Seeding failed: {ex.Message}\", ex);", type: "OrderSeeder", exception: "Exception"));

    [Fact]
    public Task The_client_of_a_provider_speaks_to_code() => Allows("""
        public class CarrierException(string text) : Exception(text);
        public class CarrierHttpClient(HttpClient http)
        {
            public async Task Ship(string order)
            {
                var answer = await http.PostAsync("/ship/" + order, null);
                var body = await answer.Content.ReadAsStringAsync();
                if (!answer.IsSuccessStatusCode) throw new CarrierException(body);
            }
        }
        """);

    [Fact]
    public Task The_status_alone() => Allows("""
        public class CourierService(HttpClient http, ILogger<CourierService> log)
        {
            public async Task Ship(string order)
            {
                var answer = await http.PostAsync("/ship/" + order, null);
                var body = await answer.Content.ReadAsStringAsync();
                log.LogError("Courier said {Body}", body);
                if (!answer.IsSuccessStatusCode) throw new HttpRequestException($"Courier answered {answer.StatusCode}");
            }
        }
        """);

    [Fact]
    public Task The_last_arm_of_a_switch() => Flags(Types + """
        class NotFoundFailure(string text) : Exception(text);
        class ProblemMiddleware { static ErrorResponse Make(Exception exception) => exception switch { NotFoundFailure missing => new ErrorResponse { Detail = missing.Message }, _ => new ErrorResponse { Detail = [|exception.Message|] } }; }
        """);

    [Fact]
    public Task A_hub_that_tells_everything() => Flags("static class Setup { static void Add(IServiceCollection services) => services.AddSignalR(options => { [|options.EnableDetailedErrors = true|]; }); }");

    [Fact]
    public Task A_hub_that_tells_developers() => Allows("static class Setup { static void Add(IServiceCollection services, IHostEnvironment environment) => services.AddSignalR(options => { options.EnableDetailedErrors = environment.IsDevelopment(); if (environment.IsDevelopment()) options.EnableDetailedErrors = true; }); }");

    [Fact]
    public Task A_setting_that_stops_the_start() => Allows("""
        public class ConfigException(string text) : Exception(text);
        public class ConnectionFactory { public async Task Open(Func<Task> open) { try { await open(); } catch (TimeoutException ex) { throw new ConfigException("Cannot open: " + ex.Message); } } }
        """);
}
