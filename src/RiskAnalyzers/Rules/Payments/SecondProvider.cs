using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Payments;

/// <summary>A payment that goes to another provider because the first did not say that it worked: a time-out may have charged there.</summary>
internal static class SecondProvider
{
    private static readonly HashSet<string> Providers = Words.SetOf("provider providers gateway gateways psp processor processors acquirer adapter adapters fallback backup secondary");

    /// <summary>Whether the call is the second attempt, at another provider than the one of the first.</summary>
    public static bool IsTried(IInvocationOperation call)
    {
        if (ProviderOf(call) is not { } provider)
            return false;
        foreach (var ancestor in call.Ancestors())
        {
            switch (ancestor)
            {
                // try { primary.Charge(...) } catch { fallback.Charge(...) }
                case ICatchClauseOperation { Parent: ITryOperation attempt }:
                    return attempt.Body.DescendantsInFunction().Any(first => IsSame(first, call) && (ProviderOf((IInvocationOperation)first) is { } other && !SymbolEqualityComparer.Default.Equals(other, provider) || IsSetBefore(call, provider, ancestor)));
                // if (!result.Success) result = fallback.Charge(...);
                case IConditionalOperation { Syntax: IfStatementSyntax, Condition: var condition } choice when choice.WhenTrue.Syntax.Span.Contains(call.Syntax.Span) && AsksWhetherItFailed(condition):
                    if (choice.EnclosingFunction().DescendantsInFunction().Any(first => first.Syntax.SpanStart < choice.Syntax.SpanStart && IsSame(first, call)
                        && (ProviderOf((IInvocationOperation)first) is { } other && !SymbolEqualityComparer.Default.Equals(other, provider) || IsSetBefore(call, provider, choice))))
                        return true;
                    break;
                // foreach (var gateway in gateways) try { return gateway.Charge(...) } catch { log }
                case IForEachLoopOperation loop when loop.Locals.Any(each => SymbolEqualityComparer.Default.Equals(each, provider)):
                    return GoesOn(call, loop);
                case IAnonymousFunctionOperation or ILocalFunctionOperation:
                    return false;
            }
        }
        return false;
    }

    // What says which provider is asked: the receiver, or an argument.
    private static ISymbol? ProviderOf(IInvocationOperation call)
    {
        if (call.Instance?.ReferencedSymbol() is { } receiver and (ILocalSymbol or IParameterSymbol or IFieldSymbol or IPropertySymbol) && Words.ContainAny(receiver.Name, Providers))
            return receiver;
        return call.Arguments.Select(argument => argument.Value.ReferencedSymbol()).FirstOrDefault(passed => passed is ILocalSymbol or IParameterSymbol && Words.Of(passed.Name) is { IsEmpty: false } words && Providers.Contains(words[words.Length - 1]));
    }

    private static bool IsSame(IOperation first, IInvocationOperation call) => first is IInvocationOperation earlier && earlier != call && SymbolEqualityComparer.Default.Equals(earlier.TargetMethod.OriginalDefinition, call.TargetMethod.OriginalDefinition);

    // activeProvider = fallbackProvider; before the second attempt
    private static bool IsSetBefore(IInvocationOperation call, ISymbol provider, IOperation within) => within.DescendantsInFunction().Any(operation => operation is ISimpleAssignmentOperation assignment && assignment.Syntax.SpanStart < call.Syntax.SpanStart
        && !assignment.Syntax.Span.Contains(call.Syntax.Span) && SymbolEqualityComparer.Default.Equals(assignment.Target.ReferencedSymbol(), provider));

    private static bool AsksWhetherItFailed(IOperation condition) => condition.DescendantsAndSelf().Any(operation =>
        operation is IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, Operand: var operand } && operand.WithoutConversions() is IPropertyReferenceOperation { Property.Name: var flag } && Outcomes.IsSuccessFlag(flag)
        || operation is IIsPatternOperation { Pattern: INegatedPatternOperation { Pattern: IRecursivePatternOperation } });

    // A loop over providers that one failure does not end.
    private static bool GoesOn(IInvocationOperation call, IForEachLoopOperation loop) => call.Ancestors().TakeWhile(ancestor => ancestor != loop).OfType<ITryOperation>().Any(attempt => attempt.Catches.Any(clause => !clause.Throws() && !clause.Handler.DescendantsInFunction().Any(operation => operation is IReturnOperation or IBranchOperation { BranchKind: BranchKind.Break })));
}
