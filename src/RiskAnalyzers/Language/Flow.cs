namespace RiskAnalyzers.Language;

/// <summary>Where statements lead: whether they leave, and what they assign.</summary>
internal static class Flow
{
    /// <summary>Whether the statement never goes on to the next one: it returns, throws, breaks, continues, or calls something that only throws.</summary>
    public static bool Leaves(IOperation statement) => statement switch
    {
        IReturnOperation { Kind: OperationKind.Return or OperationKind.YieldBreak } or IBranchOperation or IThrowOperation => true,
        IExpressionStatementOperation { Operation: var expression } => Throws(expression) || expression.WithoutAwait() is IInvocationOperation { TargetMethod: var method } && OnlyThrows(method),
        IBlockOperation block => block.Operations.Any(Leaves),
        IConditionalOperation { WhenFalse: { } whenFalse } choice => Leaves(choice.WhenTrue) && Leaves(whenFalse),
        IUsingOperation { Body: var body } => Leaves(body),
        ILockOperation { Body: var body } => Leaves(body),
        ITryOperation attempt => attempt.Finally is { } last && Leaves(last) || Leaves(attempt.Body) && attempt.Catches.All(clause => Leaves(clause.Handler)),
        _ => false,
    };

    /// <summary>Whether the expression is a <c>throw</c>.</summary>
    public static bool Throws(IOperation expression) => expression.WithoutConversions() is IThrowOperation;

    /// <summary>Whether something in the body leaves only the loop around it.</summary>
    public static bool Breaks(IOperation body) => body.DescendantsInFunction().Any(operation =>
        operation is IBranchOperation { BranchKind: BranchKind.Break or BranchKind.GoTo } branch && branch.Ancestor<ISwitchOperation>() is null);

    /// <summary>Whether anything in the statement may give the value, or the object that holds it, anew.</summary>
    public static bool Assigns(IOperation statement, ValuePath named)
    {
        foreach (var operation in statement.DescendantsInFunction())
        {
            var target = operation switch
            {
                IAssignmentOperation assignment => assignment.Target,
                IIncrementOrDecrementOperation step => step.Target,
                IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument => argument.Value,
                _ => null,
            };
            if (target is null)
                continue;
            if (target.WithoutConversions() is ITupleOperation tuple ? tuple.Elements.Any(element => Holds(element, named)) : Holds(target, named))
                return true;
        }
        return false;
    }

    /// <summary>Whether a branch does nothing but set the value to another value as it is.</summary>
    public static bool SetsPlainly(IOperation branch, ValuePath named) => branch switch
    {
        IBlockOperation block => block.Operations.Any(statement => SetsPlainly(statement, named)),
        IExpressionStatementOperation { Operation: ISimpleAssignmentOperation assignment } => named.Equals(ValuePath.Named(assignment.Target)) && (assignment.Value.ConstantValue.HasValue || ValuePath.Named(assignment.Value) is not null),
        _ => false,
    };

    /// <summary>What a branch writes its refusal down in: the list of <c>errors.Add(...)</c>, the flag of <c>isValid = false</c>; null where it does something else.</summary>
    public static ISymbol? Recorder(IOperation branch)
    {
        foreach (var operation in branch.DescendantsInFunction())
        {
            switch (operation)
            {
                case IInvocationOperation { TargetMethod.Name: "Add" or "AddModelError" or "AddError" or "AddFailure" or "Append" or "AppendLine", Instance: { } list }:
                    return list.WithoutConversions() is IMemberReferenceOperation { Instance: { } owner } && owner.ReferencedSymbol() is { } root and not IPropertySymbol ? root : list.ReferencedSymbol();
                case ISimpleAssignmentOperation { Target: var flag } when flag.Type?.SpecialType is SpecialType.System_Boolean or SpecialType.System_String:
                    return flag.ReferencedSymbol();
            }
        }
        return null;
    }

    /// <summary>What a local was declared with, or null.</summary>
    public static IOperation? InitialValue(ILocalReferenceOperation local) =>
        local.SemanticModel is { } model && local.Local.DeclaringSyntaxReferences is [var declared] && declared.GetSyntax() is VariableDeclaratorSyntax { Initializer: not null } syntax
            ? (model.GetOperation(syntax) as IVariableDeclaratorOperation)?.GetVariableInitializer()?.Value.WithoutAwait()
            : null;

    private static bool Holds(IOperation target, ValuePath named) => ValuePath.Named(target) is { } given && named.IsWithin(given);

    private static bool OnlyThrows(IMethodSymbol method) =>
        method.HasAttribute("DoesNotReturnAttribute")
        || method.Name.StartsWith("Throw", StringComparison.Ordinal) && !method.Name.StartsWith("ThrowIf", StringComparison.Ordinal);
}
