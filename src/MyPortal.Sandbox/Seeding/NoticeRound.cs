using System.Security.Cryptography;
using System.Text;
using MyPortal.Sandbox.TestPersons;
using MyPortal.Sandbox.Senders;
using MyPortal.Sandbox.Storage;

namespace MyPortal.Sandbox.Seeding;

/// <summary>Lets the senders write to people: the first notices, and fresh ones on request.</summary>
internal sealed class NoticeRound(IReadOnlyList<SandboxSender> senders, SenderClients clients, SeedState memory, TimeProvider clock) : IDisposable
{
    private readonly SemaphoreSlim gate = new(1, 1);
    private int freshRounds;

    /// <summary>Every first notice that this person has not been sent yet.</summary>
    public async Task PostFirstAsync(Person person, CancellationToken cancellationToken)
    {
        foreach (var sender in senders)
        {
            // Whoever stopped a sender in an earlier run stays without its notices.
            if (memory.CodeOf(sender.Id, person.Id) is not { } code) continue;
            foreach (var draft in sender.DraftsOn(memory.FoundedOn))
            {
                var key = IdempotencyKey($"{sender.Id}/{person.Id}/{draft.Key}");
                if (memory.HasPosted(key)) continue;
                await clients.Of(sender).PostAsync(draft.To(code), key, cancellationToken);
                memory.Posted(key);
            }
        }
    }

    /// <summary>One notice from every sender that the person has connected, now. Null when there is none.</summary>
    public async Task<FreshNotices?> PostFreshAsync(Person person, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            var connected = senders.Where(s => memory.CodeOf(s.Id, person.Id) is not null).ToList();
            if (connected.Count == 0) return null;

            var posted = new List<FreshNotice>();
            foreach (var sender in connected)
            {
                var drafts = sender.DraftsOn(JapanTime.Today(clock));
                var draft = drafts[freshRounds % drafts.Count];
                var code = memory.CodeOf(sender.Id, person.Id)!;
                var status = await clients.Of(sender).PostAsync(draft.To(code), IdempotencyKey(Convert.ToHexString(RandomSource.Bytes(16))), cancellationToken);
                posted.Add(new FreshNotice(sender.Id, status.Id, code, draft.Contents[0].Title));
            }
            freshRounds++;
            return new FreshNotices(person.Id, posted);
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose() => gate.Dispose();

    /// <summary>32 hex digits: within the limits of any sender API, and no short name of a person in it.</summary>
    private static string IdempotencyKey(string about) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(about)).AsSpan(0, 16));
}

/// <summary>Answer of <c>POST /control/cards/{id}/notices</c>.</summary>
/// <param name="Card">To whom.</param>
/// <param name="Notices">One per sender.</param>
internal sealed record FreshNotices(string Card, IReadOnlyList<FreshNotice> Notices);

/// <summary>A notice just posted.</summary>
/// <param name="Sender">Short name of the sender.</param>
/// <param name="Id">Identifier of the notice.</param>
/// <param name="RecipientCode">The sender's code for the person.</param>
/// <param name="Title">Japanese title, to look for on the page.</param>
internal sealed record FreshNotice(string Sender, Guid Id, string RecipientCode, string Title);
