using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Data;

public sealed partial class UnfilteredBulkWriteTests() : RuleTest("RISK6005")
{
    private const string Mongo = """
        class FilterDefinition<T> { public static FilterDefinition<T> Empty => new(); }
        interface IFindFluent<T> { Task<List<T>> ToListAsync(); IFindFluent<T> Limit(int n); }
        interface IMongoCollection<T> { Task<long> DeleteManyAsync(FilterDefinition<T> filter); }
        static class IMongoCollectionExtensions
        {
            public static Task<long> DeleteManyAsync<T>(this IMongoCollection<T> c, System.Linq.Expressions.Expression<Func<T, bool>> filter) => Task.FromResult(0L);
            public static IFindFluent<T> Find<T>(this IMongoCollection<T> c, System.Linq.Expressions.Expression<Func<T, bool>> filter) => null!;
        }

        """;

    private static string Code(string body) => $"using Dapper; class C : ShopCode {{ public async Task M(int id, decimal factor, bool all, System.Data.Common.DbConnection connection) {{ await Task.Yield(); {body} }} }}";

    [Fact]
    public Task Every_coupon_is_deleted() => Flags(Code("await [|db.Coupons.ExecuteDeleteAsync()|];"));

    [Fact]
    public Task Every_price_is_changed() => Flags(Code("await [|db.Products.ExecuteUpdateAsync(s => s.SetProperty(p => p.Price, p => p.Price * 1.1m))|];"));

    [Fact]
    public Task Query_filters_are_ignored() => Flags(Code("[|db.Orders.IgnoreQueryFilters().ExecuteDelete()|];"));

    [Fact]
    public Task By_set() => Flags(Code("await [|db.Set<Customer>().AsNoTracking().ExecuteUpdateAsync(s => s.SetProperty(c => c.Balance, 0m))|];"));

    [Fact]
    public Task A_filter_that_lets_everything_through() => Flags(Code("await [|db.Orders.Where(_ => true).ExecuteDeleteAsync()|];"));

    [Fact]
    public Task A_query_without_a_condition() => Flags(Code("var query = db.Products.AsQueryable(); await [|query.ExecuteDeleteAsync()|];"));

    [Fact]
    public Task A_range_that_is_the_whole_set() => Flags(Code("[|db.Coupons.RemoveRange(db.Coupons)|]; await db.SaveChangesAsync();"));

    [Fact]
    public Task A_range_that_was_loaded_whole() => Flags(Code("[|db.Orders.RemoveRange(await db.Orders.ToListAsync())|]; await db.SaveChangesAsync();"));

    [Fact]
    public Task A_local_that_holds_the_whole_set() => Flags(Code("var customers = await db.Customers.ToListAsync(); [|db.RemoveRange(customers)|]; await db.SaveChangesAsync();"));

    [Fact]
    public Task Sql_that_deletes() => Flags(Code("await [|db.Database.ExecuteSqlRawAsync(\"DELETE FROM Coupons\")|];"));

    [Fact]
    public Task Sql_that_updates_with_a_value() => Flags(Code("await [|db.Database.ExecuteSqlInterpolatedAsync($\"UPDATE Products SET Price = Price * {factor}\")|];"));

    [Fact]
    public Task Dapper_that_updates() => Flags(Code("await [|connection.ExecuteAsync(\"UPDATE dbo.Customers SET Balance = @b\", new { b = 0 })|];"));

    [Fact]
    public Task A_command_that_truncates() => Flags(Code("var command = connection.CreateCommand(); [|command.CommandText = \"TRUNCATE TABLE [Orders];\"|]; command.ExecuteNonQuery();"));

    [Fact]
    public Task A_table_is_dropped() => Flags(Code("const string sql = \"DROP TABLE IF EXISTS OrderLines\"; await [|connection.ExecuteAsync(sql)|];"));

    [Fact]
    public Task The_second_statement() => Flags(Code("var sql = \"UPDATE Orders SET Total = 0 WHERE Id = 1; DELETE FROM OrderLines;\"; await [|db.Database.ExecuteSqlRawAsync(sql)|];"));

    [Fact]
    public Task A_repository_that_deletes_all() => Flags("interface IOrderRepository { Task DeleteAllAsync(CancellationToken t = default); } class C(IOrderRepository orders) { public Task Reset() => [|orders.DeleteAllAsync()|]; }");

