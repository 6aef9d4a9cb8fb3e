namespace MyPortal.Sandbox.WorldMaking;

/// <summary>Something outside did not behave as agreed; the message is shown on the control page and holds no secret.</summary>
internal sealed class WorldTroubleException : Exception
{
    public WorldTroubleException()
    {
    }

    public WorldTroubleException(string message)
        : base(message)
    {
    }

    public WorldTroubleException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
