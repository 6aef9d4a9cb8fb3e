using System.Globalization;
using System.Text;
using MyPortal.Features.Senders.Public;

namespace MyPortal.Features.Senders.Console;

/// <summary>Reads the form of a sender's facts. It has a changing number of services, which no bound model could name.</summary>
internal static class SenderFormReader
{
    /// <summary>What was typed, as it was typed; whether it is right is the use case's question.</summary>
    public static SenderApplication Read(IFormCollection form)
    {
        var services = new List<ServiceApplication>();
        for (var i = 0; i < SenderApplication.MostServices; i++)
        {
            var (name, basis, topics) = (Line(form, $"service-{i}-name"), Line(form, $"service-{i}-basisText"), LinesOf(form[$"service-{i}-topics"]));
            Guid? id = Guid.TryParse(form[$"service-{i}-id"], out var known) ? known : null;
            if (id is null && name.Length is 0 && basis.Length is 0 && topics.Count is 0)
            {
                continue;
            }

            services.Add(new ServiceApplication(name, string.Equals(form[$"service-{i}-basis"], nameof(ServiceBasis.Law), StringComparison.Ordinal) ? ServiceBasis.Law : ServiceBasis.Consent, basis, topics, id));
        }

        var kind = string.Equals(form["kind"], nameof(SenderKind.Public), StringComparison.Ordinal) ? SenderKind.Public : SenderKind.Private;
        return new SenderApplication(Line(form, "name"), kind, Line(form, "about"), Number(form, "quotaPerMinute"), Number(form, "quotaPerDay"), services)
        {
            Requester = RequesterIn(form),
        };
    }

    // Four empty fields say that nobody is asked; anything else has to be complete.
    private static ConsentRequester? RequesterIn(IFormCollection form)
    {
        var requester = new ConsentRequester(
            Line(form, "corporateNumber").Normalize(NormalizationForm.FormKC), Line(form, "contact"), LinesOf(form["returnAddresses"]), Line(form, "messageAddress"));
        return requester is { CorporateNumber: "", Contact: "", ReturnAddresses.Count: 0, MessageAddress: "" } ? null : requester;
    }

    /// <summary>One text, without surrounding space.</summary>
    public static string Line(IFormCollection form, string name) => form[name].ToString().Trim();

    private static int Number(IFormCollection form, string name) =>
        int.TryParse(Line(form, name).Normalize(NormalizationForm.FormKC), NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static List<string> LinesOf(string? text) =>
        [.. (text ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
}
