namespace MyPortal.Sandbox.Roles;

/// <summary>What can be wrong with a service on request.</summary>
internal enum InjectedFault
{
    None,

    /// <summary>Answers half a minute late.</summary>
    Slow,

    /// <summary>Answers with bytes that nobody can open.</summary>
    Garbage,

    /// <summary>Opens another person's file.</summary>
    WrongPerson,

    /// <summary>Its clock is five minutes fast.</summary>
    Clock,
}

/// <summary>The trouble a service is in; set from the control page.</summary>
internal sealed class FaultInjection
{
    private volatile InjectedFault kind;

    public InjectedFault Kind
    {
        get => kind;
        set => kind = value;
    }

    /// <summary>As in addresses, for example <c>wrong-person</c>; null for a word that is none.</summary>
    public static InjectedFault? Read(string? word) => word switch
    {
        "none" => InjectedFault.None,
        "slow" => InjectedFault.Slow,
        "garbage" => InjectedFault.Garbage,
        "wrong-person" => InjectedFault.WrongPerson,
        "clock" => InjectedFault.Clock,
        _ => null,
    };
}

/// <summary>A clock that is right unless the service is in trouble with it.</summary>
internal sealed class FaultyClock(TimeProvider right, FaultInjection trouble) : TimeProvider
{
    private static readonly TimeSpan Fast = TimeSpan.FromMinutes(5);

    public override DateTimeOffset GetUtcNow() => trouble.Kind is InjectedFault.Clock ? right.GetUtcNow() + Fast : right.GetUtcNow();

    public override TimeZoneInfo LocalTimeZone => right.LocalTimeZone;

    public override long TimestampFrequency => right.TimestampFrequency;

    public override long GetTimestamp() => right.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => right.CreateTimer(callback, state, dueTime, period);
}
