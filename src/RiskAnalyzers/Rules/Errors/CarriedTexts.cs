using System.Runtime.CompilerServices;
using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Errors;

/// <summary>The payment results of a compilation that carry an exception's text under another name: <c>new PaymentResult(false, ErrorMessage: ex.Message)</c>.</summary>
internal sealed class CarriedTexts
{
    private static readonly ConditionalWeakTable<Compilation, CarriedTexts> Known = new();

    private static readonly HashSet<string> Names = Words.SetOf("error errors message failure reason");

    private static readonly HashSet<string> Results = Words.SetOf("result response outcome reply answer");

    private readonly Lazy<HashSet<string>> _types;

    private readonly Compilation _compilation;

    private CarriedTexts(Compilation compilation)
    {
        _compilation = compilation;
        _types = new(() => Find(compilation));
    }

    public static CarriedTexts In(CompilationFacts facts) => Known.GetValue(facts.Compilation, compilation => new CarriedTexts(compilation));

    /// <summary>Whether the property may be named for an exception's text at all; cheap.</summary>
    public static bool IsNamed(IPropertySymbol property) =>
        property is { Type.SpecialType: SpecialType.System_String, IsStatic: false, ContainingType: { } type } && Words.ContainAny(property.Name, Names) && Words.ContainAny(type.Name, Results) && Language.Payments.SpeakOfPayment(type.Name);

    /// <summary>Whether somewhere in the compilation a caught exception's text is put into the property's type, or the adapters that make it are in another one.</summary>
    public bool Hold(IPropertyReferenceOperation text) => text.Property.ContainingType is var type && (_types.Value.Contains(type.Name) || text.Instance is { } result && IsAskedOfContract(result) && IsMadeElsewhere(type));

    // var paid = await gateway.PayAsync(...), where the gateway is an interface. What a provider's own answer says was read off its JSON.
    private static bool IsAskedOfContract(IOperation result)
    {
        if (result.WithoutAwait() is not ILocalReferenceOperation local)
            return IsContract(result);
        return Flow.InitialValue(local) is { } initial && IsContract(initial) || local.EnclosingFunction().DescendantsInFunction().Any(operation =>
            operation is ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: var set }, Value: var value } && SymbolEqualityComparer.Default.Equals(set, local.Local) && IsContract(value));
    }

    private static bool IsContract(IOperation asked) => asked.WithoutAwait() is IInvocationOperation { TargetMethod.ContainingType.TypeKind: TypeKind.Interface };

    // An interface of the application, implemented by an adapter of the infrastructure.
    private bool IsMadeElsewhere(INamedTypeSymbol type) => type.DeclaringSyntaxReferences is [{ SyntaxTree: var own }, ..]
        && !_compilation.SyntaxTrees.Any(tree => TextSearch.Contains(tree, "new " + type.Name) || tree != own && TextSearch.Contains(tree, type.Name + ".") || tree == own && TextSearch.Contains(tree, "=> new("));

    private static HashSet<string> Find(Compilation compilation)
    {
        var types = new HashSet<string>(StringComparer.Ordinal);
        foreach (var tree in compilation.SyntaxTrees)
        {
            if (!TextSearch.Contains(tree, "catch") || !TextSearch.Contains(tree, ".Message"))
                continue;
            foreach (var clause in tree.GetRoot().DescendantNodes().OfType<CatchClauseSyntax>())
            {
                if (clause.Declaration?.Identifier.ValueText is not { Length: > 0 } name)
                    continue;
                foreach (var text in clause.Block.DescendantNodes().OfType<MemberAccessExpressionSyntax>())
                {
                    if (text is { Name.Identifier.ValueText: "Message", Expression: IdentifierNameSyntax { Identifier.ValueText: var thrown } } && thrown == name && MadeWith(text) is { } made)
                        types.Add(made);
                }
            }
        }
        return types;
    }

    // The type that is made with the text, or whose factory is given it.
    private static string? MadeWith(SyntaxNode text)
    {
        for (var node = text.Parent; node is not null and not StatementSyntax; node = node.Parent)
        {
            switch (node)
            {
                case ObjectCreationExpressionSyntax { Type: var type }:
                    return NameOf(type);
                case ImplicitObjectCreationExpressionSyntax when node.FirstAncestorOrSelf<MethodDeclarationSyntax>()?.ReturnType is { } returned:
                    return NameOf(returned);
                case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: SimpleNameSyntax { Identifier.ValueText: var owner } } } when owner.EndsWith("Result", StringComparison.Ordinal) || owner.EndsWith("Response", StringComparison.Ordinal):
                    return owner;
            }
        }
        return null;
    }

    private static string? NameOf(TypeSyntax type) => type switch
    {
        QualifiedNameSyntax qualified => NameOf(qualified.Right),
        NullableTypeSyntax nullable => NameOf(nullable.ElementType),
        GenericNameSyntax { Identifier.ValueText: "Task" or "ValueTask", TypeArgumentList.Arguments: [var awaited] } => NameOf(awaited),
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => null,
    };
}
