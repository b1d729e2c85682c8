using RiskAnalyzers.Language;

namespace RiskAnalyzers.Tests.Language;

public sealed class PhrasesTests
{
    private static List<string> Found(string text, params string[] phrases) => new Phrases(phrases).Find(text).Select(match => match.Text).ToList();

    [Fact]
    public void Words_and_no_substrings() => Assert.Empty(Found("the assumptions hold", "assum"));

    [Fact]
    public void A_stem_is_the_beginning_of_a_word() => Assert.Equal(["assumptions"], Found("the assumptions hold", "assum*"));

    [Fact]
    public void Punctuation_and_case_do_not_matter() => Assert.Equal(["For now, just"], Found("For now, just return", "for now just"));

    [Fact]
    public void A_phrase_ends_with_its_sentence() => Assert.Empty(Found("We wait for. Now return", "for now"));

    [Fact]
    public void A_gap_is_up_to_four_words()
    {
        Assert.NotEmpty(Found("skip one two three four check", "skip ... check"));
        Assert.Empty(Found("skip one two three four five check", "skip ... check"));
    }

    [Fact]
    public void The_beginning_of_a_sentence_or_clause()
    {
        Assert.NotEmpty(Found("Done. Temporary fix", "^ temporary"));
        Assert.NotEmpty(Found("Note: temporary fix", "^ temporary"));
        Assert.Empty(Found("a temporary fix", "^ temporary"));
    }

    [Fact]
    public void The_end_of_a_sentence()
    {
        Assert.NotEmpty(Found("Placeholder.", "^ placeholder $"));
        Assert.Empty(Found("Placeholder texts are shown", "^ placeholder $"));
    }

    [Fact]
    public void Alternatives_and_words_that_may_be_missing()
    {
        Assert.NotEmpty(Found("in a real app", "in a|the? real app|system"));
        Assert.NotEmpty(Found("in real system", "in a|the? real app|system"));
        Assert.Empty(Found("in my real system", "in a|the? real app|system"));
    }

    [Fact]
    public void Ideographs_are_words() => Assert.Equal(["模拟支付"], Found("这里模拟支付处理", "模拟支付"));

    [Fact]
    public void Wrapped_prose_goes_on_in_lower_case()
    {
        Assert.NotEmpty(Found("in a real\napp", "in a real app"));
        Assert.Empty(Found("in a real\nApp", "in a real app"));
    }

    [Fact]
    public void Every_shipped_list_is_read() =>
        Assert.Equal(10, typeof(Phrases).Assembly.GetManifestResourceNames().Count(name => name.StartsWith("Phrases/", StringComparison.Ordinal)));
}
