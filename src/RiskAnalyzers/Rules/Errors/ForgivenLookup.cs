using RiskAnalyzers.Language;
using RiskAnalyzers.Rules.Residue;

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

    public override void Listen(RuleListener on) => on.Operation(Check, OperationKind.Invocation, OperationKind.PropertyReference, OperationKind.Await, OperationKind.Conversion, OperationKind.LocalReference);

    private static void Check(OperationVisit visit)
    {
        if (Forgiveness(visit.Operation.Syntax) is not { } forgiven || LookUp(visit.Operation) is not { } name || IsSettingAtStart(visit))
            return;
        // A query's row that is not there is null to the database.
        if (visit.Operation.WithoutAwait() is IInvocationOperation call && (IsRoundTrip(call, visit.Member) || call.IsInExpressionTree()))
            return;
        visit.Report(forgiven, name);
    }

    // A missing setting fails loudly where the program starts, and one with a default is never missing.
    private static bool IsSettingAtStart(OperationVisit visit)
    {
        var read = visit.Operation is ILocalReferenceOperation local ? Flow.InitialValue(local)?.WithoutConversions() : visit.Operation;
        if (read is null || Settings.Read(read) is null && read is not IInvocationOperation { TargetMethod: { Name: "Get", ContainingType.Name: "ConfigurationBinder" } })
            return false;
        if (read is IInvocationOperation { TargetMethod.Name: "GetValue", Arguments: { Length: 3 } arguments } && arguments[2].Value.WithoutConversions().ConstantValue is not { HasValue: true, Value: null })
            return true;
        return IsStart(visit.Member) && !IsSecret(read, visit.Body) && !read.Ancestors().Any(ancestor => ancestor is IAnonymousFunctionOperation lambda && lambda.Symbol.Parameters.Any(parameter => parameter.Type.Name is "HttpContext" or "HttpRequest"));
    }

    // Jwt:Key, Google:ClientSecret: read when the first customer signs in, and an empty one is no key. Unless somebody looks at it.
    private static bool IsSecret(IOperation read, IOperation body) => Settings.Read(read)?.Key is { } key && SecretUse.KindOf(key) is SecretKind.Key or SecretKind.Token or SecretKind.Password
        && !body.Syntax.DescendantNodes().Any(node => node is LiteralExpressionSyntax { Token.Value: string other } && other == key && !read.Syntax.Span.Contains(node.Span) && node.FirstAncestorOrSelf<StatementSyntax>() is { } statement && Forgiveness(node.Parent?.Parent?.Parent ?? node) is null && !(statement == read.Syntax.FirstAncestorOrSelf<StatementSyntax>()));

    private static bool IsStart(ISymbol member) => member is IMethodSymbol method && (method.Name is "Main" or "<Main>$" or "ConfigureServices" or "Configure" or "ConfigureHost"
        || method.ContainingType?.Name is "Program" or "Startup" || method.IsStatic && method.Parameters.Any(parameter => parameter.Type.Name is "IServiceCollection" or "WebApplicationBuilder" or "IHostApplicationBuilder" or "IHostBuilder" or "WebApplication" or "IApplicationBuilder"));

    // var intent = stripeEvent.Data.Object as PaymentIntent; ... intent!.Id: the same a line later, once for each local. 'return found!' hands the question on.
    private static string? Kept(ILocalReferenceOperation use)
    {
        if (Forgiveness(use.Syntax)?.Parent is ReturnStatementSyntax or ArrowExpressionClauseSyntax)
            return null;
        var local = use.Local;
        var function = use.ScopeOf(local);
        if (function.Descendants().OfType<IVariableDeclaratorOperation>().FirstOrDefault(declarator => SymbolEqualityComparer.Default.Equals(declarator.Symbol, local))?.GetVariableInitializer()?.Value is not { } initial
            || Forgiveness(initial.WithoutConversions().Syntax) is not null || LookUp(initial) is not { } name)
            return null;
        foreach (var other in function.Descendants())
        {
            if (other is not ILocalReferenceOperation { Local: var mentioned } || other == use || !SymbolEqualityComparer.Default.Equals(mentioned, local))
                continue;
            if (other.Syntax.SpanStart < use.Syntax.SpanStart && Forgiveness(other.Syntax) is not null || IsLookedAt(other))
                return null;
        }
        return name;
    }

    // Compared, matched, assigned anew or handed to something that looks: whoever does that knows that nothing may be found.
    private static bool IsLookedAt(IOperation use)
    {
        var value = use;
        while (value.Parent is IConversionOperation or IParenthesizedOperation)
            value = value.Parent;
        return value.Parent is IBinaryOperation or IIsPatternOperation or IIsTypeOperation or IAssignmentOperation or IArgumentOperation or ICoalesceOperation or IConditionalAccessOperation or ISwitchExpressionOperation or ISwitchOperation;
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
        ILocalReferenceOperation use => Kept(use),
        IAwaitOperation { Operation: var awaited } => LookUp(awaited.WithoutAwait()),
        IInvocationOperation { TargetMethod: var method } when IsLookUp(method) => method.Name,
        IPropertyReferenceOperation { Property: { IsIndexer: true, ContainingType.Name: "IConfiguration" or "IConfigurationSection" or "IConfigurationRoot" or "ConfigurationManager" } } indexer => indexer.Syntax.ToString(),
        IPropertyReferenceOperation { Property: { Name: "Value", ContainingType.Name: "IConfigurationSection" } } section => section.Syntax.ToString(),
        IConversionOperation { IsTryCast: true, Syntax: var cast } => cast.ToString(),
        _ => null,
    };

    // JsonConvert.DeserializeObject<T>(JsonConvert.SerializeObject(x)) gives back what it was given; a converter is only called where there is something to convert.
    private static bool IsRoundTrip(IInvocationOperation call, ISymbol member) => call.TargetMethod.Name.StartsWith("Deserialize", StringComparison.Ordinal)
        && (call.Arguments.Any(argument => argument.Value.WithoutConversions() is IInvocationOperation { TargetMethod.Name: "Serialize" or "SerializeObject" })
            || member.ContainingType is { } type && IsConverter(type));

    private static bool IsConverter(INamedTypeSymbol? type)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (type.Name == "JsonConverter")
                return true;
        }
        return false;
    }

    private static bool IsLookUp(IMethodSymbol method) =>
        method.Name.EndsWith("OrDefault", StringComparison.Ordinal) || method.Name.EndsWith("OrDefaultAsync", StringComparison.Ordinal)
        || method.Name is "Find" or "FindAsync" or "FindFirst" or "FindFirstValue" or "FindByIdAsync" or "FindByNameAsync" or "FindByEmailAsync" or "GetConnectionString" or "GetEnvironmentVariable"
            or "Deserialize" or "DeserializeAsync" or "DeserializeObject" or "ReadFromJsonAsync" or "GetFromJsonAsync" or "GetValue" or "Get" or "GetService" or "GetUserAsync" or "GetUserId"
            && (method.Name is not ("Get" or "GetValue") || method.ContainingType?.Name is "ConfigurationBinder");
}
