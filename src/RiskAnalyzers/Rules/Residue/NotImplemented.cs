using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Residue;

/// <summary>A member that only says that somebody should write it.</summary>
internal sealed class NotImplemented : RiskRule
{
    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK7012",
        title: "A member on a critical path is not implemented",
        message: "'{0}' is not implemented: the first caller gets an exception in production; write it, or take it out of the contract",
        why: "Generators fill what they cannot write with an exception that names the gap. It compiles, and is found by the first customer who gets there.");

    private static readonly HashSet<string> Exceptions = new(StringComparer.Ordinal)
    {
        "Exception", "InvalidOperationException", "NotSupportedException", "ApplicationException", "SystemException",
    };

    private static readonly Phrases Admissions = new(new[]
    {
        "not yet? implemented", "not supported yet", "isn't implemented", "to be implemented", "unimplemented", "todo", "implement this|me", "implementation missing|pending", "coming soon",
        "needs to be implemented", "stub",
    });

    public NotImplemented() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        var notImplemented = on.Type("System.NotImplementedException");
        on.Operation(visit => Check(visit, notImplemented), OperationKind.ObjectCreation);
    }

    private static void Check(OperationVisit visit, INamedTypeSymbol? notImplemented)
    {
        var creation = (IObjectCreationOperation)visit.Operation;
        if (creation.Type is not { } type || !type.Name.EndsWith("Exception", StringComparison.Ordinal))
            return;
        if (!type.Is(notImplemented) && !(Exceptions.Contains(type.Name) && AdmitsIt(creation)))
            return;
        if (!IsThrown(creation) || HasImplementedTwin(visit.Member) || IsLeftOut(visit.Member) || IsUnreachable(creation) || IsFilledIn(visit.Member, visit.Facts) || SaysNobodyCalls(visit.Member, visit.Cancellation))
            return;
        visit.Report(creation.Syntax.FirstAncestorOrSelf<SyntaxNode>(node => node is ThrowStatementSyntax or ThrowExpressionSyntax) ?? creation.Syntax, visit.Member.ReadableName());
    }

    private static bool AdmitsIt(IObjectCreationOperation creation) =>
        creation.Arguments.Length > 0 && TextOf(creation.Arguments[0].Value) is { } message && Admissions.Find(message).Any();

    private static string? TextOf(IOperation message) => message.WithoutConversions() switch
    {
        { ConstantValue: { HasValue: true, Value: string text } } => text,
        IInterpolatedStringOperation { Parts: var parts } =>
            string.Join(" ", parts.OfType<IInterpolatedStringTextOperation>().Select(part => part.Text.ConstantValue.Value as string ?? "")),
        _ => null,
    };

    // A prepared exception that a test double or a task carries counts as thrown; one that a check compares with does not.
    private static bool IsThrown(IOperation creation)
    {
        foreach (var ancestor in creation.Ancestors())
        {
            switch (ancestor)
            {
                case IThrowOperation:
                    return true;
                case IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "FromException" } }:
                    return true;
                case IConversionOperation or IArgumentOperation or IParenthesizedOperation:
                    continue;
                default:
                    return false;
            }
        }
        return false;
    }

    // An adapter to a framework's contract supports what the product needs; a read-only or null object cannot do the rest.
    private static bool IsLeftOut(ISymbol member)
    {
        if (member is not IMethodSymbol { ContainingType: { } type } method)
            return false;
        if (Words.Of(type.Name) is ["no" or "noop" or "null" or "readonly", ..] or ["read", "only", ..])
            return true;
        return method.Implemented().Any(promised => promised.ContainingType is { DeclaringSyntaxReferences.IsEmpty: true } contract && contract.Locations.All(location => location.IsInMetadata)
            && contract.GetMembers().Count(other => other is IMethodSymbol) > 3);
    }

    // The default of a switch that names every value of an enum.
    private static bool IsUnreachable(IOperation creation)
    {
        foreach (var ancestor in creation.Ancestors())
        {
            switch (ancestor)
            {
                case ISwitchExpressionArmOperation { Pattern: IDiscardPatternOperation, Parent: ISwitchExpressionOperation choice }:
                    return NamesAll(choice.Value.Type, choice.Arms.SelectMany(arm => arm.Pattern.Descendants().Append(arm.Pattern)).OfType<IConstantPatternOperation>().Select(pattern => pattern.Value));
                case ISwitchCaseOperation { Parent: ISwitchOperation choice } section when section.Clauses.Any(clause => clause.CaseKind == CaseKind.Default):
                    return NamesAll(choice.Value.Type, choice.Cases.SelectMany(each => each.Clauses).OfType<ISingleValueCaseClauseOperation>().Select(clause => clause.Value));
                case IConditionalOperation or ILoopOperation or IAnonymousFunctionOperation:
                    return false;
            }
        }
        return false;
    }

    private static bool NamesAll(ITypeSymbol? type, IEnumerable<IOperation> values)
    {
        if (type is not { TypeKind: TypeKind.Enum })
            return false;
        var named = new HashSet<object?>(values.Select(value => value.ConstantValue.Value));
        return type.GetMembers().All(member => member is not IFieldSymbol { HasConstantValue: true, ConstantValue: var value } || named.Contains(value));
    }

    // A step of a base class, which its kinds override.
    private static bool IsFilledIn(ISymbol member, CompilationFacts facts) =>
        member is IMethodSymbol { IsVirtual: true, DeclaredAccessibility: Accessibility.Protected } step && Persistence.In(facts).Implementations(step).Any(other => !SymbolEqualityComparer.Default.Equals(other.OriginalDefinition, step.OriginalDefinition));

    // "This overload was never meant to be called, but the contract wants it."
    private static bool SaysNobodyCalls(ISymbol member, CancellationToken cancellation) => member.DeclaringSyntaxReferences.FirstOrDefault() is { } reference
        && reference.GetSyntax(cancellation).GetLeadingTrivia().Any(trivia => trivia.IsComment() && trivia.ToString() is var remark && (remark.IndexOf("never", StringComparison.OrdinalIgnoreCase) >= 0 || remark.IndexOf("not meant", StringComparison.OrdinalIgnoreCase) >= 0)
            && (remark.IndexOf(" called", StringComparison.OrdinalIgnoreCase) >= 0 || remark.IndexOf(" used", StringComparison.OrdinalIgnoreCase) >= 0));

    // A base class asks for Map and MapAsync, and only one of them is ever called.
    private static bool HasImplementedTwin(ISymbol member)
    {
        if (member is not IMethodSymbol { IsOverride: true } method)
            return false;
        var twin = method.Name.EndsWith("Async", StringComparison.Ordinal) ? method.Name.Substring(0, method.Name.Length - 5) : method.Name + "Async";
        return method.ContainingType.GetMembers(twin).Any(other => other is IMethodSymbol { IsOverride: true });
    }
}
