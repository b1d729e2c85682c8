using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Resilience;

public sealed class EndlessCacheTests() : RuleTest("RISK5006")
{
    private const string Distributed = "using Microsoft.Extensions.Caching.Distributed; ";

    [Fact]
    public Task A_price() => Flags("class C : ShopCode { public async Task<decimal> PriceAsync(int id) { if (cache.TryGetValue($\"price:{id}\", out decimal price)) return price; price = await prices.GetPriceAsync(id); [|cache.Set($\"price:{id}\", price)|]; return price; } }");

    [Fact]
    public Task A_role_by_its_key() => Flags("class C : ShopCode { public void M(string id, string[] value) => [|cache.Set(\"roles_\" + id, value)|]; }");

    [Fact]
    public Task A_value_whose_type_says_it() => Flags("class C : ShopCode { public void M(string key, Product found) { [|cache.Set(key, found)|]; } }");

    [Fact]
    public Task A_factory_that_ignores_its_entry() => Flags("class C : ShopCode { public Task<decimal> M(int id) => [|cache.GetOrCreateAsync($\"tax-{id}\", _ => prices.GetPriceAsync(id))|]; }");

    [Fact]
    public Task A_factory_that_sets_only_a_size() => Flags("class C : ShopCode { public Task<List<Coupon>?> M() => [|cache.GetOrCreateAsync(\"coupons\", async entry => { entry.Size = 1; entry.Priority = CacheItemPriority.High; return await db.Coupons.ToListAsync(); })|]; }");

    [Fact]
    public Task Options_without_an_end() => Flags("class C : ShopCode { public void M(int id, decimal price) { [|cache.Set($\"price:{id}\", price, new MemoryCacheEntryOptions { Priority = CacheItemPriority.NeverRemove })|]; } }");

    [Fact]
    public Task Options_in_a_variable_without_an_end() => Flags("class C : ShopCode { public void M(int id, decimal price) { var options = new MemoryCacheEntryOptions().SetSize(1); [|cache.Set($\"price:{id}\", price, options)|]; } }");

    [Fact]
    public Task A_distributed_text() => Flags(Distributed + "class C(IDistributedCache shared) { public Task M(Order cart) => [|shared.SetStringAsync($\"cart:{cart.CustomerId}\", JsonSerializer.Serialize(cart))|]; }");

    [Fact]
    public Task Distributed_bytes() => Flags(Distributed + "class C(IDistributedCache shared) { public void M(string id, byte[] permissions) { [|shared.Set(\"perm:\" + id, permissions)|]; } }");

    [Fact]
    public Task Distributed_options_without_an_end() => Flags(Distributed + "class C(IDistributedCache shared) { public Task M(string id, byte[] data, CancellationToken ct) => [|shared.SetAsync($\"user:{id}\", data, new DistributedCacheEntryOptions(), ct)|]; }");

    [Fact]
    public Task An_entry_without_an_end() => Flags("class C : ShopCode { public void M(int id, decimal price) { using var entry = [|cache.CreateEntry($\"price:{id}\")|]; entry.Value = price; } }");

    [Fact]
    public Task A_key_from_a_helper() => Flags("static class CacheKeys { public static string Stock(int id) => \"s\" + id; } class C : ShopCode { public void M(int id, int level) { [|cache.Set(CacheKeys.Stock(id), level)|]; } }");

    [Fact]
    public Task A_fallback_from_a_catch() => Flags("class C : ShopCode { public async Task<decimal> M(int id) { try { return await prices.GetPriceAsync(id); } catch (HttpRequestException) { [|cache.Set($\"p{id}\", 9.99m, TimeSpan.FromHours(1))|]; return 9.99m; } } }");

    [Fact]
    public Task A_dictionary_called_a_cache() => Flags("class C : ShopCode { static readonly System.Collections.Concurrent.ConcurrentDictionary<int, decimal> [|_priceCache|] = new(); public decimal M(int id) => _priceCache.GetOrAdd(id, key => db.Products.First(p => p.Id == key).Price); }");

    [Fact]
    public Task A_dictionary_called_a_cache_that_is_cleared() => Allows("class C : ShopCode { static readonly System.Collections.Concurrent.ConcurrentDictionary<int, decimal> priceCache = new(); public decimal M(int id) => priceCache.GetOrAdd(id, key => 1m); public void Changed(int id) => priceCache.TryRemove(id, out _); }");

    [Fact]
    public Task A_dictionary_whose_entries_end() => Allows("class C : ShopCode { static readonly System.Collections.Concurrent.ConcurrentDictionary<int, (decimal Price, DateTime Until)> priceCache = new(); public void M(int id) => priceCache[id] = (1m, DateTime.UtcNow.AddMinutes(1)); }");

    [Fact]
    public Task For_ever() => Flags("class C : ShopCode { public void M(int id, decimal price) { [|cache.Set($\"price:{id}\", price, TimeSpan.MaxValue)|]; } }");

    [Fact]
    public Task Five_minutes_take_its_place() => Fixes(
        "class C : ShopCode { public void M(int id, decimal price) { [|cache.Set($\"price:{id}\", price)|]; } }",
        "class C : ShopCode { public void M(int id, decimal price) { cache.Set($\"price:{id}\", price, TimeSpan.FromMinutes(5)); } }");

