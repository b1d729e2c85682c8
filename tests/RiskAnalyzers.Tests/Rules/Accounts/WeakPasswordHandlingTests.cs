using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Accounts;

public sealed class WeakPasswordHandlingTests() : RuleTest("RISK3007")
{
    private const string User = "class User { public int Id { get; set; } public string Email { get; set; } = \"\"; public string Password { get; set; } = \"\"; public string PasswordHash { get; set; } = \"\"; public byte[] PasswordSalt { get; set; } = []; } ";

    [Fact]
    public Task A_plain_comparison() => Flags(User + "class C { bool F(User u, string password) => [|u.Password == password|]; }");

    [Fact]
    public Task A_comparison_in_a_query() => Flags(User + "class C { User? F(IQueryable<User> all, string email, string pwd) => all.FirstOrDefault(u => u.Email == email && [|u.Password == pwd|]); }");

    [Fact]
    public Task Equals_on_a_hash() => Flags(User + "class C { bool F(User u, string hash) => ![|u.PasswordHash.Equals(hash, StringComparison.Ordinal)|]; }");

    [Fact]
    public Task A_hash_of_what_was_typed() => Flags(User + "class C { string Hash(string s) => s; bool F(User u, string password) { return [|Hash(password) != u.PasswordHash|]; } }");

    [Fact]
    public Task Two_hashes_under_other_names() => Flags("class C { string ComputeSha256(string s) => s; bool F(string stored, string password) { var computed = ComputeSha256(password); return [|computed == stored|]; } }");

    [Fact]
    public Task A_password_in_the_source() => Flags("class C { const string Admin = \"hunter2!\"; bool F(string password) => [|password == Admin|]; }");

    [Fact]
    public Task A_digest() => Flags("class C { string Hash(string password) { using var sha = SHA256.Create(); return Convert.ToBase64String([|sha.ComputeHash(Encoding.UTF8.GetBytes(password + \"pepper\"))|]); } }");

    [Fact]
    public Task A_digest_by_way_of_a_local() => Flags("class C { string F(string password) { var bytes = Encoding.UTF8.GetBytes(password); var hash = [|SHA512.HashData(bytes)|]; return Convert.ToHexString(hash); } }");

    [Fact]
    public Task A_keyed_digest() => Flags(User + "class C { byte[] F(User u, string password) { using var hmac = new HMACSHA512(u.PasswordSalt); return [|hmac.ComputeHash(Encoding.UTF8.GetBytes(password))|]; } }");

    [Fact]
    public Task A_function_that_hashes_passwords_of_any_name() => Flags("class PasswordHasher { public string Hash(string input) => Convert.ToHexString([|MD5.HashData(Encoding.UTF8.GetBytes(input))|]); }");

    [Fact]
    public Task A_few_iterations() => Flags("class C { byte[] F(string password, byte[] salt) => Rfc2898DeriveBytes.Pbkdf2(password, salt, [|1000|], HashAlgorithmName.SHA256, 32); }");

    [Fact]
    public Task One_salt_for_all() => Flags("class C { byte[] F(string password) => Rfc2898DeriveBytes.Pbkdf2(password, [|Encoding.UTF8.GetBytes(\"shop-salt\")|], 600_000, HashAlgorithmName.SHA256, 32); }");

    [Fact]
    public Task A_password_stored_as_typed() => Flags(User + "record Register(string Email, string Password); class C { User F(Register r) => new User { Email = r.Email, [|Password = r.Password|] }; }");

    [Fact]
    public Task A_password_stored_under_the_name_of_a_hash() => Flags(User + "class C { void F(User u, string password) { [|u.PasswordHash = password|]; } }");

    [Fact]
    public Task A_password_in_base_64() => Flags("class C { string Encrypt(string password) => [|Convert.ToBase64String(Encoding.UTF8.GetBytes(password))|]; }");

    [Fact]
    public Task A_cheap_bcrypt() => Flags("static class BCrypt { public static string HashPassword(string s, int workFactor = 11) => s; } class C { string F(string password) => BCrypt.HashPassword(password, [|workFactor: 4|]); }");

    [Fact]
    public Task Short_passwords() => Flags("class C { void F(IdentityOptions o) { [|o.Password.RequiredLength = 4|]; } }");

    [Fact]
    public Task A_null_check() => Allows(User + "class C { bool F(User u) => u.PasswordHash == null || u.PasswordHash == \"\" || u.PasswordHash == string.Empty; }");

    [Fact]
    public Task The_same_password_twice() => Allows("record R(string Password, string ConfirmPassword); class C { bool F(R r) => r.Password == r.ConfirmPassword; }");

    [Fact]
    public Task An_old_and_a_new_password() => Allows("class C { bool F(string currentPassword, string newPassword) => string.Equals(currentPassword, newPassword); }");

    [Fact]
    public Task A_proper_hasher() => Allows(User + "class C { bool F(IPasswordHasher<User> h, User u, string password) => h.VerifyHashedPassword(u, u.PasswordHash, password) == PasswordVerificationResult.Success; }");

    [Fact]
    public Task Bcrypt_as_it_is() => Allows("static class BCrypt { public static string HashPassword(string s, int workFactor = 11) => s; public static bool Verify(string s, string h) => true; } class C { string F(string password) => BCrypt.HashPassword(password); bool G(string password, string h) => BCrypt.Verify(password, h); }");

