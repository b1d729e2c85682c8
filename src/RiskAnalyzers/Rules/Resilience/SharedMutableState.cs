using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Resilience;

/// <summary>State that all requests share and change without a lock: a static cart, a dictionary in a singleton, a list beside the endpoints.</summary>
internal sealed class SharedMutableState : RiskRule
{
    // State of one customer or one price; a flag that says that something was set up is not.
    private static readonly HashSet<string> Personal = Words.SetOf("current user customer cart basket order session tenant account visitor principal discount coupon price prices total amount balance payment");

    private static readonly HashSet<string> Services = Words.SetOf(
        "service client provider factory options option settings setting config configuration logger instance mapper serializer builder key path url connection name version lazy default empty culture pattern format error message prefix "
        + "singleton manager handler mode kind type currency");

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK5003",
        title: "State that all requests share is changed without a lock",
        message: "'{0}' is shared by all requests and {1}",
        why: "Two requests at the same time tear a Dictionary or List apart, one of two increments is lost, and what one customer put into a static the next one reads. A restart or a second instance loses all of it.");

    private const string Unlocked = "changed without a lock: customers see each other's data, and updates are lost; keep it per request or in a store, or use a concurrent collection";

    private const string Overwritten = "written anew by each of them: with another tenant, test key or setting one customer's call runs on the other's account; pass it with the call, or set it once at start-up";

    public SharedMutableState() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        on.Declaration(CheckMember, SymbolKind.Field, SymbolKind.Property);
        on.Operation(CheckCapturedCall, OperationKind.Invocation);
        on.Operation(CheckCredential, OperationKind.SimpleAssignment);
        on.Operation(CheckCapturedWrite, OperationKind.SimpleAssignment, OperationKind.CompoundAssignment, OperationKind.Increment, OperationKind.Decrement);
    }

    private static void CheckMember(DeclarationVisit visit)
    {
        var member = visit.Symbol;
        if (member.IsImplicitlyDeclared || member.ContainingType.TypeKind is not (TypeKind.Class or TypeKind.Struct) || member is IFieldSymbol { IsConst: true }
            || member.HasAttribute("ThreadStaticAttribute"))
            return;
        var type = member switch { IFieldSymbol field => field.Type, IPropertySymbol { IsIndexer: false } property => property.Type, _ => null };
        if (type is null || !member.IsStatic && member is not IFieldSymbol { DeclaredAccessibility: Accessibility.Private } && !(SharedTypes.IsCollection(type) || SharedTypes.IsConcurrent(type)))
            return;
        if (IsRisky(member, type, visit))
            visit.ReportName(member.Name, Unlocked);
    }

    private static bool IsRisky(ISymbol member, ITypeSymbol type, DeclarationVisit visit)
    {
        if (member.IsStatic && type.Name is "HttpContext" or "ISession" or "ClaimsPrincipal" || member.IsStatic && EntityFramework.IsContext(type))
            return true;
        if (SharedTypes.IsCollection(type) || SharedTypes.IsConcurrent(type))
        {
            if (!member.IsStatic && !SharedTypes.AreShared(member.ContainingType, visit.Compilation) || !SharedTypes.HoldsMutable(member, visit.Cancellation))
                return false;
            if (SharedTypes.IsConcurrent(type))
                return SharedTypes.HoldsCollections(type) && StateUses.ChangesInside(member, visit.Compilation, visit.Cancellation);
            return StateUses.IsChangedUnlocked(member, visit.Compilation, visit.Cancellation);
        }
        return (member.IsStatic || member is IFieldSymbol { IsReadOnly: false } && SharedTypes.AreShared(member.ContainingType, visit.Compilation)) && IsRiskyValue(member, type, visit);
    }

    private static bool IsRiskyValue(ISymbol member, ITypeSymbol type, DeclarationVisit visit)
    {
        if (member is IFieldSymbol { IsReadOnly: true } or IPropertySymbol { SetMethod: null } || visit.Syntax.Any(HasAccessorBodies))
            return false;
        var isPublic = member.DeclaredAccessibility is Accessibility.Public or Accessibility.Internal && member is not IPropertySymbol { SetMethod.DeclaredAccessibility: Accessibility.Private };
        var isMoney = (MoneyWords.MeanRate(member.Name) || visit.Facts.MoneyIn(member.Locations[0].SourceTree!).Mean(member.Name)) && (IsNumber(type) || MoneyWords.IsMoneyLike(type));
        var isPersonal = isMoney || Words.ContainAny(member.Name, Personal) && !Words.ContainAny(member.Name, Services) && type.SpecialType is not (SpecialType.System_Boolean or SpecialType.System_DateTime)
            && type.TypeKind is not (TypeKind.Delegate or TypeKind.Interface) && !Words.ContainAny(type.Name, Services);
        if (isPersonal && isPublic)
            return true;
        var uses = StateUses.UnlockedWrites(member, visit.Compilation, visit.Cancellation);
        return uses.Any(use => use is StateUse.Step && IsNumber(type) || isPersonal && use is StateUse.Step or StateUse.Set);
    }

    private static bool HasAccessorBodies(SyntaxNode member) => member is PropertyDeclarationSyntax { AccessorList.Accessors: var accessors } && accessors.Any(accessor => accessor.Body is not null || accessor.ExpressionBody is not null);

    private static bool IsNumber(ITypeSymbol type) => type.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64 or SpecialType.System_Decimal or SpecialType.System_Double or SpecialType.System_UInt32 or SpecialType.System_UInt64;

    // StripeConfiguration.ApiKey = settings.SecretKey; in what is made for each request.
    private static void CheckCredential(OperationVisit visit)
    {
        var assignment = (ISimpleAssignmentOperation)visit.Operation;
        if (assignment.Target is not IMemberReferenceOperation { Instance: null, Member: { IsStatic: true, ContainingType: { } owner } credential } || assignment.Value.ConstantValue.HasValue)
            return;
        if (Secrets.Of(credential.Name) is not (SecretKind.Key or SecretKind.Token) || visit.Member is not IMethodSymbol { IsStatic: false, ContainingType: { } type } member)
            return;
        // Who starts the product sets it once.
        if (SymbolEqualityComparer.Default.Equals(owner, type) || Words.ContainAny(type.Name, StartUp) || Words.ContainAny(member.Name, StartUp) || SharedTypes.AreShared(type, visit.Compilation) || StateUses.IsLocked(assignment.Syntax))
            return;
        visit.Report(assignment, owner.Name + "." + credential.Name, Overwritten);
    }

    private static readonly HashSet<string> StartUp = Words.SetOf("startup program module installer bootstrapper configure register initialize initialise init setup hosted extensions fixture test tests");

    // var orders = new List<Order>(); app.MapPost("/orders", (Order order) => orders.Add(order));
    private static void CheckCapturedCall(OperationVisit visit)
    {
        var call = (IInvocationOperation)visit.Operation;
        if (StateUses.Mutators.Contains(call.TargetMethod.Name) && call.Instance?.WithoutConversions() is ILocalReferenceOperation { Local: var local } && SharedTypes.IsCollection(local.Type) && IsCapturedByEndpoint(local, call))
            visit.Report(call, local.Name, Unlocked);
    }

    private static void CheckCapturedWrite(OperationVisit visit)
    {
        var target = visit.Operation switch
        {
            IAssignmentOperation assignment => assignment.Target,
            IIncrementOrDecrementOperation step => step.Target,
            _ => null,
        };
        var local = target switch
        {
            ILocalReferenceOperation { Local: var whole } when visit.Operation is not ISimpleAssignmentOperation || whole.Type.SpecialType != SpecialType.None => whole,
            IPropertyReferenceOperation { Property.IsIndexer: true, Instance: ILocalReferenceOperation { Local: var collection } } when SharedTypes.IsCollection(collection.Type) => collection,
            _ => null,
        };
        if (local is not null && IsCapturedByEndpoint(local, visit.Operation))
            visit.Report(visit.Operation, local.Name, Unlocked);
    }

    private static bool IsCapturedByEndpoint(ILocalSymbol local, IOperation place)
    {
        foreach (var ancestor in place.Ancestors())
        {
            if (ancestor is ILocalFunctionOperation { Symbol: var function } && SymbolEqualityComparer.Default.Equals(local.ContainingSymbol, function))
                return false;
            if (ancestor is not IAnonymousFunctionOperation lambda)
                continue;
            if (SymbolEqualityComparer.Default.Equals(local.ContainingSymbol, lambda.Symbol))
                return false;
            if (lambda.Ancestor<IArgumentOperation>() is { Parent: IInvocationOperation { TargetMethod.Name: "MapGet" or "MapPost" or "MapPut" or "MapDelete" or "MapPatch" or "MapMethods" or "Map" } })
                return !StateUses.IsLocked(place.Syntax);
        }
        return false;
    }
}
