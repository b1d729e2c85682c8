using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Data;

/// <summary>Loops whose calls cost little or cannot be joined: few elements, trifles, one kind among many, elements that stand on their own.</summary>
internal static class TameLoops
{
    // Of files and languages there are few, and pictures, labels and translations cost nobody money.
    private static readonly HashSet<string> Few = Words.SetOf("file files attachment attachments filename filenames language languages locale culture script scripts terms pmi pmis participant participants");
    private static readonly HashSet<string> Trifles = Words.SetOf("image images picture pictures thumbnail label labels translation translations localized localization localizations");
    private static readonly HashSet<string> Mails = Words.SetOf("email emails notification notifications newsletter");

    /// <summary>Whether the call is one of a few, walks a tree, answers an event, or does what the element itself or only one kind of element does.</summary>
    public static bool Have(IInvocationOperation call, IOperation loop, ISymbol member) =>
        SymbolEqualityComparer.Default.Equals(call.TargetMethod.OriginalDefinition, member.OriginalDefinition) || IsTrifle(call.TargetMethod, member) || IsOneOfFew(call, loop) || IsOccasional(call, loop);

    // A hook sees the few rows of one change; a task in the background has time; OnShipped(order) answers an event; RefreshIfNeeded mostly does nothing.
    private static bool IsTrifle(IMethodSymbol called, ISymbol member) => Words.ContainAny(called.Name, Trifles) || member.ContainingType is { } type && (Words.Of(type.Name) is [.., "hook" or "task"] || Words.ContainAny(type.Name, Trifles) || Words.ContainAny(type.Name, Mails))
        || Words.Of(called.Name) is ["on", ..] or [.., "if", "needed"] or [.., "if", "needed", "async"];

    private static bool IsOneOfFew(IInvocationOperation call, IOperation loop) => loop is IForEachLoopOperation { Collection: var rows } each
        && (rows.DescendantsAndSelf().Any(part => part.ReferencedSymbol() is { } source && (Words.ContainAny(source.Name, Few) || Words.ContainAny(source.Name, Trifles)))
            || each.Locals.Any(local => Words.ContainAny(local.Name, Few) || DataLibraries.Reach(call) == DataReach.None && IsDoneBy(local, call)));

    // part.SaveAsync(order), address.MapAsync(customer)
    private static bool IsDoneBy(ILocalSymbol element, IInvocationOperation call) => SymbolEqualityComparer.Default.Equals(call.Instance.ReferencedSymbol(), element)
        || call.TargetMethod.IsExtensionMethod && Words.Of(call.TargetMethod.Name) is ["map" or "to", ..] && call.Arguments is [var first, ..] && SymbolEqualityComparer.Default.Equals(first.Value.ReferencedSymbol(), element);

    // Every hundredth time, in a catch clause, for one kind of element, or right before the loop is left.
    private static bool IsOccasional(IInvocationOperation call, IOperation loop)
    {
        for (var (child, ancestor) = ((IOperation)call, call.Parent); ancestor is not null && child != loop; (child, ancestor) = (ancestor, ancestor.Parent))
        {
            switch (ancestor)
            {
                case ICatchClauseOperation:
                case ISwitchCaseOperation:
                case IConditionalOperation kind when child != kind.Condition && AsksForKind(kind, loop):
                case IConditionalOperation conditional when child != conditional.Condition && IsEverySoOften(conditional.Condition, loop):
                case IConditionalOperation { WhenTrue: var hit } search when child == search.Condition && AnswersYes(hit):
                case IBlockOperation { Operations: [.., IReturnOperation or IBranchOperation { BranchKind: BranchKind.Break } or IExpressionStatementOperation { Operation: IThrowOperation } or IThrowOperation] } when ancestor.Parent is not IAnonymousFunctionOperation:
                case IReturnOperation when loop is ILoopOperation:
                    return true;
            }
        }
        return false;
    }

    // if (await query.AnyAsync(...)) return true;
    private static bool AnswersYes(IOperation hit) => (hit is IBlockOperation { Operations: [var only] } ? only : hit) is IReturnOperation { ReturnedValue: { } answer } && answer.WithoutConversions().ConstantValue is { HasValue: true, Value: true };

