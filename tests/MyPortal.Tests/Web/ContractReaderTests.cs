using System.Text;
using System.Text.Json;
using MyPortal.Contracts;
using MyPortal.Contracts.CardAgent;
using MyPortal.Contracts.ConsentApi;
using MyPortal.Contracts.Hub;
using MyPortal.Contracts.SenderApi;
using MyPortal.Web;

namespace MyPortal.Tests.Web;

public sealed class ContractReaderTests
{
    /// <summary>Every enum that crosses a process border.</summary>
    public static TheoryData<Type> Enums =>
        [.. typeof(ContractJson).Assembly.GetExportedTypes().Where(type => type.IsEnum)];

    [Theory, MemberData(nameof(Enums))]
    public void An_enum_is_one_exact_word(Type type)
    {
        var names = Enum.GetNames(type);
        foreach (var name in names)
        {
            var word = JsonNamingPolicy.CamelCase.ConvertName(name);
            JsonSerializer.Deserialize($"\"{word}\"", type, ContractJson.Options).ShouldBe(Enum.Parse(type, name));
            JsonSerializer.Serialize(Enum.Parse(type, name), type, ContractJson.Options).ShouldBe($"\"{word}\"");
            foreach (var wrong in new[] { $"\"{name}\"", $"\"{word.ToUpperInvariant()}\"", $"\" {word}\"", $"\"{word} \"", $"\"{word},{word}\"", $"\"{word}, {JsonNamingPolicy.CamelCase.ConvertName(names[^1])}\"", "\"0\"", "0", "\"\"", "null", "[]" })
            {
                Should.Throw<JsonException>(() => JsonSerializer.Deserialize(wrong, type, ContractJson.Options), wrong);
            }
        }

        Should.Throw<JsonException>(() => JsonSerializer.Serialize(Enum.ToObject(type, names.Length), type, ContractJson.Options));
    }

    [Fact]
    public void Every_missing_and_wrong_member_is_named_by_its_place()
    {
        var read = Read<PostNotice>("""{"type":"letter","contents":[{"language":"ja"},{"language":1,"title":null,"body":"b","extra":{}}],"dueOn":"2026-13-01"}""");

        read.Value.ShouldBeNull();
        read.Faults.ShouldBe(
        [
            new ApiFault("/type", "request.word-unknown"),
            new ApiFault("/contents/0/title", "request.field-missing"),
            new ApiFault("/contents/0/body", "request.field-missing"),
            new ApiFault("/contents/1/language", "request.malformed-json"),
            new ApiFault("/contents/1/title", "request.malformed-json"),
            new ApiFault("/dueOn", "request.malformed-json"),
            new ApiFault("/recipient", "request.field-missing"),
        ]);
    }

    [Fact]
    public void Unknown_members_are_named_wherever_they_stand_and_the_rest_is_read()
    {
        var read = Read<PostNotice>("""{"amount":1200,"recipient":"a","type":"bill","contents":[{"language":"ja","title":"t","body":"b","Title":"x","a/b~c":{"d":1}}],"Reason":"r"}""");

        read.Value!.Type.ShouldBe(NoticeType.Bill);
        read.Faults.ShouldBeEmpty();
        read.Unknown.ShouldBe(["/amount", "/contents/0/Title", "/contents/0/a~1b~0c", "/Reason"]);
    }

    [Fact]
    public void What_is_told_of_unknown_members_stays_short()
    {
        var read = Read<PushConsentRequest>($$"""{"request":"x","{{new string('n', 10_000)}}":1,{{string.Join(',', Enumerable.Range(0, 500).Select(i => $"\"m{i}\":0"))}}}""");

        read.Unknown.Count.ShouldBe(100);
        read.Unknown[0].ShouldBe("");
        read.Unknown.ShouldAllBe(pointer => pointer.Length < 200);
    }

    [Fact]
    public void A_flood_of_faults_ends_after_a_hundred() =>
        Read<PostNotice>($$"""{"contents":[{{string.Join(',', Enumerable.Repeat("{\"language\":1}", 15_000))}}]}""").Faults.Count.ShouldBe(101);

    [Fact]
    public void Records_of_every_door_are_read_alike()
    {
        Read<CardResponse>("""{"responseSecret":"s","signatures":[{"document":0,"certificate":"authentication,signature","cms":"AA=="}],"agent":{"publicKey":"AA==","signature":"AA=="}}""")
            .Faults.ShouldBe([new ApiFault("/signatures/0/certificate", "request.word-unknown"), new ApiFault("/agent/version", "request.field-missing")]);
        Read<LinkageReply>("""{"requestId":"x","code":"c"}""").Faults.ShouldBe([new ApiFault("/requestId", "request.malformed-json"), new ApiFault("/sealed", "request.field-missing")]);
        Read<ConsentClaims>("""{"iss":"i","exp":"soon"}""").Faults.Select(fault => fault.Pointer).ShouldContain("/exp", StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("1700000000", 0), InlineData("1700000000.0", 0), InlineData("1.7e9", 0), InlineData("1700000000.25", 250)]
    public void Dates_are_whole_or_with_a_fraction(string seconds, int milliseconds)
    {
        var date = JsonSerializer.Deserialize<NumericDate>(seconds, ContractJson.Options);

        date.Instant.ShouldBe(DateTimeOffset.FromUnixTimeSeconds(1_700_000_000).AddMilliseconds(milliseconds));
        JsonSerializer.Deserialize<NumericDate>(JsonSerializer.Serialize(date, ContractJson.Options), ContractJson.Options).ShouldBe(date);
    }

    [Theory]
    [InlineData("\"1700000000\""), InlineData("1e30"), InlineData("1e400"), InlineData("-1e12"), InlineData("253402300800"), InlineData("null"), InlineData("true")]
    public void What_is_no_date_is_refused(string seconds) => Should.Throw<JsonException>(() => JsonSerializer.Deserialize<NumericDate>(seconds, ContractJson.Options));

    [Theory]
    [InlineData("\"a\"", true), InlineData("[\"a\"]", true), InlineData("[\"b\",\"a\"]", true), InlineData("\"b\"", false), InlineData("[\"A\"]", false)]
    public void An_audience_is_an_address_or_a_list_of_them(string json, bool isOurs) => JsonSerializer.Deserialize<Audience>(json, ContractJson.Options)!.Contains("a").ShouldBe(isOurs);

    [Theory]
    [InlineData("[]"), InlineData("5"), InlineData("[1]"), InlineData("[\"a\",null]"), InlineData("{}"), InlineData("[[\"a\"]]")]
    public void What_is_no_audience_is_refused(string json) => Should.Throw<JsonException>(() => JsonSerializer.Deserialize<Audience>(json, ContractJson.Options));

    [Theory]
    [InlineData("application/json", true), InlineData("Application/JSON", true), InlineData("application/json; charset=utf-8", true), InlineData("application/json;charset=\"UTF-8\"", true), InlineData("application/json; v=1", true)]
    [InlineData("application/jsonx", false), InlineData("application/json-patch+json", false), InlineData("application/problem+json", false), InlineData("application/json; charset=utf-7", false), InlineData("application/json; charset=utf-16", false)]
    [InlineData("text/json", false), InlineData("application/json, text/html", false), InlineData("application/json x", false), InlineData("", false), InlineData(null, false)]
    public void A_media_type_is_compared_whole(string? mediaType, bool isJson) => IncomingBody.IsOf(mediaType, "application/json").ShouldBe(isJson);

    private static ReadContract<T> Read<T>(string json)
        where T : class => ContractReader.Read<T>(Encoding.UTF8.GetBytes(json));
}
