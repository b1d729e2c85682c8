using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Residue;

public sealed partial class CommentedOutCheckTests() : RuleTest("RISK7009")
{
    [Fact]
    public Task An_authorisation_attribute() => Flags("""
        class RefundsController : ShopCode
        {
            [|// [Authorize(Roles = "Admin")]|]
            [HttpPost("refund-all")]
            public async Task<IActionResult> RefundAll() { await db.SaveChangesAsync(); return Ok(); }
        }
        """);

    [Fact]
    public Task A_guard_on_one_line() => Flags("""
        class Payments
        {
            public void Pay(decimal amount)
            {
                [|// if (amount <= 0) throw new ArgumentOutOfRangeException(nameof(amount));|]
                Console.WriteLine(amount);
            }
        }
        """);

    [Fact]
    public Task A_guard_on_several_lines() => Flags("""
        class Orders : ShopCode
        {
            public async Task<IActionResult> Get(int id, string userId)
            {
                var order = await db.Orders.FindAsync(id);
                [|//if (order.CustomerId != userId)
                //{
                //    return Forbid();
                //}|]
                return Ok(order);
            }
        }
        """);

    [Fact]
    public Task A_signature_that_is_no_longer_verified() => Flags("""
        class Webhook
        {
            public bool Handle(string body, string signature)
            {
                // temporarily off while the provider rotates its keys
                [|// if (!VerifySignature(body, signature)) return false;|]
                return true;
            }
        }
        """);

    [Fact]
    public Task A_validator_call() => Flags("""
        class Placing
        {
            public async Task PlaceAsync(Order order)
            {
                [|// await validator.ValidateAndThrowAsync(order);|]
                await Task.Yield();
            }
        }
        """);

    [Fact]
    public Task A_status_that_nobody_looks_at() => Flags("""
        class Client : ShopCode
        {
            public async Task<string> ChargeAsync()
            {
                var response = await http.PostAsync("/charge", null);
                [|// response.EnsureSuccessStatusCode();|]
                return await response.Content.ReadAsStringAsync();
            }
        }
        """);

    [Fact]
    public Task A_guard_of_the_framework() => Flags("""
        class C
        {
            public void Pay(Order order)
            {
                [|/* ArgumentNullException.ThrowIfNull(order); */|]
                Console.WriteLine(order.Total);
            }
        }
        """);

    [Fact]
    public Task An_annotation_of_a_request() => Flags("""
        class PayRequest
        {
            [|// [Range(1, 10000)]|]
            public decimal Amount { get; set; }
        }
        """);

    [Fact]
    public Task A_check_in_the_middle_of_a_remark() => Flags("""
        class Refunds
        {
            public string Refund(Order order, decimal amount)
            {
                // The limit is checked by the gateway, they say.
                [|// if (amount > order.Total) return "error: too much";|]
                return "ok";
            }
        }
        """);

    [Fact]
    public Task Prose_about_a_check() => Allows("""
        class C
        {
            public void Note(Order order)
            {
                // if the card is declined we return 402 to the client
                // throw away the old token first; validate the rest later
                // [Authorize] is on the controller.
                order.Status = OrderStatus.AwaitingPayment;
            }
        }
        """);

    [Fact]
    public Task Other_code_in_a_comment() => Allows("""
        class C
        {
            public void M(Order order)
            {
                // order.Total = 0;
                // Console.WriteLine(order.Total);
                // var total = order.Lines.Sum(l => l.UnitPrice);
                order.Total = 1;
            }
        }
        """);

    [Fact]
    public Task A_cache_in_a_comment() => Allows("""
        class C
        {
            public decimal Price(int id)
            {
                // if (cache.TryGetValue(id, out var price)) return price;
                return id;
            }
        }
        """);

    [Fact]
    public Task A_stub_that_threw() => Allows("""
        class C
        {
            public decimal Price(int id)
            {
                // throw new NotImplementedException();
                return id;
            }
        }
        """);

    [Fact]
    public Task A_check_that_was_replaced() => Allows("""
        class C
        {
            public void Pay(decimal amount)
            {
                // if (amount < 0) throw new ArgumentOutOfRangeException(nameof(amount));
                if (amount <= 0) throw new ArgumentOutOfRangeException(nameof(amount));
            }
        }
        """);

