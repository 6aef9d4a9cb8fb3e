namespace MyPortal.CardAgent.Guards;

/// <summary>Ends the program when its standard input ends: a parent takes its children along, however it dies.</summary>
internal static class StandardInputRule
{
    /// <summary>Command-line switch without a value.</summary>
    public const string Switch = "--exit-with-stdin";

    public static void StopAtEnd(IHostApplicationLifetime lifetime) => new Thread(() =>
    {
        using var input = Console.OpenStandardInput();
        var nothing = new byte[256];
        while (input.Read(nothing) > 0)
        {
            // Whatever is typed means nothing; only the end counts.
        }

        lifetime.StopApplication();
    })
    { IsBackground = true, Name = "standard input" }.Start();
}
