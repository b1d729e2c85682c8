using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Data;

/// <summary>A change that a context only notes, and where a scope leaves it unsaved.</summary>
/// <param name="At">The call in the scope, where the reader sees it.</param>
/// <param name="Note">The call that notes the change: the same, or one in a helper.</param>
/// <param name="IsAfterSave">Whether something else was saved before it.</param>
internal sealed record PendingChange(IInvocationOperation At, IInvocationOperation Note, bool IsAfterSave);

/// <summary>Which calls of a compilation note a change for a later save, which save, and whether the project saves by itself what it notes.</summary>
internal sealed class ChangeNotes
{
    private const int HelperDepth = 2;

    private static readonly ConditionalWeakTable<Compilation, ChangeNotes> Known = new();

    private static readonly HashSet<string> Noting = Words.SetOf("Add AddAsync AddRange AddRangeAsync Update UpdateRange Remove RemoveRange");

    private static readonly HashSet<string> Verbs = Words.SetOf("add insert update remove delete edit create");

    private static readonly HashSet<string> Saving = Words.SetOf("save commit flush persist saved");

    // Code that writes a line about what happened often saves the context on the way.
    private static readonly HashSet<string> Recording = Words.SetOf("audit audits activity activities history outbox trail operation work transaction uow");

    private static readonly string[] SaveTexts = { "SaveChanges", "SaveAsync", "SaveEntities", "Commit", "Complete", "Save(" };

    private readonly CompilationFacts _facts;
    private readonly Persistence _persistence;
    private readonly Bodies _bodies;
    private readonly Lazy<Evidence> _evidence;
    private readonly ConcurrentDictionary<IMethodSymbol, bool?> _notes = new(SymbolEqualityComparer.Default);

    private ChangeNotes(CompilationFacts facts)
    {
        _facts = facts;
        _persistence = Persistence.In(facts);
        _bodies = Bodies.In(facts.Compilation);
        _evidence = new(FindEvidence);
    }

    public static ChangeNotes In(CompilationFacts facts) => Known.GetValue(facts.Compilation, _ => new ChangeNotes(facts));

    /// <summary>Whether the type keeps things for others, who decide when to save: a repository, a context, a unit of work.</summary>
    public static bool IsStore(INamedTypeSymbol type) => EntityFramework.IsContext(type) || EntityFramework.IsUnitOfWork(type)
        || Words.Of(type.Name) is [.., "repository" or "repositories" or "repo" or "store" or "dao" or "dal" or "extensions" or "configuration" or "factory" or "builder" or "context"] || type.Name.Contains("Repository");

    /// <summary>Whether the text of the declaration calls something that saves.</summary>
    public static bool SaysSave(SyntaxNode declaration) => SavingCode.Of(declaration);

    // Each member of a type asks the same of the whole type.
    private static readonly NodeNotes<bool> SavingCode = new(FindSave);

