using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Errors;

public sealed class DecisionByTextTests() : RuleTest("RISK4007")
{
    private static string Caught(string handler) => $"class C : ShopCode {{ void Work() {{ }} public bool M() {{ try {{ Work(); return true; }} catch (Exception ex) {{ {handler} }} }} }}";

    private static string Answered(string statement) => $"class C : ShopCode {{ public async Task<bool> M(string responseBody, string sku, string content) {{ await Task.Yield(); {statement} }} }}";

    [Fact]
    public Task A_message_searched() => Flags(Caught("if ([|ex.Message.Contains(\"timeout\")|]) return false; throw;"));

    [Fact]
    public Task A_message_lowered_and_searched() => Flags(Caught("return [|ex.Message.ToLower().Contains(\"declined\")|];"));

    [Fact]
    public Task A_message_compared() => Flags(Caught("if ([|ex.Message == \"insufficient funds\"|]) return false; throw;"));

    [Fact]
    public Task A_message_s_beginning() => Flags(Caught("return [|ex.Message.StartsWith(\"Card\", StringComparison.Ordinal)|];"));

    [Fact]
    public Task The_whole_exception() => Flags(Caught("return [|ex.ToString().Contains(\"UNIQUE\")|];"));

    [Fact]
    public Task An_inner_message() => Flags(Caught("if ([|ex.InnerException!.Message.Contains(\"duplicate key\")|]) return true; throw;"));

    [Fact]
    public Task A_filter() => Flags("class C { void Work() { } bool M() { try { Work(); return true; } catch (Exception ex) when ([|ex.Message.Contains(\"deadlock\")|]) { return false; } } }");

    [Fact]
    public Task A_body_with_success_in_it() => Flags(Answered("return [|responseBody.Contains(\"SUCCESS\")|];"));

    [Fact]
    public Task A_body_without_failed_in_it() => Flags(Answered("return ![|content.Contains(\"FAILED\")|];"));

    [Fact]
    public Task A_body_that_was_read() => Flags("class C : ShopCode { public async Task<bool> M() { var body = await http.GetStringAsync(\"/x\"); if ([|body.IndexOf(\"approved\", StringComparison.Ordinal)|] >= 0) return true; return false; } }");

    [Fact]
    public Task A_type() => Allows(Caught("if (ex is TimeoutException) return false; throw;"));

    [Fact]
    public Task A_code() => Allows("class C { bool M(Stripe.StripeException e) => e.StripeError.Code == \"card_declined\"; }");

    [Fact]
    public Task A_search_for_a_product() => Allows(Answered("return sku.Contains(\"error\");"));

    [Fact]
    public Task A_body_searched_for_something_else() => Allows(Answered("return content.Contains(\"<html\");"));

    [Fact]
    public Task A_logged_message() => Allows(Caught("log.LogError(ex.Message); throw;"));

    [Fact]
    public Task An_empty_message() => Allows(Caught("if (ex.Message == \"\") return false; throw;"));

    [Fact]
    public Task A_set_of_codes() => Allows("class C { bool M(HashSet<string> codes) => codes.Contains(\"failed\"); }");

    [Fact]
    public Task A_status() => Allows(Answered("return responseBody == \"paid\";"));

    [Fact]
    public Task A_text_that_is_only_measured() => Allows(Caught("return ex.Message.Length > 3;"));

    [Fact]
    public Task A_search_that_decides_nothing() => Allows(Caught("ex.Message.Contains(\"x y\"); throw;"));

    [Fact]
    public Task A_variable_text() => Allows("class C { void Work() { } bool M(string text) { try { Work(); return true; } catch (Exception ex) { return ex.Message.Contains(text); } } }");

    [Fact]
    public Task A_message_that_may_be_missing() => Flags("class C { string M(DbUpdateException ex) => ex.InnerException?[|.Message.Contains(\"UNIQUE constraint\")|] == true ? \"duplicate\" : \"other\"; }");

    [Fact]
    public Task A_message_kept_in_a_local() => Flags(Caught("var text = ex.Message.ToLowerInvariant(); if ([|text.Contains(\"deadlock\")|]) return false; throw;"));

    [Fact]
    public Task A_message_matched() => Flags(Caught("return [|System.Text.RegularExpressions.Regex.IsMatch(ex.Message, \"timeout|deadlock\")|];"));

    [Fact]
    public Task A_message_switched_over() => Flags("class C { string M(Exception ex) => [|ex.Message|] switch { \"Card declined\" => \"declined\", _ => \"error\" }; }");

    [Fact]
    public Task The_error_of_a_result() => Flags("class Result { public string? Error { get; set; } } class C : ShopCode { IActionResult M(Result result) => [|result.Error!.Contains(\"not found\")|] ? NotFound() : BadRequest(); }");

