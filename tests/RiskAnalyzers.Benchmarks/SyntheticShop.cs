using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace RiskAnalyzers.Benchmarks;

/// <summary>
/// A shop of any size that compiles: entities, repositories on EF Core, services, controllers, in files of about 110 lines. The same input gives
/// the same text. A given share of its features carries names that put them on a critical path; the others are about content and media.
/// </summary>
internal static class SyntheticShop
{
    // On a path by their names, and not.
    private static readonly string[] Critical = ["Checkout", "Payment", "Refund", "Invoice", "Discount", "Coupon", "Login", "Password"];
    private static readonly string[] Ordinary = ["Article", "Banner", "Gallery", "Glossary", "Survey", "Picture", "Topic", "Search"];

    /// <param name="lines">At least this many lines.</param>
    /// <param name="criticalPercent">How many of a hundred features are on a critical path.</param>
    public static IReadOnlyList<(string Path, SourceText Text)> Files(int lines, int criticalPercent)
    {
        var files = new List<(string, SourceText)>();
        for (var (feature, written) = (0, 0); written < lines; feature++)
        {
            // Spread evenly, so that every share is a share of every part of the shop.
            var isCritical = feature * 37 % 100 < criticalPercent;
            var subject = (isCritical ? Critical : Ordinary)[feature % 8];
            var text = SourceText.From(Feature(subject, feature), Encoding.UTF8);
            files.Add(($"/shop/src/{subject}{feature}.cs", text));
            written += text.Lines.Count;
        }
        return files;
    }

    /// <summary>One file with a single method of the given length, as generators write them.</summary>
    public static (string Path, SourceText Text) LargestFile(int lines)
    {
        var body = new StringBuilder();
        for (var i = 0; i < lines; i++)
            body.AppendLine($"        if (amounts.Count > {i} && amounts[{i}] > {i}.5m) total += amounts[{i}] * (1m + {i % 20}m / 100m);");
        return ("/shop/src/CheckoutTotals.cs", SourceText.From($$"""
            using System.Collections.Generic;
            namespace Shop.Features;
            public class CheckoutTotals
            {
                public decimal Sum(IReadOnlyList<decimal> amounts)
                {
                    var total = 0m;
            {{body}}        return total;
                }
            }
            """, Encoding.UTF8));
    }

