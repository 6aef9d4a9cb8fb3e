using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using MyPortal.Data;
using MyPortal.Identity;
using MyPortal.Sealing;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Sealing;

public sealed class StoredKeysTests
{
    [Theory, EveryDatabase]
    public async Task The_keys_of_data_protection_are_sealed_in_the_database_and_still_work(Engine engine)
    {
        await using var portal = await TestPortal.StartAsync(engine);
        var protector = portal.Get<IDataProtectionProvider>().CreateProtector("test");

        protector.Unprotect(protector.Protect("ことば")).ShouldBe("ことば");

        await using var db = portal.OpenDatabase();
        var stored = await db.Set<DataProtectionKey>().ToListAsync(TestContext.Current.CancellationToken);
        stored.ShouldNotBeEmpty();
        stored.ShouldAllBe(key => key.Xml.Contains("<sealed ") && !key.Xml.Contains("masterKey") && !key.Xml.Contains("<value>"));
    }

    [Fact]
    public async Task A_data_key_that_was_given_to_another_citizen_opens_nothing()
    {
        await using var portal = await TestPortal.StartAsync();
        var hanako = await portal.EnrolAsync("花子");
        var taro = await portal.EnrolAsync("太郎");
        await using var db = portal.OpenDatabase();
        await db.Database.ExecuteSqlAsync($"UPDATE DataKeys SET Wrapped = (SELECT Wrapped FROM DataKeys WHERE Owner = {hanako.Value}) WHERE Owner = {taro.Value}", TestContext.Current.CancellationToken);

        await Should.ThrowAsync<System.Security.Cryptography.CryptographicException>(() => portal.Get<CitizenKeys>().OpenAsync(db, taro, TestContext.Current.CancellationToken));
        using var own = await portal.Get<CitizenKeys>().OpenAsync(db, hanako, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_name_that_was_moved_to_another_citizen_cannot_be_read()
    {
        await using var portal = await TestPortal.StartAsync();
        var hanako = await portal.EnrolAsync("花子");
        var taro = await portal.SignInAsync(await portal.EnrolAsync("太郎"));
        await using PortalDbContext db = portal.OpenDatabase();
        await db.Database.ExecuteSqlAsync($"UPDATE Citizens SET SealedDisplayName = (SELECT SealedDisplayName FROM Citizens WHERE Id = {hanako.Value}) WHERE Id = {taro.Citizen.Value}", TestContext.Current.CancellationToken);

        await Should.ThrowAsync<System.Security.Cryptography.CryptographicException>(() => portal.Get<OwnProfile>().ReadAsync(taro.Viewer, TestContext.Current.CancellationToken));
    }
}
