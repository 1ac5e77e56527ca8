using Rnn.Display.Tests;

namespace Rnn.Browser.Tests.Live;

/// <summary>
/// Every control of every explorer, moved as a reader moves it, in pages of all kinds; after each move all numbers that are shown
/// are compared with what the library computes.
/// </summary>
public sealed class ExplorersInBrowserTests(BrowserFixture browser)
{
    /// <summary>As require.js, which takes every module that it is offered; this one says so.</summary>
    private const string Loader =
        "<script>var define = () => { throw new Error('the AMD loader took it') }; define.amd = { jQuery: true };</script>";

    public static TheoryData<string, Means, string, int> Ways =>
    [
        .. from kind in ExplorerSamples.Kinds
           from way in new[]
           {
               (Means.Mouse, "light", 1280), (Means.Touch, "dark", 390),
               (Means.Keyboard, "dark", 1280), (Means.Keyboard, "light", 390),
           }
           select (kind, way.Item1, way.Item2, way.Item3),
    ];

    /// <summary>Its numbers are those of the rounded network, of which it carries 32 bits each.</summary>
    [Theory]
    [InlineData(Means.Mouse, "light", 1280)]
    [InlineData(Means.Keyboard, "dark", 390)]
    public async Task Every_number_of_a_large_rounded_network_is_what_the_library_computes(Means means, string scheme, int width)
    {
        await using BrowserPage page = await OpenAsync([ExplorerSamples.Rounded()], scheme, width);
        LiveExplorer explorer = Assert.Single(await LiveExplorer.AllAsync(page));
        await explorer.MoveAllAsync(means, isWide: width > 600, 0.75, 0.2);
        page.MustHaveNoError();
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Every_number_is_what_the_library_computes_however_a_control_is_moved(
        string kind, Means means, string scheme, int width)
    {
        await using BrowserPage page = await OpenAsync([ExplorerSamples.Of(kind)], scheme, width);
        LiveExplorer explorer = Assert.Single(await LiveExplorer.AllAsync(page));
        await explorer.MoveAllAsync(means, isWide: width > 600, 0.75, 0.2);
        page.MustHaveNoError();
        Found.Nothing("asked of the web", page.Requests);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task In_every_state_it_fits_the_window_and_has_no_barrier(string kind, Means means, string scheme, int width)
    {
        await using BrowserPage page = await OpenAsync([ExplorerSamples.Of(kind)], scheme, width);
        LiveExplorer explorer = Assert.Single(await LiveExplorer.AllAsync(page));
        (string Name, string Type)[] controls = await explorer.ControlsAsync();
        for (int state = 0; state < 3; state++)
        {
            await Screenshots.TakeAsync(page, $"explorer-{kind}-{means}-{scheme}-{width}-{state}");
            Assert.InRange(await page.EvaluateAsync<int>("document.documentElement.scrollWidth"), 0, width);
            Found.Nothing("smaller than a finger", await page.EvaluateAsync<string[]>(
                """
                [...document.querySelectorAll('[data-control]')].filter(e => e.getClientRects().length)
                    .filter(e => { const r = e.getBoundingClientRect(); return r.width < 23.5 || r.height < 23.5; })
                    .map(e => e.outerHTML.slice(0, 160))
                """));
            Found.Nothing("barriers", await page.BarriersAsync(".rnn-explorer"));
            foreach ((string name, string type) in controls.Where(control => control.Name is not ("again" or "play")))
                await explorer.MoveAsync(name, type, Means.Mouse, state == 0 ? 0.7 : 0.3);
        }
    }

    [Fact]
    public async Task Several_on_a_page_do_not_disturb_each_other_beside_an_AMD_loader_and_the_scripts_run_once()
    {
        Explorer[] explorers = [.. ExplorerSamples.Kinds.Concat(ExplorerSamples.Kinds).Select(ExplorerSamples.Of)];
        await using BrowserPage page = await OpenAsync(explorers, "light", 1280, Loader);
        LiveExplorer[] live = await LiveExplorer.AllAsync(page);
        Assert.Equal(explorers.Length, live.Length);
        int half = live.Length / 2;
        for (int i = 0; i < half; i++)
        {
            Dictionary<string, double> before = await live[i + half].ReadoutsAsync();
            (string name, string type) = (await live[i].ControlsAsync()).First(control => control.Type == "range");
            Dictionary<string, double> own = await live[i].ReadoutsAsync();
            await live[i].MoveAsync(name, type, Means.Mouse, 0.9);
            Assert.NotEqual(own, await live[i].ReadoutsAsync());
            Assert.Equal(before, await live[i + half].ReadoutsAsync());
        }

        Assert.Equal(
            ["rnnExplorers"],
            await page.EvaluateAsync<string[]>(
                """
                (() => {
                  const empty = document.body.appendChild(document.createElement('iframe')).contentWindow;
                  const others = /^define$|puppeteer|^__|^[0-9]+$/;
                  return Object.keys(window).filter(name => !(name in empty) && !others.test(name));
                })()
                """));
        Assert.Equal(1, await page.EvaluateAsync<int>("Object.keys(rnnExplorers).length"));
        Found.Nothing("exceptions", page.Exceptions);
    }

    [Fact]
    public async Task An_output_that_comes_later_is_drawn_and_one_that_is_replaced_leaves_nothing_behind()
    {
        await using BrowserPage page = await OpenAsync([], "light", 1280);
        foreach (string kind in ExplorerSamples.Kinds)
        {
            for (int run = 0; run < 2; run++)
            {
                // As notebooks do it: the output is put into the page, and its scripts are then run one by one.
                await page.Page.EvaluateFunctionAsync(
                    """
                    html => {
                      const output = document.querySelector('#output') ?? document.createElement('div');
                      output.id = 'output';
                      document.body.appendChild(output);
                      output.innerHTML = html;
                      for (const script of output.querySelectorAll('script:not([type])')) {
                        const copy = document.createElement('script');
                        copy.text = script.text;
                        script.replaceWith(copy);
                      }
                    }
                    """,
                    ExplorerSamples.Of(kind).ToHtml());
                LiveExplorer explorer = Assert.Single(await LiveExplorer.AllAsync(page));
                Assert.Equal("", await explorer.NoteAsync());
                Assert.NotEmpty(await explorer.ReadoutsAsync());
            }
        }

        Found.Nothing("exceptions", page.Exceptions);
    }

    [Fact]
    public async Task A_reader_of_lesson_01_can_touch_something_within_the_first_1200_pixels()
    {
        await using BrowserPage page = await browser.OpenAsync(Pages.File(Pages.Fresh));
        Assert.InRange(
            await page.EvaluateAsync<double>("document.querySelector('[data-control]').getBoundingClientRect().bottom + scrollY"),
            0, 1200);
    }

    [Fact]
    public async Task Letters_that_are_typed_stay_in_the_field_and_strange_ones_are_named()
    {
        await using BrowserPage page = await OpenAsync([ExplorerSamples.Of("text")], "light", 1280);
        await page.EvaluateAsync<object>(
            "(window.heard = [], document.addEventListener('keydown', e => heard.push(e.key)), null)");
        await page.Page.FocusAsync("[data-control=text]");
        await page.Page.Keyboard.PressAsync("End");
        await page.Page.Keyboard.TypeAsync("adß7");
        await page.Page.Keyboard.PressAsync("ArrowLeft");
        Assert.Empty(await page.EvaluateAsync<string[]>("heard"));
        Assert.EndsWith("adß7", await page.EvaluateAsync<string>("document.querySelector('[data-control=text]').value"));
        string shown = await page.EvaluateAsync<string>("document.querySelector('.rnn-explorer-body').innerText");
        Assert.Contains("ß", shown);
        Assert.Contains("7", shown);
        Assert.Contains("does not read", shown);
    }

    [Fact]
    public async Task The_network_plays_to_its_end_and_where_reduced_motion_is_asked_for_nothing_moves_by_itself()
    {
        await using BrowserPage page = await OpenAsync([.. ExplorerSamples.Kinds.Select(ExplorerSamples.Of)], "light", 1280);
        string time = "document.querySelector('[data-control=time]')", play = "document.querySelector('[data-control=play]')";
        await page.EvaluateAsync<object>(
            $"({time}.value = {time}.max - 1, {time}.dispatchEvent(new Event('input')), {play}.click(), null)");
        Assert.Equal("Pause", await page.EvaluateAsync<string>($"{play}.textContent"));
        await page.Page.WaitForFunctionAsync($"() => {time}.value === {time}.max && {play}.textContent === 'Play'");

        await page.Page.EmulateMediaFeaturesAsync([new() { MediaFeature = MediaFeature.PrefersReducedMotion, Value = "reduce" }]);
        await page.EvaluateAsync<object>("(document.querySelector('[data-control=step-back]').click(), null)");
        Assert.True(await page.EvaluateAsync<bool>($"{play}.hidden"));
        Assert.Empty(await page.EvaluateAsync<string[]>(
            """
            [...document.querySelectorAll('.rnn-explorer *')].map(e => [e, getComputedStyle(e)])
                .filter(([, style]) => parseFloat(style.transitionDuration) > 0 || style.animationName !== 'none')
                .map(([e]) => e.outerHTML.slice(0, 100))
            """));
    }

    private Task<BrowserPage> OpenAsync(Explorer[] explorers, string scheme, int width, string before = "")
    {
        string colours = scheme == "dark" ? "background: #1e1e1e; color: #d4d4d4" : "background: white";
        return browser.OpenAsync(
            $"""
            <!doctype html><html lang="en"><head><meta charset="utf-8"><title>Explorers</title>
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <style>body {"{"} margin: 8px; font-family: sans-serif; {colours} {"}"}</style></head><body>{before}
            <main>{string.Join('\n', explorers.Select(explorer => explorer.ToHtml()))}</main></body></html>
            """,
            width, scheme);
    }
}