    [Fact]
    public Task A_digest_of_a_file() => Allows("class C { byte[] F(byte[] content) => SHA256.HashData(content); }");

    [Fact]
    public Task Many_iterations_and_a_salt_of_its_own() => Allows("class C { byte[] F(string password) { var salt = RandomNumberGenerator.GetBytes(16); return Rfc2898DeriveBytes.Pbkdf2(password, salt, 600_000, HashAlgorithmName.SHA256, 32); } }");

    [Fact]
    public Task A_hash_stored() => Allows(User + "class C { void F(User u, IPasswordHasher<User> h, string password) { u.PasswordHash = h.HashPassword(u, password); } }");

    [Fact]
    public Task A_command_takes_the_password_on() => Allows("record R(string Password); class RegisterCommand { public int Id { get; set; } public string Password { get; set; } = \"\"; } class C { RegisterCommand F(R r) => new() { Password = r.Password }; }");

    [Fact]
    public Task Credentials_of_a_mail_server() => Allows("class SmtpSettings { public string Password { get; set; } = \"\"; } class C { NetworkCredential F(SmtpSettings s) => new() { UserName = \"x\", Password = s.Password }; }");

    [Fact]
    public Task Basic_authentication_of_a_request() => Allows("class C { string F(string user, string password) => Convert.ToBase64String(Encoding.UTF8.GetBytes($\"{user}:{password}\")); }");

    [Fact]
    public Task A_length() => Allows("class C { bool F(string password) => password.Length == 12; }");

    [Fact]
    public Task Eight_characters() => Allows("class C { void F(IdentityOptions o) => o.Password.RequiredLength = 12; }");

    [Fact]
    public Task The_fix_verifies_with_the_hasher_at_hand() => Fixes(
        User + "class C(IPasswordHasher<User> hasher) { static string Hash(string s) => s; bool F(User user, string password) => [|user.PasswordHash == Hash(password)|]; }",
        User + "class C(IPasswordHasher<User> hasher) { static string Hash(string s) => s; bool F(User user, string password) => hasher.VerifyHashedPassword(user, user.PasswordHash, password) != PasswordVerificationResult.Failed; }");

    [Fact]
    public Task The_fix_asks_for_longer_passwords() => Fixes(
        "class C { void F(IdentityOptions o) { [|o.Password.RequiredLength = 4|]; } }",
        "class C { void F(IdentityOptions o) { o.Password.RequiredLength = 12; } }");

    [Fact]
    public Task The_fix_takes_a_slower_hash() => Fixes(
        "static class BCrypt { public static string HashPassword(string s, int workFactor = 11) => s; } class C { string F(string password) => BCrypt.HashPassword(password, [|workFactor: 4|]); }",
        "static class BCrypt { public static string HashPassword(string s, int workFactor = 11) => s; } class C { string F(string password) => BCrypt.HashPassword(password, workFactor: 12); }");

    [Fact]
    public Task A_record_copied() => Allows(User + "class UserRow { public int Id { get; set; } public string Password { get; set; } = \"\"; } class C { UserRow F(User u) => new() { Id = u.Id, Password = u.Password }; }");

    [Fact]
    public Task A_value_put_back() => Allows(User + "class C { void F(User u) { var before = u.Password; try { u.Email = \"\"; } finally { u.Password = before; } } }");

    [Fact]
    public Task Two_of_a_kind() => Allows("class Auth { public string PasswordHash { get; set; } = \"\"; public bool Same(Auth other) => PasswordHash == other.PasswordHash; }");

    [Fact]
    public Task An_account_of_a_mail_server() => Allows("class EmailAccount { public int Id { get; set; } public string Password { get; set; } = \"\"; } class Form { public string Password { get; set; } = \"\"; } class C { void F(EmailAccount a, Form f) => a.Password = f.Password; }");

    [Fact]
    public Task A_key_for_resets() => Allows("class Member { public int Id { get; set; } public string? ResetPasswordKey { get; set; } } class C { void F(Member m, string resetPasswordKey) => m.ResetPasswordKey = resetPasswordKey; }");

    [Fact]
    public Task A_rule_about_passwords() => Allows("class Rules { public int PasswordRequiredUniqueChars { get; set; } } class Other { public int PasswordRequiredUniqueChars { get; set; } } class C { bool F(Rules a, Other b) => a.PasswordRequiredUniqueChars != b.PasswordRequiredUniqueChars; }");

    [Fact]
    public Task Two_places_of_one_message() => Allows("""
        public class Proof { public string? PasswordHash { get; set; } }
        public class RegisterRequest : IValidatableObject
        {
            public string? MasterPasswordHash { get; set; }
            public Proof? Proof { get; set; }
            public IEnumerable<ValidationResult> Validate(ValidationContext context) { if (Proof != null && Proof.PasswordHash != MasterPasswordHash) yield return new ValidationResult("differ"); }
        }
        """);

    [Fact]
    public Task A_change_that_is_undone() => Allows(
        """
        class Account { public int Id { get; set; } public string MasterPassword { get; set; } = ""; }
        record State(string MasterPassword);
        class C { void Undo(Account user, State previousState) { user.MasterPassword = previousState.MasterPassword; } }
        """);
}
