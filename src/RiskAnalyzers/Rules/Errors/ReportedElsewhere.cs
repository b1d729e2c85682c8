using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Errors;

/// <summary>Whether the <c>bool</c> of a check is not its product: what it found stands elsewhere and is read there, or the <c>bool</c> only says that something was repaired.</summary>
internal static class ReportedElsewhere
{
    private static readonly HashSet<string> Reports = Words.SetOf("warnings errors messages problems failures violations");

    private static readonly HashSet<string> KeptReports = Words.SetOf("warning error warnings errors problems failures violations");

    private static readonly HashSet<string> Changes = Words.SetOf("updated changed modified repaired fixed added removed migrated");

    public static bool Is(IInvocationOperation call, IOperation body)
    {
        if (call.Arguments.Any(argument => IsReadOff(argument.Value, call, body)))
            return true;
        foreach (var reference in call.TargetMethod.OriginalDefinition.DeclaringSyntaxReferences)
        {
            if (reference.GetSyntax() is { } code && (IsKept(code, call, body) || SaysWhatChanged(code)))
                return true;
        }
        return false;
    }

    // await rules.ValidateAsync(adding, item); foreach (var warning in adding.Warnings)
    private static bool IsReadOff(IOperation argument, IInvocationOperation call, IOperation body) =>
        argument.ReferencedSymbol() is { } given && body.Descendants().Any(operation => operation is IPropertyReferenceOperation { Property: var report, Instance: { } holder }
            && operation.Syntax.SpanStart > call.Syntax.Span.End && Words.ContainAny(report.Name, Reports) && SymbolEqualityComparer.Default.Equals(holder.ReferencedSymbol(), given));

    // _errorMessage = "..."; return false; and another member looks at _errorMessage. Of the model state every action asks, so here the caller must.
    private static bool IsKept(SyntaxNode code, IInvocationOperation call, IOperation body)
    {
        foreach (var node in code.DescendantNodes())
        {
            var name = node switch
            {
                AssignmentExpressionSyntax { Left: var target, Right: not LiteralExpressionSyntax { RawKind: (int)SyntaxKind.NullLiteralExpression } } => OwnName(target),
                InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var list, Name.Identifier.ValueText: "Add" or "AddRange" or "AddModelError" } } => OwnName(list),
                _ => null,
            };
            if (name is "ModelState" ? IsNamedAfter(call, body, name) : name is not null && Words.ContainAny(name, KeptReports) && IsReadOutside(code, name))
                return true;
        }
        return false;
    }

    private static string? OwnName(ExpressionSyntax target) => target switch
    {
        IdentifierNameSyntax own => own.Identifier.ValueText,
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax, Name.Identifier.ValueText: var own } => own,
        _ => null,
    };

    private static bool IsNamedAfter(IInvocationOperation call, IOperation body, string name) =>
        body.Syntax.DescendantNodes().Any(node => node is IdentifierNameSyntax identifier && identifier.Identifier.ValueText == name && node.SpanStart > call.Syntax.Span.End);

    // Fields and properties of the type; a local of that name is seen by nobody else.
    private static bool IsReadOutside(SyntaxNode code, string name) => code.Parent is TypeDeclarationSyntax type
        && type.Members.Any(member => member is PropertyDeclarationSyntax property && property.Identifier.ValueText == name || member is FieldDeclarationSyntax fields && fields.Declaration.Variables.Any(variable => variable.Identifier.ValueText == name))
        && type.Members.Any(member => member != code && member.DescendantNodes().Any(node => node is IdentifierNameSyntax identifier && identifier.Identifier.ValueText == name
            && !(node.Parent is AssignmentExpressionSyntax written && written.Left == node)));

    // var updated = false; ... return updated;
    private static bool SaysWhatChanged(SyntaxNode code) => code.DescendantNodes(node => node is not (LambdaExpressionSyntax or LocalFunctionStatementSyntax))
        .Any(node => node is ReturnStatementSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: var name } } && Words.ContainAny(name, Changes));
}
