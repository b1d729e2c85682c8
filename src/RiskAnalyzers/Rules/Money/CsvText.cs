using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Money;

/// <summary>Lines of a CSV file, and what customers write into them.</summary>
internal static class CsvText
{
    private static readonly HashSet<string> Files = Words.SetOf("csv tsv");

    private static readonly HashSet<string> Written = Words.SetOf(
        "name names firstname lastname fullname email mail address street city company organisation organization note notes comment comments description title subject message reason nickname username remark remarks memo customer");

    // What the shop itself chose: names of products, files and codes.
    private static readonly HashSet<string> Own = Words.SetOf("product category file column header field sheet type enum code method currency plan setting brand table property sku");

    private static readonly HashSet<string> Escaping = Words.SetOf("escape quote sanitize sanitise encode safe clean field cell format");

    /// <summary>Whether the text is written into a CSV file: its receiver, function or type says so.</summary>
    public static bool IsIn(IOperation text, ISymbol member)
    {
        if (text.FunctionSymbol(member) is { } function && Words.ContainAny(function.Name, Files) || Words.ContainAny(member.Name, Files) || member.ContainingType is { } type && Words.ContainAny(type.Name, Files))
            return !LogCalls.IsLogged(text) && text.Ancestor<IThrowOperation>() is null;
        if (text.EnclosingFunction().DescendantsInFunction().Any(operation => operation is ILiteralOperation { ConstantValue: { HasValue: true, Value: string { Length: < 80 } said } } && (said == "text/csv" || said.EndsWith(".csv", StringComparison.Ordinal))))
            return text.Ancestors().TakeWhile(above => above is not IBlockOperation).Any(above => above is IInvocationOperation { TargetMethod.Name: "AppendLine" or "Append" or "WriteLine" or "WriteLineAsync" or "Add" or "Write" });
        for (var ancestor = text; ancestor is not null and not IBlockOperation; ancestor = ancestor.Parent)
        {
            switch (ancestor)
            {
                case IInvocationOperation { Instance: { } receiver } when receiver.ReferencedSymbol() is { } symbol and not IMethodSymbol && Words.ContainAny(symbol.Name, Files):
                case IInvocationOperation { Instance: IInvocationOperation chain } when chain.DescendantsAndSelf().Any(part => part.ReferencedSymbol() is ILocalSymbol or IParameterSymbol or IFieldSymbol && Words.ContainAny(part.ReferencedSymbol()!.Name, Files)):
                case IVariableDeclaratorOperation { Symbol.Name: var local } when Words.ContainAny(local, Files):
                case IAssignmentOperation { Target: var target } when target.ReferencedSymbol() is { } set && Words.ContainAny(set.Name, Files):
                    return true;
            }
        }
        return false;
    }

    /// <summary>What an argument holds: itself, or the elements of the array or span that the compiler made of several.</summary>
    public static IEnumerable<IOperation> Elements(IOperation argument)
    {
        argument = argument.WithoutConversions();
        if (argument is IArrayCreationOperation { Initializer: { } several })
            return several.ElementValues;
        return argument.Type is { Name: "ReadOnlySpan" } && argument is not (ILocalReferenceOperation or IParameterReferenceOperation or IInvocationOperation) ? argument.ChildOperations.ToList() : new[] { argument };
    }

    /// <summary>The whole text that a piece of it is added up to.</summary>
    public static IOperation WholeOf(IOperation piece)
    {
        while (piece.Parent is IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } or IInterpolatedStringAdditionOperation or IConversionOperation or IParenthesizedOperation)
            piece = piece.Parent;
        return piece;
    }

    private static readonly HashSet<string> Writers = Words.SetOf("append write add insert yield");

    /// <summary>Whether the text has several fields, or a piece of one, and goes into the file; not into a helper that makes one field of it.</summary>
    public static bool IsLine(IOperation whole)
    {
        if (whole.Parent is IArgumentOperation { Parent: IInvocationOperation call } && !(Words.Of(call.TargetMethod.Name) is [var verb, ..] && Writers.Contains(verb)))
            return false;
        return whole.DescendantsAndSelf().Any(part => part is IInterpolatedStringTextOperation or ILiteralOperation && part.Syntax.ToString().IndexOfAny(Separators) >= 0);
    }

    private static readonly char[] Separators = { ',', ';', '\t' };

    /// <summary>The value without what only trims or quotes it.</summary>
    public static IOperation Subject(IOperation value)
    {
        while (true)
        {
            value = value.WithoutConversions();
            switch (value)
            {
                case IInvocationOperation { TargetMethod: { Name: "Replace" or "Trim" or "ToUpper" or "ToLower" or "ToString", ContainingType.SpecialType: SpecialType.System_String }, Instance: { } inner }:
                    value = inner;
                    break;
                case ICoalesceOperation { Value: var first }:
                    value = first;
                    break;
                case IConditionalAccessOperation { WhenNotNull: var reached }:
                    value = reached;
                    break;
                default:
                    return value;
            }
        }
    }

    /// <summary>Whether the value is a text that a customer wrote, with nothing done to it that stops a formula.</summary>
    public static bool IsRaw(IOperation value)
    {
        if (value.WithoutConversions().Type?.SpecialType != SpecialType.System_String || value.ConstantValue.HasValue)
            return false;
        var subject = Subject(value);
        if (subject is IInvocationOperation || subject.ReferencedSymbol() is not { } symbol)
            return false;
        if (symbol is ILocalSymbol && subject is ILocalReferenceOperation local)
        {
            // var name = Escape(order.CustomerName): whoever calls something did something.
            if (Flow.InitialValue(local) is not { } initial || Subject(initial) is IInvocationOperation)
                return false;
            return initial is IInterpolatedStringOperation text ? text.Parts.OfType<IInterpolationOperation>().Any(part => IsRaw(part.Expression)) : initial is IPropertyReferenceOperation or ICoalesceOperation or IConditionalOperation ? initial.DescendantsAndSelf().Any(part => part is IPropertyReferenceOperation { Property: var read } && IsWritten(read)) : false;
        }
        return IsWritten(symbol);
    }

    private static bool IsWritten(ISymbol symbol)
    {
        var words = Words.Of(symbol.Name);
        // email.Value, name.Text: the object says what it is.
        if (words is ["value" or "text"] && symbol.ContainingType is { } wrapper)
            words = Words.Of(wrapper.Name);
        if (!words.HaveAny(Written) || words.HaveAny(Own))
            return false;
        // A name of a product or category is the shop's.
        return !(words is ["name" or "title" or "description"] && symbol.ContainingType is { } owner && Words.ContainAny(owner.Name, Own));
    }

    /// <summary>Whether a method by its name makes fields of a CSV file safe.</summary>
    public static bool IsEscaping(string name) => Words.ContainAny(name, Files) && Words.ContainAny(name, Escaping);

    /// <summary>Whether the code knows that formulas begin with <c>=</c>.</summary>
    public static bool Neutralises(SyntaxNode code) => code.DescendantTokens().Any(token => token.Value switch
    {
        '=' or '@' or '+' => true,
        string text => text.Contains("=") && (text.Contains("@") || text.Contains("+") || text == "="),
        _ => false,
    }) || code.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name => Words.Of(name.Identifier.ValueText).Any(word => word is "formula" or "dangerous" or "injection" or "triggers" or "neutralize" or "neutralise"));

    /// <summary>Whether the code looks at commas or quotes.</summary>
    public static bool Quotes(SyntaxNode code) => code.DescendantTokens().Any(token => token.Value is ',' or ';' or '"' or "," or ";" or "\"");
}
