using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Data;

/// <summary>An entity that no context tracks is changed, and a save follows that will not notice.</summary>
internal sealed class UntrackedMutation : RiskRule
{
    private static readonly HashSet<string> Reattaching = Words.SetOf("update attach entry track add insert save store persist upsert replace set modify mark merge bulk execute edit");

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK6007",
        title: "A change to an entity that nothing tracks",
        message: "'{0}' was loaded with AsNoTracking: the save that follows does not notice the change to '{1}', and nothing is written; load it tracked, or call Update before saving",
        why: "The code runs, the test against an in-memory object passes, and the row keeps its old value: a charged order stays unpaid, a revoked account stays active.");

    public UntrackedMutation() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        var untracked = UntrackedQueries.In(on.Facts);
        on.Operation(visit => CheckLocal(visit, untracked), OperationKind.VariableDeclarator);
    }

    private static void CheckLocal(OperationVisit visit, UntrackedQueries untracked)
    {
        var declarator = (IVariableDeclaratorOperation)visit.Operation;
        var loaded = declarator.GetVariableInitializer()?.Value ?? (declarator.Parent is IForEachLoopOperation loop ? loop.Collection : null);
        if (loaded is null || !untracked.Gives(loaded))
            return;
        var function = declarator.EnclosingFunction();
        var holders = Holders(declarator.Symbol, function);
        if (FirstChange(function, holders) is not { } change || !IsSavedAfter(change.Operation, function, visit) || IsReattached(function, holders, visit))
            return;
        visit.Report(change.Operation, declarator.Symbol.Name, change.Member);
    }

    // The local, and what foreach and look-ups take from it where it is a list.
    private static HashSet<ISymbol> Holders(ILocalSymbol local, IOperation function)
    {
        var holders = new HashSet<ISymbol>(SymbolEqualityComparer.Default) { local };
        foreach (var operation in function.DescendantsAndSelf())
        {
            switch (operation)
            {
                case IForEachLoopOperation { Collection: var rows, LoopControlVariable: IVariableDeclaratorOperation { Symbol: var row } } when Begins(rows):
                    holders.Add(row);
                    break;
                case IVariableDeclaratorOperation { Symbol: var taken } declarator when declarator.GetVariableInitializer() is { Value: var value } && IsRow(value.Type) && Begins(value):
                    holders.Add(taken);
                    break;
            }
        }
        return holders;

        bool Begins(IOperation value) => Root(value) is ILocalReferenceOperation { Local: var root } && holders.Contains(root);

        bool IsRow(ITypeSymbol? type) => type is not null && (SymbolEqualityComparer.Default.Equals(type, local.Type) || local.Type is INamedTypeSymbol { TypeArguments: [var row] } && SymbolEqualityComparer.Default.Equals(row.WithNullableAnnotation(default), type.WithNullableAnnotation(default)));
    }

    private static IOperation Root(IOperation value)
    {
        value = value.WithoutAwait();
        while (true)
        {
            if (value is IInvocationOperation call && EntityFramework.Receiver(call) is { } receiver && call.TargetMethod.ContainingType.Name is "Enumerable" or "List")
                value = receiver.WithoutAwait();
            else if (value is IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } list })
                value = list.WithoutConversions();
            else
                return value;
        }
    }

    private static (IOperation Operation, string Member)? FirstChange(IOperation function, HashSet<ISymbol> holders)
    {
        foreach (var operation in function.DescendantsAndSelf())
        {
            switch (operation)
            {
                case IAssignmentOperation { Target: IMemberReferenceOperation { Instance: { } changed } member } when IsHolder(changed, holders) && !IsUnmapped(member.Member):
                    return (operation, member.Member.Name);
                case IIncrementOrDecrementOperation { Target: IMemberReferenceOperation { Instance: { } counted } member } when IsHolder(counted, holders):
                    return (operation, member.Member.Name);
                case IInvocationOperation { Instance: { } owner, TargetMethod: var method } when IsHolder(owner, holders) && Changes(method):
                    return (operation, method.Name);
            }
        }
        return null;
    }

    private static bool IsHolder(IOperation value, HashSet<ISymbol> holders) =>
        (value.WithoutConversions() is IConditionalAccessInstanceOperation ? value.Ancestors().OfType<IConditionalAccessOperation>().FirstOrDefault()?.Operation : value)?.ReferencedSymbol() is ILocalSymbol local && holders.Contains(local)
        || value.WithoutConversions() is IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } list } && list.ReferencedSymbol() is ILocalSymbol rows && holders.Contains(rows);

    private static bool IsUnmapped(ISymbol member) => member.HasAttribute("NotMappedAttribute");

    // A method of the entity that assigns its own members: order.MarkPaid().
    private static bool Changes(IMethodSymbol method) => method.MethodKind == MethodKind.Ordinary && method.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax().DescendantNodes().Any(node => node switch
    {
        // new Order { Total = Total } changes the other.
        AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: var name }, Parent: not InitializerExpressionSyntax } => method.ContainingType.GetMembers(name).Any(member => member is IPropertySymbol or IFieldSymbol),
        AssignmentExpressionSyntax { Left: MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } } => true,
        PostfixUnaryExpressionSyntax { Operand: IdentifierNameSyntax } or PrefixUnaryExpressionSyntax { Operand: IdentifierNameSyntax, RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression } => node.RawKind is (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PostDecrementExpression or (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression,
        _ => false,
    }));

    private static bool IsSavedAfter(IOperation change, IOperation function, OperationVisit visit) => function.DescendantsAndSelf().Any(operation =>
        operation is IInvocationOperation call && call.Syntax.SpanStart > change.Syntax.SpanStart && (EntityFramework.IsSaveChanges(call)
            || Words.Of(call.TargetMethod.Name) is ["save" or "commit" or "complete", ..] && call.TargetMethod.Parameters.All(parameter => parameter.Type.Name is "CancellationToken" or "Boolean") && Persistence.In(visit.Facts).Of(call).HasFlag(DataReach.Save)));

    // Somebody hands it to the context after all: Update(order), Entry(order).State = ..., its own Save(order).
    private static bool IsReattached(IOperation function, HashSet<ISymbol> holders, OperationVisit visit)
    {
        foreach (var operation in function.DescendantsAndSelf())
        {
            switch (operation)
            {
                case IArgumentOperation { Parent: IInvocationOperation or IObjectCreationOperation } argument when argument.Value.DescendantsAndSelf().Any(part => part is ILocalReferenceOperation { Local: var local } && holders.Contains(local) && part.Parent is not IMemberReferenceOperation):
                    if (argument.Parent is not IInvocationOperation call || IsReattaching(call, visit))
                        return true;
                    break;
                case IAssignmentOperation { Target: ILocalReferenceOperation { Local: var reloaded } } when holders.Contains(reloaded):
                    return true;
            }
        }
        return false;
    }

    private static bool IsReattaching(IInvocationOperation call, OperationVisit visit)
    {
        var method = call.TargetMethod;
        if (method.ContainingType.Name is "Enumerable" or "Queryable" or "EntityFrameworkQueryableExtensions" || LogCalls.IsLog(call))
            return false;
        if (Words.Of(method.Name).HaveAny(Reattaching))
            return true;
        // A helper of the product: what it does with the entity stands there.
        return Persistence.In(visit.Facts).Implementations(method).SelectMany(each => each.DeclaringSyntaxReferences).Any(reference => reference.GetSyntax().DescendantNodes().OfType<InvocationExpressionSyntax>()
            .Any(inner => inner.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } && Words.Of(name) is [var verb, ..] && Reattaching.Contains(verb)));
    }
}
