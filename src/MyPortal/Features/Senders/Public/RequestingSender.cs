using MyPortal.Kernel;

namespace MyPortal.Features.Senders.Public;

/// <summary>What a sender has to tell of itself before it may send people to the portal's pages to ask them.</summary>
/// <param name="CorporateNumber">法人番号, 13 digits.</param>
/// <param name="Contact">Where citizens ask, as they see it.</param>
/// <param name="ReturnAddresses">Pages to which a person may be sent back, exactly and nowhere else.</param>
/// <param name="MessageAddress">Where it hears that a consent ended.</param>
public sealed record ConsentRequester(string CorporateNumber, string Contact, IReadOnlyList<string> ReturnAddresses, string MessageAddress)
{
    /// <summary>Characters of the contact.</summary>
    public const int LongestContact = 100;
    /// <summary>Digits of a 法人番号.</summary>
    public const int CorporateNumberLength = 13;
    /// <summary>Pages to return to.</summary>
    public const int MostReturnAddresses = 5;
}

/// <summary>A sender that may ask people.</summary>
/// <param name="Id">Which.</param>
/// <param name="Service">The service for which it asks.</param>
/// <param name="ClientId">Name under which it authenticates.</param>
/// <param name="Requester">Who and where it is.</param>
/// <param name="Law">The law under which its service writes to people without their consent; null for whoever needs consent.</param>
internal sealed record RequestingSender(SenderId Id, SenderServiceId Service, string ClientId, ConsentRequester Requester, string? Law);
