using System.Net.Http.Json;
using MyPortal.Contracts;
using MyPortal.Contracts.SenderApi;

namespace MyPortal.JourneyTests.Fixtures;

/// <summary>What a program can do to the sandbox.</summary>
internal sealed class SandboxControl(string address) : IDisposable
{
    public const string Authority = "certificate-authority";
    public const string Hub = "hub";
    private readonly HttpClient http = new() { BaseAddress = new Uri(address) };

    /// <summary>Lets every sender write one notice to a person.</summary>
    public async Task<IReadOnlyList<SentNotice>> SendNoticesAsync(string card)
    {
        using var answer = await http.PostAsync($"/control/cards/{card}/notices", content: null);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<SentNotices>(ContractJson.Options))!.Notices;
    }

    /// <summary>What the senders were told at their webhooks and found to be the portal's.</summary>
    public async Task<IReadOnlyList<ToldEvent>> EventsAsync() => (await http.GetFromJsonAsync<IReadOnlyList<ToldEvent>>("/control/events", ContractJson.Options))!;

    public Task RevokeAsync(string card) => PostAsync($"/control/cards/{card}/revoke");

    public Task RestoreAsync(string card) => PostAsync($"/control/cards/{card}/restore");

    public Task UnlockAsync(string card) => PostAsync($"/control/cards/{card}/unlock");

    public Task StopAsync(string role) => PostAsync($"/control/{role}/stop");

    public Task StartAsync(string role) => PostAsync($"/control/{role}/start");

    public void Dispose() => http.Dispose();

    private async Task PostAsync(string path)
    {
        using var answer = await http.PostAsync(path, content: null);
        answer.EnsureSuccessStatusCode();
    }
}

/// <summary>An event that a sender received.</summary>
internal sealed record ToldEvent(string Sender, SenderEvent Event, int Times);

internal sealed record SentNotices(IReadOnlyList<SentNotice> Notices);

internal sealed record SentNotice(string Sender, Guid Id, string RecipientCode, string Title);
