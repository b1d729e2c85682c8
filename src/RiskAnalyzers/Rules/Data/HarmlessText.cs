using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Data;

/// <summary>Run-time values that cannot change what an SQL statement means: numbers, the product's own literals and names of tables.</summary>
internal static class HarmlessText
{
    // What names a table or schema comes from the product's own configuration.
    private static readonly HashSet<string> Identifiers = Words.SetOf("table tables schema schemas prefix database db catalog collection");

    private static readonly HashSet<string> Quoting = Words.SetOf("DelimitIdentifier QuoteIdentifier EscapeIdentifier GetTableName GetSchema GetColumnName GetSchemaQualifiedTableName GetTableNameAsync nameof");

    /// <summary>Whether nobody outside the code chooses the text.</summary>
    public static bool Is(IOperation value) => IsHarmless(value, depth: 3);

    private static bool IsHarmless(IOperation value, int depth)
    {
        value = value.WithoutConversions();
        if (value.ConstantValue.HasValue || !IsText(value.Type))
            return true;
        if (depth == 0)
            return false;
        switch (value)
        {
            case IConditionalOperation { WhenFalse: { } other } conditional:
                return IsHarmless(conditional.WhenTrue, depth - 1) && IsHarmless(other, depth - 1);
            case ISwitchExpressionOperation selection:
                return selection.Arms.All(arm => IsHarmless(arm.Value, depth - 1));
            case ICoalesceOperation coalesce:
                return IsHarmless(coalesce.Value, depth - 1) && IsHarmless(coalesce.WhenNull, depth - 1);
            case IFieldReferenceOperation { Field: { IsStatic: true, IsReadOnly: true } }:
                return true;
            case IMemberReferenceOperation member:
                return Words.ContainAny(member.Member.Name, Identifiers) || member.Instance is IInstanceReferenceOperation && Words.Of(member.Member.Name).Contains("column");
            case IInvocationOperation call:
                return IsHarmlessCall(call, depth);
            case ILocalReferenceOperation { Local: var local }:
                return IsHarmlessLocal(value, local, depth);
            // string users = "SELECT id FROM customers": callers choose among statements of the code, not among words of a customer.
            case IParameterReferenceOperation { Parameter: { HasExplicitDefaultValue: true, ExplicitDefaultValue: string given } } when given.IndexOf("SELECT ", StringComparison.OrdinalIgnoreCase) >= 0:
                return true;
            case IParameterReferenceOperation { Parameter: var parameter }:
                return parameter.ContainingSymbol is IMethodSymbol { DeclaredAccessibility: Accessibility.Private } method && (Words.ContainAny(parameter.Name, Identifiers) || ReceivesLiterals(method, parameter.Ordinal, depth: 3));
            default:
                return false;
        }
    }

    private static bool IsHarmlessCall(IInvocationOperation call, int depth)
    {
        var method = call.TargetMethod;
        if (Quoting.Contains(method.Name) || Words.ContainAny(method.Name, Identifiers))
            return true;
        if (method.Name == "Aggregate" && EntityFramework.Receiver(call) is { } sequence)
            return HoldsHarmless(sequence, depth - 1);
        // 42.ToString(), date.ToString("O"), id.ToString()
        if (method.Name == "ToString" && call.Instance is { } number)
            return !IsText(number.Type);
        if (method.ContainingType.SpecialType == SpecialType.System_String && method.Name == "Join")
            return call.Arguments.Skip(1).All(argument => HoldsHarmless(argument.Value, depth - 1));
        // A method of the product that picks one of its own literals.
        return method.DeclaringSyntaxReferences.Length > 0 && method.DeclaringSyntaxReferences.All(reference => PicksLiterals(reference.GetSyntax()));
    }

    private static bool PicksLiterals(SyntaxNode declaration)
    {
        var results = declaration.DescendantNodes().Select(node => node switch
        {
            ReturnStatementSyntax returned => returned.Expression,
            ArrowExpressionClauseSyntax arrow when arrow.Expression is not SwitchExpressionSyntax => arrow.Expression,
            SwitchExpressionArmSyntax arm => arm.Expression,
            _ => null,
        }).Where(result => result is not null and not SwitchExpressionSyntax).ToList();
        return results.Count > 0 && results.All(result => result is LiteralExpressionSyntax or ThrowExpressionSyntax or ConditionalExpressionSyntax { WhenTrue: LiteralExpressionSyntax, WhenFalse: LiteralExpressionSyntax });
    }

