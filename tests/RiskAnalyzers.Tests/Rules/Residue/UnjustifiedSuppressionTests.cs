using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Residue;

public sealed class UnjustifiedSuppressionTests() : RuleTest("RISK7007")
{
    [Fact]
    public Task A_warning_about_null_around_a_member() => Flags("""
        class Prices
        {
        [|#pragma warning disable CS8602|]
            public decimal First(List<Product>? items) => items.First().Price;
        #pragma warning restore CS8602
        }
        """);

    [Fact]
    public Task The_title_of_the_warning_is_no_reason() => Flags("""
        class Prices
        {
            public decimal First(Order? order)
            {
        [|#pragma warning disable CS8602 // Dereference of a possibly null reference.|]
                return order.Total;
        #pragma warning restore CS8602 // Dereference of a possibly null reference.
            }
        }
        """);

    [Fact]
    public Task A_whole_file() => Flags("""
        [|#pragma warning disable CS8618, CS1591|]
        namespace Shop.Checkout;

        public class CheckoutRequest { public string Token { get; set; } }
        """);

    [Fact]
    public Task A_task_that_nobody_awaits() => Flags("""
        class C
        {
            public async Task Pay(Order order, IMailer mailer)
            {
                await Task.Yield();
        [|#pragma warning disable 4014|]
                mailer.SendReceiptAsync(order);
        #pragma warning restore 4014
            }
        }
        """);

    [Fact]
    public Task Every_warning_at_once() => Flags("""
        class C
        {
        [|#pragma warning disable|]
            public decimal Half(decimal total) => total / 2;
        }
        """);

    [Fact]
    public Task A_security_warning_by_attribute() => Flags("""
        using System.Diagnostics.CodeAnalysis;
        class Tokens
        {
            [[|SuppressMessage("Security", "CA5394:Do not use insecure randomness")|]]
            public int Next() => new Random().Next();
        }
        """);

    [Fact]
    public Task A_justification_that_is_pending() => Flags("""
        using System.Diagnostics.CodeAnalysis;
        [[|SuppressMessage("Microsoft.Security", "CA2100", Justification = "<Pending>")|]]
        class Queries { }
        """);

    [Fact]
    public Task Nullability_switched_off() => Flags("""
        [|#nullable disable|]
        public class Cart { public string Owner { get; set; } }
        """);

    [Fact]
    public Task One_of_our_own_findings() => Flags("""
        class C
        {
        [|#pragma warning disable RISK1008|]
            public double Price { get; set; }
        }
        """);

    [Fact]
    public Task A_hard_coded_credential_by_another_analyzer() => Flags("""
        class C
        {
        [|#pragma warning disable S2068 // TODO|]
            private const string Password = "x";
        #pragma warning restore S2068
            public string Get() => Password;
        }
        """);

    [Fact]
    public Task A_reason_behind_the_id() => Allows("""
        class Prices
        {
        #pragma warning disable CS8602 // the list is filled by the constructor, and Add refuses null
            public decimal First(List<Product>? items) => items.First().Price;
        #pragma warning restore CS8602
        }
        """);

    [Fact]
    public Task A_reason_above() => Allows("""
        class Prices
        {
            // EF fills this before anybody can read it.
        #pragma warning disable CS8618
            public Product Product { get; set; }
        #pragma warning restore CS8618
        }
        """);

    [Fact]
    public Task A_justified_attribute() => Allows("""
        using System.Diagnostics.CodeAnalysis;
        class C
        {
            [SuppressMessage("Security", "CA5394", Justification = "Shuffle for A/B layout, not security relevant (SEC-112)")]
            public int Bucket() => new Random().Next(0, 2);
        }
        """);

    [Fact]
    public Task Documentation_and_naming() => Allows("""
        #pragma warning disable CS1591, CA1707, IDE0051
        public class C { public decimal Unit_price { get; set; } }
        """);

