namespace RiskAnalyzers.Rules.Residue;

/// <summary>A warning about null, lost tasks or security that is switched off on a critical path, and nobody says why.</summary>
internal sealed class UnjustifiedSuppression : RiskRule
{
    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK7007",
        title: "A warning is suppressed without a reason",
        message: "'{0}' is suppressed and nobody says why: what it warned of stays true, on a critical path; mend it, or write the reason down beside it",
        why: "Silencing the compiler is the shortest way to a green build. Without a reason nobody can tell later whether the warning was looked at or only in the way.");

    public UnjustifiedSuppression() : base(Risk)
    {
    }

    public override void Listen(RuleListener on) =>
        on.Declaration(Check, SymbolKind.Method, SymbolKind.Property, SymbolKind.Field, SymbolKind.Event, SymbolKind.NamedType);

    private static void Check(DeclarationVisit visit)
    {
        // Accessors and primary constructors stand within what is shown anyway.
        if (visit.Symbol is IMethodSymbol { AssociatedSymbol: not null } or IFieldSymbol { AssociatedSymbol: not null })
            return;
        CheckAttributes(visit);
        foreach (var declaration in visit.Syntax)
        {
            if (visit.Symbol is not INamedTypeSymbol && declaration is BaseTypeDeclarationSyntax or CompilationUnitSyntax or ParameterSyntax)
                continue;
            if (!declaration.SyntaxTree.GetRoot(visit.Cancellation).ContainsDirectives)
                continue;
            foreach (var directive in Suppressions.Of(declaration))
                CheckDirective(visit, directive);
        }
    }

    private static void CheckDirective(DeclarationVisit visit, DirectiveTriviaSyntax directive)
    {
        // Generators switch all warnings off in what they write.
        if (CriticalPaths.FileFacts.LooksGenerated(directive.SyntaxTree))
            return;
        if (Suppressions.HasReason(directive))
            return;
        switch (directive)
        {
            case PragmaWarningDirectiveTriviaSyntax { DisableOrRestoreKeyword.RawKind: (int)SyntaxKind.DisableKeyword } pragma:
                var ids = pragma.ErrorCodes.Select(code => Suppressions.IdOf(code)).Where(Suppressions.Matters).ToList();
                if (ids.Count > 0 || pragma.ErrorCodes.Count == 0)
                    visit.Report(pragma, ids.Count > 0 ? string.Join(", ", ids) : "every warning");
                break;
            case NullableDirectiveTriviaSyntax { SettingToken.RawKind: (int)SyntaxKind.DisableKeyword } nullable when visit.Compilation.Options.NullableContextOptions != NullableContextOptions.Disable && !Suppressions.IsOldFile(nullable, visit.Compilation) && !Suppressions.CoversValuesOnly(nullable):
                visit.Report(nullable, "every warning about null");
                break;
        }
    }

    private static void CheckAttributes(DeclarationVisit visit)
    {
        foreach (var attribute in visit.Symbol.GetAttributes())
        {
            if (attribute.AttributeClass?.Name is not ("SuppressMessageAttribute" or "UnconditionalSuppressMessageAttribute") || attribute.ConstructorArguments is not [{ Value: string category }, { Value: string check }])
                continue;
            var id = check.Split(':')[0].Trim();
            var reason = attribute.NamedArguments.FirstOrDefault(argument => argument.Key == "Justification").Value.Value as string;
            if ((Suppressions.Matters(id) || category.EndsWith("Security", StringComparison.OrdinalIgnoreCase)) && !Suppressions.IsReason(reason ?? "", id) && attribute.ApplicationSyntaxReference?.GetSyntax(visit.Cancellation) is { } place)
                visit.Report(place, id);
        }
    }
}
