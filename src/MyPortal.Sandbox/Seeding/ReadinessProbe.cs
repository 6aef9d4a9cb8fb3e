using MyPortal.Sandbox.TestPersons;

namespace MyPortal.Sandbox.Seeding;

/// <summary>Waits until portal and agent answer, and the cards are in the reader.</summary>
internal sealed class ReadinessProbe(SandboxOptions options, IReadOnlyList<TestPerson> cast, HttpClient http, TimeProvider clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    public async Task WaitUntilReadyAsync(CancellationToken cancellationToken)
    {
        while (!await AreReadyAsync(cancellationToken)) await Task.Delay(Pause, clock, cancellationToken);
    }

    private async Task<bool> AreReadyAsync(CancellationToken cancellationToken) =>
        await AnswersAsync(options.Portal, cancellationToken) && await AnswersAsync(options.Agent, cancellationToken) && cast.All(m => m.Reader.IsConnected);

    private async Task<bool> AnswersAsync(Uri origin, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri(origin, "/health/live"), cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
