using Microsoft.AspNetCore.Components;

namespace MyPortal.Ui;

/// <summary>One of several things to choose from.</summary>
/// <param name="Value">What is posted.</param>
/// <param name="Text">What it means.</param>
public sealed record Choice(string Value, RenderFragment Text);
