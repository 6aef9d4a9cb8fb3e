namespace MyPortal.Data;

/// <summary>The file of the embedded database and its companions: theirs are the eyes of the owner only (0600), whatever the umask says.</summary>
internal static class DatabaseFile
{
    private static readonly string[] Companions = ["", "-wal", "-shm"];

    /// <summary>Makes an empty file, which SQLite takes for a new database; the companions inherit its mode.</summary>
    public static void Create(string file)
    {
        if (File.Exists(file))
        {
            return;
        }

        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        new FileStream(file, options).Dispose();
    }

    /// <summary>Takes from others what earlier versions or a careless copy gave them.</summary>
    public static void Close(string file)
    {
        foreach (var one in Companions.Select(companion => file + companion).Where(File.Exists))
        {
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(one) & PrivateFolder.Others) is not UnixFileMode.None)
            {
                File.SetUnixFileMode(one, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }
        }
    }
}
