using System.Collections.Concurrent;
using System.Diagnostics;

namespace MyPortal.JourneyTests.Fixtures;

/// <summary>Collects what a process says; a pipe that nobody reads would stop it.</summary>
internal sealed class ProcessOutput
{
    private readonly ConcurrentQueue<string> lines = new();

    public Process Of(Process process)
    {
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    public override string ToString() => string.Join('\n', lines);

    private void Keep(string? line)
    {
        if (line is not null)
        {
            lines.Enqueue(line);
        }
    }
}
