using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using RiskAnalyzers.Language;
using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Language;

/// <summary>What is known of the argument of <c>Use</c>.</summary>
public sealed class GuardsTests
{
    [Theory]
    [InlineData("Use(amount);", "None")]
    [InlineData("if (amount <= 0) throw new ArgumentException(); Use(amount);", "Lower")]
    [InlineData("if (amount <= 0) { log.LogError(\"no\"); return; } Use(amount);", "Lower")]
    [InlineData("if (amount <= 0) log.LogError(\"no\"); Use(amount);", "None")]
    [InlineData("if (amount > order.Total) return; Use(amount);", "Upper")]
    [InlineData("if (order.Total - amount < 0) return; Use(amount);", "Upper")]
    [InlineData("if (amount + order.Total > 100) return; Use(amount);", "Upper")]
    [InlineData("if (0 < amount) Use(amount);", "NotNull, Lower")]
    [InlineData("if (amount > 0) { } else Use(amount);", "Upper")]
    [InlineData("if (amount <= 0 || amount > 100) return; Use(amount);", "Lower, Upper")]
    [InlineData("if (amount <= 0 && order.Id > 1) return; Use(amount);", "None")]
    [InlineData("if (!(amount > 0)) return; Use(amount);", "NotNull, Lower")]
    [InlineData("if (amount is <= 0 or > 100) return; Use(amount);", "Lower, Upper")]
    [InlineData("if (amount is > 0 and < 100) Use(amount);", "Equal")]
    [InlineData("if (order is not { Total: > 0 }) return; Use(order.Total);", "NotNull, Lower")]
    [InlineData("if (order is { Total: <= 0 }) return; Use(order.Total);", "Lower")]
    [InlineData("if (price is { } p) Use(p);", "NotNull")]
    [InlineData("if (price is null) return; Use(price.Value);", "NotNull")]
    [InlineData("if (price is null or <= 0) return; Use(price.Value);", "NotNull, Lower")]
    [InlineData("if (!price.HasValue || price.Value <= 0) return; Use(price.Value);", "NotNull, Lower")]
    [InlineData("_ = amount > 0 ? Use(amount) : 0;", "NotNull, Lower")]
    [InlineData("_ = amount > 0 && Use(amount) > 1;", "NotNull, Lower")]
    [InlineData("_ = amount <= 0 || Use(amount) > 1;", "Lower")]
    [InlineData("_ = amount switch { <= 0 => 0, _ => Use(amount) };", "Lower")]
    [InlineData("_ = amount switch { > 0 => Use(amount), _ => 0 };", "NotNull, Lower")]
    [InlineData("switch (amount) { case > 0: Use(amount); break; }", "NotNull, Lower")]
    [InlineData("while (amount > 0) { Use(amount); }", "NotNull, Lower")]
    [InlineData("Use(Math.Clamp(amount, 0, 100));", "Lower, Upper")]
    [InlineData("amount = Math.Max(0, amount); Use(amount);", "Lower")]
    [InlineData("var capped = Math.Min(amount, order.Total); Use(capped);", "Upper")]
    [InlineData("var rounded = Math.Round(amount, 2); Use(rounded);", "Rounded")]
    [InlineData("if (amount > order.Total) amount = order.Total; Use(amount);", "Upper")]
    [InlineData("if (amount <= 0) return; amount = order.Total; Use(amount);", "None")]
    [InlineData("if (amount <= 0) return; amount -= 5; Use(amount);", "None")]
    [InlineData("if (amount <= 0) return; if (order.Id > 1) amount -= 5; Use(amount);", "None")]
    [InlineData("if (order.Total <= 0) return; var total = order.Total; Use(total);", "Lower")]
    [InlineData("var total = order.Total; if (order.Total <= 0) return; Use(total);", "Lower")]
    [InlineData("var total = order.Total; if (total <= 0) return; Use(order.Total);", "Lower")]
    [InlineData("ArgumentOutOfRangeException.ThrowIfNegativeOrZero(amount); Use(amount);", "NotNull, Lower")]
    [InlineData("ArgumentNullException.ThrowIfNull(order); Use(order.Total);", "NotNull")]
    [InlineData("Guard.Against(amount); Use(amount);", "Checked")]
    [InlineData("Refuse(amount); Use(amount);", "Checked")]
    [InlineData("Note(amount); Use(amount);", "None")]
    [InlineData("var error = Validate(order); if (error != null) return; Use(order.Total);", "Checked")]
    [InlineData("if (!IsValid(amount)) return; Use(amount);", "Checked")]
    [InlineData("var isBad = amount <= 0; if (isBad) return; Use(amount);", "Lower")]
    [InlineData("var errors = new List<string>(); if (amount <= 0) errors.Add(\"amount\"); if (errors.Count > 0) return; Use(amount);", "Lower")]
    [InlineData("var errors = new List<string>(); if (amount <= 0) errors.Add(\"amount\"); Use(amount);", "None")]
    [InlineData("try { if (amount <= 0) throw new Exception(); } catch { return; } Use(amount);", "Lower")]
    [InlineData("try { if (amount <= 0) throw new Exception(); } catch { } Use(amount);", "None")]
    [InlineData("if (order.Lines.Any(l => l.UnitPrice <= 0)) return; foreach (var line in order.Lines) Use(line.UnitPrice);", "Lower")]
    [InlineData("foreach (var line in order.Lines) { if (line.UnitPrice <= 0) return; } foreach (var line in order.Lines) Use(line.UnitPrice);", "Lower")]
    [InlineData("foreach (var line in order.Lines) { if (line.UnitPrice <= 0) continue; Use(line.UnitPrice); }", "Lower")]
    [InlineData("order.Lines.Where(l => l.UnitPrice > 0).Sum(l => Use(l.UnitPrice));", "NotNull, Lower")]
    [InlineData("if (order.Lines.All(l => l.UnitPrice > 0)) order.Lines.Sum(l => Use(l.UnitPrice));", "NotNull, Lower")]
    [InlineData("if (amount <= 0) return; Run(() => Use(amount));", "Lower")]
    [InlineData("var chosen = amount > 0 ? amount : throw new Exception(); Use(chosen);", "NotNull, Lower")]
    [InlineData("var sure = price ?? throw new Exception(); Use(sure);", "NotNull")]
    [InlineData("using (http) { if (amount <= 0) return; } Use(amount);", "Lower")]
    [InlineData("if (order.Id > 1) { if (amount <= 0) return; } else { if (amount < 5) return; } Use(amount);", "Lower")]
    [InlineData("if (decimal.Compare(amount, 0m) <= 0) return; Use(amount);", "Lower")]
    [InlineData("if (amount == 0) return; Use(amount);", "Lower")]
    [InlineData("if (amount == 0) Use(amount);", "NotNull, Upper")]
    [InlineData("if (amount == 0) log.LogWarning(\"none\"); Use(amount);", "None")]
    [InlineData("if (!new List<decimal> { 1 }.Contains(amount)) return; Use(amount);", "Checked")]
    public void What_is_known_before_a_use(string code, string known) => Assert.Equal(known, Guards.Of(Argument(code).Value).ToString());

