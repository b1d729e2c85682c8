using Microsoft.CodeAnalysis.Text;

namespace RiskAnalyzers.Tests.Framework;

/// <summary>An additional file that exists in memory alone.</summary>
internal sealed class TextFile(string path, string text) : AdditionalText
{
    public override string Path => path;

    public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
}
