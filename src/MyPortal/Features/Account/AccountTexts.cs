namespace MyPortal.Features.Account;

/// <summary>Marks the texts of this folder.</summary>
internal sealed class AccountTexts;
