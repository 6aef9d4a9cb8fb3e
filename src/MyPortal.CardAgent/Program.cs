using MyPortal.CardAgent.Guards;

namespace MyPortal.CardAgent;

internal static class Program
{
    public static async Task Main(string[] args)
    {
        var app = AgentApplication.Create([.. args.Where(argument => argument != StandardInputRule.Switch)]);
        if (args.Contains(StandardInputRule.Switch)) StandardInputRule.StopAtEnd(app.Lifetime);
        await app.RunAsync();
    }
}
