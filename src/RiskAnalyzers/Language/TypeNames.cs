namespace RiskAnalyzers.Language;

/// <summary>What a type is called where it is written, without asking the compiler which type that is.</summary>
internal static class TypeNames
{
    /// <summary>The last part of the name: <c>Order</c> of <c>Shop.Sales.Order?</c>, <c>DbSet&lt;Order&gt;</c> of <c>Microsoft.EntityFrameworkCore.DbSet&lt;Order&gt;</c>; null for arrays, tuples and keywords.</summary>
    public static SimpleNameSyntax? Simple(SyntaxNode? type) => type switch
    {
        QualifiedNameSyntax qualified => qualified.Right,
        AliasQualifiedNameSyntax qualified => qualified.Name,
        SimpleNameSyntax simple => simple,
        NullableTypeSyntax nullable => Simple(nullable.ElementType),
        _ => null,
    };

    /// <summary>The identifier of that part: <c>Order</c>, <c>DbSet</c>.</summary>
    public static string? Of(SyntaxNode? type) => Simple(type)?.Identifier.ValueText;
}
