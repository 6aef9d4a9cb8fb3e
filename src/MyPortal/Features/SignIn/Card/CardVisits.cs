using System.Security.Cryptography;
using System.Text;
using MyPortal.Contracts.CardAgent;
using MyPortal.Jpki;
using MyPortal.Jpki.Revocation;
using MyPortal.Kernel;

namespace MyPortal.Features.SignIn.Card;

/// <summary>The certificates that signed in one visit.</summary>
/// <param name="Authentication">Always there.</param>
/// <param name="Signature">Only at enrolment and for signing.</param>
internal sealed record VisitCertificates(VerifiedCertificate Authentication, VerifiedCertificate? Signature);

/// <summary>Verifies what a card signed in one visit: first the signatures, then, once the transaction is consumed, the issuer's word.</summary>
internal sealed class CardVisits(CardSignatures signatures, IRevocationSource revocation, ICertificateLinkage linkage)
{
    /// <summary>
    /// Which certificates sign for a purpose. Enrolment and signing take both: the authentication certificate says who the person is
    /// here, the signature certificate binds that person to what is signed.
    /// </summary>
    public static ReadOnlySpan<CertificateKind> CertificatesFor(CardPurpose purpose) => purpose is CardPurpose.Enrol or CardPurpose.Sign
        ? (ReadOnlySpan<CertificateKind>)[CertificateKind.Authentication, CertificateKind.Signature]
        : [CertificateKind.Authentication];

    /// <summary>Steps 1 and 3 to 7 for every signature asked for; the first refusal ends it.</summary>
    public Result<VisitCertificates> VerifySignatures(CardTransaction transaction, CardResponse response)
    {
        var expected = CertificatesFor(transaction.Purpose);
        if (response.Signatures.Count != expected.Length)
        {
            return JpkiErrors.NotOneSigner;
        }

        var verified = new Dictionary<CertificateKind, VerifiedCertificate>();
        foreach (var kind in expected)
        {
            if (response.Signatures.Where(signature => signature.Document is 0 && signature.Certificate == kind).ToList() is not [var signature])
            {
                return JpkiErrors.WrongKind;
            }

            var result = signatures.Verify(signature.Cms, transaction.Document, kind);
            if (result.IsRefused)
            {
                return result.Error;
            }

            verified[kind] = result.Value;
        }

        return new VisitCertificates(verified[CertificateKind.Authentication], verified.GetValueOrDefault(CertificateKind.Signature));
    }

    /// <summary>Step 9, revocation of each certificate, and the first half of step 10: do both belong to one person?</summary>
    public async Task<Result<VisitCertificates>> AskIssuerAsync(VisitCertificates visit, CancellationToken cancellationToken)
    {
        foreach (var certificate in new[] { visit.Authentication, visit.Signature }.OfType<VerifiedCertificate>())
        {
            var checkedOne = await revocation.CheckAsync(certificate, cancellationToken);
            if (checkedOne.IsRefused)
            {
                return checkedOne.Error;
            }
        }

        if (visit.Signature is null)
        {
            return visit;
        }

        var onePerson = await linkage.AreOnePersonAsync(visit.Authentication.Identity, visit.Signature.Identity, cancellationToken);
        if (onePerson.IsRefused)
        {
            return onePerson.Error;
        }

        return onePerson.Value ? visit : JpkiErrors.NotOnePerson;
    }

    /// <summary>Step 2, the part that is a secret: whether the answer comes from whoever fetched the document.</summary>
    public static bool ComesFromFetcher(CardTransaction transaction, CardResponse response) =>
        transaction.ResponseSecretHash is { } hash
        && CryptographicOperations.FixedTimeEquals(hash, SHA256.HashData(Encoding.UTF8.GetBytes(response.ResponseSecret)));
}