    [Fact]
    public Task An_attribute_that_was_replaced() => Allows("""
        class AdminController : ControllerBase
        {
            // [Authorize(Roles = "Admin")]
            [Authorize(Policy = "refunds")]
            public IActionResult Refund() => Ok();
        }
        """);

    [Fact]
    public Task Documentation_shows_a_guard() => Allows("""
        class C
        {
            /// <summary>Pays.</summary>
            /// <example>if (amount == 0) throw new ArgumentException();</example>
            public void Pay(decimal amount) => Console.WriteLine(amount);
        }
        """);

    [Fact]
    public Task A_debug_assertion() => Allows("""
        class C
        {
            public void Pay(decimal amount)
            {
                // Debug.Assert(amount > 0);
                Console.WriteLine(amount);
            }
        }
        """);

    [Fact]
    public Task A_database_that_was_created() => Allows("""
        class C
        {
            public void Start(ShopDb db)
            {
                // db.Database.EnsureCreated();
                db.SaveChanges();
            }
        }
        """);

    [Fact]
    public Task A_shortcut_on_success() => Allows("""
        class C
        {
            public string State(Order order)
            {
                // if (order.Status == OrderStatus.Paid) return "paid";
                return order.Status.ToString();
            }
        }
        """);

    [Fact]
    public Task A_choice_that_is_offered() => Allows("""
        class C
        {
            public bool CanRefund(Order order)
            {
                //uncomment the lines below to forbid this for cancelled orders
                //if (order.Status == OrderStatus.Cancelled)
                //    return false;
                return order.Total > 0;
            }
        }
        """);

    [Fact]
    public Task A_check_that_waits_for_production() => Flags("""
        class C
        {
            public bool CanRefund(Order order)
            {
                // Uncomment in production
                [|// if (order.Status == OrderStatus.Cancelled) return false;|]
                return order.Total > 0;
            }
        }
        """);

    [Fact]
    public Task A_method_that_was_taken_out_as_a_whole() => Allows("""
        class C
        {
            // public async Task CreatePlanAsync(Plan plan)
            // {
            //     var definition = new Definition();
            //     definition.Name = plan.Name;
            //     definition.Amount = plan.Amount;
            //     plan.Definitions.Add(definition);
            //     var data = JsonConvert.SerializeObject(plan);
            //     await EnsureAuthorizationAsync();
            //     await client.PostAsync(data);
            // }
            public void M() { }
        }
        """);

    [Fact]
    public Task A_call_from_the_depth_of_something_else() => Allows("""
        class C
        {
            //    try
            //    {
            //        var data = Serialize(plan);

            //        await EnsureAuthorizationAsync();
            //    }
            public void M() { }
        }
        """);

    [Fact]
    public Task The_fix_puts_it_back() => Fixes("""
        class C
        {
            public void Pay(decimal amount)
            {
                [|// if (amount <= 0)
                //     throw new ArgumentOutOfRangeException(nameof(amount));|]
                Console.WriteLine(amount);
            }
        }
        """, """
        class C
        {
            public void Pay(decimal amount)
            {
                if (amount <= 0)
                    throw new ArgumentOutOfRangeException(nameof(amount));
                Console.WriteLine(amount);
            }
        }
        """);

    [Fact]
    public Task The_fix_puts_an_attribute_back() => Fixes("""
        class C : ControllerBase
        {
            [|//[Authorize]|]
            [HttpPost]
            public IActionResult Refund() => Ok();
        }
        """, """
        class C : ControllerBase
        {
            [Authorize]
            [HttpPost]
            public IActionResult Refund() => Ok();
        }
        """);

    [Fact]
    public Task An_awaited_check_of_a_dependency() => Flags("""
        class Probe : ShopCode
        {
            public IActionResult Ready()
            {
                // Add more sophisticated checks here
                [|// await CheckDatabaseConnectivity();|]
                return Ok();
            }
        }
        """);

    [Fact]
    public Task An_awaited_call_that_checks_nothing() => Allows("""
        class C : ShopCode
        {
            public void Run()
            {
                // await SendNewsletter(); // every Monday
                Console.WriteLine();
            }
        }
        """);
}
