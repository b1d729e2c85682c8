using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Data;

/// <summary>A state that is read from a caller's text with <c>Enum.Parse</c>, which takes every number, and is kept.</summary>
internal sealed class UndefinedEnumValue : RiskRule
{
    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK6011",
        title: "A text becomes an enum value that does not exist",
        message: "'{0}' takes any number for a value of '{1}', and what it makes of '{2}' is kept: \"99\" becomes a state that no code knows; ask Enum.IsDefined as well, or switch over the names that callers may use",
        why: "Enum.Parse and TryParse accept \"99\" and \"-1\". The order is then in a state that no switch has a case for: it is neither paid nor cancelled, and no page shows it.");

    private static readonly HashSet<string> Writers = Words.SetOf("set change update mark transition move apply create add assign record process handle advance");

    public UndefinedEnumValue() : base(Risk)
    {
    }

    public override void Listen(RuleListener on) => on.Operation(Check, OperationKind.Invocation);

    private static void Check(OperationVisit visit)
    {
        var call = (IInvocationOperation)visit.Operation;
        if (call.TargetMethod is not { Name: "TryParse" or "Parse", ContainingType.SpecialType: SpecialType.System_Enum, TypeArguments: [INamedTypeSymbol { TypeKind: TypeKind.Enum } kind] } || kind.DeclaringSyntaxReferences.IsEmpty || kind.HasAttribute("FlagsAttribute"))
            return;
        if (call.Arguments.FirstOrDefault()?.Value is not { } text || GivenBy(text, call) is not { } given || IsAskedFor(call, kind) || !IsKept(call, visit.Member))
            return;
        visit.Report(call, "Enum." + call.TargetMethod.Name, kind.Name, given);
    }

    // A parameter, or what hangs on one: request.Status, cmd.Request.Status.
    private static string? GivenBy(IOperation text, IOperation call)
    {
        text = text.WithoutConversions();
        while (text is IInvocationOperation { TargetMethod: { Name: "Trim" or "ToString" or "ToUpperInvariant" or "ToLowerInvariant" or "ToUpper" or "ToLower", ContainingType.SpecialType: SpecialType.System_String }, Instance: { } inner })
            text = inner.WithoutConversions();
        if (text.Type?.SpecialType != SpecialType.System_String)
            return null;
        var name = text.ReferencedSymbol()?.Name;
        while (text is IPropertyReferenceOperation { Instance: { } owner })
            text = owner.WithoutConversions();
        if (text is not IParameterReferenceOperation { Parameter: { } parameter } || parameter.Type.Name is "IConfiguration" or "IConfigurationSection" || Settings.IsOptionsType(parameter.Type))
            return null;
        // Converters and mappers read what the product itself wrote.
        return parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.AnonymousFunction } && call.IsInExpressionTree() ? null : name;
    }

    private static bool IsAskedFor(IInvocationOperation call, INamedTypeSymbol kind) => call.EnclosingFunction().DescendantsInFunction().Any(operation =>
        operation is IInvocationOperation { TargetMethod: { Name: "IsDefined" or "GetNames" or "GetName", ContainingType.SpecialType: SpecialType.System_Enum } }
        || operation is ISwitchOperation { Value.Type: { } asked } && SymbolEqualityComparer.Default.Equals(asked, kind)
        || operation is ISwitchExpressionOperation { Value.Type: { } chosen } && SymbolEqualityComparer.Default.Equals(chosen, kind));

    // Assigned to a member, put into an object, or handed to what changes something; a filter of a list is none of them.
    private static bool IsKept(IInvocationOperation call, ISymbol member)
    {
        if (call.TargetMethod.Name == "Parse")
            return IsKeptAt(call, member) || call.Target(member) is ILocalSymbol parsed && UsesOf(parsed, call).Any(use => IsKeptAt(use, member));
        return call.Arguments.LastOrDefault()?.Value switch
        {
            IDeclarationExpressionOperation { Expression: ILocalReferenceOperation { Local: var local } } => UsesOf(local, call).Any(use => IsKeptAt(use, member)),
            ILocalReferenceOperation { Local: var local } => UsesOf(local, call).Any(use => IsKeptAt(use, member)),
            _ => false,
        };
    }

    private static IEnumerable<IOperation> UsesOf(ILocalSymbol local, IOperation call) => call.EnclosingFunction().DescendantsInFunction()
        .Where(operation => operation is ILocalReferenceOperation { Local: var used } && SymbolEqualityComparer.Default.Equals(used, local) && operation.Syntax.SpanStart > call.Syntax.SpanStart && !operation.IsInExpressionTree());

    private static bool IsKeptAt(IOperation use, ISymbol member)
    {
        if (use.Target(member) is IPropertySymbol or IFieldSymbol && use.Ancestors().FirstOrDefault(ancestor => ancestor is IAssignmentOperation) is IAssignmentOperation { Target: IMemberReferenceOperation })
            return true;
        var argument = use.Parent is IConversionOperation { Parent: IArgumentOperation converted } ? converted : use.Parent as IArgumentOperation;
        return argument?.Parent switch
        {
            IInvocationOperation { TargetMethod: var method } => !method.ReturnType.Name.StartsWith("IQueryable", StringComparison.Ordinal) && Words.Of(method.Name) is [var verb, ..] && Writers.Contains(verb),
            IObjectCreationOperation { Type: { } made } => Words.Of(made.Name) is [.., var last] && last is not ("query" or "filter" or "specification" or "spec" or "criteria" or "request"),
            _ => false,
        };
    }
}
