using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace MyPortal.Jpki;

/// <summary>
/// The subject tag <c>A = SHA-256(lp('MYP-SUBJ/1') ‖ lp(birth date YYYYMMDD) ‖ lp(sex))</c> of a signature certificate, <c>lp</c> being a
/// big-endian u32 length and the UTF-8 bytes. Of the four attributes only this remains.
/// </summary>
internal static class SubjectTag
{
    /// <summary>The tag of the person whom a signature certificate names.</summary>
    public static byte[] Of(HolderAttributes attributes) => Of(attributes.BirthDate[1..], attributes.Sex);

    /// <summary>The tag of a birth date and a sex.</summary>
    /// <param name="birthDate">YYYYMMDD; unknown parts as the certificate writes them.</param>
    /// <param name="sex"><c>1</c> male, <c>2</c> female, <c>3</c> unknown.</param>
    public static byte[] Of(string birthDate, string sex)
    {
        using var bytes = new MemoryStream();
        Span<byte> length = stackalloc byte[4];
        foreach (var field in (ReadOnlySpan<string>)["MYP-SUBJ/1", birthDate, sex])
        {
            var text = Encoding.UTF8.GetBytes(field);
            BinaryPrimitives.WriteInt32BigEndian(length, text.Length);
            bytes.Write(length);
            bytes.Write(text);
        }

        return SHA256.HashData(bytes.ToArray());
    }
}
