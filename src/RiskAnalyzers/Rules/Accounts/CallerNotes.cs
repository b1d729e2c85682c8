using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Accounts;

/// <summary>Code that knows who calls and only writes it down: into a log, into <c>CreatedBy</c>. Nothing is decided by it.</summary>
internal static class CallerNotes
{
    private static readonly HashSet<string> Notes = Words.SetOf("by log logger actor audit correlation trace telemetry");

    private static readonly HashSet<string> Holders = Words.SetOf("metadata properties details extras tags context");

    /// <summary>Whether the code reads the caller's identity and every use of it is a note.</summary>
    public static bool Only(IOperation code)
    {
        var isRead = false;
        foreach (var operation in code.DescendantsAndSelf())
        {
            if (operation is not (IPropertyReferenceOperation or IInvocationOperation) || !Callers.IsIdentity(operation))
                continue;
            // var userId = currentUser.UserId: what is done with the local counts.
            if (Whole(operation).Parent is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } })
            {
                if (!code.DescendantsAndSelf().All(use => use is not ILocalReferenceOperation reference || !SymbolEqualityComparer.Default.Equals(reference.Local, local) || IsNote(reference)))
                    return false;
            }
            else if (!IsNote(operation))
            {
                return false;
            }
            isRead = true;
        }
        return isRead;
    }

    /// <summary>Whether the value only goes into a log or into a member that says who did something.</summary>
    public static bool IsNote(IOperation value)
    {
        if (LogCalls.IsLogged(value))
            return true;
        return Whole(value).Parent switch
        {
            // Metadata = new() { ["user_id"] = userId }
            ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.IsIndexer: true } } entry => entry.Ancestors().OfType<ISimpleAssignmentOperation>().Any(holder => holder.Target.ReferencedSymbol() is { } symbol && Words.ContainAny(symbol.Name, Holders)),
            ISimpleAssignmentOperation { Target: var kept } => kept.ReferencedSymbol() is { } symbol && Words.ContainAny(symbol.Name, Notes),
            IArgumentOperation { Parameter.Name: var parameter } => Words.ContainAny(parameter, Notes),
            _ => false,
        };
    }

    // User.FindFirst("sub")?.Value for its User
    private static IOperation Whole(IOperation value)
    {
        while (value.Parent is { } parent)
        {
            if (parent is IArgumentOperation { Parent: IInvocationOperation reader } && !LogCalls.IsLog(reader) && Callers.IsIdentity(reader))
                parent = reader;
            else if (!(parent is IConversionOperation or IParenthesizedOperation or IAwaitOperation or IConditionalAccessOperation || parent is ICoalesceOperation coalesce && coalesce.Value == value
                || parent is IPropertyReferenceOperation { Instance: var owner } && owner == value || parent is IInvocationOperation { Instance: var receiver } && receiver == value))
                break;
            value = parent;
        }
        return value;
    }
}
