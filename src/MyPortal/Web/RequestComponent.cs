using Microsoft.AspNetCore.Components;

namespace MyPortal.Web;

/// <summary>A component that is rendered on the server for one request.</summary>
public abstract class RequestComponent : ComponentBase
{
    /// <summary>The request; null where a component is rendered without one, as on a page of errors.</summary>
    [CascadingParameter] protected HttpContext? Http { get; set; }

    /// <summary>Fires when the browser went away; never without a request.</summary>
    protected CancellationToken Aborted => Http?.RequestAborted ?? default;
}
