namespace Rnn.Browser.Tests;

/// <summary>Points at charts.</summary>
internal static class Mouse
{
    /// <summary>The first chart of each kind, and where in it the middle point, bar or cell of its first trace is.</summary>
    private const string Targets =
        """
        [...document.querySelectorAll('.rnn-chart')].map(chart => {
            const plot = chart.querySelector('.js-plotly-plot'), trace = plot._fullData[0], points = plot.calcdata[0];
            const { xaxis: x, yaxis: y } = plot._fullLayout, middle = points[points.length >> 1];
            let at = [x._length / 2, y._length / 2];
            if (trace.type === 'scatter') at = [x.c2p(middle.x), y.c2p(middle.y)];
            if (trace.type === 'bar') {
                const highest = points.reduce((a, b) => Math.abs(b.s) > Math.abs(a.s) ? b : a);
                at = [x.c2p(highest.p), (y.c2p(highest.s) + y.c2p(0)) / 2];
            }
            return { id: chart.id, kind: trace.type, x: x._offset + at[0], y: y._offset + at[1] };
        }).filter((target, i, all) => all.findIndex(other => other.kind === target.kind) === i)
        """;

    private sealed record Target(string Id, string Kind, decimal X, decimal Y);

    public static async Task MustBeAnsweredAsync(BrowserPage page)
    {
        foreach (Target target in await page.EvaluateAsync<Target[]>(Targets))
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
