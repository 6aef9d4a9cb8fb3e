using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Requirements;

public sealed class RequirementsDocumentTests
{
    private static readonly string File = RepositoryFiles.At("docs", "requirements.md");

    [Fact]
    public void The_document_lists_the_tests_that_prove_each_need()
    {
        var document = System.IO.File.ReadAllText(File);
        var written = RequirementsDocument.Write(document, Proofs());
        if (Environment.GetEnvironmentVariable("MYPORTAL_WRITE_REQUIREMENTS") is not null)
        {
            System.IO.File.WriteAllText(File, written);
            return;
        }

        document.ShouldBe(written, "dotnet run scripts/test.cs -- --write-requirements writes it anew");
    }

    [Fact]
    public void Every_number_on_a_test_is_a_need_of_the_document()
    {
        var needs = RequirementsDocument.Needs(System.IO.File.ReadAllText(File));

        Proofs().Where(proof => !needs.Contains(proof.Number)).ShouldBeEmpty();
        needs.ShouldBe(needs.Distinct().Order());
    }

    [Fact]
    public void Marks_are_found_on_methods_and_classes_in_any_order()
    {
        const string Source = """
            [Requirement(3)]
            public sealed class LoginTests
            {
                [Fact, Requirement(1)]
                public async Task A_card_opens_the_portal()

                [Requirement(2), Requirement(4)]
                [Theory]
                [EveryDatabase]
                [Requirement(5, InPart = "the second half")]
                public void No_password_is_asked(Engine engine)

                [Fact]
                public void Something_else()
            }
            """;

        RequirementsDocument.Proofs([("tests/LoginTests.cs", Source)]).Select(proof => (proof.Number, proof.Test, proof.Missing)).ShouldBe(
        [
            (3, "LoginTests", null), (1, "A_card_opens_the_portal", null), (2, "No_password_is_asked", null), (4, "No_password_is_asked", null), (5, "No_password_is_asked", "the second half"),
        ]);
    }

    [Fact]
    public void Writing_keeps_the_hand_written_lines_and_replaces_the_others()
    {
        const string Before = "# Needs\nProven by at least one test: 9 of 9.\n- 1: Login.\n  - proven: Old (tests/Old.cs)\n- 2: Inbox.\n";

        RequirementsDocument.Write(Before, [new(2, "New", "tests/New.cs")])
            .ShouldBe("# Needs\nProven by at least one test: 1 of 2.\n- 1: Login.\n- 2: Inbox.\n  - proven: New (tests/New.cs)\n");
    }

    [Fact]
    public void A_need_that_is_met_in_part_says_what_is_missing_and_does_not_count()
    {
        const string Before = "Proven by at least one test: 2 of 2.\n- 1: Login.\n  - not built: old words\n- 2: Inbox.\n";

        RequirementsDocument.Write(Before, [new(1, "New", "tests/New.cs"), new(2, "Half", "tests/A.cs", "the other half"), new(2, "Half", "tests/B.cs", "the other half")])
            .ShouldBe("Proven by at least one test: 1 of 2.\n- 1: Login.\n  - proven: New (tests/New.cs)\n- 2: Inbox.\n  - proven: Half (tests/A.cs)\n  - proven: Half (tests/B.cs)\n  - not built: the other half\n");
    }

    // This file plants marks of its own.
    private static IEnumerable<Proof> Proofs() =>
        RequirementsDocument.Proofs(RepositoryFiles.Below(["tests"], ".cs").Where(file => !file.Path.EndsWith("RequirementsDocumentTests.cs", StringComparison.Ordinal)));
}
