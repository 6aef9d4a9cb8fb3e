using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using MyPortal.Kernel;

namespace MyPortal.Identity;

/// <summary>
/// States that a page or endpoint needs a card with PIN of the last minutes. A session without one is sent to the step-up page and
/// from there back; its level is never raised silently.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class RequiresFreshCardAttribute(int minutes = RequiresFreshCardAttribute.UsualMinutes) : Attribute, IAuthorizationRequirementData, IAuthorizationRequirement
{
    public const int UsualMinutes = 15;

    public TimeSpan Age { get; } = TimeSpan.FromMinutes(minutes);

    /// <summary>For what is posted: the page to come back to, since the post itself is lost. A page comes back to itself.</summary>
    public string? Back { get; init; }

    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [this];

    /// <summary>Whether a card confirmed the person within <see cref="Age"/>.</summary>
    public bool IsMetBy(AssuranceLevel level, DateTimeOffset? lastCardAt, DateTimeOffset now) =>
        level >= AssuranceLevel.CardWithPin && lastCardAt is { } at && at.HasBegunWithin(Age, now);
}

internal sealed class RequiresFreshCardHandler(TimeProvider clock) : AuthorizationHandler<RequiresFreshCardAttribute>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, RequiresFreshCardAttribute requirement)
    {
        if (NumberIn(context, SessionClaims.Level) is { } level
            && NumberIn(context, SessionClaims.LastCard) is { } lastCard
            && requirement.IsMetBy((AssuranceLevel)level, DateTimeOffset.FromUnixTimeMilliseconds(lastCard), clock.Now()))
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }

    private static long? NumberIn(AuthorizationHandlerContext context, string claim) =>
        long.TryParse(context.User.FindFirst(claim)?.Value, CultureInfo.InvariantCulture, out var number) ? number : null;
}
