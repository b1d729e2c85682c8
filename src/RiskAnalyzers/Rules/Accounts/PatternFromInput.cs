using System.Text.RegularExpressions;
using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Accounts;

/// <summary>A look-up of one coupon, account or token whose pattern the caller writes: <c>%</c> finds the first there is.</summary>
internal sealed class PatternFromInput : RiskRule
{
    private static readonly HashSet<string> Terminals = new(StringComparer.Ordinal)
    {
        "First", "FirstOrDefault", "FirstAsync", "FirstOrDefaultAsync", "Single", "SingleOrDefault", "SingleAsync", "SingleOrDefaultAsync", "Any", "AnyAsync", "Last", "LastOrDefault", "LastOrDefaultAsync", "Find", "Exists", "Count", "CountAsync",
        "QueryFirst", "QueryFirstOrDefault", "QueryFirstAsync", "QueryFirstOrDefaultAsync", "QuerySingle", "QuerySingleOrDefault", "QuerySingleAsync", "QuerySingleOrDefaultAsync", "ExecuteScalar", "ExecuteScalarAsync", "FindOneAndUpdateAsync", "FindOneAndDeleteAsync",
    };

    private static readonly HashSet<string> Searching = Words.SetOf("search searches searching filter filters filtered suggest suggestions autocomplete list index browse lookahead typeahead query queries all report export grid page paged");

    private static readonly HashSet<string> Patterns = Words.SetOf("pattern patterns regex rx expression mask template glob search term keyword keywords q filter wildcard like rule format");

    private static readonly Regex LikeParameter = new(@"\bI?LIKE\s+(CONCAT\s*\(\s*)?('%'\s*(\+|\|\|)\s*)?[@:]\w+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK3017",
        title: "The caller writes the pattern of a look-up",
        message: "'{0}' takes the caller's text as a pattern: '%' or '.*' finds a coupon, account or token that the caller never knew; compare for equality, or escape the text",
        why: "A wildcard in a code is a code that fits everything. Voucher and invitation codes have been found by asking for one character at a time.");

