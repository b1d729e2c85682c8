namespace RiskAnalyzers.Tests.Rules.Payments;

public sealed partial class UnguardedBalanceUpdateTests
{
    [Fact]
    public Task A_status_that_was_decided_before() => Flags(Dapper + """"
        public class Orders(IDbConnection connection)
        {
            public async Task UpdateAsync(Order order)
            {
                const string sql = """
                    UPDATE Orders
                    SET [|Status|] = @Status, Total = @Total
                    WHERE Id = @Id
                    """;
                await connection.ExecuteAsync(sql, order);
            }
        }
        """");

    [Fact]
    public Task A_status_in_a_command() => Flags(Dapper + "public readonly struct CommandDefinition(string commandText, object? parameters = null) { public string CommandText { get; } = commandText; public object? Parameters { get; } = parameters; } public class Orders(IDbConnection connection) { Task Run(CommandDefinition command) => Task.CompletedTask; public Task Save(Order order) => Run([|new CommandDefinition(\"UPDATE orders SET status = @Status WHERE id = @Id\", order)|]); }");

    [Fact]
    public Task A_state_of_a_payment() => Flags(Dapper + "public class Payments(IDbConnection connection) { public Task Set(int id, string state) => connection.[|ExecuteAsync|](\"UPDATE payments SET state = @state WHERE id = @id\", new { id, state }); }");

    [Fact]
    public Task A_status_that_names_where_it_comes_from() => Allows(Dapper + "public class Orders(IDbConnection connection) { public Task<int> Ship(int id, int status, int before) => connection.ExecuteAsync(\"UPDATE Orders SET Status = @status WHERE Id = @id AND Status = @before\", new { id, status, before }); }");

    [Fact]
    public Task A_status_of_something_else() => Allows(Dapper + "public class Jobs(IDbConnection connection) { public Task<int> Done(int id, int status) => connection.ExecuteAsync(\"UPDATE jobs SET status = @status WHERE id = @id\", new { id, status }); }");

    [Fact]
    public Task A_status_that_is_fixed() => Allows(Dapper + "public class Orders(IDbConnection connection) { public Task<int> Archive(int id) => connection.ExecuteAsync(\"UPDATE orders SET status = 9, archived = 1 WHERE id = @id\", new { id }); }");

    private const string Mapper = "public interface IMapper { TDestination Map<TSource, TDestination>(TSource source, TDestination destination); } public class ProductForm { public string Name { get; set; } = \"\"; public int Stock { get; set; } } public class NameForm { public string Name { get; set; } = \"\"; }\n";

    [Fact]
    public Task A_form_that_is_mapped_onto_the_row() => Flags(Mapper + """
        public class ProductsController(ShopDb db, IMapper mapper) : ControllerBase
        {
            [HttpPut("{id}")]
            public async Task<IActionResult> Put(int id, ProductForm form)
            {
                var product = await db.Products.FindAsync(id);
                if (product is null) return NotFound();
                [|mapper.Map(form, product)|];
                await db.SaveChangesAsync();
                return NoContent();
            }
        }
        """);

    [Fact]
    public Task Values_that_are_set_on_the_entry() => Flags(Mapper + """
        public class ProductsController(ShopDb db) : ControllerBase
        {
            [HttpPut("{id}")]
            public async Task<IActionResult> Put(int id, ProductForm form)
            {
                var stored = await db.Products.SingleAsync(p => p.Id == id);
                [|db.Entry(stored).CurrentValues.SetValues(form)|];
                await db.SaveChangesAsync();
                return NoContent();
            }
        }
        """);

    [Fact]
    public Task A_form_without_the_stock() => Allows(Mapper + """
        public class ProductsController(ShopDb db, IMapper mapper) : ControllerBase
        {
            [HttpPut("{id}")]
            public async Task Put(int id, NameForm form)
            {
                var product = await db.Products.FindAsync(id);
                mapper.Map(form, product);
                await db.SaveChangesAsync();
            }
        }
        """);
}
