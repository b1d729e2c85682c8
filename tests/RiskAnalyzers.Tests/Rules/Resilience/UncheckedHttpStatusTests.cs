using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Resilience;

public sealed class UncheckedHttpStatusTests() : RuleTest("RISK5001")
{
    private static string Code(string body, string type = "object?") => $"class C : ShopCode {{ public async Task<{type}> M(Order order, HttpRequestMessage request) {{ {body} }} bool Check(HttpResponseMessage r) => r.IsSuccessStatusCode; }}";

    [Fact]
    public Task A_body_read_as_json() => Flags(Code("var response = await [|http.PostAsJsonAsync(\"/charge\", order)|]; return await response.Content.ReadFromJsonAsync<PaymentResult>();"));

    [Fact]
    public Task A_body_read_as_text() => Flags(Code("using var response = await [|http.GetAsync(\"/price\")|]; var text = await response.Content.ReadAsStringAsync(); return decimal.Parse(text);"));

    [Fact]
    public Task Sent() => Flags(Code("var r = await [|http.SendAsync(request)|].ConfigureAwait(false); return await r.Content.ReadAsStringAsync();"));

    [Fact]
    public Task A_body_read_at_once() => Flags(Code("return await (await [|http.GetAsync(\"/x\")|]).Content.ReadAsStringAsync();"));

    [Fact]
    public Task Dropped() => Flags(Code("await [|http.PostAsync(\"/refund\", null)|]; return null;"));

    [Fact]
    public Task Discarded() => Flags(Code("_ = await [|http.PutAsync(\"/stock\", null)|]; return null;"));

    [Fact]
    public Task Never_used() => Flags(Code("var response = await [|http.DeleteAsync(\"/orders/1\")|]; return null;"));

    [Fact]
    public Task Waited_for() => Flags("class C : ShopCode { public string M() { var r = [|http.GetAsync(\"/x\")|].Result; return r.Content.ReadAsStringAsync().Result; } }");

    [Fact]
    public Task Assigned_later() => Flags(Code("HttpResponseMessage r; r = await [|http.GetAsync(\"/x\")|]; return await r.Content.ReadAsStringAsync();"));

    [Fact]
    public Task In_a_lambda() => Flags(Code("Func<Task<string>> f = async () => { var r = await [|http.GetAsync(\"/x\")|]; return await r.Content.ReadAsStringAsync(); }; return await f();"));

    [Fact]
    public Task Ensured() => Allows(Code("var r = await http.PostAsJsonAsync(\"/charge\", order); r.EnsureSuccessStatusCode(); return await r.Content.ReadFromJsonAsync<PaymentResult>();"));

    [Fact]
    public Task Asked() => Allows(Code("var r = await http.GetAsync(\"/x\"); if (!r.IsSuccessStatusCode) return null; return await r.Content.ReadAsStringAsync();"));

    [Fact]
    public Task A_status_compared() => Allows(Code("var r = await http.GetAsync(\"/x\"); if (r.StatusCode != HttpStatusCode.OK) throw new Exception(); return await r.Content.ReadAsStringAsync();"));

    [Fact]
    public Task Ensured_after_reading() => Allows(Code("var r = await http.GetAsync(\"/x\"); var t = await r.Content.ReadAsStringAsync(); r.EnsureSuccessStatusCode(); return t;"));

    [Fact]
    public Task Returned() => Allows(Code("var r = await http.GetAsync(\"/x\"); return r;"));

    [Fact]
    public Task Passed_on() => Allows(Code("var r = await http.GetAsync(\"/x\"); if (!Check(r)) return null; return await r.Content.ReadAsStringAsync();"));

    [Fact]
    public Task A_helper_that_throws() => Allows(Code("return await http.GetFromJsonAsync<Order>(\"/x\");"));

    [Fact]
    public Task A_text_that_throws() => Allows(Code("return await http.GetStringAsync(\"/x\");"));

    [Fact]
    public Task Chained() => Allows(Code("return await (await http.GetAsync(\"/x\")).EnsureSuccessStatusCode().Content.ReadAsStringAsync();"));

    [Fact]
    public Task A_task_that_is_returned() => Allows("class C : ShopCode { public Task<HttpResponseMessage> M() => http.GetAsync(\"/x\"); }");

    [Fact]
    public Task A_sender_of_something_else() => Allows("class Bus { public Task<string> SendAsync(string s) => Task.FromResult(s); } class C { async Task M(Bus b) { await b.SendAsync(\"x\"); } }");

    [Fact]
    public Task A_status_that_is_only_logged() => Flags(Code("var r = await [|http.PostAsJsonAsync(\"/charge\", order)|]; log.LogInformation(\"answered {Status}\", r.StatusCode); return await r.Content.ReadFromJsonAsync<PaymentResult>();"));

    [Fact]
    public Task A_failure_that_is_only_logged() => Flags(Code("var r = await [|http.PostAsJsonAsync(\"/charge\", order)|]; if (!r.IsSuccessStatusCode) { log.LogError(\"charge failed\"); } return await r.Content.ReadFromJsonAsync<PaymentResult>();"));