    [Theory]
    [InlineData("while (true) { if (amount > 0) break; amount = order.Total; } Use(amount);", "NotNull, Lower")]
    [InlineData("retry: if (amount <= 0) { amount = order.Total; goto retry; } Use(amount);", "Lower")]
    [InlineData("do { amount = order.Total; } while (amount <= 0); Use(amount);", "Lower")]
    [InlineData("for (var i = 0; i < 3; i++) { amount = order.Total; if (amount > 0) break; } Use(amount);", "None")]
    [InlineData("try { Refuse(amount); } catch (Exception) { goto end; } Use(amount); end: ;", "Checked")]
    [InlineData("switch (price) { case null: return; } Use(price);", "NotNull")]
    [InlineData("switch (amount) { case <= 0: throw new Exception(); case > 100: return; } Use(amount);", "Lower, Upper")]
    [InlineData("switch (order.Id) { case 1: if (amount <= 0) return; break; } Use(amount);", "None")]
    [InlineData("foreach (var line in order.Lines) { if (amount <= 0) return; } Use(amount);", "None")]
    [InlineData("try { if (amount <= 0) return; } finally { log.LogInformation(\"asked\"); } Use(amount);", "Lower")]
    [InlineData("try { if (amount <= 0) return; } finally { amount = order.Total; } Use(amount);", "None")]
    public void The_graph_tells_where_statements_jump(string code, string known)
    {
        var argument = Argument(code);
        var body = argument.Value.EnclosingFunction();

        Assert.Equal(known, GuardFlow.Of(argument.Value, ControlFlowGraph.Create((IMethodBodyOperation)body)).ToString());
    }

    [Theory]
    [InlineData("Ranged", "Lower, Upper")]
    [InlineData("Open", "Lower")]
    [InlineData("Free", "None")]
    [InlineData("Ruled", "Lower, Upper")]
    public void Annotations_and_validators_constrain_properties(string property, string known)
    {
        var compilation = Analysis.Compile(("/shop/Sample.cs", """
            public class Request
            {
                [Range(1, 100)] public int Ranged { get; set; }
                [Range(1, int.MaxValue)] public int Open { get; set; }
                public int Free { get; set; }
                public int Ruled { get; set; }
            }
            public class RequestValidator : AbstractValidator<Request>
            {
                public RequestValidator() { RuleFor(x => x.Ruled).GreaterThan(0).WithMessage("no").LessThanOrEqualTo(100); RuleFor(r => r.Free).Cascade(CascadeMode.Stop); }
            }
            """), (Prelude.Path, Prelude.Source));
        var member = compilation.GetTypeByMetadataName("Request")!.GetMembers(property).OfType<IPropertySymbol>().Single();

        Assert.Equal(known, Validations.In(new CompilationFacts(compilation, new ConfigOptions(), [])).Constrain(member).ToString());
    }

    private static IArgumentOperation Argument(string code)
    {
        var compilation = Analysis.Compile(("/shop/Sample.cs", $$"""
            static class Guard { public static void Against(decimal value) { } }
            class C : ShopCode
            {
                void M(decimal amount, decimal? price, Order order) { {{code}} }
                decimal Use(decimal value) => value;
                decimal Use(decimal? value) => 0;
                void Run(Action action) => action();
                void Refuse(decimal value) { if (value <= 0) throw new ArgumentException(nameof(value)); }
                void Note(decimal value) { if (value <= 0) log.LogError("low"); }
                string? Validate(Order order) => null;
                bool IsValid(decimal value) => value > 0;
            }
            """), (Prelude.Path, Prelude.Source));
        Assert.Empty(compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error));
        var tree = compilation.SyntaxTrees[0];
        var model = compilation.GetSemanticModel(tree);
        var method = tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().Single(method => method.Identifier.ValueText == "M");
        return model.GetOperation(method)!.Descendants().OfType<IInvocationOperation>().Last(call => call.TargetMethod.Name == "Use").Arguments[0];
    }
}
