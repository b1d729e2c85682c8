using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Resilience;

/// <summary>A thread that stands still until a task, a lock or a clock lets it go on: <c>.Result</c>, <c>.Wait()</c>, <c>Thread.Sleep</c>.</summary>
internal sealed class BlockingWait : RiskRule
{
    private const string AwaitInstead = "make it async and await it";

    private static readonly HashSet<string> Waits = Words.SetOf("Wait WaitAll WaitAny GetResult Sleep SpinUntil WaitOne SaveChanges RunSynchronously RunSync");

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK5010",
        title: "A thread is blocked until a task is done",
        message: "'{0}' blocks its thread while it waits: under load no thread is left to finish what it waits for, and the whole service stands still; {1}",
        why: "A blocked request thread does nothing and is not given back. In a rush all threads wait for tasks that need a thread to end, and a shop that was only slow stops answering.");

    public BlockingWait() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        on.Operation(CheckResult, OperationKind.PropertyReference);
        on.Operation(CheckCall, OperationKind.Invocation);
    }

    private static void CheckResult(OperationVisit visit)
    {
        var result = (IPropertyReferenceOperation)visit.Operation;
        if (result is not { Property: { Name: "Result", ContainingType: { Name: "Task" or "ValueTask", ContainingNamespace.Name: "Tasks" } }, Instance: { } task }
            || IsExcused(visit) || CompletedTasks.Contain(task, result))
            return;
        visit.Report(result, NameOf(task) + ".Result", Advice(visit));
    }

    private static void CheckCall(OperationVisit visit)
    {
        var call = (IInvocationOperation)visit.Operation;
        if (!Waits.Contains(call.TargetMethod.Name) || !Blocks(call, visit) || IsExcused(visit))
            return;
        var isSleep = call.TargetMethod.Name == "Sleep";
        var name = call.Instance is null ? call.TargetMethod.ContainingType.Name + "." + call.TargetMethod.Name : NameOf(TaskOf(call)!) + "." + call.TargetMethod.Name;
        visit.Report(call, name, isSleep ? "await Task.Delay" : Advice(visit));
    }

    private static bool Blocks(IInvocationOperation call, OperationVisit visit)
    {
        var isAsync = call.FunctionSymbol(visit.Member) is { IsAsync: true };
        return (call.TargetMethod.ContainingType?.Name, call.TargetMethod.Name) switch
        {
            ("Task", "Wait" or "RunSynchronously") => call.Instance is { } task && !CompletedTasks.Contain(task, call),
            ("Task", "WaitAll" or "WaitAny") => true,
            ("TaskAwaiter" or "ValueTaskAwaiter" or "ConfiguredTaskAwaiter" or "ConfiguredValueTaskAwaiter", "GetResult") => TaskOf(call) is { } awaited && !CompletedTasks.Contain(awaited, call),
            // A pause of nothing gives the thread away.
            ("Thread", "Sleep") => call.Arguments is [{ Value: var time }] && !time.IsConstant(0),
            ("SpinWait", "SpinUntil") => true,
            ("SemaphoreSlim" or "ManualResetEventSlim" or "CountdownEvent" or "WaitHandle", "Wait" or "WaitOne") => isAsync && !call.Arguments.Any(argument => argument.Value.IsConstant(0)),
            (_, "RunSync") => call.Arguments.Any(argument => argument.Value.WithoutConversions() is IDelegateCreationOperation),
            (_, "SaveChanges") => isAsync && EntityFramework.IsContext(call.Instance?.Type) && !IsTheOtherWay(call),
            _ => false,
        };
    }

    // async ? await db.SaveChangesAsync() : db.SaveChanges() serves callers of both kinds.
    private static bool IsTheOtherWay(IOperation call) => call.Ancestors().TakeWhile(ancestor => ancestor is not IBlockOperation { Parent: not IConditionalOperation })
        .Any(ancestor => ancestor is IConditionalOperation choice && choice.Descendants().Any(operation => operation is IInvocationOperation { TargetMethod.Name: "SaveChangesAsync" }));

    // What the call waits for: the task behind GetAwaiter and ConfigureAwait.
    private static IOperation? TaskOf(IInvocationOperation call)
    {
        var task = call.Instance?.WithoutConversions();
        while (task is IInvocationOperation { Instance: { } inner, TargetMethod.Name: "GetAwaiter" or "ConfigureAwait" or "AsTask" })
            task = inner.WithoutConversions();
        return task;
    }

    private static bool IsExcused(OperationVisit visit) => visit.Operation.EnclosingFunction() switch
    {
        // A thread of its own, or work that is done once when the shop starts.
        IAnonymousFunctionOperation { Parent: IDelegateCreationOperation { Parent: IArgumentOperation { Parent: { } taker } } } => taker is IObjectCreationOperation { Type.Name: "Thread" }
            or IInvocationOperation { TargetMethod.Name: "AddSingleton" or "TryAddSingleton" },
        ILocalFunctionOperation or IAnonymousFunctionOperation => false,
        _ => visit.Member is IMethodSymbol { MethodKind: MethodKind.StaticConstructor } || IsAtStart(visit) || visit.Member is IMethodSymbol { MethodKind: MethodKind.Destructor } or IMethodSymbol { Name: "Dispose" } or IMethodSymbol { IsStatic: true, Name: "Main" or WellKnownMemberNames.TopLevelStatementsEntryPointMethodName },
    };

    // The constructor of something that may be made once loads its certificate: it is registered in another project, which this one cannot see.
    private static bool LoadsOnce(OperationVisit visit) => visit.Member is IMethodSymbol { MethodKind: MethodKind.Constructor, ContainingType: var type } && Awaited(visit.Operation) is IInvocationOperation { TargetMethod.IsStatic: true } && !SharedTypes.ArePerRequest(type, visit.Compilation);

    private static IOperation? Awaited(IOperation wait) => wait switch
    {
        IPropertyReferenceOperation { Instance: { } task } => task.WithoutConversions(),
        IInvocationOperation call => TaskOf(call),
        _ => null,
    };

    // LoadArgs(IConfiguration): what reads the settings does so before anybody comes.
    private static bool ReadsSettings(ISymbol member) => member is IMethodSymbol { MethodKind: MethodKind.Ordinary, Parameters: var parameters } && parameters.Any(parameter => parameter.Type.Name is "IConfiguration" or "IConfigurationRoot" or "IServiceCollection" or "IApplicationBuilder" or "WebApplication" or "WebApplicationBuilder" or "IHostBuilder");

    private static readonly HashSet<string> StartWords = Words.SetOf("seed seeder seeding installation installer bootstrapper migrator swagger openapi");

    // A singleton is made once; demo data is laid in before anybody comes; the description of the API is written once.
    private static bool IsAtStart(OperationVisit visit) => visit.Member.ContainingType is { } type
        && (LoadsOnce(visit) || ReadsSettings(visit.Member) || visit.Member is IMethodSymbol { MethodKind: MethodKind.Constructor } && SharedTypes.AreShared(type, visit.Compilation) || Words.ContainAny(type.Name, StartWords)
            || type.AllInterfaces.Any(contract => contract.Name is "IOperationFilter" or "IDocumentFilter" or "ISchemaFilter"));

    private static string Advice(OperationVisit visit) => visit.Operation.FunctionSymbol(visit.Member) is { IsAsync: true } ? "await it" : AwaitInstead;

    private static string NameOf(IOperation task) => task.WithoutConversions() switch
    {
        IInvocationOperation call => call.TargetMethod.Name + "()",
        var other => other.ReferencedSymbol()?.Name ?? other.Type?.Name ?? "task",
    };
}
