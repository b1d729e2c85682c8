namespace RiskAnalyzers.Language;

/// <summary>Members that a broker calls with a message: of MassTransit, NServiceBus, CAP, Dapr, functions with triggers, and contracts of the product's own that are named as such.</summary>
internal static class MessageConsumers
{
    private static readonly HashSet<string> Contracts = Words.SetOf("IConsumer IHandleMessages IIntegrationEventHandler IMessageHandler ICapSubscribe IJobConsumer IIntegrationMessageHandler IMessageConsumer");

    private static readonly HashSet<string> Triggers = Words.SetOf("TopicAttribute CapSubscribeAttribute");

    /// <summary>Whether the method is given the messages of a broker.</summary>
    public static bool Are(IMethodSymbol method) => method.GetAttributes().Any(attribute => attribute.AttributeClass is { } type && Triggers.Contains(type.Name))
        || method.Parameters.Any(parameter => parameter.GetAttributes().Any(attribute => attribute.AttributeClass is { } type && IsTrigger(type.Name)))
        || method.Name is "Consume" or "Handle" or "HandleAsync" or "ConsumeAsync" && method.Parameters.Length > 0 && (Promises(method.ContainingType) || method.Parameters[0].Type.Name is "ConsumeContext");

    private static bool IsTrigger(string attribute) => attribute.EndsWith("TriggerAttribute", StringComparison.Ordinal) && !attribute.StartsWith("Http", StringComparison.Ordinal) && !attribute.StartsWith("Timer", StringComparison.Ordinal);

    // By syntax too: the library of the broker may be missing.
    private static bool Promises(INamedTypeSymbol type) => type.AllInterfaces.Any(contract => Contracts.Contains(contract.Name))
        || type.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax() is TypeDeclarationSyntax { BaseList.Types: var bases } && bases.Any(each => each.Type is GenericNameSyntax { Identifier.ValueText: var name } && Contracts.Contains(name)));
}
