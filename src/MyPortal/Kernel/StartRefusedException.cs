namespace MyPortal.Kernel;

/// <summary>The portal, or one of its commands, does not start. The message is for whoever runs it: one sentence on what is wrong, and what to do.</summary>
internal sealed class StartRefusedException(string sentence, Exception? cause = null) : Exception(sentence, cause);
