namespace RiskAnalyzers.Language;

/// <summary>Lambdas that are kept as expression trees: a database runs them by rules of its own, and much of C# may not stand in them.</summary>
internal static class ExpressionTrees
{
    /// <summary>Whether the operation stands in an expression tree.</summary>
    public static bool IsInExpressionTree(this IOperation operation) =>
        operation.Ancestors().Any(ancestor => ancestor is IAnonymousFunctionOperation && Outward(ancestor.Parent)?.Type?.Name == "Expression");

    /// <summary>Whether the node stands in an expression tree.</summary>
    public static bool IsInExpressionTree(this SyntaxNode node, SemanticModel model, CancellationToken cancellation) =>
        node.Ancestors().OfType<LambdaExpressionSyntax>().Any(lambda => model.GetTypeInfo(lambda, cancellation).ConvertedType?.Name == "Expression");

    private static IOperation? Outward(IOperation? operation) =>
        operation is IDelegateCreationOperation { Type.Name: not "Expression", Parent: IConversionOperation conversion } ? conversion : operation;
}
