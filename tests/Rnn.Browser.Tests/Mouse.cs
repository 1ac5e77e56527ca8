namespace Rnn.Browser.Tests;

/// <summary>Points at charts.</summary>
internal static class Mouse
{
    private sealed record Target(string Id, string Kind, decimal X, decimal Y);

    public static async Task MustBeAnsweredAsync(BrowserPage page)
    {
        foreach (Target target in await page.EvaluateScriptAsync<Target[]>("mouse-targets.js"))
        {
            // A page may show the same chart twice.
            await using IElementHandle drawing = await page.Page.QuerySelectorAsync($"#{target.Id} .main-svg");
            await drawing.ScrollIntoViewAsync();
            BoundingBox box = await drawing.BoundingBoxAsync();
            await page.Page.Mouse.MoveAsync(box.X + target.X - 3, box.Y + target.Y - 3);
            await page.Page.Mouse.MoveAsync(box.X + target.X, box.Y + target.Y);
            string label = $"#{target.Id} .hoverlayer text";
            await page.Page.WaitForSelectorAsync(label, new() { Visible = true, Timeout = 5_000 });
            string text =
                await page.EvaluateAsync<string>($"[...document.querySelectorAll('{label}')].map(e => e.textContent).join('')");
            Assert.True(text.Any(char.IsDigit), $"{target.Id} ({target.Kind}) shows '{text}' under the mouse");
            Assert.DoesNotMatch("undefined|NaN|%{", text);
        }
    }
}
