using System.Runtime.InteropServices;

namespace MyPortal.Scripts.Shared;

/// <summary>Libraries of the operating system without which the product does not start.</summary>
public static class Libraries
{
    // The product loads these very names, oldest and newest ICU that .NET looks for.
    private const int OldestIcu = 50;
    private const int NewestIcu = 100;

    public static bool HasIcu =>
        !OperatingSystem.IsLinux() || Enumerable.Range(OldestIcu, NewestIcu - OldestIcu).Any(version => CanLoad($"libicuuc.so.{version}"));

    /// <summary>One sentence per missing library, with the way to get it.</summary>
    public static IEnumerable<string> Missing()
    {
        if (!HasIcu)
        {
            yield return "The library ICU is missing, Japanese dates and sorting need it; on Debian: apt-get install libicu-dev";
        }
    }

    private static bool CanLoad(string name) => NativeLibrary.TryLoad(name, out _);
}
