using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using MyPortal.Contracts.CardAgent;
using MyPortal.Tests.Features.SignIn.Card;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Features.SignIn;

/// <summary>The card replaces identifier and password: there is nothing to type into the portal, anywhere.</summary>
public sealed partial class NoPasswordTests
{
    [Fact, Requirement(2), Requirement(19)]
    public async Task A_person_signs_in_without_typing_anything_into_the_portal()
    {
        await using var fixture = await CardFixture.EnrolledAsync();
        var browser = fixture.NewBrowser();

        var forms = (await browser.OpenAsync("/login")).Forms.Where(form => form.Action.AbsolutePath.StartsWith("/login", StringComparison.Ordinal)).ToList();

        forms.ShouldNotBeEmpty();
        forms.SelectMany(form => form.Names).Distinct(StringComparer.Ordinal).ShouldBe(["__RequestVerificationToken"]);
        (await fixture.PassAsync(CardPurpose.Login, browser)).ShouldBe("/");
    }

    [Fact, Requirement(2)]
    public async Task No_address_of_the_portal_is_about_passwords()
    {
        await using var portal = await TestPortal.StartAsync();

        var routes = portal.Get<IEnumerable<EndpointDataSource>>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Select(endpoint => endpoint.RoutePattern.RawText ?? "").ToList();

        routes.ShouldContain(route => route == "/login/card/start");
        routes.Where(route => PasswordWord().IsMatch(route)).ShouldBeEmpty();
    }

    [Fact, Requirement(2), Requirement(17), Requirement(19)]
    public void No_page_of_the_portal_has_a_field_for_a_password() =>
        RepositoryFiles.Below([Path.Combine("src", "MyPortal")], ".razor", ".cs").Where(file => PasswordField().IsMatch(file.Text)).Select(file => file.Path).ShouldBeEmpty();

    [Theory]
    [InlineData("/account/password", true)]
    [InlineData("/login/pin", true)]
    [InlineData("/login/card/{id:guid}", false)]
    public void The_words_for_passwords_are_recognised(string route, bool isFound) => PasswordWord().IsMatch(route).ShouldBe(isFound);

    [Theory]
    [InlineData("<input type=\"password\" name=\"p\">", true)]
    [InlineData("<input autocomplete='current-password'>", true)]
    [InlineData("<input type=\"text\">", false)]
    public void A_field_for_a_password_is_recognised(string html, bool isFound) => PasswordField().IsMatch(html).ShouldBe(isFound);

    [GeneratedRegex(@"passw|passcode|\bpwd\b|\bpin\b|secret", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PasswordWord();

    [GeneratedRegex("type=[\"']?password|InputType.Password|(current|new)-password", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PasswordField();
}
