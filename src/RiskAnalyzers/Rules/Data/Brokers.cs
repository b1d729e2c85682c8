using System.Runtime.CompilerServices;
using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Data;

/// <summary>Events that go to a broker, and what keeps them until they have gone.</summary>
internal static class Brokers
{
    private static readonly ConditionalWeakTable<Compilation, object> Outboxes = new();

    private static readonly ConditionalWeakTable<Compilation, object> Waiting = new();

    private static readonly HashSet<string> Publishers = Words.SetOf("bus messenger broker producer messaging dapr kafka rabbitmq rabbit servicebus");

    private static readonly string[] OutboxSigns = { "Outbox", "outbox", "IntegrationEventLog", "ICapPublisher", "PersistMessages", "AddCap(" };

    /// <summary>
    /// <c>bus.PublishAsync(...)</c>, <c>publishEndpoint.Publish(...)</c>, <c>sender.SendMessageAsync(...)</c>: to a broker. A publisher of events may call handlers in the process.
    /// </summary>
    public static bool Publishes(IInvocationOperation call) => call.Type?.Name is "Task" or "ValueTask" && Words.Of(call.TargetMethod.Name) is ["publish" or "produce", ..] or ["send", "message", ..] or ["send", "event", ..]
        && (call.TargetMethod.ContainingType is { Name: var type } && type is not ("IMediator" or "IPublisher" or "Mediator") && (Words.ContainAny(type, Publishers) || type is "ServiceBusSender" or "IPublishEndpoint" or "ISendEndpoint")
            || call.Instance?.ReferencedSymbol() is { } receiver && Words.ContainAny(receiver.Name, Publishers));

    /// <summary>Whether events are written with the change and outlive the process.</summary>
    public static bool HasOutbox(Compilation compilation) => (bool)Outboxes.GetValue(compilation, each => (object)each.SyntaxTrees.Any(Keeps));

    /// <summary>Whether events wait for the change, be it in memory.</summary>
    public static bool WaitsInOutbox(Compilation compilation) => (bool)Waiting.GetValue(compilation, each => (object)each.SyntaxTrees.Any(tree => TextSearch.ContainsAny(tree, OutboxSigns)));

    // What waits in memory for a consumer to end is gone with the process.
    private static bool Keeps(SyntaxTree tree) => TextSearch.ContainsAny(tree, OutboxSigns) && (!TextSearch.Contains(tree, "InMemoryOutbox") || Array.Exists(OutboxSigns, tree.GetText().ToString().Replace("InMemoryOutbox", "").Contains));
}
