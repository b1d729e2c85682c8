namespace RiskAnalyzers.Language;

/// <summary>Questions about operations that many rules ask.</summary>
internal static class Operations
{
    /// <summary>The operation without conversions, parentheses and, as the compiler nests them, checked contexts around it.</summary>
    public static IOperation WithoutConversions(this IOperation operation)
    {
        while (true)
        {
            switch (operation)
            {
                case IConversionOperation { OperatorMethod: null } conversion:
                    operation = conversion.Operand;
                    break;
                case IParenthesizedOperation parenthesized:
                    operation = parenthesized.Operand;
                    break;
                default:
                    return operation;
            }
        }
    }

    /// <summary>The operation that produces the value: without conversions, parentheses, <c>await</c>, <c>ConfigureAwait</c> and <c>.Result</c>-like waits.</summary>
    public static IOperation WithoutAwait(this IOperation operation)
    {
        while (true)
        {
            operation = operation.WithoutConversions();
            switch (operation)
            {
                case IAwaitOperation awaited:
                    operation = awaited.Operation;
                    break;
                case IInvocationOperation { Instance: { } task, TargetMethod.Name: "ConfigureAwait" or "AsTask" or "WaitAsync" or "GetAwaiter" or "GetResult" }:
                    operation = task;
                    break;
                case IPropertyReferenceOperation { Instance: { } task, Property: { Name: "Result", ContainingType.Name: "Task" or "ValueTask" } }:
                    operation = task;
                    break;
                default:
                    return operation;
            }
        }
    }

    /// <summary>What an answer is made of: without <c>await</c>, and without the conversions of a type's own by which <c>ActionResult&lt;T&gt;</c> and results take values and errors over.</summary>
    public static IOperation AsAnswered(this IOperation operation)
    {
        operation = operation.WithoutAwait();
        while (operation is IConversionOperation { Operand: var operand })
            operation = operand.WithoutAwait();
        return operation;
    }

