using MyPortal.Data;

namespace MyPortal.Sealing;

/// <summary>What a database says of a key that lies beside it.</summary>
internal enum KeyTestimony
{
    /// <summary>Nothing in it was made with such a key.</summary>
    Unused,

    /// <summary>Something in it was made with such a key; whether with this one was not tried.</summary>
    Used,

    /// <summary>It was made with this one.</summary>
    Fits,

    /// <summary>It was made with another one.</summary>
    Foreign,
}

/// <summary>Knows something in the database that was made with a key: asked once, for a database that has no check values of its keys yet.</summary>
internal interface IKeyWitness
{
    /// <summary>File of the key.</summary>
    string File { get; }

    Task<KeyTestimony> AskAsync(PortalDbContext db, bool hasKey, CancellationToken cancellationToken);
}
