using RiskAnalyzers.Language;

namespace RiskAnalyzers.Tests.Language;

public sealed class WordSequencesTests
{
    private static readonly WordSequences Callers = new("current user|current shopping cart|user id|visitor");

    [Theory]
    [InlineData("currentUser")]
    [InlineData("ICurrentUserService")]
    [InlineData("GetCurrentShoppingCartAsync")]
    [InlineData("current_user_id")]
    [InlineData("Visitor")]
    // The first attempt at "current user" fails one word later; the next one fits.
    [InlineData("CurrentCurrentUser")]
    [InlineData("CurrentShoppingUserId")]
    public void A_sequence_stands_anywhere_in_a_name(string name) => Assert.True(Callers.StandIn(name));

    [Theory]
    [InlineData("")]
    [InlineData("_")]
    [InlineData("current")]
    [InlineData("CurrentShopping")]
    [InlineData("UserCurrent")]
    [InlineData("CurrentActiveUser")]
    [InlineData("Visitors")]
    public void Words_apart_or_in_another_order_are_none(string name) => Assert.False(Callers.StandIn(name));
}
