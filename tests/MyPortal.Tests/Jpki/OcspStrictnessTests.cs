using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using MyPortal.Jpki;
using MyPortal.Jpki.Revocation;
using MyPortal.Kernel;
using MyPortal.Tests.Fixtures;
using MyPortal.Tests.Jpki.Forging;

namespace MyPortal.Tests.Jpki;

/// <summary>Step 9 of the verifier: answers of a responder that is really the issuer's, each with one thing wrong.</summary>
public sealed class OcspStrictnessTests
{
    private const string Good = "good";
    private const string Unavailable = "jpki.revocation-unavailable";
    private static readonly OcspDraft Answer = new();

    [Fact]
    public async Task The_answers_that_the_others_spoil_are_taken()
    {
        (await AskAsync(Answer)).ShouldBe(Good);
        (await AskAsync(Answer with { Status = [0x82, 0] })).ShouldBe("jpki.unknown-to-issuer");
        (await AskAsync(Answer with { Status = Raw.Node(0xA1, OcspDraft.Time(TimeSpan.FromDays(-1)), Raw.Node(0xA0, [0x0A, 1, 6])) })).ShouldBe("jpki.revoked", "a hold counts as revoked");
        (await AskAsync(Answer with { MoreExtensions = CertificateDraft.Extension("1.2.3.4", critical: false, Raw.Integer(1)) })).ShouldBe(Good);
    }

    [Theory]
    [InlineData("1.2.840.113549.1.1.12", "SHA384", Good)]
    [InlineData("1.2.840.113549.1.1.13", "SHA512", Good)]
    [InlineData("1.2.840.113549.1.1.5", "SHA1", Unavailable)]
    [InlineData("1.2.840.113549.1.1.4", "MD5", Unavailable)]
    public async Task The_answer_is_signed_with_SHA_256_or_better(string algorithm, string hash, string expected) =>
        (await AskAsync(Answer with { Algorithm = Raw.Algorithm(algorithm), Hash = new HashAlgorithmName(hash) })).ShouldBe(expected);

    [Fact]
    public async Task The_delegate_is_found_wherever_it_stands()
    {
        var others = ForgedAuthority.Instance.Issue(new CertificateDraft());

        (await AskAsync(Answer with { Before = [.. ForgedAuthority.Instance.Certificate.RawData, .. others] })).ShouldBe(Good);
        (await AskAsync(Answer with { HasCertificates = false })).ShouldBe(Unavailable);
    }

    [Fact]
    public async Task The_answer_names_whoever_signed_it()
    {
#pragma warning disable CA5350 // A responder names its key by SHA-1 (RFC 6960 section 4.2.1).
        var byKey = Raw.Node(0xA2, Raw.Node(0x04, SHA1.HashData(OcspDraft.OfDelegate.Key![24..])));
#pragma warning restore CA5350

        (await AskAsync(Answer with { Responder = byKey })).ShouldBe(Good);
        (await AskAsync(Answer with { Responder = Raw.Node(0xA1, CertificateDraft.Name("Somebody else")) })).ShouldBe(Unavailable);
        (await AskAsync(Answer with { Responder = Raw.Node(0xA2, Raw.Node(0x04, new byte[20])) })).ShouldBe(Unavailable);
        (await AskAsync(Answer with { Responder = Raw.Node(0xA1, ForgedAuthority.Name) })).ShouldBe(Unavailable, "the issuer did not sign it");
    }

    [Fact]
    public async Task A_delegate_is_fit_for_it()
    {
        var fit = OcspDraft.OfDelegate;
        using var weak = RSA.Create(1024);

        (await AskAsync(Answer with { Delegate = fit with { Extensions = [fit.Extensions[1], fit.Extensions[2]] } })).ShouldBe(Good, "without key usage every use is allowed");
        (await AskAsync(Answer with { Delegate = fit with { Extensions = [CertificateDraft.KeyUsage(3, 2, 5, 0x20), fit.Extensions[1], fit.Extensions[2]] } })).ShouldBe(Unavailable);
        (await AskAsync(Answer with { Delegate = fit with { Extensions = [fit.Extensions[0], fit.Extensions[2]] } })).ShouldBe(Unavailable, "no word that it may answer");
        (await AskAsync(Answer with { Delegate = fit with { Extensions = [fit.Extensions[0], fit.Extensions[1]] } })).ShouldBe(Unavailable, "its own revocation would have to be asked");
        (await AskAsync(Answer with { Delegate = fit.With(ForgedAuthority.BasicConstraints(0x30, 3, 1, 1, 0xFF)) })).ShouldBe(Unavailable);
        (await AskAsync(Answer with { Delegate = fit with { Hash = HashAlgorithmName.SHA1, Algorithm = Raw.Algorithm("1.2.840.113549.1.1.5") } })).ShouldBe(Unavailable);
        (await AskAsync(Answer with { Delegate = fit with { Version = [] } })).ShouldBe(Unavailable);
        (await AskAsync(Answer with { Delegate = fit with { NotAfter = Raw.Utc("260101000000Z") } })).ShouldBe(Unavailable);
        (await AskAsync(Answer with { Signer = weak, Delegate = fit with { Key = weak.ExportSubjectPublicKeyInfo() } })).ShouldBe(Unavailable);
    }

