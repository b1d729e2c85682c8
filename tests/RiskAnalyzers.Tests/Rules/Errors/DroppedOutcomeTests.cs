using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Errors;

public sealed partial class DroppedOutcomeTests() : RuleTest("RISK4004")
{
    private const string Validator = "class OrderValidator : AbstractValidator<Order> { } ";

    private static string Code(string body) => Validator + $"class C : ShopCode {{ bool ValidateTotal(Order o) => o.Total > 0; bool IsValid(Order o) => true; Task<bool> VerifyAsync(Order o) => Task.FromResult(true); public async Task<object?> M(OrderValidator validator, Order order, string text, Dictionary<string, decimal> prices2, IdentityUser user) {{ await Task.Yield(); {body} }} }}";

    [Fact]
    public Task A_validator() => Flags(Code("[|validator.Validate(order)|]; return order;"));

    [Fact]
    public Task An_awaited_validator() => Flags(Code("await [|validator.ValidateAsync(order)|]; return order;"));

    [Fact]
    public Task A_bool() => Flags(Code("[|ValidateTotal(order)|]; return order;"));

    [Fact]
    public Task A_question() => Flags(Code("[|IsValid(order)|]; return order;"));

    [Fact]
    public Task An_awaited_bool() => Flags(Code("await [|VerifyAsync(order)|]; return order;"));

    [Fact]
    public Task A_discard() => Flags(Code("_ = [|ValidateTotal(order)|]; return order;"));

    [Fact]
    public Task A_parsed_amount() => Flags(Code("[|decimal.TryParse(text, out var amount)|]; order.Total = amount; return order;"));

    [Fact]
    public Task A_parsed_amount_with_a_discard() => Flags(Code("_ = [|decimal.TryParse(text, out var amount)|]; return amount;"));

    [Fact]
    public Task A_price_that_may_be_missing() => Flags(Code("[|prices2.TryGetValue(text, out var price)|]; return price * 2;"));

    [Fact]
    public Task An_identity_result() => Flags(Code("await [|users.AddToRoleAsync(user, \"admin\")|]; return user;"));

    [Fact]
    public Task A_created_user() => Flags(Code("await [|users.CreateAsync(user, text)|]; return user;"));

    [Fact]
    public Task A_password_verification() => Flags(Code("[|new PasswordHasher<IdentityUser>().VerifyHashedPassword(user, text, text)|]; return user;"));

    [Fact]
    public Task A_validator_that_throws() => Allows(Code("validator.ValidateAndThrow(order); return order;"));

    [Fact]
    public Task A_checked_validator() => Allows(Code("var r = validator.Validate(order); if (!r.IsValid) return null; return order;"));

    [Fact]
    public Task A_checked_bool() => Allows(Code("if (!ValidateTotal(order)) throw new Exception(); return order;"));

    [Fact]
    public Task A_void_check() => Allows("class C { void Validate(Order o) { } void M(Order o) { Validate(o); } }");

    [Fact]
    public Task A_parse_whose_result_nobody_uses() => Allows(Code("decimal.TryParse(text, out _); return order;"));

    [Fact]
    public Task A_reference_that_may_be_missing() => Allows("class C { string? M(Dictionary<string, string> d) { d.TryGetValue(\"x\", out var value); return value; } }");

    [Fact]
    public Task Adding_to_a_set() => Allows("class C { void M(HashSet<int> s) { s.Add(1); s.Remove(2); } }");

    [Fact]
    public Task A_fluent_check() => Allows("class Checks { public Checks IsPositive(decimal d) => this; } class C { void M(Checks c) { c.IsPositive(1m); } }");

    [Fact]
    public Task Trying_to_add() => Allows("class C { void M(System.Collections.Concurrent.ConcurrentDictionary<int, int> d) { d.TryAdd(1, 2); } }");

    [Fact]
    public Task A_returned_check() => Allows(Code("return ValidateTotal(order);"));

    [Fact]
    public Task A_checked_parse() => Allows(Code("if (!decimal.TryParse(text, out var amount)) return null; return amount;"));

    [Fact]
    public Task A_check_that_writes_its_findings_into_a_list() => Allows("class C { Task<bool> ValidateCartAsync(Order o, List<string> warnings) => Task.FromResult(true); async Task M(Order o, List<string> w) { await ValidateCartAsync(o, w); } }");

