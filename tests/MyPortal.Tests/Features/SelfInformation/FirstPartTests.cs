using Bunit;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using MyPortal.Contracts.Hub;
using MyPortal.Features.SelfInformation.Pages;
using MyPortal.Features.SelfInformation.Public;
using MyPortal.Identity;
using MyPortal.Kernel;
using MyPortal.Tests.Ui;

namespace MyPortal.Tests.Features.SelfInformation;

/// <summary>A browser without script keeps the first part of a page for good, so that part must not contradict itself.</summary>
public sealed class FirstPartTests : ComponentTest
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 1, 0, 0, TimeSpan.Zero);
    private readonly TaskCompletionSource firstPart = new();
    private readonly Inquiry inquiry;
    private readonly InquiryBatch run;

    public FirstPartTests()
    {
        var viewer = new Viewer(CitizenId.New(Now), SessionId.New(Now), AssuranceLevel.CardWithPin, Now);
        var label = new Label("さくら市", "Sakura City", "さくら市");
        var row = new MatrixRow("row", "portal", "city", LinkageBasis.Self, "法", "residence", 1, "residence", label, label, [new MatrixItem("address", label, DatasetType.Text)], 2);
        inquiry = new Inquiry(1, row, label);
        run = new InquiryBatch(viewer, InquiryKind.SelfInformation, Guid.CreateVersion7(Now), Now, Now.AddMinutes(15), [inquiry]);
        var http = new DefaultHttpContext();
        http.Features.Set(viewer);
        Services.AddSingleton<IHttpContextAccessor>(new HttpContextAccessor { HttpContext = http });
        Services.AddSingleton<CurrentViewer>();
        Services.AddSingleton<IInquiryBatches>(new OneRun(run));
    }

    [Fact]
    public void An_answer_that_comes_while_the_first_part_is_written_is_shown_behind_it_in_number_and_card_alike()
    {
        var status = Render<InquiryStatus>(page => page.Add(part => part.Run, run.Id).Add(part => part.Settled, 0).Add(part => part.FirstPart, firstPart.Task));
        inquiry.Settle(null);
        var card = Render<HolderCard>(page => page.Add(part => part.Run, run.Id).Add(part => part.Number, 1).Add(part => part.WasSettled, value: false).Add(part => part.FirstPart, firstPart.Task));

        status.FindAll("progress").Count.ShouldBe(1);
        card.FindAll(".holder-waiting").Count.ShouldBe(1, "the number above says that it is missing");

        firstPart.SetResult();

        status.WaitForAssertion(() => status.FindAll("progress").ShouldBeEmpty());
        card.WaitForAssertion(() => card.FindAll(".holder-unavailable").Count.ShouldBe(1));
    }

    [Fact]
    public void What_was_there_when_the_page_was_begun_waits_for_nothing()
    {
        inquiry.Settle(null);

        Render<InquiryStatus>(page => page.Add(part => part.Run, run.Id).Add(part => part.Settled, 1).Add(part => part.FirstPart, firstPart.Task)).FindAll("progress").ShouldBeEmpty();
        Render<HolderCard>(page => page.Add(part => part.Run, run.Id).Add(part => part.Number, 1).Add(part => part.WasSettled, value: true).Add(part => part.FirstPart, firstPart.Task))
            .FindAll(".holder-unavailable").Count.ShouldBe(1);
    }

    private sealed class OneRun(InquiryBatch run) : IInquiryBatches
    {
        public InquiryBatch? Find(Viewer viewer, InquiryKind kind, Guid id) => id == run.Id ? run : null;

        public Task<Result<InquiryBatch>> StartAsync(Viewer viewer, InquiryKind kind, Func<MatrixRow, bool> choose, CancellationToken cancellationToken) => throw new NotSupportedException();

        public bool IsElsewhere(Guid id) => false;

        public Task<bool> RetryAsync(Viewer viewer, InquiryKind kind, Guid id, int number, CancellationToken cancellationToken) => throw new NotSupportedException();

        public bool Erase(Viewer viewer, InquiryKind kind, Guid id) => throw new NotSupportedException();
    }
}
