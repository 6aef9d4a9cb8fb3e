namespace MyPortal.Sandbox.Seeding;

/// <summary>Something outside did not behave as agreed; the message is shown on the control page and holds no secret.</summary>
internal sealed class SeedingException : Exception
{
    public SeedingException()
    {
    }

    public SeedingException(string message)
        : base(message)
    {
    }

    public SeedingException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
