using CsCheck;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using RiskAnalyzers.CriticalPaths;
using RiskAnalyzers.Reviews;
using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Reviews;

/// <summary>The digest is a wire format: reviews in other people's repositories depend on these very values.</summary>
public sealed class ReviewDigestTests
{
    private const string Rounding = """
        namespace Shop;
        public static class Rounding
        {
            public static long ToCents(decimal total) => (long)(total * 100m);
        }
        """;

    [Fact]
    public void A_method() => Assert.Equal("r1.ckt9x33xwvx55zp3", DigestOf(Rounding, "ToCents"));

    [Fact]
    public void A_field_declaration_is_named_by_its_first_field()
    {
        const string code = "namespace Shop; class Fees { private const decimal Card = 0.35m, Wire = 1.5m; }";
        Assert.Equal("r1.7qm7hw4j4fz95n1c", DigestOf(code, "Card"));
        Assert.Equal(DigestOf(code, "Card"), DigestOf(code, "Wire"));
    }

    [Fact]
    public void A_type_covers_its_parts_in_any_order()
    {
        const string a = "namespace Shop; partial class Cart { decimal A() => 1m; }";
        const string b = "namespace Shop; partial class Cart { decimal B() => 2m; }";
        var one = ReviewDigest.Of(ReviewedCode.Of(Analysis.Compile(("a.cs", a), ("b.cs", b)).GetTypeByMetadataName("Shop.Cart")!, default));
        var other = ReviewDigest.Of(ReviewedCode.Of(Analysis.Compile(("a.cs", b), ("b.cs", a)).GetTypeByMetadataName("Shop.Cart")!, default));
        Assert.Equal("r1.299vgqnr68df7can", one);
        Assert.Equal(one, other);
    }

    [Fact]
    public void A_twin_has_another_digest() =>
        Assert.NotEqual(DigestOf(Rounding, "ToCents"), DigestOf(Rounding.Replace("ToCents", "ToPence"), "ToPence"));

    [Fact]
    public void Reviews_on_the_unit_do_not_count() => Assert.Equal(
        DigestOf(Rounding, "ToCents"),
        DigestOf(Rounding.Replace("public static long", "[ReviewedBy(\"alice\", \"2026-11-23\", \"r1.0\")] public static long"), "ToCents"));

    [Fact]
    public void Line_ends_inside_raw_strings_do_not_count()
    {
        const string code = "class Sql { string Text() => @\"select\n1\"; }";
        Assert.Equal(DigestOf(code, "Text"), DigestOf(code.Replace("\n", "\r\n"), "Text"));
    }

    [Fact]
    public void Parentheses_that_a_review_forces_on_a_lambda_do_not_count()
    {
        var simple = Lambda("app.MapPost(\"/pay\", x => x * 2);");
        Assert.Equal(simple, Lambda("app.MapPost(\"/pay\", [ReviewedBy(\"a\", \"b\", \"c\")] (x) => x * 2);"));
        Assert.NotEqual(simple, Lambda("app.MapPost(\"/refund\", x => x * 2);"));

        static string Lambda(string statement)
        {
            var node = CSharpSyntaxTree.ParseText(statement, Analysis.ParseOptions).GetRoot().DescendantNodes().OfType<LambdaExpressionSyntax>().Single();
            var anySymbol = Analysis.Compile().GetSpecialType(SpecialType.System_Object);
            return ReviewDigest.Of(ReviewedCode.Of(new CriticalUnit(anySymbol, node, null), default));
        }
    }

    [Fact]
    public void Trivia_never_changes_a_digest()
    {
        var expected = DigestOf(Rounding, "ToCents");
        string[] gapTexts = [" ", "\n", "\t", "\r\n", " /* why */ ", " // note\n", "\n\n    ", " /** doc */ "];
        var trivia = Gen.Int[0, gapTexts.Length - 1].Select(i => gapTexts[i]);
        var tokens = CSharpSyntaxTree.ParseText(Rounding).GetRoot().DescendantTokens().Select(token => token.Text).ToArray();
        trivia.Array[tokens.Length].Sample(gaps =>
            DigestOf(string.Concat(tokens.Zip(gaps, (token, gap) => token + gap)), "ToCents") == expected, iter: 200);
    }

    [Fact]
    public void Any_token_of_the_unit_changes_the_digest()
    {
        var method = CSharpSyntaxTree.ParseText(Rounding).GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().Single();
        var expected = DigestOf(Rounding, "ToCents");
        foreach (var token in method.DescendantTokens().Where(token => token.ValueText != "ToCents"))
        {
            var other = token.IsKind(SyntaxKind.NumericLiteralToken) ? "1000m" : "other";
            var changed = Rounding.Remove(token.SpanStart, token.Span.Length).Insert(token.SpanStart, other);
            Assert.NotEqual(expected, DigestOf(changed, "ToCents", allowMissing: true));
        }
    }

    [Theory]
    [InlineData("r1.5kq3m0v9x2w7t4bd", true)]
    [InlineData("R1.5kq3m0v9x2w7t4bd", false)]
    [InlineData("r1.5KQ3M0V9X2W7T4BD", false)]
    [InlineData("r1.5kq3m0v9x2w7t4b", false)]
    [InlineData("r2.5kq3m0v9x2w7t4bd", false)]
    [InlineData("r1.ilou00000000000o", false)]
    [InlineData("", false)]
    public void Only_whole_digests_of_a_known_algorithm_are_known(string digest, bool known) => Assert.Equal(known, ReviewDigest.IsKnown(digest));

    private static string? DigestOf(string code, string member, bool allowMissing = false)
    {
        var symbol = Analysis.Compile(("/shop/Code.cs", code)).GetSymbolsWithName(member, SymbolFilter.Member).FirstOrDefault();
        return symbol is null && allowMissing ? null : ReviewDigest.Of(ReviewedCode.Of(symbol!, default));
    }
}
