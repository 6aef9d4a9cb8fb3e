namespace MyPortal.JourneyTests.Fixtures;

/// <summary>What the keyboard should reach, and where it is.</summary>
internal static class KeyboardScripts
{
    /// <summary>
    /// Names of all stops in reading order. Of a group of radio buttons, only one is a stop. The stops are kept so that
    /// <see cref="Here"/> can name them.
    /// </summary>
    public const string Stops = """
        () => {
          const all = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')]
            .filter(element => element.checkVisibility());
          const isFirstOfGroup = element => element.type !== 'radio' || all.find(other => other.name === element.name) === element;
          window.stops = all.filter(isFirstOfGroup);
          window.nameOf = element => `${stops.indexOf(element)} ${element.tagName} ${element.name || element.innerText?.trim().slice(0, 30)}`;
          return stops.map(nameOf);
        }
        """;

    /// <summary>Name of the stop that has the focus, and what is wrong with how it shows.</summary>
    public const string Here = """
        () => {
          const element = document.activeElement;
          const style = getComputedStyle(element);
          const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
          const box = element.getClientRects()[0] ?? element.getBoundingClientRect();
          const there = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
          const isFree = there && (element.contains(there) || there.contains(element));
          return nameOf(element) + (ring ? '' : ' without outline') + (isFree ? '' : ' covered');
        }
        """;
}
