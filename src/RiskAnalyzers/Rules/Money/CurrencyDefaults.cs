using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Money;

/// <summary>Where an amount gets a currency that nobody chose: by the default of a property or parameter, or by a literal in the request that a provider is sent.</summary>
internal static class CurrencyDefaults
{
    // What is only shown, and where defaults are kept.
    private static readonly HashSet<string> Shown = Words.SetOf("response result view vm model viewmodel report summary statistics stats preview defaults constants sample demo seed seeder test fake mock");

    private static readonly HashSet<string> Messages = Words.SetOf("request command event message dto query input payload body args charge payment refund order invoice");

    private static readonly HashSet<string> Values = Words.SetOf("money price amount currency");

    /// <summary>Whether the property is one of an amount's own that is a literal currency wherever nobody sets it.</summary>
    public static bool IsDefault(IPropertySymbol property, IOperation value, MoneyWords money) =>
        value is ILiteralOperation && property is { IsStatic: false, SetMethod: not null, ContainingType: { } type } && IsCurrency(property.Name, value.ConstantValue)
        && !IsShown(type) && !Settings.IsOptionsType(type) && !IsValue(type) && HasAmount(type, money);

    /// <summary>The parameters of a method or message that are a literal currency wherever a caller leaves them out, beside an amount.</summary>
    public static IEnumerable<IParameterSymbol> OfParameters(IMethodSymbol method, MoneyWords money)
    {
        if (method is not { MethodKind: MethodKind.Ordinary or MethodKind.Constructor, IsOverride: false } || IsShown(method.ContainingType) || Settings.IsOptionsType(method.ContainingType) || Implements(method))
            yield break;
        // Money.Create(decimal amount, string currency = "USD"): whoever forgets it has dollars. Its constructor is where it gets one.
        if (IsValue(method.ContainingType))
        {
            foreach (var parameter in method is { MethodKind: MethodKind.Ordinary, IsStatic: true, DeclaredAccessibility: not Accessibility.Private } ? method.Parameters : ImmutableArray<IParameterSymbol>.Empty)
            {
                if (parameter is { HasExplicitDefaultValue: true, ExplicitDefaultValue: string code } && IsCurrency(parameter.Name, new Optional<object?>(code)) && method.Parameters.Any(other => !other.HasExplicitDefaultValue && IsAmount(other.Name, other.Type, money)))
                    yield return parameter;
            }
            yield break;
        }
        // A money of somebody's own is made in one currency or another; a message that somebody sends is not.
        if (method.MethodKind == MethodKind.Constructor && !(method.ContainingType.IsRecord && Words.Of(method.ContainingType.Name) is [.., var last] && Messages.Contains(last)))
            yield break;
        if (method.MethodKind == MethodKind.Ordinary && (Words.ContainAny(method.Name, Values) && method.IsStatic || Words.Of(method.Name) is ["format" or "display" or "show" or "render" or "to", ..]))
            yield break;
        foreach (var parameter in method.Parameters)
        {
            if (parameter is { HasExplicitDefaultValue: true, ExplicitDefaultValue: string text } && IsCurrency(parameter.Name, new Optional<object?>(text)) && method.Parameters.Any(other => IsAmount(other.Name, other.Type, money)))
                yield return parameter;
        }
    }

    /// <summary>The request to a provider that the literal sets the currency of while its amount varies, or null.</summary>
    public static INamedTypeSymbol? RequestOf(IOperation literal, ContextPlace place, MoneyWords money)
    {
        if (place.Kind != ContextKind.Currency || place.Fallback is not null || literal.Ancestor<IObjectCreationOperation>() is not { Type: INamedTypeSymbol type } creation)
            return null;
        if (!SymbolEqualityComparer.Default.Equals(place.Target.ContainingType, type) || !Language.Payments.SpeakOfPayment(type.Name) && !Language.Payments.IsOfLibrary(type) || IsShown(type))
            return null;
        return creation.Arguments.Any(argument => argument.Parameter is { } parameter && IsVariable(parameter.Name, argument.Value, money))
            || creation.Initializer?.Initializers.Any(setter => setter is ISimpleAssignmentOperation assignment && assignment.Target.ReferencedSymbol() is { } target && IsVariable(target.Name, assignment.Value, money)) == true ? type : null;
    }

