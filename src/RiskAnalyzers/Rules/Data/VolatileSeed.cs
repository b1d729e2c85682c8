using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Data;

/// <summary>Rows of the model whose values are made anew each time the model is built.</summary>
internal sealed class VolatileSeed : RiskRule
{
    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK6015",
        title: "Seeded rows that differ each time",
        message: "'{0}' gives another value each time the model is built: every migration writes this row again, over what was changed since, and newer versions of EF refuse to migrate; write a constant, or seed at start where the row is missing",
        why: "A salted hash in HasData resets the administrator's password to the default with the next migration. A new Guid deletes the row and inserts another, and takes along what refers to it.");

    public VolatileSeed() : base(Risk)
    {
    }

    public override void Listen(RuleListener on) => on.Operation(Check, OperationKind.Invocation);

    private static void Check(OperationVisit visit)
    {
        var call = (IInvocationOperation)visit.Operation;
        if (call.TargetMethod is not { Name: "HasData", ContainingType.Name: "EntityTypeBuilder" or "OwnedNavigationBuilder" or "DataBuilder" })
            return;
        foreach (var argument in call.Arguments)
        {
            foreach (var operation in argument.Descendants())
            {
                if (IsVolatile(operation))
                    visit.Report(operation, Excerpt.Of(operation));
                else if (operation is ILocalReferenceOperation { Local: var local })
                    CheckLocal(visit, local, call);
            }
        }
    }

    // var admin = new User { ... }; admin.PasswordHash = hasher.HashPassword(admin, "..."); builder.HasData(admin);
    private static void CheckLocal(OperationVisit visit, ILocalSymbol local, IOperation call)
    {
        foreach (var operation in call.EnclosingFunction().DescendantsInFunction())
        {
            var value = operation switch
            {
                IVariableDeclaratorOperation declarator when SymbolEqualityComparer.Default.Equals(declarator.Symbol, local) => declarator.GetVariableInitializer()?.Value,
                ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Instance: ILocalReferenceOperation { Local: var owner } } } assignment when SymbolEqualityComparer.Default.Equals(owner, local) => assignment.Value,
                IInvocationOperation { TargetMethod.Name: "Add", Instance: ILocalReferenceOperation { Local: var list }, Arguments: [{ Value: var added }] } when SymbolEqualityComparer.Default.Equals(list, local) => added,
                _ => null,
            };
            if (value?.DescendantsAndSelf().FirstOrDefault(IsVolatile) is { } made)
                visit.Report(made, Excerpt.Of(made));
        }
    }

    private static bool IsVolatile(IOperation operation) => operation switch
    {
        IPropertyReferenceOperation { Property: { Name: "Now" or "UtcNow" or "Today", ContainingType.Name: "DateTime" or "DateTimeOffset" } } => true,
        IInvocationOperation { TargetMethod: { Name: "NewGuid" or "CreateVersion7", ContainingType.Name: "Guid" } } => true,
        IInvocationOperation { TargetMethod: { Name: "Next" or "NextDouble" or "GetInt32", ContainingType.Name: "Random" or "RandomNumberGenerator" } } => true,
        // Salted hashes; one without salt stays what it was.
        IInvocationOperation { TargetMethod: { Name: "HashPassword" or "EnhancedHashPassword" } } hash => hash.Arguments.All(argument => argument.Parameter?.Name is not "salt"),
        _ => false,
    };
}