    // case AttributeType.FileUpload, if (line.Type == LineType.Download), else if (operation.Path == Paths.Name): one kind among many.
    private static bool AsksForKind(IConditionalOperation choice, IOperation loop) =>
        choice.Condition.DescendantsAndSelf().Any(part => part is IFieldReferenceOperation { Field: { HasConstantValue: true, ContainingType: { TypeKind: TypeKind.Enum } type } } && Words.Of(type.Name) is [.., "type" or "kind"])
        || choice.Parent is IConditionalOperation { WhenFalse: var otherwise } && otherwise == choice && choice.Condition is IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals, RightOperand.ConstantValue: { HasValue: true, Value: string } } asked && SpeaksOf(loop, asked.LeftOperand);

    private static bool SpeaksOf(IOperation loop, IOperation operation) => loop is IForEachLoopOperation each && operation.DescendantsAndSelf().Any(part => part is ILocalReferenceOperation { Local: var local } && each.Locals.Contains(local, SymbolEqualityComparer.Default));

    // if (count % 100 == 0), if (i == 3 || i == 4)
    private static bool IsEverySoOften(IOperation condition, IOperation loop) => condition.DescendantsAndSelf().Any(part => part is IBinaryOperation { OperatorKind: BinaryOperatorKind.Remainder } || part.ReferencedSymbol() is { } symbol && (Words.ContainAny(symbol.Name, CallInLoop.Rounds)
        || loop is IForLoopOperation counted && part.Parent is IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals, RightOperand.ConstantValue.HasValue: true } && counted.Locals.Contains(symbol, SymbolEqualityComparer.Default)));

    /// <summary>Whether each element is saved for a reason of its own: what one loses the next does not, others were told of each, a row that is there already is passed over, or it is a trace.</summary>
    public static bool SaveEachOnItsOwn(IInvocationOperation call, IOperation loop, Persistence persistence) =>
        AsideWrites.IsNamed(call.TargetMethod) || IsCaught(call, loop) || loop.Descendants().Any(operation => operation is IInvocationOperation other && other != call && AsideWrites.TellOutside(other, persistence) || operation is IConditionalOperation guard && guard.Syntax.SpanStart < call.Syntax.SpanStart && PassesOverWhatIsThere(guard));

    // try { ... await db.SaveChangesAsync(); } catch (Exception e) { failed.Add(order); }
    private static bool IsCaught(IInvocationOperation call, IOperation loop) => call.Ancestors().TakeWhile(ancestor => ancestor != loop)
        .Any(ancestor => ancestor is ITryOperation attempt && attempt.Body.Syntax.Span.Contains(call.Syntax.Span) && attempt.Catches.Any(clause => !clause.Handler.DescendantsInFunction().Any(operation => operation is IThrowOperation or IReturnOperation)));

    // if (existing != null) continue;
    private static bool PassesOverWhatIsThere(IConditionalOperation guard) => (guard.WhenTrue is IBlockOperation { Operations: [var only] } ? only : guard.WhenTrue) is IBranchOperation { BranchKind: BranchKind.Continue } && guard.Condition switch
    {
        IBinaryOperation { OperatorKind: BinaryOperatorKind.NotEquals } unequal => IsStored(unequal.LeftOperand) && unequal.RightOperand.WithoutConversions().ConstantValue is { HasValue: true, Value: null },
        IIsPatternOperation { Pattern: INegatedPatternOperation { Pattern: IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: null } } } } pattern => IsStored(pattern.Value),
        IInvocationOperation { TargetMethod.Name: "Any" or "AnyAsync" } or IAwaitOperation { Operation: IInvocationOperation { TargetMethod.Name: "Any" or "AnyAsync" } } => true,
        var flag => IsStored(flag) && flag.ReferencedSymbol() is { } symbol && Words.Of(symbol.Name) is [.., "exists" or "existing" or "known" or "present"] or ["already", ..],
    };

    private static bool IsStored(IOperation value) => value.WithoutConversions() is ILocalReferenceOperation;

    /// <summary>Whether a cache stands before what is asked: in the loop, or in the called member.</summary>
    public static bool AskACache(IInvocationOperation call, IOperation loop, Persistence persistence) => Words.Of(call.TargetMethod.Name) is ["get", "or", ..]
        || loop.Descendants().Any(operation => operation is IInvocationOperation other && other.Syntax.SpanStart < call.Syntax.SpanStart && IsReadOfACache(other))
        || !call.TargetMethod.Locations[0].IsInMetadata && persistence.Implementations(call.TargetMethod).SelectMany(each => each.DeclaringSyntaxReferences)
            .Any(reference => reference.GetSyntax().DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken) && IsCache(token.ValueText)));

    private static bool IsReadOfACache(IInvocationOperation call) => Words.Of(call.TargetMethod.Name) is ["get" or "try", ..] && (call.Instance ?? call.Arguments.FirstOrDefault()?.Value)?.WithoutConversions().ReferencedSymbol() is { } asked && IsCache(asked.Name);

    private static bool IsCache(string name) => Words.Of(name).Any(word => word is "cache" or "cached");
}
