using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using MyPortal.Contracts.Hub;
using MyPortal.Sandbox.Holders;
using MyPortal.Sandbox.Hub;
using MyPortal.Sandbox.Organisations;
using MyPortal.Sandbox.Storage;

namespace MyPortal.Sandbox.Tests.Hub;

[Collection(LinkedPortal.Name)]
public sealed class LinkageTests(LinkedPortal fixture)
{
    [Fact]
    public async Task The_publications_are_signed_by_the_hub_for_whom_the_ca_vouches()
    {
        var heard = await fixture.Portal.GetAsync(fixture.Hub, "/v1/participants");
        var publication = heard.Read<SignedPublication>();
        using var ca = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(fixture.Data, "trust-bundle", "portal", "hub", "ca.pem"));
        var hub = Peer.Of(fixture.Participants["hub"], new OrganisationTrust(ca, TimeProvider.System))!;

        hub.HasSigned(Publication.SignedBytes(publication.Content), publication.Signature).ShouldBeTrue();
        hub.HasSigned(heard.Head.ReplyBytes(200, heard.Body), heard.Signature).ShouldBeTrue();
        fixture.Participants.Keys.ShouldBe(["hub", "numbering-body", "portal", "sakura-city", "pension-agency"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("hanako", "city-tax-self", "income", "3124000")]
    [InlineData("hanako", "city-property-self", "floor-area", "98.52")]
    [InlineData("hanako", "city-resident-self", "address", "緑県さくら市桜町一丁目2番3号")]
    [InlineData("hanako", "pension-record-self", "months-paid", "241")]
    [InlineData("kenji", "pension-payment-self", "next-payment", "2026-12-15")]
    public async Task Holders_answer_about_the_person(string person, string row, string item, string value)
    {
        var answer = await fixture.AnswerAsync(person, row);

        answer.Outcome.ShouldBe(HolderOutcome.Ready);
        answer.Records.Single(r => r.ItemId == item).Value.ShouldBe(value);
    }

    [Fact]
    [Requirement(56)]
    public async Task Only_what_was_asked_for_is_answered()
    {
        using var attempt = fixture.AttemptFor("hanako", "city-tax-self", c => c with { Items = ["resident-tax"] });
        var reply = (await fixture.AskAsync(attempt, "hanako")).Read<LinkageReply>();

        attempt.Open(reply.Sealed, fixture.Participants["sakura-city"]).Records.ShouldHaveSingleItem().ItemId.ShouldBe("resident-tax");
        reply.Code.ShouldBe(await fixture.CodeOfAsync("hanako"));
    }

    [Theory]
    [InlineData("misaki", "pension-record-self", HolderOutcome.Empty)]
    [InlineData("kenji", "city-property-self", HolderOutcome.Denied)]
    [InlineData("hanako", "city-tax-self", HolderOutcome.Ready)]
    public async Task Nothing_known_and_withheld_look_like_any_small_answer_from_outside(string person, string row, HolderOutcome outcome)
    {
        using var attempt = fixture.AttemptFor(person, row);
        var reply = (await fixture.AskAsync(attempt, person)).Read<LinkageReply>();
        var answer = attempt.Open(reply.Sealed, fixture.Participants[attempt.Core.Holder]);

        answer.Outcome.ShouldBe(outcome);
        (answer.Reason is not null).ShouldBe(outcome is HolderOutcome.Denied);
        JsonSerializer.Deserialize<SealedAnswer>(reply.Sealed, MyPortal.Contracts.ContractJson.Options)!.Ciphertext.Length.ShouldBe(1024 + 16);
    }

    [Fact]
    public async Task The_same_request_again_is_a_retry()
    {
        using var attempt = fixture.AttemptFor("hanako", "city-tax-self");

        (await fixture.AskAsync(attempt, "hanako")).Status.ShouldBe(200);
        (await fixture.AskAsync(attempt, "hanako")).Status.ShouldBe(200);
    }

    [Fact]
    [Requirement(96)]
    public async Task A_person_reads_in_the_hubs_own_records_who_asked()
    {
        using var attempt = fixture.AttemptFor("taro", "city-tax-self");
        var reply = (await fixture.AskAsync(attempt, "taro")).Read<LinkageReply>();
        var receipt = new LinkageReceipt(attempt.Core.RequestId, SHA256.HashData(reply.Sealed), reply.Sealed.Length, "received");
        (await fixture.Portal.PostAsync(fixture.Hub, $"/v1/linkages/{attempt.Core.RequestId}/receipt", receipt)).Status.ShouldBe(204);

        var records = (await fixture.AnswerAsync("taro", "log-self")).Records.Where(r => r.AsOf == attempt.Core.RequestId.ToString()).ToList();

        records.Where(r => r.ItemId == "event").Select(r => r.Value).ShouldBe(["REQUEST", "AUTHORISE", "PROVIDE", "RECEIVE"]);
        records.Where(r => r.ItemId == "holder").ShouldAllBe(r => r.Value == "sakura-city");
        records.Where(r => r.ItemId == "outcome").Select(r => r.Value).ShouldBe(["OK", "OK", "OK", "received"]);
    }

    [Fact]
    public async Task Nobody_reads_the_records_of_others()
    {
        using var attempt = fixture.AttemptFor("hanako", "city-tax-self");
        (await fixture.AskAsync(attempt, "hanako")).Status.ShouldBe(200);

        (await fixture.AnswerAsync("emi", "log-self")).Records.ShouldNotContain(r => r.AsOf == attempt.Core.RequestId.ToString());
    }

    [Fact]
    public async Task The_hub_itself_checks_the_subject()
    {
        using var attempt = Attempt.To(fixture.Participants["hub"], fixture.Rows["log-self"], LinkedPortal.SubjectOf("taro"));

        (await fixture.AskAsync(attempt, "hanako")).Problem.Code.ShouldBe("SUBJECT_MISMATCH");
    }

    [Fact]
    public async Task A_receipt_for_somebody_elses_request_is_refused()
    {
        var unknown = Guid.NewGuid();

        (await fixture.Portal.PostAsync(fixture.Hub, $"/v1/linkages/{unknown}/receipt", new LinkageReceipt(unknown, new byte[32], 0, "received"))).Problem.Code.ShouldBe("NOT_PARTICIPANT");
    }

    [Fact]
    [Requirement(72)]
    [Requirement(97)]
    public async Task Hub_and_holder_keep_records_of_their_own_without_any_value()
    {
        using var attempt = fixture.AttemptFor("hanako", "city-tax-self");
        (await fixture.AskAsync(attempt, "hanako")).Status.ShouldBe(200);

        foreach (var recorder in (string[])["hub", "sakura-city"])
        {
            var text = await File.ReadAllTextAsync(Path.Combine(fixture.Data, "organisations", recorder, "access-records.jsonl"), TestContext.Current.CancellationToken);
            text.ShouldContain(attempt.Core.RequestId.ToString());
            text.ShouldNotContain("3124000");
        }
    }

    [Fact]
    public async Task What_the_stores_hold_is_found_again_after_a_restart()
    {
        var code = await fixture.CodeOfAsync("hanako");
        using var attempt = fixture.AttemptFor("hanako", "city-tax-self");
        (await fixture.AskAsync(attempt, "hanako")).Status.ShouldBe(200);
        using var aboutNobody = fixture.AttemptFor("hanako", "city-tax-self");
        (await fixture.Portal.PostAsync(fixture.Hub, "/v1/linkages", aboutNobody.Request(fixture.Portal, new string('0', 26)))).Status.ShouldBe(404);
        var copy = Directory.CreateTempSubdirectory("stores-");
        foreach (var name in (string[])["master.key", "generations.json", "access-records.jsonl", "receipts.jsonl"]) File.Copy(Path.Combine(fixture.Data, "organisations", "hub", name), Path.Combine(copy.FullName, name));
        File.Copy(Path.Combine(fixture.Data, "organisations", "sakura-city", "requests.jsonl"), Path.Combine(copy.FullName, "requests.jsonl"));

        var codes = new CodeConverter(new DataFolder(copy.FullName));
        var idCode = codes.PersonOf("portal", code).ShouldNotBeNull();
        new HubRecorder(new DataFolder(copy.FullName), TimeProvider.System).About(codes.CodeOf("hub", idCode)!).ShouldContain(r => r.RequestId == attempt.Core.RequestId);
        copy.CreateSubdirectory("book");
        File.Move(Path.Combine(copy.FullName, "requests.jsonl"), Path.Combine(copy.FullName, "book", "requests.jsonl"));
        new HolderBook(new DataFolder(Path.Combine(copy.FullName, "book")), TimeProvider.System).Claims(attempt.Core.RequestId, "another code", attempt.CoreHash).ShouldBeFalse();
        copy.Delete(recursive: true);
    }
}
