using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Accounts;

/// <summary>Finds where an endpoint takes something that belongs to a customer by an id that the request brings.</summary>
internal sealed class OwnedLookups
{
    private static readonly HashSet<string> Framework = Words.SetOf("Ok NotFound BadRequest Created CreatedAtAction CreatedAtRoute View RedirectToAction Json File Content NoContent Accepted Problem PartialView RedirectToPage Page StatusCode");

    private static readonly HashSet<string> IdWords = Words.SetOf("id guid key uid number no reference");

    private static readonly HashSet<string> Senders = Words.SetOf("Send SendAsync InvokeAsync Invoke Publish PublishAsync Request GetResponse Execute ExecuteAsync InvokeQueryAsync InvokeCommandAsync Dispatch DispatchAsync Query QueryAsync");

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
    /// <param name="code">The endpoint's code.</param>
    /// <param name="guessable">Whether only ids count that are numbers, which can be guessed.</param>
    /// <param name="ofShelf">Whether it is about carts, whose ids callers make up themselves: a text counts as a number does.</param>
    public (IOperation Place, string What, string Id)? First(IOperation code, bool guessable, bool ofShelf = false)
    {
        foreach (var operation in code.DescendantsAndSelf())
        {
            if (operation is IInvalidOperation unresolved && MessageOf(unresolved) is { } message && IdOf(message, 5) is { } named && (!guessable || ofShelf && TakesText(message)) && WhatMessageNames(message, named) is { } unknown)
                return (unresolved, unknown, named);
            if (operation is IInvocationOperation call && !IsFramework(call) && !LogCalls.IsLogged(call) && IdIn(call) is { } id && (!guessable || TakesNumber(call, ofShelf)) && WhatIs(call, id) is { } what && !IsUnseenUseCase(call) && !OnlyComputes(call) && !HandsBack(call))
                return (call, what, id);
        }
        return null;
    }

    /// <summary>Where the id is put into a message that is made some lines before it is sent; else the call itself.</summary>
    public IOperation WhereIdGoesIn(IOperation call, string id)
    {
        foreach (var operation in call.Descendants())
        {
            if (operation is ILocalReferenceOperation { Local: var local } && CreationOf(operation, local) is { } creation && creation.Descendants().FirstOrDefault(part => part.ReferencedSymbol()?.Name == id && _request.Holds(part)) is { } sent)
                return sent;
        }
        return call;
    }

