using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Data;

public sealed class ConcatenatedSqlTests() : RuleTest("RISK6006")
{
    private static string Code(string body) => $"using Dapper; class C : ShopCode {{ const string Table = \"Orders\"; string _schema = \"shop\"; public async Task M(string name, int id, bool descending, List<int> ids, string? sort, System.Data.Common.DbConnection connection) {{ await Task.Yield(); {body} }} }}";

    [Fact]
    public Task Interpolated_into_a_raw_query() => Flags(Code("var found = await db.Products.FromSqlRaw([|$\"SELECT * FROM Products WHERE Name = '{name}'\"|]).ToListAsync();"));

    [Fact]
    public Task Concatenated() => Flags(Code("await db.Database.ExecuteSqlRawAsync([|\"UPDATE Customers SET Email = '\" + name + \"' WHERE Id = 1\"|]);"));

    [Fact]
    public Task Through_a_local() => Flags(Code("var sql = $\"SELECT * FROM Coupons WHERE Code = '{name}'\"; var coupon = await connection.QueryFirstAsync<Coupon>([|sql|]);"));

    [Fact]
    public Task Formatted() => Flags(Code("var rows = await connection.QueryAsync<Order>([|string.Format(\"SELECT * FROM Orders WHERE CustomerId = '{0}'\", name)|]);"));

    [Fact]
    public Task A_command_s_text() => Flags(Code("var command = connection.CreateCommand(); command.CommandText = [|\"DELETE FROM Carts WHERE Owner = '\" + name + \"'\"|]; command.ExecuteNonQuery();"));

    [Fact]
    public Task A_command_s_constructor() => Flags("class SqlCommand { public SqlCommand(string cmdText, object connection) { } } class C { public object M(string email, object connection) => new SqlCommand([|$\"SELECT Id FROM Users WHERE Email = '{email}'\"|], connection); }");

    [Fact]
    public Task A_builder() => Flags(Code("var sql = new StringBuilder(\"SELECT * FROM Orders WHERE 1 = 1\"); if (name != \"\") sql.Append(\" AND CustomerId = '\").Append(name).Append(\"'\"); await connection.QueryAsync<Order>([|sql.ToString()|]);"));

    [Fact]
    public Task Appended_later() => Flags(Code("var sql = \"SELECT * FROM Products\"; if (sort != null) sql += \" ORDER BY \" + sort; await connection.QueryAsync<Product>([|sql|]);"));

    [Fact]
    public Task A_trimmed_value_is_still_text() => Flags(Code("await connection.ExecuteAsync([|$\"UPDATE Customers SET Name = '{name.Trim()}' WHERE Id = {id}\"|]);"));

    [Fact]
    public Task A_quote_doubled_by_hand() => Flags(Code("await connection.ExecuteAsync([|\"UPDATE Customers SET Name = '\" + name.Replace(\"'\", \"''\") + \"' WHERE Id = 1\"|]);"));

    [Fact]
    public Task A_list_of_texts() => Flags("using Dapper; class C { public Task<IEnumerable<int>> M(System.Data.Common.DbConnection connection, List<string> codes) => connection.QueryAsync<int>([|$\"SELECT Id FROM Coupons WHERE Code IN ({string.Join(\",\", codes)})\"|]); }");

    [Fact]
    public Task A_helper_of_the_product() => Flags("class Store { public Task<int> RunAsync(string sql) => Task.FromResult(0); } class C(Store store) { public Task<int> M(HttpRequest request) => store.RunAsync([|\"DELETE FROM Carts WHERE Session = '\" + request.Query[\"s\"].ToString() + \"'\"|]); }");

    [Fact]
    public Task A_scalar_through_the_facade() => Flags(Code("var total = await db.Database.SqlQueryRaw<decimal>([|$\"SELECT SUM(Total) FROM Orders WHERE CustomerId = '{name}'\"|]).ToListAsync();"));

    [Fact]
    public Task A_parameter() => Allows(Code("await connection.QueryAsync<Order>(\"SELECT * FROM Orders WHERE CustomerId = @name\", new { name });"));

    [Fact]
    public Task A_raw_query_with_placeholders() => Allows(Code("await db.Products.FromSqlRaw(\"SELECT * FROM Products WHERE Name = {0}\", name).ToListAsync();"));

    [Fact]
    public Task An_interpolated_query() => Allows(Code("await db.Products.FromSqlInterpolated($\"SELECT * FROM Products WHERE Name = {name}\").ToListAsync(); await db.Database.ExecuteSqlAsync($\"DELETE FROM Carts WHERE Owner = {name}\");"));

    [Fact]
    public Task A_constant_table() => Allows(Code("await connection.QueryAsync<Order>($\"SELECT * FROM {Table} WHERE Id = @id\", new { id });"));

    [Fact]
    public Task A_configured_schema() => Allows(Code("await connection.QueryAsync<Order>($\"SELECT * FROM {_schema}.Orders WHERE Id = @id\", new { id });"));

    [Fact]
    public Task A_number() => Allows(Code("await connection.ExecuteAsync($\"DELETE FROM Carts WHERE Id = {id} AND Day < '{DateTime.UtcNow:yyyy-MM-dd}'\");"));

    [Fact]
    public Task A_choice_between_literals() => Allows(Code("var direction = descending ? \"DESC\" : \"ASC\"; await connection.QueryAsync<Order>($\"SELECT * FROM Orders ORDER BY Total {direction}\");"));

    [Fact]
    public Task A_column_picked_from_literals() => Allows(Code("var column = sort switch { \"price\" => \"Price\", \"name\" => \"Name\", _ => \"Id\" }; await connection.QueryAsync<Product>($\"SELECT * FROM Products ORDER BY {column}\");"));

