using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Accounts;

public sealed class SurvivingSessionsTests() : RuleTest("RISK3024")
{
    [Fact]
    public Task A_password_set_on_the_account() => Flags(
        """
        class RefreshToken { public int Id { get; set; } public string Token { get; set; } = ""; public bool IsRevoked { get; set; } }
        class User { public int Id { get; set; } public string PasswordHash { get; set; } = ""; public bool IsActive { get; set; } public bool IsBlocked { get; set; } public string SecurityStamp { get; set; } = ""; public List<RefreshToken> RefreshTokens { get; } = new(); public void SetPassword(string hash) => PasswordHash = hash; public void Deactivate() { IsActive = false; } public void RevokeRefreshTokens() => RefreshTokens.Clear(); }
        interface IUsers { Task<User> GetAsync(int id); Task UpdateAsync(User user); }
        interface IHasher { string Hash(string text); }
        class ChangePasswordHandler(IUsers users, IHasher hasher) { public async Task Handle(int id, string password) { var user = await users.GetAsync(id); user.[|SetPassword|](hasher.Hash(password)); await users.UpdateAsync(user); } }
        """);

    [Fact]
    public Task A_hash_that_is_assigned() => Flags(
        """
        class RefreshToken { public int Id { get; set; } public string Token { get; set; } = ""; public bool IsRevoked { get; set; } }
        class User { public int Id { get; set; } public string PasswordHash { get; set; } = ""; public bool IsActive { get; set; } public bool IsBlocked { get; set; } public string SecurityStamp { get; set; } = ""; public List<RefreshToken> RefreshTokens { get; } = new(); public void SetPassword(string hash) => PasswordHash = hash; public void Deactivate() { IsActive = false; } public void RevokeRefreshTokens() => RefreshTokens.Clear(); }
        interface IUsers { Task<User> GetAsync(int id); Task UpdateAsync(User user); }
        interface IHasher { string Hash(string text); }
        class PasswordService(IUsers users, IHasher hasher) { public async Task ChangeAsync(int id, string password) { var user = await users.GetAsync(id); [|user.PasswordHash = hasher.Hash(password)|]; await users.UpdateAsync(user); } }
        """);

    [Fact]
    public Task A_reset_by_Identity() => Flags(
        """
        class RefreshToken { public string Token { get; set; } = ""; }
        class AuthController : ShopCode { public async Task<IActionResult> ResetPassword(string email, string token, string password) { var user = await users.FindByEmailAsync(email); if (user is null) return Ok(); var result = await users.[|ResetPasswordAsync|](user, token, password); return result.Succeeded ? Ok() : BadRequest(); } }
        """);

    [Fact]
    public Task A_change_by_Identity() => Flags(
        """
        class RefreshToken { public string Token { get; set; } = ""; }
        class AccountController : ShopCode { public async Task<IActionResult> Change(string old, string fresh) { var user = await users.GetUserAsync(User); var result = await users.[|ChangePasswordAsync|](user!, old, fresh); return result.Succeeded ? NoContent() : BadRequest(result.Errors); } }
        """);

    [Fact]
    public Task An_account_that_is_shut() => Flags(
        """
        class RefreshToken { public int Id { get; set; } public string Token { get; set; } = ""; public bool IsRevoked { get; set; } }
        class User { public int Id { get; set; } public string PasswordHash { get; set; } = ""; public bool IsActive { get; set; } public bool IsBlocked { get; set; } public string SecurityStamp { get; set; } = ""; public List<RefreshToken> RefreshTokens { get; } = new(); public void SetPassword(string hash) => PasswordHash = hash; public void Deactivate() { IsActive = false; } public void RevokeRefreshTokens() => RefreshTokens.Clear(); }
        interface IUsers { Task<User> GetAsync(int id); Task UpdateAsync(User user); }
        interface IHasher { string Hash(string text); }
        class UserAdminService(IUsers users) { public async Task DeactivateAsync(int id) { var user = await users.GetAsync(id); user.[|Deactivate|](); await users.UpdateAsync(user); } }
        """);