    private static string Feature(string subject, int number)
    {
        var name = subject + number;
        // One feature in five holds a shape that a rule reports, so that findings and verdicts are part of the cost.
        var total = number % 5 == 0 ? "line.Price ?? 0m * line.Count" : "(line.Price ?? 0m) * line.Count";
        return $$"""
            using System;
            using System.Collections.Generic;
            using System.Linq;
            using System.Threading;
            using System.Threading.Tasks;
            using Microsoft.AspNetCore.Mvc;
            using Microsoft.EntityFrameworkCore;
            using Microsoft.Extensions.Logging;

            namespace Shop.Features.{{name}}s;

            public enum {{name}}State { Unknown, Draft, Ready, Archived }

            public record {{name}}Line(int Id, string Title, decimal? Price, int Count);

            public class {{name}}Entry
            {
                public int Id { get; set; }
                public string Title { get; set; } = "";
                public string? Summary { get; set; }
                public DateTimeOffset CreatedAt { get; set; }
                public {{name}}State State { get; set; }
                public List<{{name}}Line> Lines { get; set; } = new();
            }

            public class {{name}}Context : DbContext
            {
                public DbSet<{{name}}Entry> Entries => Set<{{name}}Entry>();
            }

            public interface I{{name}}Repository
            {
                Task<{{name}}Entry?> FindAsync(int id, CancellationToken cancellation);
                Task<IReadOnlyList<{{name}}Entry>> ListAsync(string? title, int page, CancellationToken cancellation);
                Task SaveAsync({{name}}Entry entry, CancellationToken cancellation);
            }

            public sealed class {{name}}Repository : I{{name}}Repository
            {
                private readonly {{name}}Context _context;

                public {{name}}Repository({{name}}Context context) => _context = context;

                public Task<{{name}}Entry?> FindAsync(int id, CancellationToken cancellation) =>
                    _context.Entries.Include(entry => entry.Lines).FirstOrDefaultAsync(entry => entry.Id == id, cancellation);

                public async Task<IReadOnlyList<{{name}}Entry>> ListAsync(string? title, int page, CancellationToken cancellation)
                {
                    var query = _context.Entries.AsNoTracking();
                    if (!string.IsNullOrWhiteSpace(title))
                        query = query.Where(entry => entry.Title.StartsWith(title));
                    return await query.OrderBy(entry => entry.CreatedAt).Skip(page * 20).Take(20).ToListAsync(cancellation);
                }

                public async Task SaveAsync({{name}}Entry entry, CancellationToken cancellation)
                {
                    if (entry.Id == 0)
                        _context.Entries.Add(entry);
                    await _context.SaveChangesAsync(cancellation);
                }
            }

            public class {{name}}Service
            {
                private readonly I{{name}}Repository _repository;
                private readonly ILogger<{{name}}Service> _logger;
                private readonly Dictionary<string, int> _seen = new(StringComparer.Ordinal);

                public {{name}}Service(I{{name}}Repository repository, ILogger<{{name}}Service> logger)
                {
                    _repository = repository;
                    _logger = logger;
                }

                public decimal Sum({{name}}Entry entry)
                {
                    var sum = 0m;
                    foreach (var line in entry.Lines)
                    {
                        sum += {{total}};
                    }
                    return Math.Round(sum, 2, MidpointRounding.AwayFromZero);
                }

                public async Task<string> DescribeAsync(int id, CancellationToken cancellation)
                {
                    var entry = await _repository.FindAsync(id, cancellation);
                    if (entry is null)
                    {
                        _logger.LogWarning("No entry {Id}", id);
                        return "";
                    }
                    var titles = entry.Lines.Where(line => line.Count > 0).Select(line => line.Title.Trim()).Distinct().ToList();
                    var label = entry.State switch
                    {
                        {{name}}State.Draft => "draft",
                        {{name}}State.Ready => "ready",
                        _ => throw new InvalidOperationException($"State {entry.State}"),
                    };
                    return $"{entry.Title} ({label}): {string.Join(", ", titles)}";
                }

                public bool Touch(string key)
                {
                    if (string.IsNullOrEmpty(key))
                        throw new ArgumentException("A key is needed", nameof(key));
                    _seen.TryGetValue(key, out var count);
                    _seen[key] = count + 1;
                    return count == 0;
                }

                public async Task<int> PublishAsync(IEnumerable<int> ids, CancellationToken cancellation)
                {
                    var published = 0;
                    foreach (var id in ids)
                    {
                        var entry = await _repository.FindAsync(id, cancellation);
                        if (entry is not { State: {{name}}State.Ready })
                            continue;
                        entry.State = {{name}}State.Archived;
                        try
                        {
                            await _repository.SaveAsync(entry, cancellation);
                            published++;
                        }
                        catch (DbUpdateException exception)
                        {
                            _logger.LogError(exception, "Could not publish {Id}", id);
                            throw;
                        }
                    }
                    return published;
                }
            }

            [ApiController]
            [Route("api/features/{{number}}")]
            public class {{name}}Controller : ControllerBase
            {
                private readonly I{{name}}Repository _repository;
                private readonly {{name}}Service _service;

                public {{name}}Controller(I{{name}}Repository repository, {{name}}Service service) => (_repository, _service) = (repository, service);

                [HttpGet("{id:int}")]
                public async Task<IActionResult> Get(int id, CancellationToken cancellation)
                {
                    var entry = await _repository.FindAsync(id, cancellation);
                    return entry is null ? NotFound() : Ok(new { entry.Id, entry.Title, Sum = _service.Sum(entry) });
                }

                [HttpGet]
                public async Task<IActionResult> List([FromQuery] string? title, [FromQuery] int page, CancellationToken cancellation)
                {
                    var entries = await _repository.ListAsync(title, Math.Max(page, 0), cancellation);
                    return Ok(entries.Select(entry => new { entry.Id, entry.Title, entry.State }));
                }

                [HttpPut("{id:int}/summary")]
                public async Task<IActionResult> Summarise(int id, [FromBody] string summary, CancellationToken cancellation)
                {
                    if (await _repository.FindAsync(id, cancellation) is not { } entry)
                        return NotFound();
                    entry.Summary = summary.Length > 500 ? summary[..500] : summary;
                    await _repository.SaveAsync(entry, cancellation);
                    return NoContent();
                }
            }

            """;
    }
}
