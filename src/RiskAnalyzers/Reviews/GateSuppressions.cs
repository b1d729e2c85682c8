namespace RiskAnalyzers.Reviews;

/// <summary>
/// RISK0004: somebody tries to suppress the gate by name. It would not help, the gate's diagnostics survive every suppression; but
/// an attempt that nobody notices is the wrong lesson to teach.
/// </summary>
internal static class GateSuppressions
{
    /// <summary>The attempts by <c>[SuppressMessage]</c> on a symbol.</summary>
    public static IEnumerable<(Location Place, string What)> On(ISymbol symbol, CancellationToken cancellation)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            if (attribute.AttributeClass?.Name is "SuppressMessageAttribute" or "UnconditionalSuppressMessageAttribute"
                && attribute.ConstructorArguments is [_, { Value: string checkId }]
                && GateIdIn(checkId) is { } id)
                yield return (attribute.ApplicationSyntaxReference?.GetSyntax(cancellation).GetLocation() ?? Location.None, $"[{attribute.AttributeClass.Name.Replace("Attribute", "")}] names {id}");
        }
    }

    /// <summary>The attempts that concern the whole compilation: options, assembly attributes, directives, configuration.</summary>
    public static IEnumerable<(Location Place, string What)> In(Compilation compilation, CancellationToken cancellation)
    {
        foreach (var option in compilation.Options.SpecificDiagnosticOptions)
        {
            if (GateIdIn(option.Key) is { } id && option.Value is not (ReportDiagnostic.Error or ReportDiagnostic.Default))
                yield return (Location.None, $"NoWarn, WarningsNotAsErrors or a rule set names {id}");
        }
        foreach (var attempt in On(compilation.Assembly, cancellation))
            yield return attempt;

        var configured = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var tree in compilation.SyntaxTrees)
        {
            foreach (var attempt in InDirectives(tree, cancellation))
                yield return attempt;
            configured.UnionWith(InConfiguration(compilation.Options.SyntaxTreeOptionsProvider, tree, cancellation));
        }
        foreach (var id in configured)
            yield return (Location.None, $"a dotnet_diagnostic.{id}.severity lowers it");
    }

    private static IEnumerable<(Location, string)> InDirectives(SyntaxTree tree, CancellationToken cancellation)
    {
        var root = tree.GetRoot(cancellation);
        if (!root.ContainsDirectives)
            yield break;
        for (var directive = root.GetFirstDirective(); directive is not null; directive = directive.GetNextDirective())
        {
            if (directive is not PragmaWarningDirectiveTriviaSyntax { DisableOrRestoreKeyword.RawKind: (int)SyntaxKind.DisableKeyword } pragma)
                continue;
            foreach (var code in pragma.ErrorCodes)
            {
                if (GateIdIn(code.ToString()) is { } id)
                    yield return (code.GetLocation(), $"#pragma warning disable names {id}");
            }
        }
    }

    private static IEnumerable<string> InConfiguration(SyntaxTreeOptionsProvider? configuration, SyntaxTree tree, CancellationToken cancellation)
    {
        if (configuration is null)
            yield break;
        foreach (var descriptor in GateDiagnostics.Refusals)
        {
            if ((configuration.TryGetDiagnosticValue(tree, descriptor.Id, cancellation, out var severity) || configuration.TryGetGlobalDiagnosticValue(descriptor.Id, cancellation, out severity))
                && severity is ReportDiagnostic.Suppress or ReportDiagnostic.Hidden or ReportDiagnostic.Info or ReportDiagnostic.Warn)
                yield return descriptor.Id;
        }
    }

    // A check id may carry a title: "RISK0001:UnreviewedRisk".
    private static string? GateIdIn(string checkId)
    {
        foreach (var descriptor in GateDiagnostics.Refusals)
        {
            if (checkId.StartsWith(descriptor.Id, StringComparison.OrdinalIgnoreCase) && (checkId.Length == descriptor.Id.Length || !char.IsLetterOrDigit(checkId[descriptor.Id.Length])))
                return descriptor.Id;
        }
        return null;
    }
}
