using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Payments;

/// <summary>What a look-up asks the store.</summary>
internal enum QuestionKind
{
    /// <summary>Whether there is one.</summary>
    Existence,

    /// <summary>How much there is already.</summary>
    Sum,
}

/// <summary>Questions to a store whose answer decides whether something is added to it.</summary>
internal static class Questions
{
    private static readonly HashSet<string> Verbs = Words.SetOf("any exists exist has is find get first single load check");

    // UserHasReview, SlugAlreadyTaken, EmailInUse
    private static readonly HashSet<string> There = Words.SetOf("exists has already taken");

    private static readonly HashSet<string> Adding = Words.SetOf("add insert create store save register attach book");

    private static readonly HashSet<string> Stores = Words.SetOf("repository repo store dao session context db database dbset service connection");

    /// <summary>What the call asks a store, or null.</summary>
    public static QuestionKind? KindOf(IInvocationOperation call)
    {
        if (call.Arguments.IsEmpty || Words.Of(call.TargetMethod.Name) is not [var verb, ..] words)
            return null;
        if (call.TargetMethod.Name is "SumAsync" or "Sum" or "CountAsync")
            return IsOfStore(call) || call.TargetMethod.Name is "Sum" && IsOverLoaded(call) ? QuestionKind.Sum : null;
        if (!Verbs.Contains(verb) && !words.HaveAny(There) || call.TargetMethod.Name is "GetType" or "GetHashCode" or "GetAwaiter" or "IsNullOrEmpty" or "IsNullOrWhiteSpace" || words[words.Length - 1] is "id" && verb is "get" || !IsOfStore(call))
            return null;
        // A row that is fetched by its id is the one that is worked on.
        if (verb is "find" or "get" && words.Contains("id") && !words.Contains("user"))
            return null;
        var answer = call.Type.AwaitedType();
        return answer?.SpecialType == SpecialType.System_Boolean || answer is { IsReferenceType: true, TypeKind: TypeKind.Class, SpecialType: SpecialType.None } and not INamedTypeSymbol { IsGenericType: true } ? QuestionKind.Existence : null;
    }

    /// <summary>Where a finding about the question stands: at its name, or where a chain of several lines begins.</summary>
    public static SyntaxNode Place(IInvocationOperation question)
    {
        var name = question.CalledName();
        var lines = name.SyntaxTree.GetText().Lines;
        return lines.IndexOf(name.SpanStart) == lines.IndexOf(question.Syntax.SpanStart) ? name : question.Syntax.DescendantNodes().FirstOrDefault(node => node is IdentifierNameSyntax && node.SpanStart == question.Syntax.SpanStart) ?? name;
    }

    // var earlier = await refunds.ListAsync(...); var total = earlier.Where(r => r.IsOpen).Sum(r => r.Amount);
    private static bool IsOverLoaded(IInvocationOperation sum)
    {
        IOperation source = sum;
        while (source is IInvocationOperation call && EntityFramework.Receiver(call) is { } receiver)
            source = receiver;
        return source is ILocalReferenceOperation local && Flow.InitialValue(local) is IInvocationOperation loaded && IsOfStore(loaded);
    }

