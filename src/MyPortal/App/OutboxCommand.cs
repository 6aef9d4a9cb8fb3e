using MyPortal.Outbox;

namespace MyPortal.App;

/// <summary>The command <c>outbox</c>: says what other parties have not been told, and puts messages that were given up back into delivery.</summary>
internal static class OutboxCommand
{
    public const string Name = "outbox";
    private const string RetrySetting = "Outbox:Retry";
    private const int MostListed = 100;

    /// <summary>Prints the standing; retries one message where <c>--Outbox:Retry=</c> names it. 0 when nothing is dead, 1 when something is, 2 when the name is wrong.</summary>
    public static async Task<int> RunAsync(IServiceProvider services)
    {
        var letters = services.GetRequiredService<DeadLetters>();
        if (services.GetRequiredService<IConfiguration>()[RetrySetting] is { Length: > 0 } named)
        {
            if (!Guid.TryParse(named, out var id) || (await letters.RetryAsync(id, CancellationToken.None)).IsRefused)
            {
                await Console.Error.WriteLineAsync($"{RetrySetting} names no message that was given up.");
                return 2;
            }

            Console.WriteLine($"{id} is tried again, from now on for {RetryPlan.Patience.TotalHours:0} hours.");
        }

        var standing = await letters.StandingAsync(CancellationToken.None);
        Console.WriteLine($"{standing.Waiting} waiting{(standing.OldestWaiting is { } oldest ? $", the oldest since {oldest:u}" : "")}; {standing.Dead} given up.");
        foreach (var letter in await letters.ListAsync(MostListed, CancellationToken.None))
        {
            Console.WriteLine($"{letter.Id} {letter.Kind} to {letter.Recipient}: {letter.Outcome} after {letter.Attempts} attempts, made {letter.CreatedAt:u}, given up {letter.EndedAt:u}");
        }

        return standing.Dead is 0 ? 0 : 1;
    }
}
