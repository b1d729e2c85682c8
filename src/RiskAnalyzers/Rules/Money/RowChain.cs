using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Money;

/// <summary>The calls and locals that rows of a store came through before somebody counts them.</summary>
internal sealed class RowChain
{
    private const int Most = 16;

    // A member that gives the rows of one kind says so: GetPaidOrdersAsync, ListOutstandingAsync.
    private static readonly HashSet<string> Chosen = Words.SetOf("paid completed confirmed delivered status statuses active settled successful succeeded outstanding open unpaid overdue valid verified pending captured refunded cancelled canceled");

    private static readonly HashSet<string> Askers = Words.SetOf("repository repo repositories store dao service context db session client");

    private readonly List<IOperation> _asked = new();
    private readonly List<string> _names = new();
    private readonly HashSet<ISymbol> _seen = new(SymbolEqualityComparer.Default);
    private readonly IOperation _body;
    private bool _isStored;
    private bool _isHandedIn;

    public RowChain(IOperation rows, IOperation body)
    {
        _body = body;
        Follow(rows);
    }

    /// <summary>Whether the rows come from a store, or from what a stored record holds, and nobody else has chosen them.</summary>
    public bool IsStored => _isStored && !_isHandedIn;

    /// <summary>What the rows were on the way: orders before <c>SelectMany(o => o.Lines)</c>.</summary>
    public List<ITypeSymbol> Rows { get; } = new();

    /// <summary>Whether a call on the way asks in what state the records are.</summary>
    public bool AsksFor(CalledOff record) => _names.Any(name => Words.ContainAny(name, Chosen)) || _asked.Any(argument => argument.DescendantsAndSelf().Any(part => record.IsAsked(part)
        || part is IObjectCreationOperation { Type.Name: var made } && Words.ContainAny(made, Chosen)));

    private void Follow(IOperation? rows)
    {
        for (var steps = 0; rows is not null && steps < Most; steps++)
        {
            rows = rows.WithoutAwait();
            switch (rows)
            {
                case IInvocationOperation call:
                    _asked.AddRange(call.Arguments.Select(argument => argument.Value));
                    // ApplyStatusFilter(...), OnlyPaid(): an extension of the product's own may choose.
                    if (call.TargetMethod.IsExtensionMethod)
                        _names.Add(call.TargetMethod.Name);
                    if (call.TargetMethod is { Name: "SelectMany", TypeArguments: [var outer, ..] })
                        Rows.Add(outer);
                    if (EntityFramework.Receiver(call) is not { } receiver || receiver is IInstanceReferenceOperation)
                    {
                        _isHandedIn = true;
                        return;
                    }
                    // The last call of the chain is the one that asks the store.
                    if (receiver.WithoutAwait() is not IInvocationOperation && receiver.Type is { } asker && !EntityFramework.IsQueryable(asker) && Words.Of(asker.Name) is [.., var last] && Askers.Contains(last))
                    {
                        _names.Add(call.TargetMethod.Name);
                        _isStored = true;
                        return;
                    }
                    rows = receiver;
                    break;
                case ILocalReferenceOperation { Local: var local }:
                    if (!_seen.Add(local))
                        return;
                    _names.Add(local.Name);
                    foreach (var given in Given(local))
                        Follow(given);
                    return;
                // g of GroupBy(...).Select(g => ...), o of orders.Select(o => ...)
                case IParameterReferenceOperation { Parameter: { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.AnonymousFunction } } parameter }:
                    rows = Around(rows, parameter);
                    _isHandedIn |= rows is null;
                    break;
                case IPropertyReferenceOperation { Property: var member } when EntityFramework.IsQueryable(member.Type) || member.Type is INamedTypeSymbol { TypeArguments: [{ TypeKind: TypeKind.Class }] }:
                    _names.Add(member.Name);
                    _isStored = true;
                    return;
                case IFieldReferenceOperation { Field: { Name: var field, Type: var type } } when type is INamedTypeSymbol { TypeArguments: [{ TypeKind: TypeKind.Class }] }:
                    _names.Add(field);
                    _isStored = true;
                    return;
                case IConditionalAccessOperation access:
                    rows = access.Operation;
                    break;
                case IConditionalAccessInstanceOperation accessed:
                    rows = accessed.Ancestor<IConditionalAccessOperation>()?.Operation;
                    break;
                case ICoalesceOperation either:
                    rows = either.Value;
                    break;
                default:
                    _isHandedIn = true;
                    return;
            }
        }
    }

    private IEnumerable<IOperation> Given(ILocalSymbol local)
    {
        var isGiven = false;
        foreach (var operation in _body.Descendants())
        {
            var value = operation switch
            {
                IVariableDeclaratorOperation { Symbol: var declared } declarator when SymbolEqualityComparer.Default.Equals(declared, local) => declarator.GetVariableInitializer()?.Value,
                ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: var set }, Value: var given } when SymbolEqualityComparer.Default.Equals(set, local) => given,
                _ => null,
            };
            if (value is null)
                continue;
            isGiven = true;
            yield return value;
        }
        _isHandedIn |= !isGiven;
    }

    private static IOperation? Around(IOperation use, IParameterSymbol parameter) => use.Ancestors().OfType<IAnonymousFunctionOperation>().FirstOrDefault(lambda => SymbolEqualityComparer.Default.Equals(lambda.Symbol, parameter.ContainingSymbol))
        ?.Ancestor<IInvocationOperation>() is { } call ? EntityFramework.Receiver(call) : null;
}
