using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Money;

/// <summary>What is in scope and carries a currency, country, region or tenant of its own.</summary>
internal sealed record ContextCarrier(string Text, ITypeSymbol Type, bool MayBeNull)
{
    private static readonly HashSet<string> Domain = Words.SetOf(
        "order cart basket customer payment invoice user account buyer subscription checkout quote shipment address refund wallet transaction request command message event item line product price money merchant store "
        + "tenant context balance charge");

    /// <summary>The nearest carrier in scope where the literal stands, or null.</summary>
    public static ContextCarrier? InScope(IOperation literal, ContextPlace place, ISymbol member)
    {
        // order.Currency ?? "USD": what is missing is the order's own.
        if (place.Fallback is IPropertyReferenceOperation { Instance: not IInstanceReferenceOperation, Property.ContainingType: { } owner } missing)
            return Words.ContainAny(owner.Name, Domain) && !IsSettings(owner) ? new ContextCarrier(missing.Syntax.ToString(), missing.Type!, true) : null;
        // lines.FirstOrDefault()?.UnitPrice.Currency ?? "USD": what is missing is whatever they have in common.
        if (place.Fallback?.WithoutConversions() is IConditionalAccessOperation { WhenNotNull: var reached } access && LastProperty(reached) is { ContainingType: { } holder } last)
            return place.Kind.Speaks(last.Name) && Words.ContainAny(holder.Name, Domain) && !IsSettings(holder) ? new ContextCarrier(access.Syntax.ToString(), access.Type!, true) : null;
        var written = WrittenTo(literal, member);
        foreach (var (symbol, type) in Symbols(literal, member))
        {
            if (SymbolEqualityComparer.Default.Equals(symbol, written) || SymbolEqualityComparer.Default.Equals(symbol, place.Target))
                continue;
            if (type.SpecialType == SpecialType.System_String && place.Kind.Speaks(symbol.Name) && symbol is IParameterSymbol)
            {
                if (place.Fallback is null)
                    return new ContextCarrier(symbol.Name, type, type.NullableAnnotation == NullableAnnotation.Annotated);
            }
            else if (MemberOf(type, place.Kind) is ({ } path, { } found))
            {
                return new ContextCarrier(symbol.Name + "." + path, found, found.NullableAnnotation == NullableAnnotation.Annotated);
            }
        }
        return OfThis(literal, place, member);
    }

    private static IPropertySymbol? LastProperty(IOperation found) => found switch
    {
        IPropertyReferenceOperation { Property: var property } => property,
        IConditionalAccessOperation { WhenNotNull: var inner } => LastProperty(inner),
        _ => null,
    };

    // An entity's own currency, in a method that uses another; its constructor is where it gets one.
    private static ContextCarrier? OfThis(IOperation literal, ContextPlace place, ISymbol member)
    {
        if (member.IsStatic || member.ContainingType is not { } type || IsSettings(type) || member is IMethodSymbol { MethodKind: MethodKind.Constructor })
            return null;
        if (place.Target is IPropertySymbol or IFieldSymbol && SymbolEqualityComparer.Default.Equals(place.Target.ContainingType, type) || place.Fallback is not null)
            return null;
        foreach (var own in type.GetMembers())
        {
            if (own is IPropertySymbol { IsStatic: false, GetMethod: not null } property && place.Kind.Speaks(property.Name) && !SymbolEqualityComparer.Default.Equals(property, place.Target)
                && property.Type.SpecialType == SpecialType.System_String && !literal.Syntax.Ancestors().Contains(property.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax()))
                return new ContextCarrier(property.Name, property.Type, property.Type.NullableAnnotation == NullableAnnotation.Annotated);
        }
        return null;
    }

