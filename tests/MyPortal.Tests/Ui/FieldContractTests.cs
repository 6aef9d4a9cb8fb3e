using Bunit;
using MyPortal.Ui;

namespace MyPortal.Tests.Ui;

public sealed class FieldContractTests : ComponentTest
{
    private static readonly FieldProblem NoName = new("name", Words("名前を入力してください"));

    [Fact]
    public void A_field_ties_label_hint_and_error_to_its_input()
    {
        var field = Render<TextField>(p => p.Add(f => f.Id, "name").Add(f => f.Label, "名前").Add(f => f.Hint, "漢字で").Add(f => f.IsRequired, true).Add(f => f.Problems, [NoName]));
        var input = field.Find("input");

        field.Find("label[for=name]").TextContent.ShouldBe("名前必須");
        input.GetAttribute("aria-invalid").ShouldBe("true");
        input.GetAttribute("aria-required").ShouldBe("true");
        input.HasAttribute("required").ShouldBeFalse("people press and are told");
        input.GetAttribute("aria-describedby")!.Split(' ').Select(id => field.Find("#" + id).TextContent).ShouldBe(["漢字で", "名前を入力してください"]);
    }

    [Fact]
    public void A_field_without_hint_and_error_describes_nothing()
    {
        var field = Render<TextField>(p => p.Add(f => f.Id, "name").Add(f => f.Label, "名前").Add(f => f.Value, "花子"));

        field.Find("label").TextContent.ShouldBe("名前任意");
        field.Find("input").HasAttribute("aria-describedby").ShouldBeFalse();
        field.Find("input").HasAttribute("aria-invalid").ShouldBeFalse();
        field.Find("input").GetAttribute("value").ShouldBe("花子");
    }

    [Fact]
    public void A_tick_box_has_a_label_and_starts_empty()
    {
        var field = Render<CheckField>(p => p.Add(f => f.Id, "agree").Add(f => f.Label, "確かめました"));

        field.Find("label[for=agree]").TextContent.ShouldBe("確かめました");
        field.Find("input[type=checkbox]").HasAttribute("checked").ShouldBeFalse();
    }

    [Fact]
    public void A_tick_box_tells_its_error()
    {
        var field = Render<CheckField>(p => p.Add(f => f.Id, "name").Add(f => f.Label, "確かめました").Add(f => f.Problems, [NoName]));

        field.Find($"#{field.Find("input").GetAttribute("aria-describedby")}").TextContent.ShouldBe("名前を入力してください");
    }
}
