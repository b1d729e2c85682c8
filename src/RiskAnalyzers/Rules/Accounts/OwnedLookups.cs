using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Accounts;

/// <summary>Finds where an endpoint takes something that belongs to a customer by an id that the request brings.</summary>
internal sealed class OwnedLookups
{
    private static readonly HashSet<string> Framework = new("Ok NotFound BadRequest Created CreatedAtAction CreatedAtRoute View RedirectToAction Json File Content NoContent Accepted Problem PartialView RedirectToPage Page StatusCode".Split(' '), StringComparer.Ordinal);

    private static readonly HashSet<string> IdWords = new("id guid key uid number no reference code".Split(' '), StringComparer.Ordinal);

    private static readonly HashSet<string> Senders = new("Send SendAsync InvokeAsync Invoke Publish PublishAsync Request GetResponse Execute ExecuteAsync InvokeQueryAsync InvokeCommandAsync Dispatch DispatchAsync Query QueryAsync".Split(' '), StringComparer.Ordinal);

    private readonly RequestData _request;
    private readonly Reach _reach;
    private readonly Ownership _ownership;

    public OwnedLookups(CompilationFacts facts)
    {
        Endpoints = Endpoints.In(facts);
        _request = RequestData.In(facts);
        _reach = Reach.In(facts);
        _ownership = Ownership.In(facts);
    }

    public Endpoints Endpoints { get; }

    /// <summary>The first call that takes an owned thing by an id from the request; null where there is none.</summary>
    public (IInvocationOperation Place, string What, string Id)? First(IOperation code)
    {
        foreach (var operation in code.DescendantsAndSelf())
        {
            if (operation is IInvocationOperation call && !IsFramework(call) && !call.Ancestors().OfType<IInvocationOperation>().Any(Catches.IsLogCall) && IdIn(call) is { } id && WhatIs(call, id) is { } what)
                return (call, what, id);
        }
        return null;
    }

    /// <summary>Whether the code, or anything that it runs in this compilation, asks who calls or keeps other owners' rows out.</summary>
    public bool AsksWhoCalls(IOperation code)
    {
        foreach (var body in _reach.From(code))
        {
            var checks = Callers.In(body.Syntax);
            if ((checks & (CallerChecks.Identity | CallerChecks.Visitor | CallerChecks.Proof)) != 0)
                return true;
        }
        return _ownership.IsFilteredEverywhere;
    }

    private static bool IsFramework(IInvocationOperation call) => Framework.Contains(call.TargetMethod.Name) || Catches.IsLogCall(call)
        || call.TargetMethod.ContainingType is { } type && (type.SpecialType != SpecialType.None || type.Name is "Results" or "TypedResults" or "Guid" or "Convert" or "Enumerable" or "StringBuilder" or "Uri" or "Math")
        || call.TargetMethod.ContainingType?.Name.EndsWith("Controller", StringComparison.Ordinal) == true && call.Arguments.IsEmpty;

