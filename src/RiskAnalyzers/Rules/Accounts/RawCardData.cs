using Microsoft.CodeAnalysis.Text;
using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Accounts;

/// <summary>Whole card numbers and security codes that pass through the server.</summary>
internal sealed class RawCardData : RiskRule
{
    // A gift card has a number and a code as well, and a form in the customer's own browser is where they belong.
    private static readonly HashSet<string> Harmless = Words.SetOf("gift loyalty member membership voucher rewards masked validator validation test fake mock sample");

    private static readonly string[] Clients = { "WebAssemblyHostBuilder", "MauiApp.CreateBuilder", "MauiProgram" };

    private static readonly HashSet<string> Checking = Words.SetOf("validate valid is check verify mask luhn detect format has");

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK3018",
        title: "Raw card data on the server",
        message: "'{0}' takes the card's number and its security code through this server, into its memory, logs, traces and queues; let the provider's form turn the card into a token in the browser and take only that",
        why: "Whoever handles a whole card answers for it: every system it passes must be audited, no copy of the code may outlive the payment, and one leaked log is a leak of cards.");

    public RawCardData() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        // What runs in the browser or on the phone is the customer's own.
        var isClient = new Lazy<bool>(() => on.Compilation.SyntaxTrees.Any(tree => TextSearch.ContainsAny(tree, Clients)));
        on.Declaration(visit => CheckType(visit, isClient), SymbolKind.NamedType);
        on.Declaration(visit => CheckMethod(visit, isClient), SymbolKind.Method);
        on.Operation(visit => CheckHandOver(visit, isClient), OperationKind.ObjectCreation);
    }

    private static void CheckType(DeclarationVisit visit, Lazy<bool> isClient)
    {
        var type = (INamedTypeSymbol)visit.Symbol;
        if (type.TypeKind is not (TypeKind.Class or TypeKind.Struct) || Words.ContainAny(type.Name, Harmless) || Derives(type, "Attribute", "Exception"))
            return;
        var members = type.GetMembers().OfType<IPropertySymbol>().Where(property => !property.IsStatic).ToList();
        if (members.FirstOrDefault(property => CardWords.IsCode(property)) is { } code && members.Any(CardWords.IsNumber) && !isClient.Value)
            visit.Report(code.Locations[0], type.Name);
    }

    private static void CheckMethod(DeclarationVisit visit, Lazy<bool> isClient)
    {
        var method = (IMethodSymbol)visit.Symbol;
        if (method.MethodKind != MethodKind.Ordinary || method.DeclaredAccessibility == Accessibility.Private || method.Parameters.Length < 2 || method.IsOverride || Words.Of(method.Name) is not [var verb, ..] || Checking.Contains(verb))
            return;
        if (Words.ContainAny(method.ContainingType.Name, Harmless) || Words.ContainAny(method.Name, Harmless))
            return;
        if (method.Parameters.FirstOrDefault(CardWords.IsCode) is { } code && method.Parameters.Any(CardWords.IsNumber) && !Implements(method) && !isClient.Value)
            visit.Report(code.Locations[0], method.Name);
    }

    // new PaymentMethodCardOptions { Number = dto.Number, Cvc = dto.Cvc }: the type is the provider's, the card is a customer's.
    private static void CheckHandOver(OperationVisit visit, Lazy<bool> isClient)
    {
        var creation = (IObjectCreationOperation)visit.Operation;
        if (creation.Initializer is not { Initializers: { Length: >= 2 } members } || creation.Type is not INamedTypeSymbol type || !type.DeclaringSyntaxReferences.IsEmpty)
            return;
        var set = members.OfType<ISimpleAssignmentOperation>().Where(member => member.Value.ConstantValue is not { HasValue: true }).Select(member => member.Target.ReferencedSymbol()).OfType<IPropertySymbol>().ToList();
        if (set.Any(CardWords.IsCode) && set.Any(CardWords.IsNumber) && !isClient.Value)
            visit.Report(creation.Syntax is BaseObjectCreationExpressionSyntax { Initializer: not null } whole ? HeadOf(whole) : creation.Syntax.GetLocation(), type.Name);
    }

    private static Location HeadOf(BaseObjectCreationExpressionSyntax creation) =>
        creation is ObjectCreationExpressionSyntax named ? Location.Create(named.SyntaxTree, TextSpan.FromBounds(named.SpanStart, named.Type.Span.End)) : creation.NewKeyword.GetLocation();

    // The interface is reported, or stands where nobody can change it.
    private static bool Implements(IMethodSymbol method) => method.ContainingType.AllInterfaces.SelectMany(contract => contract.GetMembers(method.Name)).Any(member => SymbolEqualityComparer.Default.Equals(method.ContainingType.FindImplementationForInterfaceMember(member), method));

    private static bool Derives(INamedTypeSymbol type, params string[] names)
    {
        for (var ancestor = type.BaseType; ancestor is not null; ancestor = ancestor.BaseType)
        {
            if (names.Contains(ancestor.Name))
                return true;
        }
        return false;
    }
}
