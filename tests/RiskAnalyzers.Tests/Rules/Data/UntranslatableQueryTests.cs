using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Data;

public sealed class UntranslatableQueryTests() : RuleTest("RISK6010")
{
    private const string Model = "using System.ComponentModel.DataAnnotations.Schema; class Tenant { public int Id { get; set; } public string FirstName { get; set; } = \"\"; public string LastName { get; set; } = \"\"; public DateTime? LeftAt { get; set; } public string FullName => $\"{FirstName} {LastName}\"; public bool IsActive { get { return LeftAt == null; } } [NotMapped] public int Score { get; set; } public bool Owes(DateTime now) => LeftAt < now; public List<Invoice> Invoices { get; set; } = new(); } "
        + "class Invoice { public int Id { get; set; } public decimal Total { get; set; } public decimal Paid { get; set; } public decimal Open => Total - Paid; public Tenant Tenant { get; set; } = null!; } class RentDb : DbContext { public DbSet<Tenant> Tenants => Set<Tenant>(); public DbSet<Invoice> Invoices => Set<Invoice>(); } ";

    [Fact]
    public Task Sorted_by_a_computed_name() => Flags(Model + "class C(RentDb db) { public Task<List<Tenant>> M() => db.Tenants.OrderBy(t => [|t.FullName|]).ToListAsync(); }");

    [Fact]
    public Task Searched_by_a_computed_name_of_the_owner() => Flags(Model + "class C(RentDb db) { public Task<List<Invoice>> M(string text) { var query = db.Invoices.Include(i => i.Tenant).AsQueryable(); query = query.Where(i => i.Total > 0 || [|i.Tenant.FullName|].Contains(text)); return query.ToListAsync(); } }");

    [Fact]
    public Task Summed_over_a_computed_amount() => Flags(Model + "class C(RentDb db) { public Task<decimal> M() => db.Invoices.Where(i => i.Total > 0).SumAsync(i => [|i.Open|]); }");

    [Fact]
    public Task Counted_by_a_getter_with_a_body() => Flags(Model + "class C(RentDb db) { public int M() => db.Tenants.Count(t => [|t.IsActive|]); }");

    [Fact]
    public Task What_is_not_mapped() => Flags(Model + "class C(RentDb db) { public Task<List<Tenant>> M() => db.Tenants.Where(t => [|t.Score|] > 3).ToListAsync(); }");

    [Fact]
    public Task A_method_of_the_row() => Flags(Model + "class C(RentDb db) { public Task<bool> M(DateTime now) => db.Tenants.AnyAsync(t => [|t.Owes(now)|]); }");

    [Fact]
    public Task A_method_of_the_service() => Flags(Model + "class C(RentDb db) { bool IsLate(Invoice i) => i.Total > i.Paid; public Task<List<Invoice>> M() => db.Invoices.Where(i => [|IsLate(i)|]).ToListAsync(); }");

    [Fact]
    public Task An_extension_of_the_product() => Flags(Model + "static class Rules { public static bool IsPaid(this Invoice i) => i.Paid >= i.Total; } class C(RentDb db) { public Invoice? M() => db.Invoices.FirstOrDefault(i => [|i.IsPaid()|]); }");

    [Fact]
    public Task Nested_in_a_condition() => Flags(Model + "class C(RentDb db) { public Task<List<Tenant>> M() => db.Tenants.Where(t => t.Invoices.Any(i => [|i.Open|] > 0)).ToListAsync(); }");

    [Fact]
    public Task Sorted_in_a_switch() => Flags(Model + "class C(RentDb db) { public IQueryable<Tenant> M(string by) => by switch { \"name\" => db.Tenants.OrderByDescending(t => [|t.FullName|]), _ => db.Tenants.OrderBy(t => t.Id) }; }");

    [Fact]
    public Task In_query_syntax() => Flags(Model + "class C(RentDb db) { public IQueryable<Invoice> M() => from i in db.Invoices where [|i.Open|] > 0 select i; }");

    [Fact]
    public Task Columns() => Allows(Model + "class C(RentDb db) { public Task<List<Tenant>> M() => db.Tenants.OrderBy(t => t.LastName).ThenBy(t => t.FirstName).ToListAsync(); }");

    [Fact]
    public Task In_the_last_projection() => Allows(Model + "class C(RentDb db) { public Task<List<string>> M() => db.Tenants.Where(t => t.Id > 1).Select(t => t.FullName).ToListAsync(); }");

    [Fact]
    public Task In_memory() => Allows(Model + "class C(RentDb db) { public async Task<List<Tenant>> M() => (await db.Tenants.ToListAsync()).OrderBy(t => t.FullName).ToList(); }");

    [Fact]
    public Task Behind_AsEnumerable() => Allows(Model + "class C(RentDb db) { public List<Tenant> M() => db.Tenants.AsEnumerable().Where(t => t.IsActive).ToList(); }");

    [Fact]
    public Task A_list_as_a_query() => Allows(Model + "class C { public List<Tenant> M(List<Tenant> all) => all.AsQueryable().Where(t => t.IsActive).ToList(); }");

