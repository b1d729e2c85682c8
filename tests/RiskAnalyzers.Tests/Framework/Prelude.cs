namespace RiskAnalyzers.Tests.Framework;

/// <summary>What the code under test may use without declaring it: the usings of a web project, and a small shop.</summary>
internal static class Prelude
{
    /// <summary>The prelude's own file; no path takes it in.</summary>
    public const string Path = "/shop/Prelude.cs";

    public const string Source = """
        global using System;
        global using System.Collections.Generic;
        global using System.ComponentModel.DataAnnotations;
        global using System.Globalization;
        global using System.IO;
        global using System.Linq;
        global using System.Net;
        global using System.Net.Http;
        global using System.Net.Http.Json;
        global using System.Security.Claims;
        global using System.Security.Cryptography;
        global using System.Text;
        global using System.Text.Json;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using System.Transactions;
        global using FluentValidation;
        global using Microsoft.AspNetCore.Authorization;
        global using Microsoft.AspNetCore.Builder;
        global using Microsoft.AspNetCore.Http;
        global using Microsoft.AspNetCore.Identity;
        global using Microsoft.AspNetCore.Mvc;
        global using Microsoft.EntityFrameworkCore;
        global using Microsoft.Extensions.Caching.Memory;
        global using Microsoft.Extensions.Configuration;
        global using Microsoft.Extensions.DependencyInjection;
        global using Microsoft.Extensions.Hosting;
        global using Microsoft.Extensions.Logging;
        global using Polly;
        global using RiskAnalyzers;
        global using Shop;

        namespace Shop;

        public enum PaymentState { Unknown = 0, Pending, Paid, Failed, Refunded }

        public enum OrderStatus { New = 0, AwaitingPayment, Paid, Shipped, Cancelled }

        public class Product
        {
            public int Id { get; set; }
            public string Name { get; set; } = "";
            public decimal Price { get; set; }
            public int Stock { get; set; }
        }

        public class OrderLine
        {
            public int Id { get; set; }
            public int ProductId { get; set; }
            public int Quantity { get; set; }
            public decimal UnitPrice { get; set; }
            public Product? Product { get; set; }
        }

        public class Order
        {
            public int Id { get; set; }
            public string CustomerId { get; set; } = "";
            public decimal Total { get; set; }
            public decimal? ShippingCost { get; set; }
            public string Currency { get; set; } = "EUR";
            public OrderStatus Status { get; set; }
            public string? PaymentReference { get; set; }
            public List<OrderLine> Lines { get; set; } = new();
        }

        public class Customer
        {
            public int Id { get; set; }
            public string Email { get; set; } = "";
            public string? PasswordHash { get; set; }
            public string? ResetToken { get; set; }
            public bool IsAdmin { get; set; }
            public decimal Balance { get; set; }
        }

        public class Coupon
        {
            public int Id { get; set; }
            public string Code { get; set; } = "";
            public decimal PercentOff { get; set; }
            public DateTime StartsAt { get; set; }
            public DateTime EndsAt { get; set; }
        }

        public class ShopDb : DbContext
        {
            public DbSet<Product> Products => Set<Product>();
            public DbSet<Order> Orders => Set<Order>();
            public DbSet<Customer> Customers => Set<Customer>();
            public DbSet<Coupon> Coupons => Set<Coupon>();
        }

        public record PaymentResult(bool Success, string? TransactionId = null, string? Error = null);

        public interface IPaymentGateway
        {
            Task<PaymentResult> ChargeAsync(decimal amount, string token, string? idempotencyKey = null, CancellationToken cancellation = default);
            Task<PaymentResult> RefundAsync(string reference, decimal amount, string? idempotencyKey = null, CancellationToken cancellation = default);
        }

        public interface IPriceService
        {
            Task<decimal> GetPriceAsync(int productId, CancellationToken cancellation = default);
        }

        public interface IFraudCheck
        {
            Task<bool> IsFraudulentAsync(Order order);
        }

        public interface IMailer
        {
            Task SendReceiptAsync(Order order, CancellationToken cancellation = default);
        }

        /// <summary>What a controller or service of the shop usually has at hand.</summary>
        public abstract class ShopCode : ControllerBase
        {
            protected ShopDb db = null!;
            protected IPaymentGateway gateway = null!;
            protected IPriceService prices = null!;
            protected IFraudCheck fraud = null!;
            protected IMailer mailer = null!;
            protected HttpClient http = null!;
            protected ILogger log = null!;
            protected IConfiguration config = null!;
            protected IMemoryCache cache = null!;
            protected IHostEnvironment environment = null!;
            protected TimeProvider clock = TimeProvider.System;
            protected UserManager<IdentityUser> users = null!;
            protected SignInManager<IdentityUser> signIn = null!;
        }
        """;
}