    // The id that goes into the call: as it is, in a predicate, or in the message that is sent.
    private string? IdIn(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            if (IdOf(argument.Value) is { } id)
                return id;
        }
        return null;
    }

    private string? IdOf(IOperation value)
    {
        value = value.WithoutConversions();
        switch (value)
        {
            case IObjectCreationOperation creation:
                return creation.Arguments.Select(argument => IdOf(argument.Value)).Concat(creation.Initializer?.Initializers.OfType<ISimpleAssignmentOperation>().Select(set => IdOf(set.Value)) ?? Enumerable.Empty<string?>()).FirstOrDefault(id => id is not null);
            case IArrayCreationOperation { Initializer: { } elements }:
                return elements.ElementValues.Select(IdOf).FirstOrDefault(id => id is not null);
            case IDelegateCreationOperation { Target: IAnonymousFunctionOperation predicate }:
                return IdInPredicate(predicate);
            case IAnonymousFunctionOperation predicate:
                return IdInPredicate(predicate);
            case ILocalReferenceOperation { Local: var local } when CreationOf(value, local) is { } created:
                return IdOf(created);
            default:
                return value.ReferencedSymbol() is { } symbol and not IMethodSymbol && IsId(symbol.Name, value.Type) && _request.Holds(value) ? symbol.Name : MessageId(value);
        }
    }

    // The request itself is the message: [FromRoute] GetOrderQuery query.
    private string? MessageId(IOperation value) => value is IParameterReferenceOperation { Type: INamedTypeSymbol type } && _request.Holds(value) && (RequestData.IsCarrier(type) || type.Name.EndsWith("Query", StringComparison.Ordinal))
        ? type.GetMembers().OfType<IPropertySymbol>().FirstOrDefault(property => IsId(property.Name, property.Type) && !Words.ContainAny(property.Name, Others))?.Name : null;

    private static readonly HashSet<string> Others = new("product products variant item sku category method country currency coupon language idempotency correlation request zip postal phone mobile house street tax vat tracking serial batch page error".Split(' '), StringComparer.Ordinal);

    private string? IdInPredicate(IAnonymousFunctionOperation predicate)
    {
        foreach (var part in predicate.Body.Descendants())
        {
            if (part is IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } compared)
            {
                foreach (var (member, value) in new[] { (compared.LeftOperand, compared.RightOperand), (compared.RightOperand, compared.LeftOperand) })
                {
                    if (member.WithoutConversions() is IPropertyReferenceOperation { Property: var key } && IsId(key.Name, key.Type) && _request.Holds(value))
                        return value.ReferencedSymbol()?.Name ?? key.Name;
                }
            }
        }
        return null;
    }

    private static bool IsId(string name, ITypeSymbol? type) => type.WithoutNullable() is { SpecialType: SpecialType.System_Int32 or SpecialType.System_Int64 or SpecialType.System_String } or { Name: "Guid" or "Ulid" or "ObjectId" } or { TypeKind: TypeKind.Struct }
        && Words.Of(name) is { IsEmpty: false } words && IdWords.Contains(words[words.Length - 1]) && !words.Any(Others.Contains);

    private static IObjectCreationOperation? CreationOf(IOperation use, ILocalSymbol local)
    {
        var root = use;
        while (root.Parent is not null)
            root = root.Parent;
        return root.Descendants().OfType<IVariableDeclaratorOperation>().FirstOrDefault(declarator => SymbolEqualityComparer.Default.Equals(declarator.Symbol, local))?.Initializer?.Value.WithoutConversions() as IObjectCreationOperation;
    }

    // What the call answers with, what its set holds, or what its name and its message's name speak of.
    private static string? WhatIs(IInvocationOperation call, string id)
    {
        var receiver = EntityFramework.Receiver(call);
        if (Ownership.OwnedIn(call.Type) is { } answered)
            return Article(answered.Name);
        if (receiver is not null && EntityFramework.IsQueryable(receiver.Type) && Ownership.OwnedIn(receiver.Type) is { } kept)
            return Article(kept.Name);
        if (Senders.Contains(call.TargetMethod.Name))
        {
            foreach (var argument in call.Arguments)
            {
                if (argument.Value.WithoutConversions().Type is { } message && (Ownership.SpeakOfBelonging(message.Name) || Ownership.NamesOwner(id)))
                    return "what '" + message.Name + "' names";
            }
            return null;
        }
        if (call.TargetMethod.ContainingType is { } type && call.TargetMethod.Locations.Any(location => location.IsInSource)
            && (Ownership.SpeakOfBelonging(call.TargetMethod.Name) || Ownership.NamesOwner(id) || Ownership.SpeakOfBelonging(Trimmed(type.Name))))
            return "what '" + call.TargetMethod.Name + "' names";
        return null;
    }

    private static string Trimmed(string type)
    {
        foreach (var suffix in new[] { "Service", "Repository", "Manager", "AppService" })
        {
            if (type.EndsWith(suffix, StringComparison.Ordinal))
                return type.Substring(0, type.Length - suffix.Length);
        }
        return type;
    }

    private static string Article(string type) => ("AEIOU".IndexOf(type[0]) >= 0 ? "an '" : "a '") + type + "'";
}