    [Fact]
    public Task A_computed_value_of_the_caller() => Allows(Model + "class Search { public string First { get; set; } = \"\"; public string Pattern => First + \"%\"; } class C(RentDb db) { public Task<List<Tenant>> M(Search s) => db.Tenants.Where(t => EF.Functions.Like(t.LastName, s.Pattern)).ToListAsync(); }");

    [Fact]
    public Task A_computed_property_of_a_projection() => Allows(Model + "class Row { public decimal Total { get; set; } public decimal Double => Total * 2; } class C(RentDb db) { public async Task<decimal> M() => (await db.Invoices.Select(i => new Row { Total = i.Total }).ToListAsync()).Sum(r => r.Double); }");

    [Fact]
    public Task A_computed_column() => Allows(Model + "class Config { public void M(ModelBuilder b) => b.Entity<Tenant>().Property(t => t.FullName).HasComputedColumnSql(\"FirstName || LastName\"); } class C(RentDb db) { public Task<List<Tenant>> M() => db.Tenants.OrderBy(t => t.FullName).ToListAsync(); }");

    [Fact]
    public Task A_method_that_is_called_before() => Allows(Model + "class C(RentDb db) { string Clean(string text) => text.Trim(); public Task<List<Tenant>> M(string text) => db.Tenants.Where(t => t.LastName == Clean(text)).ToListAsync(); }");

    [Fact]
    public Task A_specification() => Allows(Model + "static class Specs { public static System.Linq.Expressions.Expression<Func<Tenant, bool>> Active() => t => t.LeftAt == null; } class C(RentDb db) { public Task<List<Tenant>> M() => db.Tenants.Where(Specs.Active()).ToListAsync(); }");

    [Fact]
    public Task A_function_of_the_database() => Allows(Model + "static class Functions { [DbFunction] public static bool SoundsLike(string a, string b) => throw new NotSupportedException(); } class C(RentDb db) { public Task<List<Tenant>> M(string n) => db.Tenants.Where(t => Functions.SoundsLike(t.LastName, n)).ToListAsync(); }");

    [Fact]
    public Task A_collection_behind_a_field() => Allows("class Doctor { readonly List<Product> _slots = new(); decimal _fee; public int Id { get; set; } public IReadOnlyCollection<Product> Slots => _slots.AsReadOnly(); public decimal Fee => _fee + 0; } class ClinicDb : DbContext { public DbSet<Doctor> Doctors => Set<Doctor>(); } class C(ClinicDb db) { public Task<List<Doctor>> M() => db.Doctors.Where(d => d.Slots.Any() && d.Fee > 1).ToListAsync(); }");

    [Fact]
    public Task A_comparison_by_the_rules_of_C_sharp() => Flags(Model + "class C(RentDb db) { public Task<Tenant?> M(string name) => db.Tenants.FirstOrDefaultAsync(t => [|t.LastName.Equals(name, StringComparison.OrdinalIgnoreCase)|]); }");

    [Fact]
    public Task A_search_by_the_rules_of_C_sharp() => Flags(Model + "class C(RentDb db) { public IQueryable<Tenant> M(string text) => db.Tenants.Where(t => t.Id > 1 && [|t.FirstName.Contains(text, StringComparison.OrdinalIgnoreCase)|]); }");

    [Fact]
    public Task A_static_comparison() => Flags(Model + "class C(RentDb db) { public bool M(string name) => db.Tenants.Any(t => [|string.Equals(t.LastName, name, StringComparison.Ordinal)|]); }");

    [Fact]
    public Task Grouped_by_a_formatted_month() => Flags(Model + "class C(RentDb db) { public IQueryable<IGrouping<string, Tenant>> M() => db.Tenants.Where(t => t.LeftAt != null).GroupBy(t => [|t.LeftAt!.Value.ToString(\"yyyy-MM\")|]); }");

    [Fact]
    public Task A_comparison_in_memory() => Allows(Model + "class C(RentDb db) { public async Task<Tenant?> M(string name) => (await db.Tenants.ToListAsync()).FirstOrDefault(t => t.LastName.Equals(name, StringComparison.OrdinalIgnoreCase)); }");

    [Fact]
    public Task A_comparison_that_the_collation_decides() => Allows(Model + "class C(RentDb db) { public Task<Tenant?> M(string name) => db.Tenants.FirstOrDefaultAsync(t => t.LastName.ToLower() == name.ToLower()); }");

    [Fact]
    public Task Formatted_in_the_last_projection() => Allows(Model + "class C(RentDb db) { public Task<List<string>> M() => db.Invoices.Select(i => i.Total.ToString(\"F2\")).ToListAsync(); }");

    [Fact]
    public Task A_text_of_the_caller_that_is_formatted() => Allows(Model + "class C(RentDb db) { public Task<List<Tenant>> M(DateTime day) => db.Tenants.Where(t => t.LastName == day.ToString(\"yyyy\")).ToListAsync(); }");
}
