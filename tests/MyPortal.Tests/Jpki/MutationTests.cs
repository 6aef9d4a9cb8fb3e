using MyPortal.Contracts.CardAgent;
using MyPortal.Jpki;
using MyPortal.Tests.Jpki.Forging;

namespace MyPortal.Tests.Jpki;

/// <summary>Every node and every byte of a good answer, spoiled one by one: none may be taken, and none may throw.</summary>
public sealed class MutationTests
{
    private static readonly byte[] Document = "{\"type\":\"MYP-CARD/1\"}"u8.ToArray();
    private static readonly CmsDraft Good = new(Document) { Certificate = CertificateDraft.OfSignature(CertificateDraft.Attributes) };
    private static readonly CardSignatures Verifier = ForgedAuthority.Instance.Verifier(CertificateKind.Signature);

    [Fact]
    public void No_length_of_an_answer_can_be_written_in_another_way()
    {
        var tree = DerTree.Read(Good.Encode());
        tree.Write().ShouldBe(Good.Encode());

        ShouldRefuseEach(tree, bytes => bytes, atLeast: 116);
    }

    [Fact]
    public void No_length_of_the_signed_attributes_can_even_where_the_card_signs_it() =>
        ShouldRefuseEach(DerTree.Read(Attributes()), attributes => (Good with { Rewrite = _ => attributes[2..] }).Encode(), atLeast: 12, skipped: 1);

    [Fact]
    public void No_length_of_a_certificate_can_even_where_the_issuer_signs_it()
    {
        var authority = ForgedAuthority.Instance;
        var content = Good.Certificate.Content(ForgedAuthority.Name, authority.CardKey.ExportSubjectPublicKeyInfo());

        ShouldRefuseEach(DerTree.Read(content), spoiled => (Good with { Issued = authority.Sign(Good.Certificate, spoiled) }).Encode(), atLeast: 70);
    }

    [Fact]
    public void No_byte_of_an_answer_can_be_changed()
    {
        var good = Good.Encode();
        Code(good).ShouldBe("taken");
        var taken = new List<int>();
        for (var place = 0; place < good.Length; place++)
        {
            foreach (var bit in (ReadOnlySpan<byte>)[0x01, 0x20, 0x80])
            {
                var spoiled = (byte[])good.Clone();
                spoiled[place] ^= bit;
                if (Code(spoiled) is "taken")
                {
                    taken.Add(place);
                }
            }
        }

        taken.ShouldBeEmpty();
    }

    [Fact]
    public void No_answer_that_breaks_off_is_taken()
    {
        var good = Good.Encode();

        Enumerable.Range(0, good.Length).Where(length => Code(good[..length]) is "taken").ShouldBeEmpty();
    }

    // Short enough for a length of one byte, so that the inside begins at the third.
    private static byte[] Attributes() => Raw.Node(Raw.Set, Good.AttributeBytes());

    private static void ShouldRefuseEach(DerTree tree, Func<byte[], byte[]> answer, int atLeast, int skipped = 0)
    {
        var nodes = tree.Nodes.Skip(skipped).ToList();
        nodes.Count.ShouldBeGreaterThanOrEqualTo(atLeast);
        Code(answer(tree.Write())).ShouldBe("taken");
        var taken = new List<string>();
        foreach (var form in new[] { LengthForm.Long, LengthForm.Indefinite })
        {
            for (var place = 0; place < nodes.Count; place++)
            {
                if (Code(answer(tree.Write(nodes[place], form))) is "taken")
                {
                    taken.Add($"{form} at node {place}");
                }
            }
        }

        taken.ShouldBeEmpty();
    }

    private static string Code(byte[] cms)
    {
        var result = Verifier.Verify(cms, Document, CertificateKind.Signature);
        return result.IsRefused ? result.Error.Code : "taken";
    }
}
