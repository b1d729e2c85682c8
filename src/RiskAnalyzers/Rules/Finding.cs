using Microsoft.CodeAnalysis.Text;

namespace RiskAnalyzers.Rules;

/// <summary>One place where a rule matched.</summary>
internal sealed record Finding(RiskRule Rule, Location Location, object[] Arguments)
{
    public TextSpan Span => Location.SourceSpan;

    public Diagnostic ToDiagnostic() => Diagnostic.Create(Rule.Descriptor, Location, Arguments);

    /// <summary>The finding as something to be seen in the editor that never fails a build.</summary>
    public Diagnostic ToSuggestion() => Diagnostic.Create(Rule.Descriptor, Location, DiagnosticSeverity.Info, null, null, Arguments);

    /// <summary>Whether this finding makes the other one redundant.</summary>
    public bool Covers(Finding other) =>
        Location.SourceTree == other.Location.SourceTree
        && (Rule == other.Rule ? Span == other.Span && !ReferenceEquals(this, other)
            : Rule.Supersedes.Contains(other.Rule.Id) && (Span.Contains(other.Span) || other.Span.Contains(Span)));
}
