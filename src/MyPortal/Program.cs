using MyPortal.App;
using MyPortal.Audit;
using MyPortal.Certificates;
using MyPortal.Data;
using MyPortal.Features.Account;
using MyPortal.Features.Consents;
using MyPortal.Features.Notices;
using MyPortal.Features.Operators;
using MyPortal.Features.Senders;
using MyPortal.Features.SignIn;
using MyPortal.Identity;
using MyPortal.Jpki;
using MyPortal.Kernel;
using MyPortal.Sealing;

var builder = WebApplication.CreateBuilder(new WebApplicationOptions
{
    Args = PortalCommands.WithoutCommand(StandardInputExit.WithoutSwitch(args)),
    ContentRootPath = AppContext.BaseDirectory,
});
var handoutFolder = builder.Configuration.AddHandout();
var site = PortalSite.From(builder.Configuration);

builder.AddData();
builder.Services.AddKeys();
builder.Services.AddSealing();
builder.Services.AddAudit();
builder.Services.AddIdentity(site);
builder.Services.AddJpki(builder.Configuration, site, handoutFolder);
builder.Services.AddSignIn(builder.Configuration);
builder.Services.AddAccount();
builder.Services.AddOperators();
builder.Services.AddSenders();
builder.Services.AddConsents(site);
builder.Services.AddNotices();
builder.Services.AddFrame(site);
builder.Services.AddStandardInputExit(args);

var app = builder.Build();
if (PortalCommands.IsAsked(args))
{
    return await app.Services.RunCommandAsync(args[0]);
}

await app.Services.MigrateAtStartAsync(CancellationToken.None);
app.UseFrame();
app.UseAuthentication();
app.UseAuthorization();
app.UseFormProtection();
app.MapSignIn();
app.MapAccount();
app.MapOperators();
app.MapSenders();
app.MapNotices();
app.MapFrame();
await app.RunAsync();
return 0;
