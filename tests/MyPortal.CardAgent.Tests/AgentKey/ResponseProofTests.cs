using System.Runtime.CompilerServices;
using System.Text.Json;
using MyPortal.CardAgent.AgentKey;

namespace MyPortal.CardAgent.Tests.AgentKey;

public sealed class ResponseProofTests
{
    [Fact]
    public void The_signed_bytes_equal_the_vectors_that_the_portal_reads_too()
    {
        using var file = JsonDocument.Parse(File.ReadAllBytes(VectorFile()));
        var vectors = file.RootElement.GetProperty("vectors").EnumerateArray().ToList();

        vectors.ShouldNotBeEmpty();
        foreach (var vector in vectors)
        {
            var bytes = ResponseProof.SignedBytes(
                vector.GetProperty("ticketAddress").GetString()!,
                vector.GetProperty("responseSecret").GetString()!,
                [.. vector.GetProperty("cms").EnumerateArray().Select(cms => Convert.FromHexString(cms.GetString()!))]);
            Convert.ToHexStringLower(bytes).ShouldBe(vector.GetProperty("signedBytes").GetString(), vector.GetProperty("name").GetString());
        }
    }

    private static string VectorFile([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "../../Vectors/agent-proof.json");
}
