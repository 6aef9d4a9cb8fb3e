using MyPortal.Kernel;

namespace MyPortal.Features.Operators.Public;

/// <summary>Kinds of work that can wait; each is a line of the console's first page.</summary>
internal enum WaitingWork
{
    /// <summary>Applications of senders that somebody else submitted.</summary>
    Applications,

    /// <summary>Appointments that somebody else proposed.</summary>
    Appointments,

    /// <summary>Keys of senders that end within a month.</summary>
    EndingKeys,
}

/// <summary>Work that waits.</summary>
/// <param name="Kind">Which work.</param>
/// <param name="Count">How much of it.</param>
/// <param name="Href">Where it is done.</param>
internal sealed record WaitingLine(WaitingWork Kind, int Count, string Href);

/// <summary>Tells the console's first page what waits for an operator. Every feature with a part in the console has one.</summary>
internal interface IConsoleWork
{
    Task<IReadOnlyList<WaitingLine>> WaitingAsync(ActingOperator by, CancellationToken cancellationToken);
}

/// <summary>Names operators on the pages of other features.</summary>
internal interface IOperatorNames
{
    /// <summary>Work names by identifier. Whoever asks is an operator.</summary>
    Task<IReadOnlyDictionary<OperatorId, string>> FindAsync(ActingOperator by, IReadOnlyCollection<OperatorId> ids, CancellationToken cancellationToken);
}
