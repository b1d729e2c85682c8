// Rewrites what is derived from the rules' own sources: the table of unreleased rules that release tracking reads, the index of the rules'
// pages by family and by evidence, and the preset that turns every rule on. Reads text alone, so that it also runs while the build is red.
//   dotnet run build/derive.cs            rewrites the files
//   dotnet run build/derive.cs -- --check fails where they are out of date
using System.Text;
using System.Text.RegularExpressions;

string[] families = ["Gate", "Money", "Payments", "Accounts", "Errors", "Resilience", "Data", "Residue", "Team"];
// Not the caller's file path: builds of a CI server map that to /_/.
var root = Path.GetFullPath(Path.Combine((string)AppContext.GetData("EntryPointFileDirectoryPath")!, ".."));
var source = Path.Combine(root, "src", "RiskAnalyzers");
var descriptor = new Regex("""Create\(\s*"(?<id>RISK\d{4})",\s*(title:\s*)?"(?<title>(\\"|[^"])*)",(?<rest>.*?)\);""", RegexOptions.Singleline);
var rules = new List<(string Id, string Name, string Title, string Severity)>();
foreach (var file in Directory.EnumerateFiles(source, "*.cs", SearchOption.AllDirectories).Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}")))
{
    var text = File.ReadAllText(file);
    foreach (Match match in descriptor.Matches(text))
    {
        var id = match.Groups["id"].Value;
        var gate = id[4] == '0';
        var field = Regex.Match(text[..match.Index], @"DiagnosticDescriptor (\w+) = (new\()?\s*$");
        var name = gate ? field.Groups[1].Value : Path.GetFileNameWithoutExtension(file);
        var severity = Regex.Match(match.Groups["rest"].Value, @"DiagnosticSeverity\.(\w+)") is { Success: true } said ? said.Groups[1].Value : gate ? "Error" : "Warning";
        rules.Add((id, name, match.Groups["title"].Value.Replace("\\\"", "\""), severity));
    }
}
rules.Sort((a, b) => string.CompareOrdinal(a.Id, b.Id));

var releases = new StringBuilder("; Derived: dotnet run build/derive.cs\n\n### New Rules\n\nRule ID | Category | Severity | Notes\n--------|----------|----------|-------\n");
foreach (var rule in rules)
    releases.Append($"{rule.Id} | RiskAnalyzers.{families[rule.Id[4] - '0']} | {rule.Severity} | {rule.Name}\n");

var index = new StringBuilder("# Rules\n\n<!-- Derived: dotnet run build/derive.cs -->\n");
// RISK0006 comes from the build's targets, so no descriptor knows it. What the gate says depends on the build, and its pages tell.
var listed = rules.Append((Id: "RISK0006", Name: "AnalyzersDisabled", Title: "A build that enforces reviews runs no analyzers", Severity: "Error")).OrderBy(rule => rule.Id, StringComparer.Ordinal);
foreach (var family in listed.GroupBy(rule => rule.Id[4]))
{
    index.Append($"\n## {families[family.Key - '0']}\n\n| id | rule | severity | risk |\n| --- | --- | --- | --- |\n");
    foreach (var rule in family)
        index.Append($"| [{rule.Id}]({rule.Id}.md) | {rule.Name} | {(family.Key == '0' ? SeverityOnPage(rule.Id) : rule.Severity)} | {rule.Title} |\n");
}

index.Append("\n## By evidence\n\nWhat speaks for a rule, from [the evidence](../evidence.md); each page names its own.\n");
var cited = rules.Where(rule => rule.Id[4] != '0').Select(rule => (rule, Links: Regex.Matches(Regex.Match(Page(rule.Id), @"^\*\*Evidence:\*\* (.+)$", RegexOptions.Multiline).Value, @"\[([^\]]+)\]").Select(link => link.Groups[1].Value).ToHashSet())).ToList();
var evidence = File.ReadAllText(Path.Combine(root, "docs", "evidence.md")).ReplaceLineEndings("\n");
foreach (Match part in Regex.Matches(evidence, @"^## (.+)\n((?:(?!## ).*\n?)*)", RegexOptions.Multiline))
{
    index.Append($"\n### {part.Groups[1].Value}\n\n| evidence | rules |\n| --- | --- |\n");
    // An incident or study is a heading, a weakness a row of a table.
    foreach (Match entry in Regex.Matches(part.Groups[2].Value, @"^### (?<name>.+)$|^\| (?<name>CWE-\d+) \| (?<what>[^|]+) \|", RegexOptions.Multiline))
    {
        var name = entry.Groups["name"].Value;
        var told = entry.Groups["what"].Success ? $"[{name}](https://cwe.mitre.org/data/definitions/{name[4..]}.html) {entry.Groups["what"].Value}" : $"[{name}](../evidence.md#{Anchor(name)})";
        index.Append($"| {told} | {string.Join(", ", cited.Where(page => page.Links.Contains(name)).Select(page => $"[{page.rule.Name}]({page.rule.Id}.md)"))} |\n");
    }
}

var all = new StringBuilder("""
    # RiskAnalyzersMode = all: rules that guess count as well. Derived: dotnet run build/derive.cs
    is_global = true
    # Below every configuration of a team's own.
    global_level = -100


    """);
foreach (var rule in rules.Where(rule => rule.Severity == "Info"))
    all.Append($"dotnet_diagnostic.{rule.Id}.severity = warning\n");

var stale = 0;
Write(Path.Combine(source, "AnalyzerReleases.Unshipped.md"), releases.ToString());
Write(Path.Combine(root, "docs", "rules", "README.md"), index.ToString());
Write(Path.Combine(root, "build", "RiskAnalyzers.all.globalconfig"), all.ToString());
return stale;

string SeverityOnPage(string id) =>
    Regex.Match(Page(id), @"\*\*Severity:\*\* (.+)").Groups[1].Value;

// A rule that was only just begun has no page yet.
string Page(string id) => Path.Combine(root, "docs", "rules", id + ".md") is var path && File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "";

// As the pages' host makes them.
string Anchor(string heading) => Regex.Replace(heading.ToLowerInvariant(), @"[^\w\- ]", "").Replace(' ', '-');

void Write(string path, string content)
{
    if (File.Exists(path) && File.ReadAllText(path) == content)
        return;
    if (args.Contains("--check"))
    {
        Console.Error.WriteLine($"{Path.GetRelativePath(root, path)} is out of date: dotnet run build/derive.cs");
        stale = 1;
        return;
    }
    File.WriteAllText(path, content);
    Console.WriteLine($"rewrote {Path.GetRelativePath(root, path)}");
}
