using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MyPortal.Sandbox.TestPersons;
using MyPortal.Sandbox.Senders;

namespace MyPortal.Sandbox.Businesses;

/// <summary>The numbers under which each sender knows its customers: no two senders use the same, and the portal sees only the end.</summary>
internal static class CustomerNumbers
{
    private const int Hidden = 6;
    private const int Shown = 4;

    /// <summary>For example <c>******4821</c>.</summary>
    public static string MaskedOf(SandboxSender sender, Person person) => new string('*', Hidden) + LastDigits(sender, person);

    private static string LastDigits(SandboxSender sender, Person person)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{sender.Id}/{person.Id}"));
        return (BitConverter.ToUInt16(hash) % 10_000).ToString($"D{Shown}", CultureInfo.InvariantCulture);
    }
}
