using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Errors;

/// <summary>A look-up that may find nothing, silenced with <c>!</c>.</summary>
internal sealed class ForgivenLookup : RiskRule
{
    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK4002",
        title: "A look-up that may find nothing is forgiven",
        message: "'{0}' may find nothing, and '!' only silences the compiler: a missing row or setting becomes a NullReferenceException far from its cause; answer for the missing case",
        why: "The null-forgiving operator checks nothing. Major outages began with one value that was expected to be there.");

    public ForgivenLookup() : base(Risk)
    {
    }

    public override void Listen(RuleListener on) => on.Operation(Check, OperationKind.Invocation, OperationKind.PropertyReference, OperationKind.Await, OperationKind.Conversion);

    private static void Check(OperationVisit visit)
    {
        if (Forgiveness(visit.Operation.Syntax) is not { } forgiven || LookUp(visit.Operation) is not { } name)
            return;
        visit.Report(forgiven, name);
    }

    private static SyntaxNode? Forgiveness(SyntaxNode node)
    {
        var parent = node.Parent;
        while (parent is ParenthesizedExpressionSyntax)
            parent = parent.Parent;
        return parent is PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } forgiveness ? forgiveness : null;
    }

    private static string? LookUp(IOperation operation) => operation switch
    {
        IAwaitOperation { Operation: var awaited } => LookUp(awaited.WithoutAwait()),
        IInvocationOperation { TargetMethod: var method } when IsLookUp(method) => method.Name,
        IPropertyReferenceOperation { Property: { IsIndexer: true, ContainingType.Name: "IConfiguration" or "IConfigurationSection" or "IConfigurationRoot" or "ConfigurationManager" } } indexer => indexer.Syntax.ToString(),
        IConversionOperation { IsTryCast: true, Syntax: var cast } => cast.ToString(),
        _ => null,
    };

    private static bool IsLookUp(IMethodSymbol method) =>
        method.Name.EndsWith("OrDefault", StringComparison.Ordinal) || method.Name.EndsWith("OrDefaultAsync", StringComparison.Ordinal)
        || method.Name is "Find" or "FindAsync" or "FindFirst" or "FindFirstValue" or "FindByIdAsync" or "FindByNameAsync" or "FindByEmailAsync" or "GetConnectionString" or "GetEnvironmentVariable"
            or "Deserialize" or "DeserializeAsync" or "DeserializeObject" or "ReadFromJsonAsync" or "GetFromJsonAsync" or "GetValue" or "Get" or "GetService" or "GetUserAsync" or "GetUserId"
            && (method.Name is not ("Get" or "GetValue") || method.ContainingType?.Name is "ConfigurationBinder");
}
