using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Resilience;

/// <summary>Which loops try the same thing again, and what ends them.</summary>
internal static class RetryLoops
{
    private const decimal Endless = 1000;

    private static readonly HashSet<string> Pauses = Words.SetOf("delay sleep wait backoff pause jitter throttle");

    private static readonly HashSet<string> OutcomeWords = Words.SetOf("success succeeded successful ok status code completed valid approved failed error result connected sent done saved");

    private static readonly HashSet<string> Clocks = Words.SetOf("elapsed utcnow now deadline timeout expires");

    /// <summary>The call that the loop tries again until it works, or null where the loop does something else.</summary>
    public static IInvocationOperation? Attempted(ILoopOperation loop, CompilationFacts facts)
    {
        foreach (var operation in OwnDescendants(loop.Body))
        {
            if (operation is ITryOperation attempt && attempt.Catches.Any(clause => GoesOn(clause) && !IsLostRace(clause)) && EndsOnSuccess(attempt, loop) && Outward(attempt.Body, loop, facts) is { } tried)
                return AsksAnother(tried, loop) ? null : tried;
        }
        // Without exceptions: ask, look at the answer, wait, ask again.
        return ConditionAsksOutcome(loop) || OwnDescendants(loop.Body).Any(operation => operation is IConditionalOperation choice && AsksOutcome(choice.Condition) && Leaves(choice) && HasPause(loop))
            ? OwnDescendants(loop.Body).Any(operation => operation is ITryOperation) ? null : Outward(loop.Body, loop, facts)
            : null;
    }

    /// <summary>Whether the loop ends by itself: attempts are counted, time is measured, or somebody may cancel it.</summary>
    public static bool IsBounded(ILoopOperation loop)
    {
        var counted = Counted(loop);
        if (Condition(loop) is { } condition && !condition.ConstantValue.HasValue && (Bounds(condition, counted) || condition.DescendantsAndSelf().Any(operation => operation is IInvocationOperation)))
            return true;
        foreach (var operation in OwnDescendants(loop.Body))
        {
            switch (operation)
            {
                case IConditionalOperation choice when Bounds(choice.Condition, counted) && Leaves(choice):
                case ISwitchOperation choosing when Bounds(choosing.Value, counted):
                case ICatchClauseOperation { Filter: { } filter } when Bounds(filter, counted):
                case IInvocationOperation { TargetMethod.Name: "ThrowIfCancellationRequested" }:
                    return true;
            }
        }
        return loop.EnclosingFunction().DescendantsInFunction().Any(operation =>
            operation is IInvocationOperation { TargetMethod.Name: "CancelAfter" } or IObjectCreationOperation { Type.Name: "CancellationTokenSource", Arguments.Length: > 0 });
    }

    /// <summary>Whether a bounded loop calls another service again at once, without a pause.</summary>
    public static bool HammersRemote(ILoopOperation loop, IInvocationOperation call, CompilationFacts facts) =>
        (Language.Payments.MovesMoney(call) || (Persistence.In(facts).Of(call) & DataReach.Remote) != 0)
        && !HasPause(loop)
        && !OwnDescendants(loop.Body).Any(operation => operation is ICatchClauseOperation { ExceptionType.Name: var name } && name.Contains("Concurrency"));

    /// <summary>Whether a function calls itself with what it was given, in a catch clause or after a look at a failure.</summary>
    public static bool CallsItselfAgain(IInvocationOperation call, ISymbol member)
    {
        if (member.Name != call.TargetMethod.Name && call.Ancestor<ILocalFunctionOperation>()?.Symbol.Name != call.TargetMethod.Name)
            return false;
        if (call.FunctionSymbol(member) is not { } function || !SymbolEqualityComparer.Default.Equals(function, call.TargetMethod) || call.Instance is not (null or IInstanceReferenceOperation)
            || !call.Arguments.All(argument => argument.ArgumentKind == ArgumentKind.DefaultValue || argument.Value.WithoutConversions() is IParameterReferenceOperation { Parameter: var own } && own.Ordinal == argument.Parameter?.Ordinal))
            return false;
        var body = call.EnclosingFunction();
        if (Counted(body).Count > 0)
            return false;
        return call.Ancestors().TakeWhile(ancestor => ancestor != body).Any(ancestor => ancestor is ICatchClauseOperation
            || ancestor is IConditionalOperation choice && AsksOutcome(choice.Condition) && body.DescendantsInFunction().Any(operation => operation is IAwaitOperation));
    }

