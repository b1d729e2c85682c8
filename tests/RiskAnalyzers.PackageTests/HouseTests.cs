using System.Text.Json;
using System.Text.RegularExpressions;

namespace RiskAnalyzers.PackageTests;

/// <summary>The package in the kinds of solutions that teams have.</summary>
public sealed class HouseTests(PackedPackage package)
{
    private const string Risk = "public static decimal Total(decimal? price, int quantity) => price ?? 0m * quantity;";

    [Fact]
    public async Task One_installation_serves_a_solution_whose_projects_differ_in_policy()
    {
        var house = package.NewFolder("solution")
            .With("Directory.Build.props", """
                <Project>
                  <PropertyGroup><ImplicitUsings>enable</ImplicitUsings><Nullable>enable</Nullable><LangVersion>latest</LangVersion></PropertyGroup>
                  <ItemGroup><PackageReference Include="RiskAnalyzers" /></ItemGroup>
                
                """ + ResultsAsDocumented() + "</Project>")
            .With("Directory.Packages.props", $"""
                <Project>
                  <PropertyGroup><ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally></PropertyGroup>
                  <ItemGroup><PackageVersion Include="RiskAnalyzers" Version="{package.Version}" /></ItemGroup>
                </Project>
                """)
            .With("All.slnx", """<Solution><Project Path="Web/Web.csproj" /><Project Path="Core/Core.csproj" /></Solution>""")
            .With("Web/Web.csproj", """
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
                  <ItemGroup><ProjectReference Include="../Core/Core.csproj" /></ItemGroup>
                </Project>
                """)
            .With("Core/Core.csproj", """
                <Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFrameworks>net10.0;netstandard2.0</TargetFrameworks></PropertyGroup></Project>
                """)
            .With(".editorconfig", "root = true\n[*.cs]\nrisk_analyzers.reviewers = alice, bob\n")
            // A project's own policy, and another for one of its folders.
            .With("Core/.editorconfig", "[*.cs]\nrisk_analyzers.reviewers = carol\n[Billing/*.cs]\nrisk_analyzers.required_approvals = 2\n")
            .With("Web/Cart.cs", "namespace Shop.Checkout;\n\npublic static class Cart\n{\n    " + Risk + "\n}\n")
            .With("Core/Price.cs", "namespace Shop.Pricing;\n\npublic static class Price\n{\n    " + Risk + "\n}\n")
            .With("Core/Billing/Bill.cs", "namespace Shop.Billing;\n\npublic static class Bill\n{\n    " + Risk + "\n}\n");
        (await house.Run("restore")).MustPass();

        var refused = await house.Build("Release", "-p:CI=true");
        foreach (var unit in (string[])["Price.Total", "Bill.Total"])
            Assert.Contains(refused.Of("RISK0001"), line => line.Contains($"'{unit}'"));
        ResultsCarryWhatToolsNeed(house.Read("Core/obj/Corenet10.0.sarif"));

        // Each reviewer signs where the project's roster has the name.
        (await house.Format(("RiskReviewer", "alice"))).MustPass();
        (await house.Format(("RiskReviewer", "carol"))).MustPass();
        Assert.Contains("ReviewedBy(\"alice\"", house.Read("Web/Cart.cs"));
        Assert.Contains("ReviewedBy(\"carol\"", house.Read("Core/Price.cs"));
        Assert.DoesNotContain("alice", house.Read("Core/Price.cs"));
        // Two target frameworks share a file, and need its review once.
        Assert.Single(house.Read("Core/Price.cs").Split("ReviewedBy")[1..]);

        var oneApproval = await house.Build("Release");
        oneApproval.MustFailWith("RISK0003");
        Assert.Contains("2 people must approve", Assert.Single(oneApproval.Of("RISK0003").Select(line => line.Split(" [")[0]).Distinct()));
        house.With("Core/.editorconfig", house.Read("Core/.editorconfig").Replace("= 2", "= 1"));
        (await house.Build("Release", "-warnaserror")).MustPass();

        // What the fix wrote is formatted as the formatter would.
        (await house.Run("format", "--no-restore", "--verify-no-changes")).MustPass();
    }

    [Fact]
    public async Task Razor_pages_and_generated_sources_build_and_count_where_somebody_put_them_on_a_path()
    {
        var shop = package.NewFolder("razor")
            .With("Shop.csproj", $"""
                <Project Sdk="Microsoft.NET.Sdk.Web">
                  <PropertyGroup><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings><Nullable>enable</Nullable><OutputType>Library</OutputType></PropertyGroup>
                  <ItemGroup><PackageReference Include="RiskAnalyzers" Version="{package.Version}" /></ItemGroup>
                </Project>
                """)
            .With("Messages.cs", """
                using System.Text.RegularExpressions;
                namespace Shop.Orders;
                public static partial class Patterns
                {
                    [GeneratedRegex("^[0-9]+$")]
                    public static partial Regex Digits();
                }
                """)
            .With("Checkout.razor", "<p>@Total(null, 2)</p>\n@code {\n    " + Risk + "\n}\n");
        (await shop.Run("restore")).MustPass();
        (await shop.Build("Release", "-warnaserror")).MustPass();

        shop.With("Checkout.razor", "@attribute [RiskAnalyzers.CriticalPath(\"checkout\")]\n" + shop.Read("Checkout.razor"));
        var refused = await shop.Build("Release");
        refused.MustFailWith("RISK0001");
        Assert.Contains("Checkout.razor", Assert.Single(refused.Of("RISK0001")));
    }

    [Fact]
    public async Task A_build_of_the_same_code_gives_the_same_assembly()
    {
        var shop = package.NewConsumer("deterministic").With("Cart.cs", "namespace Shop.Checkout; public class Cart { }").With(".editorconfig", Consumer.Policy);
        (await shop.Build("Release")).MustPass();
        var assembly = Path.Combine(shop.Folder, "bin", "Release", "net10.0", "Shop.dll");
        var first = await File.ReadAllBytesAsync(assembly);
        (await shop.Build("Release", "-t:Rebuild")).MustPass();
        Assert.Equal(first, await File.ReadAllBytesAsync(assembly));
    }

    private static string ResultsAsDocumented() =>
        Regex.Match(File.ReadAllText(Repository.File("docs", "ci.md")).ReplaceLineEndings("\n"), "```xml\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;

    private static void ResultsCarryWhatToolsNeed(string sarif)
    {
        var results = JsonDocument.Parse(sarif).RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray();
        var refusal = results.First(result => result.GetProperty("ruleId").GetString() == "RISK0001" && result.GetProperty("message").GetProperty("text").GetString()!.Contains("Price.Total"));
        Assert.Equal("error", refusal.GetProperty("level").GetString());
        var properties = refusal.GetProperty("properties").GetProperty("customProperties");
        Assert.Equal("pricing", properties.GetProperty("path").GetString());
        Assert.Equal("M:Shop.Pricing.Price.Total(System.Nullable{System.Decimal},System.Int32)", properties.GetProperty("unit").GetString());
        Assert.Matches("^r1\\.[0-9a-z]{16}$", properties.GetProperty("digest").GetString());
        Assert.Contains("RISK1002", properties.GetProperty("rules").GetString());
        Assert.Equal("unreviewed", properties.GetProperty("state").GetString());
    }
}