    [Fact]
    public Task Options_take_their_place() => Fixes(
        Distributed + "class C(IDistributedCache shared) { public Task M(string id, string user, CancellationToken ct) => [|shared.SetStringAsync(\"user\" + id, user, ct)|]; }",
        Distributed + "class C(IDistributedCache shared) { public Task M(string id, string user, CancellationToken ct) => shared.SetStringAsync(\"user\" + id, user, new DistributedCacheEntryOptions { AbsoluteExpirationRelativeToNow = TimeSpan.FromMinutes(5) }, ct); }");

    [Fact]
    public Task A_time() => Allows("class C : ShopCode { public void M(int id, decimal price) => cache.Set($\"price:{id}\", price, TimeSpan.FromMinutes(5)); }");

    [Fact]
    public Task A_moment() => Allows("class C : ShopCode { public void M(int id, decimal price) => cache.Set($\"price:{id}\", price, clock.GetUtcNow().AddMinutes(5)); }");

    [Fact]
    public Task A_factory_that_sets_an_end() => Allows("class C : ShopCode { public Task<decimal> M(int id) => cache.GetOrCreateAsync($\"tax-{id}\", entry => { entry.AbsoluteExpirationRelativeToNow = TimeSpan.FromMinutes(1); return prices.GetPriceAsync(id); }); }");

    [Fact]
    public Task A_factory_that_calls_for_an_end() => Allows("class C : ShopCode { public decimal M(int id) => cache.GetOrCreate($\"tax-{id}\", entry => { entry.SetSlidingExpiration(TimeSpan.FromMinutes(1)); return 0.2m; }); }");

    [Fact]
    public Task A_factory_that_passes_its_entry_on() => Allows("class C : ShopCode { static void Limit(ICacheEntry e) => e.AbsoluteExpiration = DateTimeOffset.UtcNow.AddMinutes(1); public decimal M(int id) => cache.GetOrCreate($\"tax-{id}\", entry => { Limit(entry); return 0.2m; }); }");

    [Fact]
    public Task Options_with_an_end() => Allows("class C : ShopCode { public void M(int id, decimal price) { var options = new MemoryCacheEntryOptions(); options.SetAbsoluteExpiration(TimeSpan.FromMinutes(10)); cache.Set($\"price:{id}\", price, options); } }");

    [Fact]
    public Task Options_from_elsewhere() => Allows("class C : ShopCode { readonly MemoryCacheEntryOptions options = new() { SlidingExpiration = TimeSpan.FromMinutes(1) }; public void M(int id, decimal price) { cache.Set($\"price:{id}\", price, options); } }");

    [Fact]
    public Task An_entry_with_an_end() => Allows("class C : ShopCode { public void M(int id, decimal price) { using var entry = cache.CreateEntry($\"price:{id}\"); entry.Value = price; entry.AbsoluteExpirationRelativeToNow = TimeSpan.FromMinutes(1); } }");

    [Fact]
    public Task A_template_that_never_changes() => Allows("class C : ShopCode { public void M(string name, string html) => cache.Set(\"template:\" + name, html); }");

    [Fact]
    public Task A_hybrid_cache_has_an_end_of_its_own() => Allows("class C(Microsoft.Extensions.Caching.Hybrid.HybridCache hybrid, IPriceService prices) { public async Task<decimal> M(int id) => await hybrid.GetOrCreateAsync($\"price:{id}\", async ct => await prices.GetPriceAsync(id, ct)); }");

    [Fact]
    public Task A_distributed_text_with_an_end() => Allows(Distributed + "class C(IDistributedCache shared) { public Task M(string id, string user) => shared.SetStringAsync(\"user\" + id, user, new DistributedCacheEntryOptions { SlidingExpiration = TimeSpan.FromMinutes(20) }); }");

    [Fact]
    public Task A_set_that_is_no_cache() => Allows("class Prices { public void Set(string key, decimal value) { } } class C { public void M(Prices prices) => prices.Set(\"price\", 1m); }");

    [Fact]
    public Task A_session_value() => Allows("class C { public void M(ISession session, byte[] cart) { session.Set(\"cart\", cart); session.SetString(\"user\", \"x\"); } }");

    [Fact]
    public Task A_failure_remembered_for_moments() => Allows("class C : ShopCode { public async Task<decimal> M(int id) { try { return await prices.GetPriceAsync(id); } catch (HttpRequestException e) { cache.Set($\"price-failure:{id}\", e.Message, TimeSpan.FromSeconds(5)); throw; } } }");

    [Fact]
    public Task A_stand_in_that_is_named_as_one() => Flags("class C : ShopCode { static readonly TimeSpan Half = TimeSpan.FromMinutes(30); public decimal M(string code) { if (cache.TryGetValue(code, out decimal rate)) return rate; var defaultRate = 1.1m; [|cache.Set(\"rate:\" + code, defaultRate, Half)|]; return defaultRate; } }");

    [Fact]
    public Task A_default_that_was_read() => Allows("class C : ShopCode { public async Task<decimal> M(int id) { var defaultPrice = await prices.GetPriceAsync(id); cache.Set(\"price:\" + id, defaultPrice, TimeSpan.FromMinutes(5)); return defaultPrice; } }");
}
