using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using RiskAnalyzers.Language;
using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Language;

public sealed class SettingsTests
{
    [Theory]
    [InlineData("config[\"Jwt:Key\"]", "Jwt:Key")]
    [InlineData("config.GetValue<decimal>(\"Tax:Rate\")", "Tax:Rate")]
    [InlineData("config.GetValue(\"Features:New\", true)", "Features:New")]
    [InlineData("config.GetConnectionString(\"Shop\")", "ConnectionStrings:Shop")]
    [InlineData("config.GetSection(\"Jwt\")[\"Key\"]", "Jwt:Key")]
    [InlineData("config.GetSection(\"A\").GetRequiredSection(\"B\").GetValue<int>(\"C\")", "A:B:C")]
    [InlineData("config.GetSection(\"Jwt:Key\").Value", "Jwt:Key")]
    [InlineData("config.GetSection(\"Stripe\").Get<Order>()", "Stripe")]
    [InlineData("Environment.GetEnvironmentVariable(\"Stripe__Key\")", "Stripe:Key")]
    [InlineData("config[Section + \":Key\"]", "Jwt:Key")]
    [InlineData("section[\"Key\"]", "Key")]
    [InlineData("config[$\"Stripe:{name}:Secret\"]", "Stripe:*:Secret")]
    [InlineData("config[\"Features:\" + name]", "Features:*")]
    [InlineData("config[name]", "")]
    public void A_read_and_its_key(string expression, string key)
    {
        var read = ReadIn($"return {expression};");

        Assert.Equal(key, read.KnownKey);
    }

    [Fact]
    public void A_section_in_a_local() => Assert.Equal("Jwt:Key", ReadIn("var jwt = config.GetSection(\"Jwt\"); return jwt[\"Key\"];").Key);

    [Theory]
    [InlineData("return config[\"K\"] ?? \"d\";", "\"d\"")]
    [InlineData("return config[\"K\"] ?? Environment.GetEnvironmentVariable(\"K\") ?? \"d\";", "\"d\"")]
    [InlineData("return int.Parse(config[\"K\"] ?? \"60\");", "\"60\"")]
    [InlineData("return config.GetValue(\"K\", true);", "true")]
    [InlineData("return config.GetValue<int?>(\"K\") ?? 5;", "5")]
    [InlineData("var key = config[\"K\"]; return key ?? \"d\";", "\"d\"")]
    [InlineData("var key = config[\"K\"]; key ??= \"d\"; return key;", "\"d\"")]
    [InlineData("var key = config[\"K\"]; if (string.IsNullOrEmpty(key)) { key = \"d\"; } return key;", "\"d\"")]
    [InlineData("var key = config[\"K\"]; return string.IsNullOrWhiteSpace(key) ? \"d\" : key;", "\"d\"")]
    [InlineData("var key = config[\"K\"]; return key is { Length: > 0 } ? key : \"d\";", "\"d\"")]
    [InlineData("return bool.TryParse(config[\"K\"], out var on) ? on : true;", "true")]
    [InlineData("if (!decimal.TryParse(config[\"K\"], out var rate)) rate = 0.2m; return rate;", "0.2m")]
    [InlineData("return config[\"K\"] is { } key ? key : \"d\";", "\"d\"")]
    public void What_stands_in_for_a_missing_setting(string body, string standIn) =>
        Assert.Contains(standIn, Settings.DefaultsOf(ReadIn(body)).Select(stand => stand.Syntax.ToString()));

    [Theory]
    [InlineData("return config[\"K\"];")]
    [InlineData("return config.GetValue<int>(\"K\");")]
    [InlineData("return config[\"K\"] + \"d\";")]
    [InlineData("var key = config[\"K\"]; return key!.Length;")]
    public void Nothing_stands_in(string body)
    {
        var read = ReadIn(body);

        Assert.Empty(Settings.DefaultsOf(read));
        Assert.False(Settings.IsGuarded(read));
    }

    [Theory]
    [InlineData("return config[\"K\"] ?? throw new InvalidOperationException();")]
    [InlineData("var key = config[\"K\"]; if (key is null) throw new InvalidOperationException(); return key;")]
    [InlineData("var key = config[\"K\"]; if (string.IsNullOrEmpty(key)) return name; return key;")]
    public void A_missing_setting_is_noticed(string body) => Assert.True(Settings.IsGuarded(ReadIn(body)));

    [Theory]
    [InlineData("if (environment.IsDevelopment()) Place();", nameof(EnvironmentReach.DevelopmentOnly))]
    [InlineData("if (!environment.IsProduction()) Place();", nameof(EnvironmentReach.OutsideProduction))]
    [InlineData("if (environment.IsProduction()) { } else { Place(); }", nameof(EnvironmentReach.OutsideProduction))]
    [InlineData("if (!environment.IsDevelopment()) return null; Place();", nameof(EnvironmentReach.DevelopmentOnly))]
    [InlineData("if (environment.IsDevelopment() && name.Length > 2) Place();", nameof(EnvironmentReach.DevelopmentOnly))]
    [InlineData("if (environment.EnvironmentName == \"Local\") Place();", nameof(EnvironmentReach.DevelopmentOnly))]
    [InlineData("if (Environment.GetEnvironmentVariable(\"ASPNETCORE_ENVIRONMENT\") != \"Production\") Place();", nameof(EnvironmentReach.OutsideProduction))]
    [InlineData("var isDev = environment.IsDevelopment(); if (isDev) Place();", nameof(EnvironmentReach.DevelopmentOnly))]
    [InlineData("if (environment.IsEnvironment(\"Testing\")) Place();", nameof(EnvironmentReach.DevelopmentOnly))]
    [InlineData("if (!environment.IsDevelopment()) Place();", nameof(EnvironmentReach.Production))]
    [InlineData("if (environment.IsDevelopment() || name.Length > 2) Place();", nameof(EnvironmentReach.Any))]
    [InlineData("if (name == \"Development\") Place();", nameof(EnvironmentReach.Any))]
    [InlineData("Place();", nameof(EnvironmentReach.Any))]
    public void The_environments_in_which_a_place_is_reached(string body, string reach)
    {
        var place = Bind(body + " return null;").OfType<IInvocationOperation>().Single(call => call.TargetMethod.Name == "Place");

        Assert.Equal(reach, Environments.Around(place).ToString());
    }

    private static SettingRead ReadIn(string body) => Bind(body).Select(Settings.Read).First(read => read is not null)!;

    private static IEnumerable<IOperation> Bind(string body)
    {
        var compilation = Analysis.Compile(("/shop/Sample.cs", $$"""
            class C : ShopCode
            {
                const string Section = "Jwt";
                void Place() { }
                object? M(string name, IConfigurationSection section) { {{body}} }
            }
            """), (Prelude.Path, Prelude.Source));
        Assert.Empty(compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error));
        var tree = compilation.SyntaxTrees[0];
        var method = tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().Single(m => m.Identifier.Text == "M");
        return compilation.GetSemanticModel(tree).GetOperation(method)!.Descendants();
    }
}
