using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Accounts;

/// <summary>A token, code or password made from <c>Random</c>, a GUID or the clock: whoever knows the recipe makes the next one.</summary>
internal sealed class PredictableToken : RiskRule
{
    private const int MostHops = 2;

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK3001",
        title: "A secret made from a predictable source",
        message: "'{0}' is made from {1}; {2}",
        why: "Who can guess the token needs no password. Random repeats its sequence, the clock is known to everyone, and a GUID promises to be unique, not secret.");

    public PredictableToken() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        var random = on.Type("System.Random");
        on.Operation(visit => CheckCall(visit, random), OperationKind.Invocation);
        on.Operation(CheckClock, OperationKind.PropertyReference);
    }

    private static void CheckCall(OperationVisit visit, INamedTypeSymbol? random)
    {
        var call = (IInvocationOperation)visit.Operation;
        var (method, type) = (call.TargetMethod, call.TargetMethod.ContainingType);
        switch (method.Name)
        {
            case "NewGuid" or "CreateVersion7" when type.Name == "Guid":
                Report(visit, call, "a GUID", TokenSinks.NameOf(call, visit, MostHops));
                break;
            case "Next" or "NextInt64" or "NextDouble" or "NextBytes" or "GetItems" when type.Is(random):
                CheckRandom(visit, call);
                break;
            case "GetTimestamp" when type.Name == "Stopwatch":
            case "ToUnixTimeSeconds" or "ToUnixTimeMilliseconds" or "ToBinary" or "ToFileTime" or "ToFileTimeUtc" when type.Name is "DateTimeOffset" or "DateTime":
                Report(visit, call, "the clock", TokenSinks.NameOf(call, visit, MostHops, ofClock: true));
                break;
        }
    }

    private static void CheckRandom(OperationVisit visit, IInvocationOperation call)
    {
        var function = call.EnclosingFunction();
        while (function is IAnonymousFunctionOperation)
            function = function.Parent!.EnclosingFunction();
        var maker = function is ILocalFunctionOperation local ? local.Symbol : visit.Member as IMethodSymbol;
        // Loops and builders hide the way from the digits to the result; the name of the function says it as well.
        if (maker is not null && TokenSinks.IsMaker(maker) && !IsPause(call))
        {
            if (IsFirst(call, function))
                Report(visit, call, "System.Random", maker.Name);
            return;
        }
        var token = TokenSinks.NameOf(call, visit, MostHops);
        if (token is null && IsFirst(call, function) && !IsPause(call) && DrawnNumbers.NameOf(call, function, maker) is { } number)
            visit.Report(call, number, "System.Random alone", "after a few hundred two are the same, and a stranger finds others' by trying; take it from a sequence, or from RandomNumberGenerator with enough digits and a unique index");
        else
            Report(visit, call, "System.Random", token);
    }

    private static void CheckClock(OperationVisit visit)
    {
        var property = ((IPropertyReferenceOperation)visit.Operation).Property;
        // What hashes and encodings make of the time is as well known as the time.
        if (property is { Name: "Now" or "UtcNow", ContainingType.Name: "DateTime" or "DateTimeOffset" } && visit.Operation.Parent is IInvocationOperation { TargetMethod.Name: "ToString" } or IInterpolationOperation or IConversionOperation
            || property.Name is "Ticks" && property.ContainingType.Name is "DateTime" or "DateTimeOffset" || property.Name is "TickCount" or "TickCount64" && property.ContainingType.Name == "Environment")
            Report(visit, visit.Operation, "the clock", TokenSinks.NameOf(visit.Operation, visit, MostHops, ofClock: true));
    }

    private static void Report(OperationVisit visit, IOperation source, string origin, string? token)
    {
        if (token is null)
            return;
        var whole = source.Parent is IInvocationOperation { TargetMethod.Name: "ToString" } text && text.Instance == source ? text : source;
        visit.Report(whole, token, origin, "which is not made to be unguessable: use RandomNumberGenerator");
    }

    // One line of a generator is enough to read all of it.
    private static bool IsFirst(IInvocationOperation call, IOperation function) =>
        function.DescendantsAndSelf().FirstOrDefault(other => other == call || other is IInvocationOperation { TargetMethod.ContainingType.Name: "Random" }) == call;

    private static bool IsPause(IOperation call) => call.Ancestors().Any(ancestor => ancestor is IInvocationOperation { TargetMethod.Name: "Delay" or "Sleep" or "FromMilliseconds" or "FromSeconds" });
}
