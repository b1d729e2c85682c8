namespace RiskAnalyzers.Language;

/// <summary>Code and comments as a message quotes them: on one line and not too long.</summary>
internal static class Excerpt
{
    private const int Longest = 80;

    public static string Of(IOperation operation) => Of(operation.Syntax);

    public static string Of(SyntaxNode node) => Of(node.ToString());

    public static string Of(string text)
    {
        text = string.Join(" ", text.Split(new[] { ' ', '\n', '\r', '\t' }, StringSplitOptions.RemoveEmptyEntries));
        return text.Length <= Longest ? text : text.Substring(0, Longest - 3) + "...";
    }
}
