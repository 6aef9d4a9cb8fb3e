using System.Diagnostics;
using System.Text;
using System.Text.Json;
using MyPortal.Contracts;
using MyPortal.Contracts.SandboxWorld;
using MyPortal.Sandbox.Cast;
using MyPortal.Sandbox.Senders;
using MyPortal.Sandbox.Senders.Events;

namespace MyPortal.Sandbox.WorldMaking;

/// <summary>
/// Runs the portal's command <c>grant-sandbox</c>, which registers the senders and hands out recipient codes for everybody who has
/// an account by now. Codes are stable: asking again gives the same ones.
/// </summary>
internal sealed class GrantCommand(SandboxOptions options, IReadOnlyList<CastMember> cast, IReadOnlyList<SandboxSender> senders)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>One code per sender and person with an account.</summary>
    /// <exception cref="WorldTroubleException">The command is not configured or failed.</exception>
    public async Task<IReadOnlyList<SandboxRecipientCode>> RunAsync(CancellationToken cancellationToken)
    {
        if (options.GrantCommand.Count == 0) throw new WorldTroubleException("World:GrantCommand is not configured, so no sender can be registered.");

        var order = new SandboxGrantOrder(
            [.. senders.Select(s => s.Order with { Webhook = EventsApi.AddressOf(options.SenderEvents, s.Id).AbsoluteUri })],
            [.. cast.Select(m => new SandboxRecipient(m.Person.Id, m.Card.Contents.Authentication.Certificate.RawData))]);
        var output = await AskAsync(JsonSerializer.Serialize(order, ContractJson.Options), cancellationToken);
        return JsonSerializer.Deserialize<SandboxGrantResult>(output, ContractJson.Options)?.Codes ?? [];
    }

    private async Task<string> AskAsync(string input, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(options.GrantCommand[0], options.GrantCommand.Skip(1))
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = Utf8,
            StandardOutputEncoding = Utf8,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        using var process = Process.Start(start) ?? throw new WorldTroubleException("grant-sandbox could not be started.");
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        await WriteAsync(process.StandardInput, input, cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0 ? await output : throw new WorldTroubleException($"grant-sandbox ended with {process.ExitCode}: {(await errors).Trim()}");
    }

    private static async Task WriteAsync(StreamWriter writer, string input, CancellationToken cancellationToken)
    {
        try
        {
            await using (writer) await writer.WriteAsync(input.AsMemory(), cancellationToken);
        }
        catch (IOException)
        {
            // The command ended before it read everything; its exit code and errors say why.
        }
    }
}
