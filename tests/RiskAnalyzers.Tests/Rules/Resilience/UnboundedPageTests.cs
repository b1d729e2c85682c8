using RiskAnalyzers.Tests.Framework;

namespace RiskAnalyzers.Tests.Rules.Resilience;

public sealed class UnboundedPageTests() : RuleTest("RISK5017")
{
    [Fact]
    public Task An_action_that_takes_what_it_is_asked_for() => Flags("""
        public class CatalogController : ShopCode
        {
            [HttpGet("products")]
            public Task<List<Product>> List(int page, int pageSize) => db.Products.OrderBy(p => p.Id).Skip((page - 1) * pageSize).Take([|pageSize|]).ToListAsync();
        }
        """);

    [Fact]
    public Task A_repository_behind_a_service() => Flags("""
        public interface IProductRepository { Task<List<Product>> GetPageAsync(int page, int size); }
        public class ProductRepository(ShopDb db) : IProductRepository
        {
            public async Task<List<Product>> GetPageAsync(int page, int size) { return await db.Products.OrderBy(p => p.Name).Skip(page * size).Take([|size|]).ToListAsync(); }
        }
        public class ProductService(IProductRepository products)
        {
            public Task<List<Product>> Browse(int page, int size) => products.GetPageAsync(page, size);
        }
        [ApiController, Route("api/products")]
        public class ProductsController(ProductService service) : ControllerBase
        {
            [HttpGet] public async Task<IActionResult> Get(int page = 0, int size = 20) => Ok(await service.Browse(page, size));
        }
        """);

    [Fact]
    public Task A_query_object_sent_to_its_handler() => Flags("""
        public record GetProductsQuery(int PageNumber, int PageSize);
        public class GetProductsQueryHandler(ShopDb db)
        {
            public Task<List<Product>> Handle(GetProductsQuery request, CancellationToken token) => db.Products.Skip((request.PageNumber - 1) * request.PageSize).Take([|request.PageSize|]).ToListAsync(token);
        }
        public interface ISender { Task<object> Send(object message); }
        [AllowAnonymous]
        public class ProductsController(ISender sender) : ControllerBase
        {
            [HttpGet] public async Task<IActionResult> Get([FromQuery] GetProductsQuery query) => Ok(await sender.Send(query));
        }
        """);

    [Fact]
    public Task A_message_that_the_action_makes() => Flags("""
        public record ListOrders(int Limit, int Offset) { }
        public class ListOrdersHandler(ShopDb db)
        {
            public async Task<List<Order>> HandleAsync(ListOrders query) => await db.Orders.OrderBy(o => o.Id).Skip(query.Offset).Take(query.Limit).ToListAsync();
        }
        public record ListReviewsQuery(int Limit, int Offset);
        public class ListReviewsHandler(ShopDb db)
        {
            public async Task<List<Coupon>> HandleAsync(ListReviewsQuery query) { var limit = query.Limit; return await db.Coupons.OrderBy(o => o.Id).Skip(query.Offset).Take([|limit|]).ToListAsync(); }
        }
        public interface ISender { Task<object> Send(object message); }
        public class ReviewsController(ISender sender) : ControllerBase
        {
            [HttpGet] public async Task<IActionResult> Get(int limit, int offset) => Ok(await sender.Send(new ListReviewsQuery(limit, offset)));
        }
        """);

    [Fact]
    public Task Through_a_mediator_to_a_repository() => Flags("""
        public interface IRequest<T> { }
        public interface IRequestHandler<TRequest, TAnswer> { Task<TAnswer> Handle(TRequest request, CancellationToken token); }
        public interface IMediator { Task<T> Send<T>(IRequest<T> message); }
        public class Paged<T> { public int PageNumber { get; set; } public int PageSize { get; set; } public List<T> Items { get; set; } = new(); }
        public record GetAllProductsQuery(int PageNumber, int PageSize) : IRequest<Paged<Product>>;
        public interface IProductRepository { Task<Paged<Product>> GetAllAsync(int pageNumber, int pageSize); }
        public class ProductRepository(ShopDb _context) : IProductRepository
        {
            public async Task<Paged<Product>> GetAllAsync(int pageNumber, int pageSize)
            {
                var products = await _context.Products.OrderByDescending(p => p.Id).Skip((pageNumber - 1) * pageSize).Take([|pageSize|]).Include(p => p.Name).ToListAsync();
                return new Paged<Product> { PageNumber = pageNumber, PageSize = pageSize, Items = products };
            }
        }
        public class GetAllProductsQueryHandler(IProductRepository _products) : IRequestHandler<GetAllProductsQuery, Paged<Product>>
        {
            public async Task<Paged<Product>> Handle(GetAllProductsQuery request, CancellationToken token)
            {
                var page = await _products.GetAllAsync(request.PageNumber, request.PageSize);
                return new Paged<Product> { PageNumber = page.PageNumber, PageSize = page.PageSize, Items = page.Items };
            }
        }
        [Route("api/[controller]"), ApiController]
        public class ProductsController(IMediator _mediator) : ControllerBase
        {
            [HttpGet("get-all-products")]
            public async Task<IActionResult> GetAllProductsAsync(int PageNumber = 1, int PageSize = 10) { var products = await _mediator.Send(new GetAllProductsQuery(PageNumber, PageSize)); return Ok(products); }
            [HttpPost, Authorize(Roles = "Admin")]
            public IActionResult Create(Product product) => Ok(product);
        }
        """);

