namespace MyPortal.Ui;

/// <summary>What a banner tells.</summary>
public enum BannerKind
{
    /// <summary>What was asked for is done.</summary>
    Success,

    /// <summary>Something to know.</summary>
    Information,

    /// <summary>Something to take care of.</summary>
    Warning,

    /// <summary>It did not work.</summary>
    Error,
}
