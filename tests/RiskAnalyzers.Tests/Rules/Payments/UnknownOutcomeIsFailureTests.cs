using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Payments;

public sealed class UnknownOutcomeIsFailureTests() : RuleTest("RISK2014")
{
    private const string Types = """
        public enum PayStatus { Unknown, Pending, Succeeded, Failed }
        public record Outcome(bool IsSuccess, string? Error = null) { public PayStatus Status { get; init; } public static Outcome Failure(string error) => new(false, error); public static Outcome Ok() => new(true); }
        public class Payment { public int Id { get; set; } public PayStatus Status { get; set; } public string? State { get; set; } public void MarkAsFailed(string reason) { } }

        """;

    private static string Service(string members) => Types + "public class CheckoutService(ShopDb db, IPaymentGateway gateway, ILogger log, HttpClient http, Stripe.PaymentIntentService intents) { " + members + " }";

    [Fact]
    public Task A_catch_all_that_answers_failed() => Flags(Service("""
        public async Task<Outcome> PayAsync(Order order, string token)
        {
            try { var r = await gateway.ChargeAsync(order.Total, token); return new Outcome(r.Success); }
            catch (Exception ex) { log.LogError(ex, "charge"); return new Outcome([|false|], "Payment failed"); }
        }
        """));

    [Fact]
    public Task A_status_in_the_result() => Flags(Service("""
        public async Task<Outcome> PayAsync(Order order, string token)
        {
            try { var r = await gateway.ChargeAsync(order.Total, token); return new Outcome(r.Success); }
            catch (HttpRequestException) { return new Outcome([|false|]) { Status = PayStatus.Failed }; }
        }
        """));

    [Fact]
    public Task A_time_out_that_marks_the_payment() => Flags(Service("""
        public async Task SettleAsync(Payment payment, Order order, string token)
        {
            try { await gateway.ChargeAsync(order.Total, token); }
            catch (TaskCanceledException) { payment.Status = [|PayStatus.Failed|]; await db.SaveChangesAsync(); }
        }
        """));

    [Fact]
    public Task A_refund_that_answers_false() => Flags(Service("""
        public async Task<bool> RefundOrderAsync(string reference, decimal amount)
        {
            try { return (await gateway.RefundAsync(reference, amount)).Success; }
            catch { [|return false;|] }
        }
        """));

    [Fact]
    public Task A_factory_of_failures() => Flags(Service("""
        public async Task<Outcome> PayAsync(Order order, string token)
        {
            try { return (await gateway.ChargeAsync(order.Total, token)).Success ? Outcome.Ok() : Outcome.Failure("declined"); }
            catch (TimeoutException) { [|return Outcome.Failure("timeout");|] }
        }
        """));

    [Fact]
    public Task A_method_of_the_entity() => Flags(Service("""
        public async Task ChargeAsync(Payment payment, decimal amount, string token)
        {
            try { await gateway.ChargeAsync(amount, token); }
            catch (Exception ex) { [|payment.MarkAsFailed(ex.GetType().Name)|]; }
        }
        """));

    [Fact]
    public Task The_provider_s_library() => Flags(Service("""
        public async Task<Outcome> ProcessPaymentAsync(long cents)
        {
            try { var intent = await intents.CreateAsync(new Stripe.PaymentIntentCreateOptions { Amount = cents, Currency = "eur", Confirm = true }); return new Outcome(intent.Status == "succeeded"); }
            catch (Stripe.StripeException) { return new Outcome(false, "declined"); }
            catch (Exception) { return new Outcome([|false|], "unexpected"); }
        }
        """));

    [Fact]
    public Task A_post_to_the_provider() => Flags(Service("""
        public async Task<Outcome> CapturePaymentAsync(string id)
        {
            try { var answer = await http.PostAsync($"/v2/payments/{id}/capture", null); return new Outcome(answer.IsSuccessStatusCode); }
            catch (HttpRequestException) { return new Outcome([|false|]) { Status = PayStatus.Failed }; }
        }
        """));

    [Fact]
    public Task A_status_in_words() => Flags(Service("""
        public async Task PayAsync(Payment payment, decimal amount, string token)
        {
            try { await gateway.ChargeAsync(amount, token); payment.State = "paid"; }
            catch (Exception) { payment.State = [|"failed"|]; }
            await db.SaveChangesAsync();
        }
        """));

    [Fact]
    public Task An_order_that_is_cancelled() => Flags(Service("""
        public async Task PlaceAsync(Order order, string token)
        {
            try { await gateway.ChargeAsync(order.Total, token); order.Status = OrderStatus.Paid; }
            catch (OperationCanceledException) { order.Status = [|OrderStatus.Cancelled|]; }
            await db.SaveChangesAsync();
        }
        """));

