namespace RiskAnalyzers.Tests.Rules.Payments;

public sealed partial class CheckThenActTests
{
    private const string Tokens = """
        public class RefreshToken { public int Id { get; set; } public string Hash { get; set; } = ""; public int UserId { get; set; } public bool IsRevoked { get; set; } public DateTime? RevokedAt { get; set; } public DateTime? UsedAt { get; set; } public DateTime ExpiresAt { get; set; } public bool IsActive => RevokedAt is null; public void Revoke(string reason) => RevokedAt = DateTime.UtcNow; public void MarkAsUsed() => UsedAt = DateTime.UtcNow; }
        public interface ITokenRepository { Task<RefreshToken?> GetByHashAsync(string hash); Task UpdateAsync(RefreshToken token); Task AddAsync(RefreshToken token); }
        public class Versioned { public int Id { get; set; } public bool IsUsed { get; set; } [Timestamp] public byte[] RowVersion { get; set; } = []; }

        """;

    [Fact]
    public Task A_refresh_token_that_is_exchanged() => Flags(Tokens + """
        class Sessions(ITokenRepository tokens)
        {
            public async Task<string?> RefreshAsync(string hash)
            {
                var stored = await tokens.GetByHashAsync(hash);
                if (stored is null || stored.IsRevoked || stored.ExpiresAt < DateTime.UtcNow)
                    return null;
                [|stored.IsRevoked = true|];
                stored.RevokedAt = DateTime.UtcNow;
                await tokens.UpdateAsync(stored);
                return await IssueTokenAsync(stored.UserId);
            }

            private async Task<string> IssueTokenAsync(int user) { await tokens.AddAsync(new RefreshToken { UserId = user }); return "t"; }
        }
        """);

    [Fact]
    public Task A_token_that_withdraws_itself() => Flags(Tokens + """
        class Sessions(ITokenRepository tokens)
        {
            public async Task<string> RotateAsync(string hash)
            {
                var token = await tokens.GetByHashAsync(hash);
                if (token == null || !token.IsActive)
                    throw new UnauthorizedAccessException();
                [|token.Revoke("rotated")|];
                await tokens.UpdateAsync(token);
                return GenerateToken(token.UserId);
            }

            private string GenerateToken(int user) => user.ToString();
        }
        """);

    [Fact]
    public Task A_code_that_is_used_at_a_time() => Flags(Tokens + """
        class Codes(ITokenRepository tokens)
        {
            public async Task<bool> ConsumeAsync(string hash)
            {
                var code = await tokens.GetByHashAsync(hash);
                if (code is null || code.UsedAt != null) return false;
                [|code.UsedAt = DateTime.UtcNow|];
                await tokens.UpdateAsync(code);
                return true;
            }
        }
        """);

    [Fact]
    public Task A_token_that_marks_itself_used() => Flags(Tokens + """
        class Resets(ITokenRepository tokens)
        {
            public async Task ResetAsync(string hash)
            {
                var token = await tokens.GetByHashAsync(hash) ?? throw new InvalidOperationException();
                if (token.UsedAt.HasValue) throw new InvalidOperationException();
                [|token.MarkAsUsed()|];
                await tokens.UpdateAsync(token);
            }
        }
        """);

    [Fact]
    public Task A_token_that_is_withdrawn_for_good() => Allows(Tokens + """
        class Sessions(ITokenRepository tokens)
        {
            public async Task LogoutAsync(string hash)
            {
                var stored = await tokens.GetByHashAsync(hash);
                if (stored is null || stored.IsRevoked) return;
                stored.IsRevoked = true;
                await tokens.UpdateAsync(stored);
            }
        }
        """);

    [Fact]
    public Task A_token_that_is_withdrawn_in_a_branch_of_its_own() => Allows(Tokens + """
        class Sessions(ITokenRepository tokens)
        {
            public async Task<string?> RefreshAsync(string hash, int user)
            {
                var stored = await tokens.GetByHashAsync(hash);
                if (stored is null || stored.IsRevoked) return null;
                if (stored.UserId != user)
                {
                    stored.Revoke("stolen");
                    await tokens.UpdateAsync(stored);
                    return null;
                }
                return CreateToken(user);
            }

            private string CreateToken(int user) => user.ToString();
        }
        """);

    [Fact]
    public Task A_thing_with_a_version() => Allows(Tokens + """
        class VersionedDb : DbContext { public DbSet<Versioned> Things => Set<Versioned>(); }
        class Things(VersionedDb db)
        {
            public async Task UseAsync(int id)
            {
                var thing = await db.Things.SingleAsync(t => t.Id == id);
                if (thing.IsUsed) throw new InvalidOperationException();
                thing.IsUsed = true;
                await db.SaveChangesAsync();
            }
        }
        """);

    private const string Slots = """
        public class Appointment { public int Id { get; set; } public int DoctorId { get; set; } public DateTime At { get; set; } public static Appointment Create(int doctor, DateTime at) => new() { DoctorId = doctor, At = at }; }
        public interface IAppointmentRepository { Task<bool> HasConflictingAppointmentAsync(int doctor, DateTime at); Task<bool> HasAnyAsync(int doctor); }

        """;

    [Fact]
    public Task A_slot_whose_booking_the_caller_adds() => Flags(Slots + """
        class Bookings(IAppointmentRepository appointments)
        {
            public async Task<Appointment> CreateAsync(int doctor, DateTime at)
            {
                var hasConflict = await appointments.[|HasConflictingAppointmentAsync|](doctor, at);
                if (hasConflict)
                    throw new InvalidOperationException("taken");
                var appointment = Appointment.Create(doctor, at);
                return appointment;
            }
        }
        """);

    [Fact]
    public Task A_look_whether_a_slot_is_taken() => Allows(Slots + """
        class Bookings(IAppointmentRepository appointments)
        {
            public async Task<bool> IsFreeAsync(int doctor, DateTime at)
            {
                var hasConflict = await appointments.HasConflictingAppointmentAsync(doctor, at);
                if (hasConflict)
                    return false;
                return true;
            }
        }
        """);

    [Fact]
    public Task A_rest_that_is_compared() => Flags("""
        public class Refund { public Guid PaymentId { get; set; } public decimal Amount { get; set; } public bool Done { get; set; } }
        public interface IRefundRepository { Task<List<Refund>> GetByPaymentAsync(Guid payment); Task AddAsync(Refund refund); }
        class Refunds(IRefundRepository refunds)
        {
            public async Task RefundAsync(Guid payment, decimal paid, decimal amount)
            {
                var earlier = await refunds.GetByPaymentAsync(payment);
                var refunded = earlier.Where(r => r.Done).Sum(r => r.Amount);
                var remaining = paid - refunded;
                if ([|amount > remaining|])
                    throw new InvalidOperationException("too much");
                var refund = new Refund { PaymentId = payment, Amount = amount };
                await refunds.AddAsync(refund);
            }
        }
        """);

    [Fact]
    public Task A_question_that_begins_with_who_asks() => Flags("""
        public class Review { public int Id { get; set; } public string UserId { get; set; } = ""; public int ProductId { get; set; } }
        public interface IReviewRepository { Task<bool> UserHasReview(string user, int product); Task AddAsync(Review review); }
        public class AddReviewService(IReviewRepository reviews)
        {
            public async Task Add(string user, int product)
            {
                if (await reviews.[|UserHasReview|](user, product)) throw new InvalidOperationException("twice");
                await reviews.AddAsync(new Review { UserId = user, ProductId = product });
            }
        }
        """);
}
