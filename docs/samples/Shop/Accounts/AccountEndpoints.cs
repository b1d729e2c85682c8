using Microsoft.AspNetCore.Identity;

namespace Shop.Accounts;

public record Credentials(string Email, string Password);

public static class AccountEndpoints
{
    public static void MapAccounts(this WebApplication app)
    {
        app.MapPost("/accounts/register", async (Credentials credentials, UserManager<IdentityUser> users) =>
        {
            var created = await users.CreateAsync(new IdentityUser(credentials.Email) { Email = credentials.Email }, credentials.Password);
            return created.Succeeded ? Results.Ok() : Results.BadRequest(created.Errors);
        });

        app.MapPost("/accounts/login", async (Credentials credentials, SignInManager<IdentityUser> signIn) =>
        {
            var result = await signIn.PasswordSignInAsync(credentials.Email, credentials.Password, isPersistent: false, lockoutOnFailure: false);
            return result.Succeeded ? Results.Ok() : Results.Unauthorized();
        });
    }
}
