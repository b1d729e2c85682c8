using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Resilience;

/// <summary>A call to another service that may take as long as it likes: a client without a time-out, or with one that no customer outlasts.</summary>
internal sealed class UnboundedWait : RiskRule
{
    // Nobody waits a minute for a page.
    private const decimal TooLongSeconds = 60;

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK5005",
        title: "A call to another service has no useful time-out",
        message: "{0}: one slow service then holds every request that needs it until nothing is left to serve the others; {1}",
        why: "HttpClient waits 100 seconds unless told otherwise. When the payment provider is slow, requests pile up behind it and the whole shop goes down with it, though it could have said so after ten.");

    public UnboundedWait() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        on.Operation(CheckTimeout, OperationKind.SimpleAssignment);
        on.Operation(CheckProcess, OperationKind.Invocation);
        on.Operation(CheckMail, OperationKind.Invocation);
        if (on.Type("System.Net.Http.HttpClient") is not { } client)
            return;
        on.Operation(visit => CheckCreation(visit, client), OperationKind.ObjectCreation);
        on.Operation(visit => CheckCall(visit, client), OperationKind.Invocation);
    }

    private static void CheckCreation(OperationVisit visit, INamedTypeSymbol client)
    {
        var creation = (IObjectCreationOperation)visit.Operation;
        if (SymbolEqualityComparer.Default.Equals(creation.Type, client) && !IsSpare(creation) && !HttpClients.IsLimited(creation, visit.Member))
            visit.Report(creation, "'new HttpClient()' waits up to 100 seconds for an answer", "set Timeout to what a customer would wait");
    }

    // client ?? new HttpClient(): whoever made the client that is meant to be used knows its time-out.
    private static bool IsSpare(IOperation creation)
    {
        var value = creation;
        while (value.Parent is IConversionOperation)
            value = value.Parent;
        return value.Parent is ICoalesceOperation choice && choice.WhenNull == value && choice.Value.DescendantsAndSelf().Any(operation => operation is IParameterReferenceOperation or IInvocationOperation { TargetMethod.Name: "CreateClient" });
    }

    // process.WaitForExit(): a tool that asks for a password, or whose output nobody reads, never ends.
    private static void CheckProcess(OperationVisit visit)
    {
        var call = (IInvocationOperation)visit.Operation;
        if (call.TargetMethod is { Name: "WaitForExit" or "WaitForExitAsync", ContainingType: { Name: "Process", ContainingNamespace.Name: "Diagnostics" } } && call.Arguments.All(argument => argument.ArgumentKind == ArgumentKind.DefaultValue) && !RunsShell(call))
            visit.Report(call, $"'{call.TargetMethod.Name}' waits for another program without an end", "give it a limit, and kill the program when it is over");
    }

    // await smtp.ConnectAsync(host, port, options); within the request of whoever ordered.
    private static void CheckMail(OperationVisit visit)
    {
        var call = (IInvocationOperation)visit.Operation;
        if (call.TargetMethod is not { Name: "ConnectAsync" or "Connect" or "SendMailAsync" or "Send", ContainingType.Name: "SmtpClient" or "ISmtpClient" } || call.TargetMethod is { Name: "Send", ContainingType.ContainingNamespace.Name: not "Mail" })
            return;
        if (call.Arguments.Any(argument => argument.Parameter?.Type.Name == "CancellationToken" && argument.ArgumentKind != ArgumentKind.DefaultValue && !argument.Value.Syntax.ToString().EndsWith("None", StringComparison.Ordinal)))
            return;
        var isWaitedFor = call.TargetMethod.Name == "SendMailAsync";
        if (!isWaitedFor && visit.Body.DescendantsAndSelf().Any(operation => operation is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: { Name: "Timeout", ContainingType.Name: "SmtpClient" or "ISmtpClient" or "MailService" or "MailTransport" or "IMailService" } } }))
            return;
        visit.Report(call, $"'{call.TargetMethod.Name}' waits for the mail server {(isWaitedFor ? "as long as it takes, for it ignores Timeout" : "up to two minutes")}", isWaitedFor ? "pass a cancellation token with an end, and send outside of the request" : "set Timeout to seconds or pass a cancellation token, and send outside of the request");
    }

    private static readonly HashSet<string> Shells = new(StringComparer.OrdinalIgnoreCase) { "sh", "/bin/sh", "bash", "/bin/bash", "cmd", "cmd.exe", "id", "stat", "uname", "chmod", "whoami" };

    // FileName = "/bin/sh": a question to the machine itself is answered at once.
    private static bool RunsShell(IOperation call) => call.EnclosingFunction().DescendantsInFunction().Any(operation => operation is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: { Name: "FileName", ContainingType.Name: "ProcessStartInfo" } }, Value.ConstantValue: { HasValue: true, Value: string program } } && Shells.Contains(program));

    private static void CheckTimeout(OperationVisit visit)
    {
        var assignment = (ISimpleAssignmentOperation)visit.Operation;
        if (assignment.Target is not IPropertyReferenceOperation { Property: { Name: var name, ContainingType: { } type } } || !name.EndsWith("Timeout", StringComparison.Ordinal) && !name.EndsWith("TimeoutSeconds", StringComparison.Ordinal))
            return;
        var isEndless = TimeSpans.IsEndless(assignment.Value) || name == "CommandTimeout" && assignment.Value.IsConstant(0);
        var isTooLong = type.Name is "HttpClient" or "RestClientOptions" && TimeSpans.Seconds(assignment.Value) is >= TooLongSeconds;
        if ((isEndless || isTooLong) && !HttpClients.HasResilienceBeside(assignment))
            visit.Report(assignment, $"'{type.Name}.{name}' is {(isEndless ? "endless" : "longer than any customer waits")}", "set it to what a customer would wait");
    }

    private static void CheckCall(OperationVisit visit, INamedTypeSymbol client)
    {
        var call = (IInvocationOperation)visit.Operation;
        if (!DataLibraries.IsRemoteCall(call.TargetMethod.Name) || TokenForwarding.Slot(call) is null || EntityFramework.Receiver(call) is not { } receiver || !receiver.Type.Is(client)
            || HttpClients.IsLimited(call, receiver, visit.Member) || !HttpClients.AreUnlimitedFor(receiver, visit.Member.ContainingType, visit.Compilation))
            return;
        // Once a function: what it waits for is one decision.
        if (call.EnclosingFunction().DescendantsInFunction().FirstOrDefault(operation => operation is IInvocationOperation other && other.TargetMethod.Name == call.TargetMethod.Name && EntityFramework.Receiver(other)?.Type.Is(client) == true) is { } first && first != call)
            return;
        visit.Report(call, $"'{call.TargetMethod.Name}' gets no cancellation token and its client is registered without a time-out, so it waits up to 100 seconds", "set the client's Timeout, or add a resilience handler");
    }
}
