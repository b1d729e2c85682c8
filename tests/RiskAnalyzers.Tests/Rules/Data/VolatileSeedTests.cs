using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Data;

public sealed class VolatileSeedTests() : RuleTest("RISK6015")
{
    private const string Rows = """
        class Member { public Guid Id { get; set; } public string PasswordHash { get; set; } = ""; public DateTime CreatedAt { get; set; } public DateTimeOffset Since { get; set; } public int Points { get; set; } }
        """;

    private static string Model(string body) => Rows + "class Db : DbContext { protected override void OnModelCreating(ModelBuilder model) { " + body + " } static DateTime Fixed() => new(2026, 1, 1); static string HashPassword(string password, string salt) => password + salt; }";

    [Fact]
    public Task The_clock() => Flags(Model("model.Entity<Member>().HasData(new Member { Id = Guid.Empty, CreatedAt = [|DateTime.UtcNow|] });"));

    [Fact]
    public Task The_local_clock() => Flags(Model("model.Entity<Member>(e => { e.HasData(new Member { CreatedAt = [|DateTime.Now|].AddDays(-1) }, new Member { CreatedAt = [|DateTime.Today|] }); });"));

    [Fact]
    public Task With_an_offset() => Flags(Model("model.Entity<Member>().HasData(new Member { Since = [|DateTimeOffset.UtcNow|] });"));

    [Fact]
    public Task A_new_key() => Flags(Model("model.Entity<Member>().HasData(new[] { new Member { Id = [|Guid.NewGuid()|] } });"));

    [Fact]
    public Task A_key_that_other_rows_refer_to() => Flags(Model("var admin = [|Guid.NewGuid()|]; model.Entity<Member>().HasData(new Member { Id = admin });"));

    [Fact]
    public Task A_salted_hash() => Flags(Model("var hasher = new PasswordHasher<Member>(); var admin = new Member { Id = Guid.Empty }; admin.PasswordHash = [|hasher.HashPassword(admin, \"Start123!\")|]; model.Entity<Member>().HasData(admin);"));

    [Fact]
    public Task A_hash_in_the_row() => Flags(Model("model.Entity<Member>().HasData(new Member { PasswordHash = [|new PasswordHasher<Member>().HashPassword(null!, \"Start123!\")|] });"));

    [Fact]
    public Task A_hash_by_a_library() => Flags("static class BCrypt { public static string HashPassword(string password) => password; }" + Model("model.Entity<Member>().HasData(new Member { PasswordHash = [|BCrypt.HashPassword(\"Start123!\")|] });"));

    [Fact]
    public Task A_list_that_is_filled_first() => Flags(Model("var members = new List<Member>(); members.Add(new Member { Id = [|Guid.NewGuid()|] }); model.Entity<Member>().HasData(members);"));

    [Fact]
    public Task A_random_number() => Flags(Model("model.Entity<Member>().HasData(new Member { Points = [|Random.Shared.Next(100)|] });"));

    [Fact]
    public Task A_configuration_of_its_own() => Flags(Rows + """
        class MemberConfiguration : IEntityTypeConfiguration<Member>
        {
            public void Configure(Microsoft.EntityFrameworkCore.Metadata.Builders.EntityTypeBuilder<Member> builder) => builder.HasData(new Member { Id = Guid.Empty, CreatedAt = [|DateTime.UtcNow|] });
        }
        """);

    [Fact]
    public Task A_date_that_stays() => Allows(Model("model.Entity<Member>().HasData(new Member { CreatedAt = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc) });"));

    [Fact]
    public Task A_key_that_stays() => Allows(Model("model.Entity<Member>().HasData(new Member { Id = Guid.Parse(\"7e53a491-a9de-4c75-af44-ff3271a5176c\") });"));

    [Fact]
    public Task A_hash_that_was_made_once() => Allows(Model("model.Entity<Member>().HasData(new Member { PasswordHash = \"AQAAAAIAAYagAAAAE\" });"));

    [Fact]
    public Task A_hash_with_a_given_salt() => Allows(Model("model.Entity<Member>().HasData(new Member { PasswordHash = HashPassword(\"a\", \"b\") });"));

    [Fact]
    public Task A_helper_whose_name_says_nothing() => Allows(Model("model.Entity<Member>().HasData(new Member { CreatedAt = Fixed() });"));

    [Fact]
    public Task A_default_in_the_database() => Allows(Model("model.Entity<Member>().Property(m => m.CreatedAt).HasDefaultValueSql(\"GETUTCDATE()\");"));

    [Fact]
    public Task A_default_that_is_made_when_saved() => Allows(Model("var now = DateTime.UtcNow; Console.WriteLine(now); model.Entity<Member>().HasData(new Member { Points = 1 });"));

    [Fact]
    public Task A_seed_at_start() => Allows(Rows + "class Seeder { public void Seed(ShopDb db) { if (!db.Coupons.Any()) db.Coupons.Add(new Coupon { Code = \"A\", StartsAt = DateTime.UtcNow }); db.SaveChanges(); } }");

    [Fact]
    public Task A_method_of_its_own_that_is_called_so() => Allows(Rows + "class Store { public void HasData(Member member) { } public void Fill() => HasData(new Member { CreatedAt = DateTime.UtcNow }); }");

    [Fact]
    public Task Nothing_but_constants() => Allows(Model("var first = new Member { Points = 1 }; first.Points = 2; model.Entity<Member>().HasData(first);"));
}