    [Fact]
    public Task Filtered() => Allows(Code("await db.Coupons.Where(c => c.EndsAt < DateTime.UtcNow).ExecuteDeleteAsync();"));

    [Fact]
    public Task Filtered_by_a_helper() => Allows("class C : ShopCode { static IQueryable<Order> Of(IQueryable<Order> q, string customer) => q.Where(o => o.CustomerId == customer); public Task M(string customer) => Of(db.Orders, customer).ExecuteDeleteAsync(); }");

    [Fact]
    public Task The_caller_s_query() => Allows("class C { public Task<int> Clear(IQueryable<Order> orders) => orders.ExecuteDeleteAsync(); }");

    [Fact]
    public Task A_query_that_a_condition_narrows() => Allows(Code("IQueryable<Order> query = db.Orders; if (!all) query = query.Where(o => o.Id == id); await query.ExecuteDeleteAsync();"));

    [Fact]
    public Task The_first_hundred() => Allows(Code("await db.Orders.OrderBy(o => o.Id).Take(100).ExecuteDeleteAsync();"));

    [Fact]
    public Task A_filtered_range() => Allows(Code("var old = await db.Orders.Where(o => o.Status == OrderStatus.Cancelled).ToListAsync(); db.Orders.RemoveRange(old); await db.SaveChangesAsync();"));

    [Fact]
    public Task The_lines_of_one_order() => Allows("class C : ShopCode { public void M(Order order) { db.RemoveRange(order.Lines); } }");

    [Fact]
    public Task Sql_with_a_filter() => Allows(Code("await db.Database.ExecuteSqlInterpolatedAsync($\"UPDATE Products SET Price = {factor} WHERE Id = {id}\");"));

    [Fact]
    public Task Sql_whose_clause_comes_from_elsewhere() => Allows("using Dapper; class C { public Task M(System.Data.Common.DbConnection connection, string where) => connection.ExecuteAsync($\"DELETE FROM Orders {where}\"); }");

    [Fact]
    public Task Sql_that_joins() => Allows(Code("await connection.ExecuteAsync(\"UPDATE o SET o.Total = s.Total FROM Orders o JOIN Sums s ON s.OrderId = o.Id\");"));

    [Fact]
    public Task A_staging_table() => Allows(Code("await connection.ExecuteAsync(\"TRUNCATE TABLE PriceStaging\"); await connection.ExecuteAsync(\"DROP TABLE #prices\");"));

    [Fact]
    public Task A_seeder() => Allows("class OrderSeeder : ShopCode { public Task ResetAsync() => db.Orders.ExecuteDeleteAsync(); }");

    [Fact]
    public Task Reading() => Allows(Code("await connection.QueryAsync<Order>(\"SELECT * FROM Orders\");"));

    [Fact]
    public Task A_dictionary_that_is_emptied() => Allows("class C { readonly List<Order> orders = new(); public void M() { orders.RemoveAll(o => o.Total == 0); orders.Clear(); } }");

    [Fact]
    public Task Text_that_only_looks_like_sql() => Allows("class C : ShopCode { public void M() { log.LogInformation(\"DELETE FROM Orders\"); } }");

    [Fact]
    public Task A_statement_with_a_limit() => Allows(Code("await connection.ExecuteAsync(\"DELETE TOP (500) FROM Carts\"); await connection.ExecuteAsync(\"UPDATE Carts SET Touched = 1 LIMIT 10\");"));

    [Fact]
    public Task A_table_that_is_known_at_run_time_only() => Allows("using Dapper; class C { public Task M(System.Data.Common.DbConnection connection, string table) => connection.ExecuteAsync($\"TRUNCATE TABLE [{table}]\"); }");

    [Fact]
    public Task A_collection_of_documents() => Flags(Mongo + "class C(IMongoCollection<Order> orders) { public async Task M() { await [|orders.DeleteManyAsync(_ => true)|]; await [|orders.DeleteManyAsync(FilterDefinition<Order>.Empty)|]; } }");

    [Fact]
    public Task Some_documents() => Allows(Mongo + "class C(IMongoCollection<Order> orders) { public Task M(int id) => orders.DeleteManyAsync(o => o.Id == id); }");

    [Fact]
    public Task A_store_for_any_kind_of_row() => Allows("class Repository<T>(ShopDb db) where T : class { public Task ClearAsync() => db.Set<T>().ExecuteDeleteAsync(); }");
}
