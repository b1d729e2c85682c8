using System.Text.RegularExpressions;
using RiskAnalyzers.Language;
using RiskAnalyzers.Rules.Data;

namespace RiskAnalyzers.Rules.Payments;

/// <summary>What one statement sends to a store about a shared counter: whole records, absolute values, a subtraction that asks nothing.</summary>
internal static class WrittenCounters
{
    private const string Overwritten = "is written over with a value that was read before: what was sold or booked in between is lost";
    private const string Unasked = "is subtracted from and nothing in the statement asks whether enough is there: two at once take more than there is";
    private const string Condition = "put the condition into the filter, and look at how many rows it changed";

    private static readonly HashSet<string> Replacing = Words.SetOf("ReplaceOne ReplaceOneAsync FindOneAndReplace FindOneAndReplaceAsync ReplaceItemAsync");

    private static readonly HashSet<string> Updating = Words.SetOf("UpdateOne UpdateOneAsync UpdateMany UpdateManyAsync FindOneAndUpdate FindOneAndUpdateAsync ExecuteUpdate ExecuteUpdateAsync");

    private static readonly Regex Update = new(@"\bUPDATE\s+(?<table>[\w.\[\]""`]+)(\s+(AS\s+)?\w+)?\s+SET\s+(?<set>.+?)\s+WHERE\s+(?<where>[^;]+)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline);
    private static readonly Regex Version = new(@"version|xmin|etag|stamp", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>The counter, the harm and the remedy; null where the statement is none, or guarded.</summary>
    public static (IOperation At, string Counter, string Harm, string Remedy)? Of(IOperation operation, SharedCounters counters) => operation is IInvocationOperation call && (Replaced(call, counters) ?? Subtracted(call)) is { } found ? found
        : SqlText.SentBy(operation) is { Type.Name: "String" or "FormattableString" } sql && (operation.Parent is not IArgumentOperation || operation.Type?.Name == "CommandDefinition") && InSql(SqlText.Read(sql).Text) is var (column, harm, remedy) ? (operation, column, harm, remedy) : null;

    // products.ReplaceOneAsync(p => p.Id == id, product): its stock is what it was when the form was opened.
    private static (IOperation, string, string, string)? Replaced(IInvocationOperation call, SharedCounters counters)
    {
        if (!Replacing.Contains(call.TargetMethod.Name) || Record(call) is not { } record || counters.AreGuarded(record) || call.EnclosingFunction().Descendants().Any(operation => operation is IPropertyReferenceOperation { Property.Name: "IfMatchEtag" or "IfMatch" }))
            return null;
        for (var type = record; type is { SpecialType: SpecialType.None }; type = type.BaseType)
        {
            if (type.GetMembers().FirstOrDefault(SharedCounters.Is) is { } counter)
                return (call, $"{record.Name}.{counter.Name}", Overwritten, "put a version into the filter, or set only the members that change");
        }
        return null;
    }

    private static INamedTypeSymbol? Record(IInvocationOperation call) => (call.TargetMethod.TypeArguments is [INamedTypeSymbol item] ? item : call.Instance?.Type is INamedTypeSymbol { TypeArguments: [INamedTypeSymbol document] } ? document : null) is { TypeKind: TypeKind.Class } record ? record : null;

    // update.Inc(p => p.Stock, -quantity), set.SetProperty(p => p.Stock, p => p.Stock - quantity)
    private static (IOperation, string, string, string)? Subtracted(IInvocationOperation call)
    {
        if (!Updating.Contains(call.TargetMethod.Name))
            return null;
        var function = call.EnclosingFunction();
        foreach (var change in call.DescendantsAndSelf().Concat(Made(call, function)).OfType<IInvocationOperation>())
        {
            if (Moved(change) is not { } counter)
                continue;
            // Wherever the filter is made, it names the counter a second time.
            var names = function.DescendantsAndSelf().Count(operation => operation is IPropertyReferenceOperation { Property: var property } && SymbolEqualityComparer.Default.Equals(property, counter) && !change.Syntax.Span.Contains(operation.Syntax.Span) && IsInFilter(operation));
            return names == 0 ? (change, $"{counter.ContainingType.Name}.{counter.Name}", Unasked, Condition) : null;
        }
        return null;
    }

    // The locals that the call is given: var update = Builders<Product>.Update.Inc(...);
    private static IEnumerable<IOperation> Made(IInvocationOperation call, IOperation function) => call.Arguments.Select(argument => argument.Value.WithoutConversions()).OfType<ILocalReferenceOperation>()
        .Select(Flow.InitialValue).Where(value => value is not null).SelectMany(value => value!.DescendantsAndSelf());

    private static IPropertySymbol? Moved(IInvocationOperation change)
    {
        if (change.TargetMethod.Name is "Inc" && change.Arguments is [var field, .., var by] && IsNegative(by.Value) || change.TargetMethod.Name is "SetProperty" && change.Arguments is [.., var value] && change.Arguments.Length >= 2 && IsSubtraction(value.Value))
        {
            return change.Arguments.SelectMany(argument => argument.Value.DescendantsAndSelf()).OfType<IPropertyReferenceOperation>().Select(reference => reference.Property).FirstOrDefault(property => SharedCounters.Is(property));
        }
        return null;
    }

    private static bool IsNegative(IOperation by) => by.WithoutConversions() is IUnaryOperation { OperatorKind: UnaryOperatorKind.Minus } || by.ConstantNumber() is < 0;

    private static bool IsSubtraction(IOperation value) => value.DescendantsAndSelf().Any(part => part is IBinaryOperation { OperatorKind: BinaryOperatorKind.Subtract, LeftOperand: var left } && left.WithoutConversions() is IPropertyReferenceOperation { Property: var counter } && SharedCounters.Is(counter));

    // Where(p => p.Stock >= quantity), Filter.Gte(p => p.Stock, quantity)
    private static bool IsInFilter(IOperation named) => named.Ancestors().Any(ancestor => ancestor is IBinaryOperation { OperatorKind: BinaryOperatorKind.GreaterThanOrEqual or BinaryOperatorKind.GreaterThan or BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual }
        && ancestor.Ancestors().Any(outer => outer is IAnonymousFunctionOperation) || ancestor is IInvocationOperation { TargetMethod.Name: "Gte" or "Gt" or "Lt" or "Lte" });

    private const string Decided = "is written over with a state that was decided on an old read: what was cancelled, paid or shipped in between is undone";

    private static readonly HashSet<string> Money = Words.SetOf("order orders payment payments invoice invoices refund refunds booking bookings transaction transactions reservation reservations");

    // What is written down about an order is none.
    private static bool IsOfMoney(string table) => Words.Of(table) is [.., var last] && (Money.Contains(last) || Money.Contains(last.TrimEnd(']', '"', '`')));

    /// <summary>Where the text names the column, if it is a text of several lines; else null.</summary>
    public static Location? PlaceOf(IOperation statement, string counter)
    {
        var sql = SqlText.SentBy(statement)?.WithoutConversions();
        if (sql is ILocalReferenceOperation local)
            sql = Flow.InitialValue(local);
        if (sql?.Syntax is not LiteralExpressionSyntax { Token: var token } || token.Text.IndexOf('\n') < 0)
            return null;
        var column = counter.Substring(counter.LastIndexOf('.') + 1);
        var named = Regex.Match(token.Text, @"\b" + Regex.Escape(column) + @"\b(?=[\]""`]*\s*=)", RegexOptions.IgnoreCase);
        return named.Success ? Location.Create(token.SyntaxTree!, new Microsoft.CodeAnalysis.Text.TextSpan(token.SpanStart + named.Index, named.Length)) : null;
    }

    private static (string, string, string)? InSql(string text)
    {
        if (text.Length < 20 || Update.Match(text) is not { Success: true } statement)
            return null;
        var table = statement.Groups["table"].Value;
        if (Words.Of(table).Any(word => word is "cart" or "carts" or "basket" or "baskets" or "items" or "lines"))
            return null;
        var where = statement.Groups["where"].Value;
        foreach (var part in statement.Groups["set"].Value.Split(','))
        {
            var sides = part.Split(new[] { '=' }, 2);
            if (sides.Length != 2)
                continue;
            var (column, value) = (sides[0].Trim().Trim('[', ']', '"', '`'), sides[1].Trim());
            column = column.Substring(column.LastIndexOf('.') + 1);
            if (IsOfMoney(table) && Words.Of(column) is [.., "status" or "state"] && Regex.IsMatch(value, @"^[@:$]\w+$") && !Regex.IsMatch(where, @"status|state", RegexOptions.IgnoreCase) && !Version.IsMatch(where))
                return ($"{table}.{column}", Decided, "put the state that it may come from, or a version, into WHERE, and look at how many rows it changed");
            if (!SharedCounters.IsColumn(column) || Regex.IsMatch(where, @"\b" + Regex.Escape(column) + @"\b", RegexOptions.IgnoreCase) || Version.IsMatch(where))
                continue;
            if (Regex.IsMatch(value, @"^[\w.\[\]""`]*" + Regex.Escape(column) + @"[\]""`]?\s*-", RegexOptions.IgnoreCase))
                return ($"{table}.{column}", Unasked, Condition);
            if (Regex.IsMatch(value, @"^([@:$]\w+|\?|" + SqlText.Hole + ")$"))
                return ($"{table}.{column}", Overwritten, "put a version into WHERE, or let the statement compute the new value");
        }
        return null;
    }
}
