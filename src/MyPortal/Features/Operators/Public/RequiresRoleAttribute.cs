using Microsoft.AspNetCore.Authorization;

namespace MyPortal.Features.Operators.Public;

/// <summary>
/// States the roles of which an operator needs one for a page or endpoint of the console, together with card level 3 and a card shown
/// in the last minutes. Roles are read at every request: access that ended is over with the next click.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class RequiresRoleAttribute(OperatorRoles anyOf) : Attribute, IAuthorizationRequirementData, IAuthorizationRequirement
{
    public OperatorRoles AnyOf { get; } = anyOf;

    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [this];
}
