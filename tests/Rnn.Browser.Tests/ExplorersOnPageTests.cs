using Rnn.Browser.Tests.Live;
using Rnn.Runner.Page;
using static Rnn.Testing.Notebooks;

namespace Rnn.Browser.Tests;

/// <summary>Explorers on the runner's page, which holds each of their scripts once and has styles of its own.</summary>
public sealed class ExplorersOnPageTests(BrowserFixture browser)
{
    /// <summary>
    /// JavaScript for how all parts of all drawn explorers look, but for the one that is only read out. The page's variables are
    /// its own; where it lets words break, and its language, show in the sizes if at all.
    /// </summary>
    private const string Read =
        """
        [...document.querySelectorAll('.rnn-explorer-body')].map(body =>
          [body, ...body.querySelectorAll(':not(.rnn-explorer-status)')].flatMap(e =>
            [...getComputedStyle(e)].filter(name => !/^(--|overflow-wrap$|-webkit-locale$)/.test(name))
              .map(name => `${e.tagName} ${e.className} ${name} ${getComputedStyle(e)[name]}`)))
        """;

    private static readonly string[] Html =
        [.. ExplorerSamples.Kinds.Select(ExplorerSamples.Of).Append(Explorers.Softmax([-1, 1], "no", "yes"))
            .Select(explorer => explorer.ToHtml())];

    [Theory]
    [InlineData(1280, "light")]
    [InlineData(1280, "dark")]
    [InlineData(390, "light")]
    [InlineData(390, "dark")]
    public async Task An_explorer_looks_as_it_does_alone(int width, string scheme)
    {
        using Sandbox sandbox = new();
        NotebookFile notebook = Parse(Of([.. Html.Select(_ => Code("1"))]));
        Dictionary<string, CellResult> results = notebook.CodeCells.Zip(Html).ToDictionary(
            each => each.First.Id,
            each => new CellResult([Outputs.Display([KeyValuePair.Create("text/html", each.Second)])], 1));
        string path = sandbox["page.html"];
        await File.WriteAllBytesAsync(
            path, NotebookPage.Render(notebook, results, path, new HashSet<string>(), Assert.Fail),
            TestContext.Current.CancellationToken);
        await using BrowserPage page = await browser.OpenAsync(path, width, scheme);
        await Screenshots.TakeAsync(page, $"explorers {width} {scheme}");
        Assert.Empty(page.Exceptions);
        string[][] onPage = await page.EvaluateAsync<string[][]>(Read);
        Assert.Equal(Html.Length, onPage.Length);

        // The page gives a font, a width and a paper.
        string style = await page.EvaluateAsync<string>(
            """
            (({ fontFamily, color, backgroundColor }) => `font-family: ${fontFamily}; color: ${color}; \
            background: ${backgroundColor}; width: ${document.querySelector('.rnn-explorer').clientWidth}px`
            )(getComputedStyle(document.body))
            """);
        foreach ((string explorer, string[] there) in Html.Zip(onPage))
        {
            await using BrowserPage alone = await browser.OpenAsync(
                $$"""
                <!DOCTYPE html><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
                <style>:root { color-scheme: light dark } body { {{style}} }</style>{{explorer}}
                """,
                width, scheme);
            Found.Nothing("another look", there.Except(Assert.Single(await alone.EvaluateAsync<string[][]>(Read))));
        }
    }
}
