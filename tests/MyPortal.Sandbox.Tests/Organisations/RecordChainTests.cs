using MyPortal.Sandbox.Organisations;
using MyPortal.Sandbox.Storage;

namespace MyPortal.Sandbox.Tests.Organisations;

public sealed class RecordChainTests : IDisposable
{
    private readonly DataFolder folder = new(Directory.CreateTempSubdirectory("chain-").FullName);

    public void Dispose() => Directory.Delete(folder.Path, recursive: true);

    [Fact]
    public void Records_are_found_again_in_order()
    {
        Written().All.Select(r => r.Text).ShouldBe(["一つ目", "two", "three"]);
        new RecordChain<Line>(folder, "lines.jsonl").All.Select(r => r.Text).ShouldBe(["一つ目", "two", "three"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_changed_or_removed_line_is_found(bool isChanged)
    {
        Written();
        var lines = File.ReadAllLines(folder.File("lines.jsonl"));
        File.WriteAllLines(folder.File("lines.jsonl"), isChanged ? [lines[0], lines[1].Replace("two", "2", StringComparison.Ordinal), lines[2]] : [lines[0], lines[2]]);

        Should.Throw<InvalidDataException>(() => new RecordChain<Line>(folder, "lines.jsonl"));
    }

    [Fact]
    public void A_nonce_is_remembered_over_a_restart_for_its_sender()
    {
        var now = TimeProvider.System.GetUtcNow();
        new SeenNonces(folder).Take("portal", "n", now).ShouldBeTrue();
        new SeenNonces(folder).Take("portal", "n", now).ShouldBeFalse();
        new SeenNonces(folder).Take("sakura-city", "n", now).ShouldBeTrue();
        new SeenNonces(folder).Take("portal", "m", now).ShouldBeTrue();
    }

    private RecordChain<Line> Written()
    {
        var chain = new RecordChain<Line>(folder, "lines.jsonl");
        foreach (var text in (string[])["一つ目", "two", "three"]) chain.Append(new Line(text));
        return chain;
    }

    internal sealed record Line(string Text);
}
