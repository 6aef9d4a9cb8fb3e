using System.Text;
using MyPortal.Data;
using MyPortal.Features.SignIn.Card;
using MyPortal.Identity;
using MyPortal.Kernel;
using MyPortal.Sealing;

namespace MyPortal.Features.SignIn.Enrolment;

/// <summary>
/// Makes the account of a person whose two certificates signed in one transaction. Adds everything to the caller's unit of work: an
/// account, its data key, its certificate and its agent come to be together or not at all.
/// </summary>
internal sealed class EnrolCitizen(CitizenKeys keys, PortalSeal seal, CardOwners owners, HubLinks links, RandomSource random, TimeProvider clock)
{
    public const int LossCodeBytes = 10;

    public CitizenId Add(PortalDbContext db, CardVerificationResult result)
    {
        var now = clock.Now();
        var citizen = CitizenId.New(now);
        using var key = keys.Make(db, citizen);
        var lossCode = random.Bytes(LossCodeBytes);
        db.Add(Citizen.Enrol(
            citizen,
            now,
            key.Seal(result.SubjectTag ?? throw new InvalidOperationException("An enrolment without a subject tag was accepted."), OwnProfile.SubjectTagPlace(citizen)),
            links.Seal(key, citizen, result.HubCode ?? throw new InvalidOperationException("An enrolment without a hub code was accepted.")),
            seal.KeyedHash("loss-code", lossCode),
            key.Seal(Encoding.UTF8.GetBytes(ReadableLossCode(lossCode)), OwnProfile.LossCodePlace(citizen))));
        db.Add(CardCertificate.Register(
            owners.LookUpHashOf(result.Certificate.ToBytes()),
            citizen,
            key.Seal(result.Certificate.ToBytes(), new AssociatedData("CardCertificates", "Reference", citizen.ToString())),
            now,
            result.ValidUntil));
        db.Add(KnownAgent.AtEnrolment(citizen, result.AgentKeyHash, now));
        return citizen;
    }

    /// <summary>Why the account could not be kept after all: the card has one already, or the person has with another card.</summary>
    public async Task<Error> ReasonAgainstAsync(PortalDbContext db, CardVerificationResult result, CancellationToken cancellationToken) =>
        await owners.FindAsync(db, result.Certificate.ToBytes(), cancellationToken) is null ? SignInErrors.PersonEnrolled : SignInErrors.AlreadyEnrolled;

    private static string ReadableLossCode(byte[] lossCode)
    {
        var code = Crockford.Write(lossCode);
        return string.Join('-', code.Chunk(4).Select(group => new string(group)));
    }
}
