namespace RiskAnalyzers.Tests.Rules.Errors;

/// <summary>Writes that only happen on a condition, and nobody who asks whether they did.</summary>
public sealed partial class DroppedOutcomeTests
{
    private const string Wallets = """
        public class Wallet { public int Id { get; set; } public string UserId { get; set; } = ""; public decimal Balance { get; set; } public string Status { get; set; } = ""; public DateTime UpdatedAt { get; set; } public DateTime ExpiresAt { get; set; } }
        public class WalletDb : DbContext { public DbSet<Wallet> Wallets => Set<Wallet>(); }

        """;

    private static string Wallet(string body) => Wallets + "public class Rewards(WalletDb db, System.Data.IDbConnection connection) { public async Task Redeem(int id, string user, decimal amount) { " + body + " } }";

    [Fact]
    public Task A_deduction_in_SQL() => Flags(Wallet("""
        await [|db.Database.ExecuteSqlInterpolatedAsync($@"UPDATE ""Wallets"" SET ""Balance"" = ""Balance"" - {amount}, ""UpdatedAt"" = {DateTime.UtcNow} WHERE ""Id"" = {id} AND ""Balance"" >= {amount}")|];
        """));

    [Fact]
    public Task A_deduction_in_raw_SQL() => Flags(Wallet("""await [|db.Database.ExecuteSqlRawAsync("UPDATE Wallets SET Balance = Balance - {0} WHERE UserId = {1} AND Balance >= {0}", amount, user)|];"""));

    [Fact]
    public Task A_state_that_is_claimed_through_Dapper() => Flags(Wallet("""await [|Dapper.SqlMapper.ExecuteAsync(connection, "update wallets set status = 'Locked' where id = @id and status = 'Open'", new { id })|];"""));

    [Fact]
    public Task A_deduction_by_query() => Flags(Wallet("""
        await [|db.Wallets.Where(w => w.Id == id && w.Balance >= amount).ExecuteUpdateAsync(set => set.SetProperty(w => w.Balance, w => w.Balance - amount))|];
        """));

    [Fact]
    public Task A_state_that_is_claimed_by_query() => Flags(Wallet("""
        await [|db.Wallets.Where(w => w.UserId == user).Where(w => w.Status == "Open").ExecuteUpdateAsync(set => set.SetProperty(w => w.Status, "Locked"))|];
        """));

    [Fact]
    public Task Rows_that_are_thrown_away_by_name() => Flags(Wallet("""
        _ = await [|db.Wallets.Where(w => w.Id == id && w.Balance > 0).ExecuteUpdateAsync(set => set.SetProperty(w => w.Balance, 0m).SetProperty(w => w.UpdatedAt, DateTime.UtcNow))|];
        """));

    [Fact]
    public Task Rows_that_are_counted() => Allows(Wallet("""
        var rows = await db.Wallets.Where(w => w.Id == id && w.Balance >= amount).ExecuteUpdateAsync(set => set.SetProperty(w => w.Balance, w => w.Balance - amount));
        if (rows == 0) throw new InvalidOperationException("insufficient");
        """));

    [Fact]
    public Task A_write_without_a_condition() => Allows(Wallet("await db.Wallets.Where(w => w.Id == id).ExecuteUpdateAsync(set => set.SetProperty(w => w.Status, \"Closed\"));"));

    [Fact]
    public Task A_condition_about_another_column() => Allows(Wallet("await db.Wallets.Where(w => w.Id == id && w.Balance == 0).ExecuteUpdateAsync(set => set.SetProperty(w => w.Status, \"Empty\"));"));

    [Fact]
    public Task Work_on_all_that_are_due() => Allows(Wallet("await db.Wallets.Where(w => w.Status == \"Open\" && w.ExpiresAt < DateTime.UtcNow).ExecuteUpdateAsync(set => set.SetProperty(w => w.Status, \"Expired\"));"));

    [Fact]
    public Task Work_on_all_that_are_due_in_SQL() => Allows(Wallet("""await db.Database.ExecuteSqlRawAsync("UPDATE Wallets SET Status = 'Expired' WHERE Status = 'Open' AND ExpiresAt < now()");"""));

    [Fact]
    public Task A_stamp_that_is_set_once() => Allows(Wallet("""await db.Database.ExecuteSqlInterpolatedAsync($"UPDATE Wallets SET UpdatedAt = {DateTime.UtcNow} WHERE Id = {id} AND UpdatedAt IS NULL");"""));

    [Fact]
    public Task A_write_that_spares_itself() => Allows(Wallet("""await db.Database.ExecuteSqlRawAsync("UPDATE Wallets SET Status = {0} WHERE Id = {1} AND Status IS DISTINCT FROM {0}", user, id);"""));

    [Fact]
    public Task Rows_that_get_another_owner() => Allows(Wallet("""await db.Database.ExecuteSqlRawAsync("UPDATE Wallets SET UserId = {0} WHERE Id = {1} AND UserId = {2}", user, id, "old");"""));

    [Fact]
    public Task Other_SQL() => Allows(Wallet("""await db.Database.ExecuteSqlInterpolatedAsync($"DELETE FROM Wallets WHERE Id = {id} AND Balance = 0");"""));

    [Fact]
    public Task The_rows_are_the_members_answer() => Allows(Wallets + """
        public class Rewards(WalletDb db) { public Task<int> Redeem(int id, decimal amount) => db.Wallets.Where(w => w.Id == id && w.Balance >= amount).ExecuteUpdateAsync(set => set.SetProperty(w => w.Balance, w => w.Balance - amount)); }
        """);
}
