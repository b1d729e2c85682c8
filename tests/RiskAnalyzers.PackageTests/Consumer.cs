namespace RiskAnalyzers.PackageTests;

/// <summary>A real project that has installed the package.</summary>
internal sealed class Consumer(string folder)
{
    /// <summary>A unit on the checkout path with one risk (RISK1002).</summary>
    public const string RiskyCart = """
        namespace Shop.Checkout;

        public class Cart
        {
            public decimal LineTotal(decimal? price, int quantity)
            {
                return price ?? 0m * quantity;
            }
        }

        """;

    public const string Policy = """
        root = true
        [*.cs]
        risk_analyzers.reviewers = alice, bob

        """;

    public string Folder => folder;

    public Consumer With(string file, string text)
    {
        var path = Path.Combine(folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return this;
    }

    public Consumer WithCopyOf(string source)
    {
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(source, file);
            // What a build of the source itself left there stays there.
            if (name.Split(Path.DirectorySeparatorChar)[0] is not ("bin" or "obj"))
                With(name, File.ReadAllText(file));
        }
        return this;
    }

    public Consumer Replacing(string file, string old, string @new)
    {
        var text = File.ReadAllText(Path.Combine(folder, file));
        Assert.Contains(old, text);
        return With(file, text.Replace(old, @new));
    }

    public string Read(string file) => File.ReadAllText(Path.Combine(folder, file));

    /// <summary>Adds lines to the project, before its end.</summary>
    public Consumer WithProjectLines(string lines) => Replacing("Shop.csproj", "</Project>", lines + "\n</Project>");

    public Task<BuildResult> Run(params string[] arguments) => DotNet.Run(folder, null, arguments);

    public Task<BuildResult> Build(string configuration, params string[] arguments) =>
        DotNet.Run(folder, null, ["build", "--no-restore", "-c", configuration, .. arguments]);

    /// <summary>Records reviews as a person does on the command line.</summary>
    public Task<BuildResult> Format(params (string Name, string Value)[] environment) => Format(["RISK0001", "RISK0002"], environment);

    /// <summary>Applies the fixes of the given ids from the command line.</summary>
    public Task<BuildResult> Format(string[] ids, params (string Name, string Value)[] environment) =>
        DotNet.Run(folder, environment.Append(("Configuration", "Release")).ToDictionary(pair => pair.Item1, pair => pair.Item2),
            ["format", "analyzers", "--no-restore", "--diagnostics", .. ids]);
}