    /// <summary>The local, parameter, field, property, event or method that the operation names, or null.</summary>
    public static ISymbol? ReferencedSymbol(this IOperation? operation) => operation?.WithoutConversions() switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IMemberReferenceOperation member => member.Member,
        IInvocationOperation invocation => invocation.TargetMethod,
        IConditionalAccessOperation conditional => ReferencedSymbol(conditional.WhenNotNull),
        IDeclarationExpressionOperation declaration => ReferencedSymbol(declaration.Expression),
        IVariableDeclaratorOperation declarator => declarator.Symbol,
        _ => null,
    };

    /// <summary>What receives the value: the assigned or initialised symbol, the parameter it is passed to, or the member that returns it; null where it is used otherwise.</summary>
    public static ISymbol? Target(this IOperation value, ISymbol member)
    {
        var parent = value.Parent;
        while (parent is IConversionOperation or IParenthesizedOperation or IAwaitOperation or ICoalesceOperation or IConditionalOperation { Syntax: ConditionalExpressionSyntax } or ISwitchExpressionArmOperation or ISwitchExpressionOperation)
        {
            value = parent;
            parent = parent.Parent;
        }
        return parent switch
        {
            IAssignmentOperation assignment when assignment.Value == value => assignment.Target.ReferencedSymbol(),
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } => declarator.Symbol,
            IPropertyInitializerOperation { InitializedProperties: [var property, ..] } => property,
            IFieldInitializerOperation { InitializedFields: [var field, ..] } => field,
            IArgumentOperation argument => argument.Parameter,
            IReturnOperation => FunctionOf(parent, member),
            IAnonymousObjectCreationOperation => null,
            _ => null,
        };
    }

    /// <summary>The name in a call, where a finding about the call stands; the whole call where it has none before a dot.</summary>
    public static SyntaxNode CalledName(this IOperation call) => call.Syntax is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name: var name } } ? name : call.Syntax;

    /// <summary>The operation's ancestors, nearest first.</summary>
    public static IEnumerable<IOperation> Ancestors(this IOperation operation)
    {
        for (var ancestor = operation.Parent; ancestor is not null; ancestor = ancestor.Parent)
            yield return ancestor;
    }

    /// <summary>The nearest ancestor of a kind, within the same body.</summary>
    public static TOperation? Ancestor<TOperation>(this IOperation operation)
        where TOperation : class, IOperation
    {
        for (var ancestor = operation.Parent; ancestor is not null; ancestor = ancestor.Parent)
        {
            if (ancestor is TOperation found)
                return found;
        }
        return null;
    }

    /// <summary>The innermost lambda or local function around the operation, else the whole body.</summary>
    public static IOperation EnclosingFunction(this IOperation operation)
    {
        var root = operation;
        for (var ancestor = operation.Parent; ancestor is not null; ancestor = ancestor.Parent)
        {
            if (ancestor is IAnonymousFunctionOperation or ILocalFunctionOperation)
                return ancestor;
            root = ancestor;
        }
        return root;
    }

    /// <summary>The whole body, or initialiser, that the operation is a part of.</summary>
    public static IOperation WholeBody(this IOperation operation)
    {
        while (operation.Parent is { } parent)
            operation = parent;
        return operation;
    }

    /// <summary>The method, accessor, lambda or local function that runs the operation; null in an initialiser.</summary>
    public static IMethodSymbol? FunctionSymbol(this IOperation operation, ISymbol member) => operation.EnclosingFunction() switch
    {
        ILocalFunctionOperation function => function.Symbol,
        IAnonymousFunctionOperation lambda => lambda.Symbol,
        _ => member as IMethodSymbol,
    };

    /// <summary>What a reader calls the code that runs the operation: the local function around it, else the member.</summary>
    public static string FunctionName(this IOperation operation, ISymbol member) => operation.EnclosingFunction() is ILocalFunctionOperation function ? function.Symbol.Name : member.ReadableName();

    /// <summary>The function that declares the local, seen from one of its uses: all that can be said about the local stands in it.</summary>
    public static IOperation ScopeOf(this IOperation use, ILocalSymbol local)
    {
        var root = use;
        for (var ancestor = use.Parent; ancestor is not null; ancestor = ancestor.Parent)
        {
            root = ancestor;
            if (ancestor is IAnonymousFunctionOperation or ILocalFunctionOperation && local.DeclaringSyntaxReferences.Any(reference => reference.SyntaxTree == ancestor.Syntax.SyntaxTree && ancestor.Syntax.Span.Contains(reference.Span)))
                break;
        }
        return root;
    }

    /// <summary>Everything under the operation and itself, without the bodies of lambdas and local functions.</summary>
    public static IEnumerable<IOperation> DescendantsInFunction(this IOperation operation) =>
        operation.Parent is null || operation is IAnonymousFunctionOperation or ILocalFunctionOperation ? Recent.Of(operation) : WalkFunction(operation);

    /// <summary>
    /// The functions that a thread walked last: most rules that find something in a function look through all of it, one after the other. Few are kept, and
    /// weakly: a table of all would be dear to every collection of garbage.
    /// </summary>
    private sealed class Recent
    {
        private const int Kept = 8;

        [ThreadStatic]
        private static Recent? _ofThread;

        private readonly WeakReference<IOperation>?[] _functions = new WeakReference<IOperation>?[Kept];
        private readonly WeakReference<IOperation[]>?[] _walked = new WeakReference<IOperation[]>?[Kept];
        private int _next;

        public static IOperation[] Of(IOperation function) => (_ofThread ??= new()).Find(function);

        private IOperation[] Find(IOperation function)
        {
            for (var i = 0; i < Kept; i++)
            {
                if (_functions[i] is { } kept && kept.TryGetTarget(out var known) && known == function && _walked[i]!.TryGetTarget(out var walked))
                    return walked;
            }
            var fresh = WalkFunction(function).ToArray();
            if (_functions[_next] is { } place)
            {
                place.SetTarget(function);
                _walked[_next]!.SetTarget(fresh);
            }
            else
            {
                _functions[_next] = new(function);
                _walked[_next] = new(fresh);
            }
            _next = (_next + 1) % Kept;
            return fresh;
        }
    }

    private static IEnumerable<IOperation> WalkFunction(IOperation operation)
    {
        var pending = new Stack<IOperation>(32);
        pending.Push(operation);
        while (pending.Count > 0)
        {
            var current = pending.Pop();
            yield return current;
            if (current != operation && current is IAnonymousFunctionOperation or ILocalFunctionOperation)
                continue;
            foreach (var child in current.ChildOperations.Reverse())
                pending.Push(child);
        }
    }

    /// <summary>Whether anything under the operation, or itself, reads or writes the symbol.</summary>
    public static bool Mentions(this IOperation operation, ISymbol symbol)
    {
        foreach (var descendant in operation.DescendantsAndSelf())
        {
            if (descendant is ILocalReferenceOperation or IParameterReferenceOperation or IMemberReferenceOperation
                && SymbolEqualityComparer.Default.Equals(descendant.ReferencedSymbol(), symbol))
                return true;
        }
        return false;
    }

    /// <summary>Whether the operation is what an assignment sets.</summary>
    public static bool IsAssigned(this IOperation operation) => operation.Parent is IAssignmentOperation assignment && assignment.Target == operation;

    /// <summary>Whether the operation is the constant number.</summary>
    public static bool IsConstant(this IOperation operation, decimal number) => operation.ConstantNumber() == number;

    /// <summary>Whether the operation is the constant <c>true</c> or <c>false</c>.</summary>
    public static bool IsConstant(this IOperation operation, bool value) => operation.WithoutConversions().ConstantValue is { HasValue: true, Value: bool constant } && constant == value;

    /// <summary>Whether the operation is the constant <c>null</c>.</summary>
    public static bool IsNull(this IOperation operation) => operation.WithoutConversions().ConstantValue is { HasValue: true, Value: null };

    /// <summary>Whether the operation is <c>null</c> or an empty text.</summary>
    public static bool IsNullOrEmpty(this IOperation operation) => operation.WithoutConversions().ConstantValue is { HasValue: true, Value: null or "" };

    /// <summary>The operation's constant value as a number, or null where it is none.</summary>
    public static decimal? ConstantNumber(this IOperation operation)
    {
        var value = operation.ConstantValue is { HasValue: true } constant ? constant : operation.WithoutConversions().ConstantValue;
        return value is { HasValue: true, Value: var number }
            ? number switch
            {
                int i => i,
                long l => l,
                short s => s,
                byte b => b,
                uint u => u,
                decimal m => m,
                double d when Math.Abs(d) < 1e15 => (decimal)d,
                float f when Math.Abs(f) < 1e15f => (decimal)f,
                _ => null,
            }
            : null;
    }

    private static ISymbol FunctionOf(IOperation operation, ISymbol member) => operation.EnclosingFunction() switch
    {
        ILocalFunctionOperation function => function.Symbol,
        IAnonymousFunctionOperation lambda => lambda.Symbol,
        _ => member is IMethodSymbol { AssociatedSymbol: { } associated } ? associated : member,
    };
}
