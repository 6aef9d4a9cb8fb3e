using MyPortal.Features.Operators.Public;
using MyPortal.Ui;

namespace MyPortal.Features.Operators;

/// <summary>Roles in words.</summary>
internal static class OperatorRoleLabels
{
    /// <summary>The single roles in the order of the console.</summary>
    public static readonly IReadOnlyList<OperatorRoles> Single = [OperatorRoles.View, OperatorRoles.Receive, OperatorRoles.Approve, OperatorRoles.Audit, OperatorRoles.Operate];

    public static string Of(PageText<ConsoleTexts> texts, OperatorRoles roles) =>
        string.Join(texts.Plain("and"), Single.Where(role => roles.HasFlag(role)).Select(role => texts.Plain($"role.{role}")));
}
