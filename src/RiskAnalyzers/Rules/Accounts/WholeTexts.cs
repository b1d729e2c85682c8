using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Accounts;

/// <summary>Texts whose name gives nothing away and that are sensitive for where they come from: the signature that would have been right, a token endpoint's answer, all claims.</summary>
internal static class WholeTexts
{
    private static readonly HashSet<string> Right = Words.SetOf("computed expected calculated");

    private static readonly HashSet<string> Signatures = Words.SetOf("signature hash hmac mac digest hex sign checksum");

    private static readonly HashSet<string> SignIns = Words.SetOf("token tokens authenticate login");

    private static readonly HashSet<string> Senders = Words.SetOf("email emails mail mailer smtp sms");

    /// <summary>What a logged part is besides its name; null where it is nothing.</summary>
    public static string? DescriptionOf(IOperation part, ISymbol member, IOperation body) => part switch
    {
        ILocalReferenceOperation { Local: { Name: var name, Type.SpecialType: SpecialType.System_String } } when IsRightSignature(name, body) => "the signature that would have been right, which makes a forged message pass,",
        ILocalReferenceOperation { Local: { Type.SpecialType: SpecialType.System_String } } text when AsksForToken(member) && IsAnswer(text) => "the whole answer of a token endpoint",
        ILocalReferenceOperation { Local: { Name: var name, Type.SpecialType: SpecialType.System_String } local } when Words.Of(name) is [.., "body" or "payload" or "json" or "raw"] && IsRequestBody(local, body) => "the whole body of the request, with whatever names, addresses and tokens it has,",
        IParameterReferenceOperation { Parameter: { Name: "to" or "recipient" or "toAddress" or "recipients", Type: { SpecialType: SpecialType.System_String } } } recipient when Words.ContainAny(member.ContainingType?.Name ?? "", Senders) && IsSaidFirst(recipient, body) && Sends(body) => "personal data",
        IInvocationOperation { TargetMethod.Name: "Select" } list when PrintsClaims(list) => "every claim of the caller, his name and address among them,",
        _ => null,
    };

    // The method that hands the message over; what prepares a kind of mail and calls it need not be said again.
    private static bool Sends(IOperation body) => body.Descendants().Any(part => part is IInvocationOperation { Instance: not null and not IInstanceReferenceOperation, TargetMethod.Name: "Send" or "SendAsync" or "SendMailAsync" or "SendEmailAsync" or "SendMail" } or IInvocationOperation { TargetMethod: { IsExtensionMethod: true, Name: "SendAsync" or "Send" } })
        || body.Syntax.DescendantTokens().Any(token => token.ValueText is "SendMailAsync" or "MimeMessage" or "MailMessage"
            || token.ValueText == "SendAsync" && token.Parent?.Parent is MemberAccessExpressionSyntax { Expression: not ThisExpressionSyntax });

    // One line for each method: the one that is always written, or else the first.
    private static bool IsSaidFirst(IOperation part, IOperation body)
    {
        var logs = body.Descendants().OfType<IInvocationOperation>().Where(call => LogCalls.Writes(call.TargetMethod) && call.Descendants().Any(inner => inner is IParameterReferenceOperation other && SymbolEqualityComparer.Default.Equals(other.ReferencedSymbol(), part.ReferencedSymbol()))).ToList();
        return (logs.Find(call => call.TargetMethod.Name == "LogInformation") ?? logs.FirstOrDefault()) is { } said && said.Syntax.Span.Contains(part.Syntax.Span);
    }

    // Computed='...', Received='...': whoever reads the log sends the message again with the first of them.
    private static bool IsRightSignature(string name, IOperation body)
    {
        var words = Words.Of(name);
        return words.Length > 1 && words.HaveAny(Right) && words.HaveAny(Signatures)
            && body.Syntax.DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken) && (token.ValueText.StartsWith("HMAC", StringComparison.OrdinalIgnoreCase) || token.ValueText is "ComputeHash" or "HashData" or "FixedTimeEquals" || token.ValueText.IndexOf("Signature", StringComparison.OrdinalIgnoreCase) >= 0));
    }

    private static bool AsksForToken(ISymbol member) => Words.ContainAny(member.Name, SignIns) && member is IMethodSymbol;

    private static bool IsAnswer(ILocalReferenceOperation text) => Flow.InitialValue(text)?.WithoutAwait() is IInvocationOperation { TargetMethod: { Name: "ReadAsStringAsync", ContainingType.Name: "HttpContent" } };

    // var json = await new StreamReader(Request.Body).ReadToEndAsync();
    private static bool IsRequestBody(ILocalSymbol local, IOperation body) =>
        body.Descendants().Any(part => part switch
        {
            ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: var set }, Value: var value } => SymbolEqualityComparer.Default.Equals(set, local) && ReadsToEnd(value),
            IVariableDeclaratorOperation { Symbol: var declared } declarator => SymbolEqualityComparer.Default.Equals(declared, local) && declarator.GetVariableInitializer() is { Value: var value } && ReadsToEnd(value),
            _ => false,
        }) && body.Descendants().Any(part => part is IPropertyReferenceOperation { Property: { Name: "Body", ContainingType.Name: "HttpRequest" } });

    private static bool ReadsToEnd(IOperation value) => value.WithoutAwait() is IInvocationOperation { TargetMethod: { Name: "ReadToEndAsync" or "ReadToEnd", ContainingType.Name: "StreamReader" or "TextReader" } };

    // principal.Claims.Select(claim => $"{claim.Type}={claim.Value}")
    private static bool PrintsClaims(IInvocationOperation list) => EntityFramework.Receiver(list)?.WithoutConversions().ReferencedSymbol() is IPropertySymbol { Name: "Claims", ContainingType.Name: "ClaimsPrincipal" or "ClaimsIdentity" or "JwtSecurityToken" }
        && list.Descendants().Any(part => part is IPropertyReferenceOperation { Property: { Name: "Value", ContainingType.Name: "Claim" } });
}
