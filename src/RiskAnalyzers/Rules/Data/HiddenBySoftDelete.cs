using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Data;

/// <summary>A filter for deleted rows that hides other rows with them, or that a unique index knows nothing of.</summary>
internal sealed class HiddenBySoftDelete : RiskRule
{
    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK6014",
        title: "A soft delete reaches further than it should",
        message: "{0}: {1}; {2}",
        why: "A customer deletes his account, or the shop withdraws a product, and orders that are open, lines that were paid and invoices of last year are missing from every list that loads them together, while the totals stay.");

    private static readonly HashSet<string> Deletion = Words.SetOf("deleted removed archived");

    // Records that must be found whatever becomes of what they refer to.
    private static readonly HashSet<string> Records = Words.SetOf("order orders payment invoice refund transaction shipment booking subscription cart basket purchase sale line receipt payout rental lease");

    private static readonly HashSet<string> Keys = Words.SetOf("email username phone mobile sku barcode ean");

    public HiddenBySoftDelete() : base(Risk)
    {
    }

    public override void Listen(RuleListener on) => on.Operation(Check, OperationKind.Invocation);

    private static void Check(OperationVisit visit)
    {
        var call = (IInvocationOperation)visit.Operation;
        switch (call.TargetMethod.Name)
        {
            case "HasQueryFilter":
                CheckFilter(visit, call);
                break;
            case "IsUnique":
                CheckIndex(visit, call);
                break;
        }
    }

    private static void CheckFilter(OperationVisit visit, IInvocationOperation call)
    {
        if (EntityOf(call) is not { } entity || !FiltersDeleted(call))
            return;
        // t => t.Provider != null && t.Provider.DeletedAt == null, of a payment.
        if (call.Arguments.SelectMany(argument => argument.Descendants()).FirstOrDefault(operation => operation is IPropertyReferenceOperation { Property: var flag, Instance: IPropertyReferenceOperation { Instance: IParameterReferenceOperation } } && Words.ContainAny(flag.Name, Deletion)) is IPropertyReferenceOperation { Instance: IPropertyReferenceOperation { Property.Name: var parent } } && IsRecord(entity))
        {
            visit.Report(call.CalledName(), $"A deleted '{parent}' hides every '{entity.Name}' that refers to it", "what was ordered or paid is missing from lists, sums and checks for duplicates", "filter by what happened to the row itself");
            return;
        }
        if (SetsAllFilters(visit.Compilation) || DependentOf(entity, visit.Member.ContainingType) is not { } dependent || ModelConfiguration.TypesAround(visit.Compilation, "HasQueryFilter").Contains(dependent.Name))
            return;
        visit.Report(call.CalledName(), $"A deleted '{entity.Name}' hides every '{dependent.Name}' that is loaded with it", $"'{dependent.Name}' must have its '{entity.Name}', so EF joins them and leaves out both, while totals and counts stay", "make the navigation optional, or load it with IgnoreQueryFilters");
    }

    // entity.HasIndex(u => u.Email).IsUnique(), where deleted rows stay in the table and nobody finds them.
    private static void CheckIndex(OperationVisit visit, IInvocationOperation call)
    {
        if (call.Instance?.WithoutConversions() is not IInvocationOperation { TargetMethod.Name: "HasIndex" } index || EntityOf(index) is not { } entity || call.Arguments.Any(argument => argument.Value.IsConstant(false)))
            return;
        var columns = index.Arguments.SelectMany(argument => argument.Descendants()).OfType<IPropertyReferenceOperation>().Select(property => property.Property.Name).ToList();
        if (columns.Count != 1 || !Words.ContainAny(columns[0], Keys) && columns[0] is not ("UserName" or "NormalizedEmail"))
            return;
        // Before or behind it: HasFilter("IsDeleted = 0")
        if (call.Syntax.Ancestors().TakeWhile(node => node is not StatementSyntax).OfType<MemberAccessExpressionSyntax>().Any(access => access.Name.Identifier.ValueText == "HasFilter"))
            return;
        if (visit.Body.Descendants().Any(operation => operation is IInvocationOperation { TargetMethod.Name: "HasQueryFilter" } filter && SymbolEqualityComparer.Default.Equals(EntityOf(filter), entity) && FiltersDeleted(filter)))
            visit.Report(call.CalledName(), $"The unique index over '{columns[0]}' counts deleted rows of '{entity.Name}', which every look-up leaves out", "whoever comes back, or enters the number again, gets a raw database error", "give the index HasFilter for rows that are not deleted");
    }

    private static INamedTypeSymbol? EntityOf(IInvocationOperation call) => EntityFramework.Receiver(call)?.Type is INamedTypeSymbol { Name: "EntityTypeBuilder", TypeArguments: [INamedTypeSymbol entity] } ? entity : null;

    private static bool FiltersDeleted(IInvocationOperation filter) => filter.Arguments.SelectMany(argument => argument.Descendants()).Any(operation => operation is IPropertyReferenceOperation { Property.Name: var flag } && Words.ContainAny(flag, Deletion));

    // An order, a line of one; not the notes about it.
    private static bool IsRecord(INamedTypeSymbol entity) => Words.Of(entity.Name) is { IsEmpty: false } words && (Records.Contains(words[words.Length - 1]) || words[words.Length - 1] is "item" or "items" or "detail" or "details" or "entry" && words.HaveAny(Records));

    private static readonly HashSet<string> People = Words.SetOf("user customer account member buyer client shopper");

    // Nobody misses the cart of an account that is gone.
    private static bool IsMissed(INamedTypeSymbol row, INamedTypeSymbol entity) => !Words.ContainAny(entity.Name, People) || !Words.Of(row.Name).Any(word => word is "cart" or "basket");

    private static readonly string[] Loops = { "GetEntityTypes" };

    private static bool SetsAllFilters(Compilation compilation) => compilation.SyntaxTrees.Any(tree => TextSearch.Contains(tree, "HasQueryFilter") && TextSearch.ContainsAny(tree, Loops));

    // What must have one of these: public Guid ProductId { get; set; } public Product Product { get; set; }
    private static INamedTypeSymbol? DependentOf(INamedTypeSymbol entity, INamedTypeSymbol? context)
    {
        foreach (var property in entity.GetMembers().Concat(context?.GetMembers() ?? ImmutableArray<ISymbol>.Empty).OfType<IPropertySymbol>())
        {
            if (property.Type is INamedTypeSymbol { TypeArguments: [INamedTypeSymbol row] } && IsRecord(row) && IsMissed(row, entity) && !SymbolEqualityComparer.Default.Equals(row, entity) && Requires(row, entity) && !HasFlag(row))
                return row;
        }
        return null;
    }

    private static bool Requires(INamedTypeSymbol row, INamedTypeSymbol entity) => row.GetMembers().OfType<IPropertySymbol>().Any(navigation => SymbolEqualityComparer.Default.Equals(navigation.Type, entity)
        && row.GetMembers(navigation.Name + "Id").OfType<IPropertySymbol>().FirstOrDefault() is { Type: var key } && (key is { IsValueType: true, OriginalDefinition.SpecialType: not SpecialType.System_Nullable_T } || key is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.NotAnnotated }));

    private static bool HasFlag(INamedTypeSymbol row)
    {
        for (var type = row; type is not null; type = type.BaseType)
        {
            if (type.GetMembers().Any(member => member is IPropertySymbol && member.Name is "IsDeleted" or "DeletedAt"))
                return true;
        }
        return false;
    }
}