    private static IEnumerable<(ISymbol Symbol, ITypeSymbol Type)> Symbols(IOperation literal, ISymbol member)
    {
        for (var ancestor = literal.Parent; ancestor is not null; ancestor = ancestor.Parent)
        {
            var locals = ancestor switch
            {
                IBlockOperation block => block.Locals,
                IForEachLoopOperation loop => loop.Locals,
                _ => ImmutableArray<ILocalSymbol>.Empty,
            };
            foreach (var local in locals)
            {
                if (IsDeclaredBefore(local, literal) && !local.IsConst)
                    yield return (local, local.Type);
            }
            var parameters = ancestor switch
            {
                IAnonymousFunctionOperation lambda => lambda.Symbol.Parameters,
                ILocalFunctionOperation function => function.Symbol.Parameters,
                _ => ImmutableArray<IParameterSymbol>.Empty,
            };
            foreach (var parameter in parameters)
                yield return (parameter, parameter.Type);
        }
        foreach (var parameter in member is IMethodSymbol method ? method.Parameters : ImmutableArray<IParameterSymbol>.Empty)
            yield return (parameter, parameter.Type);
    }

    // var order = new Order { Currency = "EUR" }: what is being made carries nothing yet.
    private static bool IsDeclaredBefore(ILocalSymbol local, IOperation literal) =>
        local.DeclaringSyntaxReferences is [var declaration, ..] && (declaration.GetSyntax() is ForEachStatementSyntax each ? each.Statement.SpanStart <= literal.Syntax.SpanStart : declaration.Span.End < literal.Syntax.SpanStart);

    // order.Currency = "EUR", new Order { Currency = "EUR" } assigned to order: the one that the literal is given to.
    private static ISymbol? WrittenTo(IOperation literal, ISymbol member)
    {
        if (literal.Ancestor<IObjectCreationOperation>() is { } creation && creation.Target(literal.EnclosingFunction() is ILocalFunctionOperation { Symbol: var function } ? function : member) is { } made and not IMethodSymbol)
            return made;
        if (literal.Ancestor<ISimpleAssignmentOperation>() is not { Target: IMemberReferenceOperation { Instance: { } instance } })
            return null;
        while (instance is IMemberReferenceOperation { Instance: { } owner } && owner is not IInstanceReferenceOperation)
            instance = owner;
        return instance.ReferencedSymbol();
    }

    // order.Currency, order.Customer.Country: the thing itself or what it holds.
    private static (string Path, ITypeSymbol Type)? MemberOf(ITypeSymbol type, ContextKind kind)
    {
        if (ElementOf(type) is { } element && MemberOf(element, kind) is var (path, found))
            return (path, found.WithNullableAnnotation(NullableAnnotation.Annotated));
        if (!Words.ContainAny(type.Name, Domain) || IsSettings(type))
            return null;
        foreach (var property in PropertiesOf(type))
        {
            if (kind.Speaks(property.Name) && property.Type.SpecialType == SpecialType.System_String)
                return (property.Name, property.Type);
        }
        foreach (var property in PropertiesOf(type))
        {
            if (property.Type is not INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct } held || !Words.ContainAny(held.Name, Domain) || SymbolEqualityComparer.Default.Equals(held, type) || !held.Locations.Any(location => location.IsInSource))
                continue;
            foreach (var inner in PropertiesOf(held))
            {
                if (kind.Speaks(inner.Name) && inner.Type.SpecialType == SpecialType.System_String)
                    return (property.Name + "." + inner.Name, inner.Type.WithNullableAnnotation(property.NullableAnnotation == NullableAnnotation.Annotated ? NullableAnnotation.Annotated : inner.NullableAnnotation));
            }
        }
        return null;
    }

    // Of many, each carries its own; which one is meant, the fix does not know.
    private static ITypeSymbol? ElementOf(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol { ElementType: var element } => element,
        INamedTypeSymbol { TypeArguments: [var element], Name: "IEnumerable" or "List" or "IList" or "ICollection" or "IReadOnlyList" or "IReadOnlyCollection" or "IQueryable" or "HashSet" } => element,
        _ => null,
    };

    private static IEnumerable<IPropertySymbol> PropertiesOf(ITypeSymbol type)
    {
        for (var ancestor = type; ancestor is not null and not { SpecialType: SpecialType.System_Object }; ancestor = ancestor.BaseType)
        {
            foreach (var member in ancestor.GetMembers())
            {
                if (member is IPropertySymbol { IsStatic: false, GetMethod: not null, IsIndexer: false } property)
                    yield return property;
            }
        }
    }

    private static bool IsSettings(ITypeSymbol type) => Settings.IsOptionsType(type) || type.ContainingNamespace?.Name == "Configuration";
}
