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
        if (declared.GetSyntax(visit.Cancellation) is not PropertyDeclarationSyntax { Initializer.Value: var initial } || !IsEmpty(initial) || key.GetAttributes().Any(attribute => attribute.AttributeClass?.Name is "RequiredAttribute" or "MinLengthAttribute" or "StringLengthAttribute"))
            return null;
        return IsTested(text, key.Name) || visit.Compilation.SyntaxTrees.Any(tree => TextSearch.Contains(tree, "IValidateOptions<" + key.ContainingType.Name) || TextSearch.Contains(tree, key.ContainingType.Name) && TextSearch.Contains(tree, "." + key.Name + ")") && TextSearch.Contains(tree, ".Validate(")) ? null : key.Name;
    }

    // new HMACSHA256(bytes), HMACSHA256.HashData(bytes, ...)
    private static bool IsKeyOfSignature(IInvocationOperation bytes) => bytes.Parent is IArgumentOperation { Parent: IObjectCreationOperation { Type.Name: var made } } ? made.StartsWith("HMAC", StringComparison.Ordinal)
        : bytes.Parent is IArgumentOperation { Parameter.Ordinal: 0, Parent: IInvocationOperation { TargetMethod: { Name: "HashData", ContainingType.Name: var owner } } } && owner.StartsWith("HMAC", StringComparison.Ordinal);

    private static bool IsEmpty(ExpressionSyntax initial) => initial is LiteralExpressionSyntax { Token.ValueText: "" } or MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Empty", Expression: PredefinedTypeSyntax or IdentifierNameSyntax { Identifier.ValueText: "String" } };

    // string.IsNullOrEmpty(options.Secret) anywhere in the type, its constructor as well.
    private static bool IsTested(IOperation text, string name) => text.Syntax.FirstAncestorOrSelf<TypeDeclarationSyntax>()?.DescendantNodes().OfType<InvocationExpressionSyntax>().Any(call =>
        (call.Expression as MemberAccessExpressionSyntax)?.Name.Identifier.ValueText is "IsNullOrEmpty" or "IsNullOrWhiteSpace" or "ThrowIfNullOrEmpty" or "ThrowIfNullOrWhiteSpace" && call.ArgumentList.ToString().Contains(name)) == true;
}