    [Fact]
    public Task A_flag_that_is_cleared() => Flags(
        """
        class RefreshToken { public int Id { get; set; } public string Token { get; set; } = ""; public bool IsRevoked { get; set; } }
        class User { public int Id { get; set; } public string PasswordHash { get; set; } = ""; public bool IsActive { get; set; } public bool IsBlocked { get; set; } public string SecurityStamp { get; set; } = ""; public List<RefreshToken> RefreshTokens { get; } = new(); public void SetPassword(string hash) => PasswordHash = hash; public void Deactivate() { IsActive = false; } public void RevokeRefreshTokens() => RefreshTokens.Clear(); }
        interface IUsers { Task<User> GetAsync(int id); Task UpdateAsync(User user); }
        interface IHasher { string Hash(string text); }
        class AccountService(IUsers users) { public async Task CloseAsync(int id) { var user = await users.GetAsync(id); [|user.IsActive = false|]; await users.UpdateAsync(user); } }
        """);

    [Fact]
    public Task A_flag_that_is_set() => Flags(
        """
        class RefreshToken { public int Id { get; set; } public string Token { get; set; } = ""; public bool IsRevoked { get; set; } }
        class User { public int Id { get; set; } public string PasswordHash { get; set; } = ""; public bool IsActive { get; set; } public bool IsBlocked { get; set; } public string SecurityStamp { get; set; } = ""; public List<RefreshToken> RefreshTokens { get; } = new(); public void SetPassword(string hash) => PasswordHash = hash; public void Deactivate() { IsActive = false; } public void RevokeRefreshTokens() => RefreshTokens.Clear(); }
        interface IUsers { Task<User> GetAsync(int id); Task UpdateAsync(User user); }
        interface IHasher { string Hash(string text); }
        class AccountsController(IUsers users) : ControllerBase { public async Task<IActionResult> Block(int id) { var account = await users.GetAsync(id); [|account.IsBlocked = true|]; await users.UpdateAsync(account); return Ok(); } }
        """);

    [Fact]
    public Task A_reset_that_uses_its_code_up() => Flags(
        """
        class RefreshToken { public int Id { get; set; } public string Token { get; set; } = ""; public bool IsRevoked { get; set; } }
        class User { public int Id { get; set; } public string PasswordHash { get; set; } = ""; public bool IsActive { get; set; } public bool IsBlocked { get; set; } public string SecurityStamp { get; set; } = ""; public List<RefreshToken> RefreshTokens { get; } = new(); public void SetPassword(string hash) => PasswordHash = hash; public void Deactivate() { IsActive = false; } public void RevokeRefreshTokens() => RefreshTokens.Clear(); }
        interface IUsers { Task<User> GetAsync(int id); Task UpdateAsync(User user); }
        interface IHasher { string Hash(string text); }
        interface IResets { Task RevokeTokenAsync(string token); } class ResetPasswordHandler(IUsers users, IHasher hasher, IResets resets) { public async Task Handle(int id, string token, string password) { var user = await users.GetAsync(id); user.[|SetPassword|](hasher.Hash(password)); await users.UpdateAsync(user); await resets.RevokeTokenAsync(token); } }
        """);

    [Fact]
    public Task A_minimal_endpoint() => Flags(
        """
        class RefreshToken { public int Id { get; set; } public string Token { get; set; } = ""; public bool IsRevoked { get; set; } }
        class User { public int Id { get; set; } public string PasswordHash { get; set; } = ""; public bool IsActive { get; set; } public bool IsBlocked { get; set; } public string SecurityStamp { get; set; } = ""; public List<RefreshToken> RefreshTokens { get; } = new(); public void SetPassword(string hash) => PasswordHash = hash; public void Deactivate() { IsActive = false; } public void RevokeRefreshTokens() => RefreshTokens.Clear(); }
        interface IUsers { Task<User> GetAsync(int id); Task UpdateAsync(User user); }
        interface IHasher { string Hash(string text); }
        static class AccountEndpoints { public static async Task<IResult> ResetAsync(int id, string password, IUsers users, IHasher hasher) { var u = await users.GetAsync(id); [|u.PasswordHash = hasher.Hash(password)|]; await users.UpdateAsync(u); return Results.NoContent(); } }
        """);

    [Fact]
    public Task A_password_that_an_admin_gives() => Flags(
        """
        class RefreshToken { public string Token { get; set; } = ""; }
        class AccountAdmin : ShopCode { public async Task Give(IdentityUser user, string password) { await users.RemovePasswordAsync(user); await users.[|AddPasswordAsync|](user, password); } }
        """);

