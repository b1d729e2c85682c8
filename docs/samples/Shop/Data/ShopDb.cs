using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Shop.Data;

public class ShopDb(DbContextOptions<ShopDb> options) : IdentityDbContext<IdentityUser>(options)
{
    public DbSet<Product> Products => Set<Product>();

    public DbSet<Order> Orders => Set<Order>();

    public void ResetStock()
    {
        foreach (var product in Products)
            product.Stock = 0;
    }
}

public class Product
{
    public int Id { get; set; }

    public string Name { get; set; } = "";

    public decimal? Price { get; set; }

    public int Stock { get; set; }
}

public enum PaymentStatus
{
    Paid,
    Pending,
    Failed,
}

public class Order
{
    public int Id { get; set; }

    public string CustomerId { get; set; } = "";

    public decimal Total { get; set; }

    public PaymentStatus Payment { get; set; } = PaymentStatus.Pending;

    public string? PaymentReference { get; set; }

    public List<OrderLine> Lines { get; set; } = [];
}

public class OrderLine
{
    public int Id { get; set; }

    public int ProductId { get; set; }

    public Product? Product { get; set; }

    public int Quantity { get; set; }
}
