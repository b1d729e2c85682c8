namespace RiskAnalyzers.Tests.Rules.Accounts;

/// <summary>Registrations whose input names a role.</summary>
public sealed partial class OverPostingTests
{
    private static string Registration(string body, string more = "", string attributes = "") => """
        public enum Role { Customer, Admin, Seller }
        public class RegistrationDto { public string Email { get; set; } = ""; public string Password { get; set; } = ""; public Role Role { get; set; } }
        public record RegisterCommand(RegistrationDto Input);
        public interface IMediator { Task<string> Send(object message); }
        """ + more + $$"""
        {{attributes}} [ApiController, Route("auth")]
        public class AuthController(IMediator mediator) : ControllerBase
        {
            [HttpPost("register")]
            public async Task<IActionResult> RegisterAsync([FromBody] RegistrationDto input) { {{body}} }
        }
        """;

    private static string Flagged(string code) => code.Replace("RegistrationDto input) {", "RegistrationDto [|input|]) {");

    [Fact]
    public Task A_role_that_is_handed_on() => Flags(Flagged(Registration("return Ok(await mediator.Send(new RegisterCommand(input)));")));

    [Fact]
    public Task A_role_of_which_one_is_refused() => Flags(Flagged(Registration("if (input.Role == Role.Admin) return Forbid(); return Ok(await mediator.Send(new RegisterCommand(input)));")));

    [Fact]
    public Task A_role_that_is_decided() => Allows(Registration("input.Role = Role.Customer; return Ok(await mediator.Send(new RegisterCommand(input)));"));

    [Fact]
    public Task A_role_of_which_one_is_allowed() => Allows(Registration("if (input.Role != Role.Customer) return BadRequest(); return Ok(await mediator.Send(new RegisterCommand(input)));"));

    [Fact]
    public Task A_registration_by_the_staff() => Allows(Registration("return Ok(await mediator.Send(new RegisterCommand(input)));", attributes: "[Authorize(Roles = \"Admin\")]"));
}
