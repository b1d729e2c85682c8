using System.IO.Compression;

namespace RiskAnalyzers.PackageTests;

/// <summary>From installation to a reviewed build, and what voids the review.</summary>
public sealed class ReviewLifeTests(PackedPackage package)
{
    [Fact]
    public void The_package_holds_what_it_should_and_nothing_else()
    {
        using var archive = ZipFile.OpenRead(package.PackagePath);
        Assert.Equal(
            ["LICENSE", "README.md", "RiskAnalyzers.nuspec", "analyzers/dotnet/cs/RiskAnalyzers.CodeFixes.dll", "analyzers/dotnet/cs/RiskAnalyzers.dll",
                "build/RiskAnalyzers.all.globalconfig", "build/RiskAnalyzers.props", "build/RiskAnalyzers.targets", "lib/netstandard2.0/RiskAnalyzers.Annotations.dll", "lib/netstandard2.0/RiskAnalyzers.Annotations.xml"],
            archive.Entries.Select(entry => entry.FullName).Where(name => !name.StartsWith("_rels/", StringComparison.Ordinal) && !name.StartsWith("package/", StringComparison.Ordinal) && !name.StartsWith('['))
                .Order(StringComparer.Ordinal));
        using var nuspec = new StreamReader(archive.GetEntry("RiskAnalyzers.nuspec")!.Open());
        Assert.DoesNotContain("<dependency ", nuspec.ReadToEnd());
        using var readme = new StreamReader(archive.GetEntry("README.md")!.Open());
        var text = readme.ReadToEnd();
        Assert.Contains("](https://github.com/RiskAnalyzers/RiskAnalyzers/blob/main/docs/rules/README.md)", text);
        Assert.DoesNotMatch(@"\]\((?!https://|#)", text);
    }

    [Fact]
    public async Task A_risk_is_a_warning_in_debug_an_error_in_release_and_answered_by_a_review()
    {
        var shop = package.NewConsumer("life").With("Cart.cs", Consumer.RiskyCart).With(".editorconfig", Consumer.Policy);

        var debug = await shop.Build("Debug");
        debug.MustPass();
        Assert.Contains("warning RISK1002", debug.Output);
        (await shop.Build("Release")).MustFailWith("RISK0001");

        Assert.Empty((await shop.Format(("RiskReviewer", "mallory"))).Of("RISK0001"));
        Assert.DoesNotContain("ReviewedBy", shop.Read("Cart.cs"));

        (await shop.Format(("RiskReviewer", "alice"))).MustPass();
        Assert.Contains("ReviewedBy(\"alice\", \"", shop.Read("Cart.cs"));
        (await shop.Build("Release", "-warnaserror")).MustPass();

        shop.With("Cart.cs", shop.Read("Cart.cs").Replace("return price ?? 0m * quantity;", "// the total\n        return price\n            ?? 0m * quantity;"));
        (await shop.Build("Release", "-warnaserror")).MustPass();

        shop.Replacing("Cart.cs", "0m", "0.00m");
        (await shop.Build("Release")).MustFailWith("RISK0002");
    }

    [Fact]
    public async Task Nobody_signs_by_formatting()
    {
        var shop = package.NewConsumer("formatting").With("Cart.cs", Consumer.RiskyCart).With(".editorconfig", Consumer.Policy);
        await shop.Format();
        Assert.DoesNotContain("ReviewedBy", shop.Read("Cart.cs"));
    }

    [Fact]
    public async Task A_shop_adopts_the_gate_with_a_baseline()
    {
        var shop = package.NewConsumer("baseline").With("Cart.cs", Consumer.RiskyCart).With(".editorconfig", Consumer.Policy);
        (await shop.Format(("RiskRecord", "baseline"))).MustPass();
        Assert.Contains("M:Shop.Checkout.Cart.LineTotal(System.Nullable{System.Decimal},System.Int32)", shop.Read("RiskBaseline.txt"));
        Assert.DoesNotContain("ReviewedBy", shop.Read("Cart.cs"));

        var build = await shop.Build("Release", "-warnaserror");
        build.MustPass();
        Assert.Contains("Shop: 1 units in RiskBaseline.txt are exempt from review until they are touched", build.Output);

        shop.Replacing("Cart.cs", "0m", "0.00m");
        (await shop.Build("Release")).MustFailWith("RISK0001");

        (await shop.Run("format", "analyzers", "--no-restore", "--diagnostics", "RISK0008")).MustPass();
        Assert.NotEqual("", shop.Read("RiskBaseline.txt").Trim());
        (await shop.Format(["RISK0008"], ("RiskRecord", "prune"))).MustPass();
        Assert.Equal("", shop.Read("RiskBaseline.txt").Trim());
    }

