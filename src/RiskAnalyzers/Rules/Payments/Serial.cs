using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Payments;

/// <summary>What lets requests through one at a time, or notices when two collide.</summary>
internal static class Serial
{
    private static readonly HashSet<string> Locks = Words.SetOf("lock locks locker locked mutex semaphore redlock serializable exclusive distributed");

    /// <summary>Whether the member is one at a time already: a lock, a serializable transaction, an actor, or a conflict that is caught.</summary>
    public static bool Is(OperationVisit visit) => Is(visit, caught => caught.Contains("Concurrency") || caught is "DbUpdateException" or "MongoWriteException" or "UniqueConstraintException" or "PostgresException" or "SqlException");

    /// <summary>The same for a change of a row that is there: what an insert collides with says nothing about it.</summary>
    public static bool IsForChange(OperationVisit visit) => Is(visit, caught => caught.Contains("Concurrency") || caught is "PostgresException" or "SqlException");

    private static bool Is(OperationVisit visit, Func<string, bool> isConflict)
    {
        for (var type = visit.Member.ContainingType; type is not null; type = type.BaseType)
        {
            if (type.Name is "Grain" or "JournaledGrain" or "ReceiveActor" or "UntypedActor" or "Actor")
                return true;
        }
        return visit.Body.DescendantsAndSelf().Any(operation => operation switch
        {
            ILockOperation => true,
            ICatchClauseOperation clause => clause.ExceptionType?.Name is { } caught && isConflict(caught),
            IFieldReferenceOperation { Field: { ContainingType.Name: "IsolationLevel", Name: "Serializable" or "RepeatableRead" or "Snapshot" } } => true,
            IInvocationOperation call => Words.ContainAny(call.TargetMethod.Name, Locks) && !call.TargetMethod.Name.StartsWith("Is", StringComparison.Ordinal) || call.Instance?.Type is { } receiver && Words.ContainAny(receiver.Name, Locks),
            ILiteralOperation { ConstantValue: { HasValue: true, Value: string sql } } => sql.IndexOf("FOR UPDATE", StringComparison.OrdinalIgnoreCase) >= 0 || sql.IndexOf("UPDLOCK", StringComparison.OrdinalIgnoreCase) >= 0,
            _ => false,
        });
    }
}
