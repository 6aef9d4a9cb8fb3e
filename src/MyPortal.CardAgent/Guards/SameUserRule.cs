using System.Globalization;
using System.Net;

namespace MyPortal.CardAgent.Guards;

/// <summary>
/// Serves only programs of the operating-system user the agent runs as. A loopback port is open to every account of a shared
/// machine, and there is no way to ask a TCP peer who it is, so the kernel's socket table is read.
/// </summary>
internal sealed class SameUserRule
{
    private static readonly string[] TableFiles = ["/proc/net/tcp", "/proc/net/tcp6"];
    private readonly Func<IEnumerable<string>> _socketTable;
    private readonly int? _ownUser;

    public SameUserRule()
        : this(ReadSocketTable, OwnUser())
    {
    }

    /// <summary>For tests: another table, another user.</summary>
    /// <param name="socketTable">Lines of /proc/net/tcp and /proc/net/tcp6.</param>
    /// <param name="ownUser">Number of the user to serve; null on systems without such a table.</param>
    internal SameUserRule(Func<IEnumerable<string>> socketTable, int? ownUser)
    {
        _socketTable = socketTable;
        _ownUser = ownUser;
    }

    /// <summary>Whether the program at the other end runs as the same user; unknown counts as no.</summary>
    /// <param name="peer">The other end of the connection.</param>
    /// <param name="own">This end of the connection.</param>
    public bool Allows(EndPoint? peer, EndPoint? own)
    {
        // Windows and macOS keep the owner of a socket behind interfaces of their own (GetExtendedTcpTable, libproc). Until the agent
        // speaks them, accounts of the same machine are kept apart there by the transaction token and the match code alone.
        if (_ownUser is null) return true;
        if (peer is not IPEndPoint { Address: var address, Port: var peerPort } || own is not IPEndPoint { Port: var ownPort }) return false;

        return IPAddress.IsLoopback(address) && _socketTable().Any(line => IsOwnedPeer(line, peerPort, ownPort));
    }

    // "sl local remote state queues timer retransmit uid …": seen from the peer, whose local end is our remote one. Sockets that speak
    // to an IPv4 address through IPv6 stand in the second table, with the address mapped; ports are hexadecimal in both.
    private bool IsOwnedPeer(string line, int peerPort, int ownPort)
    {
        var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > 7
            && PortOf(fields[1]) == peerPort
            && PortOf(fields[2]) == ownPort
            && IsLoopback(fields[1])
            && int.TryParse(fields[7], NumberStyles.None, CultureInfo.InvariantCulture, out var user)
            && user == _ownUser;
    }

    private static int? PortOf(string endPoint) =>
        int.TryParse(endPoint.AsSpan(endPoint.IndexOf(':', StringComparison.Ordinal) + 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var port) ? port : null;

    private static bool IsLoopback(string endPoint) =>
        endPoint.StartsWith("0100007F:", StringComparison.Ordinal) || endPoint.StartsWith("0000000000000000FFFF00000100007F:", StringComparison.Ordinal);

    private static IEnumerable<string> ReadSocketTable() =>
        TableFiles.Where(File.Exists).SelectMany(File.ReadLines);

    private static int? OwnUser()
    {
        if (!OperatingSystem.IsLinux()) return null;
        var line = File.ReadLines("/proc/self/status").First(entry => entry.StartsWith("Uid:", StringComparison.Ordinal));
        return int.Parse(line.Split('\t', StringSplitOptions.RemoveEmptyEntries)[2], CultureInfo.InvariantCulture);
    }
}
