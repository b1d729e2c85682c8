namespace RiskAnalyzers.Rules;

/// <summary>
/// One risky shape. A rule says what it listens to and checks what it is shown; it holds no state, never asks whether code is
/// critical, never reads a review, and touches neither network nor files.
/// </summary>
internal abstract class RiskRule
{
    private const string HelpRoot = "https://github.com/RiskAnalyzers/RiskAnalyzers/blob/main/docs/rules/";

    // The hundreds digit of an id is its family, as the folder and the namespace are.
    private static readonly string[] Families = { "Gate", "Money", "Payments", "Accounts", "Errors", "Resilience", "Data", "Residue", "Team" };

    protected RiskRule(DiagnosticDescriptor descriptor) => Descriptor = descriptor;

    /// <summary>The rule's identity: id, title, message, severity and why it matters.</summary>
    public DiagnosticDescriptor Descriptor { get; }

    /// <summary>For example <c>RISK1008</c>.</summary>
    public string Id => Descriptor.Id;

    /// <summary>For example <c>FloatingPointMoney</c>: the class, the page and the test carry the same name.</summary>
    public string Name => GetType().Name;

    /// <summary>Rules whose finding within the span of one of this rule's findings is dropped, because this one says more.</summary>
    public virtual ImmutableArray<string> Supersedes => ImmutableArray<string>.Empty;

    /// <summary>Whether the rule looks at all code, critical or not. Only what a team itself marked deserves that.</summary>
    public virtual bool LooksEverywhere => false;

    /// <summary>
    /// Called once a compilation: looks up the types that the rule needs and says what it listens to. A rule whose types the compilation
    /// lacks listens to nothing.
    /// </summary>
    public abstract void Listen(RuleListener on);

    /// <summary>Makes a rule's descriptor. Release tracking recognises the method by its name.</summary>
    /// <param name="id">The id; its block is the family.</param>
    /// <param name="title">The risk in a few words, without a full stop.</param>
    /// <param name="message">Names the thing, says what goes wrong in the reader's words and what to do; <c>{0}</c>, <c>{1}</c> are the report's arguments.</param>
    /// <param name="why">One or two sentences on the harm, for the documentation and the editor.</param>
    /// <param name="severity">Warning for rules of high precision, Info for those that guess.</param>
    protected static DiagnosticDescriptor Create(
        string id, string title, string message, string why, DiagnosticSeverity severity = DiagnosticSeverity.Warning) =>
        new(id, title, message, "RiskAnalyzers." + Families[id[4] - '0'], severity, isEnabledByDefault: true, description: why, helpLinkUri: HelpRoot + id + ".md");
}
