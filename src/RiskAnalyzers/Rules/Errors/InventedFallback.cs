using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Errors;

/// <summary>A catch clause that answers with a value nobody looked up: 0, a literal, an empty list.</summary>
internal sealed class InventedFallback : RiskRule
{
    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK4003",
        title: "A failed look-up becomes a made-up value",
        message: "When this fails, '{0}' answers '{1}' as if it had been looked up: callers charge, compare or show it; let the exception through or answer that nothing is known",
        why: "A price of 0, an empty list of debts or a default limit looks valid to every caller. The error is gone, and the made-up value is charged.");

    public InventedFallback() : base(Risk)
    {
    }

    public override ImmutableArray<string> Supersedes { get; } = ImmutableArray.Create("RISK4005");

    public override void Listen(RuleListener on)
    {
        var persistence = Persistence.In(on.Facts);
        on.Operation(visit => Check(visit, persistence), OperationKind.CatchClause);
        on.Operation(CheckStatus, OperationKind.Conditional);
        on.Operation(CheckAnswer, OperationKind.Coalesce, OperationKind.Conditional);
    }

    // if (!response.IsSuccessStatusCode) return null; a broken service looks like "there is none".
    private static void CheckStatus(OperationVisit visit)
    {
        if (visit.Member is IMethodSymbol method && LostLookups.IsLookUp(method.Name, method.ContainingType) && LostLookups.OfStatus((IConditionalOperation)visit.Operation) is { } nothing)
            visit.Report(nothing, method.Name, Excerpt.Of(nothing is IReturnOperation { ReturnedValue: { } returned } ? returned : nothing));
    }

    // ApprovalUrl = links.FirstOrDefault(l => l.Rel == "approve")?.Href ?? "": nobody can pay there.
    private static void CheckAnswer(OperationVisit visit)
    {
        if (visit.Operation is IConditionalOperation choice && UnreadableIds.Of(choice, visit.Member) is { } text)
        {
            visit.Report(choice, Excerpt.Of(text), "Guid.Empty");
            return;
        }
        if (!MissingAnswers.IsEmptied(visit.Operation, visit.Member))
            return;
        var lookup = visit.Operation is ICoalesceOperation coalesce ? coalesce.Value : ((IConditionalOperation)visit.Operation).WhenTrue;
        visit.Report(visit.Operation, Excerpt.Of(lookup.WithoutConversions()), "\"\"");
    }

    private static void Check(OperationVisit visit, Persistence persistence)
    {
        var clause = (ICatchClauseOperation)visit.Operation;
        if (clause.IsCancellation() || clause.Throws())
            return;
        if (!clause.Leaves() && SetInstead(clause, visit.Facts.MoneyIn(clause.Syntax.SyntaxTree)) is { } set)
        {
            visit.Report(set, set.Target.ReferencedSymbol()!.Name, Excerpt.Of(set.Value));
            return;
        }
        var function = clause.EnclosingFunction();
        var (name, type) = function switch
        {
            ILocalFunctionOperation local => (local.Symbol.Name, local.Symbol.ReturnType),
            IAnonymousFunctionOperation lambda => ("the lambda", lambda.Symbol.ReturnType),
            _ => (visit.Member.ReadableName(), (visit.Member as IMethodSymbol)?.ReturnType),
        };
        var answer = type.AwaitedType();
        if (answer is null || answer.SpecialType == SpecialType.System_Boolean || answer.SpecialType == SpecialType.System_Int32 && function is not IAnonymousFunctionOperation && IsProgram(visit.Member))
            return;
        // A narrow catch knows what went wrong; of those only made-up amounts are worth a stop.
        var isMoney = answer.WithoutNullable()?.SpecialType == SpecialType.System_Decimal;
        var isLookUp = LostLookups.IsLookUp(name, visit.Member.ContainingType);
        if (!clause.IsCatchAll() && !isMoney && !(isLookUp && answer.TypeKind == TypeKind.Enum))
            return;

        foreach (var operation in clause.Handler.DescendantsInFunction())
        {
            if (operation is IReturnOperation { ReturnedValue: { } returned } && (IsInvented(returned, answer) || isMoney && IsUnconverted(returned, name)
                || isLookUp && (LostLookups.IsNothing(returned, clause, persistence) || LostLookups.IsState(returned, name))))
            {
                visit.Report(operation, name, Excerpt.Of(returned));
                return;
            }
        }
        if (clause.Leaves() || FallThrough(clause, answer) is not { } later)
            return;
        visit.Report(later.Return, name, Excerpt.Of(later.Initial));
    }

    // What a program answers to the shell is an exit code.
    private static bool IsProgram(ISymbol member) => member is IMethodSymbol method
        && (method is { IsStatic: true, Name: "Main" or "<Main>$" } || method.Parameters.Any(parameter => parameter is { Name: "args", Type: IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_String } }));

    // try { rate = await rates.Get(); } catch { rate = 1m; } what follows computes with it.
    private static ISimpleAssignmentOperation? SetInstead(ICatchClauseOperation clause, MoneyWords money)
    {
        foreach (var operation in clause.Handler.DescendantsInFunction())
        {
            if (operation is not ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: var local }, Value: var value } set || value.ConstantNumber() is not >= 0 || local.Type.SpecialType is not (SpecialType.System_Decimal or SpecialType.System_Double))
                continue;
            if ((money.Mean(local.Name) || MoneyWords.MeanRate(local.Name)) && !Words.ContainAny(local.Name, Reductions) && clause.Parent is ITryOperation attempt
                && attempt.Body.DescendantsInFunction().Any(looked => looked is ISimpleAssignmentOperation { Value: var found } tried && !found.ConstantValue.HasValue && SymbolEqualityComparer.Default.Equals(tried.Target.ReferencedSymbol(), local)))
                return set;
        }
        return null;
    }

    // Without its discount an order costs more, and somebody asks.
    private static readonly HashSet<string> Reductions = Words.SetOf("discount discounts coupon voucher promo promotion rebate credit");

    private static bool IsInvented(IOperation returned, ITypeSymbol answer)
    {
        var value = returned.WithoutAwait();
        if (value is IInvocationOperation { TargetMethod.Name: "FromResult", Arguments: [{ Value: var result }] })
            value = result.WithoutConversions();
        if (value.ConstantValue is { HasValue: true, Value: var constant })
            return constant switch
            {
                // Nothing is known: the caller must look.
                null => answer.IsValueType && answer.WithoutNullable() == (object)answer,
                string text => text.Length > 0 && !Outcomes.SpeaksOfFailure(text),
                bool => false,
                int number when number < 0 => false,
                _ => answer.TypeKind != TypeKind.Enum,
            };
        return value switch
        {
            IDefaultValueOperation => answer is { IsValueType: true, TypeKind: not TypeKind.Enum } && answer.WithoutNullable() == (object)answer,
            IFieldReferenceOperation { Field: { Name: "Zero" or "One", ContainingType.SpecialType: SpecialType.System_Decimal } } => true,
            IInvocationOperation { TargetMethod: { Name: "Empty", ContainingType.Name: "Array" or "Enumerable" or "ImmutableArray" or "ImmutableList" } } => true,
            IArrayCreationOperation { DimensionSizes: [var size], Initializer: null or { ElementValues.IsEmpty: true } } => size.IsConstant(0),
            IObjectCreationOperation { Arguments.IsEmpty: true, Initializer: null or { Initializers.IsEmpty: true } } created => IsAnswer(created),
            IInterpolatedStringOperation text => !Outcomes.SpeaksOfFailure(text.Syntax.ToString()),
            ITupleOperation { Elements: { Length: > 1 } elements } => elements.All(element => element.WithoutConversions() is IInterpolatedStringOperation || element.WithoutConversions().ConstantValue is { HasValue: true, Value: string { Length: > 0 } }),
            _ => value.Syntax is CollectionExpressionSyntax { Elements.Count: 0 },
        };
    }

    // catch { return amount; } in ConvertAsync: 100 yen go on as 100 euros.
    private static bool IsUnconverted(IOperation returned, string name) =>
        returned.WithoutAwait() is IParameterReferenceOperation { Parameter.Type.SpecialType: SpecialType.System_Decimal } && Words.Of(name).HaveAny(Conversions);

    private static readonly HashSet<string> Conversions = Words.SetOf("convert exchange converted");

    // An empty list or object; not an error object, a response of a framework, or an exception.
    private static bool IsAnswer(IObjectCreationOperation created) =>
        created.Type is { } type && !Outcomes.SpeaksOfFailure(type.Name) && !type.Name.EndsWith("Result", StringComparison.Ordinal) && !Outcomes.IsCarriedBy(type);

    // var price = 0m; try { price = ...; } catch { log } return price;
    private static (IOperation Return, IOperation Initial)? FallThrough(ICatchClauseOperation clause, ITypeSymbol answer)
    {
        if (clause.Parent is not ITryOperation { Parent: IBlockOperation block } attempt)
            return null;
        var position = block.Operations.IndexOf(attempt);
        if (position < 0 || block.Operations.Skip(position + 1).FirstOrDefault(o => o is not IExpressionStatementOperation) is not IReturnOperation { ReturnedValue: { } returned } later
            || returned.WithoutConversions() is not ILocalReferenceOperation { Local: var local })
            return null;
        var initial = block.Operations.Take(position).OfType<IVariableDeclarationGroupOperation>().SelectMany(group => group.Declarations).SelectMany(declaration => declaration.Declarators)
            .FirstOrDefault(declarator => SymbolEqualityComparer.Default.Equals(declarator.Symbol, local))?.GetVariableInitializer()?.Value;
        if (initial is null || !IsInvented(initial, answer))
            return null;
        var isSet = attempt.Body.DescendantsInFunction().Any(operation => operation is IAssignmentOperation assignment && SymbolEqualityComparer.Default.Equals(assignment.Target.ReferencedSymbol(), local));
        var isMended = clause.Handler.Mentions(local);
        return isSet && !isMended ? (later, initial) : null;
    }
}
