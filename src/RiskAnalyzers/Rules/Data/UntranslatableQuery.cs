using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Data;

/// <summary>A query that filters or sorts by what only C# can compute: no database can run it, and it throws when it is first sent.</summary>
internal sealed class UntranslatableQuery : RiskRule
{
    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK6010",
        title: "A query that no database can run",
        message: "'{0}' {1}, so '{2}' cannot be turned into SQL: the query throws for every customer as soon as this way is taken; {3}",
        why: "EF Core reads what stands in the lambda and knows only columns. It compiles, tests with lists in memory pass, and the search or the report fails at its first call in production.");

    private static readonly HashSet<string> Operators = Words.SetOf(
        "Where OrderBy OrderByDescending ThenBy ThenByDescending Any AnyAsync All AllAsync Count CountAsync LongCount LongCountAsync First FirstAsync FirstOrDefault FirstOrDefaultAsync Single SingleAsync SingleOrDefault "
        + "SingleOrDefaultAsync Last LastAsync LastOrDefault LastOrDefaultAsync Sum SumAsync Max MaxAsync Min MinAsync Average AverageAsync GroupBy");

    // Libraries that put the code of a property or method in its place.
    private static readonly string[] Expanders = { "LinqKit.Extensions", "EntityFrameworkCore.Projectables.ProjectableAttribute", "DelegateDecompiler.ComputedAttribute", "NeinLinq.InjectLambdaAttribute", "Expressionify.ExpressionifyAttribute" };

    public UntranslatableQuery() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        if (on.Type("Microsoft.EntityFrameworkCore.DbContext") is null)
            return;
        var persistence = Persistence.In(on.Facts);
        on.Operation(visit => CheckProperty(visit, persistence), OperationKind.PropertyReference);
        on.Operation(visit => CheckMethod(visit, persistence), OperationKind.Invocation);
        on.Operation(visit => CheckText(visit, persistence), OperationKind.Invocation);
    }

    private static void CheckProperty(OperationVisit visit, Persistence persistence)
    {
        var reference = (IPropertyReferenceOperation)visit.Operation;
        if (reference.Instance is null || !IsRow(reference.Instance) || reference.Property is not { IsStatic: false, IsIndexer: false, DeclaringSyntaxReferences.IsEmpty: false } property)
            return;
        var why = property.HasAttribute("NotMappedAttribute") ? "is not mapped to a column" : IsComputed(property, visit.Cancellation) ? "is computed in C#" : null;
        if (why is null || !IsEntity(property.ContainingType, persistence) || OperatorOf(reference) is not { } step || IsMapped(property, visit.Compilation) || AreExpanded(visit))
            return;
        visit.Report(reference, property.Name, why, step, "use the columns that it is made of, or keep it as a column");
    }

    // Where(o => IsOverdue(o))
    private static void CheckMethod(OperationVisit visit, Persistence persistence)
    {
        var call = (IInvocationOperation)visit.Operation;
        var method = call.TargetMethod;
        if (method.MethodKind is not (MethodKind.Ordinary or MethodKind.ReducedExtension or MethodKind.LocalFunction))
            return;
        var row = call.Instance is { } instance && IsRow(instance) ? instance.Type : call.Arguments.Select(argument => argument.Value).FirstOrDefault(value => IsRow(value.WithoutConversions()))?.WithoutConversions().Type;
        if (row is not INamedTypeSymbol type || (method.ReducedFrom ?? method).DeclaringSyntaxReferences.IsEmpty || method.GetAttributes().Length > 0 || method.ReturnType.Name is "Expression" or "IQueryable" || !IsEntity(type, persistence) || OperatorOf(call) is not { } step || RegistersFunctions(visit.Compilation) || AreExpanded(visit))
            return;
        visit.Report(call, method.Name + "()", "is a method of the product", step, "write its condition into the query");
    }

    // Where(c => c.Email.Equals(mail, StringComparison.OrdinalIgnoreCase)), GroupBy(o => o.CreatedAt.ToString("yyyy-MM"))
    private static void CheckText(OperationVisit visit, Persistence persistence)
    {
        var call = (IInvocationOperation)visit.Operation;
        var method = call.TargetMethod;
        var compares = method.ContainingType?.SpecialType == SpecialType.System_String && call.Arguments.Length > 1 && call.Arguments[call.Arguments.Length - 1].Value.Type?.Name == "StringComparison";
        var formats = method.Name == "ToString" && call.Arguments.Length > 0 && call.Arguments[0].Value.Type?.SpecialType == SpecialType.System_String;
        if (!compares && !formats)
            return;
        var row = call.Arguments.Select(argument => argument.Value).Prepend(call.Instance).Select(RowOf).FirstOrDefault(type => type is not null);
        if (row is null || !IsEntity(row, persistence) || OperatorOf(call) is not { } step || AreExpanded(visit))
            return;
        if (compares)
            visit.Report(call, method.Name + "(..., StringComparison)", "compares by rules of C#", step, "leave the comparison to the collation of the column");
        else
            visit.Report(call, method.Name, "formats in C#", step, "compare or group by the parts of the value");
    }

    // Asked last: to learn that a type is nowhere takes a look into every reference.
    private static bool AreExpanded(OperationVisit visit) => Expanders.Any(expander => visit.Facts.Types.Find(expander) is not null);

    private static INamedTypeSymbol? RowOf(IOperation? value)
    {
        value = value?.WithoutConversions();
        while (OwnerOf(value) is { } owner)
            value = owner.WithoutConversions();
        return value is IParameterReferenceOperation { Parameter: { Type: INamedTypeSymbol type, ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.AnonymousFunction } } } ? type : null;
    }

    private static IOperation? OwnerOf(IOperation? value) => value switch
    {
        IPropertyReferenceOperation property => property.Instance,
        IInvocationOperation { TargetMethod.ContainingType.SpecialType: SpecialType.System_String } call => call.Instance,
        _ => null,
    };

    // The element of the query, or something that hangs on it.
    private static bool IsRow(IOperation value)
    {
        value = value.WithoutConversions();
        while (value is IPropertyReferenceOperation { Instance: { } owner })
            value = owner.WithoutConversions();
        return value is IParameterReferenceOperation { Parameter.ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.AnonymousFunction } };
    }

    private static bool IsComputed(IPropertySymbol property, CancellationToken cancellation) => property.SetMethod is null && property.DeclaringSyntaxReferences[0].GetSyntax(cancellation) is PropertyDeclarationSyntax declaration
        && (declaration.ExpressionBody is { } arrow ? arrow.Expression is not IdentifierNameSyntax && !ShowsField(property, arrow) : declaration.AccessorList?.Accessors is [{ Body: not null } or { ExpressionBody: not null }]);

    // Lines => _lines.AsReadOnly(): EF reads the field behind it.
    private static bool ShowsField(IPropertySymbol property, ArrowExpressionClauseSyntax arrow) => property.Type is not { SpecialType: SpecialType.System_String } && property.Type.AllInterfaces.Any(contract => contract.SpecialType == SpecialType.System_Collections_IEnumerable)
        || arrow.DescendantTokens().Any(token => string.Equals(token.ValueText, "_" + property.Name, StringComparison.OrdinalIgnoreCase));

    private static bool IsEntity(INamedTypeSymbol type, Persistence persistence) => persistence.IsEntity(type);

    // The operator of the query in whose lambda the operation stands; a projection may compute what it likes.
    private static string? OperatorOf(IOperation operation)
    {
        foreach (var ancestor in operation.Ancestors())
        {
            if (ancestor is IInvocationOperation { TargetMethod: { ContainingType.Name: "Queryable" or "EntityFrameworkQueryableExtensions", Name: var name } } step && EntityFramework.Receiver(step) is { } source && !source.Syntax.Span.Contains(operation.Syntax.Span))
                return Operators.Contains(name) && !IsInMemory(source) ? name : null;
            if (ancestor is IBlockOperation { Parent: not IAnonymousFunctionOperation })
                return null;
        }
        return null;
    }

    // list.AsQueryable() runs in C#.
    private static bool IsInMemory(IOperation source)
    {
        for (var at = source; at is IInvocationOperation call; at = EntityFramework.Receiver(call))
        {
            if (call.TargetMethod.Name == "AsQueryable" && EntityFramework.Receiver(call) is { Type: { } given } && !EntityFramework.IsQueryable(given))
                return true;
        }
        return false;
    }

    // builder.Property(o => o.Total).HasComputedColumnSql(...)
    private static bool IsMapped(IPropertySymbol property, Compilation compilation) => Mapped.GetValue(compilation, FindMapped).Contains(property.Name);

    private static readonly System.Runtime.CompilerServices.ConditionalWeakTable<Compilation, HashSet<string>> Mapped = new();

    private static HashSet<string> FindMapped(Compilation compilation)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var tree in compilation.SyntaxTrees)
        {
            if (!TextSearch.Contains(tree, ".Property(") && !TextSearch.Contains(tree, ".Property<"))
                continue;
            foreach (var call in tree.GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>())
            {
                if (call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Property" })
                    names.UnionWith(call.ArgumentList.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken) || token.IsKind(SyntaxKind.StringLiteralToken)).Select(token => token.ValueText));
            }
        }
        return names;
    }

    private static bool RegistersFunctions(Compilation compilation) => compilation.SyntaxTrees.Any(tree => TextSearch.Contains(tree, "HasDbFunction"));
}
