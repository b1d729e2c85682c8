using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Configuration;

public sealed class ConfigurationCheckTests
{
    [Theory]
    [InlineData("risk_analyzers.critical_pth", "checkout", "risk_analyzers.critical_pth is not an option of RiskAnalyzers; the nearest one is risk_analyzers.critical_path")]
    [InlineData("risk_analyzers.reviewer", "alice", "risk_analyzers.reviewer is not an option of RiskAnalyzers; the nearest one is risk_analyzers.reviewers")]
    [InlineData("risk_analyzers.required_approvals", "two", "risk_analyzers.required_approvals = two: expected a whole number, zero or more")]
    [InlineData("risk_analyzers.required_approvals", "-1", "risk_analyzers.required_approvals = -1: expected a whole number, zero or more")]
    [InlineData("risk_analyzers.require_review", "some", "risk_analyzers.require_review = some: expected one of findings, ai, all")]
    [InlineData("risk_analyzers.require_senior", "maybe", "risk_analyzers.require_senior = maybe: expected one of never, ai, always")]
    [InlineData("risk_analyzers.conventions", "yes", "risk_analyzers.conventions = yes: expected true or false")]
    [InlineData("risk_analyzers.critical_path", "", "risk_analyzers.critical_path = : expected a name")]
    [InlineData("risk_analyzers.critical_path.pay", " , ", "risk_analyzers.critical_path.pay: expected symbol patterns separated by commas")]
    public async Task What_nobody_can_read_is_reported(string key, string value, string complaint) => Assert.Equal([complaint], await Complaints(key, value));

    [Theory]
    [InlineData("risk_analyzers.critical_path", "checkout")]
    [InlineData("risk_analyzers.critical_path", "none")]
    [InlineData("risk_analyzers.critical_path.pay", "Shop.Pay.*")]
    [InlineData("risk_analyzers.reviewers", "alice, bob")]
    [InlineData("RISK_ANALYZERS.REQUIRE_REVIEW", "AI")]
    [InlineData("dotnet_diagnostic.RISK1002.severity", "sometimes")]
    public async Task What_is_right_is_not(string key, string value) => Assert.Empty(await Complaints(key, value));

    private static async Task<IEnumerable<string>> Complaints(string key, string value)
    {
        var reported = await Analysis.Run(Analysis.Compile(("/shop/Code.cs", "class A { }")), new ConfigOptions().For("Code.cs", key, value));
        return reported.Where(d => d.Id == "RISK0005").Select(d => d.GetMessage());
    }
}
