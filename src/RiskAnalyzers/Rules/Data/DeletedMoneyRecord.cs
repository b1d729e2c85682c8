using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Data;

/// <summary>A payment, refund or invoice whose row is deleted, by itself or together with what it belongs to.</summary>
internal sealed class DeletedMoneyRecord : RiskRule
{
    private static readonly HashSet<string> Deletes = Words.SetOf("Remove RemoveRange Delete DeleteAsync RemoveAsync DeleteRange DeleteRangeAsync RemoveRangeAsync ExecuteDelete ExecuteDeleteAsync");

    private static readonly HashSet<string> Records = Words.SetOf("payment invoice refund payout settlement chargeback");

    private static readonly HashSet<string> Ledgers = Words.SetOf("payment ledger wallet bank billing refund journal account");

    private static readonly HashSet<string> Cleaning = Words.SetOf("cleanup clean purge reset anonymize erase rollback retention draft drafts expired temporary");

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK6013",
        title: "A record of money is deleted",
        message: "'{0}' {1}: afterwards nobody can prove what was paid, and the books no longer add up; cancel or reverse the record and keep the row",
        why: "Payments, refunds and invoices are evidence: of what a customer paid, of what the tax office is owed. A deleted row leaves no trace of who took it away, and sums of yesterday no longer agree with those of today.",
        severity: DiagnosticSeverity.Info);

    public DeletedMoneyRecord() : base(Risk)
    {
    }

    public override void Listen(RuleListener on) => on.Operation(Check, OperationKind.Invocation);

    private static void Check(OperationVisit visit)
    {
        var call = (IInvocationOperation)visit.Operation;
        if (call.TargetMethod.Name is "OnDelete" or "HasForeignKey")
            CheckCascade(visit, call);
        else if (Deletes.Contains(call.TargetMethod.Name) && Deleted(call) is { } record && !IsOfAnotherKind(visit.Member) && !IsTakenBack(call) && !IsSoft(record) && !MentionsDraft(call))
            visit.Report(call.CalledName(), call.TargetMethod.Name, $"deletes {Article(record.Name)} '{record.Name}' for good");
        else if (Deletes.Contains(call.TargetMethod.Name) && PayableSale(call) is var (sale, reference) && !IsOfAnotherKind(visit.Member) && !IsTakenBack(call) && !IsSoft(sale) && !IsCalledOff(call))
            visit.Report(call.CalledName(), call.TargetMethod.Name, $"deletes {Article(sale.Name)} '{sale.Name}' whose '{reference}' stays payable");
    }

    private static readonly HashSet<string> Sales = Words.SetOf("order booking reservation purchase subscription checkout");

    // context.Orders.Remove(order) of an order with a PaymentIntentId: a payment that comes later finds no order.
    private static (INamedTypeSymbol Sale, string Reference)? PayableSale(IInvocationOperation call)
    {
        if (EntityFramework.Receiver(call) is not { Type: { } store } receiver || !EntityFramework.IsSet(store) && !EntityFramework.IsContext(store))
            return null;
        foreach (var argument in call.Arguments)
        {
            if (argument.Value == receiver || argument.Value.WithoutConversions() is not (ILocalReferenceOperation or IParameterReferenceOperation) || argument.Value.WithoutConversions().Type is not INamedTypeSymbol { TypeKind: TypeKind.Class } sale || Words.Of(sale.Name) is not [.., var last] || !Sales.Contains(last))
                continue;
            if (sale.GetMembers().FirstOrDefault(member => member is IPropertySymbol { Type.SpecialType: SpecialType.System_String } && Words.Of(member.Name) is var words && words.Any(word => word is "intent" or "session" or "transaction") && words[words.Length - 1] == "id") is { } reference)
                return (sale, reference.Name);
        }
        return null;
    }

    // The provider is told that nobody will pay.
    private static bool IsCalledOff(IInvocationOperation call) => call.WholeBody().Descendants().Any(operation => operation is IInvocationOperation { TargetMethod: { Name: var name, ContainingType: { } owner } } && Words.Of(name) is var words && words.Any(word => word is "cancel" or "void" or "expire" or "refund") && !words.Contains("points") && (Language.Payments.SpeakOfPayment(name) || Language.Payments.SpeakOfPayment(owner.Name) || Words.ContainAny(owner.Name, Offers)));

    private static readonly HashSet<string> Offers = Words.SetOf("intent session");

    // .HasOne(r => r.Payment).WithMany(p => p.Refunds).OnDelete(DeleteBehavior.Cascade)
    private static void CheckCascade(OperationVisit visit, IInvocationOperation call)
    {
        if (Cascades.Of(call) is not var (principal, dependent, isDefault) || !IsRecord(dependent) && (!Cascades.TakesSales(principal, dependent) || IsSoft(principal) || IsSoft(dependent)))
            return;
        visit.Report(call.CalledName(), call.TargetMethod.Name, $"{(isDefault ? "leaves it at the default, which " : "")}deletes every '{dependent.Name}' together with its '{principal.Name}'");
    }

    private static INamedTypeSymbol? Deleted(IInvocationOperation call)
    {
        if (EntityFramework.Receiver(call) is not { Type: { } store } receiver)
            return null;
        var isStore = EntityFramework.IsSet(store) || EntityFramework.IsContext(store) || EntityFramework.IsQueryable(store) && call.TargetMethod.Name.StartsWith("Execute", StringComparison.Ordinal) && EntityFramework.BeginsAtContext(call)
            || Words.Of(store.Name) is [.., "repository" or "repo"];
        if (!isStore)
            return null;
        foreach (var argument in call.Arguments)
        {
            var type = argument.Value == receiver ? null : argument.Value.WithoutConversions().Type;
            if (type is INamedTypeSymbol { TypeArguments: [INamedTypeSymbol element] } && element.TypeKind == TypeKind.Class)
                type = element;
            if (type is INamedTypeSymbol record && IsRecord(record))
                return record;
        }
        // payments.DeleteAsync(id), db.Payments.Where(...).ExecuteDeleteAsync()
        for (var set = store as INamedTypeSymbol; set is { SpecialType: SpecialType.None }; set = set.BaseType)
        {
            if (set.TypeArguments is [INamedTypeSymbol stored, ..])
                return IsRecord(stored) ? stored : null;
        }
        return null;
    }

    private static bool IsRecord(INamedTypeSymbol type) => type.TypeKind == TypeKind.Class && Words.Of(type.Name) switch
    {
        [.., "transaction" or "entry", var kind] when kind is "record" or "entity" => Words.ContainAny(type.Name, Ledgers),
        [.., var last] when Records.Contains(last) => !Words.ContainAny(type.Name, Cleaning),
        [.., var owner, "transaction" or "entry" or "record" or "refund" or "entity"] => Ledgers.Contains(owner),
        _ => false,
    };

    private static bool IsOfAnotherKind(ISymbol member) => Preparation.Is(member) || Words.ContainAny(member.Name, Cleaning) || member.ContainingType is { } type && Words.ContainAny(type.Name, Cleaning);

    // Deleted is a flag of it, which an interceptor or the repository sets.
    private static bool IsSoft(INamedTypeSymbol record)
    {
        for (var type = record; type is { SpecialType: SpecialType.None }; type = type.BaseType)
        {
            if (type.GetMembers().Any(member => member is IPropertySymbol && member.Name is "IsDeleted" or "Deleted" or "DeletedAt" or "DeletedOn" or "DeletedAtUtc" or "DeletedUtc"))
                return true;
        }
        return record.AllInterfaces.Any(contract => contract.Name.Contains("SoftDelet"));
    }

    // Added a moment ago and taken back because something failed.
    private static bool IsTakenBack(IInvocationOperation call) => call.Ancestor<ICatchClauseOperation>() is not null || call.Arguments.Any(argument => argument.Value.WithoutConversions() is ILocalReferenceOperation local && Flow.InitialValue(local) is IObjectCreationOperation);

    // What was never sent out is no evidence yet.
    private static bool MentionsDraft(IInvocationOperation call) => call.WholeBody().Descendants().Any(operation => operation is IFieldReferenceOperation { Field: { ContainingType.TypeKind: TypeKind.Enum, Name: "Draft" or "Drafted" } } or IPropertyReferenceOperation { Property.Name: "IsDraft" });

    private static string Article(string name) => "AEIOU".IndexOf(name[0]) >= 0 ? "an" : "a";
}
