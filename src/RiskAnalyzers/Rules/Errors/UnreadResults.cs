using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Errors;

/// <summary>Results that say whether they worked, and code that goes on without asking: the whole result dropped, or its payload taken.</summary>
internal static class UnreadResults
{
    private static readonly HashSet<string> Flags = new(StringComparer.OrdinalIgnoreCase) { "IsSuccess", "IsSuccessful", "IsSuccessfull", "Succeeded", "Success", "Successful", "IsFailure", "IsFailed", "IsError", "HasError", "IsOk", "Failed" };

    private static readonly HashSet<string> Payloads = new(StringComparer.Ordinal) { "Data", "Value", "Payload", "Result", "Content", "Item", "Entity" };

    private static readonly HashSet<string> Work = Words.SetOf("save update insert add delete remove create place submit process complete confirm reserve release transfer credit debit withdraw deposit apply assign register approve reject change set mark deduct adjust decrement increment reduce decrease redeem consume use claim lock cancel send publish");

    private static readonly HashSet<string> Scarce = Words.SetOf("stock inventory quantity balance points funds credit coupon voucher budget seat seats slot quota reservation");

    private static readonly HashSet<string> Taking = Words.SetOf("reserve deduct decrease decrement reduce withdraw debit redeem consume claim update adjust take use hold allocate");

    /// <summary>Whether the call does something, reports in its result that it may not have worked, and its result is the product's own.</summary>
    public static bool MayFail(IInvocationOperation call, Persistence persistence)
    {
        var method = call.TargetMethod;
        if (Words.Of(method.Name) is not [var verb, ..] words || !Work.Contains(verb) && !Taking.Contains(verb) || !method.IsOfTheProduct() || method.ReturnType.AwaitedType() is not { } answer)
            return false;
        if (answer.SpecialType == SpecialType.System_Boolean)
            return Taking.Contains(verb) && words.HaveAny(Scarce) && AnswersFalse(method, persistence);
        return Says(answer) && !SymbolEqualityComparer.Default.Equals(answer, call.Instance?.Type) && !call.Arguments.Any(argument => SymbolEqualityComparer.Default.Equals(argument.Value.Type, answer)) && MayAnswerFailure(method, persistence);
    }

    /// <summary>Whether the operation takes the payload of a result that nobody asks whether it worked: <c>product.Data.Price</c>.</summary>
    public static bool IsTakenUnasked(IPropertyReferenceOperation payload)
    {
        if (!Payloads.Contains(payload.Property.Name) || payload.Property.IsIndexer || payload.Type is not { IsReferenceType: true } || payload.Instance is not ILocalReferenceOperation { Local: var local, Type: { } type } || !Says(type) || !IsDereferenced(payload))
            return false;
        if (Flow.InitialValue((ILocalReferenceOperation)payload.Instance) is not IInvocationOperation call || Words.Of(call.TargetMethod.Name) is ["create" or "build" or "ok" or "success", ..])
            return false;
        var isFirst = true;
        foreach (var use in payload.ScopeOf(local).Descendants())
        {
            if (use is not ILocalReferenceOperation { Local: var mentioned } || !SymbolEqualityComparer.Default.Equals(mentioned, local) || use == payload.Instance)
                continue;
            if (use.Parent is IPropertyReferenceOperation { Property: var read } other && Payloads.Contains(read.Name) && IsDereferenced(other))
            {
                isFirst &= use.Syntax.SpanStart > payload.Syntax.SpanStart;
                continue;
            }
            if (LogCalls.IsLogged(use))
                continue;
            return false;
        }
        return isFirst;
    }

    private static bool IsDereferenced(IOperation payload)
    {
        var value = payload;
        while (value.Parent is IConversionOperation or IParenthesizedOperation)
            value = value.Parent;
        return value.Parent is IMemberReferenceOperation { Instance: { } instance } && instance == value || value.Parent is IInvocationOperation { Instance: { } receiver } && receiver == value;
    }

    // A type of the product, or of a shared library, whose flag is its point.
    private static bool Says(ITypeSymbol type)
    {
        if (type is not INamedTypeSymbol { SpecialType: SpecialType.None, TypeKind: TypeKind.Class or TypeKind.Struct or TypeKind.Interface } named || named.NamespaceName()?.StartsWith("System", StringComparison.Ordinal) == true)
            return false;
        for (var ancestor = named; ancestor is not null and not { SpecialType: SpecialType.System_Object }; ancestor = ancestor.BaseType)
        {
            if (ancestor.GetMembers().Any(member => member is IPropertySymbol { Type.SpecialType: SpecialType.System_Boolean, IsStatic: false } && Flags.Contains(member.Name)))
                return true;
        }
        return false;
    }

    // An implementation at hand that only ever succeeds needs no asking; of one elsewhere the type is all that is known.
    private static bool MayAnswerFailure(IMethodSymbol method, Persistence persistence)
    {
        var bodies = persistence.Implementations(method).Take(4).SelectMany(implementation => implementation.DeclaringSyntaxReferences).Select(reference => reference.GetSyntax()).Where(HasBody).ToList();
        return bodies.Count == 0 || bodies.Any(body => body.DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken) && Outcomes.SpeaksOfFailure(token.ValueText) || token.IsKind(SyntaxKind.FalseKeyword)));
    }

    private static bool AnswersFalse(IMethodSymbol method, Persistence persistence)
    {
        var bodies = persistence.Implementations(method).Take(4).SelectMany(implementation => implementation.DeclaringSyntaxReferences).Select(reference => reference.GetSyntax()).Where(HasBody).ToList();
        return bodies.Count == 0 || bodies.Any(body => body.DescendantNodes().Any(node => node is ReturnStatementSyntax { Expression: not LiteralExpressionSyntax { RawKind: (int)SyntaxKind.TrueLiteralExpression } } or ArrowExpressionClauseSyntax));
    }

    private static bool HasBody(SyntaxNode declaration) => declaration is MethodDeclarationSyntax { Body: not null } or MethodDeclarationSyntax { ExpressionBody: not null } or LocalFunctionStatementSyntax;
}