    [Fact]
    public Task An_id_that_could_not_be_read() => Allows("class C { Guid M(string text) { Guid.TryParse(text, out var download); return download; } }");

    [Fact]
    public Task A_guard_that_returns_its_argument() => Allows("class G { public static T NotNull<T>(T value) => value; } class C { void M(IdentityResult r) { G.NotNull(r); } }");

    [Fact]
    public Task Creating_the_database() => Allows("class C : ShopCode { void M() { db.Database.EnsureCreated(); } }");

    [Fact]
    public Task The_fix_throws() => Fixes("""
        class C : ShopCode
        {
            public async Task Change(IdentityUser user, string old, string wanted)
            {
                await [|users.ChangePasswordAsync(user, old, wanted)|];
                log.LogInformation("changed");
            }
        }
        """, """
        class C : ShopCode
        {
            public async Task Change(IdentityUser user, string old, string wanted)
            {
                if (!(await users.ChangePasswordAsync(user, old, wanted)).Succeeded)
                    throw new System.InvalidOperationException("ChangePasswordAsync failed");
                log.LogInformation("changed");
            }
        }
        """);

    [Fact]
    public Task A_check_that_keeps_its_message_in_a_field_for_later() => Allows("""
        class Hook { string? _errorMessage; bool CheckAliasDuplicate(Order o) { if (o.Id < 0) { _errorMessage = "alias exists"; return true; } return false; }
            public void BeforeSave(Order o) { CheckAliasDuplicate(o); } public void AfterSave() { if (_errorMessage != null) throw new InvalidOperationException(_errorMessage); } }
        """);

    [Fact]
    public Task A_message_that_nobody_looks_at_either() => Flags("""
        class Hook { string? _errorMessage; bool CheckTotal(Order o) { if (o.Total < 0) { _errorMessage = "negative"; return false; } return true; } public void Save(Order o) { [|CheckTotal(o)|]; } }
        """);

    [Fact]
    public Task A_check_whose_warnings_are_read_off_what_it_was_given() => Allows("""
        class AddToCart { public List<string> Warnings { get; } = new(); } interface ICartRules { Task<bool> ValidateItemAsync(AddToCart adding, Order o); }
        class C { async Task M(ICartRules rules, Order o, List<string> all) { var adding = new AddToCart(); await rules.ValidateItemAsync(adding, o); foreach (var warning in adding.Warnings) all.Add(warning); } }
        """);

    [Fact]
    public Task Warnings_that_are_not_read_afterwards() => Flags("""
        class AddToCart { public List<string> Warnings { get; } = new(); } interface ICartRules { Task<bool> ValidateItemAsync(AddToCart adding, Order o); }
        class C { async Task M(ICartRules rules, Order o) { var adding = new AddToCart(); adding.Warnings.Clear(); await [|rules.ValidateItemAsync(adding, o)|]; o.Total = 1; } }
        """);

    [Fact]
    public Task A_check_that_fills_the_model_state() => Allows("""
        class C : ShopCode { bool ValidateName(Order o) { if (o.Id == 0) { ModelState.AddModelError("id", "no id"); return false; } return true; } public IActionResult M(Order o) { ValidateName(o); if (!ModelState.IsValid) return BadRequest(); return Ok(); } }
        """);

    [Fact]
    public Task A_model_state_that_was_looked_at_before() => Flags("""
        class C : ShopCode { bool ValidateName(Order o) { if (o.Id == 0) { ModelState.AddModelError("id", "no id"); return false; } return true; } public IActionResult M(Order o) { if (!ModelState.IsValid) return BadRequest(); [|ValidateName(o)|]; return Ok(); } }
        """);

    [Fact]
    public Task A_repair_that_says_whether_it_changed_something() => Allows("""
        class C : ShopCode { private async Task<bool> CheckRegisteredRole(Order o) { var updated = false; if (o.Id > 0) { o.Total = 0; updated = true; } await Task.Yield(); return updated; } public async Task M(Order o) { await CheckRegisteredRole(o); await db.SaveChangesAsync(); } }
        """);

