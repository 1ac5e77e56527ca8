namespace Rnn.Browser.Tests;

/// <summary>Looks at formulas.</summary>
internal static class Formulas
{
    /// <summary>Fails unless each is set, or readable as it was written, and none was overlooked.</summary>
    /// <param name="page">The page.</param>
    /// <param name="count">How many there are.</param>
    public static async Task MustBeReadableAsync(BrowserPage page, int count)
    {
        double[][] sizes = await page.EvaluateAsync<double[][]>(
            """
            [...document.querySelectorAll('.formula, math:not(.formula *), code.tex')]
                .map(e => e.getBoundingClientRect()).map(r => [r.width, r.height])
            """);
        Assert.Equal(count, sizes.Length);
        Assert.All(sizes, size => Assert.True(size[0] > 2 && size[1] > 2, "a formula has no size"));
        Found.Nothing("raw formulas", await page.EvaluateAsync<string[]>(
            """
            [...document.querySelectorAll('.markdown :not(pre, pre *, code, code *, script, style, annotation, .rnn-chart *)')]
                .flatMap(e => [...e.childNodes].filter(node => node.nodeType === Node.TEXT_NODE).map(node => node.data))
                .filter(text => /\$|\\[a-zA-Z({[]/.test(text))
            """));
    }
}