    [Fact]
    public Task A_route_with_a_default() => Flags("""
        public static class Routes
        {
            public static void Map(WebApplication app) => app.MapGet("/products", async (ShopDb db, int? limit) => await db.Products.OrderBy(p => p.Id).Take([|limit ?? 20|]).ToListAsync());
        }
        """);

    [Fact]
    public Task Only_zero_is_refused() => Flags("""
        public class PageRequest { public int PageNumber { get; set; } = 1; public int PageSize { get; set; } = 10; }
        public class CatalogController : ShopCode
        {
            [HttpGet("products")]
            public async Task<IActionResult> List([FromQuery] PageRequest request)
            {
                if (request.PageSize <= 0)
                    request.PageSize = 10;
                return Ok(await db.Products.Skip((request.PageNumber - 1) * request.PageSize).Take([|request.PageSize|]).ToListAsync());
            }
        }
        """);

    [Fact]
    public Task The_first_so_many() => Flags("""
        public class HomeController : ShopCode
        {
            [HttpGet("best")] public IActionResult Best([FromQuery] int count = 8) => Ok(db.Products.OrderByDescending(p => p.Stock).Take([|count|]).ToList());
        }
        """);

    [Fact]
    public Task A_specification() => Flags("""
        public abstract class Specification<T> { protected void Take(int count) { } protected void Skip(int count) { } }
        public class ProductsSpec : Specification<Product>
        {
            public ProductsSpec(int skip, int take) { Skip(skip); Take([|take|]); }
        }
        public class ProductsController : ShopCode
        {
            [HttpGet] public IActionResult Get(int skip, int take) => Ok(new ProductsSpec(skip, take));
        }
        """);

    [Fact]
    public Task A_page_page_handler() => Flags("""
        public class ShopModel(ShopDb db) : Microsoft.AspNetCore.Mvc.RazorPages.PageModel
        {
            public List<Product> Products { get; set; } = new();
            public async Task OnGetAsync(int p, int pageSize) { Products = await db.Products.OrderBy(x => x.Id).Skip(p * pageSize).Take([|pageSize|]).ToListAsync(); }
        }
        """);

    [Fact]
    public Task A_paging_library() => Flags("""
        public static class Paging { public static Task<List<T>> ToPagedListAsync<T>(this IQueryable<T> rows, int page, int pageSize) => rows.Skip((page - 1) * pageSize).Take(pageSize).ToListAsync(); }
        public class ProductsController : ShopCode
        {
            [HttpGet] public async Task<IActionResult> Get(int page, int pageSize) => Ok(await db.Products.OrderBy(p => p.Id).ToPagedListAsync(page, [|pageSize|]));
        }
        """);

    [Fact]
    public Task Nothing_but_a_lower_range() => Flags("""
        public class PagingParams { [Range(1, int.MaxValue)] public int PageSize { get; set; } = 10; }
        public class CatalogController : ShopCode
        {
            [HttpGet] public async Task<IActionResult> List([FromQuery] PagingParams paging) => Ok(await db.Products.Take([|paging.PageSize|]).ToListAsync());
        }
        """);

    private const string Action = "public class CatalogController : ShopCode { [HttpGet] public async Task<IActionResult> List(int page, int pageSize) { BODY return Ok(await db.Products.OrderBy(p => p.Id).Skip(page).Take(pageSize).ToListAsync()); } const int MaxPageSize = 50; static int Normalize(int size) => size; }";

