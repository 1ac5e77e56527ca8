namespace Rnn.Browser.Tests.Live;

/// <summary>How long the answers take. What is measured is reported, and decides nothing: the machine may be busy.</summary>
public sealed class FrameTimesTests(BrowserFixture browser, ITestOutputHelper output)
{
    private const int Moves = 40;

    /// <summary>Alone: beside other pages it would be longer.</summary>
    [Fact(DisableParallelization = true)]
    public async Task The_time_from_an_input_to_its_picture_is_reported()
    {
        (string Name, Explorer Explorer, string Control)[] cases =
        [
            .. ExplorerSamples.Kinds.Select(kind => (kind, ExplorerSamples.Of(kind), FirstSlider(kind))),
            ("text, 200 letters, 128 units", ExplorerSamples.LongText(), "temperature"),
            ("text, 200 letters, 128 units", ExplorerSamples.LongText(), "text"),
            ("text, 94 signs, 128 units", ExplorerSamples.Rounded(), "text"),
        ];
        foreach ((string name, Explorer explorer, string control) in cases)
        {
            await using BrowserPage page = await browser.OpenAsync(
                $"<!doctype html><meta charset=\"utf-8\"><body>{explorer.ToHtml()}</body>");
            string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
            await page.Page.Tracing.StartAsync(new() { Path = path, Categories = ["devtools.timeline"] });
            await page.Page.EvaluateFunctionAsync(
                """
                async (control, moves) => {
                  const input = document.querySelector(`[data-control="${control}"]`), text = input.value;
                  for (let i = 0; i < moves; i++) {
                    await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
                    if (input.type === 'range')
                      input.value = Number(input.min) + (input.max - input.min) * (0.2 + 0.6 * i / moves);
                    else input.value = i % 2 ? text : text.slice(0, -1);
                    performance.mark('moved');
                    input.dispatchEvent(new Event('input', { bubbles: true }));
                  }
                }
                """,
                control, Moves);
            await page.Page.Tracing.StopAsync();
            double[] times = Times(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
            File.Delete(path);
            Assert.InRange(times.Length, Moves / 2, Moves);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{name}, {control}: script, style, layout and paint take {times[times.Length / 2]:0.0} ms (median of "
                    + $"{times.Length}), {times[times.Length * 9 / 10]:0.0} ms (nine in ten)"));
        }
    }

    private static string FirstSlider(string kind) => kind switch
    {
        "softmax" => "logit-0",
        "network" => "time",
        "nudge" => "value",
        "training" => "epoch",
        "text" => "temperature",
        _ => "factor",
    };

    /// <summary>In milliseconds, sorted: of each input, its event's script and all rendering work up to the next one.</summary>
    private static double[] Times(string trace)
    {
        string[] work = ["EventDispatch", "UpdateLayoutTree", "Layout", "PrePaint", "Paint", "Layerize", "Commit"];
        JsonElement all = JsonDocument.Parse(trace).RootElement.GetProperty("traceEvents");
        (string Name, double At, JsonElement Event)[] events = [.. all.EnumerateArray()
            .Where(each => each.TryGetProperty("ts", out _))
            .Select(each => (Name: each.GetProperty("name").GetString()!, At: each.GetProperty("ts").GetDouble(), Event: each))
            .OrderBy(each => each.At)];
        double[] starts =
            [.. events.Where(each => each.Name == "EventDispatch" && Type(each.Event) == "input").Select(each => each.At)];
        return
        [
            .. starts.Select((start, i) => events
                .Where(each => each.At >= start && each.At < (i + 1 < starts.Length ? starts[i + 1] : start + 50_000))
                .Where(each => work.Contains(each.Name) && (each.Name != "EventDispatch" || Type(each.Event) == "input"))
                .Sum(each => each.Event.TryGetProperty("dur", out JsonElement duration) ? duration.GetDouble() : 0) / 1000)
                .Order(),
        ];
    }

    private static string? Type(JsonElement one) =>
        one.TryGetProperty("args", out JsonElement arguments) && arguments.TryGetProperty("data", out JsonElement data)
            && data.TryGetProperty("type", out JsonElement type) ? type.GetString() : null;
}