    private static bool FindSave(SyntaxNode declaration) => declaration.DescendantNodes().OfType<SimpleNameSyntax>().Any(name =>
        Words.Of(name.Identifier.ValueText) is [var verb, ..] && Saving.Contains(verb) && name.Parent is InvocationExpressionSyntax or MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax } or MemberBindingExpressionSyntax);

    /// <summary>Whether the member is a helper of its type, and no sibling that runs it, itself or through others, says that it saves.</summary>
    public static bool IsLeftBySiblings(IMethodSymbol helper)
    {
        var members = helper.ContainingType.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax()).OfType<TypeDeclarationSyntax>().SelectMany(type => type.Members.OfType<MethodDeclarationSyntax>()).ToArray();
        var names = new HashSet<string>(StringComparer.Ordinal) { helper.Name };
        var pending = new Queue<string>(names);
        while (pending.Count > 0)
        {
            var called = pending.Dequeue();
            foreach (var member in members)
            {
                if (member.Identifier.ValueText == called || !member.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name => name.Identifier.ValueText == called))
                    continue;
                // ASP.NET Core Identity's managers save the context that they share.
                if (SaysSave(member) || member.DescendantNodes().OfType<MemberAccessExpressionSyntax>().Any(access => access.Expression.ToString().EndsWith("Manager", StringComparison.Ordinal)))
                    return false;
                if (names.Add(member.Identifier.ValueText))
                    pending.Enqueue(member.Identifier.ValueText);
            }
        }
        return true;
    }

    /// <summary>The last change in the scope that no save follows; null where all is saved or nothing is changed.</summary>
    public PendingChange? PendingIn(IOperation scope, INamedTypeSymbol type) => PendingIn(scope, type, HelperDepth);

    private PendingChange? PendingIn(IOperation scope, INamedTypeSymbol type, int depth)
    {
        PendingChange? pending = null;
        foreach (var operation in scope.DescendantsAndSelf())
        {
            if (operation is not IInvocationOperation call)
                continue;
            if (Note(call))
                pending = pending is null || call.Syntax.Span.End > pending.At.Syntax.Span.End ? new(call, call, false) : pending;
            // A helper that nobody's save follows is told itself.
            else if (depth > 0 && IsOwn(call, type) && SaysNote(call.TargetMethod) && _bodies.Of(call.TargetMethod) is { } body && PendingIn(body, type, depth - 1) is { } inner
                && (call.TargetMethod.DeclaredAccessibility is not (Accessibility.Private or Accessibility.Protected) || !IsLeftBySiblings(call.TargetMethod)))
                pending = new(call, inner.Note, inner.IsAfterSave);
        }
        if (pending is null)
            return null;
        // Most bodies change nothing: only for the others somebody has to look for saves.
        var isAfterSave = false;
        foreach (var operation in scope.DescendantsAndSelf())
        {
            if (operation is not IInvocationOperation call || call == pending.At || !Saves(call))
                continue;
            // In a loop the next round saves it, or the last one does not: nobody can tell.
            if (call.Syntax.Span.End > pending.At.Syntax.Span.End || call.Ancestors().Any(ancestor => ancestor is ILoopOperation && ancestor.Syntax.Span.Contains(pending.At.Syntax.Span)))
                return null;
            isAfterSave = true;
        }
        return pending with { IsAfterSave = pending.IsAfterSave || isAfterSave };
    }

    private static bool SaysNote(IMethodSymbol method) => method.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax().DescendantNodes().Any(node => node is MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name, Parent: InvocationExpressionSyntax } && Words.Of(name) is [var verb, ..] && Verbs.Contains(verb)));

    private static bool IsOwn(IInvocationOperation call, INamedTypeSymbol type) => call.Instance is IInstanceReferenceOperation or null && SymbolEqualityComparer.Default.Equals(call.TargetMethod.ContainingType, type);

    /// <summary>Whether the change is lost without a save: by what the store's code does, or by how the rest of the project uses stores like it.</summary>
    public bool NeedsSave(IInvocationOperation note)
    {
        var evidence = _evidence.Value;
        if (evidence.SavesAround || evidence.Savers == 0)
            return false;
        if (EntityFramework.Receiver(note) is { } receiver && (EntityFramework.IsSet(receiver.Type) || EntityFramework.IsContext(receiver.Type)))
            return true;
        if (_notes.TryGetValue(note.TargetMethod.OriginalDefinition, out var proven) && proven is true)
            return true;
        return evidence.Covers(note);
    }

    // db.Orders.Add(order); orders.UpdateAsync(order), whose code only tells the context, or cannot be seen.
    private bool Note(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        if (call.Arguments.IsEmpty || Words.Of(method.Name) is not [var verb, ..] || !Verbs.Contains(verb))
            return false;
        if (EntityFramework.Receiver(call) is { } receiver && (EntityFramework.IsSet(receiver.Type) || EntityFramework.IsContext(receiver.Type)))
            return Noting.Contains(method.Name);
        if (!IsRepository(call))
            return false;
        return _notes.GetOrAdd(method.OriginalDefinition, NotesOnly) ?? true;
    }

    private static bool IsRepository(IInvocationOperation call) => call.Instance?.Type is { } type && Words.Of(type.Name) is [.., "repository" or "repo"]
        && call.Arguments.Any(argument => argument.Value.WithoutConversions().Type is { SpecialType: SpecialType.None, Name: not "CancellationToken" } or { IsReferenceType: true, SpecialType: SpecialType.None } or { Name: "Guid" } || argument.Parameter?.Type.SpecialType is SpecialType.System_Int32)
        && type.NamespaceName()?.StartsWith("Volo.", StringComparison.Ordinal) != true
        // repository.Insert(order, autoSave: true)
        && !call.TargetMethod.Parameters.Any(parameter => parameter.Type.SpecialType == SpecialType.System_Boolean && Words.Of(parameter.Name).Contains("save"));

    // True: all code behind it tells a context and does not save. False: it does something else. Null: its code stands elsewhere.
    private bool? NotesOnly(IMethodSymbol method)
    {
        bool? proven = null;
        foreach (var implementation in _persistence.Implementations(method))
        {
            if (_persistence.OfMethod(method).HasFlag(DataReach.Save) || _bodies.Of(implementation) is not { } body || !body.Descendants().OfType<IInvocationOperation>().Any(IsNoteToContext))
                return false;
            proven = true;
        }
        return proven;
    }

    private static bool IsNoteToContext(IInvocationOperation call) => Noting.Contains(call.TargetMethod.Name) && (EntityFramework.IsSet(call.Instance?.Type) || EntityFramework.IsContext(call.Instance?.Type)) || call.Instance is IInstanceReferenceOperation && Verbs.Contains(Words.Of(call.TargetMethod.Name).FirstOrDefault() ?? "");

    private bool Saves(IInvocationOperation call)
    {
        if (LogCalls.IsLog(call))
            return false;
        var method = call.TargetMethod;
        if (EntityFramework.IsSaveChanges(call) || Words.Of(method.Name) is [var verb, ..] && Saving.Contains(verb))
            return true;
        if (method.ContainingType is not { } type || type.Name is "DbSet" or "Enumerable" or "Queryable" or "EntityFrameworkQueryableExtensions")
            return false;
        if (Words.ContainAny(type.Name, Recording) || type.Name is "UserManager" or "RoleManager" or "IMediator" or "ISender" or "IPublisher" or "Mediator" or "DatabaseFacade" || DataLibraries.Reach(call).HasFlag(DataReach.Save))
            return true;
        return !IsRepository(call) && _persistence.Implementations(method).Any() && _persistence.OfMethod(method).HasFlag(DataReach.Save);
    }

    private Evidence FindEvidence()
    {
        var evidence = new Evidence();
        foreach (var type in ImplementationMap.SourceTypes(_facts.Compilation))
        {
            if (type.TypeKind != TypeKind.Class || !type.DeclaringSyntaxReferences.Any(reference => TextSearch.ContainsAny(reference.SyntaxTree, SaveTexts)))
                continue;
            if (Words.Of(type.Name) is [.., "behavior" or "behaviour" or "middleware" or "filter" or "decorator" or "interceptor" or "attribute" or "pipeline" or "postprocessor" or "processor"]
                && type.DeclaringSyntaxReferences.Any(reference => SaysSave(reference.GetSyntax())))
                evidence.SavesAround = true;
            if (IsStore(type))
                continue;
            foreach (var method in type.GetMembers().OfType<IMethodSymbol>())
            {
                if (method.MethodKind == MethodKind.Ordinary && !Preparation.Is(method) && method.DeclaringSyntaxReferences.Any(reference => SaysSave(reference.GetSyntax())) && _bodies.Of(method) is { } body)
                    Collect(body, evidence);
            }
        }
        // Top-level code and what it maps.
        if (evidence.Savers == 0 && _facts.Compilation.SyntaxTrees.Any(tree => TextSearch.Contains(tree, "SaveChanges") && tree.GetRoot().ChildNodes().OfType<GlobalStatementSyntax>().Any(SaysSave)))
            evidence.Savers = 1;
        return evidence;
    }

    private void Collect(IOperation body, Evidence evidence)
    {
        var calls = body.DescendantsAndSelf().OfType<IInvocationOperation>().ToArray();
        var saves = calls.LastOrDefault(call => EntityFramework.IsSaveChanges(call)
            // A service that is told to save something says nothing about the repositories beside it.
            || Words.Of(call.TargetMethod.Name) is [var verb, ..] && Saving.Contains(verb) && call.Instance?.Type is { } keeper && Words.Of(keeper.Name) is [.., "repository" or "repo" or "context" or "session" or "work" or "uow"] && call.Arguments.All(argument => argument.Parameter?.Type.Name is "CancellationToken" or "Boolean"));
        if (saves is null)
            return;
        evidence.Savers++;
        var stores = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (var call in calls)
        {
            if (call.Syntax.Span.End < saves.Syntax.Span.End && Words.Of(call.TargetMethod.Name) is [var verb, ..] && Verbs.Contains(verb) && IsRepository(call))
            {
                stores.Add(call.TargetMethod.ContainingType.OriginalDefinition);
                stores.Add(call.Instance!.Type!.OriginalDefinition);
            }
        }
        evidence.Add(stores);
    }

    /// <summary>What the members of the project that save tell about the stores they use.</summary>
    private sealed class Evidence
    {
        private const int Convention = 3;

        private readonly Dictionary<ISymbol, int> _stores = new(SymbolEqualityComparer.Default);
        private int _members;

        public bool SavesAround { get; set; }

        public int Savers { get; set; }

        public void Add(HashSet<ISymbol> stores)
        {
            if (stores.Count > 0)
                _members++;
            foreach (var store in stores)
                _stores[store] = _stores.TryGetValue(store, out var count) ? count + 1 : 1;
        }

        // The same store is saved elsewhere, or it is the habit of the project with stores of that namespace.
        public bool Covers(IInvocationOperation note) => _stores.ContainsKey(note.TargetMethod.ContainingType.OriginalDefinition) || note.Instance?.Type is { } receiver && _stores.ContainsKey(receiver.OriginalDefinition)
            || _members > Convention && _stores.Keys.Count(store => SymbolEqualityComparer.Default.Equals(store.ContainingNamespace, note.TargetMethod.ContainingType.ContainingNamespace)) >= Convention;
    }
}
