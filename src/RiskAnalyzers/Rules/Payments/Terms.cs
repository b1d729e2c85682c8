using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Payments;

/// <summary>For how long something is bought and in how many parts it is paid: <c>validityDays</c>, <c>installments</c>.</summary>
internal static class Terms
{
    private static readonly HashSet<string> Periods = Words.SetOf("days months years");

    private static readonly HashSet<string> Parts = Words.SetOf("installment installments instalment instalments");

    private static readonly HashSet<string> Ends = Words.SetOf("expiry expires expire expiration expired valid until end ends due renewal renews");

    /// <summary>Whether the name is one of a term.</summary>
    public static bool AreNamed(ImmutableArray<string> words) => Periods.Contains(words[words.Length - 1]) || words.HaveAny(Parts);

    // What lives for as long as a setting says.
    private static readonly HashSet<string> Shortlived = Words.SetOf("token tokens cart basket session cache otp code link key invitation request");

    /// <summary>Whether a parameter of the member is a period that the model itself must bound: of a membership or a voucher, not of a token.</summary>
    public static bool AreOfTheModel(ImmutableArray<string> words, ISymbol member) => Periods.Contains(words[words.Length - 1]) && member.ContainingType is { } type && !Words.ContainAny(type.Name, Shortlived) && !words.HaveAny(Shortlived)
        && Words.Of(type.Name) is not [.., "service" or "helper" or "provider" or "generator" or "factory" or "client"];

    /// <summary>Whether the value ends there as a term: the end of something that was bought, or the parts of a payment.</summary>
    public static bool EndsIn(Destination destination, ISymbol member) => destination switch
    {
        { Owner: IInvocationOperation { TargetMethod.Name: "AddDays" or "AddMonths" or "AddYears", Instance: { } from } call } => IsEnd(call.Target(member)) || IsEnd(from.ReferencedSymbol()),
        { Owner: IInvocationOperation call, Symbol: IParameterSymbol { Name: var name } } => Words.ContainAny(name, Parts) && (Language.Payments.MovesMoney(call) || Language.Payments.IsPayment(call.TargetMethod.Name)),
        { Owner: IObjectCreationOperation { Type.Name: var type }, Symbol: IParameterSymbol { Name: var name } } => Words.ContainAny(name, Parts) && Language.Payments.SpeakOfPayment(type),
        { Symbol: IPropertySymbol { ContainingType.Name: var type, Name: var name } } => Words.ContainAny(name, Parts) && Language.Payments.SpeakOfPayment(type),
        _ => false,
    };

    private static bool IsEnd(ISymbol? symbol) => symbol is not null && Words.ContainAny(symbol.Name, Ends);
}
