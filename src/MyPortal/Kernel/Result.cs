namespace MyPortal.Kernel;

/// <summary>How a refusal is answered at the edge.</summary>
internal enum ErrorKind
{
    Invalid,
    NotFound,
    Forbidden,
    Conflict,
    Unavailable,
}

/// <summary>A refusal that a citizen or a sender can cause. The code is stable and published; texts may change.</summary>
internal sealed record Error(string Code, ErrorKind Kind);

/// <summary>Either a value or a refusal.</summary>
internal readonly struct Result<T>
{
    private readonly T value;
    private readonly Error? error;

    private Result(T value, Error? error)
    {
        this.value = value;
        this.error = error;
    }

    public bool IsRefused => error is not null;

    public Error Error => error ?? throw new InvalidOperationException("The result is not refused.");

    public T Value => error is null ? value : throw new InvalidOperationException($"The result is refused: {error.Code}.");

    public static implicit operator Result<T>(T value) => new(value, null);

    public static implicit operator Result<T>(Error error) => new(default!, error);
}
