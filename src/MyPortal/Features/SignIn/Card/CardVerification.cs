using System.Security.Cryptography;
using System.Text;
using MyPortal.Contracts.CardAgent;
using MyPortal.Hub;
using MyPortal.Jpki;
using MyPortal.Jpki.Revocation;
using MyPortal.Kernel;

namespace MyPortal.Features.SignIn.Card;

/// <summary>What signed in one transaction.</summary>
/// <param name="Authentication">Always there.</param>
/// <param name="Signature">Only at enrolment and for signing.</param>
/// <param name="Link">Only at enrolment: the signature over the linkage hub's document.</param>
internal sealed record VerifiedCertificates(VerifiedCertificate Authentication, VerifiedCertificate? Signature = null, SignedLink? Link = null);

/// <summary>The linkage hub's document with the card's signature, ready to be forwarded.</summary>
/// <param name="Document">The exact bytes.</param>
/// <param name="Cms">CMS by the user-authentication key.</param>
internal sealed record SignedLink(byte[] Document, byte[] Cms);

/// <summary>Verifies what a card signed in one transaction: first the signatures, then, once the transaction is consumed, the word of issuer and hub.</summary>
internal sealed class CardVerification(CardSignatures signatures, IRevocationSource revocation, ICertificateLinkage linkage, PairwiseIdentifier ownCode)
{
    private const int OwnDocument = 0;
    private const int LinkDocument = 1;

    /// <summary>Both documents of an enrolment must be signed by one card; with two, somebody would get another person's code.</summary>
    private static readonly Error TwoCards = new("card.two-cards", ErrorKind.Forbidden);

    /// <summary>
    /// Which certificates sign for a purpose. Enrolment and signing take both: the authentication certificate says who the person is
    /// here, the signature certificate binds that person to what is signed.
    /// </summary>
    public static ReadOnlySpan<CertificateKind> CertificatesFor(CardPurpose purpose) => purpose is CardPurpose.Enrol or CardPurpose.Sign
        ? (ReadOnlySpan<CertificateKind>)[CertificateKind.Authentication, CertificateKind.Signature]
        : [CertificateKind.Authentication];

    /// <summary>Steps 1 and 3 to 7 for every signature asked for; the first refusal ends it.</summary>
    public Result<VerifiedCertificates> VerifySignatures(CardTransaction transaction, CardResponse response) => transaction.Purpose switch
    {
        CardPurpose.Enrol => VerifyEnrolment(transaction, response),
        CardPurpose.Sign => VerifySigning(transaction, response),
        _ => VerifyLogin(transaction, response),
    };

    private Result<VerifiedCertificates> VerifyLogin(CardTransaction transaction, CardResponse response)
    {
        var authentication = response.Signatures.Count is 1 ? Verify(response, OwnDocument, transaction.Document, CertificateKind.Authentication) : JpkiErrors.NotOneSigner;
        return authentication.IsRefused ? authentication.Error : new VerifiedCertificates(authentication.Value);
    }

    private Result<VerifiedCertificates> VerifySigning(CardTransaction transaction, CardResponse response)
    {
        var authentication = response.Signatures.Count is 2 ? Verify(response, OwnDocument, transaction.Document, CertificateKind.Authentication) : JpkiErrors.NotOneSigner;
        if (authentication.IsRefused)
        {
            return authentication.Error;
        }

        var signature = Verify(response, OwnDocument, transaction.Document, CertificateKind.Signature);
        return signature.IsRefused ? signature.Error : new VerifiedCertificates(authentication.Value, signature.Value);
    }

    private Result<VerifiedCertificates> VerifyEnrolment(CardTransaction transaction, CardResponse response)
    {
        if (response.Signatures.Count is not 3 || transaction.LinkDocument is not { } linkDocument)
        {
            return JpkiErrors.NotOneSigner;
        }

        var authentication = Verify(response, OwnDocument, transaction.Document, CertificateKind.Authentication);
        if (authentication.IsRefused)
        {
            return authentication.Error;
        }

        var signature = Verify(response, OwnDocument, transaction.Document, CertificateKind.Signature);
        if (signature.IsRefused)
        {
            return signature.Error;
        }

        var link = Verify(response, LinkDocument, linkDocument, CertificateKind.Authentication);
        if (link.IsRefused)
        {
            return link.Error;
        }

        return link.Value.Identity == authentication.Value.Identity
            ? new VerifiedCertificates(authentication.Value, signature.Value, new SignedLink(linkDocument, CmsOf(response, LinkDocument, CertificateKind.Authentication)!))
            : TwoCards;
    }

    /// <summary>Step 9, revocation of each certificate, and the first half of step 10: do both belong to one person?</summary>
    public async Task<Result<VerifiedCertificates>> AskIssuerAsync(VerifiedCertificates verified, CancellationToken cancellationToken)
    {
        foreach (var certificate in new[] { verified.Authentication, verified.Signature }.OfType<VerifiedCertificate>())
        {
            var checkedOne = await revocation.CheckAsync(certificate, cancellationToken);
            if (checkedOne.IsRefused)
            {
                return checkedOne.Error;
            }
        }

        if (verified.Signature is null)
        {
            return verified;
        }

        var onePerson = await linkage.AreOnePersonAsync(verified.Authentication.Identity, verified.Signature.Identity, cancellationToken);
        if (onePerson.IsRefused)
        {
            return onePerson.Error;
        }

        return onePerson.Value ? verified : JpkiErrors.NotOnePerson;
    }

    /// <summary>The portal's own code of the person at the linkage hub; null where the purpose needs none. It is asked last, because a nonce works once.</summary>
    public async Task<Result<string?>> AskHubAsync(VerifiedCertificates verified, CancellationToken cancellationToken)
    {
        if (verified.Link is null)
        {
            return (string?)null;
        }

        var code = await ownCode.FetchAsync(verified.Link.Document, verified.Link.Cms, cancellationToken);
        return code.IsRefused ? code.Error : code.Value;
    }

    /// <summary>Step 2, the part that is a secret: whether the answer comes from whoever fetched the document.</summary>
    public static bool ComesFromFetcher(CardTransaction transaction, CardResponse response) =>
        transaction.ResponseSecretHash is { } hash
        && CryptographicOperations.FixedTimeEquals(hash, SHA256.HashData(Encoding.UTF8.GetBytes(response.ResponseSecret)));

    private Result<VerifiedCertificate> Verify(CardResponse response, int document, byte[] bytes, CertificateKind kind) =>
        CmsOf(response, document, kind) is { } cms ? signatures.Verify(cms, bytes, kind) : JpkiErrors.WrongKind;

    private static byte[]? CmsOf(CardResponse response, int document, CertificateKind kind) =>
        response.Signatures.Where(signature => signature.Document == document && signature.Certificate == kind).ToList() is [var only] ? only.Cms : null;
}