    [Fact]
    public async Task The_status_has_the_form_of_its_standard()
    {
        (await AskAsync(Answer with { Status = [0xA0, 0] })).ShouldBe(Unavailable);
        (await AskAsync(Answer with { Status = [0x80, 1, 0] })).ShouldBe(Unavailable);
        (await AskAsync(Answer with { Status = [0x83, 0] })).ShouldBe(Unavailable);
        (await AskAsync(Answer with { Status = [5, 0] })).ShouldBe(Unavailable);
        (await AskAsync(Answer with { Status = Raw.Node(0xA1) })).ShouldBe(Unavailable);
    }

    [Fact]
    public async Task The_times_fit_together()
    {
        (await AskAsync(Answer with { NextUpdate = [] })).ShouldBe(Unavailable);
        (await AskAsync(Answer with { NextUpdate = Raw.Node(0xA0, Answer.ThisUpdate) })).ShouldBe(Unavailable, "it must be after this update");
        (await AskAsync(Answer with { NextUpdate = Raw.Node(0xA0, OcspDraft.Time(TimeSpan.FromMinutes(-1))) })).ShouldBe(Unavailable);
        (await AskAsync(Answer with { ThisUpdate = OcspDraft.Time(TimeSpan.FromMinutes(10)), NextUpdate = Raw.Node(0xA0, OcspDraft.Time(TimeSpan.FromHours(2))) })).ShouldBe(Unavailable);
        (await AskAsync(Answer with { ProducedAt = OcspDraft.Time(TimeSpan.FromMinutes(10)) })).ShouldBe(Unavailable);
        (await AskAsync(Answer with { ThisUpdate = OcspDraft.Time(TimeSpan.FromHours(-6)) })).ShouldBe(Good, "with our nonce it cannot be an old one");
    }

    [Theory]
    [InlineData(-5 * 60, Good)]
    [InlineData((-5 * 60) - 1, Unavailable)]
    public async Task Without_a_nonce_an_answer_is_at_most_five_minutes_old(int seconds, string expected)
    {
        var answer = Answer with { HasNonce = false, ThisUpdate = OcspDraft.Time(TimeSpan.FromSeconds(seconds)) };

        (await AskAsync(answer, new OcspOptions { RequireNonce = false })).ShouldBe(expected);
        (await AskAsync(answer)).ShouldBe(Unavailable, "where the nonce is required");
    }

    [Fact]
    public async Task What_must_be_understood_and_is_not_is_refused()
    {
        var unknown = CertificateDraft.Extension("1.2.3.4", critical: true, Raw.Integer(1));

        (await AskAsync(Answer with { MoreExtensions = unknown })).ShouldBe(Unavailable);
        (await AskAsync(Answer with { SingleExtensions = Raw.Node(0xA1, Raw.Node(0x30, unknown)) })).ShouldBe(Unavailable);
        (await AskAsync(Answer with { MoreExtensions = CertificateDraft.Extension("1.3.6.1.5.5.7.48.1.2", critical: false, Raw.Node(4, new byte[32])) })).ShouldBe(Unavailable, "two nonces");
    }

    [Fact]
    public async Task Nothing_is_written_in_another_way_and_nothing_stands_behind_the_end()
    {
        (await AskAsync(Answer with { After = [5, 0] })).ShouldBe(Unavailable);
        (await AskAsync(nonce => [.. Answer.Encode(nonce), 0])).ShouldBe(Unavailable);
        (await AskAsync(Answer with { SingleExtensions = [5, 0] })).ShouldBe(Unavailable);
        (await AskAsync(Answer with { ThisUpdate = Raw.Generalized("20261120030060Z") })).ShouldBe(Unavailable);
    }

