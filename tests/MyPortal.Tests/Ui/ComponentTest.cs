using System.Globalization;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.DependencyInjection;
using MyPortal.Ui;

namespace MyPortal.Tests.Ui;

/// <summary>Renders one component in one language on 20 November 2026, ten in the morning in Japan.</summary>
public abstract class ComponentTest : BunitContext
{
    private protected ComponentTest()
    {
        Services.AddSingleton<TimeProvider>(new FixedClock(new DateTimeOffset(2026, 11, 20, 1, 0, 0, TimeSpan.Zero)));
        Services.AddSingleton<AntiforgeryStateProvider>(new KnownToken());
        Services.AddUi();
        In(Language.Japanese);
    }

    private protected static void In(Language language)
    {
        CultureInfo.CurrentCulture = Language.Japanese.Culture;
        CultureInfo.CurrentUICulture = language.Culture;
    }

    private protected static RenderFragment Words(string text) => builder => builder.AddContent(0, text);

    private sealed class FixedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }

    private sealed class KnownToken : AntiforgeryStateProvider
    {
        public override AntiforgeryRequestToken GetAntiforgeryToken() => new("token", "__RequestVerificationToken");
    }
}
