using System.Runtime.Versioning;
using System.Security.Cryptography;
using MyPortal.Certificates;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Sealing;

public sealed class CheckKeysTests : IDisposable
{
    private static readonly string[] All = ["key-encryption.key", "message.p8", "pepper.key", "receipt.cer", "receipt.p8", "recorder.p8", "statement.p8"];

    private readonly DirectoryInfo parent = Directory.CreateTempSubdirectory("myportal-checks-");

    private string Folder => Path.Combine(parent.FullName, "keys");

    public static TheoryData<string> EveryFile => [.. All];

    [Theory, EveryDatabase]
    public async Task An_empty_database_gets_all_its_keys_once_and_knows_them_again(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        var fixture = new KeyFixture(database, Folder);

        await fixture.CheckAsync();
        var made = All.ToDictionary(file => file, fixture.Read, StringComparer.Ordinal);
        await fixture.CheckAsync();

        fixture.Files.ShouldBe(All);
        PortalKeys.Files.ShouldBe(All, ignoreOrder: true);
        All.ShouldAllBe(file => fixture.Read(file).SequenceEqual(made[file]));
        (await fixture.CheckValuesAsync()).Keys.ShouldBe(All, ignoreOrder: true);
    }

    [Theory, EveryDatabase]
    public async Task Nodes_that_start_together_on_an_empty_database_end_with_one_set_of_keys(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => new KeyFixture(database, Folder).CheckAsync())));

        var fixture = new KeyFixture(database, Folder);
        await fixture.CheckAsync();
        fixture.Files.ShouldBe(All);
    }

    [Theory, MemberData(nameof(EveryFile))]
    public async Task A_key_that_is_missing_or_of_another_database_is_named_and_nothing_is_made(string file)
    {
        await using var database = await TestDatabase.CreateAsync();
        var fixture = new KeyFixture(database, Folder);
        await fixture.CheckAsync();
        var own = fixture.Read(file);

        fixture.Exchange(file);
        (await fixture.RefusalAsync()).ShouldStartWith($"The key file '{Path.Combine(Folder, file)}' is not the one of this database");
        await File.WriteAllBytesAsync(Path.Combine(Folder, file), [1, 2, 3], TestContext.Current.CancellationToken);
        (await fixture.RefusalAsync()).ShouldContain(file);
        fixture.Remove(file);
        (await fixture.RefusalAsync()).ShouldStartWith($"The key file '{Path.Combine(Folder, file)}' is missing");
        fixture.Files.ShouldBe(All.Except([file], StringComparer.Ordinal));

        fixture.Keys.Keep(file, () => own);
        await fixture.CheckAsync();
    }

    [Theory, EveryDatabase]
    public async Task An_empty_database_beside_keys_is_taken_for_a_lost_one_unless_it_is_meant(Engine engine)
    {
        await using (var first = await TestDatabase.CreateAsync(engine))
        {
            await new KeyFixture(first, Folder).CheckAsync();
        }

        await using var second = await TestDatabase.CreateAsync(engine);
        var fixture = new KeyFixture(second, Folder);
        var pepper = fixture.Read("pepper.key");

        var refusal = await fixture.RefusalAsync();
        refusal.ShouldContain(KeyFixture.PlaceOfDatabase);
        refusal.ShouldContain(Folder);
        refusal.ShouldContain("Data:CreateNew=true");
        await fixture.CheckAsync(createNew: true);
        await fixture.CheckAsync();

        fixture.Read("pepper.key").ShouldBe(pepper);
    }

    [Fact]
    public async Task A_first_start_that_was_killed_goes_on_with_what_it_made()
    {
        await using var database = await TestDatabase.CreateAsync();
        var fixture = new KeyFixture(database, Folder);
        fixture.PortalKeys.BeginFirstStart();
        fixture.PortalKeys.Make("key-encryption.key");

        await fixture.CheckAsync();

        fixture.Files.ShouldBe(All);
    }

    [Fact]
    public async Task An_installation_from_before_the_check_values_is_believed_once_its_keys_open_something()
    {
        await using var portal = await TestPortal.StartAsync();
        await portal.EnrolAsync("花子");
        var fixture = await OldInstallationAsync(portal);
        fixture.Remove("statement.p8");

        await fixture.CheckAsync();

        fixture.Files.ShouldBe(All, "a key that was never needed was never there");
        (await fixture.CheckValuesAsync()).Count.ShouldBe(All.Length);
    }

    [Theory]
    [InlineData("key-encryption.key"), InlineData("pepper.key"), InlineData("recorder.p8")]
    public async Task An_installation_from_before_the_check_values_refuses_keys_that_open_nothing(string file)
    {
        await using var portal = await TestPortal.StartAsync();
        await portal.EnrolAsync("花子");
        await SealAllAsync(portal);
        var fixture = await OldInstallationAsync(portal);

        fixture.Exchange(file);
        (await fixture.RefusalAsync()).ShouldContain($"{file}' is not the one of this database");
        fixture.Remove(file);
        (await fixture.RefusalAsync()).ShouldContain($"{file}' is missing");
        (await fixture.CheckValuesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Only_the_message_key_can_be_made_anew_and_only_on_demand()
    {
        await using var database = await TestDatabase.CreateAsync();
        var fixture = new KeyFixture(database, Folder);
        await fixture.CheckAsync();
        var old = fixture.Read("message.p8");

        (await fixture.RefusalAsync(renew: "pepper")).ShouldContain("only the key 'message'");
        await fixture.CheckAsync(renew: "message");
        fixture.Read("message.p8").ShouldBe(old, "it was not moved away");
        fixture.Remove("message.p8");
        await fixture.CheckAsync(renew: "message");

        fixture.Read("message.p8").ShouldNotBe(old);
        await fixture.CheckAsync();
        fixture.Exchange("message.p8");
        (await fixture.RefusalAsync()).ShouldContain("message.p8");
        await fixture.CheckAsync(renew: "message");
        await fixture.CheckAsync();
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    [UnsupportedOSPlatform("windows")]
    public async Task Keys_that_others_can_read_are_refused(bool isFolder)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes.");
        await using var database = await TestDatabase.CreateAsync();
        var fixture = new KeyFixture(database, Folder);
        await fixture.CheckAsync();
        var path = isFolder ? Folder : Path.Combine(Folder, "pepper.key");

        File.SetUnixFileMode(path, File.GetUnixFileMode(path) | UnixFileMode.GroupRead);

        var refusal = await fixture.RefusalAsync();
        refusal.ShouldContain(path);
        refusal.ShouldContain(isFolder ? "chmod 700" : "chmod 600");
    }

    [Fact]
    public async Task A_check_value_is_no_hash_of_the_key_and_no_hash_that_the_key_is_used_for()
    {
        await using var database = await TestDatabase.CreateAsync();
        var fixture = new KeyFixture(database, Folder);
        await fixture.CheckAsync();
        var values = await fixture.CheckValuesAsync();
        var pepper = fixture.Read("pepper.key");

        values["pepper.key"].ShouldNotBe(SHA256.HashData(pepper));
        values["pepper.key"].ShouldNotBe(HMACSHA256.HashData(pepper, "pepper.key"u8));
        values["pepper.key"].ShouldBe(HMACSHA256.HashData(HKDF.DeriveKey(HashAlgorithmName.SHA256, pepper, 32, info: "myportal key check"u8.ToArray()), "pepper.key"u8), "databases keep these values");
        using var recorder = fixture.Keys.SigningKey("recorder");
        values["recorder.p8"].ShouldBe(SHA256.HashData(recorder.ExportSubjectPublicKeyInfo()));
    }

    public void Dispose() => parent.Delete(recursive: true);

    private static async Task SealAllAsync(TestPortal portal)
    {
        while (await portal.Get<MyPortal.Audit.SealAccessRecords>().ExecuteAsync(TestContext.Current.CancellationToken) > 0)
        {
            // Until every record has its place.
        }
    }

    private static async Task<KeyFixture> OldInstallationAsync(TestPortal portal)
    {
        var fixture = new KeyFixture(portal.Database, Path.Combine(portal.Folder, "keys"));
        await fixture.ForgetCheckValuesAsync();
        return fixture;
    }
}
