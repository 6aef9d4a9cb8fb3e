using Microsoft.AspNetCore.Components;

namespace MyPortal.Ui;

/// <summary>What is wrong with one field of a form.</summary>
/// <param name="FieldId">The <c>id</c> of the field; the error summary links to it.</param>
/// <param name="Text">What to do about it, in the same words at the field and in the summary.</param>
public sealed record FieldProblem(string FieldId, RenderFragment Text);
