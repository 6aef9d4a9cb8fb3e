using MyPortal.Contracts.SenderApi;
using MyPortal.Kernel;

namespace MyPortal.Features.Proxies;

/// <summary>How far a mandate is. What ended stays ended.</summary>
internal enum MandateState
{
    /// <summary>Written by the principal; whoever has the code may claim it.</summary>
    Invited,

    /// <summary>Somebody entered the code; it is that person's to sign or decline.</summary>
    Claimed,

    /// <summary>The proxy signed; the principal has not yet.</summary>
    Accepted,

    /// <summary>Both signed.</summary>
    Active,

    /// <summary>The principal ended it.</summary>
    Stopped,

    /// <summary>The principal ended it without a word to the proxy, who keeps what was opened and gets nothing new.</summary>
    StoppedSilently,

    /// <summary>The proxy declined.</summary>
    Refused,

    /// <summary>The principal took it back before both had signed.</summary>
    Withdrawn,
}

/// <summary>
/// What one person may see of another one's notices, from when and until when. Its words and names are sealed; of certificates only
/// keyed hashes are kept.
/// </summary>
internal sealed class Mandate
{
    public static readonly TimeSpan InvitationLife = TimeSpan.FromDays(7);
    public const int LongestYears = 3;
    public const int UsualYears = 1;
    public const int CodeBytes = 16;

    private Mandate()
    {
    }

    public MandateId Id { get; private set; }

    /// <summary>Whose notices they are.</summary>
    public CitizenId Principal { get; private set; }

    /// <summary>Who may see them; null until somebody entered the code.</summary>
    public CitizenId? Proxy { get; private set; }

    public MandateState State { get; private set; }

    /// <summary>Keyed hash of the invitation code.</summary>
    public byte[] InvitationHash { get; private set; } = [];

    public DateTimeOffset InvitedAt { get; private set; }

    /// <summary>The proxy must have signed before.</summary>
    public DateTimeOffset InvitedUntil { get; private set; }

    /// <summary>When the second signature was taken; nothing delivered earlier is in the folder.</summary>
    public DateTimeOffset? ValidFrom { get; private set; }