    [Fact]
    public Task A_tuple() => Flags(Service("""
        public async Task<(bool ok, string? error)> PayAsync(Order order, string token)
        {
            try { var r = await gateway.ChargeAsync(order.Total, token); return (r.Success, r.Error); }
            catch (Exception ex) { log.LogWarning(ex, "no answer"); [|return (false, "failed");|] }
        }
        """));

    [Fact]
    public Task The_shop_s_own_work_in_the_same_try() => Flags(Service("""
        public async Task<Outcome> PayAsync(Order order, string token)
        {
            try { var r = await gateway.ChargeAsync(order.Total, token); order.Status = OrderStatus.Paid; await db.SaveChangesAsync(); return new Outcome(r.Success); }
            [|catch|] (Exception ex) { log.LogError(ex, "charge"); return new Outcome(false, "Please try again"); }
        }
        """));

    [Fact]
    public Task A_refund_that_comes_back_as_nothing() => Flags(Service("""
        public async Task<Stripe.Refund?> CreateRefundAsync(string intent, Stripe.RefundService refunds)
        {
            try { return await refunds.CreateAsync(new Stripe.RefundCreateOptions { PaymentIntent = intent }); }
            catch (Stripe.StripeException ex) { log.LogError(ex, "refund of {Intent}", intent); [|return null;|] }
        }
        """));

    [Fact]
    public Task A_status_that_could_not_be_asked_for() => Flags(Service("""
        public sealed class Answer { public string Status { get; set; } = ""; public string? Error { get; set; } }
        public async Task<Answer> GetPaymentStatusAsync(string id)
        {
            try
            {
                var response = await http.GetAsync($"/charges/{id}");
                return (await response.Content.ReadFromJsonAsync<Answer>())!;
            }
            catch (Exception)
            {
                return new Answer { Status = [|"failed"|] };
            }
        }
        """));

    [Fact]
    public Task A_status_query_that_the_provider_refused() => Flags(Service("""
        public async Task<PayStatus> QueryRefundStatusAsync(string id)
        {
            var response = await http.GetAsync($"/refunds/{id}");
            if (!response.IsSuccessStatusCode)
            {
                log.LogWarning("refund {Id}: {Code}", id, response.StatusCode);
                return [|PayStatus.Failed|];
            }
            return Enum.Parse<PayStatus>(await response.Content.ReadAsStringAsync());
        }
        """));

    [Fact]
    public Task A_status_query_whose_answer_stays_open() => Allows(Service("""
        public async Task<PayStatus> GetPaymentStatusAsync(string id)
        {
            try
            {
                var response = await http.GetAsync($"/charges/{id}");
                if (!response.IsSuccessStatusCode)
                    return PayStatus.Unknown;
                return Enum.Parse<PayStatus>(await response.Content.ReadAsStringAsync());
            }
            catch (HttpRequestException)
            {
                return PayStatus.Pending;
            }
        }
        """));

    [Fact]
    public Task A_status_query_that_says_only_that_it_failed_itself() => Allows(Service("""
        public async Task<Outcome> GetPaymentStatusAsync(string id)
        {
            try { var response = await http.GetAsync($"/charges/{id}"); return new Outcome(response.IsSuccessStatusCode); }
            catch (Exception) { return new Outcome(false, "the provider does not answer"); }
        }
        """));

    [Fact]
    public Task The_status_of_a_job() => Allows(Service("""
        public async Task<PayStatus> GetExportStatusAsync(string id)
        {
            try { var response = await http.GetAsync($"/exports/{id}"); return response.IsSuccessStatusCode ? PayStatus.Succeeded : PayStatus.Pending; }
            catch (Exception) { return PayStatus.Failed; }
        }
        """).Replace("CheckoutService", "ExportService"));

    [Fact]
    public Task A_stored_card_that_is_not_found() => Allows(Service("""
        public async Task<Stripe.PaymentMethod?> FindCardAsync(string id, Stripe.PaymentMethodService methods)
        {
            try { return await methods.GetAsync(id); }
            catch (Stripe.StripeException) { return null; }
        }
        """));

    [Fact]
    public Task A_result_that_takes_errors_over() => Flags(Service("""
        public readonly struct Error { public static Error Failure(string code, string text) => default; }
        public readonly struct ErrorOr<T> { public static implicit operator ErrorOr<T>(Error error) => default; public static implicit operator ErrorOr<T>(T value) => default; }
        public async Task<ErrorOr<string>> RefundPaymentAsync(string reference, decimal amount)
        {
            try { return (await gateway.RefundAsync(reference, amount)).TransactionId!; }
            catch (Exception ex) { log.LogError(ex, "refund"); [|return Error.Failure("refund", "unexpected");|] }
        }
        """));

    [Fact]
    public Task An_intent_that_is_confirmed_here() => Flags(Service("""
        public async Task<bool> ConfirmPaymentIntentAsync(string id)
        {
            try { var answer = await http.PostAsync($"/v1/payment_intents/{id}/confirm", null); return answer.IsSuccessStatusCode; }
            catch (Exception ex) { log.LogError(ex, "confirm"); [|return false;|] }
        }
        """));