    /// <summary>The call that a jump back from a catch clause tries again without counting, or null.</summary>
    public static IInvocationOperation? TriedAgainBy(IBranchOperation jump, CompilationFacts facts)
    {
        if (jump.BranchKind != BranchKind.GoTo || jump.Ancestor<ICatchClauseOperation>() is not { Filter: null, Parent: ITryOperation attempt } clause || IsLostRace(clause)
            || jump.Target.DeclaringSyntaxReferences.FirstOrDefault()?.Span.Start is not { } label || label > attempt.Syntax.SpanStart || Counted(jump.EnclosingFunction()).Count > 0)
            return null;
        return attempt.Body.DescendantsInFunction().OfType<IInvocationOperation>().FirstOrDefault(call => call.Type?.Name is "Task" or "ValueTask" || Language.Payments.MovesMoney(call) || Persistence.In(facts).Of(call) != DataReach.None);
    }

    /// <summary>Whether the catch clause that jumps back waits before it does.</summary>
    public static bool PausesBefore(IOperation jump) => jump.Ancestor<ICatchClauseOperation>() is { } clause && clause.Handler.DescendantsInFunction().Any(operation => operation is IInvocationOperation call && IsPause(call));

    // Who loses against another writer reads again and goes on: one of them always gets through.
    private static bool IsLostRace(ICatchClauseOperation clause) => clause.ExceptionType.Name == "DbUpdateConcurrencyException";

    // providers[i].GetRateAsync(): the next one is asked, not the same again.
    private static bool AsksAnother(IInvocationOperation call, ILoopOperation loop) =>
        loop is IForLoopOperation && call.Instance is { } asked && loop.Locals.Any(asked.Mentions);

    private static IOperation? Condition(ILoopOperation loop) => loop switch
    {
        IWhileLoopOperation { Condition: var condition } => condition,
        IForLoopOperation { Condition: var condition } => condition,
        _ => null,
    };

    private static bool ConditionAsksOutcome(ILoopOperation loop) => SetsWhatItAsks(loop) || loop is IWhileLoopOperation { Condition: { } condition } && !condition.ConstantValue.HasValue && AsksOutcome(condition)
        && OwnDescendants(loop.Body).Any(operation => operation is ISimpleAssignmentOperation { Value: var value, Target: var target } && value.WithoutAwait() is IInvocationOperation && target.ReferencedSymbol() is { } answer && condition.Mentions(answer));

