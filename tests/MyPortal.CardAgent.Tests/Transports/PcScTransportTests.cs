using System.Diagnostics;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using MyPortal.CardAgent.Cards;
using MyPortal.CardAgent.Tests.Fixtures;
using MyPortal.CardAgent.Transports;
using MyPortal.Contracts.CardAgent;

namespace MyPortal.CardAgent.Tests.Transports;

/// <summary>Against the real PC/SC service with a virtual reader; needs the packages pcscd and vsmartcard-vpcd and the right to start the service.</summary>
public sealed class PcScTransportTests : IAsyncLifetime
{
    private const string Service = "/usr/sbin/pcscd";
    private const string Driver = "/usr/lib/pcsc/drivers/serial/libifdvpcd.so";
    private const string ServiceSocket = "/run/pcscd/pcscd.comm";
    private readonly DirectoryInfo _readers = Directory.CreateTempSubdirectory("readers");
    private readonly int _port = FreePort();
    private Process? _service;

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Service) || !File.Exists(Driver)) Assert.Skip("pcscd or vsmartcard-vpcd is not installed.");
        if (File.Exists(ServiceSocket)) Assert.Skip("Another pcscd runs; a machine has only one.");
        await File.WriteAllTextAsync(
            Path.Combine(_readers.FullName, "vpcd"),
            $"FRIENDLYNAME \"Virtual PCD\"\nDEVICENAME /dev/null:0x{_port:X}\nLIBPATH {Driver}\nCHANNELID 0x{_port:X}\n",
            TestContext.Current.CancellationToken);
        _service = Process.Start(new ProcessStartInfo(Service, ["--foreground", "--config", _readers.FullName]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        await Wait.UntilAsync(() => File.Exists(ServiceSocket) && IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Any(listener => listener.Port == _port));
    }

    public async ValueTask DisposeAsync()
    {
        if (_service is not null)
        {
            _service.Kill();
            await _service.WaitForExitAsync();
            _service.Dispose();
            File.Delete(ServiceSocket);
        }

        _readers.Delete(recursive: true);
    }

    [Fact]
    public async Task A_card_in_a_reader_is_found_opens_with_its_PIN_signs_and_is_closed_by_the_reset_at_the_end()
    {
        var transport = new PcScTransport(NullLogger<PcScTransport>.Instance);
        var shelf = new CardDetector(transport, NullLogger<CardDetector>.Instance);
        using var card = new TestCard("hanako");
        shelf.Look().ShouldBeEmpty();
        card.PutDown(_port);
        await Wait.UntilAsync(() => shelf.Look().Count == 1);

        var present = shelf.Look().Single();
        (present.Id, present.AuthenticationTries, present.SignatureTries).ShouldBe(("hanako", 3, 5));
        using (var session = present.Slot.Begin())
        {
            var jpki = JpkiCard.Open(session)!;
            jpki.Verify(CertificateKind.Authentication, "1234"u8).IsAccepted.ShouldBeTrue();
            jpki.ReadCertificate(CertificateKind.Authentication).RawData.ShouldBe(card.Authentication.RawData);
            jpki.Sign(CertificateKind.Authentication, [.. Convert.FromHexString("3031300D060960864801650304020105000420"), .. new byte[32]]).Length.ShouldBe(256);
        }

        using (var next = present.Slot.Begin())
        {
            next.Transmit([0x00, 0xA4, 0x02, 0x0C, 0x02, 0x00, 0x17]).ShouldBe([0x90, 0x00]);
            next.Transmit([0x80, 0x2A, 0x00, 0x80, 0x01, 0x00, 0x00]).ShouldBe([0x69, 0x82]);
        }

        card.Dispose();
        await Wait.UntilAsync(() => shelf.Look().Count == 0);
        Should.Throw<CardGoneException>(() => present.Slot.Begin());
    }

    // vpcd takes two neighbouring ports, one for each of its slots.
    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
