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
                public void No_password_is_asked(Engine engine)

                [Fact]
                public void Something_else()
            }
            """;

        RequirementsDocument.Proofs([("tests/LoginTests.cs", Source)]).Select(proof => (proof.Number, proof.Test))
            .ShouldBe([(3, "LoginTests"), (1, "A_card_opens_the_portal"), (2, "No_password_is_asked"), (4, "No_password_is_asked")]);
    }

    [Fact]
    public void Writing_keeps_the_hand_written_lines_and_replaces_the_others()
    {
        const string Before = "# Needs\nProven by at least one test: 9 of 9.\n- 1: Login.\n  - proven: Old (tests/Old.cs)\n- 2: Inbox.\n";

        RequirementsDocument.Write(Before, [new(2, "New", "tests/New.cs")])
            .ShouldBe("# Needs\nProven by at least one test: 1 of 2.\n- 1: Login.\n- 2: Inbox.\n  - proven: New (tests/New.cs)\n");
    }

    // This file plants marks of its own.
    private static IEnumerable<Proof> Proofs() =>
        RequirementsDocument.Proofs(RepositoryFiles.Below(["tests"], ".cs").Where(file => !file.Path.EndsWith("RequirementsDocumentTests.cs", StringComparison.Ordinal)));
}
