namespace MyPortal.Ui;

/// <summary>How much of a date is said.</summary>
public enum DateForm
{
    /// <summary>Japanese era and Western year: 令和8年11月20日（2026年11月20日）.</summary>
    Formal,

    /// <summary>Short, for lists: 11月20日, with the year only when it is another one.</summary>
    List,

    /// <summary>As in lists, with hours and minutes.</summary>
    ListWithTime,

    /// <summary>Era and Western year, with hours and minutes.</summary>
    FormalWithTime,
}
