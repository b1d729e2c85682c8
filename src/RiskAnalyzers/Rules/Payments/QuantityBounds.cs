using System.Runtime.CompilerServices;
using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Payments;

/// <summary>Whether somebody refuses quantities that make no sense: a comparison, a guard, a validator, an annotation.</summary>
internal sealed class QuantityBounds
{
    private static readonly ConditionalWeakTable<Compilation, QuantityBounds> Known = new();

    private static readonly HashSet<string> Checks = Words.SetOf("validate validator ensure check require requires assert guard guards verify against throw must is clamp demand");

    private static readonly HashSet<string> Limits = new(StringComparer.Ordinal)
    {
        "GreaterThan", "GreaterThanOrEqualTo", "InclusiveBetween", "ExclusiveBetween", "LessThan", "LessThanOrEqualTo", "Must", "MustAsync", "Custom", "Positive", "IsPositive", "SetValidator",
    };

    private readonly Lazy<HashSet<string>> _validated;

    // Those whose rules say only how little is too little.
    private readonly HashSet<string> _floors = new(StringComparer.Ordinal);

    private QuantityBounds(Compilation compilation) => _validated = new(() => FindValidated(compilation));

    public static QuantityBounds In(CompilationFacts facts) => Known.GetValue(facts.Compilation, compilation => new QuantityBounds(compilation));

