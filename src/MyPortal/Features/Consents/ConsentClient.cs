using MyPortal.Kernel;

namespace MyPortal.Features.Consents;

/// <summary>What is registered of a sender that may ask citizens: public facts of an organisation.</summary>
internal sealed class ConsentClient
{
    private ConsentClient()
    {
    }

    public SenderId SenderId { get; private set; }

    public SenderServiceId ServiceId { get; private set; }

    public string ClientId { get; private set; } = "";

    /// <summary>法人番号.</summary>
    public string CorporateNumber { get; private set; } = "";

    public string Contact { get; private set; } = "";

    /// <summary>One per line; a person is sent back to one of these and nowhere else.</summary>
    public string ReturnAddresses { get; private set; } = "";

    /// <summary>Where it hears that a consent ended.</summary>
    public string MessageAddress { get; private set; } = "";

    /// <summary>The law under which it writes to people without their consent; null for whoever needs consent.</summary>
    public string? Law { get; private set; }

    public static ConsentClient Register(SenderId sender) => new() { SenderId = sender };

    public void Describe(SenderServiceId service, string clientId, string corporateNumber, string contact, IEnumerable<string> returnAddresses, string messageAddress, string? law) =>
        (ServiceId, ClientId, CorporateNumber, Contact, ReturnAddresses, MessageAddress, Law) =
        (service, clientId, corporateNumber, contact, string.Join('\n', returnAddresses), messageAddress, law);

    public bool MayReturnTo(string address) => ReturnAddresses.Split('\n').Contains(address, StringComparer.Ordinal);
}
