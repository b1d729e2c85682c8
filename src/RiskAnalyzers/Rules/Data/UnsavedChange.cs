using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Data;

/// <summary>Something is added, updated or removed, and no save follows that would write it.</summary>
internal sealed class UnsavedChange : RiskRule
{
    private static readonly HashSet<string> HandlerNames = Words.SetOf("Handle HandleAsync Consume ConsumeAsync Execute ExecuteAsync Invoke InvokeAsync Process ProcessAsync Run RunAsync");

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK6009",
        title: "A change that nothing saves",
        message: "'{0}' only notes the change, and {1}: '{2}' answers as if it were done and nothing is written; save before it returns",
        why: "The handler answers success and the row stays as it was: the order is not cancelled, the token is never stored, the price keeps its old value. No exception and no log says so.");

    public UnsavedChange() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        var notes = ChangeNotes.In(on.Facts);
        on.Body(visit => Check(visit, notes));
        on.Operation(visit => CheckMap(visit, notes), OperationKind.Invocation);
    }

    private static void Check(BodyVisit visit, ChangeNotes notes)
    {
        if (visit.Member is not IMethodSymbol method || method.ContainingType is not { } type || ChangeNotes.IsStore(type) || Preparation.Is(method))
            return;
        if (method.MethodKind is MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation && !OverridesTemplate(method) && AnswersItself(type)
            && (method.DeclaredAccessibility is not (Accessibility.Private or Accessibility.Protected) || ChangeNotes.IsLeftBySiblings(method)))
            CheckScope(visit, notes, visit.Body, method);
    }

    private static readonly HashSet<string> EndWords = Words.SetOf("controller handler handlers consumer endpoint endpoints webhook webhooks job jobs worker listener subscriber saga hub page usecase interactor command background hosted api");

    // A service of others saves with them. One that saves elsewhere, or that a request or message reaches first, has to do it here.
    private static bool AnswersItself(INamedTypeSymbol type) => Words.ContainAny(type.Name, EndWords) || type.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax() is TypeDeclarationSyntax declaration && ChangeNotes.SaysSave(declaration));

    private static void CheckScope(Visit visit, ChangeNotes notes, IOperation scope, IMethodSymbol? method)
    {
        if (notes.PendingIn(scope, visit.Member.ContainingType) is not { } pending || !notes.NeedsSave(pending.Note) || IsSavedByCallers(visit, method))
            return;
        visit.Report(pending.At.CalledName(), pending.At.TargetMethod.Name, pending.IsAfterSave ? "the only save stands before it" : "no save follows", visit.Member.ReadableName());
    }

    // app.MapPost("/orders", async (Order order, ShopDb db) => ...): each is an answer of its own.
    private static void CheckMap(OperationVisit visit, ChangeNotes notes)
    {
        var map = (IInvocationOperation)visit.Operation;
        if (map.TargetMethod.Name is not ("MapPost" or "MapPut" or "MapPatch" or "MapDelete") || visit.Member.ContainingType is not { } type || ChangeNotes.IsStore(type) || Preparation.Is(visit.Member))
            return;
        foreach (var argument in map.Arguments)
        {
            var value = argument.Value.WithoutConversions();
            if ((value is IDelegateCreationOperation made ? made.Target : value) is IAnonymousFunctionOperation handler)
                CheckScope(visit, notes, handler, null);
        }
    }

    // The base class calls it and saves afterwards.
    private static bool OverridesTemplate(IMethodSymbol method) => method.OverriddenMethod?.ContainingType.Name is { } owner && owner is not ("BackgroundService" or "ControllerBase" or "Controller" or "PageModel" or "ComponentBase");

    private static bool IsSavedByCallers(Visit visit, IMethodSymbol? method)
    {
        if (method is null || HandlerNames.Contains(method.Name) || Words.Of(method.ContainingType.Name) is [.., "controller" or "handler" or "consumer" or "endpoint"])
            return false;
        foreach (var tree in visit.Compilation.SyntaxTrees)
        {
            if (!TextSearch.Contains(tree, method.Name + "("))
                continue;
            foreach (var name in tree.GetRoot(visit.Cancellation).DescendantNodes().OfType<IdentifierNameSyntax>())
            {
                if (name.Identifier.ValueText == method.Name && name.FirstAncestorOrSelf<MemberDeclarationSyntax>() is { } caller && ChangeNotes.SaysSave(caller))
                    return true;
            }
        }
        return false;
    }
}
