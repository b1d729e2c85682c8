using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Resilience;

public sealed class LostLockTests() : RuleTest("RISK5016")
{
    private const string Types = """
        public interface IDatabase { Task<bool> KeyDeleteAsync(string key); bool KeyDelete(string key); Task<string?> StringGetAsync(string key); Task<bool> StringSetAsync(string key, string value, TimeSpan? expiry); Task<bool> LockReleaseAsync(string key, string value); Task ScriptEvaluateAsync(string script, string[] keys, string[] values); }
        public interface ILocks { Task<bool> AcquireLockAsync(string key, TimeSpan lockTimeout); Task<bool> TryLockAsync(string key, TimeSpan expiry, TimeSpan waitTime); Task ReleaseLockAsync(string key); }

        """;

    private static string Redis(string members) => Types + "public class RedisPaymentLock(IDatabase db, Microsoft.Extensions.Caching.Distributed.IDistributedCache cache) { " + members + " }";

    private static string Pay(string body) => Types + "public class Checkout(ILocks locks, IPaymentGateway gateway) { public async Task PayAsync(Order order, string token) { " + body + " } }";

    [Fact]
    public Task A_key_that_is_deleted() => Flags(Redis("public async Task ReleaseLockAsync(string name) { var key = \"lock:\" + name; await db.[|KeyDeleteAsync|](key); }"));

    [Fact]
    public Task The_key_of_a_lock_in_a_finally() => Flags(Redis("public async Task RunAsync(Func<Task> work, string lockKey) { await db.StringSetAsync(lockKey, \"1\", TimeSpan.FromSeconds(5)); try { await work(); } finally { await db.[|KeyDeleteAsync|](lockKey); } }"));

    [Fact]
    public Task A_blocking_delete() => Flags(Redis("public void Unlock(string key) => db.[|KeyDelete|](key);"));

    [Fact]
    public Task An_entry_of_the_distributed_cache() => Flags(Redis("public Task ReleaseLockAsync(string key) => cache.[|RemoveAsync|](key);"));

    [Fact]
    public Task A_key_that_is_made_on_the_way() => Flags(Redis("static string LockKey(string id) => \"l:\" + id; public async Task Done(string id) { await db.[|KeyDeleteAsync|](LockKey(id)); }"));

    [Fact]
    public Task A_lock_of_thirty_seconds_around_a_charge() => Flags(Pay("if (!await locks.AcquireLockAsync($\"pay:{order.Id}\", [|TimeSpan.FromSeconds(30)|])) return; await gateway.ChargeAsync(order.Total, token, \"k\");"));

    [Fact]
    public Task A_short_lock_around_a_refund() => Flags(Pay("await locks.TryLockAsync(\"refund\", [|TimeSpan.FromSeconds(10)|], TimeSpan.FromSeconds(2)); try { await gateway.RefundAsync(token, order.Total, \"k\"); } finally { await locks.ReleaseLockAsync(\"refund\"); }"));

    [Fact]
    public Task A_lock_in_milliseconds() => Flags(Pay("await locks.AcquireLockAsync(\"pay\", [|TimeSpan.FromMilliseconds(5000)|]); var r = await gateway.ChargeAsync(order.Total, token, \"k\"); if (!r.Success) throw new InvalidOperationException();"));

    [Fact]
    public Task By_the_parameter_s_name() => Flags(Pay("await locks.AcquireLockAsync(lockTimeout: [|TimeSpan.FromSeconds(15)|], key: \"pay\"); await gateway.ChargeAsync(order.Total, token, \"k\");"));

    [Fact]
    public Task Around_the_shop_s_own_payment_step() => Flags(Types + "public class PaymentService(ILocks locks) { Task<PaymentResult> ProcessPaymentAsync(Order o) => throw new TimeoutException(); public async Task<PaymentResult> PayAsync(Order o) { await locks.AcquireLockAsync(\"p\", [|TimeSpan.FromSeconds(30)|]); return await ProcessPaymentAsync(o); } }");

    [Fact]
    public Task A_release_that_compares() => Allows(Redis("public async Task ReleaseLockAsync(string key, string value) { if (await db.StringGetAsync(key) == value) await db.KeyDeleteAsync(key); }"));

    [Fact]
    public Task A_release_by_a_script() => Allows(Redis("public async Task ReleaseLockAsync(string key, string value) { await db.ScriptEvaluateAsync(\"if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end\", new[] { key }, new[] { value }); }"));

    [Fact]
    public Task The_client_s_own_release() => Allows(Redis("public Task ReleaseLockAsync(string key, string value) => db.LockReleaseAsync(key, value);"));

    [Fact]
    public Task A_cached_entry() => Allows(Redis("public Task InvalidateAsync(string key) => db.KeyDeleteAsync(key);"));

    [Fact]
    public Task An_entry_of_a_blocked_user() => Allows(Redis("public Task UnblockAsync(string blockedKey) => cache.RemoveAsync(blockedKey);"));

    [Fact]
    public Task A_lock_of_minutes() => Allows(Pay("if (!await locks.AcquireLockAsync(\"pay\", TimeSpan.FromMinutes(5))) return; await gateway.ChargeAsync(order.Total, token, \"k\");"));

    [Fact]
    public Task A_short_lock_around_the_shop_s_own_rows() => Allows(Types + "public class Checkout(ILocks locks, ShopDb db) { public async Task Reserve(Product p) { await locks.AcquireLockAsync(\"stock\", TimeSpan.FromSeconds(10)); p.Stock--; await db.SaveChangesAsync(); } }");

    [Fact]
    public Task How_long_to_wait_for_a_lock() => Allows(Types + "public interface IWaiting { Task<IDisposable> AcquireLockAsync(string key, TimeSpan waitTimeout); } public class Checkout(IWaiting locks, IPaymentGateway gateway) { public async Task Pay(Order o) { using var held = await locks.AcquireLockAsync(\"p\", TimeSpan.FromSeconds(5)); await gateway.ChargeAsync(o.Total, \"t\", \"k\"); } }");

    [Fact]
    public Task A_lock_after_the_payment() => Allows(Pay("await gateway.ChargeAsync(order.Total, token, \"k\"); await locks.AcquireLockAsync(\"books\", TimeSpan.FromSeconds(10));"));

    [Fact]
    public Task A_dictionary_of_locks() => Allows("public class PaymentLocks { readonly Dictionary<string, object> locks = new(); public void ReleaseLock(string lockKey) { locks.Remove(lockKey); } }");
}
