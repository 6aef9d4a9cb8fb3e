using MyPortal.Audit;
using MyPortal.Identity;
using MyPortal.Kernel;

namespace MyPortal.Features.Operators.Public;

/// <summary>The operator who asks, looked up anew for this request. The first argument of every use case of the console.</summary>
/// <param name="Id">Which operator.</param>
/// <param name="Roles">What that operator may do now.</param>
/// <param name="Viewer">The session behind it.</param>
internal sealed record ActingOperator(OperatorId Id, OperatorRoles Roles, Viewer Viewer)
{
    public Actor Actor => Actor.Operator(Id);

    /// <summary>Whether the operator has one of these roles.</summary>
    public bool Has(OperatorRoles anyOf) => (Roles & anyOf) is not OperatorRoles.None;
}

/// <summary>The operator of the current request.</summary>
internal sealed class CurrentOperator(IHttpContextAccessor http)
{
    /// <summary>Null outside of the console.</summary>
    public ActingOperator? OrNull => http.HttpContext?.Features.Get<ActingOperator>();

    /// <summary>The operator of a page that only operators reach.</summary>
    public ActingOperator Required => OrNull ?? throw new InvalidOperationException("This page must be reachable by operators only.");
}
