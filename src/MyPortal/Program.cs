using MyPortal.App;
using MyPortal.Audit;
using MyPortal.Certificates;
using MyPortal.Data;
using MyPortal.Features.AccessLog;
using MyPortal.Features.Account;
using MyPortal.Features.Consents;
using MyPortal.Features.Notices;
using MyPortal.Features.Operators;
using MyPortal.Features.Proxies;
using MyPortal.Features.SelfInformation;
using MyPortal.Features.Senders;
using MyPortal.Features.SignIn;
using MyPortal.Hub;
using MyPortal.Identity;
using MyPortal.Jpki;
using MyPortal.Kernel;
using MyPortal.Outbox;
using MyPortal.Sealing;

var builder = WebApplication.CreateBuilder(new WebApplicationOptions
{
    Args = PortalCommands.WithoutCommand(StandardInputExit.WithoutSwitch(args)),
    ContentRootPath = AppContext.BaseDirectory,
});
var trustBundle = builder.Configuration.AddTrustBundle();
var site = PortalSite.From(builder.Configuration);

builder.AddData();
builder.Services.AddKeys();
builder.Services.AddSealing(builder.Configuration);
builder.Services.AddAudit();
builder.Services.AddIdentity(site);
builder.Services.AddJpki(builder.Configuration, site, trustBundle);
builder.Services.AddHub(builder.Configuration, site, trustBundle);
builder.Services.AddOutbox(builder.Configuration, site);
builder.Services.AddSignIn(builder.Configuration);
builder.Services.AddAccount();
builder.Services.AddOperators();
builder.Services.AddSenders(site);
builder.Services.AddConsents();
builder.Services.AddNotices();
builder.Services.AddProxies();
builder.Services.AddSelfInformation();
builder.Services.AddAccessLog();
builder.Services.AddLayout(site);
builder.Services.AddRateLimits(builder.Configuration);
builder.Services.AddReadiness(builder.Configuration);
builder.Services.AddStandardInputExit(args);

var app = builder.Build();
if (PortalCommands.IsAsked(args))
{
    return await app.Services.RunCommandAsync(args[0]);
}

if (await app.Services.PrepareAsync() is { } refused)
{
    return refused;
}

app.UseLayout();
app.UseAuthentication();
app.UseRateLimits();
app.UseAuthorization();
app.UseFormProtection();
app.MapOutbox();
app.MapSignIn();
app.MapAccount();
app.MapOperators();
app.MapSenders();
app.MapConsents();
app.MapNotices();
app.MapProxies();
app.MapSelfInformation();
app.MapAccessLog();
app.MapLayout();
app.MapReadiness();
await app.RunAsync();
return 0;
