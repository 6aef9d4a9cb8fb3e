namespace MyPortal.Web;

/// <summary>A command that a feature contributes: the first argument of the program names it, and it runs instead of serving. docs/operations.md describes each.</summary>
internal interface IPortalCommand
{
    /// <summary>The word by which it is called.</summary>
    string Name { get; }

    /// <summary>Does it, on a database and keys that are prepared as for serving.</summary>
    /// <param name="output">What it was called for.</param>
    /// <param name="errors">Sentences for whoever called it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The exit code: 0 done, 1 found wrong, 2 not possible.</returns>
    Task<int> ExecuteAsync(TextWriter output, TextWriter errors, CancellationToken cancellationToken);
}
