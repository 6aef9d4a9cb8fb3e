namespace MyPortal.Ui;

/// <summary>What a chip's colour says.</summary>
public enum ChipTone
{
    /// <summary>A plain fact.</summary>
    Neutral,

    /// <summary>Worth knowing.</summary>
    Information,

    /// <summary>Done, checked.</summary>
    Success,

    /// <summary>Needs care.</summary>
    Warning,

    /// <summary>Needs care now.</summary>
    Urgent,

    /// <summary>Failed or refused.</summary>
    Error,

    /// <summary>A public sender.</summary>
    Public,

    /// <summary>A private sender.</summary>
    Private,
}