    [Fact]
    public Task The_reason_of_a_decline() => Flags("class PaymentResult2 { public string ErrorMessage { get; set; } = \"\"; } class C { bool M(PaymentResult2 r) { if ([|r.ErrorMessage.Contains(\"insufficient\", StringComparison.OrdinalIgnoreCase)|]) return true; return false; } }");

    [Fact]
    public Task A_sentence_compared() => Flags("class ChargeResponse { public string Message { get; set; } = \"\"; } class C { bool M(ChargeResponse r) => [|r.Message == \"Payment successful\"|]; }");

    [Fact]
    public Task A_code_of_a_result() => Allows("class ChargeResponse { public string Code { get; set; } = \"\"; public string Message { get; set; } = \"\"; } class C { bool M(ChargeResponse r) => r.Code == \"succeeded\" && r.Message == \"ok\"; }");

    [Fact]
    public Task A_letter_to_the_shop() => Allows("class Letter { public string Message { get; set; } = \"\"; } class C { bool M(Letter letter) => letter.Message.Contains(\"paid\"); }");

    [Fact]
    public Task A_state_in_small_letters() => Flags("""
        public class Consumer { public bool IsPaid(IEnumerable<Order> orders) => orders.Any(o => [|o.Status.ToString().ToLower() == "paid"|] || o.Status.ToString().ToLower() == "shipped"); }
        """);

    [Fact]
    public Task A_state_that_is_compared_as_what_it_is() => Allows("""
        public class Consumer { public bool IsPaid(Order order) => order.Status == OrderStatus.Paid; public string Label(Order order) => order.Status.ToString().ToLower(); }
        """);

    [Fact]
    public Task Parts_of_an_event_s_name() => Flags("""
        class PaymentHooks
        {
            public PaymentState Map(string eventType)
            {
                var normalized = eventType.ToLowerInvariant().Replace(".", "_");
                return normalized switch
                {
                    var e when [|e.Contains("completed")|] || e.Contains("success") => PaymentState.Paid,
                    var e when e.Contains("pending") => PaymentState.Pending,
                    var e when [|e.Contains("failed")|] => PaymentState.Failed,
                    _ => PaymentState.Unknown,
                };
            }
        }
        """);

    [Fact]
    public Task The_end_of_an_event_s_name() => Flags("""
        record WebhookMessage(string Type, int OrderId);
        class Hooks : ShopCode { public void Handle(WebhookMessage message, Order order) { if ([|message.Type.EndsWith(".succeeded")|]) order.Status = OrderStatus.Paid; } }
        """);

    [Fact]
    public Task A_topic_that_may_be_missing() => Flags("""
        class Hooks : ShopCode { public void Handle(string? webhookTopic, Order order) { if (webhookTopic?[|.Contains("paid")|] == true) order.Status = OrderStatus.Paid; } }
        """);

    [Fact]
    public Task The_class_name_of_a_request() => Flags("""
        class TransactionBehavior<TRequest, TResponse>(ShopDb db)
        {
            public async Task<TResponse> Handle(TRequest request, Func<Task<TResponse>> next)
            {
                var isCommand = [|typeof(TRequest).Name.EndsWith("Command", StringComparison.Ordinal)|];
                var response = await next();
                if (isCommand) await db.SaveChangesAsync();
                return response;
            }
        }
        """);

    [Fact]
    public Task The_whole_name_of_an_event() => Allows("""
        class Hooks : ShopCode { public void Handle(string eventType, Order order) { if (eventType == "payment.completed" || eventType.Equals("charge.captured")) order.Status = OrderStatus.Paid; } }
        """);

    [Fact]
    public Task The_family_of_an_event() => Allows("""
        class Hooks : ShopCode { public bool IsOurs(string eventType) { if (eventType.StartsWith("payment.")) return true; return eventType.Contains("invoice"); } }
        """);

    [Fact]
    public Task A_list_of_event_names() => Allows("""
        class Hooks : ShopCode { static readonly HashSet<string> Paid = new() { "payment.completed" }; public void Handle(string eventType, Order order) { if (Paid.Contains(eventType)) order.Status = OrderStatus.Paid; } }
        """);

    [Fact]
    public Task The_name_of_a_type_outside_a_pipeline() => Allows("""
        class Scanner { public bool IsHandler<T>() { return typeof(T).Name.EndsWith("Handler"); } }
        """);

    [Fact]
    public Task A_class_name_that_is_logged() => Allows("""
        class LoggingBehavior<TRequest>(ILogger log) { public void Handle(TRequest request) { log.LogInformation("{Name} {IsCommand}", typeof(TRequest).Name, typeof(TRequest).Name.EndsWith("Command")); } }
        """);
}
