namespace MyPortal.Sandbox.Storage;

/// <summary>
/// A folder only this account may read. Files appear whole or not at all, so that a killed process leaves the last good state.
/// </summary>
internal sealed class DataFolder
{
    private const UnixFileMode OwnerOnlyFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OwnerOnlyFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public DataFolder(string path)
    {
        Path = System.IO.Path.GetFullPath(path);
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(Path);
        else Directory.CreateDirectory(Path, OwnerOnlyFolder);
    }

    public string Path { get; }

    public DataFolder Sub(string name) => new(File(name));

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public string? ReadOrNull(string name) => System.IO.File.Exists(File(name)) ? System.IO.File.ReadAllText(File(name)) : null;

    public void Write(string name, string text)
    {
        var fresh = File(name + ".new");
        System.IO.File.Delete(fresh);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnlyFile;
        using (var writer = new StreamWriter(fresh, options))
        {
            writer.Write(text);
        }
        System.IO.File.Move(fresh, File(name), overwrite: true);
    }
}
