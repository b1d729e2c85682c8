using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Money;

/// <summary>What a stored order, invoice or payment says about itself, and the state in which it counts for nothing.</summary>
/// <param name="Record">The type of the record.</param>
/// <param name="Status">The member that holds its state.</param>
/// <param name="Example">A state in which nothing was earned and nothing is owed.</param>
internal sealed record CalledOff(INamedTypeSymbol Record, IPropertySymbol Status, string Example)
{
    private static readonly HashSet<string> Kinds = Words.SetOf("order invoice bill payment refund booking reservation transaction installment purchase sale");

    // A payment or refund that failed moved nothing; an order stays one.
    private static readonly HashSet<string> Moving = Words.SetOf("payment refund transaction installment");

    private static readonly HashSet<string> Undone = Words.SetOf("cancelled canceled voided void withdrawn");

    private static readonly HashSet<string> Failed = Words.SetOf("failed rejected declined");

    private static readonly HashSet<string> Wrappers = Words.SetOf("entity record document");

    // A flag or a time that says in what state it is.
    private static readonly HashSet<string> States = Words.SetOf("status state stage paid cancelled canceled completed settled refunded voided void confirmed verified delivered captured active deleted succeeded success");

    /// <summary>The record, where the type is one that can be called off; else null.</summary>
    public static CalledOff? Of(ITypeSymbol type, Compilation compilation)
    {
        if (type is not INamedTypeSymbol { TypeKind: TypeKind.Class, SpecialType: SpecialType.None } record || Kind(record.Name) is not { } kind)
            return null;
        for (var holder = record; holder is { SpecialType: SpecialType.None }; holder = holder.BaseType)
        {
            foreach (var member in holder.GetMembers())
            {
                if (member is not IPropertySymbol { IsStatic: false } status || Words.Of(status.Name) is not [.., "status" or "state"])
                    continue;
                if (status.Type.TypeKind == TypeKind.Enum)
                {
                    if (status.Type.GetMembers().FirstOrDefault(state => state is IFieldSymbol { HasConstantValue: true } && (Words.ContainAny(state.Name, Undone) || Moving.Contains(kind) && Words.ContainAny(state.Name, Failed))) is { } undone)
                        return new(record, status, undone.Name);
                }
                else if (status.Type.SpecialType == SpecialType.System_String && Written(compilation) is { } word)
                {
                    return new(record, status, word);
                }
            }
        }
        return null;
    }

    /// <summary>Whether the operation reads in what state a record is.</summary>
    public bool IsAsked(IOperation operation) => operation is IPropertyReferenceOperation { Property: var asked } && Words.ContainAny(asked.Name, States) && asked.ContainingType is { } holder && Kind(holder.Name) is not null;

    private static string? Kind(string type)
    {
        var words = Words.Of(type);
        var last = words.Length - 1;
        if (last > 0 && Wrappers.Contains(words[last]))
            last--;
        return last >= 0 && Kinds.Contains(words[last]) ? words[last] : null;
    }

    // A state that is a text: somewhere the product writes that something was cancelled.
    private static string? Written(Compilation compilation) => compilation.SyntaxTrees.Any(tree => TextSearch.Contains(tree, "\"Cancelled\"")) ? "Cancelled"
        : compilation.SyntaxTrees.Any(tree => TextSearch.Contains(tree, "\"cancelled\"")) ? "cancelled" : compilation.SyntaxTrees.Any(tree => TextSearch.Contains(tree, "\"Canceled\"")) ? "Canceled" : null;
}