    /// <summary>Whether the type that holds the property refuses bad values itself: an annotation, a setter, a validator.</summary>
    public bool AreDeclared(ISymbol member)
    {
        if (member.GetAttributes().Any(IsLimit) || PrimaryParameter(member) is { } positional && positional.GetAttributes().Any(IsLimit))
            return true;
        if (member is IPropertySymbol { SetMethod: { } setter } && setter.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax() is AccessorDeclarationSyntax { Body: not null } or AccessorDeclarationSyntax { ExpressionBody: not null } && Refuses(reference.GetSyntax(), "value")))
            return true;
        if (member.ContainingType is not { } type)
            return false;
        return _validated.Value.Contains(type.Name + "." + member.Name) || _validated.Value.Contains("*." + member.Name)
            || type.AllInterfaces.Any(contract => contract.Name == "IValidatableObject") && type.GetMembers("Validate").Any(validate => validate.DeclaringSyntaxReferences.Any(reference => Refuses(reference.GetSyntax(), member.Name)));
    }

    /// <summary>Whether a validator is all that bounds the property, and it refuses only what is too little.</summary>
    public bool IsFloorOnly(ISymbol member) => member.ContainingType is { } type && (_validated.Value.Contains(type.Name + "." + member.Name) ? _floors.Contains(type.Name + "." + member.Name) : _floors.Contains("*." + member.Name))
        && !member.GetAttributes().Any(IsLimit) && !(PrimaryParameter(member)?.GetAttributes().Any(IsLimit) ?? false);

    /// <summary>Whether the code around compares the value with a number, clamps it, or hands it to a guard.</summary>
    public static bool Below(IOperation body, Func<IOperation, bool> isValue) => body.DescendantsAndSelf().Any(operation => operation switch
    {
        IBinaryOperation { OperatorKind: var kind, LeftOperand: var left, RightOperand: var right } => IsRelational(kind) && (Is(left, isValue) && IsNumber(right) || Is(right, isValue) && IsNumber(left)),
        IIsPatternOperation { Value: var value, Pattern: var pattern } => Is(value, isValue) && pattern.DescendantsAndSelf().Any(part => part is IRelationalPatternOperation),
        ISwitchExpressionOperation { Value: var value } choice => Is(value, isValue) && choice.Arms.Any(arm => arm.Pattern.DescendantsAndSelf().Any(part => part is IRelationalPatternOperation)),
        IInvocationOperation call => IsGuard(call) && call.Arguments.Any(argument => argument.Value.DescendantsAndSelf().Any(part => isValue(part))),
        // A library that is not at hand still has names.
        IInvalidOperation { Syntax: InvocationExpressionSyntax unknown } => IsGuard(CalledName(unknown), "") && operation.Descendants().Any(isValue),
        _ => false,
    });

    /// <summary>Whether the code around compares the value with another value: what is there, what was paid.</summary>
    public static bool Above(IOperation body, Func<IOperation, bool> isValue, bool checks = true) => body.DescendantsAndSelf().Any(operation => operation switch
    {
        IBinaryOperation { OperatorKind: var kind, LeftOperand: var left, RightOperand: var right } => IsRelational(kind) && (Mentions(left, isValue) && !IsNumber(right) || Mentions(right, isValue) && !IsNumber(left)),
        IInvocationOperation { TargetMethod.Name: "Min" or "Clamp" or "ThrowIfGreaterThan" or "ThrowIfGreaterThanOrEqual" } call => call.Arguments.Any(argument => Mentions(argument.Value, isValue)),
        IInvocationOperation call => (checks || call.TargetMethod.Name is not ("Max" or "Abs")) && IsGuard(call) && call.TargetMethod.ContainingType?.Name != "ArgumentOutOfRangeException" && call.Arguments.Any(argument => argument.Value.DescendantsAndSelf().Any(part => isValue(part))),
        _ => false,
    });

    /// <summary>Whether the code around calls a number of it too much: <c>quantity > 99</c>, <c>quantity is &lt; 1 or > 99</c>.</summary>
    public static bool TooMuch(IOperation body, Func<IOperation, bool> isValue) => body.DescendantsAndSelf().Any(operation => operation switch
    {
        IBinaryOperation { OperatorKind: BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual, LeftOperand: var left, RightOperand: var right } => Is(left, isValue) && IsNumber(right) && right.ConstantNumber() is null or > 1,
        IBinaryOperation { OperatorKind: BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual, LeftOperand: var left, RightOperand: var right } => Is(right, isValue) && IsNumber(left) && left.ConstantNumber() is null or > 1,
        IIsPatternOperation { Value: var value, Pattern: var pattern } => Is(value, isValue) && pattern.DescendantsAndSelf().Any(part => part is IRelationalPatternOperation { OperatorKind: BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual, Value: var bound } && bound.ConstantNumber() is null or > 1),
        _ => false,
    });

    /// <summary>Whether somebody refuses a value of it, rather than mend it in silence.</summary>
    public static bool IsRefused(IOperation body, Func<IOperation, bool> isValue) => body.DescendantsAndSelf().Any(operation => operation switch
    {
        IConditionalOperation { Condition: var condition, WhenTrue: var leaving } => Mentions(condition, isValue) && Flow.Leaves(leaving),
        IInvocationOperation { TargetMethod.Name: var name } call => name.StartsWith("ThrowIf", StringComparison.Ordinal) && call.Arguments.Any(argument => Mentions(argument.Value, isValue)),
        _ => false,
    });

    /// <summary>Whether the declared range ends where numbers end: <c>[Range(1, int.MaxValue)]</c>.</summary>
    public static bool IsOpenAbove(ISymbol member) => member.GetAttributes().Concat(PrimaryParameter(member)?.GetAttributes() ?? ImmutableArray<AttributeData>.Empty)
        .Any(attribute => attribute.AttributeClass?.Name is "RangeAttribute" && attribute.ConstructorArguments is [_, { Value: int.MaxValue or double.MaxValue or long.MaxValue }, ..] || attribute.AttributeClass?.Name is "MinAttribute" or "MinValueAttribute" or "PositiveAttribute");

    /// <summary>Whether a call hands the request, or the value itself, to a helper that checks it: one in source that compares it, or a validator that nobody can see.</summary>
    public bool IsCheckedByHelper(IOperation body, ISymbol member) => member.ContainingType is { } holder && body.DescendantsAndSelf().Any(operation =>
        operation is IInvocationOperation call && Words.Of(call.TargetMethod.Name) is [var verb, ..] && Checks.Contains(verb)
        && call.Arguments.Any(argument => SymbolEqualityComparer.Default.Equals(argument.Value.WithoutConversions().Type, holder) || argument.Value.WithoutConversions().Type is INamedTypeSymbol { TypeArguments: [var element] } && SymbolEqualityComparer.Default.Equals(element, holder))
        && (call.TargetMethod.DeclaringSyntaxReferences.IsEmpty ? !_validated.Value.Contains(holder.Name) && call.TargetMethod.ContainingType?.Name is not "Enumerable" : call.TargetMethod.DeclaringSyntaxReferences.Any(reference => Refuses(reference.GetSyntax(), member.Name))));

    /// <summary>Whether the method or constructor in source refuses bad values of the parameter.</summary>
    public static bool Refuses(IParameterSymbol parameter)
    {
        foreach (var reference in parameter.ContainingSymbol.OriginalDefinition.DeclaringSyntaxReferences)
        {
            if (Refuses(reference.GetSyntax(), parameter.Name))
                return true;
        }
        return false;
    }

    private static bool Refuses(SyntaxNode code, string name)
    {
        foreach (var node in code.DescendantNodes())
        {
            switch (node)
            {
                case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LessThanExpression or (int)SyntaxKind.LessThanOrEqualExpression or (int)SyntaxKind.GreaterThanExpression or (int)SyntaxKind.GreaterThanOrEqualExpression } comparison
                    when Names(comparison.Left, name) && IsNumeral(comparison.Right) || Names(comparison.Right, name) && IsNumeral(comparison.Left):
                case IsPatternExpressionSyntax match when Names(match.Expression, name) && match.Pattern.DescendantNodesAndSelf().Any(part => part is RelationalPatternSyntax):
                case InvocationExpressionSyntax call when call.ArgumentList.Arguments.Any(argument => Names(argument.Expression, name)) && IsGuard(CalledName(call), call.Expression.ToString()):
                    return true;
            }
        }
        return false;
    }

    private static string CalledName(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => "",
    };

    private static bool Names(ExpressionSyntax expression, string name) => expression switch
    {
        IdentifierNameSyntax identifier => identifier.Identifier.ValueText == name,
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText == name || access.Name.Identifier.ValueText is "Value" && Names(access.Expression, name),
        _ => false,
    };

    private static bool IsNumeral(ExpressionSyntax expression) => expression is LiteralExpressionSyntax or PrefixUnaryExpressionSyntax { Operand: LiteralExpressionSyntax }
        || expression is IdentifierNameSyntax { Identifier.ValueText: var constant } && (char.IsUpper(constant[0]) || constant[0] == '_') && (constant.Contains("Min") || constant.Contains("Max"))
        || expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: var member } && (member is "Zero" or "One" || member.StartsWith("Min", StringComparison.Ordinal) || member.StartsWith("Max", StringComparison.Ordinal));

    /// <summary>Whether a call by its name checks what it is given.</summary>
    public static bool IsGuard(IInvocationOperation call) => IsGuard(call.TargetMethod.Name, call.TargetMethod.ContainingType?.Name ?? "");

    private static bool IsGuard(string name, string owner) => name is "Max" or "Clamp" or "Abs" || Words.Of(name) is { IsEmpty: false } words && (Checks.Contains(words[0]) || words[0] == "try" && words.Length > 1 && Checks.Contains(words[1]) || words[words.Length - 1] is "warnings" or "validation" or "violations" or "limits")
        || owner.StartsWith("Guard", StringComparison.Ordinal) || owner.StartsWith("Ensure", StringComparison.Ordinal) || owner.Contains("Validator") || owner.Contains("validator");

    private static bool Is(IOperation operand, Func<IOperation, bool> isValue)
    {
        operand = operand.WithoutConversions();
        if (operand is IPropertyReferenceOperation { Property.Name: "Value" or "HasValue", Instance: { } nullable })
            operand = nullable.WithoutConversions();
        return isValue(operand) || operand is IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } sum && (Is(sum.LeftOperand, isValue) || Is(sum.RightOperand, isValue)) || operand is ICoalesceOperation { Value: var value } && Is(value, isValue);
    }

    private static bool Mentions(IOperation operand, Func<IOperation, bool> isValue) => operand.DescendantsAndSelf().Any(isValue);

    private static bool IsNumber(IOperation operand) => operand.WithoutConversions() is { } value
        && (value.ConstantValue.HasValue || value is IFieldReferenceOperation { Field.IsStatic: true } || value is IPropertyReferenceOperation { Property: var limit } && (Words.Of(limit.Name) is ["max" or "min" or "maximum" or "minimum", ..]) || value.ReferencedSymbol() is { } named && Words.Of(named.Name) is ["max" or "min" or "maximum" or "minimum", ..]);

    private static bool IsRelational(BinaryOperatorKind kind) => kind is BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual;

    private static bool IsLimit(AttributeData attribute) => attribute.AttributeClass?.Name is { } name
        && (name is "RangeAttribute" or "MinAttribute" or "MinValueAttribute" or "PositiveAttribute" or "CustomValidationAttribute" || name.Contains("Positive") || name.Contains("GreaterThan") || name.Contains("Between"));

    private static IParameterSymbol? PrimaryParameter(ISymbol member) => member is IPropertySymbol { ContainingType: { IsRecord: true } type }
        ? type.InstanceConstructors.SelectMany(constructor => constructor.Parameters).FirstOrDefault(parameter => parameter.Name == member.Name) : null;

    // RuleFor(x => x.Quantity).GreaterThan(0), in validators of any layout.
    private HashSet<string> FindValidated(Compilation compilation)
    {
        var validated = new HashSet<string>(StringComparer.Ordinal);
        var runs = ValidatorRuns.In(compilation);
        foreach (var tree in compilation.SyntaxTrees)
        {
            if (!TextSearch.Contains(tree, "RuleFor"))
                continue;
            foreach (var rule in tree.GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>().Where(call => CalledName(call) is "RuleFor" or "RuleForEach"))
            {
                if (rule.ArgumentList.Arguments is not [{ Expression: LambdaExpressionSyntax { Body: MemberAccessExpressionSyntax property } }, ..])
                    continue;
                var validator = rule.FirstAncestorOrSelf<TypeDeclarationSyntax>();
                var validates = validator?.BaseList?.Types.Select(type => type.Type).OfType<GenericNameSyntax>().FirstOrDefault()?.TypeArgumentList.Arguments.FirstOrDefault();
                var isChild = rule.Expression is MemberAccessExpressionSyntax || property.Expression is MemberAccessExpressionSyntax;
                var owner = isChild || validates is null ? "*" : validates is QualifiedNameSyntax qualified ? qualified.Right.Identifier.ValueText : (validates as SimpleNameSyntax)?.Identifier.ValueText ?? "*";
                if (validates is not null && runs.NeverRuns(validator!.Identifier.ValueText, TypeNames.Of(validates) ?? ""))
                    continue;
                // The type itself: its validator is here, and says all that it has to say.
                validated.Add(owner);
                var name = owner + "." + property.Name.Identifier.ValueText;
                if (!IsLimited(rule))
                    continue;
                // Of several rules for one name the one that knows a limit counts.
                if (!IsFloor(rule))
                    _floors.Remove(name);
                else if (!validated.Contains(name))
                    _floors.Add(name);
                validated.Add(name);
            }
        }
        return validated;
    }

    /// <summary>Whether a rule of a validator bounds what it is for: <c>RuleFor(x => x.Total).NotEmpty().GreaterThan(0)</c>.</summary>
    public static bool IsLimited(InvocationExpressionSyntax rule)
    {
        for (SyntaxNode node = rule; node.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax next }; node = next)
        {
            if (Limits.Contains(CalledName(next)))
                return true;
        }
        return false;
    }

    // GreaterThan(0), and nothing that says how much is too much.
    private static bool IsFloor(InvocationExpressionSyntax rule)
    {
        for (SyntaxNode node = rule; node.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax next }; node = next)
        {
            if (Limits.Contains(CalledName(next)) && CalledName(next) is not ("GreaterThan" or "GreaterThanOrEqualTo" or "Positive" or "IsPositive"))
                return false;
        }
        return true;
    }
}
