using MyPortal.App;

namespace MyPortal.Tests.App;

public sealed class StandardInputExitTests
{
    [Fact]
    public void The_switch_does_not_swallow_the_setting_after_it() =>
        StandardInputExit.WithoutSwitch(["--exit-with-stdin", "--Deployment:Mode=Sandbox"]).ShouldHaveSingleItem().ShouldBe("--Deployment:Mode=Sandbox");
}
