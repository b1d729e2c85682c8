using System.Text.RegularExpressions;
using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Accounts;

/// <summary>A password, token, card number or personal detail that goes into a log, where it outlives every protection that the database has.</summary>
internal sealed class SensitiveDataLogged : RiskRule
{
    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK3005",
        title: "Sensitive data in a log",
        message: "'{0}' writes {1} to the log; leave it out or mask it",
        why: "Logs are copied, shipped, searched and kept by people and systems that may never see the data itself. What is in them cannot be taken back.");

    // "Password: P@ssw0rd" in a message: a value, not a placeholder and not a word of prose.
    private static readonly Regex SpelledOut = new(
        @"\b(password|passwd|pwd|api[-_ ]?key|secret|pin)\b\s*[:=]\s*['""]?(?=[^\s{},;'""]*[\d@!$#%^&*])[^\s{},;'""]{4,}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    public SensitiveDataLogged() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        on.Operation(Check, OperationKind.Invocation);
        on.Operation(CheckUnresolved, OperationKind.Invalid);
    }

    private static void Check(OperationVisit visit)
    {
        var call = (IInvocationOperation)visit.Operation;
        if (call.TargetMethod.Name == "EnableSensitiveDataLogging")
            CheckStatements(visit, call, call.Arguments.FirstOrDefault(argument => argument.Parameter?.Type.SpecialType == SpecialType.System_Boolean && argument.ArgumentKind == ArgumentKind.Explicit)?.Value);
        if (!LogCalls.Writes(call.TargetMethod) || Environments.IsForDevelopersOnly(call))
            return;
        var template = LoggedText.TemplateOf(call);
        var position = 0;
        var said = new HashSet<int>();
        foreach (var argument in call.Arguments)
        {
            if (argument.ArgumentKind == ArgumentKind.ParamArray && argument.Value is IArrayCreationOperation { Initializer.ElementValues: var values })
            {
                foreach (var value in values)
                    CheckValue(visit, value, template, position++, said);
            }
            else
            {
                var isValue = argument.Parameter is { } parameter && LoggedText.IsValue(parameter);
                CheckValue(visit, argument.Value, template, isValue ? position++ : -1, said);
            }
        }
    }

    // The package of the database is not restored, or the logger's: what is called is known by its name.
    private static void CheckUnresolved(OperationVisit visit)
    {
        if (visit.Operation.Syntax is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name, Expression: var receiver }, ArgumentList.Arguments: var arguments })
            return;
        if (name == "EnableSensitiveDataLogging" && arguments.Count == 0)
            CheckStatements(visit, visit.Operation, null);
        else if (name == "PushProperty" && arguments.Count >= 2 && receiver.ToString() == "LogContext" && !Environments.IsForDevelopersOnly(visit.Operation) && visit.Operation.ChildOperations.FirstOrDefault(child => arguments[1].Span.Contains(child.Syntax.Span)) is { } value)
            CheckValue(visit, value, ImmutableArray<string>.Empty, -1, new());
    }

    // EF writes the parameters of every statement: hashes, tokens, addresses.
    private static void CheckStatements(OperationVisit visit, IOperation call, IOperation? isOn)
    {
        if (isOn is not null && !isOn.IsConstant(true) || Environments.IsForDevelopersOnly(call) || Environments.IsInDebugBuild(call.Syntax) || Environments.Around(call) is EnvironmentReach.DevelopmentOnly or EnvironmentReach.OutsideProduction)
            return;
        visit.Report(call.CalledName(), "EnableSensitiveDataLogging", "the values of every statement, hashes and tokens and addresses,");
    }

    private static void CheckValue(OperationVisit visit, IOperation value, ImmutableArray<string> template, int position, HashSet<int> said)
    {
        var hole = position >= 0 && position < template.Length ? template[position] : "";
        foreach (var part in LoggedText.PartsOf(value))
        {
            if (part.ConstantValue is { HasValue: true, Value: string text })
            {
                if (SpelledOut.IsMatch(text))
                    visit.Report(part, Excerpt.Of(part), "a password or key in plain text");
                continue;
            }
            if ((DescriptionOf(part, hole) ?? WholeTexts.DescriptionOf(part, visit.Member, visit.Body)) is { } description && !(description == Personal && IsSeed(visit.Member)) && (description != Personal || said.Add(LineOf(part))))
                visit.Report(part, Excerpt.Of(part), description);
        }
    }

    private const string Personal = "personal data";

    // A line that names the address twice is read once.
    private static int LineOf(IOperation part) => part.Syntax.GetLocation().GetLineSpan().StartLinePosition.Line;

    // The accounts of a seed are the shop's own; their passwords are another matter.
    private static bool IsSeed(ISymbol member) => member.ContainingType is { } type && (Words.ContainAny(type.Name, Seeds) || Words.ContainAny(member.Name, Seeds));

    private static readonly HashSet<string> Seeds = Words.SetOf("seed seeder seeding seeds");

    private static string? DescriptionOf(IOperation part, string hole)
    {
        var kind = Secrets.Of(part);
        if (kind == SecretKind.None && part is ILocalReferenceOperation { Local: { Type.SpecialType: SpecialType.System_String } } local)
            kind = OfLink(local);
        if (kind == SecretKind.None && PersonalClaims.IsRead(part))
            kind = SecretKind.Personal;
        if (kind == SecretKind.None && IsAuthorizationHeader(part))
            kind = SecretKind.Token;
        if (kind == SecretKind.Password && part.ReferencedSymbol() is { } symbol && Secrets.IsDigest(symbol.Name))
            return "the hash of a password";
        return kind switch
        {
            SecretKind.Password => "a password",
            SecretKind.Card => "card or bank data",
            SecretKind.Key => "a secret of the service",
            SecretKind.Token => "a token that opens a session",
            SecretKind.OneTime => "a code or link that proves who somebody is",
            SecretKind.Personal => Personal,
            _ => OfWhole(part, hole),
        };
    }

    // {@Request}, a record or Serialize(request): every member is printed.
    private static string? OfWhole(IOperation part, string hole)
    {
        var type = part.WithoutConversions().Type;
        var isPrintedWhole = hole.StartsWith("@", StringComparison.Ordinal) || type is { IsRecord: true } || part.Parent is IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "Serialize" or "SerializeObject" } };
        if (isPrintedWhole && type is ITypeParameterSymbol { ContainingSymbol: INamedTypeSymbol around } && IsPipeline(around))
            return "whatever passes here, passwords, tokens and cards too,";
        return isPrintedWhole && type is INamedTypeSymbol named && SecretMembers.FirstOf(named, depth: 2, SecretMembers.Leaks) is { } member ? $"all of {named.Name}, {member.Name} too," : null;
    }

    // LoggingBehavior<TRequest, TResponse> sees logins and payments as well as queries.
    private static bool IsPipeline(INamedTypeSymbol type) => Words.Of(type.Name) is [.., "behavior" or "behaviour" or "filter" or "decorator" or "interceptor"];

    // var link = $"https://shop/reset?token={token}": the token is in the link, whatever that is called.
    private static SecretKind OfLink(ILocalReferenceOperation reference)
    {
        if (DeclarationOf(reference) is not { } value)
            return SecretKind.None;
        foreach (var part in value.DescendantsAndSelf())
        {
            if (part is ILocalReferenceOperation or IParameterReferenceOperation or IPropertyReferenceOperation && IsWithinText(part, value) && Secrets.Of(part) is var kind and (SecretKind.OneTime or SecretKind.Token or SecretKind.Password))
                return kind;
        }
        return SecretKind.None;
    }

    private static bool IsWithinText(IOperation part, IOperation value)
    {
        for (var ancestor = part.Parent; ancestor is not null; ancestor = ancestor.Parent)
        {
            switch (ancestor)
            {
                case IInterpolatedStringOperation or IBinaryOperation { OperatorKind: BinaryOperatorKind.Add }:
                case IInvocationOperation { TargetMethod.Name: "Action" or "Page" or "RouteUrl" or "Format" or "Concat" or "AddQueryString" or "ActionLink" or "PageLink" }:
                    return true;
                case IInvocationOperation { TargetMethod.Name: not ("UrlEncode" or "EscapeDataString" or "Encode" or "Base64UrlEncode" or "ToString") }:
                    return false;
            }
            if (ancestor == value)
                return false;
        }
        return false;
    }

    private static IOperation? DeclarationOf(ILocalReferenceOperation reference)
    {
        if (reference.Local.DeclaringSyntaxReferences is not [var declaration] || declaration.GetSyntax() is not VariableDeclaratorSyntax { Initializer.Value: { } initializer })
            return null;
        return reference.SemanticModel?.GetOperation(initializer);
    }

    private static bool IsAuthorizationHeader(IOperation part) => part.WithoutConversions() switch
    {
        IPropertyReferenceOperation { Property: { IsIndexer: true }, Arguments: [{ Value.ConstantValue: { HasValue: true, Value: string key } }] } =>
            key.Equals("Authorization", StringComparison.OrdinalIgnoreCase) || key.Equals("Cookie", StringComparison.OrdinalIgnoreCase) || key.Equals("Set-Cookie", StringComparison.OrdinalIgnoreCase),
        IPropertyReferenceOperation { Property: { Name: "Authorization" or "Cookie" or "SetCookie" } property } => property.ContainingType.Name is "IHeaderDictionary" or "HttpRequestHeaders",
        // All of them: the token and the cookies are among them.
        IPropertyReferenceOperation { Property: { Name: "Headers", ContainingType.Name: "HttpRequest" or "HttpRequestMessage" } } => true,
        _ => false,
    };
}
