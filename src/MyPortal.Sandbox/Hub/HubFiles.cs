using System.Globalization;
using System.Text.Json;
using MyPortal.Contracts;
using MyPortal.Contracts.Hub;
using MyPortal.Sandbox.Holders;
using MyPortal.Sandbox.Organisations;
using MyPortal.Sandbox.ResidentNetwork;

namespace MyPortal.Sandbox.Hub;

/// <summary>The hub as a holder of its own access records. It knows no attribute, so the numbering body answers the subject check.</summary>
internal sealed class HubFiles(HubRecorder recorder, CodeConverter codes, HubRegister register, SignedCaller caller) : IHolderFiles
{
    /// <summary>The largest size class holds about two hundred; older ones would need paging, which the protocol does not have yet.</summary>
    private const int MostRecords = 120;

    public async Task<SubjectEvidence?> SubjectAsync(string code, Guid requestId, byte[] coreHash, CancellationToken cancellationToken)
    {
        if (codes.PersonOf(HubApi.Id, code) is not { } idCode) return null;
        var question = JsonSerializer.SerializeToUtf8Bytes(new SubjectQuestion(idCode.ToString("x16", CultureInfo.InvariantCulture), requestId, coreHash), ContractJson.Options);
        var reply = await caller.SendAsync(register.Find(NumberingBody.Id)!, HttpMethod.Post, "/v1/subject-proof", question, cancellationToken);
        return reply.IsSuccess ? HubJson.ReadOrNull<SubjectEvidence>(reply.Body) : null;
    }

    public HolderContent Read(string code, MatrixRow row, IReadOnlyList<string> items)
    {
        var records = recorder.About(code).TakeLast(MostRecords).SelectMany(Values).Where(v => items.Contains(v.ItemId, StringComparer.Ordinal)).ToList();
        return new HolderContent(records.Count == 0 ? HolderOutcome.Empty : HolderOutcome.Ready, records);
    }

    private static IEnumerable<DatasetRecord> Values(HubRecord record)
    {
        var joined = record.RequestId.ToString();
        return
        [
            Text("requestId", joined), Text("event", record.Event), new("at", HubTime.Write(record.At), DatasetType.Instant, AsOf: joined),
            Text("requester", record.Requester), Text("holder", record.Holder), Text("row", record.Row), Text("purpose", record.Purpose),
            Text("items", string.Join(' ', record.Items)), Text("outcome", record.Outcome),
        ];

        DatasetRecord Text(string item, string value) => new(item, value, DatasetType.Text, AsOf: joined);
    }
}
