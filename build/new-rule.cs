// Makes the three files of a new rule: rule, test and page.
//   dotnet run build/new-rule.cs -- RISK1099 RoundedTwice
using System.Text.RegularExpressions;

string[] families = ["", "Money", "Payments", "Accounts", "Errors", "Resilience", "Data", "Residue", "Team"];
if (args is not [var id, var name] || !Regex.IsMatch(id, @"^RISK[1-8]\d{3}$") || !Regex.IsMatch(name, "^[A-Z][A-Za-z0-9]+$"))
{
    Console.Error.WriteLine("usage: dotnet run build/new-rule.cs -- RISK1099 RoundedTwice");
    return 2;
}
// Not the caller's file path: builds of a CI server map that to /_/.
var root = Path.GetFullPath(Path.Combine((string)AppContext.GetData("EntryPointFileDirectoryPath")!, ".."));
var family = families[id[4] - '0'];
var page = Path.Combine(root, "docs", "rules", id + ".md");
if (File.Exists(page))
{
    Console.Error.WriteLine($"{id} is taken: docs/rules/{id}.md");
    return 1;
}

Write(Path.Combine(root, "src", "RiskAnalyzers", "Rules", family, name + ".cs"), $$"""
    using RiskAnalyzers.Language;

    namespace RiskAnalyzers.Rules.{{family}};

    /// <summary>The risky shape in one sentence.</summary>
    internal sealed class {{name}} : RiskRule
    {
        private static readonly DiagnosticDescriptor Risk = Create(
            "{{id}}",
            title: "The risk in a few words",
            message: "'{0}' goes wrong in this way; do that instead",
            why: "Whom it has hurt, and how.");

        public {{name}}() : base(Risk)
        {
        }

        public override void Listen(RuleListener on) => on.Operation(Check, OperationKind.Invocation);

        private static void Check(OperationVisit visit)
        {
            var call = (IInvocationOperation)visit.Operation;
            if (call.TargetMethod.Name != "{{name}}Example")
                return;
            visit.Report(call, Excerpt.Of(call));
        }
    }

    """);
Write(Path.Combine(root, "tests", "RiskAnalyzers.Tests", "Rules", family, name + "Tests.cs"), $$"""
    using RiskAnalyzers.Tests.Framework;

    namespace RiskAnalyzers.Tests.Rules.{{family}};

    public sealed class {{name}}Tests() : RuleTest("{{id}}")
    {
        [Fact]
        public Task A_risky_call() => Flags("class C { void {{name}}Example() { } void M() { [|{{name}}Example()|]; } }");

        [Fact]
        public Task Another_call() => Allows("class C { void Other() { } void M() { Other(); } }");
    }

    """);
Write(page, $$"""
    # {{id}} {{name}}

    **Severity:** Warning · **Fix:** no

    **Evidence:** [CWE-000](../evidence.md#weaknesses)

    ## What it finds

    TODO: one sentence on the shape, with the variants that count.

    ## Why it matters

    TODO: whom it has hurt, and how.

    ## Examples

    Reported:

    ```csharp
    public void {{name}}Example() { }

    public void Run() => {{name}}Example(); // {{id}}
    ```

    Left alone:

    ```csharp
    public void Run() { }
    ```

    ## How to fix it

    TODO: what to write instead.

    ## When to leave it

    TODO: where the shape is meant.

    ## Related rules

    TODO: RISK rules that are near, and those of other analyzers that see less or more.

    """);
Console.WriteLine($"now: dotnet run build/derive.cs, then dotnet test --project tests/RiskAnalyzers.Tests --filter-class '*{name}Tests'");
return 0;

void Write(string path, string text)
{
    Directory.CreateDirectory(Path.GetDirectoryName(path)!);
    File.WriteAllText(path, text);
    Console.WriteLine("made " + Path.GetRelativePath(root, path));
}
