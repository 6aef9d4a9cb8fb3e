using System.Diagnostics;
using System.Text;
using System.Text.Json;
using MyPortal.Contracts;
using MyPortal.Contracts.SandboxScenario;
using MyPortal.Sandbox.Businesses;
using MyPortal.Sandbox.Senders;
using MyPortal.Sandbox.Senders.Events;

namespace MyPortal.Sandbox.Seeding;

/// <summary>
/// Runs the portal's command <c>register-sandbox-senders</c>, which admits the senders. Known ones keep their identifiers.
/// </summary>
internal sealed class RegisterCommand(SandboxOptions options, IReadOnlyList<SandboxSender> senders)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Registers every sender.</summary>
    /// <exception cref="SeedingException">The command is not configured or failed.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (options.RegisterCommand.Count == 0) throw new SeedingException("Seeding:RegisterCommand is not configured, so no sender can be registered.");

        await AskAsync(JsonSerializer.Serialize(new SandboxSenderOrders([.. senders.Select(OrderOf)]), ContractJson.Options), cancellationToken);
    }

    private SandboxSenderOrder OrderOf(SandboxSender sender)
    {
        var port = options.BusinessPortOf(sender.Id);
        return new SandboxSenderOrder(
            sender.Id, sender.Name, sender.Kind, sender.Service, sender.Key.ExportSubjectPublicKeyInfo(), sender.CorporateNumber, sender.Contact,
            BusinessSite.ReturnAddresses(sender, port), BusinessSite.MessageAddress(port).AbsoluteUri, EventsApi.AddressOf(options.SenderEvents, sender.Id).AbsoluteUri, sender.Law);
    }

    private async Task AskAsync(string input, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(options.RegisterCommand[0], options.RegisterCommand.Skip(1))
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = Utf8,
            StandardOutputEncoding = Utf8,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        using var process = Process.Start(start) ?? throw new SeedingException("register-sandbox-senders could not be started.");
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        await WriteAsync(process.StandardInput, input, cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        await output;
        if (process.ExitCode != 0) throw new SeedingException($"register-sandbox-senders ended with {process.ExitCode}: {(await errors).Trim()}");
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
