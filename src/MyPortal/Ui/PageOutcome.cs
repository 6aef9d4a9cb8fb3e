namespace MyPortal.Ui;

/// <summary>How the post before this page ended; it opens the page's title, so that a screen reader says it first.</summary>
public enum PageOutcome
{
    /// <summary>Nothing was posted.</summary>
    None,

    /// <summary>Something has to be corrected.</summary>
    Error,

    /// <summary>It is done.</summary>
    Done,
}
