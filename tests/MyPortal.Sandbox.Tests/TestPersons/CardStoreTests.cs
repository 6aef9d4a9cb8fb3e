using System.Security.Cryptography.X509Certificates;
using MyPortal.Sandbox.TestPersons;
using MyPortal.Sandbox.CertificateAuthority;
using MyPortal.Sandbox.Storage;
using MyPortal.Sandbox.Tests.CertificateAuthority;
using MyPortal.Sandbox.VirtualCard;

namespace MyPortal.Sandbox.Tests.TestPersons;

public sealed class CardStoreTests(AuthorityFixture fixture) : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("cards-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Everyone_has_a_well_formed_pin_and_password_and_a_name_that_fits_the_card()
    {
        foreach (var person in People.All)
        {
            person.Pin.ShouldMatch("^[0-9]{4}$");
            (person.SignaturePassword ?? "NONE00").ShouldMatch("^[A-Z0-9]{6,16}$");
            person.Id.ShouldMatch("^[a-z]{1,16}$");
            person.Name.ShouldMatch("^[^ 　]+　[^ 　]+$");
        }
        People.All.Select(p => p.Id).Distinct(StringComparer.Ordinal).Count().ShouldBe(People.All.Count);
    }

    [Fact]
    public async Task A_second_start_finds_the_same_cards()
    {
        var hanako = People.All.Where(p => p.Id is "hanako").ToList();
        var first = await OpenAsync(hanako);
        var second = await OpenAsync(hanako);

        second[0].Contents.Authentication.Certificate.ShouldBe(first[0].Contents.Authentication.Certificate);
        second[0].Contents.Signature!.Certificate.HasPrivateKey.ShouldBeTrue();
    }

    [Fact]
    public async Task Each_situation_is_on_its_card()
    {
        var applets = await OpenAsync([.. People.All.Where(p => p.Condition is not CardCondition.Ordinary)]);
        JpkiApplet Card(CardCondition condition) => applets.Single(a => a.Contents.Id == People.All.Single(p => p.Condition == condition).Id);

        Card(CardCondition.OlderGeneration).Contents.Authentication.Root.Generation.ShouldBe(2);
        Card(CardCondition.NextGeneration).Contents.Authentication.Certificate.GetECDsaPublicKey().ShouldNotBeNull();
        Card(CardCondition.Expired).Contents.Authentication.Certificate.NotAfter.ShouldBeLessThan(DateTime.Now);
        Card(CardCondition.LockedPin).Pin.TriesLeft.ShouldBe(0);
        Card(CardCondition.WithoutSignature).Contents.Signature.ShouldBeNull();
        ReasonOf(Card(CardCondition.Revoked).Contents.Authentication).ShouldBe(X509RevocationReason.KeyCompromise);
        ReasonOf(Card(CardCondition.OnHold).Contents.Authentication).ShouldBe(X509RevocationReason.CertificateHold);
        ReasonOf(Card(CardCondition.Moved).Contents.Authentication).ShouldBeNull();
        ReasonOf(Card(CardCondition.Moved).Contents.Signature!).ShouldBe(X509RevocationReason.AffiliationChanged);
    }

    private X509RevocationReason? ReasonOf(IssuedLeaf leaf) => fixture.Authority.Find(leaf.Root, leaf.Serial)!.Reason;

    private Task<IReadOnlyList<JpkiApplet>> OpenAsync(IReadOnlyList<Person> people) =>
        new CardStore(fixture.Authority, new DataFolder(folder), TimeProvider.System).OpenAsync(people, TestContext.Current.CancellationToken);
}
