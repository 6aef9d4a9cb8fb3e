using MyPortal.Sandbox.TestPersons;

namespace MyPortal.Sandbox.Seeding;

/// <summary>Enrols a person through the portal's and the agent's real pages, step by step as the person would.</summary>
internal sealed class Enrolment(SandboxOptions options, SeedState memory, ILogger<Enrolment> log)
{
    // The first questions to services that have just started are slow; on a busy machine too slow for the portal, which then says "later".
    private const int MostAttempts = 3;
    private static readonly Dictionary<string, string> NothingToFillIn = [];

    /// <summary>True when the person was enrolled now, false when that was done before.</summary>
    /// <exception cref="SeedingException">A page was not as agreed or refused.</exception>
    public async Task<bool> EnrolOnceAsync(TestPerson member, CancellationToken cancellationToken)
    {
        if (memory.HasEnrolled(member.Person.Id)) return false;
        await EnrolPatientlyAsync(member, cancellationToken);
        memory.Enrolled(member.Person.Id);
        return true;
    }

    private async Task EnrolPatientlyAsync(TestPerson member, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await EnrolAsync(member, cancellationToken);
                return;
            }
            catch (SeedingException trouble) when (attempt < MostAttempts)
            {
                log.LogWarning("Attempt {Attempt} to enrol {Card} failed: {Reason}", attempt, member.Person.Id, trouble.Message);
            }
        }
    }

    private async Task EnrolAsync(TestPerson member, CancellationToken cancellationToken)
    {
        using var browser = new CitizenBrowser();
        var start = await browser.OpenAsync(new Uri(options.Portal, "/enrol"), cancellationToken);
        var waiting = await browser.SubmitAsync(start, start.FormTo("/enrol/card/start"), NothingToFillIn, cancellationToken);

        var asking = await browser.FollowAsync(waiting, waiting.LinkTo(options.Agent, "/sign"), cancellationToken);
        var signed = await browser.SubmitAsync(asking, asking.FormWith("pin"), Secrets(member), cancellationToken);

        var naming = await browser.FollowAsync(signed, signed.LinkTo(options.Portal, "/card/complete"), cancellationToken);
        var name = new Dictionary<string, string>(StringComparer.Ordinal) { ["displayName"] = member.Person.DisplayName };
        var lossCode = await browser.SubmitAsync(naming, naming.FormTo("/enrol/name"), name, cancellationToken);
        await browser.SubmitAsync(lossCode, lossCode.FormTo("/enrol/loss-code/kept"), NothingToFillIn, cancellationToken);
    }

    private static Dictionary<string, string> Secrets(TestPerson member) => new(StringComparer.Ordinal)
    {
        ["card"] = member.Person.Id,
        ["pin"] = member.Person.Pin,
        ["password"] = member.Person.SignaturePassword ?? "",
    };
}
