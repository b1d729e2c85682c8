using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Errors;

/// <summary>The text of an exception in a response, result or message on a page.</summary>
internal sealed class ExceptionTextToClient : RiskRule
{
    private static readonly HashSet<string> Meant = Words.SetOf("ArgumentException ArgumentNullException ArgumentOutOfRangeException FormatException");

    // What business code throws with a sentence of its own, and the platform with one that gives nothing away.
    private static readonly HashSet<string> Borrowed = Words.SetOf("InvalidOperationException KeyNotFoundException UnauthorizedAccessException");

    private static readonly HashSet<string> Refusals = Words.SetOf("BadRequest NotFound Conflict Unauthorized Forbid Forbidden UnprocessableEntity ValidationProblem Validation");

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK4006",
        title: "The text of an exception is shown to the caller",
        message: "'{0}' goes {1}: table names, hosts, keys and other people's data may stand in it; answer with a text of your own and log the exception",
        why: "Exception texts are written for developers. Database and gateway errors carry connection details, SQL and card data, and they tell an attacker what works.");

    private const string ToCaller = "to the caller", IntoException = "into an exception whose text callers are answered with";

    public ExceptionTextToClient() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        if (on.Type("System.Exception") is not { } exception)
            return;
        var endpoints = Endpoints.In(on.Facts);
        var usesEntityFramework = new Lazy<bool>(() => on.Compilation.SyntaxTrees.Any(tree => TextSearch.Contains(tree, "EntityFrameworkCore") || TextSearch.Contains(tree, "DbContext")));
        var carried = CarriedTexts.In(on.Facts);
        on.Operation(visit => Check(visit, exception, endpoints, usesEntityFramework), OperationKind.PropertyReference, OperationKind.Invocation);
        on.Operation(visit => CheckCarried(visit, carried), OperationKind.PropertyReference);
        on.Operation(CheckHub, OperationKind.SimpleAssignment);
        on.Operation(visit =>
        {
            var read = (IInvocationOperation)visit.Operation;
            if (ProviderTexts.ShownBy(read, visit.Member, visit.Body) is { } shown)
                visit.Report(shown, shown.Syntax.ToString(), ToCaller);
            else if (RethrownTexts.ThrownBody(read, visit.Member, visit.Body) is { } thrown)
                visit.Report(thrown, thrown.Syntax.ToString(), IntoException);
        }, OperationKind.Invocation);
    }

    // services.AddSignalR(options => options.EnableDetailedErrors = true): every exception of a hub with its text.
    private static void CheckHub(OperationVisit visit)
    {
        if (visit.Operation is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: { Name: "EnableDetailedErrors", ContainingType.Name: var options } }, Value: var value } && options.StartsWith("HubOptions", StringComparison.Ordinal) && value.IsConstant(true)
            && Environments.Around(visit.Operation) is not (EnvironmentReach.DevelopmentOnly or EnvironmentReach.OutsideProduction) && !Environments.IsForDevelopersOnly(visit.Operation))
            visit.Report(visit.Operation, "EnableDetailedErrors", ToCaller);
    }

    // Result.Failure(payment.ErrorMessage): the gateway's adapter wrote the exception's text there.
    private static void CheckCarried(OperationVisit visit, CarriedTexts carried)
    {
        if (visit.Operation is not IPropertyReferenceOperation { Instance: not null and not IInstanceReferenceOperation, Property: { ContainingType: { } result } property } text || !CarriedTexts.IsNamed(property) || text.IsAssigned())
            return;
        if (ExceptionTexts.AnswerOf(text, visit.Member, visit.Body) is not { } answer || answer == result.Name || IsOfStaff(visit.Member.ContainingNamespace) || !carried.Hold(text))
            return;
        visit.Report(text, text.Syntax.ToString().TrimStart('.'), ToCaller);
    }

    private static void Check(OperationVisit visit, INamedTypeSymbol exception, Endpoints endpoints, Lazy<bool> usesEntityFramework)
    {
        var source = visit.Operation switch
        {
            IPropertyReferenceOperation { Property.Name: "Message" or "StackTrace", Instance: { } instance } => instance,
            IInvocationOperation { TargetMethod: { Name: "ToString", Parameters.IsEmpty: true }, Instance: { } instance } => instance,
            _ => null,
        };
        // ex?.Message
        if (source is IConditionalAccessInstanceOperation && visit.Operation.Ancestor<IConditionalAccessOperation>() is { Operation: var accessed })
            source = accessed.WithoutConversions();
        if (source is null || !source.Type.Is(exception) || IsWrittenForCallers(source.Type!) || !IsHandled(source, visit.Operation))
            return;
        if (RethrownTexts.ThrownAs(visit.Operation) is { } thrown)
        {
            if (RethrownTexts.IsToldToCallers(thrown, source.Type!, visit.Member) && !IsOfStaff(visit.Member.ContainingNamespace) && !IsSaidBefore(visit.Operation, exception))
                visit.Report(visit.Operation, visit.Operation.Syntax.ToString().TrimStart('.'), IntoException);
            return;
        }
        if (ExceptionTexts.AnswerOf(visit.Operation, visit.Member, visit.Body) is not { } answer || Environments.Around(visit.Operation) is EnvironmentReach.DevelopmentOnly or EnvironmentReach.OutsideProduction)
            return;
        if (IsBorrowed(source.Type!, RefusalAround(visit.Operation) ?? answer, visit.Compilation, IsOfAllRequests(visit.Member)) && !(MayComeFromStore(source.Type!, visit.Operation) && endpoints.Around(visit.Operation, visit.Member) is { Access: not EndpointAccess.Restricted } && usesEntityFramework.Value)
            || IsSaidBefore(visit.Operation, exception))
            return;
        // The pages of the shop's own staff.
        if (IsOfStaff(visit.Member.ContainingNamespace) || answer == ExceptionTexts.Page && (endpoints.Around(visit.Operation, visit.Member) is { Access: EndpointAccess.Restricted } || Words.ContainAny(visit.Member.ContainingType?.Name ?? "", Staff)))
            return;
        visit.Report(visit.Operation, visit.Operation.Syntax.ToString().TrimStart('.'), ToCaller);
    }

    // An endpoint that awaits a whole service behind its try: EF and LINQ throw this type too, with the names of entities and of what went wrong in the server.
    private static bool MayComeFromStore(ITypeSymbol type, IOperation text) => type.Name == "InvalidOperationException" && text.Ancestor<ICatchClauseOperation>()?.Parent is ITryOperation { Body: var tried } && tried.Descendants().Any(part => part is IAwaitOperation);

    private static bool IsOfAllRequests(ISymbol member) => member.ContainingType is { } type
        && (Words.ContainAny(type.Name, Handlers) && (type.Name.EndsWith("Middleware", StringComparison.Ordinal) || type.Name.Contains("Exception")) || type.AllInterfaces.Any(contract => contract.Name is "IExceptionHandler" or "IExceptionFilter" or "IAsyncExceptionFilter" or "IMiddleware"));

    private static readonly HashSet<string> Handlers = Words.SetOf("middleware handler filter");

    private static bool IsOfStaff(INamespaceSymbol? space)
    {
        for (; space is { IsGlobalNamespace: false }; space = space.ContainingNamespace)
        {
            if (Words.ContainAny(space.Name, Staff))
                return true;
        }
        return false;
    }

    private static readonly HashSet<string> Staff = Words.SetOf("admin administration backoffice seeder seeding logging");

    // ex.InnerException?.Message ?? ex.Message, "{ex.Message} {ex}": one answer, one finding.
    private static bool IsSaidBefore(IOperation text, INamedTypeSymbol exception)
    {
        var statement = text;
        while (statement.Parent is { } parent and not IBlockOperation and not ICatchClauseOperation and not IAnonymousFunctionOperation and not ISwitchExpressionArmOperation)
            statement = parent;
        return statement.DescendantsAndSelf().Any(other => other != text && other.Syntax.SpanStart <= text.Syntax.SpanStart && other.Syntax.Span.End <= text.Syntax.Span.End
            && other is IPropertyReferenceOperation { Property.Name: "Message" or "StackTrace", Instance: { } thrown } && thrown.Type.Is(exception) && !text.Descendants().Contains(other));
    }

    // An exception type of the product's own says what its authors wrote into it; argument and validation texts are meant to be read.
    private static bool IsWrittenForCallers(ITypeSymbol type) =>
        type.Locations.Any(location => location.IsInSource) || type.Name.Contains("Validation") || Meant.Contains(type.Name);

    // Result.Failure(Error.Validation("quantity", ex.Message)): the inner call says what kind of text it is.
    private static string? RefusalAround(IOperation text) => text.Ancestors().TakeWhile(ancestor => ancestor is not IBlockOperation).OfType<IInvocationOperation>().Select(call => call.TargetMethod.Name).FirstOrDefault(Refusals.Contains);

    // What reaches the handler of all requests may have been thrown by anything.
    private static bool IsBorrowed(ITypeSymbol type, string answer, Compilation compilation, bool isOfAll) =>
        !(isOfAll && type.Name == "InvalidOperationException") && Borrowed.Contains(type.Name) && (Refusals.Contains(answer) || compilation.SyntaxTrees.Any(tree => TextSearch.Contains(tree, $"throw new {type.Name}(\"") || TextSearch.Contains(tree, $"throw new {type.Name}($\"")));

    // Caught, handed to a handler of exceptions, or kept by the platform's own handler.
    private static bool IsHandled(IOperation source, IOperation text)
    {
        if (text.Ancestor<ICatchClauseOperation>() is not null)
            return true;
        foreach (var part in source.DescendantsAndSelf())
        {
            if (part is IParameterReferenceOperation { Parameter.ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Ordinary or MethodKind.LocalFunction or MethodKind.AnonymousFunction } }
                or IPropertyReferenceOperation { Property: { Name: "Error", ContainingType.Name: "IExceptionHandlerFeature" or "IExceptionHandlerPathFeature" or "ExceptionHandlerFeature" } })
                return true;
            if (part is ILocalReferenceOperation local && Flow.InitialValue(local) is { } initial
                && initial.DescendantsAndSelf().Any(kept => kept is IPropertyReferenceOperation { Property: { Name: "Error", ContainingType.Name: "IExceptionHandlerFeature" or "IExceptionHandlerPathFeature" } }))
                return true;
        }
        return false;
    }
}
