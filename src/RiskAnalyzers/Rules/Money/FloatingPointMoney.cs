using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Money;

/// <summary>Money declared as, converted to or parsed into <c>double</c> or <c>float</c>.</summary>
internal sealed class FloatingPointMoney : RiskRule
{
    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK1008",
        title: "Money in binary floating point",
        message: "'{0}' holds money as '{1}', which cannot represent cents: sums and conversions come out wrong by one; use decimal",
        why: "0.1 + 0.2 is not 0.3 in binary floating point. Totals differ from their lines, comparisons fail at the limit, and a cast to cents "
            + "truncates a cent off one price in twenty.");

    public FloatingPointMoney() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        on.Declaration(CheckDeclaration, SymbolKind.Property, SymbolKind.Field, SymbolKind.Method);
        on.Operation(CheckLocal, OperationKind.VariableDeclarator, OperationKind.DeclarationExpression);
        on.Operation(CheckFunction, OperationKind.LocalFunction, OperationKind.AnonymousFunction);
        on.Operation(CheckConversion, OperationKind.Conversion, OperationKind.Invocation);
    }

    private static void CheckDeclaration(DeclarationVisit visit)
    {
        switch (visit.Symbol)
        {
            case IPropertySymbol property when IsFloating(property.Type) && IsMoney(visit, property.Name):
                visit.ReportName(property.Name, Keyword(property.Type));
                break;
            case IFieldSymbol { AssociatedSymbol: null } field when IsFloating(field.Type) && IsMoney(visit, field.Name):
                visit.ReportName(field.Name, Keyword(field.Type));
                break;
            case IMethodSymbol { MethodKind: MethodKind.Ordinary, IsOverride: false } method:
                if (IsFloating(method.ReturnType.AwaitedType()) && IsMoney(visit, method.Name))
                    visit.ReportName(method.Name, Keyword(method.ReturnType.AwaitedType()!));
                CheckParameters(visit, method);
                break;
            case IMethodSymbol { MethodKind: MethodKind.Constructor } constructor:
                CheckParameters(visit, constructor);
                break;
        }
    }

    private static void CheckParameters(DeclarationVisit visit, IMethodSymbol method)
    {
        foreach (var parameter in method.Parameters)
        {
            // A record's parameter is its property, which is reported.
            if (method.ContainingType.IsRecord && !method.ContainingType.GetMembers(parameter.Name).IsEmpty)
                continue;
            if (IsFloating(parameter.Type) && IsMoney(visit, parameter.Name) && parameter.Locations is [{ IsInSource: true } place, ..])
                visit.Report(place, parameter.Name, Keyword(parameter.Type));
        }
    }

    private static void CheckLocal(OperationVisit visit)
    {
        var local = visit.Operation switch
        {
            IVariableDeclaratorOperation declarator => declarator.Symbol,
            IDeclarationExpressionOperation { Expression: ILocalReferenceOperation reference } => reference.Local,
            _ => null,
        };
        if (local is not null && IsFloating(local.Type) && IsMoney(visit, local.Name))
            visit.Report(local.Locations[0], local.Name, Keyword(local.Type));
    }

    // Handlers of minimal APIs and local functions: (double amount) => ..., double TotalOf(...)
    private static void CheckFunction(OperationVisit visit)
    {
        var function = visit.Operation is ILocalFunctionOperation local ? local.Symbol : ((IAnonymousFunctionOperation)visit.Operation).Symbol;
        if (visit.Operation is ILocalFunctionOperation && IsFloating(function.ReturnType.AwaitedType()) && IsMoney(visit, function.Name))
            visit.Report(function.Locations[0], function.Name, Keyword(function.ReturnType.AwaitedType()!));
        foreach (var parameter in function.Parameters)
        {
            // A query's parameter has the type of what is queried, which is reported there.
            if (IsFloating(parameter.Type) && IsMoney(visit, parameter.Name) && parameter.DeclaringSyntaxReferences is [var declared] && declared.GetSyntax(visit.Cancellation) is ParameterSyntax { Type: not null })
                visit.Report(parameter.Locations[0], parameter.Name, Keyword(parameter.Type));
        }
    }

    // A decimal amount that somebody turns into a double, or a text that somebody reads as one.
    private static void CheckConversion(OperationVisit visit)
    {
        var source = visit.Operation switch
        {
            IConversionOperation { IsImplicit: false, Operand: var operand } when IsFloating(visit.Operation.Type) && operand.Type.WithoutNullable() is { SpecialType: SpecialType.System_Decimal } => operand,
            IInvocationOperation { TargetMethod: { Name: "ToDouble" or "ToSingle", ContainingType.Name: "Convert" or "Decimal" }, Arguments: [{ Value: var argument }, ..] }
                when argument.WithoutConversions().Type.WithoutNullable() is { SpecialType: SpecialType.System_Decimal } => argument,
            IConversionOperation { IsImplicit: false, Operand: var wired } when visit.Operation.Type.WithoutNullable() is { SpecialType: SpecialType.System_Decimal } && IsWired(wired) => wired,
            IInvocationOperation { TargetMethod: { Name: "ToDecimal", ContainingType.Name: "Convert" }, Arguments: [{ Value: var wired }, ..] } when IsWired(wired.WithoutConversions()) => wired,
            IInvocationOperation { TargetMethod: { Name: "Parse" or "TryParse", ContainingType.SpecialType: SpecialType.System_Double or SpecialType.System_Single }, Arguments: [{ Value: var text }, ..] } => text,
            _ => null,
        };
        // What an interface or an operator demands is no choice.
        if (visit.Member is IMethodSymbol { MethodKind: MethodKind.Conversion or MethodKind.ExplicitInterfaceImplementation })
            return;
        if (source is null || source.ReferencedSymbol() is { } named && MoneyWords.MeanRate(named.Name) || !visit.Facts.MoneyIn(visit.Operation.Syntax.SyntaxTree).Mean(source) || IsForDisplay(visit.Operation))
            return;
        if (visit.Operation is IInvocationOperation { TargetMethod.Name: "TryParse", Arguments: [.., { Value: var result }] } && result.ReferencedSymbol() is { } parsed && IsMoney(visit, parsed.Name))
            return;
        // Where the target is named like money, its declaration is reported already.
        if (!IsWired(source.WithoutConversions()) && TargetOf(visit.Operation, visit.Member) is ILocalSymbol or IPropertySymbol or IFieldSymbol && TargetOf(visit.Operation, visit.Member) is { } target && IsMoney(visit, target.Name))
            return;
        visit.Report(visit.Operation, source.WithoutConversions().Syntax.ToString(), Keyword(IsFloating(visit.Operation.Type) ? visit.Operation.Type! : IsFloating(source.WithoutConversions().Type) ? source.WithoutConversions().Type! : ((IInvocationOperation)visit.Operation).TargetMethod.ContainingType));
    }

    // (decimal)reply.UnitPrice: a contract that was generated sends prices as doubles, and its own code shows nowhere else.
    private static bool IsWired(IOperation value) =>
        IsFloating(value.Type) && value.ReferencedSymbol() is IPropertySymbol or IFieldSymbol && value.ReferencedSymbol()!.ContainingType is { OriginalDefinition.SpecialType: not SpecialType.System_Nullable_T } type && (!type.Locations.Any(location => location.IsInSource) || IsGenerated(type));

    private static bool IsGenerated(INamedTypeSymbol type) => type.GetAttributes().Any(IsGeneratedCode) || type.Locations.All(location => location.SourceTree?.FilePath is { } path && (path.EndsWith(".g.cs", StringComparison.OrdinalIgnoreCase) || path.EndsWith("Grpc.cs", StringComparison.Ordinal) || path.Replace('\\', '/').Contains("/obj/")))
        || type.AllInterfaces.Any(contract => contract.Name == "IMessage" && contract.ContainingNamespace?.Name == "Protobuf");

    private static bool IsGeneratedCode(AttributeData attribute) => attribute.AttributeClass?.Name is "GeneratedCodeAttribute" or "CompilerGeneratedAttribute" or "ProtoContractAttribute";

    // What the value becomes, also through MinAsync(x => (double)x.Price).
    private static ISymbol? TargetOf(IOperation value, ISymbol member) =>
        value.Parent is IReturnOperation && value.EnclosingFunction() is IAnonymousFunctionOperation lambda && lambda.Ancestor<IInvocationOperation>() is { } query ? query.Target(member) : value.Target(member);

    // Charts, metrics and progress bars take doubles; nobody pays by them.
    private static bool IsForDisplay(IOperation operation) => operation.Ancestor<IArgumentOperation>() is { Parent: IInvocationOperation { TargetMethod.Name: "Record" or "Observe" or "Set" or "Add" or "TrackMetric" or "SetTag" or "WithLabels" } };

    private static bool IsMoney(Visit visit, string name) =>
        visit.Member.Locations is [{ SourceTree: { } tree }, ..] && !MoneyWords.MeanRate(name) && visit.Facts.MoneyIn(tree).Mean(name);

    private static bool IsFloating(ITypeSymbol? type) => Element(type)?.SpecialType is SpecialType.System_Double or SpecialType.System_Single;

    // What an array, a list or a dictionary of prices holds.
    private static ITypeSymbol? Element(ITypeSymbol? type) => type.WithoutNullable() switch
    {
        IArrayTypeSymbol array => array.ElementType,
        INamedTypeSymbol { TypeArguments: [.., var element] } collection when Collections.Contains(collection.Name) => element.WithoutNullable(),
        var single => single,
    };

    private static readonly HashSet<string> Collections = Words.SetOf("List IList IEnumerable ICollection IReadOnlyList IReadOnlyCollection HashSet Dictionary IDictionary IReadOnlyDictionary ConcurrentDictionary");

    private static string Keyword(ITypeSymbol type) => Element(type)!.SpecialType == SpecialType.System_Single ? "float" : "double";
}
