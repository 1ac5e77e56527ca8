namespace Rnn.Browser.Tests.Live;

/// <summary>One explorer of a page, under the hands of a reader.</summary>
/// <param name="page">The page.</param>
/// <param name="index">Which of the page's explorers, counted from 0.</param>
internal sealed class LiveExplorer(BrowserPage page, int index)
{
    private const double Tolerance = 1e-9;

    private readonly Dictionary<string, int> clicks = [];

    /// <summary>JavaScript for the explorer's element.</summary>
    private string Root => $"document.querySelectorAll('.rnn-explorer')[{index}]";

    public static async Task<LiveExplorer[]> AllAsync(BrowserPage page)
    {
        int count = await page.EvaluateAsync<int>("document.querySelectorAll('.rnn-explorer').length");
        return [.. Enumerable.Range(0, count).Select(index => new LiveExplorer(page, index))];
    }

    /// <summary>Moves every control of all that a page holds, see <see cref="MoveAllAsync"/>.</summary>
    /// <param name="page">The page.</param>
    /// <param name="count">How many it holds.</param>
    /// <param name="means">How.</param>
    /// <param name="isWide">Whether there is room for every number.</param>
    public static async Task AllMustAnswerAsync(BrowserPage page, int count, Means means, bool isWide)
    {
        LiveExplorer[] all = await AllAsync(page);
        Assert.Equal(count, all.Length);
        foreach (LiveExplorer explorer in all)
            await explorer.MoveAllAsync(means, isWide, 0.75);
    }

    public Task<string> KindAsync() => page.EvaluateAsync<string>($"{Root}.dataset.explorer");

    /// <summary>The numbers that C# has given it.</summary>
    public async Task<JsonElement> DataAsync() => JsonDocument.Parse(await page.EvaluateAsync<string>(
        $"{Root}.querySelector('script[type=\"application/json\"]').textContent")).RootElement;

    /// <summary>The sentence that says why it is not drawn, or nothing.</summary>
    public Task<string> NoteAsync() => page.EvaluateAsync<string>(
        $"[{Root}.querySelector('.rnn-explorer-note')].map(note => note.hidden ? '' : note.textContent)[0]");

    /// <summary>Names of its visible controls, each once, with what they are: range, text, select-one or button.</summary>
    public async Task<(string Name, string Type)[]> ControlsAsync()
    {
        string[][] found = await page.EvaluateAsync<string[][]>(
            $"[...{Root}.querySelectorAll('[data-control]')].filter(e => e.getClientRects().length)"
                + ".map(e => [e.dataset.control, e.type])");
        return [.. found.Select(each => (each[0], each[1])).Distinct()];
    }

    /// <summary>The numbers that it shows, by name.</summary>
    public async Task<Dictionary<string, double>> ReadoutsAsync()
    {
        string[][] found = await page.EvaluateAsync<string[][]>(
            $"[...{Root}.querySelectorAll('[data-readout]:not([data-readout=tick])')]"
                + ".filter(e => e.getClientRects().length && e.dataset.value !== undefined)"
                + ".filter(e => !e.dataset.readout.startsWith('invented'))"
                + ".map(e => [e.dataset.readout, e.dataset.value])");
        Assert.Equal(found.Length, found.DistinctBy(each => each[0]).Count());
        return found.ToDictionary(each => each[0], each => Number(each[1]));
    }

    /// <summary>The texts that it has invented.</summary>
    public Task<string[]> InventedAsync() => page.EvaluateAsync<string[]>(
        $"[...{Root}.querySelectorAll('[data-readout^=invented]')].map(e => e.dataset.value)");

    public async Task<ExplorerState> StateAsync()
    {
        string[][] values = await page.EvaluateAsync<string[][]>(
            $"[...{Root}.querySelectorAll('input[data-control], select[data-control]')].map(e => [e.dataset.control, e.value])");
        string[][] picked = await page.EvaluateAsync<string[][]>(
            $$"""
            (() => {
              const count = {};
              return [...{{Root}}.querySelectorAll('button[data-control]')].filter(e => e.getClientRects().length).flatMap(e => {
                const name = e.dataset.control, i = count[name] = (count[name] ?? -1) + 1;
                return e.getAttribute('aria-pressed') === 'true' ? [[name, String(i)]] : [];
              });
            })()
            """);
        return new(
            values.ToDictionary(each => each[0], each => each[1]),
            picked.ToDictionary(each => each[0], each => int.Parse(each[1], CultureInfo.InvariantCulture)),
            clicks.ToDictionary());
    }

    /// <summary>Moves a control to somewhere else.</summary>
    /// <param name="name">The control's name.</param>
    /// <param name="type">What it is.</param>
    /// <param name="means">How.</param>
    /// <param name="share">Where to: a share of the way from its first value, or cell, to its last.</param>
    public async Task MoveAsync(string name, string type, Means means, double share)
    {
        string visible = $"[...{Root}.querySelectorAll('[data-control=\"{name}\"]')].filter(e => e.getClientRects().length)";
        string one = $"{visible}[Math.floor({share.ToString(CultureInfo.InvariantCulture)} * ({visible}.length - 1))]";
        if (await page.EvaluateAsync<bool>($"{one}.disabled"))
            return;
        await using IElementHandle element = (IElementHandle)await page.Page.EvaluateExpressionHandleAsync(one);
        await element.EvaluateFunctionAsync("e => e.scrollIntoView({ block: 'center', inline: 'center' })");
        if (type == "button")
            clicks[name] = clicks.GetValueOrDefault(name) + 1;
        if (means == Means.Keyboard)
            await ByKeyboardAsync(name, element, type, share);
        else
            await ByPointerAsync(element, type, means, share);
    }

