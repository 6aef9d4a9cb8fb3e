using MyPortal.Features.Operators.Public;
using MyPortal.Features.Operators.Accounts;
using MyPortal.Web;

namespace MyPortal.Features.Operators;

/// <summary>
/// The command <c>appoint-operator</c>: prints a one-time code with which a person becomes an operator. It is how an installation gets
/// its first operators, and the way back when none of them can sign in. Not called on behalf of an operator: whoever runs it holds the portal's keys.
/// </summary>
internal sealed class AppointOperator(MakeAppointment make, IConfiguration configuration) : IPortalCommand
{
    public string Name => "appoint-operator";

    public async Task<int> ExecuteAsync(TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        var words = configuration["Operator:Roles"] ?? "";
        if (!Enum.TryParse<OperatorRoles>(words, ignoreCase: true, out var roles) || (roles & ~OperatorRoles.Any) is not OperatorRoles.None)
        {
            await errors.WriteLineAsync($"Operator:Roles is '{words}'; it must be a list of View, Receive, Approve, Audit, Operate with commas between.");
            return 2;
        }

        var order = new AppointmentOrder(configuration["Operator:Label"], roles, configuration["Operator:Reason"] ?? Name);
        var result = await make.OpenAsync(order, cancellationToken);
        if (result.IsRefused)
        {
            await errors.WriteLineAsync($"Not appointed: {result.Error.Code}. Operator:Label is the work name, Operator:Roles the roles.");
            return 2;
        }

        await output.WriteLineAsync(result.Value);
        await errors.WriteLineAsync("The person shows a card at /login, opens /admin/appointment and enters this code within 24 hours.");
        return 0;
    }
}
