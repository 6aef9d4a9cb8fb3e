using MyPortal.Benchmarks;

switch (args)
{
    case [BareInsert.Word, var folder, .. var rest]:
        await BareInsert.RunAsync(folder, rest);
        return 0;
    case [BarePages.Word, var folder, .. var rest]:
        await BarePages.RunAsync(folder, rest);
        return 0;
    case [var report, var names, var portal, var empty, var work, var trustBundle, .. var portalArguments]:
        var text = Report.Write(await new Workloads(new App("portal", portal, portalArguments), new App("empty Blazor app", empty, []), work, trustBundle).MeasureAsync(names.Split(',')));
        if (report is not "-")
        {
            await File.WriteAllTextAsync(report, text);
        }

        Console.WriteLine(text);
        return 0;
    default:
        Console.WriteLine("Started by scripts/bench.cs with: report file or -, names of workloads, published portal, published empty app, folder for data, folder of the trustBundle, arguments of the portal");
        return 2;
}
