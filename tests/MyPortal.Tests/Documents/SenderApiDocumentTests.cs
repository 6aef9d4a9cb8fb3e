using System.Reflection;
using System.Text.RegularExpressions;
using MyPortal.Contracts.SenderApi;
using MyPortal.Features.Consents;
using MyPortal.Features.Notices;
using MyPortal.Features.Senders;
using MyPortal.Kernel;
using MyPortal.Tests.Fixtures;
using MyPortal.Web;

namespace MyPortal.Tests.Documents;

public sealed partial class SenderApiDocumentTests
{
    private static readonly string Document = File.ReadAllText(RepositoryFiles.At("docs", "sender-api.md"));

    [Fact]
    public void Every_code_a_sender_can_meet_is_published()
    {
        var codes = new[] { typeof(ConsentErrors), typeof(NoticeErrors), typeof(SenderErrors), typeof(RequestErrors) }
            .SelectMany(list => list.GetFields(BindingFlags.Public | BindingFlags.Static))
            .Select(field => ((Error)field.GetValue(null)!).Code)
            .Where(code => !string.Equals(code, NoticeErrors.Unreadable.Code, StringComparison.Ordinal)) // Only the page of the citizen meets it.
            .Concat(QuotedCode().Matches(File.ReadAllText(RepositoryFiles.At("src", "MyPortal", "Features", "Notices", "Sending", "CheckNotice.cs"))).Select(match => match.Groups["code"].Value))
            .Concat(QuotedCode().Matches(File.ReadAllText(RepositoryFiles.At("src", "MyPortal", "Features", "Consents", "Requesting", "CheckConsentClaims.cs"))).Select(match => match.Groups["code"].Value));

        codes.Where(code => !Document.Contains($"`{code}`", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void Every_type_of_notice_is_published() =>
        Enum.GetNames<NoticeType>().Where(name => !Document.Contains($"`{char.ToLowerInvariant(name[0])}{name[1..]}`", StringComparison.Ordinal)).ShouldBeEmpty();

    [GeneratedRegex("\"(?<code>(notice|consent)\\.[a-z-]+)\"", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex QuotedCode();
}
