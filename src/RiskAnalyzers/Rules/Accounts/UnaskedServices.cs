using System.Collections.Concurrent;
using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Accounts;

/// <summary>Services and handlers behind an endpoint that take what belongs to somebody and ask nobody whose it is, although they could.</summary>
internal sealed class UnaskedServices
{
    private static readonly HashSet<string> Messages = Words.SetOf("command query request");

    private static readonly HashSet<string> Staff = Words.SetOf("admin administration backoffice internal system scheduled job worker saga webhook consumer event integration seed import export sync status approve reject refund ship mark set expire reconcile");

    private readonly Reach _reach;
    private readonly Lazy<bool> _messagesNameCallers;
    private readonly ConcurrentDictionary<INamedTypeSymbol, bool> _holdUnused = new(SymbolEqualityComparer.Default);

    public UnaskedServices(CompilationFacts facts)
    {
        _reach = Reach.In(facts);
        _messagesNameCallers = new(() => facts.Compilation.SyntaxTrees.Any(NamesCaller));
    }

    /// <summary>Whether the member is a handler whose message names a thing and no caller, in a project whose other messages name him.</summary>
    public bool IsMessageWithoutCaller(IMethodSymbol method)
    {
        if (method.Name is not ("Handle" or "HandleAsync" or "ExecuteAsync") || method.Parameters is not [{ Type: INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct } message }, ..] || Words.Of(message.Name) is not { IsEmpty: false } words || !Messages.Contains(words[words.Length - 1]))
            return false;
        if (words.HaveAny(Staff) || Words.ContainAny(method.ContainingType.Name, Staff) || Words.ContainAny(method.NamespaceName() ?? "", StaffPlaces))
            return false;
        if (message.GetMembers().Any(member => member is IPropertySymbol && Ownership.NamesOwner(member.Name)))
            return false;
        return _messagesNameCallers.Value;
    }

    private static readonly HashSet<string> StaffPlaces = Words.SetOf("admin administration backoffice internal jobs events consumers sagas webhooks");

    /// <summary>Whether the member of a service knows who calls and only notes it.</summary>
    public static bool OnlyNotesCaller(IMethodSymbol method, IOperation code) =>
        method is { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: Accessibility.Public or Accessibility.Internal, Parameters.IsEmpty: false } && CouldAsk(method.ContainingType) && (Callers.In(code.Syntax) & (CallerChecks.Identity | CallerChecks.Visitor | CallerChecks.Proof | CallerChecks.Denies)) == CallerChecks.Identity && CallerNotes.Only(code);

    /// <summary>Whether the member's type is given somebody who knows the caller, keeps him, and no member ever asks him: what was meant to be compared was forgotten.</summary>
    public bool ForgetsCaller(IMethodSymbol method) =>
        method is { DeclaredAccessibility: Accessibility.Public or Accessibility.Internal, IsStatic: false, Parameters.IsEmpty: false, ContainingType: { TypeKind: TypeKind.Class } type } && _holdUnused.GetOrAdd(type, HoldsUnused);

    private static bool HoldsUnused(INamedTypeSymbol type)
    {
        if (type.DeclaringSyntaxReferences.Length != 1 || type.DeclaringSyntaxReferences[0].GetSyntax() is not TypeDeclarationSyntax declaration)
            return false;
        var held = type.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(field => !field.IsImplicitlyDeclared && NamesCurrentUser(field.Type.Name))?.Name
            ?? declaration.ParameterList?.Parameters.FirstOrDefault(parameter => parameter.Type is { } written && NamesCurrentUser(written.ToString()))?.Identifier.ValueText;
        return held is not null && !declaration.DescendantNodes().OfType<IdentifierNameSyntax>().Any(use => use.Identifier.ValueText == held && !IsKept(use));
    }

    private static bool NamesCurrentUser(string type) => Words.ContainSequence(type, "current", "user") || Words.ContainSequence(type, "user", "context") || Words.ContainSequence(type, "user", "accessor") || type == "IHttpContextAccessor";

    // _currentUser = currentUser; and this._currentUser = currentUser; in the constructor
    private static bool IsKept(IdentifierNameSyntax use)
    {
        SyntaxNode whole = use.Parent is MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } access ? access : use;
        return whole.Parent is AssignmentExpressionSyntax assignment && (assignment.Left == whole || assignment.FirstAncestorOrSelf<ConstructorDeclarationSyntax>() is not null);
    }

    // Most types hold nothing that knows the caller; they need not be read.
    private static bool CouldAsk(INamedTypeSymbol type) => type.GetMembers().Any(member => member is IFieldSymbol { IsConst: false, Type: { } held } && KnowsCaller(held.Name)) || type.InstanceConstructors.Any(constructor => constructor.Parameters.Any(parameter => KnowsCaller(parameter.Type.Name)));

    private static bool KnowsCaller(string type) => Words.ContainAny(type, CallerWords);

    private static readonly HashSet<string> CallerWords = Words.SetOf("current principal caller identity accessor claims context session");

    /// <summary>Whether the code, or anything that it runs in this compilation, looks at the caller.</summary>
    public bool Asks(IOperation code) => _reach.TowardsCallers(code).Any(reached => (Callers.In(reached.Syntax) & (CallerChecks.Identity | CallerChecks.Visitor | CallerChecks.Proof | CallerChecks.Denies)) != 0);

    // record GetOrderQuery(Guid OrderId, Guid UserId): this project hands the caller on.
    private static bool NamesCaller(SyntaxTree tree)
    {
        if (!TextSearch.ContainsAny(tree, new[] { "Command", "Query", "IRequest" }) || !TextSearch.ContainsAny(tree, new[] { "UserId", "CustomerId", "BuyerId", "CallerId", "OwnerId", "RequesterId", "UserName", "Username" }))
            return false;
        return tree.GetRoot().DescendantNodes().OfType<TypeDeclarationSyntax>().Any(type => Words.Of(type.Identifier.ValueText) is { IsEmpty: false } words && Messages.Contains(words[words.Length - 1])
            // A login names somebody too; only what speaks of orders and the like hands the caller on by his name.
            && (type.ParameterList?.Parameters.Any(parameter => Ownership.NamesOwner(parameter.Identifier.ValueText) && (!parameter.Identifier.ValueText.EndsWith("ame", StringComparison.Ordinal) || Ownership.SpeakOfBelonging(type.Identifier.ValueText))) == true || type.Members.OfType<PropertyDeclarationSyntax>().Any(property => Ownership.NamesOwner(property.Identifier.ValueText))));
    }
}