    /// <summary>
    /// Moves every control to each of some places, and compares all that it shows after each move with what the library computes.
    /// </summary>
    /// <param name="means">How.</param>
    /// <param name="isWide">Whether there is room for every number.</param>
    /// <param name="shares">Where to, each a share of the way.</param>
    public async Task MoveAllAsync(Means means, bool isWide, params double[] shares)
    {
        string kind = await KindAsync();
        Assert.Equal("", await NoteAsync());
        Model model = Model.Of(kind, await DataAsync());
        (string Name, string Type)[] controls = await ControlsAsync();
        Assert.Contains(("again", "button"), controls);
        await CompareAsync("at first");
        ExplorerState first = await StateAsync();
        foreach (double share in shares)
        {
            foreach ((string name, string type) in controls.Where(control => control.Name is not ("again" or "play")))
            {
                await MoveAsync(name, type, means, share);
                await CompareAsync($"after {name} was moved to {share} by {means}");
            }
        }

        await MoveAsync("again", "button", means, 0);
        await CompareAsync("after the new start");
        Assert.Equal(first.Values, (await StateAsync()).Values);

        async Task CompareAsync(string when)
        {
            ExplorerState state = await StateAsync();
            Dictionary<string, double> expected = model.Readouts(state), shown = await ReadoutsAsync();
            Assert.NotEmpty(shown);
            Found.Nothing($"{kind} {when}: not as the library computes it", shown
                .Where(each => !expected.TryGetValue(each.Key, out double value) || !AreClose(each.Value, value))
                .Select(each => $"{each.Key}: {each.Value}, not {expected.GetValueOrDefault(each.Key, double.NaN)}"));
            // Where there is little room, the smallest cells show their colours only.
            if (isWide)
                Found.Nothing($"{kind} {when}: not shown", expected.Keys.Except(shown.Keys));
            Assert.Equal(model.Invented(state), await InventedAsync());
        }
    }

    private async Task ByPointerAsync(IElementHandle element, string type, Means means, double share)
    {
        BoundingBox box = await element.BoundingBoxAsync();
        decimal x = box.X + (type == "range" ? 10 + (box.Width - 20) * (decimal)share : box.Width / 2);
        decimal y = box.Y + box.Height / 2;
        if (type == "select-one")
        {
            // The list that opens is the system's own, and not part of the page.
            string[] options = await element.EvaluateFunctionAsync<string[]>("e => [...e.options].map(o => o.value)");
            await element.SelectAsync(options[(int)(share * (options.Length - 1))]);
        }
        else if (means == Means.Touch)
            await page.Page.Touchscreen.TapAsync(x, y);
        else if (type == "range")
        {
            await page.Page.Mouse.MoveAsync(box.X + box.Width / 2, y);
            await page.Page.Mouse.DownAsync();
            await page.Page.Mouse.MoveAsync(x, y, new() { Steps = 5 });
            await page.Page.Mouse.UpAsync();
        }
        else
            await page.Page.Mouse.ClickAsync(x, y);
        if (type == "text")
            await page.Page.Keyboard.TypeAsync("an");
    }

    /// <summary>With the tab key to the control, then with the keys that move it.</summary>
    private async Task ByKeyboardAsync(string name, IElementHandle element, string type, double share)
    {
        // From just before it, as somebody comes who has read so far.
        await page.EvaluateAsync<object>(
            $$"""
            (() => {
              const body = {{Root}}.querySelector('.rnn-explorer-body'), before = document.createElement('span');
              before.tabIndex = -1;
              body.before(before);
              before.focus();
              before.remove();
            })()
            """);
        string focused = $"({Root}.contains(document.activeElement) && document.activeElement.dataset.control) || ''";
        // All cells of the unrolled network are one stop; the arrow keys lead from units to arrows and back.
        string[] stop = name is "unit" or "arrow" ? ["unit", "arrow"] : [name];
        string at = "";
        for (int tabs = 0; !stop.AsEnumerable().Contains(at); at = await page.EvaluateAsync<string>(focused), tabs++)
        {
            Assert.True(tabs < 60, $"the tab key does not reach {name}");
            await page.Page.Keyboard.PressAsync("Tab");
        }

        for (int steps = 0; at != name; at = await page.EvaluateAsync<string>(focused), steps++)
        {
            Assert.True(steps < 20, $"the arrow keys do not lead to {name}");
            await page.Page.Keyboard.PressAsync("ArrowDown");
        }

        Assert.True(
            await page.EvaluateAsync<bool>("parseFloat(getComputedStyle(document.activeElement).outlineWidth) >= 2"),
            $"one does not see that {name} has the focus");
        string[] keys = type switch
        {
            "range" => share < 0.5 ? ["Home", "ArrowRight", "ArrowRight"] : ["End", "ArrowLeft"],
            "select-one" => share < 0.5 ? ["ArrowUp"] : ["ArrowDown"],
            "text" => ["End", "i", "n", "Backspace"],
            _ when await element.EvaluateFunctionAsync<bool>("e => e.hasAttribute('aria-pressed')") =>
                share < 0.5 ? ["ArrowLeft", "ArrowUp"] : ["ArrowDown", "ArrowRight"],
            _ => ["Enter"],
        };
        foreach (string key in keys)
            await page.Page.Keyboard.PressAsync(key);
    }

    private static bool AreClose(double a, double b) => a == b || Math.Abs(a - b) <= Tolerance * Math.Max(1, Math.Abs(b));

    private static double Number(string text) => text switch
    {
        "Infinity" => double.PositiveInfinity,
        "-Infinity" => double.NegativeInfinity,
        _ => double.Parse(text, CultureInfo.InvariantCulture),
    };
}
