namespace MyPortal.CardAgent.Guards;

/// <summary>
/// Serves only requests addressed to 127.0.0.1 and the port itself. A name that a hostile site lets resolve to 127.0.0.1 (DNS
/// rebinding) would make the agent's pages part of that site.
/// </summary>
internal static class HostRule
{
    public static Task CheckAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Headers.Host == $"127.0.0.1:{context.Connection.LocalPort}") return next(context);

        context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
        return Task.CompletedTask;
    }
}