    [Fact]
    public async Task No_length_of_an_answer_can_be_written_in_another_way_and_none_throws()
    {
        var taken = new List<int>();
        var count = DerTree.Read(Answer.Encode(Raw.Node(4, new byte[32]))).Nodes.Count();
        for (var place = 0; place < count; place++)
        {
            var odd = place;
            if (await AskAsync(nonce => Spoil(Answer.Encode(nonce), odd)) is Good)
            {
                taken.Add(place);
            }
        }

        taken.ShouldBeEmpty();

        static byte[] Spoil(byte[] answer, int place)
        {
            var tree = DerTree.Read(answer);
            return tree.Write(tree.Nodes.ElementAtOrDefault(place) ?? tree, LengthForm.Long);
        }
    }

    [Fact]
    public async Task Only_200_with_the_right_media_type_is_an_answer()
    {
        (await AskAsync(Answer.Encode, status: HttpStatusCode.Created)).ShouldBe(Unavailable);
        (await AskAsync(Answer.Encode, status: HttpStatusCode.Redirect)).ShouldBe(Unavailable);
        (await AskAsync(Answer.Encode, mediaType: "text/html")).ShouldBe(Unavailable);
        (await AskAsync(Answer.Encode, mediaType: "application/ocsp-responsex")).ShouldBe(Unavailable);
        (await AskAsync(Answer.Encode, mediaType: null)).ShouldBe(Unavailable);
        (await AskAsync(Answer.Encode, mediaType: "Application/OCSP-Response")).ShouldBe(Good);
    }

    [Fact]
    public async Task An_answer_of_unknown_length_is_read_and_counted()
    {
        (await AskAsync(Answer.Encode, body: bytes => new StreamContent(new Endless(bytes, bytes.Length)))).ShouldBe(Good);

        Endless? read = null;
        (await AskAsync(Answer.Encode, body: bytes => new StreamContent(read = new Endless(bytes, long.MaxValue)))).ShouldBe(Unavailable);
        read!.Given.ShouldBeLessThan(OcspClient.LongestAnswer * 4L);
    }

    [Fact]
    public async Task An_announced_gigabyte_is_not_read()
    {
        Endless? read = null;
        var answer = await AskAsync(Answer.Encode, body: bytes =>
        {
            var content = new StreamContent(read = new Endless(bytes, long.MaxValue));
            content.Headers.ContentLength = 1 << 30;
            return content;
        });

        answer.ShouldBe(Unavailable);
        read!.Given.ShouldBe(0);
    }

    private static Task<string> AskAsync(OcspDraft draft, OcspOptions? options = null) => AskAsync(draft.Encode, options);

    private static async Task<string> AskAsync(
        Func<byte[], byte[]> answer,
        OcspOptions? options = null,
        HttpStatusCode status = HttpStatusCode.OK,
        string? mediaType = "application/ocsp-response",
        Func<byte[], HttpContent>? body = null)
    {
        using var responder = new Responder(async request =>
        {
            var question = await request.Content!.ReadAsByteArrayAsync();
            var bytes = answer(Raw.Node(4, question[^32..]));
            var content = body?.Invoke(bytes) ?? new ByteArrayContent(bytes);
            content.Headers.ContentType = mediaType is null ? null : new MediaTypeHeaderValue(mediaType);
            return new HttpResponseMessage(status) { Content = content };
        });
        using var http = new HttpClient(responder);
        var revocation = new OcspRevocation(http, new JpkiOptions { Ocsp = options ?? new OcspOptions() }, RandomSource.System, new TestClock(ForgedAuthority.Now), new IssuerHealth(new TestClock(ForgedAuthority.Now)), NullLogger<OcspRevocation>.Instance);
        var result = await revocation.CheckAsync(OcspDraft.Asked(), TestContext.Current.CancellationToken);
        return result.IsRefused ? result.Error.Code : Good;
    }

    private sealed class Responder(Func<HttpRequestMessage, Task<HttpResponseMessage>> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => answer(request);
    }

    /// <summary>Bytes, and then zeros up to a length that nobody announces.</summary>
    private sealed class Endless(byte[] head, long length) : Stream
    {
        public long Given { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => Given; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var size = (int)Math.Min(count, length - Given);
            for (var place = 0; place < size; place++)
            {
                buffer[offset + place] = Given + place < head.Length ? head[Given + place] : (byte)0;
            }

            Given += size;
            return size;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
