using Microsoft.Extensions.Options;

namespace MyPortal.CardAgent.Visits;

/// <summary>Opens a visit: fetches the ticket once, reads its documents.</summary>
internal sealed class OpenVisit(VisitStore visits, PortalClient portal, IOptions<AgentOptions> options, RandomSource random, TimeProvider clock)
{
    public Task<Attempt<Visit>> ExecuteAsync(TicketAddress ticket, CancellationToken cancellationToken) =>
        visits.OpenOnceAsync(ticket, () => FetchAsync(ticket, cancellationToken));

    private async Task<Attempt<Visit>> FetchAsync(TicketAddress address, CancellationToken cancellationToken)
    {
        var ticket = await portal.FetchAsync(address, cancellationToken);
        if (ticket.Value is null) return ticket.Refusal!;

        var request = VisitRequest.Read(ticket.Value, address, LinkRule.Of(options.Value), clock.GetUtcNow());
        if (request.Value is null) return request.Refusal!;

        return new Visit(random.Token(), random.Token(), address, ticket.Value.ResponseSecret, request.Value);
    }
}
