using MyPortal.Kernel;

namespace MyPortal.Features.Operators;

/// <summary>Refusals of the console's own pages.</summary>
internal static class OperatorErrors
{
    /// <summary>There is nobody, or nothing, of that identifier any more.</summary>
    public static readonly Error NotFound = new("operator.not-found", ErrorKind.NotFound);

    /// <summary>Wrong, used or too old: the person cannot tell which.</summary>
    public static readonly Error CodeNotValid = new("operator.code-not-valid", ErrorKind.Forbidden);

    public static readonly Error LabelMissing = new("operator.label-missing", ErrorKind.Invalid);
    public static readonly Error RolesMissing = new("operator.roles-missing", ErrorKind.Invalid);
    public static readonly Error ReasonMissing = new("operator.reason-missing", ErrorKind.Invalid);

    /// <summary>Nobody would be left to approve.</summary>
    public static readonly Error LastApprover = new("operator.last-approver", ErrorKind.Conflict);

    /// <summary>Whoever proposed may not approve.</summary>
    public static readonly Error OwnProposal = new("operator.own-proposal", ErrorKind.Forbidden);

    /// <summary>Whoever proposed or approved an appointment may not be the one who is appointed.</summary>
    public static readonly Error OwnAppointment = new("operator.own-appointment", ErrorKind.Forbidden);

    /// <summary>Somebody else was faster.</summary>
    public static readonly Error AlreadyDecided = new("operator.already-decided", ErrorKind.Conflict);
}