    [Fact]
    public Task Tokens_are_revoked() => Allows(
        """
        class RefreshToken { public int Id { get; set; } public string Token { get; set; } = ""; public bool IsRevoked { get; set; } }
        class User { public int Id { get; set; } public string PasswordHash { get; set; } = ""; public bool IsActive { get; set; } public bool IsBlocked { get; set; } public string SecurityStamp { get; set; } = ""; public List<RefreshToken> RefreshTokens { get; } = new(); public void SetPassword(string hash) => PasswordHash = hash; public void Deactivate() { IsActive = false; } public void RevokeRefreshTokens() => RefreshTokens.Clear(); }
        interface IUsers { Task<User> GetAsync(int id); Task UpdateAsync(User user); }
        interface IHasher { string Hash(string text); }
        class ChangePasswordHandler(IUsers users, IHasher hasher) { public async Task Handle(int id, string password) { var user = await users.GetAsync(id); user.SetPassword(hasher.Hash(password)); user.RevokeRefreshTokens(); await users.UpdateAsync(user); } }
        """);

    [Fact]
    public Task A_service_revokes_them() => Allows(
        """
        class RefreshToken { public int Id { get; set; } public string Token { get; set; } = ""; public bool IsRevoked { get; set; } }
        class User { public int Id { get; set; } public string PasswordHash { get; set; } = ""; public bool IsActive { get; set; } public bool IsBlocked { get; set; } public string SecurityStamp { get; set; } = ""; public List<RefreshToken> RefreshTokens { get; } = new(); public void SetPassword(string hash) => PasswordHash = hash; public void Deactivate() { IsActive = false; } public void RevokeRefreshTokens() => RefreshTokens.Clear(); }
        interface IUsers { Task<User> GetAsync(int id); Task UpdateAsync(User user); }
        interface IHasher { string Hash(string text); }
        interface ISessions { Task EndAllAsync(int userId); } class PasswordService(IUsers users, IHasher hasher, ISessions sessions) { public async Task ChangeAsync(int id, string password) { var user = await users.GetAsync(id); user.PasswordHash = hasher.Hash(password); await users.UpdateAsync(user); await sessions.EndAllAsync(id); } }
        """);

    [Fact]
    public Task The_stamp_is_turned() => Allows(
        """
        class RefreshToken { public int Id { get; set; } public string Token { get; set; } = ""; public bool IsRevoked { get; set; } }
        class User { public int Id { get; set; } public string PasswordHash { get; set; } = ""; public bool IsActive { get; set; } public bool IsBlocked { get; set; } public string SecurityStamp { get; set; } = ""; public List<RefreshToken> RefreshTokens { get; } = new(); public void SetPassword(string hash) => PasswordHash = hash; public void Deactivate() { IsActive = false; } public void RevokeRefreshTokens() => RefreshTokens.Clear(); }
        interface IUsers { Task<User> GetAsync(int id); Task UpdateAsync(User user); }
        interface IHasher { string Hash(string text); }
        class PasswordService(IUsers users, IHasher hasher) { public async Task ChangeAsync(int id, string password) { var user = await users.GetAsync(id); user.PasswordHash = hasher.Hash(password); user.SecurityStamp = Guid.NewGuid().ToString(); await users.UpdateAsync(user); } }
        """);

    [Fact]
    public Task The_account_does_it_itself() => Allows(
        """
        class RefreshToken { public int Id { get; set; } public string Token { get; set; } = ""; public bool IsRevoked { get; set; } }
        class User { public int Id { get; set; } public string PasswordHash { get; set; } = ""; public bool IsActive { get; set; } public bool IsBlocked { get; set; } public string SecurityStamp { get; set; } = ""; public List<RefreshToken> RefreshTokens { get; } = new(); public void SetPassword(string hash) { PasswordHash = hash; RefreshTokens.Clear(); } public void Deactivate() { IsActive = false; } public void RevokeRefreshTokens() => RefreshTokens.Clear(); }
        interface IUsers { Task<User> GetAsync(int id); Task UpdateAsync(User user); }
        interface IHasher { string Hash(string text); }
        class ChangePasswordHandler(IUsers users, IHasher hasher) { public async Task Handle(int id, string password) { var user = await users.GetAsync(id); user.SetPassword(hasher.Hash(password)); await users.UpdateAsync(user); } }
        """);

