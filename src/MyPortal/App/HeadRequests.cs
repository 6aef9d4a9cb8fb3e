using Microsoft.AspNetCore.Http.Features;
using MyPortal.Web;

namespace MyPortal.App;

/// <summary>
/// Answers HEAD like GET, without the body, at every address. What must not happen without a person asks <see cref="Looking"/>.
/// </summary>
internal sealed class HeadRequests(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context) => HttpMethods.IsHead(context.Request.Method) ? AnswerAsync(context) : next(context);

    private async Task AnswerAsync(HttpContext context)
    {
        var body = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        context.Features.Set(HeadersOnly.Mark);
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(Stream.Null));
        context.Request.Method = HttpMethods.Get;
        try
        {
            await next(context);
        }
        finally
        {
            // The server must know what was asked for: it writes no length of a body that it does not see.
            context.Request.Method = HttpMethods.Head;
            context.Features.Set(body);
        }
    }
}