    // IGetTasksQuery of another project: a use case that checks for itself, or does not.
    private static bool IsUnseenUseCase(IInvocationOperation call) => call.TargetMethod.ContainingType is { TypeKind: TypeKind.Interface } type
        && call.SemanticModel is { } model && !SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, model.Compilation.Assembly) && Words.Of(type.Name) is [.., "query" or "command" or "case" or "interactor"];

    // The handler stands here and touches neither a store nor a service: what it makes is lost with the answer.
    private bool OnlyComputes(IInvocationOperation call)
    {
        var handlers = Senders.Contains(call.TargetMethod.Name) ? call.Arguments.SelectMany(argument => _reach.HandlersOf(argument.Value.WithoutConversions().Type)).ToList() : new();
        return handlers.Count > 0 && handlers.TrueForAll(handler => _reach.BodyOf(handler) is { } body
            && !body.DescendantsAndSelf().Any(part => part is IInstanceReferenceOperation or IParameterReferenceOperation { Parameter.ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor } } && !LogCalls.IsLogged(part)));
    }

    /// <summary>The first call that answers with all things of a kind that belong to customers; null where there is none.</summary>
    public (IOperation Place, string What)? FirstList(IOperation code)
    {
        foreach (var operation in code.DescendantsAndSelf())
        {
            if (operation is IInvocationOperation call && !IsFramework(call) && WholeLists.ListedBy(call) is { } what)
                return (call, what);
            if (operation is IInvalidOperation unresolved && MessageOf(unresolved) is { } message && WholeLists.ListedByUnknown(message) is { } listed)
                return (unresolved, listed);
        }
        return null;
    }

    /// <summary>The first call that counts or sums up what belongs to all customers; null where there is none.</summary>
    /// <param name="code">The endpoint's code.</param>
    /// <param name="asked">Whether the endpoint is asked for a number: only then a query's own count is its answer.</param>
    public (IOperation Place, string What)? FirstCount(IOperation code, bool asked)
    {
        foreach (var operation in code.DescendantsAndSelf())
        {
            if (operation is IInvocationOperation call && !IsFramework(call) && (asked || !EntityFramework.IsQueryable(EntityFramework.Receiver(call)?.Type)) && WholeLists.CountedBy(call) is { } what)
                return (call, what);
            if (operation is IInvalidOperation unresolved && MessageOf(unresolved) is { } message && WholeLists.CountedByMessage(message) is { } counted)
                return (unresolved, counted);
        }
        return null;
    }

    /// <summary>Whether a method of the name sends the message that it is given to a handler.</summary>
    public static bool Sends(string name) => Senders.Contains(name);

    /// <summary>A look-up by a thing's id in a member that is told the owner as well and never reads it; null where there is none.</summary>
    public (IInvocationOperation Place, string What, string Owner)? Ignored(IMethodSymbol method, IOperation code)
    {
        if (OwnerToldTo(method) is not { } owner || code.DescendantsAndSelf().Any(operation => operation is IParameterReferenceOperation or IPropertyReferenceOperation && SymbolEqualityComparer.Default.Equals(operation.ReferencedSymbol()?.OriginalDefinition, owner.OriginalDefinition)))
            return null;
        // A message that is handed on whole may be compared further down.
        if (owner is IPropertySymbol && code.DescendantsAndSelf().Any(operation => operation is IParameterReferenceOperation { Parent: IArgumentOperation } whole && SymbolEqualityComparer.Default.Equals(whole.Type?.OriginalDefinition, owner.ContainingType)))
            return null;
        if ((Callers.In(code.Syntax) & (CallerChecks.Identity | CallerChecks.Proof)) != 0)
            return null;
        foreach (var operation in code.DescendantsAndSelf())
        {
            if (operation is IInvocationOperation call && !IsFramework(call) && KeyIn(call) && TakenBy(call) is { } what && Ownership.OwnerOf(what) is not null)
                return (call, Article(what.Name), owner.Name);
        }
        return null;
    }

    /// <summary>The first look-up of something that has an owner by its key alone; null where there is none.</summary>
    public (IOperation Place, string What)? ByKey(IOperation code)
    {
        foreach (var operation in code.DescendantsAndSelf())
        {
            if (operation is IInvocationOperation call && !IsFramework(call) && KeyIn(call) && TakenBy(call) is { } what && Ownership.OwnerOf(what) is not null && !NamesOwnerIn(call))
                return (call, Article(what.Name));
        }
        return null;
    }

    /// <summary>The first owner that is written into a thing as the request names him; null where there is none.</summary>
    public (IOperation Place, string What, string Owner)? NamedOwner(IOperation code)
    {
        foreach (var operation in code.DescendantsAndSelf())
        {
            if (operation is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: var owner }, Value: var value, Parent: IObjectOrCollectionInitializerOperation { Parent: IObjectCreationOperation { Type: INamedTypeSymbol thing } } }
                && Ownership.NamesOwner(owner.Name) && IsOwnerId(owner.Name) && !RequestData.IsCarrier(thing) && Ownership.OwnedIn(thing) is not null && value.WithoutConversions() is IPropertyReferenceOperation { Property.Name: var sent } && IsOwnerId(sent) && _request.Holds(value) && !LogCalls.IsLogged(operation))
                return (operation, Article(thing.Name), sent);
        }
        return null;
    }

    private static bool NamesOwnerIn(IInvocationOperation call) => call.Arguments.Any(argument => argument.Value.DescendantsAndSelf().Any(part => part.ReferencedSymbol() is IPropertySymbol or IParameterSymbol && Ownership.NamesOwner(part.ReferencedSymbol()!.Name)));

    // A call that the compiler cannot resolve, as where a package is not restored: mediator.Send(query).
    private static IOperation? MessageOf(IInvalidOperation unresolved) =>
        unresolved.Syntax is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name }, ArgumentList.Arguments: [var first, ..] } && Senders.Contains(name)
            ? unresolved.ChildOperations.FirstOrDefault(child => child.Syntax == first.Expression || child.Syntax == first) : null;

    private static string? WhatMessageNames(IOperation message, string id) =>
        message.WithoutConversions().Type is { } type && (Ownership.SpeakOfBelonging(type.Name) || Ownership.NamesOwner(id) || SpeaksOnlyById(type, id) || AsksForPerson(type.Name)) ? "what '" + type.Name + "' names" : null;

    // CreatePaymentIntentCommand(OrderId); what is reserved in the stock for an order is no customer's.
    private static bool SpeaksOnlyById(ITypeSymbol message, string id) => Ownership.SpeakOfBelonging(id) && !Words.ContainAny(message.ContainingType?.Name + "_" + message.Name, Warehouse);

    private static readonly HashSet<string> Warehouse = Words.SetOf("inventory stock product products warehouse catalog notification shipping rate rates price");

    // GetUserQuery, GetCustomerByIdRequest
    private static bool AsksForPerson(string message) => Words.Of(message) is ["get" or "find" or "load", "user" or "customer" or "account" or "member", "query" or "request" or "by" or "profile" or "details" or "detail" or "info", ..];

    // GetAsync(int orderId, string userId), Handle(GetOrderQuery query) with its UserId.
    private static ISymbol? OwnerToldTo(IMethodSymbol method)
    {
        if (method.Parameters.Length >= 2 && method.Parameters.Any(parameter => IsKey(parameter.Name, parameter.Type)) && method.Parameters.FirstOrDefault(parameter => IsOwnerId(parameter.Name)) is { } told)
            return told;
        if (method.Parameters is not [{ Type: INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct } message }, ..] || method.Name is not ("Handle" or "HandleAsync" or "Consume" or "ExecuteAsync"))
            return null;
        var properties = message.GetMembers().OfType<IPropertySymbol>().ToList();
        return properties.Any(property => IsKey(property.Name, property.Type)) ? properties.FirstOrDefault(property => IsOwnerId(property.Name)) : null;
    }

    private static bool IsOwnerId(string name) => Words.Of(name) is [.., "user" or "customer" or "owner" or "buyer" or "member" or "caller" or "requester", "id"];

    private static bool IsKey(string name, ITypeSymbol type) => IsId(name, type) && !Ownership.NamesOwner(name);

    // By its key alone: FindAsync(orderId), First(o => o.Id == orderId), orders.GetByIdAsync(query.OrderId).
    private static bool KeyIn(IInvocationOperation call) => call.Arguments.Any(argument => (SpecificationIn(argument.Value) ?? argument.Value).DescendantsAndSelf().Any(part =>
        part is IParameterReferenceOperation or IPropertyReferenceOperation && part.ReferencedSymbol() is { } symbol && IsKey(symbol.Name, part.Type!) && !(part is IPropertyReferenceOperation { Instance: IParameterReferenceOperation { Parameter.ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.AnonymousFunction } } })));

    // var spec = new Spec<Order>().Where(o => o.Id == id); await orders.FirstOrDefaultAsync(spec)
    private static IOperation? SpecificationIn(IOperation value) => value.WithoutConversions() is ILocalReferenceOperation { Type.Name: var kept } local && Words.ContainAny(kept, Specifications) ? Flow.InitialValue(local) : null;

    private static readonly HashSet<string> Specifications = Words.SetOf("spec specification criteria");

    private static INamedTypeSymbol? TakenBy(IInvocationOperation call)
    {
        if (call.TargetMethod.Name is not ("Find" or "FindAsync") && !call.TargetMethod.Name.StartsWith("First", StringComparison.Ordinal) && !call.TargetMethod.Name.StartsWith("Single", StringComparison.Ordinal)
            && !(call.TargetMethod.Name.StartsWith("Get", StringComparison.Ordinal) && Words.ContainSequence(call.TargetMethod.Name, "by", "id")))
            return null;
        return call.Type.AwaitedType() is INamedTypeSymbol taken && Ownership.OwnedIn(taken) is { } owned && SymbolEqualityComparer.Default.Equals(owned, taken) ? owned : null;
    }

    /// <summary>Whether the call goes to another service over HTTP, which is shown the caller's own token and may compare there.</summary>
    public bool AsksAnotherService(IOperation call) => _reach.From(call, 1).Skip(1).Any(body => body.DescendantsAndSelf().Any(part => part is IInvocationOperation { TargetMethod: { ContainingType.Name: "HttpClient" or "HttpClientJsonExtensions" or "HttpMessageInvoker" or "IFlurlRequest" } }
        || part is IInvocationOperation { TargetMethod: { ContainingType.TypeKind: TypeKind.Interface } declared } && declared.GetAttributes().Any(attribute => attribute.AttributeClass?.Name is { } verb && HttpVerbs.Contains(verb))));

    // [Delete("/addresses/{id}")] on the interface of a typed client
    private static readonly HashSet<string> HttpVerbs = Words.SetOf("Get Post Put Patch Delete GetAttribute PostAttribute PutAttribute PatchAttribute DeleteAttribute");

    /// <summary>Whether the code, or anything that it runs in this compilation, asks who calls or keeps other owners' rows out.</summary>
    public bool AsksWhoCalls(IOperation code)
    {
        foreach (var reached in _reach.TowardsCallers(code))
        {
            if (HandsBack(reached.Syntax))
                continue;
            var checks = Callers.In(reached.Syntax);
            if ((checks & (CallerChecks.Visitor | CallerChecks.Proof)) != 0 || checks.HasFlag(CallerChecks.Identity) && !(checks == CallerChecks.Identity && reached.Bound is { } body && CallerNotes.Only(body)))
                return true;
        }
        return _ownership.IsFilteredEverywhere;
    }

    // string ResolveId(string given) { if (given == "me") return User.Id(); return given; }: whoever names an id gets it.
    private static bool HandsBack(SyntaxNode code) => code is MethodDeclarationSyntax { ParameterList.Parameters: { Count: > 0 } parameters, Body.Statements: { Count: > 1 } statements }
        && statements[statements.Count - 1] is ReturnStatementSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: var handed } } && parameters.Any(parameter => parameter.Identifier.ValueText == handed)
        && (Callers.In(code) & (CallerChecks.Denies | CallerChecks.Proof)) == 0;

    private bool HandsBack(IInvocationOperation call) => call is { Arguments: [_], Type.SpecialType: SpecialType.System_String, Instance: null or IInstanceReferenceOperation } && _reach.BodyOf(call.TargetMethod)?.Syntax.FirstAncestorOrSelf<MethodDeclarationSyntax>() is { } helper && HandsBack(helper);

    private static bool IsFramework(IInvocationOperation call) => Framework.Contains(call.TargetMethod.Name) || LogCalls.IsLog(call)
        || call.TargetMethod.ContainingType is { } type && (type.SpecialType != SpecialType.None || type.Name is "Results" or "TypedResults" or "Guid" or "Convert" or "Enumerable" or "StringBuilder" or "Uri" or "Math")
        || call.TargetMethod.ContainingType?.Name.EndsWith("Controller", StringComparison.Ordinal) == true && call.Arguments.IsEmpty;

    private static bool TakesNumber(IInvocationOperation call, bool ofShelf) => call.Arguments.Any(argument => argument.Value.DescendantsAndSelf().Any(part =>
        part is IParameterReferenceOperation or IPropertyReferenceOperation or ILocalReferenceOperation && part.Type.WithoutNullable()?.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64) || ofShelf && TakesText(argument.Value));

    private static bool TakesText(IOperation value) => value.DescendantsAndSelf().Any(part => part is IParameterReferenceOperation or IPropertyReferenceOperation or ILocalReferenceOperation && part.Type?.SpecialType == SpecialType.System_String && IsId(part.ReferencedSymbol()!.Name, part.Type)
        // The whole cart, with the id that its sender gave it.
        || part is IParameterReferenceOperation { Type: INamedTypeSymbol sent } && sent.GetMembers("Id").Any(id => id is IPropertySymbol { Type.SpecialType: SpecialType.System_String }));

    // The id that goes into the call: as it is, in a predicate, or in the message that is sent.
    private string? IdIn(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            if (IdOf(argument.Value, 5) is { } id)
                return id;
        }
        return null;
    }

    private string? IdOf(IOperation value, int depth)
    {
        if (depth == 0)
            return null;
        value = value.WithoutConversions();
        switch (value)
        {
            case IObjectCreationOperation creation:
                return creation.Arguments.Select(argument => IdOf(argument.Value, depth - 1)).Concat(creation.Initializer?.Initializers.OfType<ISimpleAssignmentOperation>().Select(set => IdOf(set.Value, depth - 1)) ?? Enumerable.Empty<string?>()).FirstOrDefault(id => id is not null);
            case IArrayCreationOperation { Initializer: { } elements }:
                return elements.ElementValues.Select(element => IdOf(element, depth - 1)).FirstOrDefault(id => id is not null);
            case IDelegateCreationOperation { Target: IAnonymousFunctionOperation predicate }:
                return IdInPredicate(predicate);
            case IAnonymousFunctionOperation predicate:
                return IdInPredicate(predicate);
            case ILocalReferenceOperation { Local: var local } when CreationOf(value, local) is { } created:
                return IdOf(created, depth - 1);
            case ILocalReferenceOperation { Type.SpecialType: SpecialType.System_String } local when Flow.InitialValue(local)?.WithoutConversions() is IInvocationOperation resolved && HandsBack(resolved):
                return IdOf(resolved.Arguments[0].Value, depth - 1);
            case IInvocationOperation resolved when HandsBack(resolved):
                return IdOf(resolved.Arguments[0].Value, depth - 1);
            default:
                return value.ReferencedSymbol() is { } symbol and not IMethodSymbol && (IsId(symbol.Name, value.Type) || NamesPerson(symbol.Name, value.Type)) && _request.Holds(value) ? symbol.Name : MessageId(value);
        }
    }

    // The request itself is the message: [FromRoute] GetOrderQuery query.
    private string? MessageId(IOperation value) => value is IParameterReferenceOperation { Type: INamedTypeSymbol type } && _request.Holds(value) && (RequestData.IsCarrier(type) || type.Name.EndsWith("Query", StringComparison.Ordinal))
        ? type.GetMembers().OfType<IPropertySymbol>().FirstOrDefault(property => IsId(property.Name, property.Type) && !Words.ContainAny(property.Name, Others))?.Name : null;

    private static readonly HashSet<string> Others = Words.SetOf("product products variant item sku category method country currency coupon language idempotency correlation request zip postal phone mobile house street tax vat tracking serial batch page error");

    private string? IdInPredicate(IAnonymousFunctionOperation predicate)
    {
        // A guest's order by its number and his address.
        if (predicate.Body.Descendants().Any(part => part is IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } proof && NamedOwners.IsAddress(proof.LeftOperand) && NamedOwners.IsAddress(proof.RightOperand) && (_request.Holds(proof.LeftOperand) || _request.Holds(proof.RightOperand))))
            return null;
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
        && Words.Of(name) is { IsEmpty: false } words && IdWords.Contains(words[words.Length - 1]) && !words.Any(word => Others.Contains(word) && !(word == "method" && words is ["payment", ..]));

    // GetUserProfileQuery(userName): a person's name picks him out as well as his number.
    private static bool NamesPerson(string name, ITypeSymbol? type) => type?.SpecialType == SpecialType.System_String && Words.Of(name) is ["user" or "customer" or "owner" or "member", "name" or "email"] or ["username"];

    private static IObjectCreationOperation? CreationOf(IOperation use, ILocalSymbol local)
    {
        return use.ScopeOf(local).Descendants().OfType<IVariableDeclaratorOperation>().FirstOrDefault(declarator => SymbolEqualityComparer.Default.Equals(declarator.Symbol, local))?.Initializer?.Value.WithoutConversions() as IObjectCreationOperation;
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
                if (argument.Value.WithoutConversions().Type is { } message && message.IsOfTheProduct() && (Ownership.SpeakOfBelonging(message.Name) || Ownership.NamesOwner(id) || SpeaksOnlyById(message, id)))
                    return "what '" + message.Name + "' names";
            }
            return null;
        }
        if (call.TargetMethod.ContainingType is { } type && call.TargetMethod.IsOfTheProduct() && !Makes(call.TargetMethod)
            && (Ownership.SpeakOfBelonging(call.TargetMethod.Name) || Ownership.NamesOwner(id) || Ownership.SpeakOfBelonging(Trimmed(type.Name))))
            return "what '" + call.TargetMethod.Name + "' names";
        return null;
    }

    // An address of a page, a text, a key: nothing is taken.
    private static bool Makes(IMethodSymbol method) => Words.Of(method.Name) is [.., "link" or "url" or "uri" or "key" or "path" or "name"] || method.Name.StartsWith("Format", StringComparison.Ordinal) || method.IsStatic && method.ReturnType.SpecialType != SpecialType.None;

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