    [Fact]
    public Task Another_client_s_data() => Flags("""
        namespace RestSharp
        {
            public class RestResponse<T> { public T? Data { get; set; } public bool IsSuccessful { get; set; } }
            public class RestClient { public Task<RestResponse<T>> ExecuteAsync<T>(string request) => null!; }
        }
        class C(RestSharp.RestClient client)
        {
            public async Task<PaymentResult?> M() { var response = await [|client.ExecuteAsync<PaymentResult>("charge")|]; return response.Data; }
            public async Task<PaymentResult?> N() { var response = await client.ExecuteAsync<PaymentResult>("charge"); return response.IsSuccessful ? response.Data : null; }
        }
        """);

    [Fact]
    public Task A_check_is_put_after_the_answer() => Fixes(
        """
        class C : ShopCode
        {
            public async Task<string> M()
            {
                using var r = await [|http.GetAsync("/price")|];
                return await r.Content.ReadAsStringAsync();
            }
        }
        """,
        """
        class C : ShopCode
        {
            public async Task<string> M()
            {
                using var r = await http.GetAsync("/price");
                r.EnsureSuccessStatusCode();
                return await r.Content.ReadAsStringAsync();
            }
        }
        """);

    [Fact]
    public Task A_check_is_put_around_an_answer_without_a_name() => Fixes(
        "class C : ShopCode { public async Task<string> M() { await [|http.PostAsync(\"/refund\", null)|]; return await (await [|http.GetAsync(\"/x\")|].ConfigureAwait(false)).Content.ReadAsStringAsync(); } }",
        "class C : ShopCode { public async Task<string> M() { (await http.PostAsync(\"/refund\", null)).EnsureSuccessStatusCode(); return await (await http.GetAsync(\"/x\").ConfigureAwait(false)).EnsureSuccessStatusCode().Content.ReadAsStringAsync(); } }");

    [Fact]
    public Task A_failure_that_is_logged_and_returned() => Allows(Code("var r = await http.PostAsJsonAsync(\"/charge\", order); if (!r.IsSuccessStatusCode) { log.LogError(\"charge failed\"); return null; } return await r.Content.ReadFromJsonAsync<PaymentResult>();"));

    [Fact]
    public Task A_status_that_is_logged_and_looked_at() => Allows(Code("var r = await http.PostAsJsonAsync(\"/charge\", order); log.LogInformation(\"answered {Status}\", r.StatusCode); r.EnsureSuccessStatusCode(); return await r.Content.ReadFromJsonAsync<PaymentResult>();"));

    [Fact]
    public Task A_status_kept_in_a_variable() => Allows(Code("var r = await http.PostAsJsonAsync(\"/charge\", order); var worked = r.IsSuccessStatusCode; return worked ? await r.Content.ReadFromJsonAsync<PaymentResult>() : null;"));

    [Fact]
    public Task A_body_that_is_refused_for_what_it_says() => Allows(Code("using var r = await http.GetAsync(\"/rates\"); var body = await r.Content.ReadFromJsonAsync<PaymentResult>(); var failed = body?.Error; if (body?.Success != true) throw new InvalidOperationException(failed); return null;"));

    [Fact]
    public Task A_body_that_is_only_asked_whether_there_is_one() => Flags(Code("using var r = await [|http.GetAsync(\"/rates\")|]; var body = await r.Content.ReadFromJsonAsync<PaymentResult>(); if (body == null) throw new InvalidOperationException(); return null;"));

    [Fact]
    public Task Awaited_later() => Flags(Code("var pending = [|http.GetAsync(\"/x\")|]; var r = await pending; return await r.Content.ReadAsStringAsync();"));

    [Fact]
    public Task Awaited_later_and_looked_at() => Allows(Code("var pending = http.GetAsync(\"/x\"); var r = await pending; r.EnsureSuccessStatusCode(); return await r.Content.ReadAsStringAsync();"));

    [Fact]
    public Task A_status_that_is_looked_at_after_the_body_was_read() => Allows("class C : ShopCode { public async Task<string> M() { var response = await http.GetAsync(\"/rates\"); var body = await response.Content.ReadAsStringAsync(); if (!response.IsSuccessStatusCode) throw new InvalidOperationException(body); return body; } }");

    [Fact]
    public async Task A_failure_that_is_only_written_down_is_called_so()
    {
        var run = new RuleRun("RISK5001") { TestCode = "class C : ShopCode { public async Task M(Order order) { var response = await {|#0:http.PostAsJsonAsync(\"/orders\", order)|}; if (!response.IsSuccessStatusCode) log.LogWarning(\"failed {S}\", response.StatusCode); } }" };
        run.TestState.ExpectedDiagnostics.Add(new Microsoft.CodeAnalysis.Testing.DiagnosticResult("RISK5001", Microsoft.CodeAnalysis.DiagnosticSeverity.Warning).WithLocation(0).WithMessage("'PostAsJsonAsync' may answer with an error, and that is only written down: what was asked for counts as done; call EnsureSuccessStatusCode, or tell the caller"));
        run.AddOptions("");
        await run.RunAsync(TestContext.Current.CancellationToken);
    }
}
