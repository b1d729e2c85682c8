using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules;

/// <summary>What a rule may listen to in one compilation, and what it may look up while it decides.</summary>
internal sealed class RuleListener
{
    private readonly RuleDispatch _dispatch;
    private readonly RiskRule _rule;

    public RuleListener(RuleDispatch dispatch, RiskRule rule, CompilationFacts facts)
    {
        _dispatch = dispatch;
        _rule = rule;
        Facts = facts;
    }

    /// <summary>What all rules share about the compilation.</summary>
    public CompilationFacts Facts { get; }

    public Compilation Compilation => Facts.Compilation;

    /// <summary>A type by its metadata name, or null where the compilation lacks it.</summary>
    public INamedTypeSymbol? Type(string metadataName) => Facts.Types.Find(metadataName);

    /// <summary>Shows the rule every operation of the given kinds in critical code.</summary>
    public void Operation(Action<OperationVisit> check, params OperationKind[] kinds) => _dispatch.AddOperation(_rule, check, kinds);

    /// <summary>Shows the rule every executable body in critical code: of a method, an accessor, an initialiser, or the top-level statements.</summary>
    public void Body(Action<BodyVisit> check) => _dispatch.AddBody(_rule, check);

    /// <summary>Shows the rule every declaration of the given kinds in critical code: types, methods, properties, fields, events.</summary>
    public void Declaration(Action<DeclarationVisit> check, params SymbolKind[] kinds) => _dispatch.AddDeclaration(_rule, check, kinds);

    /// <summary>Shows the rule every comment in or directly above critical code, documentation comments excepted.</summary>
    public void Comment(Action<CommentVisit> check) => _dispatch.AddComment(_rule, check);
}
