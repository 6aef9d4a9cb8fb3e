using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using MyPortal.Tests.Architecture.Planted.Data;
using MyPortal.Tests.Architecture.Planted.Features.Consents;
using MyPortal.Tests.Architecture.Planted.Features.Consents.Public;

namespace MyPortal.Tests.Architecture.Planted.Features.Inbox;

internal sealed class EntersConsentsByTheWindow
{
    public static async Task<bool> AskAsync()
    {
        await Task.Yield();
        return new Consent().IsGiven;
    }
}

internal sealed class EntersConsentsByTheDoor(IConsentList consents)
{
    public Task<bool> AskAsync(Guid sender) => consents.HasAsync(sender);
}

internal sealed class QueryingPage : ComponentBase
{
    protected override Task OnInitializedAsync() => Task.Run(() => new Rows().Count);
}

internal sealed class LetterThatKnowsTheDatabase
{
    public Guid Id { get; init; }

    public Rows Neighbours { get; } = new();
}

internal sealed class LetterConfiguration : IEntityTypeConfiguration<LetterThatKnowsTheDatabase>
{
    public void Configure(EntityTypeBuilder<LetterThatKnowsTheDatabase> builder) => builder.HasKey(letter => letter.Id);
}

internal sealed class ReadsCertificates
{
    public static string Read(byte[] bytes)
    {
        using var certificate = X509CertificateLoader.LoadCertificate(bytes);
        return certificate.Subject;
    }
}

internal sealed class CallsOut
{
    public static async Task<string> CallAsync(Uri address)
    {
        using var client = new HttpClient();
        return await client.GetStringAsync(address);
    }
}

internal sealed class LooksAtTheWallClock
{
    public static DateTimeOffset Look() => DateTimeOffset.UtcNow;
}

internal sealed class InboxHelper;

[SuppressMessage("Design", "CA1052", Justification = "It is open on purpose.")]
public class OpenForNobody
{
    public int Number { get; init; }
}
