using MyPortal.Benchmarks;

if (args is not [var report, var portal, var empty, .. var portalArguments])
{
    Console.WriteLine("Started by scripts/bench.cs with: report file, published portal, published empty app, arguments of the portal");
    return 2;
}

var coldStart = new ColdStart(
    new App("portal", portal, portalArguments),
    new App("empty Blazor app", empty, []));
var figures = await coldStart.MeasureAsync();
var text = Report.Write(figures);
await File.WriteAllTextAsync(report, text);
Console.WriteLine(text);
return 0;
