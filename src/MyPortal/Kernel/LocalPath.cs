namespace MyPortal.Kernel;

/// <summary>Addresses to go back to. Only paths of this site are followed: anything else would make us a signpost for strangers.</summary>
internal static class LocalPath
{
    public static string OrHome(string? path) => IsLocal(path) ? path! : "/";

    public static bool IsLocal(string? path)
    {
        // "//host" and "/\host" leave the site; control characters are dropped by browsers and would make "/\t/host" the same.
        return path is ['/', ..]
            && path is not ['/', '/' or '\\', ..]
            && path.All(c => c is > ' ' and < (char)0x7F);
    }
}
