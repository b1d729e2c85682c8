using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Accounts;

public sealed class MarkupFromInputTests() : RuleTest("RISK3033")
{
    private const string Types = """
        public class Buyer { public int Id { get; set; } public string? FirstName { get; set; } public string UserName { get; set; } = ""; public string Email { get; set; } = ""; public string HtmlNote { get; set; } = ""; }
        public interface IEmailSender { Task SendEmailAsync(string to, string subject, string body); }

        """;

    [Fact]
    public Task A_greeting() => Flags(Types + "class WelcomeMail { public string Body(Buyer buyer) => $\"<h1>Hello {[|buyer.FirstName|]}</h1>\"; }");

    [Fact]
    public Task A_body_that_is_sent_in_place() => Flags(Types + "class Accounts(IEmailSender sender) { public Task Confirm(Buyer buyer, string code) => sender.SendEmailAsync(buyer.Email, \"Code\", $\"<p>Dear {[|buyer.UserName|]}, your code is {code}</p>\"); }");

    [Fact]
    public Task A_body_kept_in_a_local() => Flags(Types + "class Accounts(IEmailSender sender) { public async Task Confirm(string customerName, string to) { var text = $\"<div>Hi {[|customerName|]}</div>\"; await sender.SendEmailAsync(to, \"Hi\", text); } }");

    [Fact]
    public Task A_sum_of_texts() => Flags(Types + "class EmailTemplates { public string Contact(string name, string message) => \"<p>\" + [|message|] + \"</p><p>from \" + name + \"</p>\"; }");

    [Fact]
    public Task Lines_of_an_order() => Flags("class OrderMailer { public string Rows(Order order) { var sb = new StringBuilder(); foreach (var line in order.Lines) sb.Append($\"<tr><td>{[|line.Product!.Name|]}</td><td>{line.Quantity}</td></tr>\"); return sb.ToString(); } }");

    [Fact]
    public Task A_template_that_is_filled() => Flags(Types + "class EmailService { public string Render(string template, Buyer buyer) => template.Replace(\"{{UserName}}\", [|buyer.UserName|]); }");

    [Fact]
    public Task A_template_filled_from_a_dictionary() => Flags("class EmailService { public string Render(string text, Dictionary<string, string> placeholders) { foreach (var placeholder in placeholders) text = text.Replace($\"{{{{{placeholder.Key}}}}}\", [|placeholder.Value|]); return text; } }");

    [Fact]
    public Task Or_nothing() => Flags(Types + "class SmtpMailer { public string Body(Buyer? buyer) { var htmlBody = $\"<p>Hello {[|buyer?.FirstName ?? \"there\"|]}</p>\"; return htmlBody; } }");

    [Fact]
    public Task A_page_that_is_answered() => Flags("static class Pages { public static void Map(WebApplication app) => app.MapGet(\"/hello\", (string name) => Results.Content($\"<html><body>Hello {[|name|]}</body></html>\", \"text/html\")); }");

    [Fact]
    public Task A_raw_text_of_several_lines() => Flags(Types + "class EmailService { public string Body(Buyer user, decimal total) => $\"\"\"\n<html>\n<body><p>Thank you, {[|user.UserName|]}!</p><p>{total}</p></body>\n</html>\n\"\"\"; }");

    [Fact]
    public Task The_first_of_many_templates() => Flags(Types + "class EmailTemplates { public string A(Buyer b) => $\"<p>{[|b.UserName|]}</p>\"; public string B(Buyer b) => $\"<p>Dear {b.UserName}</p>\"; public string C(string name) => $\"<b>{name}</b>\"; }");

    [Fact]
    public Task Encoded() => Allows(Types + "class WelcomeMail { public string Body(Buyer buyer) => $\"<h1>Hello {WebUtility.HtmlEncode(buyer.FirstName)}</h1>\"; }");

    [Fact]
    public Task Encoded_before() => Allows(Types + "class WelcomeMail { public string Body(Buyer buyer) { var name = WebUtility.HtmlEncode(buyer.UserName); return $\"<h1>Hello {name}</h1>\"; } }");

    [Fact]
    public Task A_template_filled_with_encoded_values() => Allows("class EmailService { public string Render(string text, Dictionary<string, string> placeholders) { foreach (var placeholder in placeholders) text = text.Replace(\"{{\" + placeholder.Key + \"}}\", WebUtility.HtmlEncode(placeholder.Value)); return text; } }");

    [Fact]
    public Task Numbers_and_codes() => Allows(Types + "class ReceiptMail { public string Body(Order order, string code) => $\"<p>Order {order.Id}: {order.Total:C}, code {code}, on {DateTime.UtcNow:d}</p>\"; }");

    [Fact]
    public Task Plain_text() => Allows(Types + "class WelcomeMail { public string Body(Buyer buyer) => $\"Hello {buyer.FirstName}, your order is on its way\"; }");

    [Fact]
    public Task A_subject() => Allows(Types + "class Accounts(IEmailSender sender) { public Task Confirm(Buyer buyer) => sender.SendEmailAsync(buyer.Email, $\"Welcome, {buyer.UserName}\", \"<p>Hello</p>\"); }");

    [Fact]
    public Task The_shop_s_own_name() => Allows("class MailOptions { public string SenderName { get; set; } = \"\"; } class WelcomeMail(MailOptions options) { public string Body(string shopName) => $\"<p>{shopName} and {options.SenderName} greet you</p>\"; }");

    [Fact]
    public Task A_log_of_what_is_less() => Allows(Types + "class Pricing { public string Describe(Buyer buyer) => $\"{buyer.UserName} < 10\"; }");

    [Fact]
    public Task A_document_that_is_no_html() => Allows(Types + "class Sitemap { public string Entry(string title) => $\"<url><title>{title}</title></url>\"; }");

    [Fact]
    public Task A_number_of_characters() => Allows(Types + "class EmailService { public string Phone(string phoneName) => phoneName.Replace(\"-\", phoneName); }");

    [Fact]
    public Task A_link() => Allows(Types + "class ResetMail { public string Body(string resetUrl) => $\"<a href='{resetUrl}'>Reset</a>\"; }");

    [Fact]
    public Task A_name_that_the_code_chooses() => Allows("class TrialMail { public bool IsTeam { get; set; } public string Title => $\"You start with <b>{DisplayName}</b>\"; public string DisplayName => IsTeam ? \"Teams\" : \"Families\"; }");
}
