using System.Text.Json;
using System.Text.RegularExpressions;
using CsCheck;
using MathNet.Numerics.LinearAlgebra;
using static Rnn.Display.Tests.Samples;

namespace Rnn.Display.Tests;

public class FigureTests
{
    public static TheoryData<string> Kinds => [.. AllKinds().Select(sample => sample.Kind)];

    private static (Chart Chart, int Traces) Sample(string kind) =>
        AllKinds().Where(sample => sample.Kind == kind).Select(sample => (sample.Chart, sample.Traces)).Single();

    [Theory, MemberData(nameof(Kinds))]
    public void Every_chart_has_a_title_two_named_axes_and_its_size(string kind)
    {
        (Chart chart, int traces) = Sample(kind);
        JsonElement figure = Figure(chart), layout = figure.GetProperty("layout");
        Assert.Equal(traces, figure.GetProperty("data").GetArrayLength());
        foreach (string part in new[] { "title", "xaxis.title", "yaxis.title" })
        {
            JsonElement title = part.Split('.').Aggregate(layout, (element, name) => element.GetProperty(name));
            Assert.NotEmpty(title.GetProperty("text").GetString()!);
        }
        Assert.InRange(layout.GetProperty("width").GetInt32(), 640, 900);
        Assert.InRange(layout.GetProperty("height").GetInt32(), 240, 420);
        Assert.Equal("rgba(0,0,0,0)", layout.GetProperty("paper_bgcolor").GetString());
        Assert.Equal("rgba(0,0,0,0)", layout.GetProperty("plot_bgcolor").GetString());
        Assert.False(layout.TryGetProperty("template", out _));
        Assert.False(figure.GetProperty("config").GetProperty("displaylogo").GetBoolean());
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Equal_arguments_give_equal_html_on_any_thread(string kind)
    {
        string html = Sample(kind).Chart.ToHtml();
        Assert.All(Enumerable.Range(0, 8).AsParallel().Select(_ => Sample(kind).Chart.ToHtml()), other => Assert.Equal(html, other));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void The_description_names_kind_and_title_in_one_line_and_stands_in_the_html(string kind)
    {
        Chart chart = Sample(kind).Chart;
        string title = Figure(chart).GetProperty("layout").GetProperty("title").GetProperty("text").GetString()!;
        Assert.Matches($"^[A-Z][a-z ]+: {Regex.Escape(title)}\\. ", chart.ToString());
        Assert.DoesNotContain('\n', chart.ToString());
        Assert.Contains($"<div class=\"rnn-chart-static\"><p>{chart}</p></div>", chart.ToHtml());
    }

    [Fact]
    public void The_loss_curve_shows_what_the_source_prints_and_the_mean()
    {
        Chart chart = Charts.LossCurve(Training());
        JsonElement figure = Figure(chart), layout = figure.GetProperty("layout");
        JsonElement[] traces = [.. figure.GetProperty("data").EnumerateArray()];
        Assert.Equal(["last sequence (as the source prints)", "mean of the epoch"], traces.Select(trace => trace.GetProperty("name").GetString()!));
        // Every bit comes through.
        Assert.Equal(Losses, Numbers(traces[0].GetProperty("y")));
        Assert.Equal(MeanLosses, Numbers(traces[1].GetProperty("y")));
        Assert.All(traces, trace => Assert.Equal([0, 1, 2, 3], Numbers(trace.GetProperty("x"))));
        Assert.Equal("epoch", layout.GetProperty("xaxis").GetProperty("title").GetProperty("text").GetString());
        Assert.Equal("loss (nats per sequence)", layout.GetProperty("yaxis").GetProperty("title").GetProperty("text").GetString());
        Assert.Equal(
            "Line chart: Loss per epoch. x: epoch from 0 to 3; y: loss (nats per sequence) from 1E-300 to 16.73; " +
            "2 curves: last sequence (as the source prints), mean of the epoch.", chart.ToString());
    }

    [Fact]
    public void Curves_keep_the_dictionarys_order_and_differ_in_more_than_colour()
    {
        string[] names = ["zebra", "ape", "mole", "bee", "cat", "dog"];
        Chart chart = Charts.LossCurve(Curves([.. names.Select((name, i) => (name, new double[] { i, i + 1 }))]), logY: false);
        JsonElement[] traces = [.. Figure(chart).GetProperty("data").EnumerateArray()];
        Assert.Equal(names, traces.Select(trace => trace.GetProperty("name").GetString()!));
        Assert.Equal(names.Length, traces.Select(trace => trace.GetProperty("line").GetProperty("dash").GetString()).Distinct().Count());
        Assert.Equal(names.Length, traces.Select(trace => trace.GetProperty("marker").GetProperty("symbol").GetString()).Distinct().Count());
        Assert.Equal(names.Length, traces.Select(trace => trace.GetProperty("line").GetProperty("color").GetString()).Distinct().Count());
    }

    [Theory]
    [InlineData(1, 9, null)]
    [InlineData(6, 700, "D2")]
    [InlineData(1e-3, 1e3, null)]
    public void A_logarithmic_axis_of_a_few_decades_labels_ones_twos_and_fives(double from, double to, string? step)
    {
        JsonElement axis = Figure(Charts.Lines([0, 1], Curves(("a", [from, to])), "t", "x", "y", logY: true)).GetProperty("layout").GetProperty("yaxis");
        Assert.Equal(step, axis.TryGetProperty("dtick", out JsonElement tick) ? tick.GetString() : null);
    }

    [Fact]
    public void A_legend_stands_below_the_plot_and_only_where_there_are_several_curves()
    {
        JsonElement two = Figure(Charts.LossCurve(Training())).GetProperty("layout");
        Assert.True(two.GetProperty("showlegend").GetBoolean());
        Assert.Equal("h", two.GetProperty("legend").GetProperty("orientation").GetString());
        Assert.Equal("container", two.GetProperty("legend").GetProperty("yref").GetString());
        Assert.Equal("bottom", two.GetProperty("legend").GetProperty("yanchor").GetString());
        JsonElement one = Figure(Charts.LossCurve(Curves(("a", [1, 2])))).GetProperty("layout");
        Assert.False(one.GetProperty("showlegend").GetBoolean());
    }

    [Fact]
    public void A_diverging_heat_map_is_centred_at_zero_and_has_its_first_row_at_the_top()
    {
        Matrix<double> values = Matrix<double>.Build.DenseOfArray(new[,] { { 0.5, -2.0, 0.0 }, { 1.0, 0.25, -0.1 } });
        JsonElement figure = Figure(Charts.HeatMap(values, "dWh", "from", "to", unit: "gradient")), trace = figure.GetProperty("data")[0];
        Assert.Equal([0.5, -2, 0], Numbers(trace.GetProperty("z")[0]));
        Assert.Equal([1, 0.25, -0.1], Numbers(trace.GetProperty("z")[1]));
        Assert.Equal((-2, 0, 2), (trace.GetProperty("zmin").GetDouble(), trace.GetProperty("zmid").GetDouble(), trace.GetProperty("zmax").GetDouble()));
        Assert.Equal("reversed", figure.GetProperty("layout").GetProperty("yaxis").GetProperty("autorange").GetString());
        Assert.Equal("gradient", trace.GetProperty("colorbar").GetProperty("title").GetProperty("text").GetString());
        // The middle of the scale is (nearly) white, its ends are not.
        JsonElement[] scale = [.. trace.GetProperty("colorscale").EnumerateArray()];
        Assert.Equal("#f7f7f7", scale.Single(stop => stop[0].GetDouble() == 0.5)[1].GetString());
    }

    [Fact]
    public void A_heat_map_shows_every_label_of_its_rows()
    {
        string[] labels = [.. Enumerable.Range(0, 25).Select(i => $"{(char)('a' + i)}")];
        JsonElement layout = Figure(Charts.HeatMap(Matrix(25, 25), "Pairs", "read", "next", labels, labels)).GetProperty("layout");
        Assert.Equal(1, layout.GetProperty("yaxis").GetProperty("dtick").GetInt32());
        Assert.InRange(layout.GetProperty("height").GetInt32(), 25 * 20, 25 * 24);
    }

    [Theory]
    [InlineData(0.0, 0.0, true, -1.0, 1.0)]
    [InlineData(0.0, 0.0, false, 0.0, 1.0)]
    [InlineData(2.0, 8.0, false, 0.0, 8.0)]
    [InlineData(-3.0, 8.0, false, -3.0, 8.0)]
    [InlineData(-3.0, -3.0, false, -3.0, 0.0)]
    public void A_heat_maps_range_holds_zero_and_is_never_empty(double a, double b, bool diverging, double from, double to)
    {
        Matrix<double> values = Matrix<double>.Build.DenseOfArray(new[,] { { a, b } });
        JsonElement trace = Figure(Charts.HeatMap(values, "t", "r", "c", diverging: diverging)).GetProperty("data")[0];
        Assert.Equal((from, to), (trace.GetProperty("zmin").GetDouble(), trace.GetProperty("zmax").GetDouble()));
        Assert.Equal(diverging, trace.TryGetProperty("zmid", out _));
    }

    [Fact]
    public void Labels_that_occur_twice_keep_their_places()
    {
        JsonElement figure = Figure(AllKinds().Single(sample => sample.Kind == "probabilities").Chart), layout = figure.GetProperty("layout");
        Assert.Equal(["e", "m", "m", "a"], Texts(layout.GetProperty("yaxis").GetProperty("ticktext")));
        Assert.Equal([0, 1, 2, 3], Numbers(layout.GetProperty("yaxis").GetProperty("tickvals")));
        Assert.Equal([0, 1, 2, 3], Numbers(figure.GetProperty("data")[0].GetProperty("y")));
        Assert.Equal("category", layout.GetProperty("xaxis").GetProperty("type").GetString());
        Assert.Equal(["up", "down", "first"], Texts(figure.GetProperty("data")[0].GetProperty("x")));
    }

    [Fact]
    public void A_histogram_counts_every_value_once()
    {
        JsonElement trace = Figure(Charts.Histogram([0, 0.1, 0.5, 0.9, 1, 1], "t", "x", bins: 2)).GetProperty("data")[0];
        Assert.Equal([2, 4], Numbers(trace.GetProperty("y")));
        Assert.Equal([0.25, 0.75], Numbers(trace.GetProperty("x")));
        Assert.Equal(0.5, trace.GetProperty("width").GetDouble());
        trace = Figure(Charts.Histogram([3, 3, 3], "t", "x", bins: 5)).GetProperty("data")[0];
        Assert.Equal([0, 0, 3, 0, 0], Numbers(trace.GetProperty("y")));
        trace = Figure(Charts.Histogram([-double.MaxValue, 0, double.MaxValue], "t", "x", bins: 3)).GetProperty("data")[0];
        Assert.Equal([1, 1, 1], Numbers(trace.GetProperty("y")));
    }

    [Fact]
    public void Whatever_the_values_and_bins_a_histogram_loses_none() =>
        Gen.Select(Gen.Double[-1e6, 1e6].Array[1, 50], Gen.Int[1, 30]).Sample((values, bins) =>
        {
            JsonElement trace = Figure(Charts.Histogram(values, "t", "x", bins: bins)).GetProperty("data")[0];
            return trace.GetProperty("y").GetArrayLength() == bins && Numbers(trace.GetProperty("y")).Sum() == values.Length;
        }, iter: 300);

    [Fact]
    public void Grouped_bars_keep_labels_names_and_values()
    {
        JsonElement figure = Figure(Charts.Bars(["a", "b"], Curves(("z", [0.5, -1]), ("y", [2, 3])), "t", "letter", "share (%)"));
        JsonElement[] traces = [.. figure.GetProperty("data").EnumerateArray()];
        Assert.Equal(["z", "y"], traces.Select(trace => trace.GetProperty("name").GetString()!));
        Assert.Equal([0.5, -1], Numbers(traces[0].GetProperty("y")));
        Assert.All(traces, trace => Assert.Equal(["a", "b"], Texts(trace.GetProperty("x"))));
        Assert.Equal("group", figure.GetProperty("layout").GetProperty("barmode").GetString());
    }

    [Fact]
    public void The_id_differs_with_the_content_but_not_with_the_last_digits_of_a_result()
    {
        double[] losses = [.. Enumerable.Range(0, 500).Select(i => 16 * Math.Exp(-i / 100.0))];
        string id = Id(losses, "Loss");
        Assert.Matches("^rnn-chart-[0-9a-f]{12}$", id);
        Assert.Equal(id, Id([.. losses.Select(loss => loss * (1 + 1e-13))], "Loss"));
        Assert.NotEqual(id, Id([.. losses.Select((loss, i) => i == 7 ? loss * 1.1 : loss)], "Loss"));
        Assert.NotEqual(id, Id(losses, "Another"));

        static string Id(double[] values, string title) =>
            Regex.Match(Charts.LossCurve(Curves(("a", values)), title).ToHtml(), "<div class=\"rnn-chart\" id=\"([^\"]*)\"").Groups[1].Value;
    }

    [Fact]
    public void A_thousand_epochs_stay_below_60_kB_and_a_small_chart_below_12_kB()
    {
        double[] losses = [.. Enumerable.Range(0, 1000).Select(i => 16 + Math.Sin(i))];
        Assert.InRange(Charts.LossCurve(Training() with { Losses = losses, MeanLosses = losses }).ToHtml().Length, 40_000, 60_000);
        Assert.InRange(Charts.Bars(["a"], [1], "t", "x", "y").ToHtml().Length, 1_000, 12_000);
    }

    [Fact]
    public void What_was_drawn_stays_when_the_callers_data_change()
    {
        Matrix<double> values = Matrix(2, 2);
        double[] losses = [1, 2];
        Chart map = Charts.HeatMap(values, "t", "r", "c"), curve = Charts.LossCurve(Curves(("a", losses)));
        Table table = Charts.Table(values);
        var before = (map.ToHtml(), curve.ToHtml(), table.ToHtml());
        values[0, 0] = 9;
        losses[0] = 9;
        Assert.Equal(before, (map.ToHtml(), curve.ToHtml(), table.ToHtml()));
    }
}