    [Fact]
    public Task A_project_without_refresh_tokens() => Allows(
        """
        class Ticket { public int Id { get; set; } public string Token { get; set; } = ""; public bool IsRevoked { get; set; } }
        class User { public int Id { get; set; } public string PasswordHash { get; set; } = ""; public bool IsActive { get; set; } public bool IsBlocked { get; set; } public string SecurityStamp { get; set; } = "";  public void SetPassword(string hash) => PasswordHash = hash; public void Deactivate() { IsActive = false; }  }
        interface IUsers { Task<User> GetAsync(int id); Task UpdateAsync(User user); }
        interface IHasher { string Hash(string text); }
        class ChangePasswordHandler(IUsers users, IHasher hasher) { public async Task Handle(int id, string password) { var user = await users.GetAsync(id); user.SetPassword(hasher.Hash(password)); await users.UpdateAsync(user); } }
        """);

    [Fact]
    public Task A_new_account() => Allows(
        """
        class RefreshToken { public int Id { get; set; } public string Token { get; set; } = ""; public bool IsRevoked { get; set; } }
        class User { public int Id { get; set; } public string PasswordHash { get; set; } = ""; public bool IsActive { get; set; } public bool IsBlocked { get; set; } public string SecurityStamp { get; set; } = ""; public List<RefreshToken> RefreshTokens { get; } = new(); public void SetPassword(string hash) => PasswordHash = hash; public void Deactivate() { IsActive = false; } public void RevokeRefreshTokens() => RefreshTokens.Clear(); }
        interface IUsers { Task<User> GetAsync(int id); Task UpdateAsync(User user); }
        interface IHasher { string Hash(string text); }
        class RegisterHandler(IUsers users, IHasher hasher) { public async Task Handle(string password) { var user = new User(); user.PasswordHash = hasher.Hash(password); await users.UpdateAsync(user); } }
        """);

    [Fact]
    public Task A_hash_brought_up_to_date_at_sign_in() => Allows(
        """
        class RefreshToken { public int Id { get; set; } public string Token { get; set; } = ""; public bool IsRevoked { get; set; } }
        class User { public int Id { get; set; } public string PasswordHash { get; set; } = ""; public bool IsActive { get; set; } public bool IsBlocked { get; set; } public string SecurityStamp { get; set; } = ""; public List<RefreshToken> RefreshTokens { get; } = new(); public void SetPassword(string hash) => PasswordHash = hash; public void Deactivate() { IsActive = false; } public void RevokeRefreshTokens() => RefreshTokens.Clear(); }
        interface IUsers { Task<User> GetAsync(int id); Task UpdateAsync(User user); }
        interface IHasher { string Hash(string text); }
        class LoginService(IUsers users, IHasher hasher) { public async Task SignInAsync(User user, string password) { user.PasswordHash = hasher.Hash(password); await users.UpdateAsync(user); } }
        """);

    [Fact]
    public Task An_account_that_is_opened_again() => Allows(
        """
        class RefreshToken { public int Id { get; set; } public string Token { get; set; } = ""; public bool IsRevoked { get; set; } }
        class User { public int Id { get; set; } public string PasswordHash { get; set; } = ""; public bool IsActive { get; set; } public bool IsBlocked { get; set; } public string SecurityStamp { get; set; } = ""; public List<RefreshToken> RefreshTokens { get; } = new(); public void SetPassword(string hash) => PasswordHash = hash; public void Deactivate() { IsActive = false; } public void RevokeRefreshTokens() => RefreshTokens.Clear(); }
        interface IUsers { Task<User> GetAsync(int id); Task UpdateAsync(User user); }
        interface IHasher { string Hash(string text); }
        class AccountService(IUsers users) { public async Task OpenAsync(int id) { var user = await users.GetAsync(id); user.IsActive = true; await users.UpdateAsync(user); } }
        """);

