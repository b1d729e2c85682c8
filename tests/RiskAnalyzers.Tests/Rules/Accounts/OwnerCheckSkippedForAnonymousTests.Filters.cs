namespace RiskAnalyzers.Tests.Rules.Accounts;

/// <summary>Filters by owner that are only there when the request names one.</summary>
public sealed partial class OwnerCheckSkippedForAnonymousTests
{
    private static string Carts(string steps, string signature = "Task<Cart?> Find(Guid? userId, string? sessionId)") => $$"""
        public class Cart { public int Id { get; set; } public Guid? UserId { get; set; } public string? SessionId { get; set; } public bool Active { get; set; } }
        public class CartDb : DbContext { public DbSet<Cart> Carts => Set<Cart>(); }
        public record CartQuery(Guid? UserId, string? SessionId);
        public class CartRepository(CartDb db)
        {
            public async {{signature}}
            {
                {{steps}}
            }
        }
        """;

    [Fact]
    public Task A_cart_of_neither_user_nor_session() => Flags(Carts("""
        var query = db.Carts.Where(c => c.Active);
        if (userId != null) query = query.Where(c => c.UserId == userId);
        if ([|userId == null && sessionId != null|]) query = query.Where(c => c.SessionId == sessionId);
        return await query.FirstOrDefaultAsync();
        """));

    [Fact]
    public Task A_cart_by_an_else() => Flags(Carts("""
        IQueryable<Cart> query = db.Carts;
        if ([|userId.HasValue|])
        {
            query = query.Where(c => c.UserId == userId.Value);
        }
        else if (!string.IsNullOrEmpty(sessionId))
        {
            query = query.Where(c => c.SessionId == sessionId);
        }
        return await query.Include("Lines").SingleOrDefaultAsync();
        """));

    [Fact]
    public Task A_cart_of_a_message() => Flags(Carts("""
        var carts = db.Carts.AsQueryable();
        if ([|query.UserId is not null|]) carts = carts.Where(c => c.UserId == query.UserId);
        var cart = await carts.OrderByDescending(c => c.Id).FirstOrDefaultAsync(c => c.Active);
        return cart;
        """, "Task<Cart?> Find(CartQuery query)"));

    [Fact]
    public Task A_cart_that_is_refused_without_either() => Allows(Carts("""
        if (userId == null && sessionId == null) return null;
        var query = db.Carts.Where(c => c.Active);
        if (userId != null) query = query.Where(c => c.UserId == userId);
        if (userId == null && sessionId != null) query = query.Where(c => c.SessionId == sessionId);
        return await query.FirstOrDefaultAsync();
        """));

    [Fact]
    public Task A_cart_by_its_id_as_well() => Allows(Carts("""
        var query = db.Carts.Where(c => c.Id == 5);
        if (userId != null) query = query.Where(c => c.UserId == userId);
        return await query.FirstOrDefaultAsync();
        """));

    [Fact]
    public Task A_search_of_the_staff() => Allows(Carts("""
        var query = db.Carts.AsQueryable();
        if (userId != null) query = query.Where(c => c.UserId == userId);
        return await query.ToListAsync();
        """, "Task<List<Cart>> Find(Guid? userId)"));

    [Fact]
    public Task A_filter_with_a_last_resort() => Allows(Carts("""
        IQueryable<Cart> query = db.Carts;
        if (userId != null) query = query.Where(c => c.UserId == userId);
        else query = query.Where(c => c.SessionId == sessionId);
        return await query.FirstOrDefaultAsync();
        """));
}
