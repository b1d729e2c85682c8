using RiskAnalyzers.Language;

namespace RiskAnalyzers.Tests.Language;

public sealed class PolaritiesTests
{
    [Theory]
    [InlineData("CanPlaceOrderAsync", "Allow")]
    [InlineData("IsAuthorized", "Allow")]
    [InlineData("HasPermission", "Allow")]
    [InlineData("VerifySignature", "Allow")]
    [InlineData("ValidateToken", "Allow")]
    [InlineData("CheckStockAsync", "Allow")]
    [InlineData("HasSufficientFunds", "Allow")]
    [InlineData("IsNotExpired", "Allow")]
    [InlineData("IsFraudulentAsync", "Deny")]
    [InlineData("IsTokenRevoked", "Deny")]
    [InlineData("HasExpired", "Deny")]
    [InlineData("IsBlacklisted", "Deny")]
    [InlineData("IsLockedOut", "Deny")]
    [InlineData("ShouldRetry", "Neutral")]
    [InlineData("IsTransient", "Neutral")]
    [InlineData("CheckFraud", "Neutral")]
    [InlineData("ContainsKey", "Neutral")]
    [InlineData("SendReceipt", "Neutral")]
    [InlineData("", "Neutral")]
    public void A_name_tells_what_true_means(string name, string polarity) => Assert.Equal(polarity, Polarities.Of(name).ToString());
}
