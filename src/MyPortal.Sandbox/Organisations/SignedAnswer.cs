using System.Text.Json;
using MyPortal.Contracts;
using MyPortal.Contracts.Hub;

namespace MyPortal.Sandbox.Organisations;

/// <summary>What a participant answers before it is signed.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">Exact bytes.</param>
/// <param name="ErrorAt">Who refused; null for no refusal.</param>
internal sealed record SignedAnswer(int Status, byte[] Body, string? ErrorAt = null)
{
    public const string AtHub = "hub";
    public const string AtHolder = "holder";

    public static SignedAnswer Nothing { get; } = new(StatusCodes.Status204NoContent, []);

    public static SignedAnswer Of<T>(T content) => new(StatusCodes.Status200OK, JsonSerializer.SerializeToUtf8Bytes(content, ContractJson.Options));

    public static SignedAnswer Refuse(string code, string stage, Guid? requestId = null) =>
        new(StatusOf(code), JsonSerializer.SerializeToUtf8Bytes(new HubProblem(code, stage, IsRetryable(code), requestId), ContractJson.Options), stage);

    private static bool IsRetryable(string code) => code is HubRefusal.RateLimit or HubRefusal.HolderDown or HubRefusal.HolderTimeout;

    private static int StatusOf(string code) => code switch
    {
        HubRefusal.SigInvalid or HubRefusal.ClockSkew or HubRefusal.Replay or HubRefusal.Schema => StatusCodes.Status400BadRequest,
        HubRefusal.LevelTooLow => StatusCodes.Status401Unauthorized,
        HubRefusal.CodeUnknown => StatusCodes.Status404NotFound,
        HubRefusal.SubjectMismatch or HubRefusal.NonceUnknown => StatusCodes.Status409Conflict,
        HubRefusal.RateLimit => StatusCodes.Status429TooManyRequests,
        HubRefusal.HolderDown => StatusCodes.Status502BadGateway,
        HubRefusal.HolderTimeout => StatusCodes.Status504GatewayTimeout,
        _ => StatusCodes.Status403Forbidden,
    };
}

/// <summary>The stable codes of refusals (docs/hub-protocol.md section 8).</summary>
internal static class HubRefusal
{
    public const string SigInvalid = "SIG_INVALID";
    public const string ClockSkew = "CLOCK_SKEW";
    public const string Replay = "REPLAY";
    public const string Schema = "SCHEMA";
    public const string NotParticipant = "NOT_PARTICIPANT";
    public const string ClassNotEligible = "CLASS_NOT_ELIGIBLE";
    public const string NoRow = "NO_ROW";
    public const string RowExpired = "ROW_EXPIRED";
    public const string ItemOutOfScope = "ITEM_OUT_OF_SCOPE";
    public const string LevelTooLow = "LEVEL_TOO_LOW";
    public const string CodeUnknown = "CODE_UNKNOWN";
    public const string SubjectMismatch = "SUBJECT_MISMATCH";
    public const string NonceUnknown = "NONCE_UNKNOWN";
    public const string RateLimit = "RATE_LIMIT";
    public const string HolderDown = "HOLDER_DOWN";
    public const string HolderTimeout = "HOLDER_TIMEOUT";
}
