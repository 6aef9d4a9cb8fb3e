namespace MyPortal.Kernel;

/// <summary>An identifier that cannot be mistaken for one of another kind. The value is a UUIDv7: unique, and never used for order.</summary>
internal interface ITypedId<TSelf>
    where TSelf : struct, ITypedId<TSelf>
{
    Guid Value { get; }

    static abstract TSelf From(Guid value);
}

internal readonly record struct CitizenId(Guid Value) : ITypedId<CitizenId>
{
    public static CitizenId From(Guid value) => new(value);

    public static CitizenId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    public override string ToString() => Value.ToString("D");
}

internal readonly record struct SessionId(Guid Value) : ITypedId<SessionId>
{
    public static SessionId From(Guid value) => new(value);

    public static SessionId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    public override string ToString() => Value.ToString("D");
}

internal readonly record struct SenderId(Guid Value) : ITypedId<SenderId>
{
    public static SenderId From(Guid value) => new(value);

    public static SenderId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    public override string ToString() => Value.ToString("D");
}

/// <summary>A service of a sender: what a recipient code and a consent are given for.</summary>
internal readonly record struct SenderServiceId(Guid Value) : ITypedId<SenderServiceId>
{
    public static SenderServiceId From(Guid value) => new(value);

    public static SenderServiceId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    public override string ToString() => Value.ToString("D");
}

/// <summary>A mandate; the folder it opens has the same identifier.</summary>
internal readonly record struct MandateId(Guid Value) : ITypedId<MandateId>
{
    public static MandateId From(Guid value) => new(value);

    public static MandateId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    public override string ToString() => Value.ToString("D");
}

internal readonly record struct NoticeId(Guid Value) : ITypedId<NoticeId>
{
    public static NoticeId From(Guid value) => new(value);

    public static NoticeId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    public override string ToString() => Value.ToString("D");
}

/// <summary>A consent, from the request on; the same identifier until it is over.</summary>
internal readonly record struct ConsentId(Guid Value) : ITypedId<ConsentId>, IComparable<ConsentId>
{
    public static ConsentId From(Guid value) => new(value);

    public static ConsentId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    /// <summary>Parts consents of one instant in a list, and says nothing else: engines order identifiers each in its own way.</summary>
    public int CompareTo(ConsentId other) => Value.CompareTo(other.Value);

    public static bool operator <(ConsentId left, ConsentId right) => left.CompareTo(right) < 0;

    public static bool operator >(ConsentId left, ConsentId right) => left.CompareTo(right) > 0;

    public static bool operator <=(ConsentId left, ConsentId right) => left.CompareTo(right) <= 0;

    public static bool operator >=(ConsentId left, ConsentId right) => left.CompareTo(right) >= 0;

    public override string ToString() => Value.ToString("D");
}

/// <summary>Somebody of the portal's own staff. Apart from the citizen's identifier, so that records of work are not records of a private person.</summary>
internal readonly record struct OperatorId(Guid Value) : ITypedId<OperatorId>
{
    public static OperatorId From(Guid value) => new(value);

    public static OperatorId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    public override string ToString() => Value.ToString("D");
}
