using Microsoft.AspNetCore.Http;

namespace MyPortal.Tests.Architecture.Planted.Kernel;

internal sealed class KnowsTheRequest
{
    public static bool IsPost(HttpContext http) => HttpMethods.IsPost(http.Request.Method);
}
