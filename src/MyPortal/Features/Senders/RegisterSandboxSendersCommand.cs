using System.Text.Json;
using MyPortal.Contracts;
using MyPortal.Contracts.SandboxScenario;
using MyPortal.Web;

namespace MyPortal.Features.Senders;

/// <summary>The command <c>register-sandbox-senders</c>: reads senders in JSON from standard input and admits them. It exists in the sandbox only.</summary>
internal sealed class RegisterSandboxSendersCommand(RegisterSandboxSenders register) : IPortalCommand
{
    public string Name => "register-sandbox-senders";

    public async Task<int> ExecuteAsync(TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        await using var input = System.Console.OpenStandardInput();
        if (await JsonSerializer.DeserializeAsync<SandboxSenderOrders>(input, ContractJson.Options, cancellationToken) is not { } orders)
        {
            await errors.WriteLineAsync($"{Name} reads senders in JSON from standard input.");
            return 2;
        }

        await register.ExecuteAsync(orders, cancellationToken);
        return 0;
    }
}
