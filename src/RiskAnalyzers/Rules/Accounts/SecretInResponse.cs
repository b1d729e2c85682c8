using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Accounts;

/// <summary>An answer with a password, its hash, a key or a one-time code in it: what proves who somebody is goes to whoever asks.</summary>
internal sealed class SecretInResponse : RiskRule
{
    // Where a secret is made, it is shown once; that is how its owner gets it.
    private static readonly HashSet<string> Issuing = Words.SetOf("create created new generate generated issue issued rotate rotated regenerate setup enable enroll enrol enrollment register recovery backup authenticator invite invitation share unsubscribe");

    private static readonly HashSet<string> Challenges = Words.SetOf("forgot forgotten reset otp otps verification resend challenge twofactor");

    private static readonly HashSet<string> PublicCards = Words.SetOf("gift loyalty member membership voucher rewards masked last");

    // What Stripe calls a client secret is made for the browser.
    private static readonly HashSet<string> Payment = Words.SetOf("payment payments intent checkout stripe setup charge order cart basket subscription");

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK3009",
        title: "A secret in an answer",
        message: "'{0}' sends {1} to the caller, into browsers, proxies and their logs; send a type that has only what the caller needs",
        why: "An entity returned as it is takes every column along. A hash can be cracked at leisure, and a code that is sent back to the asker proves nothing any more.");

    public SecretInResponse() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        var data = Persistence.In(on.Facts);
        on.Operation(visit => CheckBodies(visit, data), OperationKind.Invocation, OperationKind.ObjectCreation);
        var endpoints = Endpoints.In(on.Facts);
        on.Operation(visit => CheckStored(visit, data), OperationKind.PropertyReference);
        on.Operation(visit => CheckReturn(visit, data, endpoints), OperationKind.Return);
    }

    private static void CheckBodies(OperationVisit visit, Persistence data)
    {
        foreach (var body in Responses.BodiesOf(visit.Operation))
            Check(visit, body, data);
    }

    private static void CheckReturn(OperationVisit visit, Persistence data, Endpoints endpoints)
    {
        if (visit.Operation is not IReturnOperation { ReturnedValue: { } value } result || !Responses.IsAnswer(result, visit.Member, endpoints))
            return;
        if (value is IConversionOperation conversion)
            value = conversion.Operand;
        // Ok(x) is seen where it is called, and what another action answers is seen there.
        if (!Responses.BodiesOf(value.WithoutAwait()).Any() && !(value.WithoutAwait() is IInvocationOperation { TargetMethod: var called } && endpoints.Of(called) is not null))
            Check(visit, value, data);
    }

    // new PaymentResponse(payment.Id, payment.ClientSecret) of a row that whoever knows the id may ask for.
    private static void CheckStored(OperationVisit visit, Persistence data)
    {
        if (visit.Operation is IPropertyReferenceOperation { Property: { Name: "ClientSecret", ContainingType: { } row } } secret && StoredSecrets.IsAnswered(secret, visit.Member) && data.IsEntity(row) && StoredSecrets.IsLoaded(secret, visit.Body) && (Callers.In(visit.Body.Syntax) & (CallerChecks.Identity | CallerChecks.Visitor | CallerChecks.Proof | CallerChecks.Denies)) == 0)
            visit.Report(secret, secret.Syntax.ToString(), "the client secret of a stored payment, whoever asks for it by its id,");
    }

    private static void Check(OperationVisit visit, IOperation body, Persistence data)
    {
        var awaited = body.WithoutConversions();
        body = body.WithoutAwait();
        var (place, what) = body.Type is { SpecialType: SpecialType.System_String } or null ? OfText(visit, body) : (awaited, OfObject(visit, body, data));
        if (what is null || Environments.IsForDevelopersOnly(body))
            return;
        visit.Report(place, Excerpt.Of(place), what);
    }

    // Ok($"Your code is {otp}")
    private static (IOperation Place, string? What) OfText(OperationVisit visit, IOperation text)
    {
        foreach (var part in LoggedText.PartsOf(text))
        {
            if (part.ConstantValue.HasValue)
                continue;
            if (KindOf(part, visit) is SecretKind.OneTime && !Issues(visit, null))
                return (part, "a code that proves who somebody is");
            if (KindOf(part, visit) is SecretKind.Password)
                return (part, "a password");
        }
        return (text, null);
    }

    private static string? OfObject(OperationVisit visit, IOperation body, Persistence data)
    {
        if (OfSetMembers(visit, body) is { } set)
            return set;
        var type = SecretMembers.ElementOf(body.Type);
        if (type is null || SecretMembers.FirstOf(type, depth: 2, member => Leaks(member, type, visit, data) && (SymbolEqualityComparer.Default.Equals(member.ContainingType, type) || IsLoaded(member, type, visit, data))) is not { } leak)
            return null;
        if (IsLeftOut(leak, visit.Body) || MapperOf(body, visit.Compilation) is { } mapper && (IsLeftOut(leak, mapper) || MapperWithin(mapper, visit.Compilation) is { } inner && IsLeftOut(leak, inner)) || IsEmptiedBefore(body, leak, visit.Body))
            return null;
        if (WasPresented(leak, visit.Body))
            return null;
        return leak.ContainingType.IsAnonymousType ? leak.Name : leak.ContainingType.Name + "." + leak.Name;
    }

    // Made here without the member, or with the member emptied or masked: nothing of it is sent.
    private static bool IsLeftOut(IPropertySymbol leak, IOperation whole)
    {
        var (made, set) = (false, false);
        foreach (var operation in whole.DescendantsAndSelf())
        {
            switch (operation)
            {
                case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: var property }, Value: var value } when SymbolEqualityComparer.Default.Equals(property, leak):
                    if (!value.WithoutConversions().ConstantValue.HasValue && !IsChosenByCaller(value) && !(value.WithoutAwait() is IInvocationOperation { TargetMethod.Name: var maker } && Words.ContainAny(maker, Masking)))
                        return false;
                    set = true;
                    break;
                case IObjectCreationOperation { Arguments.IsEmpty: true, Type: var type } when SymbolEqualityComparer.Default.Equals(type, leak.ContainingType):
                case ITypeParameterObjectCreationOperation { Type: ITypeParameterSymbol { ConstraintTypes: [var promised] } } when SymbolEqualityComparer.Default.Equals(promised, leak.ContainingType):
                    made = true;
                    break;
            }
        }
        return made || set;
    }

    // Ok(ToModel(data)): what the product's own mapping leaves out is not sent.
    private static IOperation? MapperOf(IOperation body, Compilation compilation)
    {
        foreach (var part in body.DescendantsAndSelf())
        {
            if (part is IInvocationOperation { TargetMethod: { DeclaringSyntaxReferences.IsEmpty: false } method } && SymbolEqualityComparer.Default.Equals(SecretMembers.ElementOf(method.ReturnType), SecretMembers.ElementOf(body.Type)))
                return Bodies.In(compilation).Of(method);
        }
        return null;
    }

    // ToModel(settings) { var model = settings.ToData<Model>(); ... }
    private static IOperation? MapperWithin(IOperation mapper, Compilation compilation) => mapper.DescendantsAndSelf().OfType<IInvocationOperation>()
        .FirstOrDefault(call => !call.TargetMethod.DeclaringSyntaxReferences.IsEmpty && Words.Of(call.TargetMethod.Name) is ["to" or "map" or "from" or "as", ..]) is { TargetMethod: var method } ? Bodies.In(compilation).Of(method.OriginalDefinition) : null;

    // keys.Get(apiKey): the answer tells the caller the key that he has just shown.
    private static bool WasPresented(IPropertySymbol leak, IOperation whole) => Secrets.Of(leak) is SecretKind.Key or SecretKind.Token
        && whole.DescendantsAndSelf().Any(operation => operation is IInvocationOperation { TargetMethod: var taking, Arguments: { IsEmpty: false } given } && Words.Of(taking.Name) is ["get" or "find" or "lookup" or "load" or "single" or "first", ..]
            && given.Any(argument => argument.Value.WithoutConversions() is ILocalReferenceOperation or IParameterReferenceOperation && string.Equals(argument.Value.ReferencedSymbol()!.Name, leak.Name, StringComparison.OrdinalIgnoreCase)));

    // send.Password = null; return new SendResponse(send);
    private static bool IsEmptiedBefore(IOperation body, IPropertySymbol leak, IOperation whole) => body is IObjectCreationOperation { Arguments: { IsEmpty: false } given }
        && whole.DescendantsAndSelf().Any(operation => operation is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: var name, Instance: { } owner }, Value: var value }
            && name == leak.Name && value.WithoutConversions().ConstantValue is { HasValue: true, Value: null } && given.Any(argument => argument.Value.ReferencedSymbol() is { } passed && SymbolEqualityComparer.Default.Equals(passed, owner.ReferencedSymbol())));

    // includeSecret ? blob.Secret : null
    private static bool IsChosenByCaller(IOperation value) => value.WithoutConversions() is IConditionalOperation { Condition: var asked, WhenFalse: { } otherwise } && asked.WithoutConversions() is IParameterReferenceOperation && otherwise.WithoutConversions().ConstantValue is { HasValue: true, Value: null };

    private static readonly HashSet<string> Masking = Words.SetOf("mask masked hide redact obfuscate truncate last");

    // new { message, token }: the token's own name may say less than the call that made it.
    private static string? OfSetMembers(OperationVisit visit, IOperation body)
    {
        var initializers = body switch
        {
            IAnonymousObjectCreationOperation anonymous => anonymous.Initializers,
            IObjectCreationOperation { Initializer: { } initializer } => initializer.Initializers,
            _ => ImmutableArray<IOperation>.Empty,
        };
        foreach (var initializer in initializers)
        {
            if (initializer is not ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: var property } } assignment || assignment.Value.ConstantValue.HasValue)
                continue;
            var (kind, value) = (Secrets.Of(property), KindOf(assignment.Value, visit));
            if (value is SecretKind.OneTime && kind is not SecretKind.None && !Issues(visit, body.Type as INamedTypeSymbol))
                return $"{property.Name}, a code that proves who somebody is,";
            if (value is SecretKind.Password && kind is SecretKind.Password)
                return property.Name;
        }
        return null;
    }

    private static SecretKind KindOf(IOperation value, OperationVisit visit)
    {
        var kind = Secrets.Of(value);
        if (value.WithoutAwait() is ILocalReferenceOperation local && kind is SecretKind.Token or SecretKind.None && Flow.InitialValue(local) is { } initial && Secrets.Of(initial) is SecretKind.OneTime)
            return SecretKind.OneTime;
        return kind == SecretKind.Token && Words.ContainAny(visit.Member.Name, Challenges) && !Words.ContainAny(visit.Member.Name, Verifying) ? SecretKind.OneTime : kind;
    }

    private static readonly HashSet<string> Verifying = Words.SetOf("verify confirm login complete validate check");

    private static bool Leaks(IPropertySymbol member, ITypeSymbol whole, OperationVisit visit, Persistence data)
    {
        var owner = member.ContainingType;
        var kind = Secrets.Of(member);
        // Whoever wrote a type for an answer put the key there for its owner; nobody has a use for a password or its hash.
        if (kind != SecretKind.Password && !owner.IsAnonymousType && !data.IsEntity(owner) && (Words.ContainAny(owner.Name, Answers) || !whole.IsAnonymousType && Words.ContainAny(whole.Name, Answers)) && !IsEnvelope(whole, owner))
            return false;
        if (member.Name == "SecurityStamp")
            return true;
        // A sign-in with another device hands the keys over, wrapped for the device that asked.
        if (Words.ContainSequence(owner.Name, "auth", "request"))
            return false;
        return kind switch
        {
            SecretKind.Password => Words.Of(member.Name) is not [.., "salt"],
            SecretKind.Card => (Words.ContainAny(member.Name, CardProofs) || Words.ContainSequence(member.Name, "card", "number") || member.Name == "Number") && !Words.ContainAny(owner.Name + member.Name, PublicCards),
            SecretKind.Key => !(member.Name.EndsWith("ClientSecret", StringComparison.Ordinal) && (Words.ContainAny(owner.Name, Payment) || Words.ContainAny(visit.Member.Name, Payment) || Words.ContainAny(visit.Member.ContainingType?.Name ?? "", Payment)) && !data.IsEntity(owner))
                && !Issues(visit, owner),
            SecretKind.OneTime => !Issues(visit, owner),
            SecretKind.Token => data.IsEntity(owner) && !Issues(visit, owner),
            _ => false,
        };
    }

    // ApiResponse<PaymentSettings> says nothing of what is in it.
    private static bool IsEnvelope(ITypeSymbol whole, INamedTypeSymbol owner) =>
        whole is INamedTypeSymbol { TypeArguments: [var inner] } && SymbolEqualityComparer.Default.Equals(SecretMembers.ElementOf(inner), owner) && !Words.ContainAny(owner.Name, Answers);

    private static readonly HashSet<string> Answers = Words.SetOf("response reply output");

    private static readonly HashSet<string> CardProofs = Words.SetOf("cvv cvc cvn pan");

    private static bool Issues(OperationVisit visit, INamedTypeSymbol? type) =>
        Words.ContainAny(visit.Member.Name, Issuing) && !Words.ContainAny(visit.Member.Name, Challenges) || (type is { IsAnonymousType: false } && Words.ContainAny(type.Name, Issuing));

    // A navigation is null unless the query brought it.
    private static bool IsLoaded(IPropertySymbol member, ITypeSymbol type, OperationVisit visit, Persistence data)
    {
        if (!data.IsEntity(type))
            return true;
        foreach (var operation in visit.Body.DescendantsAndSelf())
        {
            if (operation is IInvocationOperation { TargetMethod.Name: "Include" or "ThenInclude" } include
                && include.Descendants().Any(part => part is IPropertyReferenceOperation { Property.Type: var loaded } && SymbolEqualityComparer.Default.Equals(SecretMembers.ElementOf(loaded), member.ContainingType)))
                return true;
        }
        return false;
    }
}
