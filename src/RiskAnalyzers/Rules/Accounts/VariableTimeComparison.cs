using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Accounts;

/// <summary>A signature, token or code compared character by character: the time it takes tells how much of a guess is right.</summary>
internal sealed class VariableTimeComparison : RiskRule
{
    private static readonly HashSet<string> Seals = new(StringComparer.Ordinal) { "hmac", "signature", "signatures", "sig", "mac", "checksum", "secure", "vnp" };

    private static readonly HashSet<string> Signing = new(StringComparer.Ordinal) { "signature", "webhook", "hmac", "signed", "callback", "ipn", "sign" };

    // Sides of a question about change, not about proof.
    private static readonly HashSet<string> Versions = new(StringComparer.Ordinal) { "old", "new", "previous", "last", "original", "before", "after", "default", "known", "method" };

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK3010",
        title: "A secret compared in variable time",
        message: "'{0}' stops at the first difference, so the time it takes gives the secret away piece by piece; use CryptographicOperations.FixedTimeEquals",
        why: "Signatures, tokens and keys are proofs. A comparison that returns early tells an attacker how many characters were right, and the next guess starts from there.");

    public VariableTimeComparison() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        on.Operation(CheckOperator, OperationKind.Binary);
        on.Operation(CheckCall, OperationKind.Invocation);
    }

    private static void CheckOperator(OperationVisit visit)
    {
        var binary = (IBinaryOperation)visit.Operation;
        if (binary.OperatorKind is BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals)
            Check(visit, binary.LeftOperand, binary.RightOperand);
    }

    private static void CheckCall(OperationVisit visit)
    {
        var call = (IInvocationOperation)visit.Operation;
        if (call.TargetMethod.Name is "Equals" or "SequenceEqual" or "Compare" or "CompareOrdinal" && Comparisons.OperandsOf(call) is var (left, right))
            Check(visit, left, right);
    }

    private static void Check(OperationVisit visit, IOperation left, IOperation right)
    {
        if (!IsText(left) || !IsText(right) || IsKnown(left) || IsKnown(right))
            return;
        if (!IsProof(visit, left) && !IsProof(visit, right))
            return;
        if (IsVersion(left) || IsVersion(right) || Comparisons.AreSameMember(left, right) || SetsWhatDiffers(visit.Operation, left) || visit.Operation.IsInExpressionTree()
            || SkipsOwn(visit.Operation, left, right) || AsksWhatChanged(visit.Operation, left, right))
            return;
        visit.Report(visit.Operation, visit.Operation.Syntax.ToString());
    }

    // if (client.ApiKey != settings.ApiKey) client.ApiKey = settings.ApiKey;
    private static bool SetsWhatDiffers(IOperation comparison, IOperation left) => left.ReferencedSymbol() is { } symbol and not ILocalSymbol and not IMethodSymbol
        && comparison.Ancestor<IConditionalOperation>() is { } conditional && conditional.WhenTrue.DescendantsAndSelf().Any(operation =>
            operation is ISimpleAssignmentOperation assignment && SymbolEqualityComparer.Default.Equals(assignment.Target.ReferencedSymbol(), symbol));

    // foreach (session) if (session.Token != currentToken) End(session): the session that asks is passed over.
    private static bool SkipsOwn(IOperation comparison, IOperation left, IOperation right) => comparison.Ancestor<IForEachLoopOperation>() is not null
        && (left.WithoutConversions().ReferencedSymbol()?.Name is { } one && Words.Of(one) is ["current" or "own", ..] || right.WithoutConversions().ReferencedSymbol()?.Name is { } other && Words.Of(other) is ["current" or "own", ..]);

    // if (model.ClientId != settings.ClientId || model.Secret != settings.Secret) forget the old connection: a form that was filled in again. Who is refused is not let go on.
    private static bool AsksWhatChanged(IOperation comparison, IOperation left, IOperation right) => Comparisons.AreOfOneName(left, right)
        && comparison is IBinaryOperation { OperatorKind: BinaryOperatorKind.NotEquals, Parent: IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr } either }
        && either.DescendantsAndSelf().Any(part => part != comparison && part is IBinaryOperation { OperatorKind: BinaryOperatorKind.NotEquals } asked && Comparisons.AreOfOneName(asked.LeftOperand, asked.RightOperand))
        && comparison.Ancestor<IConditionalOperation>() is { WhenTrue: var changed, Syntax: IfStatementSyntax } && !Flow.Leaves(changed);

    private static bool IsText(IOperation operand)
    {
        var type = operand.WithoutConversions().Type;
        return type is { SpecialType: SpecialType.System_String } or { Name: "StringValues" } or IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_Byte }
            or INamedTypeSymbol { Name: "Span" or "ReadOnlySpan" or "IEnumerable", TypeArguments: [{ SpecialType: SpecialType.System_Byte or SpecialType.System_Char }] };
    }

    private static bool IsKnown(IOperation operand)
    {
        operand = operand.WithoutConversions();
        return operand.ConstantValue.HasValue || operand is IDefaultValueOperation or ILiteralOperation or IFieldReferenceOperation { Field.Name: "Empty" };
    }

    private static bool IsProof(OperationVisit visit, IOperation operand)
    {
        operand = operand.WithoutAwait();
        if (Secrets.Of(operand) is SecretKind.Token or SecretKind.Key or SecretKind.OneTime)
            return true;
        if (operand.ReferencedSymbol() is { } symbol && operand is not IInvocationOperation && IsSeal(symbol.Name, visit.Member))
            return true;
        // bool ValidateApiKey(string key, string expected) => key == expected;
        if (operand is IParameterReferenceOperation { Parameter.Name: var given } && Words.Of(given) is [.., "key" or "expected" or "provided" or "candidate" or "received" or "presented"] && ChecksProof(visit.Member.Name))
            return true;
        // $"Bearer {key}"
        if (operand is IInterpolatedStringOperation text && text.Parts.OfType<IInterpolationOperation>().Any(part => Secrets.Of(part.Expression) is SecretKind.Token or SecretKind.Key))
            return true;
        return IsKeyedDigest(operand, hops: 2);
    }

    private static bool ChecksProof(string member) => Words.Of(member) is ["validate" or "verify" or "check" or "compare" or "is" or "match" or "matches", ..] && (Secrets.Of(member) is SecretKind.Key or SecretKind.Token or SecretKind.OneTime || Words.ContainAny(member, Seals));

    private static bool IsSeal(string name, ISymbol member)
    {
        var words = Words.Of(name);
        if (words.IsEmpty || words[words.Length - 1] is "address" or "id" or "type" or "header" or "algorithm" or "name" or "version" or "length")
            return false;
        foreach (var word in words)
        {
            if (word is "hmac" or "signature" or "mac" or "sig")
                return true;
        }
        // A hash is a proof where the code around it is about proofs; elsewhere it names a file or a cache entry.
        return words[words.Length - 1] is "hash" or "digest" or "checksum" && (Words.ContainAny(name, Seals) || Words.ContainAny(member.Name, Signing) || Words.ContainAny(member.ContainingType?.Name ?? "", Signing));
    }

    // hmac.ComputeHash(...), HMACSHA256.HashData(...), and what encodings and locals make of it.
    private static bool IsKeyedDigest(IOperation operand, int hops)
    {
        operand = operand.WithoutConversions();
        switch (operand)
        {
            case IInvocationOperation { TargetMethod: { Name: "ComputeHash" or "HashData" or "ComputeHashAsync" } method } call:
                // A digest of the text and a key is a signature of a home-made kind.
                return IsHmac(method.ContainingType) || IsHmac(call.Instance?.WithoutConversions().Type) || call.Arguments.Any(argument => argument.Value.DescendantsAndSelf().Any(IsKey));
            case IInvocationOperation call:
                return (call.Instance is { } instance && IsKeyedDigest(instance, hops)) || call.Arguments.Any(argument => call.TargetMethod.IsStatic && IsKeyedDigest(argument.Value, hops));
            case ILocalReferenceOperation local when hops > 0:
                return Flow.InitialValue(local) is { } value && IsKeyedDigest(value, hops - 1);
            default:
                return false;
        }
    }

    private static bool IsKey(IOperation part) => part is ILocalReferenceOperation or IParameterReferenceOperation or IMemberReferenceOperation && Secrets.Of(part) == SecretKind.Key;

    private static bool IsHmac(ITypeSymbol? type) => type is not null && type.Name.StartsWith("HMAC", StringComparison.Ordinal);

    private static bool IsVersion(IOperation operand) => operand.WithoutConversions().ReferencedSymbol() is { } symbol && Words.ContainAny(symbol.Name, Versions);
}
