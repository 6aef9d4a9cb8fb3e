using System.Security.Cryptography.X509Certificates;
using MyPortal.Contracts.CardAgent;
using MyPortal.Sandbox.CertificateAuthority;
using MyPortal.Sandbox.Storage;
using MyPortal.Sandbox.VirtualCard;

namespace MyPortal.Sandbox.TestPersons;

/// <summary>Hands every person the card of their situation, once; later starts find the same cards.</summary>
internal sealed class CardStore(IssuingAuthority authority, DataFolder folder, TimeProvider clock)
{
    /// <summary>One applet per person, in the order of <see cref="People"/>.</summary>
    public async Task<IReadOnlyList<JpkiApplet>> OpenAsync(IReadOnlyList<Person> people, CancellationToken cancellationToken) =>
        await Task.WhenAll(people.Select(person => Task.Run(() => LoadOrIssue(person), cancellationToken)));

    private JpkiApplet LoadOrIssue(Person person)
    {
        var own = folder.Sub(person.Id);
        var isNew = own.ReadOrNull("authentication.pem") is null;
        // The authentication certificate is written last: a start that was interrupted here begins this card anew.
        var signature = person.SignaturePassword is null ? null : Load(own, CertificateKind.Signature, person) ?? Issue(own, CertificateKind.Signature, person);
        var authentication = Load(own, CertificateKind.Authentication, person) ?? Issue(own, CertificateKind.Authentication, person);
        var applet = new JpkiApplet(new CardContents(person.Id, authentication, signature, person.Pin, person.SignaturePassword), own);
        if (isNew && person.Condition is CardCondition.LockedPin) applet.Pin.SetTries(0);
        return applet;
    }

    private IssuedLeaf Issue(DataFolder own, CertificateKind kind, Person person)
    {
        var now = clock.GetUtcNow();
        var leaf = authority.Issue(new LeafOrder(kind, person.Id, person.Attributes)
        {
            Key = person.Condition is CardCondition.NextGeneration ? LeafKey.EcP384 : LeafKey.Rsa2048,
            Generation = GenerationOf(person),
            NotAfter = person.Condition is CardCondition.Expired ? now.AddDays(-1) : null,
        });
        if (ReasonToRevoke(kind, person.Condition) is { } reason) authority.Revoke(leaf.Serial, reason);

        var name = FileName(kind);
        own.Write(name + ".key", PrivateKeyPem(leaf.Certificate));
        own.Write(name + ".pem", leaf.Certificate.ExportCertificatePem());
        return leaf;
    }

    private IssuedLeaf? Load(DataFolder own, CertificateKind kind, Person person) =>
        own.ReadOrNull(FileName(kind) + ".pem") is { } pem
            ? new IssuedLeaf(kind, X509Certificate2.CreateFromPem(pem, own.ReadOrNull(FileName(kind) + ".key")), authority.Root(kind, GenerationOf(person)))
            : null;

    private static string FileName(CertificateKind kind) => kind is CertificateKind.Signature ? "signature" : "authentication";

    private static int GenerationOf(Person person) =>
        person.Condition is CardCondition.OlderGeneration ? IssuingAuthority.CurrentGeneration - 1 : IssuingAuthority.CurrentGeneration;

    private static X509RevocationReason? ReasonToRevoke(CertificateKind kind, CardCondition condition) => (kind, condition) switch
    {
        (_, CardCondition.Revoked) => X509RevocationReason.KeyCompromise,
        (CertificateKind.Authentication, CardCondition.OnHold) => X509RevocationReason.CertificateHold,
        (CertificateKind.Signature, CardCondition.Moved) => X509RevocationReason.AffiliationChanged,
        _ => null,
    };

    private static string PrivateKeyPem(X509Certificate2 certificate)
    {
        using System.Security.Cryptography.AsymmetricAlgorithm? key = certificate.GetECDsaPrivateKey() is { } ec ? ec : certificate.GetRSAPrivateKey();
        return key!.ExportPkcs8PrivateKeyPem();
    }
}
