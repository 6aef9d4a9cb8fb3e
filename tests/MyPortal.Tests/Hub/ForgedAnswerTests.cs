using System.Text;
using MyPortal.Contracts.Hub;
using MyPortal.Hub;
using MyPortal.Jpki;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Hub;

/// <summary>Answers that come with a good signature of the hub. What is inside is the holder's, or is refused.</summary>
[Requirement(60)]
public sealed class ForgedAnswerTests(SharedHubFixture shared) : IClassFixture<SharedHubFixture>
{
    private const string Unreadable = "hub.unreadable";

    [Fact]
    public async Task An_answer_made_as_the_protocol_says_is_taken()
    {
        using var asked = await AskAsync(new Forgery());

        asked.Outcome.ShouldBe(QueryOutcome.Answered, asked.Code);
    }

    [Fact]
    public async Task An_answer_about_another_person_is_never_shown()
    {
        var otherTag = SubjectTag.Of("19850413", "2");

        using var asked = await AskAsync(new Forgery(), subjectTag: otherTag);

        (asked.Outcome, asked.Code).ShouldBe((QueryOutcome.Mismatch, "hub.subject-mismatch"));
        asked.Open().ShouldBeNull();
    }

    [Fact]
    public Task An_answer_signed_by_the_hub_is_refused() => ShouldRefuseAsync(new Forgery { Signer = TestHub.Id });

    [Fact]
    public Task An_answer_signed_by_another_holder_is_refused() => ShouldRefuseAsync(new Forgery { Signer = TestHub.PensionAgency });

    [Fact]
    public Task An_answer_to_a_changed_question_is_refused() =>
        ShouldRefuseAsync(new Forgery { Core = core => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(core).Replace("card-pin", "passkey", StringComparison.Ordinal)) });

    [Fact, Requirement(65)]
    public Task An_item_that_was_not_asked_for_is_refused() =>
        ShouldRefuseAsync(new Forgery { Answer = answer => answer with { Records = [.. answer.Records, new DatasetRecord("blood-type", "A", DatasetType.Text)] } });

    [Fact]
    public Task A_value_of_another_type_than_the_row_says_is_refused() => ShouldRefuseAsync(WithFirst(record => record with { Type = DatasetType.Text }));

    [Theory]
    [InlineData("many")]
    [InlineData("1,000")]
    [InlineData("")]
    public Task A_number_that_is_none_is_refused(string value) => ShouldRefuseAsync(WithFirst(record => record with { Value = value }));

    [Fact]
    public Task A_value_without_end_is_refused() => ShouldRefuseAsync(WithFirst(record => record with { Value = new string('1', 5000) }));

    [Fact]
    public Task Another_dataset_is_refused() => ShouldRefuseAsync(new Forgery { Answer = answer => answer with { DatasetId = "city-property" } });

    [Fact]
    public Task Another_version_of_the_dataset_is_refused() => ShouldRefuseAsync(new Forgery { Answer = answer => answer with { Version = 2 } });

    [Fact]
    public Task Another_type_of_message_is_refused() => ShouldRefuseAsync(new Forgery { Answer = answer => answer with { Type = "MYP-ANSWER/2" } });

    [Fact]
    public Task An_empty_answer_with_values_is_refused() => ShouldRefuseAsync(new Forgery { Answer = answer => answer with { Outcome = HolderOutcome.Empty } });

    [Fact]
    public Task An_answer_from_before_the_question_is_refused() => ShouldRefuseAsync(new Forgery { Answer = answer => answer with { ProducedAt = answer.ProducedAt.AddMinutes(-2) } });

    [Fact]
    public Task An_answer_from_the_future_is_refused() => ShouldRefuseAsync(new Forgery { Answer = answer => answer with { ProducedAt = answer.ProducedAt.AddMinutes(2) } });

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("sign me")]
    public Task Something_that_is_no_answer_is_refused(string text) => ShouldRefuseAsync(new Forgery { Bytes = _ => Encoding.UTF8.GetBytes(text) });

    [Fact]
    public Task Records_that_are_null_are_refused() => ShouldRefuseAsync(new Forgery
    {
        Bytes = bytes => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(bytes).Replace("\"records\":[", "\"records\":[null,", StringComparison.Ordinal)),
    });

    [Fact, Requirement(65, InPart = "finding what two holders hide in values that may be there")]
    public Task Hidden_bytes_in_the_padding_are_refused() => ShouldRefuseAsync(new Forgery
    {
        Padded = padded =>
        {
            padded[^1] = 1;
            return padded;
        },
    });

    [Fact]
    public Task A_larger_size_than_needed_is_refused() => ShouldRefuseAsync(new Forgery { Padded = padded => [.. padded, .. new byte[3 * 1024]] });

    [Fact]
    public Task Another_algorithm_is_refused() => ShouldRefuseAsync(new Forgery { Sealed = answer => answer with { Algorithm = "MYP-SEAL/0" } });

    [Fact]
    public Task A_changed_ciphertext_is_refused() => ShouldRefuseAsync(new Forgery
    {
        Sealed = answer =>
        {
            answer.Ciphertext[0] ^= 1;
            return answer;
        },
    });

    [Fact]
    public Task A_holder_key_that_is_none_is_refused() => ShouldRefuseAsync(new Forgery { Sealed = answer => answer with { HolderKey = [1, 2, 3] } });

    [Fact]
    public Task A_holder_key_with_something_behind_it_is_refused() => ShouldRefuseAsync(new Forgery { Sealed = answer => answer with { HolderKey = [.. answer.HolderKey, 0] } });

    [Fact]
    public Task The_answer_to_another_request_is_refused() => ShouldRefuseAsync(new Forgery { Reply = reply => reply with { RequestId = Guid.NewGuid() } });

    [Fact]
    public Task An_answer_under_another_code_is_refused() => ShouldRefuseAsync(new Forgery { Reply = reply => reply with { Code = new string('0', 26) } });

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("garbage")]
    public Task Sealed_bytes_that_are_none_are_refused(string text) => ShouldRefuseAsync(new Forgery { Reply = reply => reply with { Sealed = Encoding.UTF8.GetBytes(text) } });

    private static Forgery WithFirst(Func<DatasetRecord, DatasetRecord> change) =>
        new() { Answer = answer => answer with { Records = [change(answer.Records[0]), .. answer.Records.Skip(1)] } };

    private async Task ShouldRefuseAsync(Forgery forgery)
    {
        using var asked = await AskAsync(forgery);

        (asked.Outcome, asked.Code).ShouldBe((QueryOutcome.Unavailable, Unreadable));
        asked.Open().ShouldBeNull();
    }

    private async Task<HolderResponse> AskAsync(Forgery forgery, byte[]? subjectTag = null)
    {
        var fixture = shared.Hub;
        var row = await fixture.RowAsync(HubFixture.CityTax);
        var forge = new HubForge(fixture.Hub);
        fixture.Hub.Interference = async (request, send) => request.RequestUri!.AbsolutePath is "/v1/linkages"
            ? await forge.AnswerAsync(request, row, subjectTag ?? fixture.Link.SubjectTag, forgery)
            : await send();
        var asked = await fixture.AskAsync(row);
        (await fixture.RecordsAsync(asked.RequestId)).ShouldBe(["HolderAsked sakura-city city-tax-self ok:3", $"HolderAnswered sakura-city city-tax-self {asked.Code ?? "ok:3"}"]);
        return asked;
    }
}
