using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Accounts;

/// <summary>One answer of a function: a returned value or a thrown exception, with the texts and states that the caller sees of it.</summary>
internal sealed class AccountAnswer
{
    private static readonly HashSet<string> Refusing = Words.SetOf("bad not unauthorized forbid forbidden problem conflict unprocessable status fail failed failure error errors invalid denied challenge");

    private readonly IOperation _branch;
    private readonly List<string> _seen = new();

    public AccountAnswer(IOperation branch, IOperation place)
    {
        _branch = branch;
        Place = place;
        Describe(place);
        if (branch is IBlockOperation block)
        {
            foreach (var statement in block.Operations)
            {
                // The page shows what was added to the model state.
                if (statement is IExpressionStatementOperation { Operation: IInvocationOperation { TargetMethod.Name: "AddModelError" or "TryAddModelError" or "AddError" } error })
                {
                    Describe(error);
                    Place = error;
                }
            }
        }
        Signature = string.Join("|", _seen);
    }

    /// <summary>What to look at: the returned value, the exception, or the error added to a page.</summary>
    public IOperation Place { get; }

    /// <summary>What the caller can tell answers apart by.</summary>
    public string Signature { get; }

    public bool Throws => Place.Parent is IThrowOperation || Place.Type is { Name: var name } && name.EndsWith("Exception", StringComparison.Ordinal);

    /// <summary>Whether the answer refuses.</summary>
    public bool Fails => Throws || SaysUnknown || _seen.Count > 0 && (_seen.Contains("=False") || Words.ContainAny(_seen[0], Refusing) || IsError(Place));

    /// <summary>Whether the answer says outright that there is no such account.</summary>
    public bool SaysUnknown => _seen.Any(IsUnknown);

    /// <summary>Whether the answer says outright that the address has an account already.</summary>
    public bool SaysTaken => _seen.Any(IsTaken);

    /// <summary>The text that says it, where the answer goes over several lines.</summary>
    public IOperation? TakenText => Place.Syntax.GetLocation().GetLineSpan() is var lines && lines.StartLinePosition.Line == lines.EndLinePosition.Line ? null
        : Place.Descendants().FirstOrDefault(part => part is ILiteralOperation { ConstantValue: { HasValue: true, Value: string text } } && IsTaken(text));

    /// <summary>Whether the answer is about a name that others see anyway, which has to be told.</summary>
    public bool SpeaksOfName => _seen.Exists(text => Words.Of(text) is var words && (words.Contains("username") || Words.ContainSequence(text, "user", "name")) && !words.Contains("email") && !words.Contains("mail"));

    private static bool IsTaken(string text)
    {
        var words = Words.Of(text);
        // A name that others see anyway has to be told.
        if ((words.Contains("username") || Words.ContainSequence(text, "user", "name")) && !words.Contains("email") && !words.Contains("mail"))
            return false;
        return words.Contains("already") && words.Any(word => word is "exists" or "exist" or "registered" or "taken" or "used" or "use") || words.Any(word => word is "user" or "email" or "account" or "customer" or "mail" or "username") && words.Any(word => word is "exists" or "taken" or "duplicate");
    }

    public bool Contains(IOperation operation) => operation == _branch || operation.Ancestors().Any(ancestor => ancestor == _branch);

    /// <summary>The answer of a branch: of its last statement, or of a value of <c>?:</c>.</summary>
    public static AccountAnswer? Of(IOperation branch) => branch switch
    {
        IBlockOperation { Operations: [.., var last] } => ValueOf(last) is { } value ? new AccountAnswer(branch, value) : null,
        _ when ValueOf(branch) is { } value => new AccountAnswer(branch, value),
        { Type: not null } and not IExpressionStatementOperation => new AccountAnswer(branch, branch.WithoutConversions()),
        _ => null,
    };

    /// <summary>The answer of a statement that leaves the function.</summary>
    public static AccountAnswer? OfStatement(IOperation statement) => ValueOf(statement) is { } value
        ? new AccountAnswer(statement.Parent is IBlockOperation { Parent: IConditionalOperation or IBlockOperation } block ? block : statement, value)
        : null;

    private static IOperation? ValueOf(IOperation statement) => statement switch
    {
        IReturnOperation { ReturnedValue: { } value } => Unwrapped(value),
        IThrowOperation { Exception: { } exception } => exception.WithoutConversions(),
        IExpressionStatementOperation { Operation: IThrowOperation { Exception: { } exception } } => exception.WithoutConversions(),
        _ => null,
    };

    private static IOperation Unwrapped(IOperation value)
    {
        value = value.WithoutAwait();
        return value is IConversionOperation { Operand: var operand } ? operand.WithoutConversions() : value;
    }

    private static bool IsError(IOperation place) => place is IInvocationOperation { TargetMethod.Name: "AddModelError" or "TryAddModelError" or "AddError" }
        || place is IInvocationOperation { TargetMethod.ContainingType.Name: var owner } && Words.ContainAny(owner, Refusing);

    private void Describe(IOperation place)
    {
        foreach (var part in place.DescendantsAndSelf())
        {
            switch (part)
            {
                case { ConstantValue: { HasValue: true, Value: var constant } }:
                    if (part.Parent is not (INameOfOperation or IBinaryOperation) || part.Parent.ConstantValue.HasValue is false)
                        _seen.Add(part.Parent is ISimpleAssignmentOperation { Target: var target } && target.ReferencedSymbol() is { } flag && Outcomes.IsSuccessFlag(flag.Name)
                            || part.Parent is IArgumentOperation { Parameter: { } parameter } && Outcomes.IsSuccessFlag(parameter.Name) ? "=" + constant : constant?.ToString() ?? "null");
                    break;
                case IInvocationOperation call:
                    _seen.Add(call.TargetMethod.Name);
                    break;
                case IObjectCreationOperation { Type.Name: var type }:
                    _seen.Add(type);
                    break;
                case IFieldReferenceOperation { Field.IsStatic: true } or IPropertyReferenceOperation { Property.IsStatic: true }:
                    _seen.Add(part.ReferencedSymbol()!.Name);
                    break;
            }
        }
    }

    private static bool IsUnknown(string text)
    {
        var words = Words.Of(text.Replace("'", ""));
        for (var i = 0; i < words.Length; i++)
        {
            var next = i + 1 < words.Length ? words[i + 1] : "";
            if (words[i] is "not" && next is "found" or "exist" or "registered" or "exists" or "recognized" or "recognised" || words[i] is "doesnt" or "isnt" && next is "exist" or "registered" or "recognized"
                || words[i] is "no" && next is "account" or "user" or "such" or "customer" || words[i] is "unknown" && next is "user" or "email" or "account" or "username"
                || words[i] is "not" or "couldnt" or "cannot" or "cant" && next is "find" or "locate" || words[i] is "invalid" or "wrong" or "incorrect" && next is "email" or "username" or "user" && !(words.Contains("or") || words.Contains("and")))
                return true;
        }
        return false;
    }
}
