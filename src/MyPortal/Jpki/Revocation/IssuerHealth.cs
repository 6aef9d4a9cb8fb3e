using MyPortal.Kernel;

namespace MyPortal.Jpki.Revocation;

/// <summary>Whether the responder of the issuing authority answered lately.</summary>
internal sealed class IssuerHealth(TimeProvider clock) : DependencyHealth(clock);
