namespace RiskAnalyzers.CriticalPaths;

/// <summary>
/// What a review covers: a member, a lambda or local function in top-level code, the rest of the top-level code (the implicit
/// <c>Program</c> type), or a type.
/// </summary>
/// <param name="Symbol">The member or type; for a top-level lambda or local function its method symbol.</param>
/// <param name="TopLevelNode">The lambda or local function in top-level code, else null.</param>
/// <param name="Path">The critical path that the unit is on, or null where something else than its path made it reviewable.</param>
internal sealed record CriticalUnit(ISymbol Symbol, SyntaxNode? TopLevelNode, CriticalPath? Path)
{
    /// <summary>Whether this is what remains of the top-level code without the lambdas and local functions that are units themselves.</summary>
    public bool IsTopLevelCode => TopLevelNode is null && Symbol is INamedTypeSymbol { Name: WellKnownMemberNames.TopLevelStatementsEntryPointTypeName } program
        && program.GetMembers(WellKnownMemberNames.TopLevelStatementsEntryPointMethodName).Length > 0;

    /// <summary>The name that messages show.</summary>
    public string DisplayName => Symbol switch
    {
        INamedTypeSymbol when IsTopLevelCode => "top-level code",
        IMethodSymbol { MethodKind: MethodKind.AnonymousFunction } => "lambda",
        IMethodSymbol { MethodKind: MethodKind.Constructor or MethodKind.StaticConstructor, ContainingType: { } type } => type.Name + " constructor",
        { ContainingType: { } type } when TopLevelNode is null => type.Name + "." + Symbol.Name,
        _ => Symbol.Name,
    };

    public bool Equals(CriticalUnit? other) =>
        other is not null && SymbolEqualityComparer.Default.Equals(Symbol, other.Symbol) && TopLevelNode == other.TopLevelNode;

    public override int GetHashCode() => SymbolEqualityComparer.Default.GetHashCode(Symbol);

    /// <summary>The symbol that a review of the given symbol's code stands on: a property for its accessors, an enum for its members, a record for what its parameters declare.</summary>
    public static ISymbol Reviewed(ISymbol symbol) => symbol switch
    {
        IMethodSymbol { AssociatedSymbol: { } associated } => Reviewed(associated),
        IMethodSymbol { PartialDefinitionPart: { } definition } => definition,
        IMethodSymbol { MethodKind: MethodKind.DelegateInvoke, ContainingType: var type } => type,
        IMethodSymbol { MethodKind: MethodKind.Constructor } constructor when IsPrimary(constructor) => constructor.ContainingType,
        // No review can stand on what a record's parameter list declares.
        IPropertySymbol { ContainingType: { IsRecord: true } type } positional when IsPositional(positional) => type,
        IFieldSymbol { AssociatedSymbol: { } associated } => Reviewed(associated),
        IFieldSymbol { ContainingType: { TypeKind: TypeKind.Enum } type } => type,
        { IsImplicitlyDeclared: true, ContainingType: { } type } => type,
        _ => symbol,
    };

    private static bool IsPositional(IPropertySymbol property) =>
        property.DeclaringSyntaxReferences.Length == 1 && property.DeclaringSyntaxReferences[0].GetSyntax() is ParameterSyntax;

    private static bool IsPrimary(IMethodSymbol constructor) =>
        constructor.DeclaringSyntaxReferences.Length == 1 && constructor.DeclaringSyntaxReferences[0].GetSyntax() is TypeDeclarationSyntax;
}
