using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Accounts;

/// <summary>A password that is compared, hashed or stored so that whoever sees the table has the passwords.</summary>
internal sealed class WeakPasswordHandling : RiskRule
{
    private const int FewestIterations = 100_000;
    private const int LowestWorkFactor = 10;
    private const int ShortestPassword = 8;

    private static readonly HashSet<string> Inputs = new(StringComparer.Ordinal) { "confirm", "confirmation", "confirmed", "repeat", "repeated", "retype", "again", "new", "old", "current", "previous", "second", "verify", "2" };

    private static readonly HashSet<string> Making = new(StringComparer.Ordinal) { "hash", "hashed", "encrypt", "encode", "md5", "sha", "sha256", "compute", "digest", "protect" };

    // Types that carry input or output; what stands in them was not stored.
    private static readonly HashSet<string> Carriers = new(StringComparer.Ordinal)
    {
        "dto", "request", "response", "command", "query", "model", "viewmodel", "vm", "input", "options", "settings", "config", "configuration", "message", "event", "form", "args", "credentials", "credential",
        "email", "mail", "ftp", "imap", "proxy", "factory", "parameters", "builder", "info", "client", "connection", "result", "page", "context", "viewmodels", "smtp", "server", "provider", "login", "data",
    };

    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK3007",
        title: "A password that is not properly hashed",
        message: "'{0}' {1}; {2}",
        why: "Tables of accounts leak. Plain text, fast digests and shared salts turn a leak into everybody's password, here and wherever it is used again.");

    public WeakPasswordHandling() : base(Risk)
    {
    }

    public override ImmutableArray<string> Supersedes => ImmutableArray.Create("RISK3010");

    public override void Listen(RuleListener on)
    {
        var hashAlgorithm = on.Type("System.Security.Cryptography.HashAlgorithm");
        on.Operation(CheckOperator, OperationKind.Binary);
        on.Operation(visit => CheckCall(visit, hashAlgorithm), OperationKind.Invocation);
        on.Operation(CheckDerivation, OperationKind.ObjectCreation);
        on.Operation(CheckAssignment, OperationKind.SimpleAssignment);
    }

    private static void CheckOperator(OperationVisit visit)
    {
        var binary = (IBinaryOperation)visit.Operation;
        if (binary.OperatorKind is BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals)
            CheckComparison(visit, binary.LeftOperand, binary.RightOperand);
    }

    private static void CheckCall(OperationVisit visit, INamedTypeSymbol? hashAlgorithm)
    {
        var call = (IInvocationOperation)visit.Operation;
        switch (call.TargetMethod.Name)
        {
            case "Equals" or "SequenceEqual" or "Compare" or "CompareOrdinal" or "CompareTo" when Comparisons.OperandsOf(call) is var (left, right):
                CheckComparison(visit, left, right);
                break;
            case "ComputeHash" or "HashData" or "TryHashData" or "ComputeHashAsync" or "TryComputeHash":
                CheckDigest(visit, call, hashAlgorithm);
                break;
            case "GetHashCode" when call.Instance is { } text && IsPassword(text):
                visit.Report(call, text.Syntax.ToString(), "is reduced to a hash code that many passwords share", "use PasswordHasher<TUser>");
                break;
            case "Pbkdf2" or "DeriveKey":
                CheckDerivationArguments(visit, call, call.Arguments);
                break;
            case "HashPassword" or "EnhancedHashPassword" or "GenerateSalt" when call.TargetMethod.ContainingType.Name == "BCrypt":
                CheckWorkFactor(visit, call);
                break;
            case "ToBase64String" when call.Arguments is [{ Value: var bytes }, ..] && IsBytesOfPassword(bytes):
                visit.Report(call, call.Syntax.ToString(), "only spells the password differently", "hash it with PasswordHasher<TUser>");
                break;
        }
    }

    private static void CheckComparison(OperationVisit visit, IOperation left, IOperation right)
    {
        var (password, other) = Secrets.Of(left) == SecretKind.Password ? (left, right) : (right, left);
        if (Secrets.Of(password) != SecretKind.Password)
        {
            if (HashesPassword(visit, left) || HashesPassword(visit, right))
                ReportComparison(visit, visit.Operation);
            return;
        }
        if (IsWrittenInSource(other) is { } written)
        {
            if (written.Length > 0)
                visit.Report(visit.Operation, visit.Operation.Syntax.ToString(), "compares with a password that everybody with the source knows", "store a hash and verify it");
            return;
        }
        if (Secrets.CanHold(other.Type) && !AreBothInputs(password, other) && !Comparisons.AreSameMember(password, other) && !IsOfOneMessage(password, other))
            ReportComparison(visit, visit.Operation);
    }

    // A message that carries the same hash in two places is checked against itself.
    private static bool IsOfOneMessage(IOperation password, IOperation other) => Root(password) is IInstanceReferenceOperation { Type: { } type } && Root(other) is IInstanceReferenceOperation && type.AllInterfaces.Any(contract => contract.Name == "IValidatableObject");

    private static IOperation Root(IOperation value)
    {
        value = value.WithoutConversions();
        while (value is IPropertyReferenceOperation { Instance: { } owner })
            value = owner.WithoutConversions();
        return value;
    }

    private static void ReportComparison(OperationVisit visit, IOperation comparison) => visit.Report(
        comparison, comparison.Syntax.ToString(), "compares a password or its hash as text", "store a salted slow hash and check it with IPasswordHasher.VerifyHashedPassword");

    // Null for what is known at run time only; the empty text is a question whether there is a password.
    private static string? IsWrittenInSource(IOperation operation)
    {
        operation = operation.WithoutConversions();
        if (operation.ConstantValue is { HasValue: true } constant)
            return constant.Value as string ?? "";
        return operation is IDefaultValueOperation or IFieldReferenceOperation { Field: { Name: "Empty", ContainingType.SpecialType: SpecialType.System_String } } ? "" : null;
    }

    // Password and ConfirmPassword, OldPassword and NewPassword: both come from the same form.
    private static bool AreBothInputs(IOperation first, IOperation second)
    {
        var (one, other) = (first.WithoutConversions().ReferencedSymbol()?.Name, second.WithoutConversions().ReferencedSymbol()?.Name);
        if (one is null || other is null)
            return false;
        if (Words.ContainAny(one, Inputs) || Words.ContainAny(other, Inputs))
            return !Secrets.IsDigest(one) && !Secrets.IsDigest(other);
        return Secrets.Of(other) == SecretKind.None && Words.Of(other) is [.., "confirm" or "repeat"];
    }

    // Hash(password) == stored, or a local that holds it.
    private static bool HashesPassword(OperationVisit visit, IOperation operation)
    {
        operation = operation.WithoutAwait();
        if (operation is ILocalReferenceOperation local)
        {
            if (Flow.InitialValue(local) is not { } value)
                return false;
            operation = value.WithoutAwait();
        }
        return operation is IInvocationOperation call && Words.ContainAny(call.TargetMethod.Name, Making) && Secrets.CanHold(call.TargetMethod.ReturnType.AwaitedType())
            && call.Arguments.Any(argument => IsPassword(argument.Value));
    }

    private static void CheckDigest(OperationVisit visit, IInvocationOperation call, INamedTypeSymbol? hashAlgorithm)
    {
        var type = call.TargetMethod.ContainingType;
        if (!type.Is(hashAlgorithm) && !type.Name.StartsWith("SHA", StringComparison.Ordinal) && !type.Name.StartsWith("MD5", StringComparison.Ordinal) && !type.Name.StartsWith("HMAC", StringComparison.Ordinal))
            return;
        if (call.Arguments.IsEmpty || !(call.Arguments.Any(argument => MentionsPassword(argument.Value)) || HashesPasswords(visit.Member)))
            return;
        visit.Report(call, call.Syntax.ToString(), "hashes a password with a digest made to be fast", "use PasswordHasher<TUser>, Argon2, bcrypt or PBKDF2 with many iterations");
    }

    private static bool HashesPasswords(ISymbol member) =>
        Words.ContainAny(member.Name, Making) && (Secrets.Of(member.Name) == SecretKind.Password || (member.ContainingType is { } owner && Words.ContainSequence(owner.Name, "password", "hasher")));

    private static bool MentionsPassword(IOperation value)
    {
        foreach (var part in value.DescendantsAndSelf())
        {
            if (part is ILocalReferenceOperation or IParameterReferenceOperation or IPropertyReferenceOperation or IFieldReferenceOperation && IsPassword(part))
                return true;
        }
        return value.WithoutConversions() is ILocalReferenceOperation local && Flow.InitialValue(local) is { } initial && initial is not ILocalReferenceOperation && MentionsPassword(initial);
    }

    private static void CheckDerivation(OperationVisit visit)
    {
        var creation = (IObjectCreationOperation)visit.Operation;
        if (creation.Type?.Name != "Rfc2898DeriveBytes")
            return;
        if (creation.Constructor is { Parameters: var parameters } && !parameters.Any(parameter => parameter.Name == "iterations"))
            visit.Report(creation, creation.Syntax.ToString(), "derives a key with 1000 iterations, the default", "name at least 100000, better 600000, and SHA-256");
        else
            CheckDerivationArguments(visit, creation, creation.Arguments);
    }

    private static void CheckDerivationArguments(OperationVisit visit, IOperation derivation, ImmutableArray<IArgumentOperation> arguments)
    {
        foreach (var argument in arguments)
        {
            if (argument.Parameter is not { } parameter)
                continue;
            if (parameter.Name is "iterations" or "iterationCount" && argument.Value.ConstantNumber() is < FewestIterations and var count)
                visit.Report(argument, derivation.Syntax.ToString(), $"derives a key with {count} iterations", "take at least 100000, better 600000");
            else if (parameter.Name == "salt" && IsFixedSalt(argument.Value))
                visit.Report(argument, argument.Syntax.ToString(), "salts every password alike", "draw a salt for each with RandomNumberGenerator and store it beside the hash");
        }
    }

    private static bool IsFixedSalt(IOperation salt)
    {
        salt = salt.WithoutConversions();
        if (salt is ILocalReferenceOperation local && Flow.InitialValue(local) is { } initial)
            salt = initial.WithoutConversions();
        return salt switch
        {
            { ConstantValue: { HasValue: true, Value: not null } } => true,
            IArrayCreationOperation { Initializer: { ElementValues.Length: > 0 } initializer } => initializer.ElementValues.All(element => element.ConstantValue.HasValue),
            IInvocationOperation { TargetMethod.Name: "GetBytes" or "FromBase64String" or "FromHexString", Arguments: [{ Value: { Type.SpecialType: SpecialType.System_String, ConstantValue.HasValue: true } }, ..] } => true,
            _ => false,
        };
    }

    private static void CheckWorkFactor(OperationVisit visit, IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument is { ArgumentKind: ArgumentKind.Explicit, Parameter.Name: "workFactor" } && argument.Value.ConstantNumber() is < LowestWorkFactor and var factor)
                visit.Report(argument, call.Syntax.ToString(), $"hashes with work factor {factor}", "take 11 or more");
        }
    }

    private static void CheckAssignment(OperationVisit visit)
    {
        var assignment = (ISimpleAssignmentOperation)visit.Operation;
        if (assignment.Target is not IPropertyReferenceOperation { Property: var property })
            return;
        if (property is { Name: "RequiredLength", ContainingType.Name: "PasswordOptions" })
        {
            if (assignment.Value.ConstantNumber() is < ShortestPassword and var length)
                visit.Report(assignment, assignment.Syntax.ToString(), $"accepts passwords of {length} characters", "ask for eight or more");
            return;
        }
        if (!IsPassword(assignment.Value) || Secrets.Of(property) != SecretKind.Password || WasStored(assignment.Value) || PutsBack(property, assignment.Value))
            return;
        if (Secrets.IsDigest(property.Name) || IsStored(property.ContainingType))
            visit.Report(assignment, assignment.Syntax.ToString(), "stores the password itself", "store what PasswordHasher<TUser>.HashPassword makes of it");
    }

    // user.Password = previousState.Password, where a change is undone.
    private static bool PutsBack(IPropertySymbol property, IOperation value) => value.WithoutConversions() is IPropertyReferenceOperation { Property.Name: var name, Instance: { } owner } && name == property.Name
        && owner.WithoutConversions().ReferencedSymbol() is { } kept && Words.ContainAny(kept.Name, Before);

    private static readonly HashSet<string> Before = Words.SetOf("previous original old before backup snapshot saved restored");

    // What another record holds is copied, whatever it is.
    private static bool WasStored(IOperation value)
    {
        if (value.WithoutConversions() is ILocalReferenceOperation local && Flow.InitialValue(local) is { } initial)
            value = initial;
        return value.WithoutConversions().ReferencedSymbol() is IPropertySymbol { ContainingType: { } owner } && IsStored(owner);
    }

    // An entity has a key and is no carrier of input.
    private static bool IsStored(INamedTypeSymbol type)
    {
        if (Words.ContainAny(type.Name, Carriers))
            return false;
        for (INamedTypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            if (current.GetMembers("Id").Length > 0 || current.GetMembers(type.Name + "Id").Length > 0)
                return true;
        }
        return false;
    }

    private static bool IsBytesOfPassword(IOperation bytes) =>
        bytes.WithoutConversions() is IInvocationOperation { TargetMethod.Name: "GetBytes", Arguments: [{ Value: var text }] } && IsPassword(text) && text.WithoutConversions() is not IInterpolatedStringOperation;

    private static bool IsPassword(IOperation operation) =>
        operation.WithoutConversions() is ILocalReferenceOperation or IParameterReferenceOperation or IPropertyReferenceOperation or IFieldReferenceOperation or IConditionalAccessOperation
        && Secrets.Of(operation) == SecretKind.Password && operation.WithoutConversions().ReferencedSymbol() is { } symbol && !Secrets.IsDigest(symbol.Name);
}
