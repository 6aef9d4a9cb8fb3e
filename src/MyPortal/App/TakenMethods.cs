using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.Routing.Template;

namespace MyPortal.App;

/// <summary>
/// Which verbs an address takes. Asked only where routing found no endpoint: beside an endpoint for any file name, as development has
/// one, routing takes a wrong verb for a wrong address.
/// </summary>
internal sealed class TakenMethods(EndpointDataSource endpoints, ParameterPolicyFactory policies)
{
    /// <summary>The verbs of all endpoints at the address of the request, for the header <c>Allow</c>; empty where there is none.</summary>
    public IReadOnlyList<string> At(HttpContext http)
    {
        var methods = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var endpoint in endpoints.Endpoints)
        {
            if (endpoint is RouteEndpoint route && FormProtection.IsProgram("/" + route.RoutePattern.RawText?.TrimStart('/')) && Matches(route.RoutePattern, http))
            {
                methods.UnionWith(route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []);
            }
        }

        if (methods.Contains(HttpMethods.Get))
        {
            methods.Add(HttpMethods.Head);
        }

        return [.. methods];
    }

    private bool Matches(RoutePattern pattern, HttpContext http)
    {
        var values = new RouteValueDictionary();
        return new TemplateMatcher(new RouteTemplate(pattern), []).TryMatch(http.Request.Path, values)
            && pattern.ParameterPolicies.All(parameter => parameter.Value.All(reference =>
                policies.Create(pattern.GetParameter(parameter.Key), reference) is not IRouteConstraint constraint
                || constraint.Match(http, route: null, parameter.Key, values, RouteDirection.IncomingRequest)));
    }
}
