using System.Runtime.CompilerServices;

namespace RiskAnalyzers.Language;

/// <summary>
/// Which properties the compilation validates declaratively: by data annotations (<c>[Range]</c>) on the property, or by a FluentValidation rule
/// (<c>RuleFor(x =&gt; x.Amount).GreaterThan(0)</c>) for its type. Read once a compilation, from syntax.
/// </summary>
internal sealed class Validations
{
    private static readonly ConditionalWeakTable<Compilation, Validations> Known = new();

    private static readonly HashSet<string> LowerRules = Words.SetOf("GreaterThan GreaterThanOrEqualTo NotEmpty InclusiveBetween ExclusiveBetween NotEqual Positive");

    private static readonly HashSet<string> UpperRules = Words.SetOf("LessThan LessThanOrEqualTo InclusiveBetween ExclusiveBetween");

    private readonly Lazy<Dictionary<(string Type, string Property), Bounds>> _rules;

    private Validations(Compilation compilation) => _rules = new(() => FindRules(compilation));

    public static Validations In(CompilationFacts facts) => Known.GetValue(facts.Compilation, compilation => new Validations(compilation));

    /// <summary>What annotations and validators make sure of for a property, once its object was bound and validated.</summary>
    public Bounds Constrain(IPropertySymbol property)
    {
        var known = OfAnnotations(property.GetAttributes());
        // A positional record's parameter carries the attributes of its property, unless they say [property: Range(...)].
        if (property.ContainingType is { IsRecord: true } record)
        {
            foreach (var parameter in record.InstanceConstructors.SelectMany(constructor => constructor.Parameters))
            {
                if (parameter.Name == property.Name)
                    known |= OfAnnotations(parameter.GetAttributes());
            }
        }
        if (_rules.Value.Count == 0)
            return known;
        for (var type = property.ContainingType; type is not null; type = type.BaseType)
        {
            if (_rules.Value.TryGetValue((type.Name, property.Name), out var rules))
                known |= rules;
        }
        return known;
    }

    /// <summary>What annotations on a parameter or property make sure of.</summary>
    public static Bounds OfAnnotations(ImmutableArray<AttributeData> attributes)
    {
        var known = Bounds.None;
        foreach (var attribute in attributes)
        {
            known |= attribute.AttributeClass?.Name switch
            {
                "RangeAttribute" => OfRange(attribute),
                "RequiredAttribute" => Bounds.NotNull,
                { } name when name.EndsWith("RangeAttribute", StringComparison.Ordinal) || name.StartsWith("Positive", StringComparison.Ordinal) || name.StartsWith("Min", StringComparison.Ordinal) && name != "MinLengthAttribute" => Bounds.Lower,
                _ => Bounds.None,
            };
        }
        return known;
    }

    // [Range(1, int.MaxValue)] has no upper bound that anybody meant.
    private static Bounds OfRange(AttributeData range)
    {
        var values = range.ConstructorArguments.Where(argument => argument.Kind == TypedConstantKind.Primitive).Select(argument => argument.Value).ToList();
        if (values.Count < 2)
            return Bounds.Lower;
        var upper = values[values.Count - 1] switch
        {
            int.MaxValue or long.MaxValue => false,
            double limit => limit < 1e15,
            string text => text.Length < 16,
            _ => true,
        };
        return upper ? Bounds.Lower | Bounds.Upper : Bounds.Lower;
    }

    private static Dictionary<(string, string), Bounds> FindRules(Compilation compilation)
    {
        var rules = new Dictionary<(string, string), Bounds>();
        foreach (var tree in compilation.SyntaxTrees)
        {
            foreach (var type in tree.GetRoot().DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax).OfType<ClassDeclarationSyntax>())
            {
                if (Validated(type) is { } validated)
                    ReadRules(type, validated, rules);
            }
        }
        return rules;
    }

    // class OrderValidator : AbstractValidator<Order>
    private static string? Validated(ClassDeclarationSyntax type)
    {
        foreach (var @base in type.BaseList?.Types ?? default)
        {
            var name = @base.Type is QualifiedNameSyntax qualified ? qualified.Right : @base.Type;
            if (name is GenericNameSyntax { TypeArgumentList.Arguments: [var argument] } generic && generic.Identifier.ValueText.EndsWith("Validator", StringComparison.Ordinal))
                return argument.ToString().Split('.').Last();
        }
        return null;
    }

    private static void ReadRules(ClassDeclarationSyntax type, string validated, Dictionary<(string, string), Bounds> rules)
    {
        foreach (var call in type.DescendantNodes().OfType<InvocationExpressionSyntax>())
        {
            if (call is not { Expression: IdentifierNameSyntax { Identifier.ValueText: "RuleFor" }, ArgumentList.Arguments: [{ Expression: LambdaExpressionSyntax { ExpressionBody: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var property } } }] })
                continue;
            var known = Bounds.None;
            for (var chain = call.Parent; chain is MemberAccessExpressionSyntax or InvocationExpressionSyntax; chain = chain.Parent)
            {
                if (chain is MemberAccessExpressionSyntax { Name: var rule })
                    known |= OfRule(rule.Identifier.ValueText);
            }
            rules.TryGetValue((validated, property), out var before);
            rules[(validated, property)] = before | known;
        }
    }

    private static Bounds OfRule(string rule) =>
        (LowerRules.Contains(rule) ? Bounds.Lower : Bounds.None) | (UpperRules.Contains(rule) ? Bounds.Upper : Bounds.None)
        | (rule is "NotNull" or "NotEmpty" ? Bounds.NotNull : Bounds.None) | (rule is "Must" or "MustAsync" or "Custom" or "SetValidator" ? Bounds.Checked : Bounds.None);
}
