namespace Rnn.Browser.Tests.Site;

/// <summary>What the slides have for the one who speaks.</summary>
public sealed class SlideNotesTests(BrowserFixture browser)
{
    private static string Slides => BuiltSite.PathOf($"slides/{Pages.Fresh}.html");

    /// <summary>From disk, too: a stick is all that a teacher needs.</summary>
    [Fact]
    public async Task The_speaker_has_a_window_with_the_notes_of_the_slide_that_the_room_sees()
    {
        await using BrowserPage page = await browser.OpenAsync(Slides, 1280, height: 720);
        await page.Page.WaitForFunctionAsync("() => Reveal.isReady()");
        Assert.Equal("none", await page.EvaluateAsync<string>("getComputedStyle(document.querySelector('.notes')).display"));
        TaskCompletionSource<IPage> opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
        page.Page.Popup += (_, e) => opened.TrySetResult(e.PopupPage);
        await page.Page.Keyboard.PressAsync("PageDown");
        await page.Page.Keyboard.PressAsync("s");
        IPage speaker = await opened.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await speaker.WaitForFunctionAsync(
            "notes => document.querySelector('.speaker-controls-notes .value')?.textContent.trim() === notes",
            args: await page.EvaluateAsync<string>("Reveal.getCurrentSlide().querySelector('.notes').textContent.trim()"));
    }

    /// <summary>Whoever reads them alone, on a phone, has nobody who speaks.</summary>
    [Fact]
    public async Task On_a_phone_the_notes_stand_among_the_slides()
    {
        await using BrowserPage page = await browser.OpenAsync(Slides, 390, height: 844);
        bool[] shown = await page.EvaluateAsync<bool[]>(
            "[...document.querySelectorAll('.slides > section > section, .notes')].map(e => e.checkVisibility())");
        Assert.True(shown.Length > 10);
        Assert.All(shown, Assert.True);
    }
}
