using MyPortal.Contracts.SandboxScenario;
using MyPortal.Features.Senders.Public;

namespace MyPortal.Features.Senders;

/// <summary>
/// Admits the sandbox's senders. It knows no citizen; codes come to be on the pages
/// only. Live mode refuses it. Not called on behalf of a citizen: whoever runs it holds the portal's keys anyway.
/// </summary>
internal sealed class RegisterSandboxSenders(ISenderRegister senders, ISenderWebhooks webhooks)
{
    public async Task ExecuteAsync(SandboxSenderOrders orders, CancellationToken cancellationToken)
    {
        foreach (var order in orders.Senders)
        {
            var registration = new SenderRegistration(order.Id, order.Name, order.Kind is Contracts.SandboxScenario.SenderKind.Public, order.Service, order.PublicKey)
            {
                Requester = new ConsentRequester(order.CorporateNumber, order.Contact, order.ReturnAddresses, order.MessageAddress),
                Law = order.Law,
            };
            var sender = await senders.RegisterAsync(registration, cancellationToken);
            if (order.Webhook is not null)
            {
                await webhooks.RegisterAsync(sender.Id, order.Webhook, cancellationToken);
            }
        }
    }
}
