using MyPortal.App;

var builder = WebApplication.CreateBuilder(new WebApplicationOptions
{
    Args = StandardInputExit.WithoutSwitch(args),
    ContentRootPath = AppContext.BaseDirectory,
});
builder.Services.AddFrame(builder.Configuration);
builder.Services.AddStandardInputExit(args);
builder.Services.AddAuthentication();
builder.Services.AddAuthorization();

var app = builder.Build();
app.UseFrame();
app.UseAuthentication();
app.UseAuthorization();
app.UseFormProtection();
app.MapFrame();
await app.RunAsync();
