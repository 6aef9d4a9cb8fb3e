using System.Diagnostics;
using System.Text;
using MyPortal.Sandbox.TestPersons;

namespace MyPortal.Sandbox.Seeding;

/// <summary>
/// Makes a person an operator of the portal the way every installation does it: the command <c>appoint-operator</c> gives a code,
/// the person signs in with the card and enters it.
/// </summary>
internal sealed class OperatorAppointment(SandboxOptions options, SeedState memory)
{
    private static readonly Dictionary<string, string> NothingToFillIn = [];

    /// <summary>False when the command is not configured; then there are no operators.</summary>
    public bool IsPossible => options.AppointCommand.Count > 0;

    /// <summary>Appoints somebody who has an account, unless that was done before.</summary>
    /// <exception cref="SeedingException">The command failed, or a page was not as agreed.</exception>
    public async Task AppointOnceAsync(TestPerson member, CancellationToken cancellationToken)
    {
        if (memory.Appointed.Contains(member.Person.Id, StringComparer.Ordinal)) return;
        var code = await AskForCodeAsync(member.Person, cancellationToken);

        using var browser = new CitizenBrowser();
        var start = await browser.OpenAsync(new Uri(options.Portal, "/login"), cancellationToken);
        var waiting = await browser.SubmitAsync(start, start.FormTo("/login/card/start"), NothingToFillIn, cancellationToken);
        var asking = await browser.FollowAsync(waiting, waiting.LinkTo(options.Agent, "/sign"), cancellationToken);
        var card = new Dictionary<string, string>(StringComparer.Ordinal) { ["card"] = member.Person.Id, ["pin"] = member.Person.Pin };
        var signed = await browser.SubmitAsync(asking, asking.FormWith("pin"), card, cancellationToken);
        await browser.FollowAsync(signed, signed.LinkTo(options.Portal, "/card/complete"), cancellationToken);

        var entering = await browser.OpenAsync(new Uri(options.Portal, "/admin/appointment"), cancellationToken);
        var entered = await browser.SubmitAsync(entering, entering.FormTo("/admin/appointment"), new Dictionary<string, string>(StringComparer.Ordinal) { ["code"] = code }, cancellationToken);
        if (entered.Address.AbsolutePath != "/admin") throw new SeedingException($"{member.Person.Id} did not become an operator: {entered.Heading}");
        memory.Appoint(member.Person.Id);
    }

    private async Task<string> AskForCodeAsync(Person person, CancellationToken cancellationToken)
    {
        string[] order = [$"--Operator:Label={person.Name}", $"--Operator:Roles={string.Join(',', person.OperatorRoles)}"];
        var start = new ProcessStartInfo(options.AppointCommand[0], [.. options.AppointCommand.Skip(1), .. order])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        using var process = Process.Start(start) ?? throw new SeedingException("appoint-operator could not be started.");
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0 ? (await output).Trim() : throw new SeedingException($"appoint-operator ended with {process.ExitCode}: {(await errors).Trim()}");
    }
}
