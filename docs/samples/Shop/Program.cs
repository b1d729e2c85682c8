using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Shop.Accounts;
using Shop.Checkout;
using Shop.Data;
using Shop.Pricing;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddDbContext<ShopDb>(options => options.UseSqlite("Data Source=shop.db"));
builder.Services.AddIdentity<IdentityUser, IdentityRole>().AddEntityFrameworkStores<ShopDb>();
builder.Services.AddScoped<CheckoutService>();
builder.Services.AddSingleton<PriceCalculator>();
builder.Services.AddHttpClient<IPaymentGateway, HttpPaymentGateway>(client =>
{
    client.BaseAddress = new Uri("https://payments.example.org");
    client.Timeout = TimeSpan.FromSeconds(10);
});

var app = builder.Build();
using (var scope = app.Services.CreateScope())
    scope.ServiceProvider.GetRequiredService<ShopDb>().Database.EnsureCreated();

app.MapAccounts();
app.MapGet("/products", (ShopDb db) => db.Products.ToListAsync());
app.MapGet("/orders/{id:int}", (int id, CheckoutService checkout) => checkout.Find(id) is { } order ? Results.Ok(order) : Results.NotFound()).RequireAuthorization();
app.MapPost("/checkout", async (OrderLine[] lines, string token, HttpContext context, CheckoutService checkout) =>
    Results.Ok(await checkout.PlaceAsync(context.User.Identity?.Name ?? "guest", lines, token))).RequireAuthorization();
app.Run();
