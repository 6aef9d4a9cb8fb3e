using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using MyPortal.Contracts;
using MyPortal.Contracts.CardAgent;
using MyPortal.Features.SignIn.Card;
using MyPortal.Sandbox.CertificateAuthority;
using MyPortal.Tests.Features.SignIn.Card;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Security;

/// <summary>Somebody enrols with a card through the portal's own endpoints.</summary>
/// <param name="Browser">Signed in.</param>
/// <param name="Authentication">The card's user-authentication certificate.</param>
/// <param name="Signature">The card's signature certificate, with the four attributes.</param>
/// <param name="Places">Every address the portal sent the browser to.</param>
internal sealed partial record CardEnrolment(HttpClient Browser, IssuedLeaf Authentication, IssuedLeaf Signature, List<string> Places)
{
    public static async Task<CardEnrolment> EnrolAsync(TestPortal portal, FourAttributes attributes)
    {
        var holder = TestCard.NewHolder();
        var authentication = portal.Authority.Issue(new LeafOrder(CertificateKind.Authentication, holder));
        var signature = portal.Authority.Issue(new LeafOrder(CertificateKind.Signature, holder, attributes));
        var browser = portal.Browser();
        using var begun = await RouteFixture.AskAsync(browser, "POST", "/enrol/card/start");
        var page = await browser.GetStringAsync(begun.Headers.Location);
        var ticketAddress = Uri.UnescapeDataString(TicketLink().Match(page).Groups["ticket"].Value);
        using var agent = portal.Browser();
        var ticket = (await agent.GetFromJsonAsync<CardTicket>(ticketAddress, ContractJson.Options))!;
        using var answer = await agent.PostAsJsonAsync(ticketAddress + "/response", Respond(ticket, ticketAddress, authentication, signature), ContractJson.Options);
        answer.EnsureSuccessStatusCode();
        var completion = (await answer.Content.ReadFromJsonAsync<CardCompletion>(ContractJson.Options))!;
        using var done = await browser.GetAsync("/card/complete?code=" + completion.CompletionCode);
        return new CardEnrolment(browser, authentication, signature, [begun.Headers.Location!.OriginalString, ticketAddress, done.Headers.Location!.OriginalString]);
    }

    private static CardResponse Respond(CardTicket ticket, string ticketAddress, IssuedLeaf authentication, IssuedLeaf signature)
    {
        using var agentKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CardSignature[] signatures =
        [
            new(0, CertificateKind.Authentication, Sign(ticket.Documents[0], authentication.Certificate)),
            new(0, CertificateKind.Signature, Sign(ticket.Documents[0], signature.Certificate)),
            new(1, CertificateKind.Authentication, Sign(ticket.Documents[1], authentication.Certificate)),
        ];
        var response = new CardResponse(ticket.ResponseSecret, signatures, new AgentProof(agentKey.ExportSubjectPublicKeyInfo(), [], "test"));
        var proof = agentKey.SignData(AgentProofs.SignedBytes(response, ticketAddress), HashAlgorithmName.SHA256);
        return response with { Agent = response.Agent with { Signature = proof } };
    }

    private static byte[] Sign(byte[] document, X509Certificate2 certificate)
    {
        var signer = new CmsSigner(SubjectIdentifierType.IssuerAndSerialNumber, certificate) { IncludeOption = X509IncludeOption.EndCertOnly, DigestAlgorithm = new Oid("2.16.840.1.101.3.4.2.1") };
        signer.SignedAttributes.Add(new Pkcs9SigningTime());
        var cms = new SignedCms(new ContentInfo(document), detached: false);
        cms.ComputeSignature(signer, silent: true);
        return cms.Encode();
    }

    [GeneratedRegex("""/sign\?tx=(?<ticket>[^&"]+)&""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TicketLink();
}
