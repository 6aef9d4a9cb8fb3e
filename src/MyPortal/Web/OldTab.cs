namespace MyPortal.Web;

/// <summary>
/// Where a form leads whose token is no longer good because its page was left open while another tab logged in or out. Nothing is
/// done on the way. Metadata of an endpoint that needs it; everything else refuses such a form.
/// </summary>
/// <param name="SignedIn">Local path for a person who is signed in; null does what the form asks, if a page of ours sent it.</param>
/// <param name="SignedOut">Local path for everybody else.</param>
internal sealed record OldTab(string? SignedIn, string SignedOut);
