using MyPortal.Kernel;

namespace MyPortal.Features.SelfInformation;

/// <summary>Why holders are not asked.</summary>
internal static class SelfInformationErrors
{
    /// <summary>No theme was ticked, or none that exists.</summary>
    public static readonly Error NothingChosen = new("self-info.nothing-chosen", ErrorKind.Invalid);

    /// <summary>Too many people ask at once.</summary>
    public static readonly Error Busy = new("self-info.busy", ErrorKind.Unavailable);

    /// <summary>The account is not linked with the hub.</summary>
    public static readonly Error NotLinked = new("self-info.not-linked", ErrorKind.Conflict);
}
