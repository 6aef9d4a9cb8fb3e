namespace MyPortal.Ui;

/// <summary>
/// A block on the page a person sees after logging in. A feature registers one as a singleton; the component takes no parameters,
/// brings its own h2 and may fail without harming the others.
/// </summary>
/// <param name="Order">Place from the top; leave gaps of ten.</param>
/// <param name="Component">Type of the Razor component.</param>
/// <param name="Aside">In the side column on wide screens; below the others on a phone.</param>
internal sealed record HomeTile(int Order, Type Component, bool Aside = false);
