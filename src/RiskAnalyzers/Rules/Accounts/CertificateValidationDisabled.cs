using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Accounts;

/// <summary>A connection that takes any certificate: whoever sits on the line reads and changes what goes over it.</summary>
internal sealed class CertificateValidationDisabled : RiskRule
{
    private static readonly HashSet<string> Off = Words.SetOf("EnableSslCertificateVerification VerifySslCertificate VerifyCertificate VerifySsl ValidateServerCertificate ValidateCertificate CheckServerCertificate");

    private static readonly HashSet<string> On = Words.SetOf("TrustServerCertificate AllowInsecureTls AllowUntrustedCertificates IgnoreSslErrors IgnoreCertificateErrors AcceptAnyCertificate AllowInvalidCertificates SkipCertificateValidation");

    private static readonly HashSet<string> Certificates = Words.SetOf("certificate certificates cert certs ssl tls");

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK3013",
        title: "Certificate validation disabled",
        message: "'{0}' accepts the certificate of anybody: whoever sits on the line reads tokens and card data and answers in the other's name; delete it, and trust a private authority by its root certificate",
        why: "TLS without a check of the certificate is encryption with an unknown partner. The line was usually written for a test machine and ships with the rest.");

    public CertificateValidationDisabled() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        on.Operation(CheckAssignment, OperationKind.SimpleAssignment, OperationKind.CompoundAssignment);
        on.Operation(CheckEvent, OperationKind.EventAssignment);
        on.Operation(CheckArgument, OperationKind.Argument);
        on.Operation(CheckAcceptAll, OperationKind.PropertyReference);
        on.Operation(CheckConnectionString, OperationKind.Literal);
    }

    private static void CheckAssignment(OperationVisit visit)
    {
        var assignment = (IAssignmentOperation)visit.Operation;
        if (assignment.Target.ReferencedSymbol() is not { } target || assignment.Target is ILocalReferenceOperation { Local.Type.TypeKind: not TypeKind.Delegate })
            return;
        if (SwitchesOff(target, assignment.Value) || (IsCallback(target.Name, assignment.Target.Type) && AlwaysTrue(assignment.Value, visit.Cancellation)))
            Report(visit, assignment, assignment.Syntax);
    }

    private static void CheckEvent(OperationVisit visit)
    {
        var subscription = (IEventAssignmentOperation)visit.Operation;
        if (subscription.Adds && subscription.EventReference.ReferencedSymbol() is { } handler && IsCallback(handler.Name, handler is IEventSymbol { Type: var type } ? type : null) && AlwaysTrue(subscription.HandlerValue, visit.Cancellation))
            Report(visit, subscription, subscription.Syntax);
    }

    // new SslStream(stream, false, (s, c, ch, e) => true), settings.ServerCertificateValidationCallback((o, c, ch, e) => true)
    private static void CheckArgument(OperationVisit visit)
    {
        var argument = (IArgumentOperation)visit.Operation;
        if (argument.Parameter is not { Type: { TypeKind: TypeKind.Delegate } type } parameter || argument.ArgumentKind != ArgumentKind.Explicit)
            return;
        if ((IsCallback(parameter.Name, type) || (parameter.ContainingSymbol is IMethodSymbol method && IsCallback(method.Name, type))) && AlwaysTrue(argument.Value, visit.Cancellation))
            Report(visit, argument, argument.Syntax);
    }

    private static void CheckAcceptAll(OperationVisit visit)
    {
        if (((IPropertyReferenceOperation)visit.Operation).Property.Name == "DangerousAcceptAnyServerCertificateValidator" && visit.Operation.Parent is not IAssignmentOperation)
            Report(visit, visit.Operation, visit.Operation.Syntax);
    }

    private static void CheckConnectionString(OperationVisit visit)
    {
        if (visit.Operation.ConstantValue is not { HasValue: true, Value: string { Length: > 20 } text } || text.IndexOf("Trust", StringComparison.OrdinalIgnoreCase) < 0)
            return;
        var words = text.Replace(" ", "").ToLowerInvariant();
        if (words.Contains("trustservercertificate=true") && !words.Contains("localhost") && !words.Contains("127.0.0.1") && !words.Contains("localdb") && !words.Contains("server=.") && !words.Contains("datasource=."))
            Report(visit, visit.Operation, visit.Operation.Syntax);
    }

    private static void Report(OperationVisit visit, IOperation place, SyntaxNode node)
    {
        if (Environments.Around(place) is EnvironmentReach.DevelopmentOnly or EnvironmentReach.OutsideProduction)
            return;
        visit.Report(node, Excerpt.Of(node));
    }

    private static bool SwitchesOff(ISymbol target, IOperation value) => value.WithoutConversions().ConstantValue is { HasValue: true, Value: bool set }
        ? set ? On.Contains(target.Name) : Off.Contains(target.Name)
        : target.Name switch
        {
            "AcceptablePolicyErrors" => value.DescendantsAndSelf().Any(part => part is IFieldReferenceOperation { Field.Name: "RemoteCertificateChainErrors" or "RemoteCertificateNameMismatch" }),
            "CertificateValidationMode" => value.WithoutConversions() is IFieldReferenceOperation { Field.Name: "None" },
            "VerificationFlags" => value.DescendantsAndSelf().Any(part => part is IFieldReferenceOperation { Field.Name: "AllFlags" or "AllowUnknownCertificateAuthority" }),
            _ => false,
        };

    // By its name, for the many clients that bring a delegate type of their own.
    private static bool IsCallback(string name, ITypeSymbol? type) =>
        type is null or { TypeKind: TypeKind.Delegate } && (type?.Name is "RemoteCertificateValidationCallback" || (Words.ContainAny(name, Certificates) && Words.ContainAny(name, CallbackWords)));

    private static readonly HashSet<string> CallbackWords = Words.SetOf("validation validate validator callback verify verification check errors");

    private static bool AlwaysTrue(IOperation value, CancellationToken cancellation) => value.WithoutConversions() switch
    {
        IDelegateCreationOperation creation => AlwaysTrue(creation.Target, cancellation),
        IAnonymousFunctionOperation lambda => ReturnsOnlyTrue(lambda.Body),
        IMethodReferenceOperation method => method.Method.DeclaringSyntaxReferences is [var declaration] && ReturnsOnlyTrue(declaration.GetSyntax(cancellation)),
        IMemberReferenceOperation { Member.Name: "DangerousAcceptAnyServerCertificateValidator" or "AllowAll" or "AcceptAll" } => true,
        _ => false,
    };

    private static bool ReturnsOnlyTrue(IBlockOperation body)
    {
        var some = false;
        foreach (var operation in body.DescendantsInFunction())
        {
            if (operation is not IReturnOperation { ReturnedValue: { } value })
                continue;
            if (!IsTrue(value))
                return false;
            some = true;
        }
        return some;
    }

    // errors == None || true
    private static bool IsTrue(IOperation value) =>
        value.ConstantValue is { HasValue: true, Value: true } || value.WithoutConversions() is IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr } either && (IsTrue(either.LeftOperand) || IsTrue(either.RightOperand));

    private static bool ReturnsOnlyTrue(SyntaxNode declaration)
    {
        var (expression, body) = declaration switch
        {
            MethodDeclarationSyntax method => (method.ExpressionBody?.Expression, method.Body),
            LocalFunctionStatementSyntax function => (function.ExpressionBody?.Expression, function.Body),
            _ => (null, null),
        };
        if (expression is not null)
            return expression.IsKind(SyntaxKind.TrueLiteralExpression);
        var results = body?.DescendantNodes().OfType<ReturnStatementSyntax>().ToList();
        return results is { Count: > 0 } && results.All(result => result.Expression.IsKind(SyntaxKind.TrueLiteralExpression));
    }
}
