namespace MyPortal.Ui;

/// <summary>Which of the card's secrets is meant.</summary>
public enum PinKind
{
    /// <summary>Four digits, for showing who one is.</summary>
    Authentication,

    /// <summary>Six to sixteen letters and digits, for signing.</summary>
    Signature,
}
