using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Residue;

/// <summary>Credentials of a merchant or tenant that are looked up by name, and what stands in where one is missing.</summary>
internal static class MissingCredentials
{
    private static readonly HashSet<string> Stores = Words.SetOf("credential credentials secret secrets");

    private static readonly HashSet<string> Settings = Words.SetOf("configuration config settings options");

    // What is not secret and names no account may have a default.
    private static readonly HashSet<string> Harmless = Words.SetOf("url uri endpoint host version template type region environment mode timeout locale lang language currency sandbox expiry format");

    /// <summary>The key of the credential, what stands in for it, and whether that is nothing; null where nothing silent does.</summary>
    public static (string Key, IOperation Stand, bool IsEmpty)? Of(IInvocationOperation lookup)
    {
        var store = lookup.Instance ?? lookup.Arguments.FirstOrDefault()?.Value.WithoutConversions();
        var key = lookup.Arguments.Select(argument => argument.Value.ConstantValue).FirstOrDefault(value => value is { HasValue: true, Value: string { Length: > 0 } }).Value as string;
        if (key is null || store.ReferencedSymbol() is not { } holder || Words.ContainAny(key, Harmless))
            return null;
        var isCredential = Words.ContainAny(holder.Name, Stores);
        if (!isCredential && !(Words.ContainAny(holder.Name, Settings) && SecretUse.KindOf(key) is SecretKind.Key or SecretKind.Token))
            return null;
        if (StandIn(lookup) is not { } stand || IsTested(lookup) || FollowsAnother(lookup))
            return null;
        if (stand.ConstantValue is { HasValue: true, Value: "" } || stand is IFieldReferenceOperation { Field: { Name: "Empty", ContainingType.SpecialType: SpecialType.System_String } })
            return isCredential || SecretUse.KindOf(key) is not null ? (key, stand, true) : null;
        // The platform's own account, which takes the money of a tenant whose credentials are incomplete.
        return isCredential && stand is IPropertyReferenceOperation { Instance: { } owner } && owner.ReferencedSymbol() is { } settings && Words.ContainAny(settings.Name, Settings) ? (key, stand, false) : null;
    }

    private static IOperation? StandIn(IInvocationOperation lookup)
    {
        IOperation value = lookup;
        while (value.Parent is IConversionOperation or IConditionalAccessOperation)
            value = value.Parent;
        if (value.Parent is ICoalesceOperation coalesce && coalesce.Value == value)
            return coalesce.WhenNull.WithoutConversions();
        return lookup.Arguments.Length > 1 && lookup.Arguments[lookup.Arguments.Length - 1] is { ArgumentKind: ArgumentKind.Explicit, Parameter.Name: "defaultValue", Value: var given } ? given.WithoutConversions() : null;
    }

    // var key = ...; if (string.IsNullOrEmpty(key)) throw ...
    private static bool IsTested(IInvocationOperation lookup)
    {
        var value = lookup.Ancestors().TakeWhile(ancestor => ancestor is IConversionOperation or ICoalesceOperation or IConditionalAccessOperation).LastOrDefault() ?? lookup;
        var holder = value.Parent switch
        {
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } => declarator.Symbol,
            ISimpleAssignmentOperation { Target: var target } => target.ReferencedSymbol(),
            _ => null,
        };
        return holder is not null && lookup.WholeBody().Descendants().Any(test => test is IInvocationOperation { TargetMethod.Name: "IsNullOrEmpty" or "IsNullOrWhiteSpace" or "ThrowIfNullOrEmpty" or "ThrowIfNullOrWhiteSpace", Arguments: [{ Value: var tested }, ..] }
            && SymbolEqualityComparer.Default.Equals(tested.ReferencedSymbol(), holder));
    }

    // The first of a row speaks for the others.
    private static bool FollowsAnother(IInvocationOperation lookup)
    {
        IOperation part = lookup;
        while (part.Parent is not null and not IBlockOperation and not IObjectCreationOperation and not IInvocationOperation { TargetMethod.Name: not "GetValueOrDefault" } and not IObjectOrCollectionInitializerOperation)
            part = part.Parent;
        return part.Parent?.ChildOperations.TakeWhile(sibling => sibling != part).Any(earlier => earlier.DescendantsAndSelf().Any(other => other is IInvocationOperation { TargetMethod.Name: "GetValueOrDefault" } same
            && SymbolEqualityComparer.Default.Equals((same.Instance ?? same.Arguments.FirstOrDefault()?.Value).ReferencedSymbol(), (lookup.Instance ?? lookup.Arguments.FirstOrDefault()?.Value).ReferencedSymbol())
            && StandIn(same) is not null and not IThrowOperation)) == true;
    }

    /// <summary>
    /// What must be there for a provider to get its keys, where it is used without them all the same: <c>if (!string.IsNullOrEmpty(row.Credentials)) provider.Initialize(...); return provider;</c>,
    /// <c>if (client is PayOsClient known) known.Initialize(apiKey);</c>. Null where nothing is.
    /// </summary>
    public static (string Name, Location At)? HalfInitialized(IConditionalOperation choice)
    {
        if (choice is not { Syntax: IfStatementSyntax { IfKeyword: var keyword }, WhenFalse: null } || Flow.Leaves(choice.WhenTrue))
            return null;
        var needed = choice.Condition.WithoutConversions() switch
        {
            IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, Operand: var operand } when operand.WithoutConversions() is IInvocationOperation { TargetMethod.Name: "IsNullOrEmpty" or "IsNullOrWhiteSpace", Arguments: [{ Value: var text }] } => text.ReferencedSymbol(),
            IBinaryOperation { OperatorKind: BinaryOperatorKind.NotEquals, LeftOperand: var left, RightOperand: var right } when right.IsNull() => left.ReferencedSymbol(),
            IIsPatternOperation { Pattern: INegatedPatternOperation { Pattern: IConstantPatternOperation }, Value: var value } => value.ReferencedSymbol(),
            IIsPatternOperation { Pattern: IDeclarationPatternOperation { MatchedType: { TypeKind: TypeKind.Class } }, Value: var value } when value.Type?.TypeKind == TypeKind.Interface => ((IDeclarationPatternOperation)((IIsPatternOperation)choice.Condition.WithoutConversions()).Pattern).MatchedType,
            _ => null,
        };
        if (needed is null || !Words.ContainAny(needed.Name, Stores) && choice.Condition.WithoutConversions() is not IIsPatternOperation { Pattern: IDeclarationPatternOperation })
            return null;
        return choice.WhenTrue.DescendantsInFunction().Any(operation => operation is IInvocationOperation { Instance: not null } call && Words.Of(call.TargetMethod.Name) is ["initialize" or "init" or "configure" or "authenticate" or "setup" or "set", ..]
            && call.Arguments.Any(argument => argument.Value.DescendantsAndSelf().Any(part => part.ReferencedSymbol() is { } passed && (Words.ContainAny(passed.Name, Stores) || SecretUse.KindOf(passed.Name) is SecretKind.Key)))) ? (needed.Name, keyword.GetLocation()) : null;
    }
}