    /// <summary>The condition that decides by the answer: it refuses what is there already, or adds what is not.</summary>
    public static IOperation? DecisionOf(IInvocationOperation question, QuestionKind kind)
    {
        var value = Outermost(question);
        if (value.Parent is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } })
        {
            var choice = ChoiceOn(question, local);
            // var left = payment.Amount - refunded; if (amount > left) throw ...
            if (choice is null && kind == QuestionKind.Sum && RestOf(question, local) is { } rest)
                (choice, local) = (ChoiceOn(question, rest), rest);
            return choice is not null && Decides(choice, choice.Condition.DescendantsAndSelf().First(part => part is ILocalReferenceOperation { Local: var used } && SymbolEqualityComparer.Default.Equals(used, local)), kind) ? choice.Condition : null;
        }
        return value.Ancestors().OfType<IConditionalOperation>().FirstOrDefault() is { Syntax: IfStatementSyntax } direct && direct.Condition.Syntax.Span.Contains(value.Syntax.Span) && Decides(direct, value, kind) ? direct.Condition : null;
    }

    private static IConditionalOperation? ChoiceOn(IInvocationOperation question, ILocalSymbol local) => question.EnclosingFunction().DescendantsInFunction().OfType<IConditionalOperation>()
        .FirstOrDefault(each => each.Syntax is IfStatementSyntax && each.Syntax.SpanStart > question.Syntax.SpanStart && each.Condition.Mentions(local));

    private static ILocalSymbol? RestOf(IInvocationOperation question, ILocalSymbol sum) => question.EnclosingFunction().DescendantsInFunction().OfType<IVariableDeclaratorOperation>()
        .FirstOrDefault(each => each.Syntax.SpanStart > question.Syntax.SpanStart && each.GetVariableInitializer()?.Value.WithoutConversions() is IBinaryOperation { OperatorKind: BinaryOperatorKind.Subtract } difference && difference.Mentions(sum))?.Symbol;

    private static readonly HashSet<string> Booking = Words.SetOf("create book reserve register place open schedule add make");

    private static readonly HashSet<string> Refusing = Words.SetOf("conflict conflicts conflicting overlap overlaps overlapping exists booked taken");

    /// <summary>What a method makes and hands to its caller to add: <c>BookAsync</c> answers the booking; null where it makes nothing.</summary>
    public static ITypeSymbol? Makes(IInvocationOperation question, ISymbol member) => member is IMethodSymbol method && Words.Of(method.Name) is [var verb, ..] && Booking.Contains(verb) && Words.ContainAny(question.TargetMethod.Name, Refusing)
        && method.ReturnType.AwaitedType() is INamedTypeSymbol { TypeKind: TypeKind.Class, SpecialType: SpecialType.None } made && StoredRows.IsKept(made)
        && question.EnclosingFunction().DescendantsInFunction().Any(operation => operation is IReturnOperation { ReturnedValue: { } returned } && SymbolEqualityComparer.Default.Equals(returned.WithoutConversions().Type, made) && IsNew(returned)) ? made : null;

    /// <summary>What the call adds to the store that was asked; null where it adds nothing, or something else.</summary>
    public static ITypeSymbol? Adds(IInvocationOperation call, IInvocationOperation question)
    {
        if (Words.Of(call.TargetMethod.Name) is not [var verb, ..] || !Adding.Contains(verb) || call.Arguments.IsEmpty || !IsOfStore(call) && !IsSession(call))
            return null;
        var asked = Subject(question);
        foreach (var argument in call.Arguments)
        {
            if (argument.Value.WithoutConversions().Type is not INamedTypeSymbol { TypeKind: TypeKind.Class, SpecialType: SpecialType.None } type || !IsNew(argument.Value))
                continue;
            if (SymbolEqualityComparer.Default.Equals(type, asked) || asked is null && Root(question) is { } store && SymbolEqualityComparer.Default.Equals(store, Root(call)) && !Words.ContainAny(type.Name, Messages))
                return type;
        }
        return null;
    }

    /// <summary>The query for the last or the number of what is there, that the value was made from; else null.</summary>
    public static IInvocationOperation? LastOf(IOperation value, Persistence persistence, int hops = 3)
    {
        foreach (var part in value.DescendantsAndSelf())
        {
            switch (part)
            {
                case IInvocationOperation { TargetMethod.Name: "Max" or "MaxAsync" or "Count" or "CountAsync" or "LongCountAsync" } call when IsOfStore(call) && persistence.Of(call).HasFlag(DataReach.Query):
                    return call;
                case IInvocationOperation { TargetMethod.Name: "FirstOrDefault" or "FirstOrDefaultAsync" or "First" or "FirstAsync" or "LastOrDefault" or "LastOrDefaultAsync" } call when persistence.Of(call).HasFlag(DataReach.Query)
                    && call.Syntax.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name => name.Identifier.ValueText is "OrderByDescending" or "OrderBy"):
                    return call;
                case ILocalReferenceOperation local when hops > 0 && Flow.InitialValue(local) is { } initial && LastOf(initial, persistence, hops - 1) is { } found:
                    return found;
            }
        }
        return null;
    }

    // Made here, not something that was there before.
    private static bool IsNew(IOperation value)
    {
        value = value.WithoutConversions();
        if (value is not ILocalReferenceOperation { Local: var local } reference)
            return IsMaking(value);
        return Flow.InitialValue(reference) is { } initial && IsMaking(initial) || reference.EnclosingFunction().DescendantsInFunction().Any(operation => operation is ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: var set }, Value: var given }
            && SymbolEqualityComparer.Default.Equals(set, local) && IsMaking(given.WithoutAwait()));
    }

    private static bool IsMaking(IOperation value) => value is IObjectCreationOperation || value is IInvocationOperation { TargetMethod: { IsStatic: true } or { Name: "Map" or "Adapt" } };

    private static readonly HashSet<string> Messages = Words.SetOf("request command query options dto model message event result response token");

    private static bool Decides(IConditionalOperation choice, IOperation answer, QuestionKind kind)
    {
        var condition = answer;
        var isThere = true;
        for (var parent = answer.Parent; parent is not null && parent != choice; condition = parent, parent = parent.Parent)
        {
            switch (parent)
            {
                case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not }:
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals, RightOperand: var right } when right.WithoutConversions().ConstantValue is { HasValue: true, Value: null or false }:
                case IIsPatternOperation { Pattern: IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: null or false } } }:
                    isThere = !isThere;
                    break;
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual or BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual }:
                    return kind == QuestionKind.Sum && Flow.Leaves(choice.WhenTrue);
                case IPropertyReferenceOperation:
                    return false;
            }
        }
        return kind == QuestionKind.Existence && condition is not null && (isThere ? Flow.Leaves(choice.WhenTrue) : !Flow.Leaves(choice.WhenTrue));
    }

    private static IOperation Outermost(IOperation call)
    {
        var value = call;
        while (value.Parent is IAwaitOperation or IConversionOperation or IParenthesizedOperation || value.Parent is IInvocationOperation { TargetMethod.Name: "ConfigureAwait" } || value.Parent is IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "ConfigureAwait" } })
            value = value.Parent;
        return value;
    }

    // The element of a query, or the class that a look-up answers.
    private static ITypeSymbol? Subject(IInvocationOperation question)
    {
        if (question.Type.AwaitedType() is { IsReferenceType: true, SpecialType: SpecialType.None } answer)
            return answer;
        var element = EntityFramework.Receiver(question)?.Type as INamedTypeSymbol;
        while (element is not null && element.TypeArguments.IsEmpty)
            element = element.BaseType;
        return element?.TypeArguments is [{ TypeKind: TypeKind.Class, SpecialType: SpecialType.None } record] ? record : null;
    }

    private static bool IsOfStore(IInvocationOperation call)
    {
        var receiver = EntityFramework.Receiver(call);
        if (receiver is null or IInstanceReferenceOperation || receiver.Type?.Name is "UserManager" or "RoleManager" or "SignInManager" or "IMemoryCache" or "IConfiguration")
            return false;
        if (EntityFramework.IsSet(receiver.Type) || EntityFramework.IsContext(receiver.Type) || receiver.Type?.Name is "IQueryable" or "IMongoCollection" or "IDocumentSession" or "IMartenQueryable" or "IOrderedQueryable" or "IIncludableQueryable")
            return true;
        return receiver.Type is { } type && Words.Of(type.Name) is { IsEmpty: false } words && Stores.Contains(words[words.Length - 1]) && receiver.WithoutConversions() is IFieldReferenceOperation or IPropertyReferenceOperation or IParameterReferenceOperation;
    }

    // session.Store(order) of Marten and RavenDB.
    private static bool IsSession(IInvocationOperation call) => call.Instance?.Type?.Name is { } name && name.EndsWith("DocumentSession", StringComparison.Ordinal);

    private static ISymbol? Root(IInvocationOperation call) => EntityFramework.Receiver(call)?.ReferencedSymbol();
}