    public DateTimeOffset ValidUntil { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>Text and names, under the principal's key.</summary>
    public byte[] SealedTerms { get; private set; } = [];

    /// <summary>The certified name of the proxy, under the principal's key.</summary>
    public byte[]? SealedProxyName { get; private set; }

    /// <summary>What the proxy has to know about the folder, under the proxy's own key.</summary>
    public byte[]? SealedForProxy { get; private set; }

    /// <summary>SHA-256 of the document that the proxy's card signed.</summary>
    public byte[]? ProxyDocumentHash { get; private set; }

    /// <summary>Keyed hash of the certificate that signed it.</summary>
    public byte[]? ProxySignerHash { get; private set; }

    /// <summary>SHA-256 of the document that the principal's card signed.</summary>
    public byte[]? PrincipalDocumentHash { get; private set; }

    /// <summary>Keyed hash of the certificate that signed it.</summary>
    public byte[]? PrincipalSignerHash { get; private set; }

    /// <summary>What the portal verified, signed by the portal, under the principal's key.</summary>
    public byte[]? SealedStatement { get; private set; }

    /// <summary>Number of notices ever put into the folder.</summary>
    public long LastPosition { get; private set; }

    /// <summary>Notices in the folder that the proxy has not opened.</summary>
    public int Unread { get; private set; }

    /// <summary>When the proxy last looked into the folder.</summary>
    public DateTimeOffset? LastUsedAt { get; private set; }

    public static Mandate Invite(MandateId id, CitizenId principal, byte[] invitationHash, DateTimeOffset now, DateTimeOffset validUntil, byte[] sealedTerms) => new()
    {
        Id = id,
        Principal = principal,
        State = MandateState.Invited,
        InvitationHash = invitationHash,
        InvitedAt = now,
        InvitedUntil = now + InvitationLife,
        ValidUntil = validUntil,
        SealedTerms = sealedTerms,
    };

    public bool IsInvitationOpen(DateTimeOffset now) => InvitedUntil.EndsWithin(InvitationLife, now);

    /// <summary>Gives the invitation to the person who entered its code; a second person gets nothing.</summary>
    public bool Claim(CitizenId proxy, DateTimeOffset now)
    {
        if (State is not MandateState.Invited || proxy == Principal || !IsInvitationOpen(now) || now >= ValidUntil)
        {
            return false;
        }

        Proxy = proxy;
        State = MandateState.Claimed;
        return true;
    }

    public bool Accept(SignatureMark mark, byte[] sealedProxyName, byte[] sealedForProxy, DateTimeOffset now)
    {
        if (State is not MandateState.Claimed || !IsInvitationOpen(now) || now >= ValidUntil)
        {
            return false;
        }

        State = MandateState.Accepted;
        (ProxyDocumentHash, ProxySignerHash) = (mark.DocumentHash, mark.SignerHash);
        (SealedProxyName, SealedForProxy) = (sealedProxyName, sealedForProxy);
        return true;
    }

    public bool Refuse(DateTimeOffset now)
    {
        if (State is not MandateState.Claimed)
        {
            return false;
        }

        State = MandateState.Refused;
        EndedAt = now;
        return true;
    }

    public bool Activate(SignatureMark mark, byte[] sealedStatement, DateTimeOffset now)
    {
        if (State is not MandateState.Accepted || now >= ValidUntil)
        {
            return false;
        }

        State = MandateState.Active;
        ValidFrom = now;
        (PrincipalDocumentHash, PrincipalSignerHash) = (mark.DocumentHash, mark.SignerHash);
        SealedStatement = sealedStatement;
        return true;
    }

    /// <summary>Ends it at once; false when it had ended before.</summary>
    public bool Stop(DateTimeOffset now, bool isSilent)
    {
        if (State is not (MandateState.Invited or MandateState.Claimed or MandateState.Accepted or MandateState.Active))
        {
            return false;
        }

        State = State is not MandateState.Active ? MandateState.Withdrawn : isSilent ? MandateState.StoppedSilently : MandateState.Stopped;
        EndedAt = now;
        return true;
    }
}

/// <summary>What is kept of a signature.</summary>
internal sealed record SignatureMark(byte[] DocumentHash, byte[] SignerHash);

/// <summary>A sender whose notices are in scope; none means every sender.</summary>
internal sealed class MandateSender
{
    private MandateSender()
    {
    }

    public MandateId MandateId { get; private set; }

    public SenderId SenderId { get; private set; }

    public static MandateSender Of(MandateId mandate, SenderId sender) => new() { MandateId = mandate, SenderId = sender };
}

/// <summary>A type of notice in scope; none means every type.</summary>
internal sealed class MandateTopic
{
    private MandateTopic()
    {
    }

    public MandateId MandateId { get; private set; }

    public NoticeType Topic { get; private set; }

    public static MandateTopic Of(MandateId mandate, NoticeType topic) => new() { MandateId = mandate, Topic = topic };
}

/// <summary>A notice in a proxy's folder: a reference, never a copy. Its read mark is the proxy's own.</summary>
internal sealed class FolderItem
{
    private FolderItem()
    {
    }

    public MandateId MandateId { get; private set; }

    /// <summary>Place in the folder, counted up in the order of delivery; lists page by it.</summary>
    public long Position { get; private set; }

    public NoticeId NoticeId { get; private set; }

    public DateTimeOffset DeliveredAt { get; private set; }

    public bool IsUnread { get; private set; }

    /// <summary>When the proxy opened it first; the principal sees it.</summary>
    public DateTimeOffset? FirstOpenedAt { get; private set; }

    public static FolderItem Deliver(MandateId mandate, long position, NoticeId notice, DateTimeOffset deliveredAt) =>
        new() { MandateId = mandate, Position = position, NoticeId = notice, DeliveredAt = deliveredAt, IsUnread = true };
}