    [Fact]
    public Task An_obsolete_member() => Allows("""
        class C
        {
        #pragma warning disable CS0618
            public decimal Price() => 1m;
        #pragma warning restore CS0618
        }
        """);

    [Fact]
    public Task A_style_by_attribute() => Allows("""
        using System.Diagnostics.CodeAnalysis;
        class C { [SuppressMessage("Style", "IDE1006:Naming Styles")] public decimal unit_price() => 1m; }
        """);

    [Fact]
    public Task A_restored_warning_alone() => Allows("""
        class C
        {
        #pragma warning restore CS8602
            public decimal Price() => 1m;
        }
        """);

    [Fact]
    public Task Nullability_switched_on() => Allows("""
        #nullable enable
        public class Cart { public string Owner { get; set; } = ""; }
        """);

    [Fact]
    public Task Other_directives() => Allows("""
        class C
        {
        #region prices
            public decimal Price() => 1m;
        #endregion
        #if DEBUG
            public decimal Test() => 2m;
        #endif
        }
        """);

    [Fact]
    public Task Collections_and_ConfigureAwait() => Allows("""
        #pragma warning disable CA2227
        #pragma warning disable CA2007
        public class C { public List<string> Items { get; set; } = new(); }
        """);

    [Fact]
    public Task A_title_with_a_reason_behind_it() => Allows("""
        class C
        {
        #pragma warning disable CS4014 // Because this call is not awaited - the queue keeps the mail, see SHOP-77
            public void M() { }
        #pragma warning restore CS4014
        }
        """);

    [Fact]
    public Task The_fix_removes_both_lines() => Fixes("""
        class Prices
        {
        [|#pragma warning disable CS8602|]
            public decimal First(List<Product> items) => items.First().Price;
        #pragma warning restore CS8602
            public decimal Zero() => 0m;
        }
        """, """
        class Prices
        {
            public decimal First(List<Product> items) => items.First().Price;
            public decimal Zero() => 0m;
        }
        """);

    [Fact]
    public Task What_a_generator_wrote() => Allows("// <auto-generated/>\n#pragma warning disable\npublic class Checkout { public int Count => 1; }");

    [Fact]
    public async Task The_heads_of_many_files_that_are_not_annotated_yet()
    {
        var run = new RuleRun("RISK7007") { TestCode = "#nullable disable\npublic class Cart { public string Owner { get; set; } }" };
        for (var i = 0; i < 5; i++)
            run.TestState.Sources.Add(($"/shop/Old{i}.cs", $"#nullable disable\npublic class Old{i} {{ public string Owner {{ get; set; }} }}"));
        run.AddOptions("");
        await run.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task The_heads_of_many_files_behind_their_usings()
    {
        var run = new RuleRun("RISK7007") { TestCode = "using System.Text;\n\n#nullable disable\nnamespace Shop.Carts\n{\n    public class Cart { public string Owner { get; set; } }\n}" };
        for (var i = 0; i < 5; i++)
            run.TestState.Sources.Add(($"/shop/Old{i}.cs", $"using System.Text;\n#nullable disable\nnamespace Shop.Old {{ public class Old{i} {{ public string Owner {{ get; set; }} }} }}"));
        run.AddOptions("");
        await run.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public Task A_class_of_values_without_annotations() => Allows("""
        class Reset
        {
        #nullable disable
            class Stored
            {
                public string Pin { get; set; }
                public string UserName { get; set; } = "";
            }
        #nullable restore
        }
        """);

    [Fact]
    public Task A_class_of_values_that_also_computes() => Flags("""
        class Reset
        {
        [|#nullable disable|]
            class Stored
            {
                public string Pin { get; set; }
                public int Length() => Pin.Length;
            }
        #nullable restore
        }
        """);

    [Fact]
    public Task What_a_list_may_hold() => Allows("""
        class C
        {
            public List<string> M(List<string?> names)
            {
        #pragma warning disable CS8619
                return names!;
        #pragma warning restore CS8619
            }
        }
        """);
}