    [Fact]
    public Task A_method_that_picks_literals() => Allows("using Dapper; class C { static string Column(string? sort) { switch (sort) { case \"price\": return \"Price\"; default: return \"Id\"; } } public Task M(System.Data.Common.DbConnection c, string? sort) => c.QueryAsync<Product>($\"SELECT * FROM Products ORDER BY {Column(sort)}\"); }");

    [Fact]
    public Task A_list_of_numbers() => Allows(Code("await connection.QueryAsync<Product>($\"SELECT * FROM Products WHERE Id IN ({string.Join(\",\", ids)})\");"));

    [Fact]
    public Task Names_of_parameters() => Allows(Code("var names = string.Join(\", \", ids.Select((_, i) => $\"@p{i}\")); await connection.QueryAsync<Product>($\"SELECT * FROM Products WHERE Id IN ({names})\");"));

    [Fact]
    public Task Conditions_from_literals() => Allows(Code("var conditions = new List<string> { \"1 = 1\" }; if (name != \"\") conditions.Add(\"Name = @name\"); var sql = \"SELECT * FROM Products WHERE \" + string.Join(\" AND \", conditions); await connection.QueryAsync<Product>(sql, new { name });"));

    [Fact]
    public Task Appended_literals() => Allows(Code("var sql = new StringBuilder(\"SELECT * FROM Orders WHERE 1 = 1\"); if (descending) sql.Append(\" ORDER BY Total DESC\"); sql.AppendLine(\" LIMIT 10\"); await connection.QueryAsync<Order>(sql.ToString());"));

    [Fact]
    public Task Sql_that_arrives_whole() => Allows("using Dapper; class C { public Task M(System.Data.Common.DbConnection connection, string sql) => connection.ExecuteAsync(sql); }");

    [Fact]
    public Task A_message() => Allows("class C : ShopCode { public void M(string name) { log.LogInformation($\"SELECT {name}\"); throw new InvalidOperationException(\"DELETE FROM \" + name); } }");

    [Fact]
    public Task A_mapped_table_name() => Allows("class C : ShopCode { public Task M() { var table = db.Model.FindEntityType(typeof(Order))!.GetTableName(); return db.Database.ExecuteSqlRawAsync($\"UPDATE {table} SET Total = 0 WHERE Id = 1\"); } }");

    [Fact]
    public Task A_definition() => Allows("class C : ShopCode { public Task M(string index) => db.Database.ExecuteSqlRawAsync($\"DROP INDEX {index}\"); }");

    [Fact]
    public Task Numbers_joined_by_hand() => Allows(Code("var list = ids.Select(i => i.ToString()).Aggregate((all, next) => all + \", \" + next); await connection.QueryAsync<Product>($\"SELECT * FROM Products WHERE Id IN ({list})\");"));

    [Fact]
    public Task A_helper_with_a_vague_name() => Flags("class Store { public Task<int> RunAsync(string query) => Task.FromResult(0); } class C(Store store) { public Task<int> M(string owner) => store.RunAsync([|$\"SELECT Id FROM Carts WHERE Owner = '{owner}'\"|]); }");

    [Fact]
    public Task An_adapter() => Flags("class SqlDataAdapter { public SqlDataAdapter(string selectCommandText, string connection) { } } class C { public object M(string owner) => new SqlDataAdapter([|\"SELECT * FROM Carts WHERE Owner = '\" + owner + \"'\"|], \"x\"); }");

    [Fact]
    public Task A_query_of_a_search_engine() => Allows("class Search { public Task<int> FindAsync(string query) => Task.FromResult(0); } class C(Search search) { public Task<int> M(string text) => search.FindAsync($\"name:{text}*\"); }");

    [Fact]
    public Task A_private_method_that_is_given_literals() => Allows("using Dapper; class C(System.Data.Common.DbConnection c) { public Task Open() => Load(\"Status = 1\"); public Task Closed() => Load(condition: \"Status = 2\"); private Task Load(string condition) => Run(condition); private Task Run(string condition) => c.QueryAsync<Order>($\"SELECT * FROM Orders WHERE {condition}\"); }");

    [Fact]
    public Task A_private_method_that_is_given_anything() => Flags("using Dapper; class C(System.Data.Common.DbConnection c) { public Task Open() => Load(\"Id\"); public Task By(string sort) => Load(sort); private Task Load(string sort) => c.QueryAsync<Order>([|$\"SELECT * FROM Orders ORDER BY {sort}\"|]); }");

    [Fact]
    public Task A_column_of_its_own() => Allows("using Dapper; class C(System.Data.Common.DbConnection c) { public string KeyColumn { get; init; } = \"Id\"; public Task M(int id) => c.QueryAsync<Order>($\"SELECT * FROM Orders WHERE [{KeyColumn}] = {id}\"); }");

    [Fact]
    public Task A_column_of_the_request() => Flags("using Dapper; class Search { public string SortColumn { get; set; } = \"\"; } class C(System.Data.Common.DbConnection c) { public Task M(Search search) => c.QueryAsync<Order>([|$\"SELECT * FROM Orders ORDER BY {search.SortColumn}\"|]); }");

    [Fact]
    public Task A_statement_that_is_a_default_itself() => Allows("class C : ShopCode { public Task<int> M(string query = \"WITH paid AS (SELECT Id FROM Orders)\") => db.Database.ExecuteSqlRawAsync($\"{query} DELETE FROM Carts WHERE Id IN (SELECT Id FROM paid)\"); }");

    [Fact]
    public Task A_word_that_is_a_default() => Flags("class C : ShopCode { public Task<int> M(string name = \"everybody\") => db.Database.ExecuteSqlRawAsync([|$\"DELETE FROM Carts WHERE Name = '{name}'\"|]); }");
}
