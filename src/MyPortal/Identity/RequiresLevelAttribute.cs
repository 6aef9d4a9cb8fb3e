using Microsoft.AspNetCore.Authorization;

namespace MyPortal.Identity;

/// <summary>States the assurance level a page or endpoint needs. Lower sessions are refused, never silently raised.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class RequiresLevelAttribute(AssuranceLevel level) : Attribute, IAuthorizationRequirementData, IAuthorizationRequirement
{
    public AssuranceLevel Level { get; } = level;

    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [this];
}

internal sealed class RequiresLevelHandler : AuthorizationHandler<RequiresLevelAttribute>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, RequiresLevelAttribute requirement)
    {
        if (int.TryParse(context.User.FindFirst(SessionClaims.Level)?.Value, System.Globalization.CultureInfo.InvariantCulture, out var level) && level >= (int)requirement.Level)
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}
