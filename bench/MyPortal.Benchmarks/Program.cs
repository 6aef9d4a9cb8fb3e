using MyPortal.Benchmarks;

if (args is [BareInsert.Word, var folder, .. var bareArguments])
{
    await BareInsert.RunAsync(folder, bareArguments);
    return 0;
}

if (args is not [var report, var portal, var empty, var work, .. var portalArguments])
{
    Console.WriteLine("Started by scripts/bench.cs with: report file, published portal, published empty app, folder for data, arguments of the portal");
    return 2;
}

var ours = new App("portal", portal, portalArguments);
var coldStart = new Section("Cold start, against a new empty Blazor app (B11)", "empty app", await new ColdStart(ours, new App("empty Blazor app", empty, [])).MeasureAsync());
await using var world = await PortalWorld.CreateAsync(portalArguments, citizens: 200);
var bare = new App("bare insert", typeof(Section).Assembly.Location, [BareInsert.Word, Path.Combine(work, "bare")]);
var notices = new Section(
    $"Posting notices over {NoticeLoad.Connections} connections on SQLite, against an endpoint that checks nothing and inserts one row (B4)", "bare insert", await new NoticeLoad(ours, bare, world).MeasureAsync());
var consents = new Section("Consent check under load, and 1,000 parties' messages (B10; the withdrawal itself is not measured yet)", "idle", await new ConsentLoad(ours, world).MeasureAsync());
var text = Report.Write([coldStart, notices, consents]);
await File.WriteAllTextAsync(report, text);
Console.WriteLine(text);
return 0;
