using System.Globalization;
using System.Threading.RateLimiting;
using MyPortal.Kernel;

namespace MyPortal.Web;

/// <summary>Section <c>RateLimits</c>: requests a minute. Described in docs/operations.md.</summary>
internal sealed record RequestRateLimitOptions
{
    public const string Section = "RateLimits";

    /// <summary>What strangers may write from one IPv4 address; a town hall or a telephone network may stand behind it.</summary>
    public int PerIpv4Address { get; init; } = 600;

    /// <summary>What strangers may write from one IPv6 /64, which is one household.</summary>
    public int PerIpv6Block { get; init; } = 120;

    /// <summary>Pages and forms of one session.</summary>
    public int PerSession { get; init; } = 600;

    /// <summary>Calls of one sender, posts included; its quota of posts counts apart from it and is lower.</summary>
    public int PerSender { get; init; } = 6000;

    /// <summary>Reads the section.</summary>
    /// <exception cref="InvalidOperationException">A limit is not a positive number; the message names it.</exception>
    public static RequestRateLimitOptions From(IConfiguration configuration)
    {
        var options = configuration.GetSection(Section).Get<RequestRateLimitOptions>() ?? new RequestRateLimitOptions();
        var wrong = new[] { (nameof(PerIpv4Address), options.PerIpv4Address), (nameof(PerIpv6Block), options.PerIpv6Block), (nameof(PerSession), options.PerSession), (nameof(PerSender), options.PerSender) }
            .Where(limit => limit.Item2 < 1).Select(limit => $"{Section}:{limit.Item1}").ToList();
        return wrong.Count is 0 ? options : throw new InvalidOperationException($"{string.Join(", ", wrong)} must be at least 1.");
    }
}

/// <summary>Marks an endpoint at which somebody whom the portal does not know makes it write: such requests are counted by address block.</summary>
internal sealed class AnonymousRateLimit
{
    public static readonly AnonymousRateLimit Mark = new();
}

/// <summary>How much may come in, per address block, session and sender. Each process counts for itself and forgets at its end.</summary>
internal sealed class RequestRateLimits : IDisposable
{
    /// <summary>
    /// Address blocks are counted in so many places: a flood from everywhere cannot make the portal keep more. Two blocks in one
    /// place share its limit; which ones meet changes with each start.
    /// </summary>
    public const int MostBlocks = 16_384;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    public RequestRateLimits(RequestRateLimitOptions options)
    {
        Strangers = PartitionedRateLimiter.Create<HttpContext, (bool IsV6, int Place)>(http =>
        {
            if (http.GetEndpoint()?.Metadata.GetMetadata<AnonymousRateLimit>() is null && http.Features.Get<AnonymousRateLimit>() is null)
            {
                return RateLimitPartition.GetNoLimiter((IsV6: false, Place: -1));
            }

            var block = AddressBlock.Of(http.Connection.RemoteIpAddress);
            return Minute((block.IsV6, PlaceOf(block)), block.IsV6 ? options.PerIpv6Block : options.PerIpv4Address);
        });
        Sessions = PartitionedRateLimiter.Create<SessionId?, SessionId>(session => session is { } id ? Minute(id, options.PerSession) : RateLimitPartition.GetNoLimiter(default(SessionId)));
        Senders = PartitionedRateLimiter.Create<SenderId, SenderId>(sender => Minute(sender, options.PerSender));
    }

    /// <summary>Requests of people and programs that are not known (yet), by address block. Limits only what <see cref="AnonymousRateLimit"/> marks.</summary>
    public PartitionedRateLimiter<HttpContext> Strangers { get; }

    /// <summary>Requests in one session; null, whoever is signed out, is not limited. There are no more partitions than sessions in use.</summary>
    public PartitionedRateLimiter<SessionId?> Sessions { get; }

    /// <summary>Calls of one sender. There are no more partitions than senders.</summary>
    public PartitionedRateLimiter<SenderId> Senders { get; }

    /// <summary>Counts a call whose caller did not prove who it is; false when its address block has had enough.</summary>
    public bool MayStrangerWrite(HttpContext http)
    {
        http.Features.Set(AnonymousRateLimit.Mark);
        return IsRoom(Strangers.AttemptAcquire(http), http);
    }

    /// <summary>Counts a call of a sender; false when it has had enough.</summary>
    public bool MaySenderCall(HttpContext http, SenderId sender) => IsRoom(Senders.AttemptAcquire(sender), http);

    /// <summary>Tells the client when there is room again.</summary>
    public static void WriteRetryAfter(RateLimitLease lease, HttpContext http)
    {
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : Window;
        http.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        Strangers.Dispose();
        Sessions.Dispose();
        Senders.Dispose();
    }

    private static bool IsRoom(RateLimitLease lease, HttpContext http)
    {
        using (lease)
        {
            if (!lease.IsAcquired)
            {
                WriteRetryAfter(lease, http);
            }

            return lease.IsAcquired;
        }
    }

    // HashCode has a seed of its own in each process, so that nobody can choose with whom to share a place.
    private static int PlaceOf(AddressBlock block) => (int)((uint)HashCode.Combine(block.Bits) % MostBlocks);

    private static RateLimitPartition<TKey> Minute<TKey>(TKey key, int limit) =>
        RateLimitPartition.GetFixedWindowLimiter(key, _ => new FixedWindowRateLimiterOptions { PermitLimit = limit, Window = Window, QueueLimit = 0 });
}
