using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Logging;
using MyPortal.Sandbox;
using MyPortal.Sandbox.CertificateAuthority;
using MyPortal.Sandbox.TrustBundle;
using MyPortal.Sandbox.Linkage;

namespace MyPortal.Tests.Fixtures;

/// <summary>
/// The sandbox's issuing authority in this process, founded once per run because its keys are slow to make. The portal speaks to it
/// in HTTP messages, as over the wire.
/// </summary>
internal sealed class TestIssuer
{
    private static readonly Lazy<Task<TestIssuer>> Shared = new(FoundAsync);

    private TestIssuer(IssuingAuthority authority, string trustBundle, TestHubFounding hub)
    {
        Authority = authority;
        TrustBundle = trustBundle;
        Hub = hub;
    }

    public IssuingAuthority Authority { get; }

    /// <summary>The settings file the portal reads at start.</summary>
    public string TrustBundle { get; }

    /// <summary>What every hub under test begins with.</summary>
    public TestHubFounding Hub { get; }

    public static Task<TestIssuer> FoundedAsync() => Shared.Value;

    private static async Task<TestIssuer> FoundAsync()
    {
        var folder = Directory.CreateTempSubdirectory("myportal-issuer-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        var nowhere = new Uri("http://localhost:5080");
        var options = new SandboxOptions(Path.Combine(folder, "data"), Path.Combine(folder, "trust-bundle"), 5080, nowhere, nowhere, new IPEndPoint(IPAddress.Loopback, 5083), []);
        var authority = await IssuingAuthority.CreateAsync(options.Data, options.CertificateAuthority.ToString().TrimEnd('/'), TimeProvider.System, CancellationToken.None);
        var hub = TestHubFounding.Found(options, authority);
        TrustBundleWriter.Write(options, authority, hub.Membership);
        return new TestIssuer(authority, Path.Combine(options.TrustBundle, "portal.json"), hub);
    }
}

/// <summary>The issuer's services as one portal under test reaches them; a test makes them lie or fall silent.</summary>
internal sealed class IssuerMessageHandler(TestIssuer issuer, TimeProvider clock) : HttpMessageHandler
{
    /// <summary>How the revocation responder answers.</summary>
    public OcspFault Fault { get; set; }

    public bool IsRevocationReachable { get; set; } = true;

    public bool IsLinkageReachable { get; set; } = true;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var isLinkage = request.RequestUri!.AbsolutePath is "/v1/pairs";
        if (isLinkage ? !IsLinkageReachable : !IsRevocationReachable)
        {
            throw new HttpRequestException("Nobody answers.");
        }

        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        await using var services = builder.Build();
        services.MapOcsp(issuer.Authority, clock, Fault);
        services.MapLinkage(issuer.Authority);
        await services.StartAsync(cancellationToken);
        using var client = new HttpMessageInvoker(services.GetTestServer().CreateHandler());
        var answer = await client.SendAsync(request, cancellationToken);
        await answer.Content.LoadIntoBufferAsync(cancellationToken);
        return answer;
    }
}