    // while (!done) { ... if (answer.IsSuccessStatusCode) done = true; } and while (status == "pending") { ...; status = answer; }
    private static bool SetsWhatItAsks(ILoopOperation loop)
    {
        if (loop is not IWhileLoopOperation { Condition: { } condition } || condition.ConstantValue.HasValue)
            return false;
        var asked = condition.DescendantsAndSelf().OfType<ILocalReferenceOperation>().Select(reference => reference.Local).FirstOrDefault(local => Words.ContainAny(local.Name, OutcomeWords) && (local.Type.SpecialType is SpecialType.System_Boolean or SpecialType.System_String || local.Type.TypeKind == TypeKind.Enum));
        if (asked is null)
            return false;
        var body = OwnDescendants(loop.Body).ToList();
        return body.Any(operation => operation is ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: var set } } assignment && SymbolEqualityComparer.Default.Equals(set, asked)
                && (assignment.Value.ConstantValue.HasValue && assignment.Ancestors().TakeWhile(ancestor => ancestor != loop).Any(ancestor => ancestor is IConditionalOperation choice && AsksOutcome(choice.Condition)) || asked.Type.SpecialType != SpecialType.System_Boolean))
            && !AsksSomethingElse(body, loop);
    }

    // The next page, the next message: what is asked for changes with every round.
    private static bool AsksSomethingElse(List<IOperation> body, ILoopOperation loop)
    {
        var changed = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (var operation in body)
        {
            var target = operation switch
            {
                IAssignmentOperation { Target: ILocalReferenceOperation { Local: var local } } => local,
                IIncrementOrDecrementOperation { Target: ILocalReferenceOperation { Local: var local } } => local,
                _ => null,
            };
            if (target is not null)
                changed.Add(target);
        }
        return body.Any(operation => operation is IInvocationOperation call && !LogCalls.IsLog(call) && !IsPause(call) && call.Arguments.Any(argument => changed.Any(argument.Value.Mentions)))
            || body.Any(operation => operation is IInvocationOperation { TargetMethod.Name: "Dequeue" or "TryDequeue" or "ReadAsync" or "Read" or "ReadLine" or "ReadLineAsync" or "ReceiveAsync" });
    }

    private static bool GoesOn(ICatchClauseOperation clause) => clause.Handler.Operations.LastOrDefault() is not (IThrowOperation or IReturnOperation or IExpressionStatementOperation { Operation: IThrowOperation } or IBranchOperation { BranchKind: BranchKind.Break or BranchKind.GoTo });

    // What works ends the loop: the attempt returns or breaks, or sets what the loop asks.
    private static bool EndsOnSuccess(ITryOperation attempt, ILoopOperation loop)
    {
        if (OwnDescendants(attempt.Body).Any(operation => operation is IReturnOperation { ReturnedValue: not null, Kind: OperationKind.Return }) || attempt.Body.Operations.LastOrDefault() is IReturnOperation or IBranchOperation { BranchKind: BranchKind.Break })
            return true;
        if (attempt.Parent is IBlockOperation block && block.Operations.IndexOf(attempt) is var index && index >= 0 && index + 1 < block.Operations.Length
            && block.Operations[index + 1] is IReturnOperation or IBranchOperation { BranchKind: BranchKind.Break } && attempt.Catches.Any(clause => clause.Handler.DescendantsInFunction().Any(operation => operation is IBranchOperation { BranchKind: BranchKind.Continue })))
            return true;
        if (OwnDescendants(attempt.Body).Any(operation => operation is IConditionalOperation choice && AsksOutcome(choice.Condition) && Leaves(choice)))
            return true;
        return Condition(loop) is { } condition && OwnDescendants(attempt.Body).Any(operation => operation is ISimpleAssignmentOperation { Target: var target } && target.ReferencedSymbol() is { } set && condition.Mentions(set));
    }

    private static bool AsksOutcome(IOperation condition) => condition.DescendantsAndSelf().Any(operation =>
        operation is IMemberReferenceOperation { Member.Name: var member } && Words.ContainAny(member, OutcomeWords)
        || operation is ILocalReferenceOperation { Local: { Name: var local, Type.SpecialType: SpecialType.System_Boolean } } && Words.ContainAny(local, OutcomeWords));

    private static bool Leaves(IConditionalOperation choice) => LeavesLoop(choice.WhenTrue) || choice.WhenFalse is { } otherwise && LeavesLoop(otherwise);

    private static bool LeavesLoop(IOperation branch) => branch.DescendantsInFunction().Any(operation => operation is IThrowOperation or IReturnOperation or IBranchOperation { BranchKind: BranchKind.Break or BranchKind.GoTo });

    // Anything that leaves the process, or is awaited, and is not itself the pause.
    private static IInvocationOperation? Outward(IOperation attempt, ILoopOperation loop, CompilationFacts facts)
    {
        var pauses = HasPause(loop);
        foreach (var operation in OwnDescendants(attempt))
        {
            if (operation is not IInvocationOperation call || IsPause(call) || call.Ancestors().TakeWhile(ancestor => ancestor != loop).Any(ancestor => ancestor is IInvocationOperation pause && IsPause(pause)) || LogCalls.IsLog(call) || call.TargetMethod.Name is "ConfigureAwait" or "ReceiveAsync" or "ReadAsync" or "DequeueAsync" or "WaitForNextTickAsync")
                continue;
            if (call.Type?.Name is "Task" or "ValueTask" || Language.Payments.MovesMoney(call) || Persistence.In(facts).Of(call) != DataReach.None || pauses && call.Type is { SpecialType: not SpecialType.System_Void })
                return call;
        }
        return null;
    }

    private static bool HasPause(ILoopOperation loop) => OwnDescendants(loop.Body).Any(operation => operation is IInvocationOperation call && IsPause(call));

    private static bool IsPause(IInvocationOperation call) => Words.ContainAny(call.TargetMethod.Name, Pauses);

    private static bool Bounds(IOperation condition, HashSet<ISymbol> counted)
    {
        foreach (var operation in condition.DescendantsAndSelf())
        {
            switch (operation)
            {
                case IIncrementOrDecrementOperation:
                case IPropertyReferenceOperation { Property: { Name: "IsCancellationRequested", ContainingType.Name: "CancellationToken" } }:
                case IPropertyReferenceOperation { Property.Name: var time } when Words.ContainAny(time, Clocks) || time == "UtcNow":
                case IInvocationOperation { TargetMethod.Name: var method } when method is "GetUtcNow" or "GetElapsedTime":
                    return !IsHuge(condition);
                case ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation or IPropertyReferenceOperation when operation.ReferencedSymbol() is { } symbol && counted.Contains(symbol):
                    return !IsHuge(condition);
            }
        }
        return false;
    }

    private static bool IsHuge(IOperation condition) => condition is IBinaryOperation comparison && (Number(comparison.LeftOperand) ?? Number(comparison.RightOperand) ?? 0) >= Endless;

    // A constant, or a local that is given one and never changed.
    private static decimal? Number(IOperation operand) => operand.ConstantNumber() ?? (operand.WithoutConversions() is ILocalReferenceOperation { Local: var local } reference
        && reference.EnclosingFunction().DescendantsInFunction().ToList() is var all && !all.Any(operation => operation.IsAssigned() && SymbolEqualityComparer.Default.Equals(operation.ReferencedSymbol(), local) || operation is IIncrementOrDecrementOperation { Target: var stepped } && SymbolEqualityComparer.Default.Equals(stepped.ReferencedSymbol(), local))
            ? all.OfType<IVariableDeclaratorOperation>().FirstOrDefault(declarator => SymbolEqualityComparer.Default.Equals(declarator.Symbol, local))?.GetVariableInitializer()?.Value.ConstantNumber() : null);

    // What the loop counts up or down.
    private static HashSet<ISymbol> Counted(IOperation loop)
    {
        var counted = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (var operation in loop.DescendantsInFunction())
        {
            var target = operation switch
            {
                IIncrementOrDecrementOperation step => step.Target,
                ICompoundAssignmentOperation step => step.Target,
                ISimpleAssignmentOperation { Target: var assigned, Value: IBinaryOperation value } when assigned.ReferencedSymbol() is { } symbol && value.Mentions(symbol) => assigned,
                _ => null,
            };
            if (target.ReferencedSymbol() is { } each)
                counted.Add(each);
        }
        return counted;
    }

    // Without nested loops and functions: what they try is theirs.
    private static IEnumerable<IOperation> OwnDescendants(IOperation operation)
    {
        var pending = new Stack<IOperation>();
        pending.Push(operation);
        while (pending.Count > 0)
        {
            var current = pending.Pop();
            yield return current;
            foreach (var child in current.ChildOperations.Reverse())
            {
                if (child is not (ILoopOperation or IAnonymousFunctionOperation or ILocalFunctionOperation))
                    pending.Push(child);
            }
        }
    }
}
