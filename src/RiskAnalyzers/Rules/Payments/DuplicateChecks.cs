using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Payments;

/// <summary>Looks for a payment that was made before, or sums what was paid back, that count what has succeeded and forget what is under way.</summary>
internal static class DuplicateChecks
{
    private static readonly HashSet<string> UnderWay = Words.SetOf("pending processing authorized authorised initiated submitted created requires awaiting in");

    private static readonly HashSet<string> Payments = Words.SetOf("payment payments refund refunds transaction transactions charge charges payout attempt");

    private static readonly HashSet<string> Settled = Words.SetOf("succeeded success successful completed complete paid captured settled refunded processing processed");

    /// <summary>What a query counts and what it forgets, where money moves after it in the same function; else null.</summary>
    public static (string Counted, string Forgotten, IOperation At)? In(IInvocationOperation query)
    {
        if (query.TargetMethod.Name is not ("Any" or "AnyAsync" or "FirstOrDefault" or "FirstOrDefaultAsync" or "SingleOrDefault" or "SingleOrDefaultAsync" or "Where" or "Exists" or "ExistsAsync"))
            return null;
        if (query.Arguments.Select(argument => argument.Value.WithoutConversions()).Select(value => value is IDelegateCreationOperation made ? made.Target : value).OfType<IAnonymousFunctionOperation>().FirstOrDefault() is not { Symbol.Parameters: [{ Type: INamedTypeSymbol record }] } test
            || !Words.ContainAny(record.Name, Payments))
            return null;
        var counted = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        INamedTypeSymbol? states = null;
        IOperation? at = null;
        foreach (var part in test.Body.Descendants())
        {
            switch (part)
            {
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.NotEquals } or IUnaryOperation { OperatorKind: UnaryOperatorKind.Not }:
                    return null;
                case IPropertyReferenceOperation { Property: { Type: INamedTypeSymbol { TypeKind: TypeKind.Enum } type, Name: var name } } when Words.Of(name) is [.., "status" or "state"]:
                    states = type;
                    at ??= part;
                    break;
                case IFieldReferenceOperation { Field: { ContainingType.TypeKind: TypeKind.Enum, Name: var state } }:
                    counted.Add(state);
                    break;
                case ILiteralOperation { ConstantValue: { HasValue: true, Value: string text } }:
                    counted.Add(text);
                    break;
            }
        }
        if (states is null || counted.Count == 0 || !counted.All(state => Words.ContainAny(state, Settled)))
            return null;
        var forgotten = states.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(state => state.HasConstantValue && Words.Of(state.Name) is [var first, ..] && UnderWay.Contains(first) && !counted.Contains(state.Name));
        return forgotten is not null && IsBeforeMoney(query, test) ? (string.Join(", ", counted), forgotten.Name, at!) : null;
    }

    private static bool IsBeforeMoney(IInvocationOperation query, IOperation test) => query.EnclosingFunction().DescendantsInFunction().Any(operation => operation is IInvocationOperation later
        && later.Syntax.SpanStart > query.Syntax.Span.End && !test.Syntax.Span.Contains(later.Syntax.Span) && Language.Payments.MovesMoney(later)
        // The payment that is found is the one that is paid back: what is under way cannot be yet.
        && (query.TargetMethod.Name == "Where" || !Words.ContainAny(later.TargetMethod.Name, Returns)));

    private static readonly HashSet<string> Returns = Words.SetOf("refund refunds void cancel reverse release");
}
