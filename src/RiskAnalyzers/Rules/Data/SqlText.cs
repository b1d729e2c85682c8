using System.Text.RegularExpressions;
using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Data;

/// <summary>The SQL that an operation hands to a database, with what is put into it at run time.</summary>
internal sealed class SqlText
{
    /// <summary>Stands in <see cref="Text"/> where a value goes that is known at run time only.</summary>
    public const char Hole = '\u25CA';

    private static readonly HashSet<string> ParameterNames = new(StringComparer.Ordinal) { "sql", "sqlQuery", "commandText", "cmdText", "sqlCommand", "rawSql", "sqlStatement", "selectCommandText" };

    // Names that mean SQL only where the text looks like it.
    private static readonly HashSet<string> VagueNames = new(StringComparer.Ordinal) { "query", "queryString", "queryText", "statement" };

    private static readonly Regex Statement = new(@"^\s*(SELECT|INSERT\s+INTO|UPDATE|DELETE|EXEC|MERGE|WITH)\s", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private readonly System.Text.StringBuilder _text = new();

    private SqlText()
    {
    }

    /// <summary>The text, each run-time value a <see cref="Hole"/>.</summary>
    public string Text => _text.ToString();

    /// <summary>What goes into the holes, in order.</summary>
    public List<IOperation> Holes { get; } = new();

    /// <summary>The text that the call, creation or assignment sends to a database, or null where it sends none.</summary>
    public static IOperation? SentBy(IOperation operation)
    {
        switch (operation)
        {
            case IInvocationOperation call:
                return Sql(call.Arguments);
            case IObjectCreationOperation { Type.Name: var type } creation when type.EndsWith("Command", StringComparison.Ordinal) || type.EndsWith("Adapter", StringComparison.Ordinal) || type is "CommandDefinition" or "QueryDefinition":
                return Sql(creation.Arguments);
            case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: "CommandText" } } assignment:
                return assignment.Value;
            default:
                return null;
        }
    }

    /// <summary>Puts the text together from literals, interpolation, concatenation, <c>string.Format</c> and what locals were given.</summary>
    public static SqlText Read(IOperation operation)
    {
        var sql = new SqlText();
        sql.Add(operation, depth: 4);
        return sql;
    }

    private static IOperation? Sql(ImmutableArray<IArgumentOperation> arguments)
    {
        foreach (var argument in arguments)
        {
            if (argument.Parameter is { Type.Name: "String" or "FormattableString" } parameter && (ParameterNames.Contains(parameter.Name) || VagueNames.Contains(parameter.Name) && Statement.IsMatch(Read(argument.Value).Text)))
                return argument.Value;
        }
        return null;
    }

    private void Add(IOperation operation, int depth)
    {
        operation = operation.WithoutConversions();
        if (operation.ConstantValue is { HasValue: true, Value: string constant })
        {
            _text.Append(constant);
            return;
        }
        switch (operation)
        {
            case IInterpolatedStringOperation interpolated:
                foreach (var part in interpolated.Parts)
                    Add(part, depth);
                return;
            case IInterpolatedStringTextOperation text:
                Add(text.Text, depth);
                return;
            case IInterpolationOperation interpolation:
                Add(interpolation.Expression, depth);
                return;
            case IInterpolatedStringAdditionOperation addition:
                Add(addition.Left, depth);
                Add(addition.Right, depth);
                return;
            case IInterpolatedStringHandlerCreationOperation handler:
                Add(handler.Content, depth);
                return;
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } binary:
                Add(binary.LeftOperand, depth);
                Add(binary.RightOperand, depth);
                return;
            case IInvocationOperation { TargetMethod: { ContainingType.SpecialType: SpecialType.System_String, Name: "Format" or "Concat" } } call:
                foreach (var argument in call.Arguments)
                    AddArgument(argument.Value, depth);
                return;
            case IInvocationOperation { Instance: { } trimmed, TargetMethod: { ContainingType.SpecialType: SpecialType.System_String, Name: "Trim" or "TrimEnd" or "ToString" or "Replace" } } call:
                Add(trimmed, depth);
                if (call.TargetMethod.Name == "Replace" && call.Arguments.Length > 1)
                    AddArgument(call.Arguments[1].Value, depth);
                return;
            case IInvocationOperation { Instance: ILocalReferenceOperation { Local: { Type.Name: "StringBuilder" } builder }, TargetMethod.Name: "ToString" } when depth > 0:
                AddBuilder(operation, builder, depth - 1);
                return;
            case IConditionalOperation { WhenFalse: { } other } conditional:
                Add(conditional.WhenTrue, depth);
                Add(other, depth);
                return;
            case ISwitchExpressionOperation selection when depth > 0:
                foreach (var arm in selection.Arms)
                    Add(arm.Value, depth);
                return;
            case ICoalesceOperation coalesce:
                Add(coalesce.Value, depth);
                return;
            case ILocalReferenceOperation { Local: var local } when depth > 0 && local.Type.SpecialType == SpecialType.System_String:
                AddLocal(operation, local, depth - 1);
                return;
        }
        _text.Append(Hole);
        Holes.Add(operation);
    }

    private void AddArgument(IOperation value, int depth)
    {
        if (value is IArrayCreationOperation { Initializer.ElementValues: var elements })
        {
            foreach (var element in elements)
                Add(element, depth);
        }
        else if (value.Type?.Name is not ("CultureInfo" or "IFormatProvider"))
        {
            Add(value, depth);
        }
    }

    // var sql = "..."; sql += "...";
    private void AddLocal(IOperation reference, ILocalSymbol local, int depth)
    {
        var found = false;
        foreach (var operation in reference.WholeBody().Descendants())
        {
            var value = operation switch
            {
                IVariableDeclaratorOperation declarator when Is(declarator.Symbol) => declarator.GetVariableInitializer()?.Value,
                IAssignmentOperation { Target: ILocalReferenceOperation { Local: var assigned } } assignment when Is(assigned) => assignment.Value,
                _ => null,
            };
            if (value is null)
                continue;
            found = true;
            if (!value.Mentions(local))
            {
                Add(value, depth);
                continue;
            }
            // sql = sql + "...": what it held is there already.
            foreach (var part in Parts(value).Where(part => !part.Mentions(local)))
                Add(part, depth);
        }
        if (found)
            return;
        _text.Append(Hole);
        Holes.Add(reference);

        bool Is(ILocalSymbol other) => SymbolEqualityComparer.Default.Equals(other, local);
    }

    private void AddBuilder(IOperation reference, ILocalSymbol builder, int depth)
    {
        foreach (var operation in reference.WholeBody().Descendants())
        {
            switch (operation)
            {
                case IVariableDeclaratorOperation { Symbol: var declared } declarator when SymbolEqualityComparer.Default.Equals(declared, builder) && declarator.GetVariableInitializer()?.Value.WithoutConversions() is IObjectCreationOperation creation:
                    foreach (var argument in creation.Arguments.Where(argument => argument.Value.Type?.SpecialType == SpecialType.System_String))
                        Add(argument.Value, depth);
                    break;
                case IInvocationOperation { TargetMethod: { Name: "Append" or "AppendLine" or "AppendFormat" or "AppendJoin", ContainingType.Name: "StringBuilder" } } append when BuilderOf(append) is { } target && SymbolEqualityComparer.Default.Equals(target, builder):
                    foreach (var argument in append.Arguments)
                        AddArgument(argument.Value, depth);
                    break;
            }
        }
    }

    private static ILocalSymbol? BuilderOf(IInvocationOperation append)
    {
        var receiver = append.Instance;
        while (receiver is IInvocationOperation inner)
            receiver = inner.Instance;
        return (receiver as ILocalReferenceOperation)?.Local;
    }

    private static IEnumerable<IOperation> Parts(IOperation value) => value.WithoutConversions() switch
    {
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } binary => Parts(binary.LeftOperand).Concat(Parts(binary.RightOperand)),
        IInterpolatedStringOperation interpolated => interpolated.Parts,
        var single => new[] { single },
    };
}