    [Fact]
    public Task A_quantity_that_is_compared_with_nothing() => Allows("class C { int M(Dictionary<int, int> quantities, int id) { quantities.TryGetValue(id, out var quantity); if (quantity <= 0) return 0; return quantity * 2; } }");

    [Fact]
    public Task A_quantity_that_is_compared_with_much() => Flags("class C { int M(Dictionary<int, int> quantities, int id) { [|quantities.TryGetValue(id, out var quantity)|]; if (quantity > 100) return 0; return quantity * 2; } }");

    private const string Results = """
        public class Outcome { public bool IsSuccess { get; init; } public static Outcome Ok() => new() { IsSuccess = true }; public static Outcome Error(string why) => new(); }
        public class Outcome<T> { public bool IsSuccess { get; init; } public T? Data { get; init; } }

        """;

    [Fact]
    public Task A_line_that_the_order_may_refuse() => Flags(Results + """
        public class Cart
        {
            public List<int> Lines { get; } = new();
            public Outcome AddLine(int id, int quantity) { if (quantity <= 0) return Outcome.Error("quantity"); Lines.Add(id); return Outcome.Ok(); }
            public static void Fill(Cart cart, IEnumerable<int> ids) { foreach (var id in ids) [|cart.AddLine(id, 1)|]; }
        }
        """);

    [Fact]
    public Task A_service_of_another_project() => Flags(Results + """
        public interface IProducts { Task<Outcome> UpdateAsync(int id, int stock); }
        public class Consumer(IProducts products) { public async Task Consume(int id) { await [|products.UpdateAsync(id, 0)|]; } }
        """);

    [Fact]
    public Task Stock_that_may_be_missing() => Flags("""
        public class Checkout : ShopCode
        {
            public async Task Pay(Order order) { await [|UpdateStock(order)|]; order.Status = OrderStatus.Paid; }
            private async Task<bool> UpdateStock(Order order) { foreach (var line in order.Lines) { if (line.Product!.Stock < line.Quantity) return false; line.Product.Stock -= line.Quantity; } await db.SaveChangesAsync(); return true; }
        }
        """);

    [Fact]
    public Task A_payload_that_nobody_asked_for() => Flags(Results + """
        public interface IProducts { Task<Outcome<Product>> GetByIdAsync(int id); }
        public class Basket(IProducts products)
        {
            public async Task<bool> Add(int id, int quantity)
            {
                var product = await products.GetByIdAsync(id);
                if ([|product.Data|]!.Stock < quantity) return false;
                return product.Data.Price > 0;
            }
        }
        """);

    [Fact]
    public Task A_payload_after_the_question() => Allows(Results + """
        public interface IProducts { Task<Outcome<Product>> GetByIdAsync(int id); }
        public class Basket(IProducts products)
        {
            public async Task<decimal> Price(int id) { var product = await products.GetByIdAsync(id); if (!product.IsSuccess) throw new InvalidOperationException(); return product.Data!.Price; }
            public async Task<decimal> PriceOrNothing(int id) { var product = await products.GetByIdAsync(id); return product.Data?.Price ?? throw new InvalidOperationException(); }
        }
        """);

    [Fact]
    public Task A_result_that_is_handed_on() => Allows(Results + """
        public interface IProducts { Task<Outcome<Product>> GetByIdAsync(int id); }
        public class Basket(IProducts products) { public async Task<decimal> Price(int id) { var product = await products.GetByIdAsync(id); Ensure(product); return product.Data!.Price; } private static void Ensure(Outcome<Product> outcome) { if (!outcome.IsSuccess) throw new InvalidOperationException(); } }
        """);

    [Fact]
    public Task A_result_that_only_succeeds() => Allows(Results + """
        public class Cart { public Outcome AddNote(string note) => Outcome.Ok(); public void Fill() { AddNote("x"); } }
        """);

    [Fact]
    public Task A_fluent_builder() => Allows("""
        public class Batch { public bool IsSuccess { get; set; } public Batch Add(int id) { IsSuccess = id > 0; return this; } }
        public class Jobs { public void Run(Batch batch) { batch.Add(1); batch.Add(2); } }
        """);

    [Fact]
    public Task A_set_that_knows_the_element() => Allows("""
        public class Jobs { private readonly HashSet<int> _done = new(); public void Run() { _done.Add(1); _done.Remove(2); } }
        """);
}
