using MyPortal.Contracts.Hub;

namespace MyPortal.Sandbox.Organisations;

/// <summary>Who takes part and who may ask for what: the hub knows it, everybody else reads its publications.</summary>
internal interface IHubDirectory
{
    /// <summary>Null for somebody who takes no part, or for whom the organisation CA does not vouch.</summary>
    Task<Peer?> FindAsync(string participant, CancellationToken cancellationToken);

    Task<AuthorisationMatrix> MatrixAsync(CancellationToken cancellationToken);
}
