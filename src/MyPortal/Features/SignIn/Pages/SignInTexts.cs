namespace MyPortal.Features.SignIn.Pages;

/// <summary>Marks the texts of this folder.</summary>
internal sealed class SignInTexts;
