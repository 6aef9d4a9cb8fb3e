namespace MyPortal.Scripts.Shared;

/// <summary>Command-line options of a script: <c>--flag</c> and <c>--name value</c>, and words without dashes.</summary>
public sealed class Options
{
    private readonly Dictionary<string, string?> given = new(StringComparer.Ordinal);

    private Options()
    {
    }

    /// <summary>Everything that is not an option.</summary>
    public List<string> Words { get; } = [];

    public string? this[string name] => given.GetValueOrDefault(name);

    public bool Has(string name) => given.ContainsKey(name);

    /// <summary>Reads the arguments; ends the script with its usage text when one is unknown.</summary>
    public static Options Read(string[] arguments, string usage, string[] flags, string[] named)
    {
        var options = new Options();
        for (var i = 0; i < arguments.Length; i++)
        {
            var argument = arguments[i];
            if (!argument.StartsWith("--", StringComparison.Ordinal))
            {
                options.Words.Add(argument);
            }
            else if (flags.Contains(argument))
            {
                options.given[argument] = null;
            }
            else if (named.Contains(argument) && i + 1 < arguments.Length)
            {
                options.given[argument] = arguments[++i];
            }
            else
            {
                Console.WriteLine(argument is "--help" ? usage : $"{argument} is not an option, or its value is missing.\n{usage}");
                Environment.Exit(argument is "--help" ? 0 : 2);
            }
        }

        return options;
    }
}
