using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Residue;

public sealed class KeysLostAtRestartTests() : RuleTest("RISK7016")
{
    private const string Usings = "using Microsoft.AspNetCore.DataProtection; ";

    private static string Code(string call, string more = "") => Usings + $$"""
        public static class SecuritySetup
        {
            public static IServiceCollection AddSecurity(this IServiceCollection services, IConfiguration configuration, IHostEnvironment env)
            {
                {{call}}
                return services;
            }
            {{more}}
        }
        """;

    [Fact]
    public Task Data_protection_as_it_comes() => Flags(Code("services.[|AddDataProtection|]();"));

    [Fact]
    public Task A_name_alone() => Flags(Code("services.[|AddDataProtection|]().SetApplicationName(\"shop\");"));

    [Fact]
    public Task A_lifetime_alone() => Flags(Code("services.[|AddDataProtection|]().SetDefaultKeyLifetime(TimeSpan.FromDays(90));"));

    [Fact]
    public Task Options_without_a_place() => Flags(Code("services.[|AddDataProtection|](options => options.ApplicationDiscriminator = \"shop\");"));

    [Fact]
    public Task A_builder_in_a_local() => Flags(Code("var builder = services.[|AddDataProtection|](); builder.SetApplicationName(\"shop\");"));

    [Fact]
    public Task In_production_only() => Flags(Code("if (!env.IsDevelopment()) services.[|AddDataProtection|]();"));

    [Fact]
    public Task A_folder_beside_the_program() => Flags(Code("services.AddDataProtection().[|PersistKeysToFileSystem|](new DirectoryInfo(\"./keys\"));"));

    [Fact]
    public Task A_folder_with_a_name_after() => Flags(Code("services.AddDataProtection().[|PersistKeysToFileSystem|](new DirectoryInfo(\"keys\")).SetApplicationName(\"shop\");"));

    [Fact]
    public Task Called_as_a_method() => Flags(Code("DataProtectionServiceCollectionExtensions.[|AddDataProtection|](services);"));

    [Fact]
    public Task A_folder_above() => Flags(Code("var builder = services.AddDataProtection(); builder.[|PersistKeysToFileSystem|](new DirectoryInfo(\"../keys\"));"));

    [Fact]
    public Task A_minimal_program_s_step() => Flags(Usings + "public class AuthModule { public void Configure(WebApplicationBuilder builder) => builder.Services.[|AddDataProtection|](); }");

    [Fact]
    public Task A_shared_folder() => Allows(Code("services.AddDataProtection().PersistKeysToFileSystem(new DirectoryInfo(\"/var/keys\"));"));

    [Fact]
    public Task A_share_of_the_network() => Allows(Code("services.AddDataProtection().PersistKeysToFileSystem(new DirectoryInfo(@\"\\\\files\\keys\"));"));

    [Fact]
    public Task A_folder_from_the_settings() => Allows(Code("services.AddDataProtection().PersistKeysToFileSystem(new DirectoryInfo(configuration[\"Keys:Path\"]!));"));

    [Fact]
    public Task A_folder_whose_keys_are_protected() => Allows(Code("services.AddDataProtection().PersistKeysToFileSystem(new DirectoryInfo(\"keys\")).ProtectKeysWithDpapi();"));

    [Fact]
    public Task A_drive() => Allows(Code("services.AddDataProtection().PersistKeysToFileSystem(new DirectoryInfo(@\"D:\\keys\"));"));

    [Fact]
    public Task Kept_in_another_step() => Allows(Code("var builder = services.AddDataProtection(); Keep(builder, configuration);", "private static void Keep(IDataProtectionBuilder builder, IConfiguration configuration) => builder.PersistKeysToFileSystem(new DirectoryInfo(configuration[\"Keys\"]!));"));

    [Fact]
    public Task Kept_in_a_repository_of_one_s_own() => Allows(Code("services.AddDataProtection(); services.AddSingleton<Microsoft.AspNetCore.DataProtection.Repositories.IXmlRepository>(_ => null!);"));

    [Fact]
    public Task Only_in_development() => Allows(Code("if (env.IsDevelopment()) services.AddDataProtection();"));

    [Fact]
    public Task A_method_of_that_name_s_neighbour() => Allows(Code("services.AddAuthorization(); services.AddAuthentication();"));

    [Fact]
    public Task A_protector_that_is_used() => Allows(Usings + "public class TokenVault(IDataProtectionProvider provider) { public string Keep(string text) => provider.CreateProtector(\"vault\").Protect(text); }");

    [Fact]
    public Task A_folder_of_another_thing() => Allows(Usings + "public class InvoiceStore { public DirectoryInfo Folder { get; } = new(\"./invoices\"); }");
}
