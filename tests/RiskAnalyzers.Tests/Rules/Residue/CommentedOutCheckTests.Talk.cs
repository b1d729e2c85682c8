namespace RiskAnalyzers.Tests.Rules.Residue;

/// <summary>Checks that a remark talks about.</summary>
public sealed partial class CommentedOutCheckTests
{
    [Fact]
    public Task An_attribute_that_prose_quotes() => Allows("""
        class Handler : ShopCode
        {
            public void Challenge()
            {
                // Some routes have this authorization.
                // [Authorize(Roles = "Admin")]
                // This is meant for the routes that a browser shows as well
                Console.WriteLine();
            }
        }
        """);

    [Fact]
    public Task How_a_policy_is_used() => Allows("""
        static class Policies
        {
            public const string Licensing = "Licensing"; // [Authorize(Policy = Policies.Licensing)]
        }
        """);

    [Fact]
    public Task A_refusal_that_was_given_up_for_a_reason() => Allows("""
        class C
        {
            public object? Read(string text)
            {
                if (int.TryParse(text, out var id))
                    return id;
                // We need to do this gracefully as we have removed support for a method in the past
                // throw new FormatException("unknown method");
                return null;
            }
        }
        """);

    [Fact]
    public Task A_refusal_that_failed_in_tests() => Flags("""
        class C
        {
            public void Pay(decimal amount)
            {
                // Taken out because the tests fail with it
                [|// if (amount <= 0) throw new ArgumentException("amount");|]
                Console.WriteLine(amount);
            }
        }
        """);

    [Fact]
    public Task A_list_that_was_found_another_way() => Allows("""
        class C : ShopCode
        {
            public async Task<Order?> Find(string kind)
            {
                // if (!string.Equals(kind, "list")) { return await FindLists(kind).ConfigureAwait(false); }
                return await db.Orders.FirstOrDefaultAsync();
            }
        }
        """);

    [Fact]
    public Task An_attribute_with_a_remark_behind_it() => Flags("""
        [AllowAnonymous] // for the database tool
        [|// [Authorize(Roles = "Admin")] // Uncomment this and remove [AllowAnonymous] for production|]
        public class DatabaseController : ControllerBase
        {
            [HttpPost]
            public IActionResult Reset() => Ok();
        }
        """);

    [Fact]
    public Task An_attribute_that_a_long_remark_speaks_about() => Allows("""
        class Challenge
        {
            // Some routes have this authorization.
            // [Authorize(AuthenticationSchemes = "Cookie,Greenfield")]
            // This is meant for routes that we wish to reach by key but also from the browser (say /misc/rate-sources)
            public void Handle() { }
        }
        """);
}