    /// <summary>The currency property, and its literal, that the new payment or refund is left with because nobody sets it; or null.</summary>
    public static (IPropertySymbol Property, string Text)? LeftAtDefault(IObjectCreationOperation creation, MoneyWords money)
    {
        if (creation is not { Type: INamedTypeSymbol { Locations: [{ IsInSource: true }, ..] } type, Initializer.Initializers: var setters } || IsShown(type) || IsValue(type) || Settings.IsOptionsType(type))
            return null;
        // Who gives it an amount knows in which currency.
        if (!setters.Any(setter => setter is ISimpleAssignmentOperation assignment && assignment.Target.ReferencedSymbol() is { } target && IsVariable(target.Name, assignment.Value, money)))
            return null;
        foreach (var member in type.GetMembers())
        {
            if (member is IPropertySymbol { SetMethod: not null, IsStatic: false, Type.SpecialType: SpecialType.System_String } property && ContextKind.Currency.Speaks(property.Name) && LiteralOf(property) is { } text && ContextKind.Currency.Accepts(text))
                return IsSet(creation, setters, property) ? null : (property, text);
        }
        return null;
    }

    /// <summary>The literal currency of a zero that a total starts from, and the total: <c>var total = Money.Zero();</c>, <c>TotalAmount = Money.Create(0, "USD");</c> else null.</summary>
    public static (string Text, ISymbol Total)? OfStart(IOperation made, ISymbol member)
    {
        var (method, arguments) = made switch
        {
            IInvocationOperation { TargetMethod: { IsStatic: true } factory } call => (factory, call.Arguments),
            IObjectCreationOperation { Constructor: { } constructor } creation => (constructor, creation.Arguments),
            _ => default,
        };
        if (method is null || arguments.IsDefaultOrEmpty || arguments.Length > 3 || !IsValue(method.ContainingType) || SymbolEqualityComparer.Default.Equals(member.ContainingType, method.ContainingType))
            return null;
        string? text = null;
        var isZero = method.Name is "Zero" or "Empty" or "None";
        foreach (var argument in arguments)
        {
            if (argument.Parameter is not { } parameter)
                continue;
            if (IsCurrency(parameter.Name, argument.Value.ConstantValue) && argument.Value is ILiteralOperation)
                text = (string)argument.Value.ConstantValue.Value!;
            else if (argument.Value.ConstantNumber() is { } number)
                isZero |= number == 0;
        }
        return isZero && text is not null && made.Target(member) is { } total and (ILocalSymbol or IPropertySymbol or IFieldSymbol) ? (text, total) : null;
    }

    private static bool IsSet(IObjectCreationOperation creation, ImmutableArray<IOperation> setters, IPropertySymbol property) =>
        !creation.Arguments.IsEmpty
        || creation.EnclosingFunction().DescendantsInFunction().Any(operation => operation is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: var set } } && SymbolEqualityComparer.Default.Equals(set, property));

    private static string? LiteralOf(IPropertySymbol property) =>
        property.DeclaringSyntaxReferences is [var reference] && reference.GetSyntax() is PropertyDeclarationSyntax { Initializer.Value: LiteralExpressionSyntax { Token.Value: string text } } ? text : null;

    private static bool IsCurrency(string name, Optional<object?> value) => value is { HasValue: true, Value: string text } && ContextKind.Currency.Speaks(name) && ContextKind.Currency.Accepts(text);

    private static bool HasAmount(INamedTypeSymbol type, MoneyWords money)
    {
        for (var ancestor = type; ancestor is not null and not { SpecialType: SpecialType.System_Object }; ancestor = ancestor.BaseType)
        {
            foreach (var member in ancestor.GetMembers())
            {
                if (member is IPropertySymbol { IsStatic: false } property && IsAmount(property.Name, property.Type, money))
                    return true;
            }
        }
        return false;
    }

    private static bool IsAmount(string name, ITypeSymbol type, MoneyWords money) =>
        type.WithoutNullable()?.SpecialType is SpecialType.System_Decimal or SpecialType.System_Int64 or SpecialType.System_Int32 or SpecialType.System_Double && money.Mean(name) && !MoneyWords.MeanRate(name);

    private static bool IsVariable(string name, IOperation value, MoneyWords money) => value.ConstantNumber() is null && value.Type is { } type && IsAmount(name, type, money);

    private static bool IsShown(INamedTypeSymbol type) => Words.ContainAny(type.Name, Shown);

    private static bool IsValue(INamedTypeSymbol type) => Words.Of(type.Name) is [var only] && Values.Contains(only) || MoneyWords.IsMoneyLike(type);

    // The contract says it already.
    private static bool Implements(IMethodSymbol method) => method.ContainingType.TypeKind == TypeKind.Class && method.ContainingType.AllInterfaces.Any(contract =>
        contract.Locations.Any(location => location.IsInSource) && contract.GetMembers(method.Name).Any(member => SymbolEqualityComparer.Default.Equals(method.ContainingType.FindImplementationForInterfaceMember(member), method)));
}
