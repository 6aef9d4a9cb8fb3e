using Microsoft.Extensions.Options;

namespace MyPortal.CardAgent.Transactions;

/// <summary>Opens a transaction: fetches the ticket once, reads its documents.</summary>
internal sealed class OpenTransaction(TransactionStore transactions, PortalClient portal, IOptions<AgentOptions> options, RandomSource random, TimeProvider clock)
{
    public Task<Attempt<PendingTransaction>> ExecuteAsync(TicketAddress ticket, CancellationToken cancellationToken) =>
        transactions.OpenOnceAsync(ticket, () => FetchAsync(ticket, cancellationToken));

    private async Task<Attempt<PendingTransaction>> FetchAsync(TicketAddress address, CancellationToken cancellationToken)
    {
        var ticket = await portal.FetchAsync(address, cancellationToken);
        if (ticket.Value is null) return ticket.Refusal!;

        var request = TransactionRequest.Read(ticket.Value, address, LinkRule.Of(options.Value), clock.GetUtcNow());
        if (request.Value is null) return request.Refusal!;

        return new PendingTransaction(random.Token(), random.Token(), address, ticket.Value.ResponseSecret, request.Value);
    }
}