    [Fact]
    public Task A_product_that_is_taken_off_sale() => Allows(
        """
        class RefreshToken { public string Token { get; set; } = ""; }
        class Item { public int Id { get; set; } public bool IsActive { get; set; } } class AccountItems { public void Retire(Item item) { item.IsActive = false; } }
        """);

    [Fact]
    public Task An_initializer() => Allows(
        """
        class RefreshToken { public int Id { get; set; } public string Token { get; set; } = ""; public bool IsRevoked { get; set; } }
        class User { public int Id { get; set; } public string PasswordHash { get; set; } = ""; public bool IsActive { get; set; } public bool IsBlocked { get; set; } public string SecurityStamp { get; set; } = ""; public List<RefreshToken> RefreshTokens { get; } = new(); public void SetPassword(string hash) => PasswordHash = hash; public void Deactivate() { IsActive = false; } public void RevokeRefreshTokens() => RefreshTokens.Clear(); }
        interface IUsers { Task<User> GetAsync(int id); Task UpdateAsync(User user); }
        interface IHasher { string Hash(string text); }
        class AccountSeeds { public User Make(string hash) => new() { PasswordHash = hash, IsActive = false }; }
        """);

    [Fact]
    public Task A_helper_that_revokes() => Allows(
        """
        class RefreshToken { public int Id { get; set; } public string Token { get; set; } = ""; public bool IsRevoked { get; set; } }
        class User { public int Id { get; set; } public string PasswordHash { get; set; } = ""; public bool IsActive { get; set; } public bool IsBlocked { get; set; } public string SecurityStamp { get; set; } = ""; public List<RefreshToken> RefreshTokens { get; } = new(); public void SetPassword(string hash) => PasswordHash = hash; public void Deactivate() { IsActive = false; } public void RevokeRefreshTokens() => RefreshTokens.Clear(); }
        interface IUsers { Task<User> GetAsync(int id); Task UpdateAsync(User user); }
        interface IHasher { string Hash(string text); }
        class AccountService(IUsers users, List<RefreshToken> store) { public async Task CloseAsync(int id) { var user = await users.GetAsync(id); user.IsActive = false; EndAll(); await users.UpdateAsync(user); } private void EndAll() { foreach (var t in store) t.IsRevoked = true; } }
        """);

    [Fact]
    public Task Another_thing_of_that_name() => Allows(
        """
        class RefreshToken { public int Id { get; set; } public string Token { get; set; } = ""; public bool IsRevoked { get; set; } }
        class User { public int Id { get; set; } public string PasswordHash { get; set; } = ""; public bool IsActive { get; set; } public bool IsBlocked { get; set; } public string SecurityStamp { get; set; } = ""; public List<RefreshToken> RefreshTokens { get; } = new(); public void SetPassword(string hash) => PasswordHash = hash; public void Deactivate() { IsActive = false; } public void RevokeRefreshTokens() => RefreshTokens.Clear(); }
        interface IUsers { Task<User> GetAsync(int id); Task UpdateAsync(User user); }
        interface IHasher { string Hash(string text); }
        class Wifi { public void SetPassword(string text) { } } class AccountDevices { public void Set(Wifi wifi, string text) => wifi.SetPassword(text); }
        """);

    [Fact]
    public Task An_account_that_is_deleted_softly() => Flags(
        """
        class RefreshToken { public int Id { get; set; } public string Token { get; set; } = ""; public bool IsRevoked { get; set; } }
        class User { public int Id { get; set; } public string PasswordHash { get; set; } = ""; public bool IsDeleted { get; set; } public List<RefreshToken> RefreshTokens { get; } = new(); }
        interface IUsers { Task<User> GetAsync(int id); Task UpdateAsync(User user); }
        class DeleteUserHandler(IUsers users) { public async Task Handle(int id) { var user = await users.GetAsync(id); [|user.IsDeleted = true|]; await users.UpdateAsync(user); } }
        """);

    [Fact]
    public Task A_cache_that_is_emptied_elsewhere() => Flags(
        """
        class RefreshToken { public string Token { get; set; } = ""; }
        class PageCache { public void InvalidateAllLanguages() { } }
        class ProfileService : ShopCode { public async Task Change(IdentityUser user, string old, string fresh) { var result = await users.[|ChangePasswordAsync|](user, old, fresh); if (!result.Succeeded) throw new InvalidOperationException("no"); } }
        """);
}
