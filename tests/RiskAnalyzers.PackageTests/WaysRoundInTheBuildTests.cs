namespace RiskAnalyzers.PackageTests;

/// <summary>What somebody would change around the code, in project, configuration or command line, to get a red Release build green without a review.</summary>
public sealed class WaysRoundInTheBuildTests(PackedPackage package)
{
    [Theory]
    [InlineData("RISK0001", "-p:NoWarn=RISK0001%3BRISK1002")]
    [InlineData("RISK0001", "-p:WarningsNotAsErrors=RISK0001")]
    [InlineData("RISK0001", "-p:TreatWarningsAsErrors=false")]
    [InlineData("RISK0001", "-p:WarningLevel=0")]
    [InlineData("RISK0001", "-p:EnableNETAnalyzers=false")]
    [InlineData("RISK0001", "-p:AnalysisLevel=none")]
    [InlineData("RISK0001", "-p:RunAnalyzersDuringLiveAnalysis=false")]
    [InlineData("RISK0001", "-p:Optimize=false")]
    [InlineData("RISK0001", "-p:RiskAnalyzersEnforcement=enfroce")]
    [InlineData("RISK0006", "-p:RunAnalyzers=false")]
    [InlineData("RISK0006", "-p:RunAnalyzersDuringBuild=false")]
    [InlineData("RISK0001", "-p:ProvideCommandLineArgs=false")]
    [InlineData("RISK0001", "-p:_SkipAnalyzers=true")]
    [InlineData("RISK0006", "-p:RunAnalyzers=false -p:DesignTimeBuild=true")]
    [InlineData("RISK0006", "-p:GenerateMSBuildEditorConfigFile=false")]
    public async Task On_the_command_line(string refusal, string arguments)
    {
        var shop = Shop("args");
        (await shop.Build("Release", arguments.Split(' '))).MustFailWith(refusal);
    }

    [Theory]
    [InlineData("RISK0001", "<PropertyGroup><NoWarn>$(NoWarn);RISK0001;RISK1002</NoWarn></PropertyGroup>")]
    [InlineData("RISK0001", "<PropertyGroup><WarningsNotAsErrors>RISK0001</WarningsNotAsErrors></PropertyGroup>")]
    [InlineData("RISK0001", "<PropertyGroup><CodeAnalysisRuleSet>quiet.ruleset</CodeAnalysisRuleSet></PropertyGroup>")]
    [InlineData("RISK0001", "<ItemGroup><GlobalAnalyzerConfigFiles Include=\"quiet.globalconfig\" /></ItemGroup>")]
    [InlineData("RISK0006", "<PropertyGroup><RunAnalyzers>false</RunAnalyzers></PropertyGroup>")]
    [InlineData("RISK0006", "<Target Name=\"Quiet\" BeforeTargets=\"CoreCompile\"><ItemGroup><Analyzer Remove=\"@(Analyzer)\" /></ItemGroup></Target>")]
    [InlineData("RISK0001", "<Target Name=\"Quiet\" AfterTargets=\"ResolveAssemblyReferences;ResolvePackageAssets\"><ItemGroup><Analyzer Remove=\"@(Analyzer)\" /></ItemGroup></Target>")]
    [InlineData("RISK0006", "<Target Name=\"Quiet\" AfterTargets=\"RiskAnalyzersMustRun\"><ItemGroup><Analyzer Remove=\"@(Analyzer)\" /></ItemGroup></Target>")]
    [InlineData("RISK0006", "<Target Name=\"Quiet\" AfterTargets=\"RiskAnalyzersMustRun\"><PropertyGroup><_SkipAnalyzers>true</_SkipAnalyzers></PropertyGroup></Target>")]
    [InlineData("RISK0006", "<ItemGroup><CompilerVisibleProperty Remove=\"RiskAnalyzersEnforcement\" /></ItemGroup>")]
    [InlineData("RISK0006", "<ItemGroup><GlobalAnalyzerConfigFiles Include=\"speaks.globalconfig\" /></ItemGroup>")]
    [InlineData("RISK0006", "<PropertyGroup><CompilerResponseFile>quiet.rsp</CompilerResponseFile></PropertyGroup>")]
    public async Task In_the_project(string refusal, string lines)
    {
        var shop = Shop("project").WithProjectLines(lines)
            .With("speaks.globalconfig", "is_global = true\nglobal_level = 9999\nbuild_property.RiskAnalyzersEnforcement = off\n")
            .With("quiet.rsp", "/skipanalyzers+\n")
            .With("quiet.ruleset", "<RuleSet Name=\"quiet\" ToolsVersion=\"17.0\"><Rules AnalyzerId=\"RiskAnalyzers\" RuleNamespace=\"RiskAnalyzers\"><Rule Id=\"RISK0001\" Action=\"None\" /><Rule Id=\"RISK1002\" Action=\"None\" /></Rules></RuleSet>")
            .With("quiet.globalconfig", "is_global = true\nglobal_level = 9999\ndotnet_diagnostic.RISK0001.severity = none\ndotnet_analyzer_diagnostic.severity = none\n");
        (await shop.Build("Release")).MustFailWith(refusal);
    }

