using System.Globalization;
using MyPortal.Contracts.Hub;
using MyPortal.Sandbox.Organisations;

namespace MyPortal.Sandbox.ResidentNetwork;

/// <summary>The numbering body 付番機関: answers the hub, and nobody else, which idCode stands behind a certificate.</summary>
internal sealed class NumberingBody(ResidentBook residents, CardEvidence evidence)
{
    public const string Id = "numbering-body";

    private const string HubClass = "hub";

    public void Map(IEndpointRouteBuilder routes, SignedEndpoint desk)
    {
        desk.Map(routes, HttpMethods.Post, "/v1/resolve-certificate", call => Task.FromResult(Answer<CodeByCertificate>(call, Resolve)));
        desk.Map(routes, HttpMethods.Post, "/v1/subject-proof", call => Task.FromResult(Answer<SubjectQuestion>(call, Prove)));
    }

    private SignedAnswer Resolve(CodeByCertificate question)
    {
        if (evidence.HolderOf(question.Document, question.Cms) is not { } holder) return Refuse(HubRefusal.SigInvalid);
        return residents.IdCodeOf(holder) is { } idCode
            ? SignedAnswer.Of(new ResolvedCertificate(idCode.ToString("x16", CultureInfo.InvariantCulture)))
            : Refuse(HubRefusal.CodeUnknown);
    }

    private SignedAnswer Prove(SubjectQuestion question)
    {
        if (!ulong.TryParse(question.IdCode, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var idCode)) return Refuse(HubRefusal.Schema);
        return residents.SubjectOf(idCode) is { } subject
            ? SignedAnswer.Of(new SubjectEvidence(SubjectCheck.Tag(subject, question.RequestId, HubClass), SubjectCheck.Proof(subject, question.CoreHash)))
            : Refuse(HubRefusal.CodeUnknown);
    }

    private static SignedAnswer Answer<T>(SignedCall call, Func<T, SignedAnswer> answer)
        where T : class
    {
        if (call.Sender.Class is not HubClass) return Refuse(HubRefusal.ClassNotEligible);
        return HubJson.ReadOrNull<T>(call.Body) is { } question ? answer(question) : Refuse(HubRefusal.Schema);
    }

    private static SignedAnswer Refuse(string code) => SignedAnswer.Refuse(code, SignedAnswer.AtHub);
}
