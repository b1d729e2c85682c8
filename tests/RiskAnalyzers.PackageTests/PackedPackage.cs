using System.Globalization;
using RiskAnalyzers.PackageTests;

[assembly: AssemblyFixture(typeof(PackedPackage))]

namespace RiskAnalyzers.PackageTests;

/// <summary>The package, packed once for all tests, and one consumer restored once, which every test copies.</summary>
public sealed class PackedPackage : IAsyncLifetime
{
    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <Nullable>enable</Nullable>
            <ImplicitUsings>enable</ImplicitUsings>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="RiskAnalyzers" Version="$version$" />
          </ItemGroup>
        </Project>
        """;

    public string Root { get; } = Path.Combine(Path.GetTempPath(), "risk-package-tests-" + Guid.NewGuid().ToString("N")[..8]);

    // A version of its own keeps the package cache from serving an older build.
    public string Version { get; } = "0.1.0-test." + DateTime.UtcNow.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);

    public string PackagePath => Path.Combine(Root, "feed", $"RiskAnalyzers.{Version}.nupkg");

    private string Template => Path.Combine(Root, "template");

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Template);
        await Pack(Path.Combine(Root, "feed"));
        await File.WriteAllTextAsync(Path.Combine(Root, "nuget.config"), $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="{Path.Combine(Root, "packages")}" /></config>
              <packageSources><add key="packed" value="{Path.Combine(Root, "feed")}" /></packageSources>
              <packageSourceMapping>
                <packageSource key="packed"><package pattern="RiskAnalyzers" /></packageSource>
              </packageSourceMapping>
            </configuration>
            """);
        await File.WriteAllTextAsync(Path.Combine(Template, "Shop.csproj"), Project.Replace("$version$", Version));
        // The folder's own settings end here: nothing above may leak in.
        await File.WriteAllTextAsync(Path.Combine(Root, "Directory.Build.props"), "<Project />");
        await File.WriteAllTextAsync(Path.Combine(Root, "Directory.Build.targets"), "<Project />");
        await File.WriteAllTextAsync(Path.Combine(Root, "Directory.Packages.props"), "<Project />");
        (await DotNet.Run(Template, null, "restore")).MustPass();
    }

    /// <summary>Packs the package into a folder.</summary>
    internal async Task Pack(string folder) =>
        (await DotNet.Run(Repository.Root, null, "pack", "src/RiskAnalyzers.Package", "-c", "Release", "-o", folder, "-p:Version=" + Version)).MustPass();

    /// <summary>A consumer of its own: a copy of the restored one.</summary>
    internal Consumer NewConsumer(string name)
    {
        var folder = Path.Combine(Root, name + "-" + Guid.NewGuid().ToString("N")[..6]);
        foreach (var file in Directory.EnumerateFiles(Template, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(Template, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.WriteAllText(copy, File.ReadAllText(file).Replace(Template, folder));
        }
        return new Consumer(folder);
    }

    /// <summary>A folder of its own for a consumer that brings its own projects: they may ask the machine's gallery for packages, and take what it already has.</summary>
    internal Consumer NewFolder(string name)
    {
        var folder = new Consumer(Path.Combine(Root, name + "-" + Guid.NewGuid().ToString("N")[..6]));
        var cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var fallback = Directory.Exists(cache) ? $"<fallbackPackageFolders><add key=\"machine\" value=\"{cache}\" /></fallbackPackageFolders>" : "";
        return folder.With("nuget.config", $"<configuration>{fallback}<packageSourceMapping><clear /></packageSourceMapping></configuration>");
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(Root, recursive: true);
        return default;
    }
}
