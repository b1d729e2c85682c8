using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Residue;

/// <summary>Keys of signatures that an options class holds, and that are empty where nobody sets them: everybody can sign with an empty key.</summary>
internal static class UnsetKeys
{
    /// <summary>The setting's name, where the text becomes the key of an HMAC, is empty by default and nobody asks whether it is; else null.</summary>
    public static string? MayBeEmpty(IOperation text, IInvocationOperation bytes, OperationVisit visit)
    {
        if (text is not IPropertyReferenceOperation { Property: { IsStatic: false, DeclaringSyntaxReferences: [var declared] } key } || !IsKeyOfSignature(bytes) || !Settings.IsOptionsType(key.ContainingType) || SecretUse.KindOf(key) is null)
            return null;
        if (declared.GetSyntax(visit.Cancellation) is not PropertyDeclarationSyntax { Initializer.Value: var initial } || !IsEmpty(initial) || IsDemanded(key))
            return null;
        return IsTested(text, key.Name) || IsValidated(key, visit.Compilation) ? null : key.Name;
    }

    /// <summary>The setting's name, where the secret that a provider's event is verified with may be empty and nobody asks whether it is; else null.</summary>
    public static (string Name, IOperation Place)? OfEvent(IInvocationOperation call, OperationVisit visit)
    {
        if (call.TargetMethod.Name != "ConstructEvent" || call.Arguments.FirstOrDefault(argument => argument.Parameter?.Name is "secret" or "webhookSecret" or "endpointSecret") is not { Value: var given })
            return null;
        var value = given.WithoutConversions();
        var source = value is ILocalReferenceOperation local ? Flow.InitialValue(local)?.WithoutConversions() : value;
        if (source is null || IsTested(value, value.ReferencedSymbol()?.Name ?? "secret") || source.Syntax.Parent is PostfixUnaryExpressionSyntax)
            return null;
        if (Settings.Read(source) is { } read)
            return Settings.IsGuarded(read) ? null : (read.KnownKey, value);
        if (source is not IPropertyReferenceOperation { Property: { IsStatic: false, SetMethod: not null, IsRequired: false } key } || !Settings.IsOptionsType(key.ContainingType) || SecretUse.KindOf(key) is null || IsTested(source, key.Name) || IsValidated(key, visit.Compilation))
            return null;
        // What another project's class begins with cannot be seen; nearly all begin with nothing.
        return key.DeclaringSyntaxReferences is [var declared]
            ? declared.GetSyntax(visit.Cancellation) is PropertyDeclarationSyntax { Initializer.Value: var initial } && IsEmpty(initial) && !IsDemanded(key) ? (key.Name, value) : null
            : key.IsOfTheProduct() && !IsDemanded(key) ? (key.Name, value) : null;
    }

    private static bool IsDemanded(IPropertySymbol key) => key.GetAttributes().Any(attribute => attribute.AttributeClass?.Name is "RequiredAttribute" or "MinLengthAttribute" or "StringLengthAttribute");

    private static bool IsValidated(IPropertySymbol key, Compilation compilation) => compilation.SyntaxTrees.Any(tree => TextSearch.Contains(tree, "IValidateOptions<" + key.ContainingType.Name) || TextSearch.Contains(tree, key.ContainingType.Name) && TextSearch.Contains(tree, "." + key.Name + ")") && TextSearch.Contains(tree, ".Validate("));

    // new HMACSHA256(bytes), HMACSHA256.HashData(bytes, ...)
    private static bool IsKeyOfSignature(IInvocationOperation bytes) => bytes.Parent is IArgumentOperation { Parent: IObjectCreationOperation { Type.Name: var made } } ? made.StartsWith("HMAC", StringComparison.Ordinal)
        : bytes.Parent is IArgumentOperation { Parameter.Ordinal: 0, Parent: IInvocationOperation { TargetMethod: { Name: "HashData", ContainingType.Name: var owner } } } && owner.StartsWith("HMAC", StringComparison.Ordinal);

    private static bool IsEmpty(ExpressionSyntax initial) => initial is LiteralExpressionSyntax { Token.ValueText: "" } or MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Empty", Expression: PredefinedTypeSyntax or IdentifierNameSyntax { Identifier.ValueText: "String" } };

    // string.IsNullOrEmpty(options.Secret) anywhere in the type, its constructor as well.
    private static bool IsTested(IOperation text, string name) => text.Syntax.FirstAncestorOrSelf<TypeDeclarationSyntax>()?.DescendantNodes().OfType<InvocationExpressionSyntax>().Any(call =>
        (call.Expression as MemberAccessExpressionSyntax)?.Name.Identifier.ValueText is "IsNullOrEmpty" or "IsNullOrWhiteSpace" or "ThrowIfNullOrEmpty" or "ThrowIfNullOrWhiteSpace" && call.ArgumentList.ToString().Contains(name)) == true;
}