    // A private method whose callers, all in the same type, pass literals only.
    private static bool ReceivesLiterals(IMethodSymbol method, int ordinal, int depth)
    {
        var calls = method.ContainingType.DeclaringSyntaxReferences.SelectMany(reference => reference.GetSyntax().DescendantNodes().OfType<InvocationExpressionSyntax>())
            .Where(call => call.Expression is SimpleNameSyntax { Identifier.ValueText: var name } && name == method.Name || call.Expression is MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax, Name.Identifier.ValueText: var own } && own == method.Name).ToList();
        return depth > 0 && calls.Count > 0 && calls.All(call => call.ArgumentList.Arguments.FirstOrDefault(argument => argument.NameColon?.Name.Identifier.ValueText == method.Parameters[ordinal].Name) is { } named
            ? named.Expression is LiteralExpressionSyntax
            : call.ArgumentList.Arguments.Count > ordinal && call.ArgumentList.Arguments[ordinal].Expression switch
            {
                LiteralExpressionSyntax => true,
                IdentifierNameSyntax { Identifier.ValueText: var passed } => call.FirstAncestorOrSelf<MethodDeclarationSyntax>() is { } caller
                    && method.ContainingType.GetMembers(caller.Identifier.ValueText).OfType<IMethodSymbol>().FirstOrDefault() is { DeclaredAccessibility: Accessibility.Private } between
                    && between.Parameters.FirstOrDefault(parameter => parameter.Name == passed) is { } given && ReceivesLiterals(between, given.Ordinal, depth - 1),
                _ => false,
            });
    }

    // A sequence of numbers, of literals, or of parameter names that a Select makes.
    private static bool HoldsHarmless(IOperation sequence, int depth)
    {
        sequence = sequence.WithoutConversions();
        var element = sequence.Type switch
        {
            IArrayTypeSymbol array => array.ElementType,
            INamedTypeSymbol { TypeArguments: [var argument] } => argument,
            _ => null,
        };
        if (element is not null && !IsText(element))
            return true;
        if (depth <= 0)
            return false;
        return sequence switch
        {
            IArrayCreationOperation { Initializer.ElementValues: var values } => values.All(value => IsHarmless(value, depth)),
            IInvocationOperation { TargetMethod.Name: "ToArray" or "ToList" } call when EntityFramework.Receiver(call) is { } receiver => HoldsHarmless(receiver, depth),
            IInvocationOperation { TargetMethod.Name: "Select" } call when call.Arguments.LastOrDefault() is { Value: var selector } && WholeTables.LambdaOf(selector)?.Body.Operations.LastOrDefault() is IReturnOperation { ReturnedValue: { } made }
                => SqlText.Read(made) is var text && text.Holes.All(hole => IsHarmless(hole, depth)),
            ILocalReferenceOperation { Local: var local } => FillsHarmlessly(sequence, local, depth),
            _ => false,
        };
    }

    // var conditions = new List<string> { "..." }; conditions.Add("Total > @min");
    private static bool FillsHarmlessly(IOperation reference, ILocalSymbol list, int depth)
    {
        if (WholeTables.OnlyValue(reference, list) is not { } initial)
            return false;
        if (initial.WithoutConversions() is not IObjectCreationOperation creation)
            return HoldsHarmless(initial, depth - 1);
        var root = reference.Ancestors().LastOrDefault() ?? reference;
        return creation.Descendants().OfType<IInvocationOperation>().Concat(root.Descendants().OfType<IInvocationOperation>().Where(call => SymbolEqualityComparer.Default.Equals(call.Instance.ReferencedSymbol(), list)))
            .Where(call => call.TargetMethod.Name is "Add" or "Insert" or "AddRange").All(call => call.Arguments.All(argument =>
                SqlText.Read(argument.Value) is var text && text.Holes.All(hole => IsHarmless(hole, depth - 1))));
    }

    private static bool IsHarmlessLocal(IOperation reference, ILocalSymbol local, int depth) =>
        local.IsConst || WholeTables.OnlyValue(reference, local) is { } value && IsHarmless(value, depth - 1);

    // Numbers, dates, ids and enums cannot carry a quote.
    private static bool IsText(ITypeSymbol? type) => type.WithoutNullable() is { } value && value.TypeKind != TypeKind.Enum && value.SpecialType switch
    {
        SpecialType.System_String or SpecialType.System_Object => true,
        SpecialType.None => value.Name is not ("Guid" or "DateTimeOffset" or "DateOnly" or "TimeOnly" or "TimeSpan") && (value.TypeKind is not TypeKind.Struct || value.Name is "StringValues" or "StringSegment"),
        _ => false,
    };
}
