using MyPortal.Kernel;

namespace MyPortal.Features.Senders;

/// <summary>Who a sender is.</summary>
internal enum SenderKind
{
    /// <summary>Agency or municipality acting under a law 行政.</summary>
    Public,

    /// <summary>Business 民間.</summary>
    Private,
}

/// <summary>An organisation that may put notices into mailboxes. Its name and services are public and not sealed.</summary>
internal sealed class Sender
{
    private Sender()
    {
    }

    public SenderId Id { get; private set; }

    /// <summary>Name under which it authenticates (OAuth client identifier).</summary>
    public string ClientId { get; private set; } = "";

    public string Name { get; private set; } = "";

    public SenderKind Kind { get; private set; }

    public DateTimeOffset RegisteredAt { get; private set; }

    public static Sender Register(SenderId id, string clientId, string name, SenderKind kind, DateTimeOffset now) =>
        new() { Id = id, ClientId = clientId, Name = name, Kind = kind, RegisteredAt = now };
}

/// <summary>One of a sender's services; recipient codes are given per service.</summary>
internal sealed class SenderService
{
    private SenderService()
    {
    }

    public SenderServiceId Id { get; private set; }

    public SenderId SenderId { get; private set; }

    public string Name { get; private set; } = "";

    public static SenderService Open(SenderServiceId id, SenderId sender, string name) => new() { Id = id, SenderId = sender, Name = name };
}

/// <summary>A public key with which a sender signs its client assertions.</summary>
internal sealed class SenderKey
{
    private SenderKey()
    {
    }

    public Guid Id { get; private set; }

    public SenderId SenderId { get; private set; }

    /// <summary>SubjectPublicKeyInfo, DER: ECDSA P-256 (ES256) or RSA of 2048 bits or more (PS256).</summary>
    public byte[] PublicKey { get; private set; } = [];

    public DateTimeOffset RegisteredAt { get; private set; }

    public DateTimeOffset? RevokedAt { get; private set; }

    public static SenderKey Register(SenderId sender, byte[] publicKey, DateTimeOffset now) =>
        new() { Id = Guid.CreateVersion7(now), SenderId = sender, PublicKey = publicKey, RegisteredAt = now };

    public void Revoke(DateTimeOffset now) => RevokedAt ??= now;
}
