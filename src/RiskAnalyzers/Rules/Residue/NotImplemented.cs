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
        if (!IsThrown(creation) || HasImplementedTwin(visit.Member) || IsLeftOut(visit.Member))
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

    // A base class asks for Map and MapAsync, and only one of them is ever called.
    private static bool HasImplementedTwin(ISymbol member)
    {
        if (member is not IMethodSymbol { IsOverride: true } method)
            return false;
        var twin = method.Name.EndsWith("Async", StringComparison.Ordinal) ? method.Name.Substring(0, method.Name.Length - 5) : method.Name + "Async";
        return method.ContainingType.GetMembers(twin).Any(other => other is IMethodSymbol { IsOverride: true });
    }
}
