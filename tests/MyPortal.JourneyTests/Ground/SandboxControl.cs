using System.Net.Http.Json;
using MyPortal.Contracts;

namespace MyPortal.JourneyTests.Ground;

/// <summary>What a program can do to the sandbox world.</summary>
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

internal sealed record SentNotices(IReadOnlyList<SentNotice> Notices);

internal sealed record SentNotice(string Sender, Guid Id, string RecipientCode, string Title);