    public PatternFromInput() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        var request = RequestData.In(on.Facts);
        on.Operation(visit => CheckCall(visit, request), OperationKind.Invocation);
        on.Operation(visit => CheckCreation(visit, request), OperationKind.ObjectCreation);
    }

    private static void CheckCall(OperationVisit visit, RequestData request)
    {
        var call = (IInvocationOperation)visit.Operation;
        switch (call.TargetMethod.Name)
        {
            case "Like" or "ILike" when call.TargetMethod.ContainingType.Name.EndsWith("DbFunctionsExtensions", StringComparison.Ordinal):
                if (ArgumentOf(call, "pattern") is { } like && LooksUpOne(call, visit))
                    Check(visit, call, like, request);
                break;
            case "IsMatch" or "Match" or "Matches" when call.TargetMethod is { IsStatic: true, ContainingType.Name: "Regex" }:
                if (ArgumentOf(call, "pattern") is { } pattern && !IsSearch(visit))
                    Check(visit, call, pattern, request);
                break;
            // MongoDB: Builders<Coupon>.Filter.Regex(c => c.Code, code)
            case "Regex" when call.TargetMethod.ContainingType.Name.StartsWith("FilterDefinition", StringComparison.Ordinal):
                if (call.Arguments is [.., { Value: var expression }] && expression.WithoutConversions() is not IObjectCreationOperation && !IsSearch(visit))
                    Check(visit, call, expression, request);
                break;
            default:
                CheckSql(visit, call);
                break;
        }
    }

    private static void CheckCreation(OperationVisit visit, RequestData request)
    {
        var creation = (IObjectCreationOperation)visit.Operation;
        if (creation is { Type.Name: "Regex" or "BsonRegularExpression", Arguments: [{ Value: var pattern }, ..] } && !IsSearch(visit))
            Check(visit, creation, pattern, request);
    }

    // QueryFirstOrDefaultAsync("... WHERE code LIKE @code", new { code })
    private static void CheckSql(OperationVisit visit, IInvocationOperation call)
    {
        if (!Terminals.Contains(call.TargetMethod.Name) || IsSearch(visit))
            return;
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter?.Type.SpecialType != SpecialType.System_String)
                continue;
            var sql = argument.Value is ILocalReferenceOperation local && Flow.InitialValue(local) is { } initial ? initial : argument.Value;
            if (sql.ConstantValue is { HasValue: true, Value: string text } && LikeParameter.IsMatch(text) && text.IndexOf("ESCAPE", StringComparison.OrdinalIgnoreCase) < 0)
                visit.Report(argument.Value, LikeParameter.Match(text).Value);
        }
    }

    private static void Check(OperationVisit visit, IOperation place, IOperation pattern, RequestData request)
    {
        if (SourceOf(pattern, hops: 2) is not { } source || IsNamedPattern(source) || !IsGiven(source, request, visit.Member))
            return;
        visit.Report(place, Excerpt.Of(place));
    }

    private static IOperation? ArgumentOf(IInvocationOperation call, string name) => call.Arguments.FirstOrDefault(argument => argument.Parameter?.Name == name)?.Value;

    // The caller's text in the pattern, as it came; null where something was made of it first.
    private static IOperation? SourceOf(IOperation pattern, int hops)
    {
        pattern = pattern.WithoutAwait();
        switch (pattern)
        {
            case { ConstantValue.HasValue: true }:
                return null;
            case IInterpolatedStringOperation text:
                return text.Parts.OfType<IInterpolationOperation>().Select(part => SourceOf(part.Expression, hops)).FirstOrDefault(source => source is not null);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } sum:
                return SourceOf(sum.LeftOperand, hops) ?? SourceOf(sum.RightOperand, hops);
            case ICoalesceOperation coalesce:
                return SourceOf(coalesce.Value, hops);
            case IInvocationOperation { TargetMethod.Name: "Trim" or "ToLower" or "ToUpper" or "ToLowerInvariant" or "ToUpperInvariant" or "ToString", Instance: { } instance }:
                return SourceOf(instance, hops);
            case IInvocationOperation { TargetMethod: { Name: "Concat" or "Format", ContainingType.SpecialType: SpecialType.System_String } } text:
                return text.Arguments.Select(argument => SourceOf(argument.Value, hops)).FirstOrDefault(source => source is not null);
            case IObjectCreationOperation { Type.Name: "Regex" or "BsonRegularExpression" }:
                return null;
            case ILocalReferenceOperation local when hops > 0:
                return Flow.InitialValue(local) is { } initial ? SourceOf(initial, hops - 1) : null;
            case IParameterReferenceOperation { Parameter.Type.SpecialType: SpecialType.System_String } or IPropertyReferenceOperation { Type.SpecialType: SpecialType.System_String } or IPropertyReferenceOperation { Type.Name: "StringValues" } or IConditionalAccessOperation:
                return pattern;
            default:
                return null;
        }
    }

    private static bool IsNamedPattern(IOperation source) => source.ReferencedSymbol() is { } symbol && Words.ContainAny(symbol.Name, Patterns);

    // The caller's own words, or what a look-up was asked for.
    private static bool IsGiven(IOperation source, RequestData request, ISymbol member) => request.Holds(source)
        || source is IParameterReferenceOperation { Parameter.ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Ordinary, IsStatic: false, DeclaredAccessibility: Accessibility.Public or Accessibility.Internal } owner } && SymbolEqualityComparer.Default.Equals(owner, member);

    private static bool IsSearch(OperationVisit visit) => Words.ContainAny(visit.Member.Name, Searching) || visit.Member.Name is "Handle" or "HandleAsync" && Words.ContainAny(visit.Member.ContainingType.Name, Searching);

    // db.Coupons.Where(c => EF.Functions.Like(c.Code, code)).FirstOrDefaultAsync()
    private static bool LooksUpOne(IOperation pattern, OperationVisit visit)
    {
        if (IsSearch(visit))
            return false;
        foreach (var ancestor in pattern.Ancestors())
        {
            if (ancestor is IInvocationOperation call && Terminals.Contains(call.TargetMethod.Name))
                return true;
        }
        // var query = db.Coupons.Where(...); return await query.FirstOrDefaultAsync();
        return pattern.Ancestors().OfType<IVariableDeclaratorOperation>().FirstOrDefault() is { Symbol: var local }
            && visit.Body.DescendantsAndSelf().Any(operation => operation is IInvocationOperation call && Terminals.Contains(call.TargetMethod.Name) && DataChain(call, local));
    }

    private static bool DataChain(IInvocationOperation call, ILocalSymbol local) =>
        (call.Instance ?? call.Arguments.FirstOrDefault()?.Value)?.DescendantsAndSelf().Any(part => part is ILocalReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Local, local)) == true;
}
