namespace MyPortal.Scripts.Shared;

/// <summary>Something that a person at the console can understand and mend; its message is shown without a stack trace.</summary>
public sealed class StartException(string message) : Exception(message);