    [Fact]
    public async Task An_expired_review_is_refused_and_the_file_of_the_policy_is_named()
    {
        var shop = package.NewConsumer("expiry").With("Cart.cs", Consumer.RiskyCart).With(".editorconfig", Consumer.Policy);
        (await shop.Format(("RiskReviewer", "alice"))).MustPass();
        shop.With(".editorconfig", Consumer.Policy + "risk_analyzers.review_max_age_days = 30\n");
        (await shop.Build("Release")).MustPass();

        shop.With("Cart.cs", System.Text.RegularExpressions.Regex.Replace(shop.Read("Cart.cs"), @"\d{4}-\d\d-\d\d", "2026-01-01"));
        var expired = await shop.Build("Release");
        expired.MustFailWith("RISK0003");
        Assert.Contains("older than 30 days (risk_analyzers.review_max_age_days in .editorconfig)", expired.Output);
    }

    [Fact]
    public async Task Seniors_notes_and_assisted_code_are_the_policy_s_to_demand()
    {
        var shop = package.NewConsumer("policies").With("Cart.cs", Consumer.RiskyCart).With(".editorconfig", Consumer.Policy);
        (await shop.Format(("RiskReviewer", "bob"))).MustPass();
        (await shop.Build("Release")).MustPass();

        shop.With(".editorconfig", Consumer.Policy + "risk_analyzers.senior_reviewers = alice\nrisk_analyzers.require_senior = always\n");
        Assert.Contains("bob is not a senior reviewer (alice) (risk_analyzers.require_senior in .editorconfig)", (await shop.Build("Release")).Output);

        shop.With(".editorconfig", Consumer.Policy + "risk_analyzers.review_notes_min_length = 10\n");
        Assert.Contains("the notes of 'bob' say less than 10 characters", (await shop.Build("Release")).Output);

        // Assisted code needs a review without a finding, and not by whom it is from.
        shop.With(".editorconfig", Consumer.Policy + "risk_analyzers.require_review = ai\n")
            .With("Total.cs", "namespace Shop.Checkout;\n\npublic static class Total\n{\n    [RiskAnalyzers.AiAssisted(Tool = \"generator\", Author = \"bob\")]\n    public static int Twice(int count) => count * 2;\n}\n");
        (await shop.Build("Release")).MustFailWith("RISK0001");
        (await shop.Format(("RiskReviewer", "bob"))).MustPass();
        Assert.Contains("'bob' let a tool write this code and cannot review it", (await shop.Build("Release")).Output);
    }

    [Fact]
    public async Task Presets_change_what_counts_and_the_team_s_configuration_wins()
    {
        var shop = package.NewConsumer("presets").With("Cart.cs", Consumer.RiskyCart).With(".editorconfig", Consumer.Policy);
        var gateOnly = await shop.Build("Release", "-p:RiskAnalyzersMode=gate-only");
        gateOnly.MustFailWith("RISK0001");
        Assert.DoesNotContain("warning RISK1002", gateOnly.Output);

        shop.With(".editorconfig", Consumer.Policy + "dotnet_diagnostic.RISK1002.severity = error\n");
        Assert.Contains("error RISK1002", (await shop.Build("Debug", "-p:RiskAnalyzersMode=all")).Output);
    }

    [Fact]
    public async Task A_build_that_changed_nothing_compiles_nothing()
    {
        var shop = package.NewConsumer("incremental").With("Cart.cs", "namespace Shop.Checkout; public class Cart { }").With(".editorconfig", Consumer.Policy + "risk_analyzers.review_max_age_days = 30\n");
        (await shop.Build("Release")).MustPass();
        var again = await shop.Build("Release", "-v:n");
        again.MustPass();
        Assert.Contains("Skipping target \"CoreCompile\" because all output files are up-to-date", again.Output);
    }
}