    [Fact]
    public Task A_state_that_stays_open() => Allows(Service("""
        public async Task SettleAsync(Payment payment, Order order, string token)
        {
            try { await gateway.ChargeAsync(order.Total, token); }
            catch (TaskCanceledException) { payment.Status = PayStatus.Unknown; await db.SaveChangesAsync(); }
        }
        """));

    [Fact]
    public Task An_answer_that_stays_open() => Allows(Service("""
        public async Task<Outcome> PayAsync(Order order, string token)
        {
            try { return new Outcome((await gateway.ChargeAsync(order.Total, token)).Success); }
            catch (Exception) { return new Outcome(false) { Status = PayStatus.Pending }; }
        }
        """));

    [Fact]
    public Task The_provider_is_asked() => Allows(Service("""
        public Task<Outcome> QueryPaymentAsync(int id) => Task.FromResult(Outcome.Ok());
        public async Task<Outcome> PayAsync(Order order, string token)
        {
            try { return new Outcome((await gateway.ChargeAsync(order.Total, token)).Success); }
            catch (HttpRequestException) { var known = await RetrieveOutcomeAsync(order.Id); return known ?? new Outcome(false); }
        }
        private Task<Outcome?> RetrieveOutcomeAsync(int id) => Task.FromResult<Outcome?>(null);
        """));

    [Fact]
    public Task A_rethrow() => Allows(Service("""
        public async Task<Outcome> PayAsync(Payment payment, Order order, string token)
        {
            try { return new Outcome((await gateway.ChargeAsync(order.Total, token)).Success); }
            catch (Exception) { payment.Status = PayStatus.Failed; throw; }
        }
        """));

    [Fact]
    public Task A_refusal_of_the_provider() => Allows(Service("""
        public async Task<Outcome> ProcessPaymentAsync(long cents)
        {
            try { var intent = await intents.CreateAsync(new Stripe.PaymentIntentCreateOptions { Amount = cents }); return new Outcome(intent.Status == "succeeded"); }
            catch (Stripe.StripeException ex) when (ex.StripeError?.Code == "card_declined") { return new Outcome(false, "declined"); }
        }
        """));

    [Fact]
    public Task An_intent_that_nobody_has_paid_yet() => Allows(Service("""
        public async Task<Outcome> CreatePaymentIntentAsync(long cents)
        {
            try { await intents.CreateAsync(new Stripe.PaymentIntentCreateOptions { Amount = cents }); return Outcome.Ok(); }
            catch (Exception) { return Outcome.Failure("try again"); }
        }
        """));

    [Fact]
    public Task A_look_up() => Allows(Service("""
        public async Task<Outcome> GetPaymentAsync(string id)
        {
            try { await http.GetAsync($"/v2/payments/{id}"); return Outcome.Ok(); }
            catch (HttpRequestException) { return Outcome.Failure("unavailable"); }
        }
        """));

    [Fact]
    public Task Bookkeeping_that_is_rolled_back() => Allows(Service("""
        public async Task<bool> TransferAsync(Customer from, Customer to, decimal amount)
        {
            try { await DebitAsync(from, amount); return true; }
            catch (Exception) { return false; }
        }
        private async Task DebitAsync(Customer from, decimal amount) { from.Balance -= amount; await db.SaveChangesAsync(); }
        """));

    [Fact]
    public Task A_case_for_the_back_office() => Allows(Service("""
        public interface ICases { Task EnqueueAsync(int id); }
        public async Task<Outcome> PayAsync(ICases cases, Order order, string token)
        {
            try { return new Outcome((await gateway.ChargeAsync(order.Total, token)).Success); }
            catch (Exception) { await cases.EnqueueAsync(order.Id); return new Outcome(false, "we are looking into it"); }
        }
        """));

    [Fact]
    public Task A_clause_for_what_is_left() => Allows(Service("""
        public async Task<Outcome> PayAsync(Order order, string token)
        {
            try { return new Outcome((await gateway.ChargeAsync(order.Total, token)).Success); }
            catch (HttpRequestException) { return new Outcome(false) { Status = PayStatus.Pending }; }
            catch (Exception) { return new Outcome(false) { Status = PayStatus.Failed }; }
        }
        """));

    [Fact]
    public Task A_mail() => Allows(Service("""
        public async Task<bool> SendAsync(Order order, IMailer mailer)
        {
            try { await mailer.SendReceiptAsync(order); return true; }
            catch (Exception) { return false; }
        }
        """));

    [Fact]
    public Task Input_that_cannot_be_read() => Allows(Service("""
        public async Task<Outcome> PayAsync(string amount, string token)
        {
            try { return new Outcome((await gateway.ChargeAsync(decimal.Parse(amount), token)).Success); }
            catch (FormatException) { return Outcome.Failure("amount"); }
        }
        """));
}
