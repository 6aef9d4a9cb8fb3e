namespace MyPortal.Scripts.Shared;

/// <summary>Data of an earlier release whose folder had another name.</summary>
public static class FormerFolder
{
    /// <summary>Gives the folder its new name, unless there is one of that name already.</summary>
    public static void Move(string former, string current)
    {
        if (Directory.Exists(former) && !Directory.Exists(current))
        {
            Directory.Move(former, current);
        }
    }
}
