namespace RiskAnalyzers.Language;

/// <summary>Whether code runs in a database transaction.</summary>
internal static class Transactions
{
    private static readonly HashSet<string> TransactionWords = new(StringComparer.Ordinal) { "transaction", "transactions", "transactional", "transacted" };

    /// <summary>Whether a transaction is begun in the function around the operation, or the operation runs inside one that a helper began.</summary>
    public static bool Enclose(IOperation operation)
    {
        for (var ancestor = operation; ancestor is not null; ancestor = ancestor.Parent)
        {
            if (ancestor is IInvocationOperation call && Words.ContainAny(call.TargetMethod.Name, TransactionWords))
                return true;
            if (ancestor.Parent is not null && ancestor is not IAnonymousFunctionOperation and not ILocalFunctionOperation)
                continue;
            if (ancestor.DescendantsInFunction().Any(BeginsTransaction))
                return true;
        }
        return false;
    }

    private static bool BeginsTransaction(IOperation operation) => operation switch
    {
        IInvocationOperation call => Words.ContainAny(call.TargetMethod.Name, TransactionWords) && !call.TargetMethod.Name.StartsWith("Get", StringComparison.Ordinal),
        IObjectCreationOperation creation => creation.Type is { } type && Words.ContainAny(type.Name, TransactionWords) && type.Name.EndsWith("Scope", StringComparison.Ordinal),
        _ => false,
    };
}