    [Theory]
    [InlineData("pageSize = Math.Min(pageSize, 100);")]
    [InlineData("pageSize = Math.Clamp(pageSize, 1, 100);")]
    [InlineData("if (pageSize > 100) pageSize = 100;")]
    [InlineData("pageSize = pageSize > MaxPageSize ? MaxPageSize : pageSize;")]
    [InlineData("if (pageSize is < 1 or > 200) return BadRequest();")]
    [InlineData("pageSize = pageSize switch { < 1 => 10, > 100 => 100, _ => pageSize };")]
    [InlineData("pageSize = Normalize(pageSize);")]
    public Task A_limit_beside_it(string body) => Allows(Action.Replace("BODY", body));

    [Fact]
    public Task A_size_of_the_code_s_own() => Allows("""
        public class CatalogController : ShopCode
        {
            private const int PageSize = 20;
            [HttpGet] public async Task<IActionResult> List(int page) => Ok(await db.Products.OrderBy(p => p.Id).Skip(page * PageSize).Take(PageSize).ToListAsync());
        }
        """);

    [Fact]
    public Task A_signed_in_caller() => Allows("""
        [Authorize]
        public class OrdersController : ShopCode
        {
            [HttpGet] public async Task<IActionResult> List(int page, int pageSize) => Ok(await db.Orders.Skip(page).Take(pageSize).ToListAsync());
        }
        """);

    [Fact]
    public Task A_range_on_the_parameter() => Allows("""
        public class CatalogController : ShopCode
        {
            [HttpGet] public async Task<IActionResult> List(int page, [Range(1, 100)] int pageSize) => Ok(await db.Products.Skip(page).Take(pageSize).ToListAsync());
        }
        """);

    [Fact]
    public Task A_type_that_limits_itself() => Allows("""
        public class PagingParams
        {
            private int _size = 10;
            public int PageSize { get => _size; set => _size = value > 50 ? 50 : value; }
        }
        public class CatalogController : ShopCode
        {
            [HttpGet] public async Task<IActionResult> List([FromQuery] PagingParams paging) => Ok(await db.Products.Take(paging.PageSize).ToListAsync());
        }
        """);

    [Fact]
    public Task A_validator_of_the_query() => Allows("""
        public class ListQuery { public int PageSize { get; set; } }
        public class ListQueryValidator : AbstractValidator<ListQuery> { public ListQueryValidator() { RuleFor(x => x.PageSize).InclusiveBetween(1, 100); } }
        public class CatalogController : ShopCode
        {
            [HttpGet] public async Task<IActionResult> List([FromQuery] ListQuery query) => Ok(await db.Products.Take(query.PageSize).ToListAsync());
        }
        """);

    [Fact]
    public Task The_caller_limits_it() => Allows("""
        public class ProductRepository(ShopDb db)
        {
            public Task<List<Product>> Page(int page, int size) => db.Products.Skip(page * size).Take(size).ToListAsync();
        }
        public class ProductsController(ProductRepository products) : ControllerBase
        {
            [HttpGet] public async Task<IActionResult> Get(int page, int size) => Ok(await products.Page(page, Math.Min(size, 48)));
        }
        """);

    [Fact]
    public Task A_job_that_takes_a_batch() => Allows("""
        public class OrderRepository(ShopDb db)
        {
            public Task<List<Order>> Next(int limit) => db.Orders.Where(o => o.Status == OrderStatus.New).Take(limit).ToListAsync();
        }
        public class OrderJob(OrderRepository orders) { public async Task Run() { await orders.Next(50); } }
        """);

    [Fact]
    public Task Rows_that_are_in_memory() => Allows("""
        public class CatalogController : ShopCode
        {
            [HttpGet] public IActionResult Top(int count) => Ok(new[] { 1, 2, 3 }.Take(count));
        }
        """);

    [Fact]
    public Task Staff_behind_a_role() => Allows("""
        public class OrderService(ShopDb db) { public Task<List<Order>> All(int page, int pageSize) => db.Orders.Skip(page).Take(pageSize).ToListAsync(); }
        [Authorize(Roles = "Admin")]
        public class AdminController(OrderService orders) : ControllerBase
        {
            [HttpGet] public async Task<IActionResult> Get(int page, int pageSize) => Ok(await orders.All(page, pageSize));
        }
        """);
}
