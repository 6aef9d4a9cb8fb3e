using MyPortal.Features.Operators.Public;
using MyPortal.Features.Operators.Accounts;
using MyPortal.Identity;
using MyPortal.Kernel;

namespace MyPortal.Tests.Fixtures;

/// <summary>Somebody who works in the console of a portal under test.</summary>
internal sealed record TestOperator(OperatorId Id, CitizenId Citizen, HttpClient Browser, ActingOperator Acting)
{
    /// <summary>Appoints a new person and signs it in; the session's card is fresh.</summary>
    public static async Task<TestOperator> SignedInAsync(TestPortal portal, OperatorRoles roles, string label = "運用 一郎")
    {
        var person = await portal.SignInAsync();
        var id = await AppointAsync(portal, person.Citizen, roles, label);
        return new TestOperator(id, person.Citizen, person.Browser, new ActingOperator(id, roles, person.Viewer));
    }

    /// <summary>Makes somebody an operator by a code, as the command line and the person do.</summary>
    public static async Task<OperatorId> AppointAsync(TestPortal portal, CitizenId citizen, OperatorRoles roles, string label = "運用 一郎")
    {
        var code = await portal.Get<MakeAppointment>().OpenAsync(new AppointmentOrder(label, roles, "試験のため"), CancellationToken.None);
        var viewer = new Viewer(citizen, default, AssuranceLevel.CardWithPin, default) { LastCardAt = portal.Clock.Now() };
        return (await portal.Get<AcceptAppointment>().ExecuteAsync(viewer, code.Value, CancellationToken.None)).Value;
    }

    /// <summary>Fills in the form of a page that has this button or field, and sends it.</summary>
    public async Task<HttpResponseMessage> FillInAsync(string page, string handler, params (string Name, string Value)[] typed)
    {
        var document = await Browser.OpenAsync(page);
        var form = document.QuerySelectorAll("main form").First(found => found.QuerySelector($"input[name='_handler'][value='{handler}']") is not null);
        var fields = form.QuerySelectorAll("input, textarea")
            .Where(field => field.GetAttribute("type") is not ("radio" or "checkbox") || field.HasAttribute("checked"))
            .Select(field => KeyValuePair.Create(field.GetAttribute("name")!, field.LocalName is "textarea" ? field.TextContent : field.GetAttribute("value") ?? ""))
            .Where(field => !typed.Any(entry => entry.Name == field.Key))
            .Concat(typed.Select(entry => KeyValuePair.Create(entry.Name, entry.Value)));
        using var content = new FormUrlEncodedContent(fields);
        return await Browser.PostAsync(form.GetAttribute("action"), content, TestContext.Current.CancellationToken);
    }

    /// <summary>Presses a button that is a form of its own.</summary>
    public Task<HttpResponseMessage> PressAsync(string address) => Security.RouteFixture.AskAsync(Browser, "POST", address);
}
