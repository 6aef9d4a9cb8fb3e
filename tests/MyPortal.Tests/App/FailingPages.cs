using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Routing;

namespace MyPortal.Tests.App;

/// <summary>Pages that fail in the ways pages can fail: at once, after a while, and by finding nothing.</summary>
public sealed class FailingPages : ComponentBase
{
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenComponent<Router>(0);
        builder.AddComponentParameter(1, nameof(Router.AppAssembly), typeof(FailingPages).Assembly);
        builder.AddComponentParameter(2, nameof(Router.Found), (RenderFragment<RouteData>)(page => inner =>
        {
            inner.OpenComponent<RouteView>(0);
            inner.AddComponentParameter(1, nameof(RouteView.RouteData), page);
            inner.CloseComponent();
        }));
        builder.CloseComponent();
    }

    [Route("/test/pages/crash")]
    public sealed class CrashingPage : FailingPage
    {
        protected override void OnInitialized() => throw new InvalidOperationException("planted");
    }

    [Route("/test/pages/late-crash")]
    public sealed class LateCrashingPage : FailingPage
    {
        protected override async Task OnInitializedAsync()
        {
            await Task.Yield();
            throw new InvalidOperationException("planted");
        }
    }

    [Route("/test/pages/nothing")]
    public sealed class EmptyPage : FailingPage
    {
        protected override void OnInitialized() => Navigation.NotFound();
    }

    [Route("/test/pages/late-nothing")]
    public sealed class LateEmptyPage : FailingPage
    {
        protected override async Task OnInitializedAsync()
        {
            await Task.Yield();
            Navigation.NotFound();
        }
    }

    public abstract class FailingPage : ComponentBase
    {
        [Inject]
        protected NavigationManager Navigation { get; private set; } = null!;

        protected override void BuildRenderTree(RenderTreeBuilder builder) => builder.AddContent(0, "half a page");
    }
}
