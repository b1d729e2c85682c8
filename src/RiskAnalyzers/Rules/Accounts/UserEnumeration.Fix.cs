using Microsoft.CodeAnalysis.Operations;

namespace RiskAnalyzers.Rules.Accounts;

[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class UserEnumerationFix : RiskFix
{
    public UserEnumerationFix() : base("RISK3011", fixAll: true)
    {
    }

    protected override async Task Offer(FixOffer offer)
    {
        if (!offer.Finds<StatementSyntax>(out var statement) || statement is not (ReturnStatementSyntax or ThrowStatementSyntax))
            return;
        var model = await offer.Model().ConfigureAwait(false);
        if (FunctionOf(statement, model, offer.Cancellation) is not var (function, asks))
            return;
        var answers = new AccountAnswers(function);
        var absent = answers.OfAbsent.FirstOrDefault(answer => statement.Span.Contains(answer.Place.Syntax.Span));
        if (absent is null || UserEnumeration.Judge(answers, absent, asks) is not ({ } better, _))
            return;
        if (better.Place.Syntax.FirstAncestorOrSelf<StatementSyntax>() is not { } other || other is not (ReturnStatementSyntax or ThrowStatementSyntax) || !HoldsAnswerOnly(other, better))
            return;
        // What the other answer names must be known here too, and not depend on the account.
        if (other.DescendantNodes().Any(node => node is IdentifierNameSyntax && model.GetSymbolInfo(node, offer.Cancellation).Symbol is ILocalSymbol or IRangeVariableSymbol))
            return;
        offer.Replace(asks ? "Answer as if it had been sent" : "Answer as to a wrong password", statement, other);
    }

    private static bool HoldsAnswerOnly(StatementSyntax statement, AccountAnswer answer) =>
        statement is not ReturnStatementSyntax { Expression: { } value } || value.Span == answer.Place.Syntax.Span;

    private static (IOperation Function, bool Asks)? FunctionOf(SyntaxNode node, SemanticModel model, CancellationToken cancellation)
    {
        foreach (var ancestor in node.Ancestors())
        {
            switch (ancestor)
            {
                case AnonymousFunctionExpressionSyntax when model.GetOperation(ancestor, cancellation) is IAnonymousFunctionOperation lambda:
                    return Responses.RouteOf(lambda) is { } route && UserEnumeration.Asks(route) is { } byRoute ? (lambda.Body, byRoute) : null;
                case LocalFunctionStatementSyntax when model.GetOperation(ancestor, cancellation) is ILocalFunctionOperation { Body: { } body } function:
                    return UserEnumeration.Asks(function.Symbol.Name) is { } byName ? (body, byName) : null;
                case BaseMethodDeclarationSyntax { Body: { } block } method when model.GetDeclaredSymbol(method, cancellation) is { } symbol && model.GetOperation(block, cancellation) is { } whole:
                    return UserEnumeration.Asks(UserEnumeration.NameOf(symbol)) is { } asks ? (whole, asks) : null;
            }
        }
        return null;
    }
}