    [Theory]
    [InlineData("dotnet_diagnostic.RISK0001.severity = none")]
    [InlineData("dotnet_diagnostic.RISK0001.severity = silent")]
    [InlineData("dotnet_diagnostic.RISK0001.severity = suggestion")]
    [InlineData("dotnet_analyzer_diagnostic.severity = none")]
    [InlineData("dotnet_analyzer_diagnostic.category-RiskAnalyzers.Money.severity = none")]
    [InlineData("dotnet_analyzer_diagnostic.category-RiskAnalyzers.Gate.severity = none\ndotnet_analyzer_diagnostic.category-RiskAnalyzers.Money.severity = silent")]
    [InlineData("generated_code = true\nrisk_analyzers.critical_path = pay")]
    [InlineData("risk_analyzers.required_approvals = many")]
    public async Task In_the_editorconfig(string lines)
    {
        var shop = Shop("config").With(".editorconfig", Consumer.Policy + lines + "\n");
        (await shop.Build("Release")).MustFailWith("RISK0001");
    }

    [Fact]
    public async Task A_configuration_that_the_team_listed_enforces()
    {
        var shop = Shop("configurations").WithProjectLines("<PropertyGroup><RiskAnalyzersEnforcedConfigurations>Release; Staging</RiskAnalyzersEnforcedConfigurations></PropertyGroup>");
        (await shop.Build("staging")).MustFailWith("RISK0001");
        (await shop.Build("Other")).MustPass();
    }

    [Fact]
    public async Task A_green_build_that_reported_does_not_make_the_enforcing_one_green()
    {
        var shop = Shop("stale");
        (await shop.Build("Release", "-p:RiskAnalyzersEnforcement=report")).MustPass();
        (await shop.Build("Release")).MustFailWith("RISK0001");
        (await shop.Build("Release", "-p:RiskAnalyzersEnforcement=off", "-p:RunAnalyzers=false")).MustPass();
        (await shop.Build("Release", "-p:SkipCompilerExecution=true")).MustFailWith("RISK0006");
        (await shop.Build("Release")).MustFailWith("RISK0001");
    }

    [Fact]
    public async Task Hidden_arguments_are_refused_even_without_a_risk()
    {
        var shop = Shop("arguments").With("Cart.cs", "namespace Shop.Checkout; public class Cart { }");
        (await shop.Build("Release", "-p:ProvideCommandLineArgs=false")).MustFailWith("RISK0006");
    }

    [Fact]
    public async Task A_rule_s_own_severity_is_policy_and_legal()
    {
        var shop = Shop("severity").With(".editorconfig", Consumer.Policy + "dotnet_diagnostic.RISK1002.severity = none\n");
        (await shop.Build("Release")).MustPass();
    }

    [Fact]
    public async Task A_policy_does_not_speak_for_the_build_and_an_analyzer_that_cannot_run_is_no_silence()
    {
        var shop = Shop("unloaded").With("Cart.cs", "namespace Shop.Checkout; public class Cart { }").With(".editorconfig", Consumer.Policy + "dotnet_diagnostic.AD0001.severity = none\n");
        (await shop.Build("Release")).MustFailWith("RISK0006");
        (await shop.Build("Debug")).MustPass();
    }

    private Consumer Shop(string name) => package.NewConsumer(name).With("Cart.cs", Consumer.RiskyCart).With(".editorconfig", Consumer.Policy);
}
