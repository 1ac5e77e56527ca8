using System.Text.RegularExpressions;
using CsCheck;
using static Rnn.Display.Tests.Samples;

namespace Rnn.Display.Tests;

public sealed class FigureTests
{
    public static TheoryData<string> Kinds => [.. AllKinds().Select(sample => sample.Kind)];

    private static (Chart Chart, int Traces) Sample(string kind) =>
        AllKinds().Where(sample => sample.Kind == kind).Select(sample => (sample.Chart, sample.Traces)).Single();

    [Theory, MemberData(nameof(Kinds))]
    public void Every_chart_has_a_title_two_named_axes_and_its_size(string kind)
    {
        (Chart chart, int traces) = Sample(kind);
        JsonElement layout = Layout(chart);
        Assert.Equal(traces, Traces(chart).Length);
        Assert.All(["title.text", "xaxis.title.text", "yaxis.title.text"], path => Assert.NotEmpty(layout.Text(path)));
        Assert.InRange(layout.Number("width"), 640, 900);
        Assert.InRange(layout.Number("height"), 240, 420);
        Assert.Equal("rgba(0,0,0,0)", layout.Text("paper_bgcolor"));
        Assert.Equal("rgba(0,0,0,0)", layout.Text("plot_bgcolor"));
        Assert.False(layout.TryGetProperty("template", out _));
        Assert.False(Figure(chart).At("config.displaylogo").GetBoolean());
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Equal_arguments_give_equal_html_on_any_thread(string kind)
    {
        string html = Sample(kind).Chart.ToHtml();
        Assert.All(
            Enumerable.Range(0, 8).AsParallel().Select(_ => Sample(kind).Chart.ToHtml()), other => Assert.Equal(html, other));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void The_description_names_kind_and_title_in_one_line_and_stands_in_the_html(string kind)
    {
        Chart chart = Sample(kind).Chart;
        Assert.Matches($"^[A-Z][a-z ]+: {Regex.Escape(Layout(chart).Text("title.text"))}\\. ", chart.ToString());
        Assert.DoesNotContain('\n', chart.ToString());
        Assert.Contains($"<div class=\"rnn-chart-static\"><p>{chart}</p></div>", chart.ToHtml());
    }

    [Fact]
    public void The_loss_curve_shows_what_the_source_prints_and_the_mean()
    {
        Chart chart = Charts.LossCurve(Training());
        JsonElement[] traces = Traces(chart);
        Assert.Equal(["last sequence (as the source prints)", "mean of the epoch"], traces.Texts("name"));
        // Every bit comes through.
        Assert.Equal(Losses, traces[0].Numbers("y"));
        Assert.Equal(MeanLosses, traces[1].Numbers("y"));
        Assert.All(traces, trace => Assert.Equal([0, 1, 2, 3], trace.Numbers("x")));
        Assert.Equal("epoch", Layout(chart).Text("xaxis.title.text"));
        Assert.Equal("loss (nats per sequence)", Layout(chart).Text("yaxis.title.text"));
        Assert.Equal(
            "Line chart: Loss per epoch. x: epoch from 0 to 3; y: loss (nats per sequence) from 1E-300 to 16.73; " +
            "2 curves: last sequence (as the source prints), mean of the epoch.", chart.ToString());
    }

    [Fact]
    public void On_a_logarithmic_axis_epochs_are_counted_from_one()
    {
        Chart chart = Charts.LossCurve("Two runs", true, false, ("a", [3, 2, 1]), ("b", [-1, 0]));
        JsonElement[] traces = Traces(chart);
        Assert.Equal([1, 2, 3], traces[0].Numbers("x"));
        Assert.Equal([1, 2], traces[1].Numbers("x"));
        Assert.Equal([-1, 0], traces[1].Numbers("y"));
        Assert.Equal(("log", "linear"), (Layout(chart).Text("xaxis.type"), Layout(chart).Text("yaxis.type")));
        Assert.Equal("epochs trained", Layout(chart).Text("xaxis.title.text"));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Lines_have_the_axes_that_were_asked_for(bool logX, bool logY)
    {
        Chart chart = Charts.Lines([1, 10], "t", "x axis", "y axis", logX, logY, ("a", [2, 200]), ("b", [3, 4]));
        JsonElement layout = Layout(chart);
        Assert.Equal((logX ? "log" : "linear", "x axis"), (layout.Text("xaxis.type"), layout.Text("xaxis.title.text")));
        Assert.Equal((logY ? "log" : "linear", "y axis"), (layout.Text("yaxis.type"), layout.Text("yaxis.title.text")));
        Assert.All(Traces(chart), trace => Assert.Equal([1, 10], trace.Numbers("x")));
        Assert.Equal([3, 4], Traces(chart)[1].Numbers("y"));
        if (!logX && !logY)
            Assert.Equal(chart.ToHtml(), Charts.Lines([1, 10], "t", "x axis", "y axis", ("a", [2, 200]), ("b", [3, 4])).ToHtml());
    }

    [Fact]
    public void Curves_keep_their_order_and_differ_in_more_than_colour()
    {
        string[] names = ["zebra", "ape", "mole", "bee", "cat", "dog"];
        JsonElement[] traces = Traces(Charts.LossCurve(null, [.. names.Select((name, i) => (name, new double[] { i, i + 1 }))]));
        Assert.Equal(names, traces.Texts("name"));
        Assert.All(
            ["line.dash", "marker.symbol", "line.color"],
            path => Assert.Equal(names.Length, traces.Texts(path).Distinct().Count()));
    }

    [Fact]
    public void Whatever_is_counted_or_drawn_is_gone_through_once()
    {
        int rounds = 0;
        Charts.LossCurve("t", ("a", Once()));
        Charts.LossCurve("t", true, true, ("a", Once()));
        Charts.Lines(Once(), "t", "x", "y", ("a", Once()));
        Charts.Lines(Once(), "t", "x", "y", true, true, ("a", Once()), ("b", Once()));
        Charts.Histogram(Once(), "t", "x");
        Charts.Bars(["a", "b"], Once(), "t", "x", "y");
        Charts.Bars(["a", "b"], "t", "x", "y", ("a", Once()));
        Assert.Equal(10, rounds);

        IEnumerable<double> Once()
        {
            bool done = false;
            return Values();

            IEnumerable<double> Values()
            {
                Assert.False(done, "a second time");
                (done, rounds) = (true, rounds + 1);
                yield return 1;
                yield return 2;
            }
        }
    }

    [Theory]
    [InlineData(16.7, 158.6, "20 50 100")]
    [InlineData(0.012, 0.07, "0.02 0.05")]
    [InlineData(1, 1000, "1 2 5 10 20 50 100 200 500 1000")]
    [InlineData(1.5e-6, 9e-6, "2×10<sup>-6</sup> 5×10<sup>-6</sup>")]
    [InlineData(3e7, 3e8, "5×10<sup>7</sup> 1×10<sup>8</sup> 2×10<sup>8</sup>")]
    public void A_logarithmic_axis_of_up_to_three_decades_writes_numbers_in_full(double from, double to, string labels)
    {
        JsonElement[] axes =
        [
            Layout(Charts.Lines([0, 1], "t", "x", "y", false, true, ("a", [from, to]))).At("yaxis"),
            Layout(Charts.Lines(Spread(from, to), "t", "x", "y", true, false, ("a", new double[20]))).At("xaxis"),
        ];
        Assert.All(axes, axis => Assert.Equal(
            labels,
            string.Join(' ', axis.Numbers("tickvals").Zip(axis.Texts("ticktext"))
                .Where(tick => tick.First >= from && tick.First <= to).Select(tick => tick.Second))));
        // The axis reaches a little further than the values.
        Assert.All(axes, axis => Assert.True(axis.Numbers("tickvals")[0] < from && axis.Numbers("tickvals")[^1] > to));
    }

    [Theory]
    [InlineData(1e-3, 2e3, true)]
    [InlineData(1e-6, 1e1, true)]
    [InlineData(1e-36, 1, false)]
    [InlineData(1.2, 1.9, false)]
    public void A_logarithmic_axis_of_more_decades_has_powers_of_ten_only_and_a_short_one_what_plotly_js_likes(
        double from, double to, bool each)
    {
        JsonElement axis = Layout(Charts.Lines([0, 1], "t", "x", "y", false, true, ("a", [from, to]))).At("yaxis");
        Assert.False(axis.TryGetProperty("tickvals", out _));
        Assert.Equal(each ? "1" : "", axis.TryGetProperty("dtick", out JsonElement tick) ? tick.GetRawText() : "");
        Assert.Equal("power", axis.GetProperty("exponentformat").GetString());
    }

    [Fact]
    public void A_few_sizes_on_a_logarithmic_axis_are_its_labels()
    {
        JsonElement axis = Layout(Charts.Lines([8, 64, 512], "t", "x", "y", true, true, ("a", [1, 2, 3]))).At("xaxis");
        Assert.Equal(["8", "64", "512"], axis.Texts("ticktext"));
        Assert.Equal([8, 64, 512], axis.Numbers("tickvals"));
    }

    [Theory]
    [InlineData(double.Epsilon, double.MaxValue)]
    [InlineData(double.Epsilon, 1e-322)]
    [InlineData(1e307, double.MaxValue)]
    public void Numbers_at_the_edge_of_what_there_is_can_be_drawn(double from, double to) =>
        Assert.NotEmpty(Charts.Lines([1, 2], "t", "x", "y", false, true, ("a", [from, to])).ToHtml());

    private static double[] Spread(double from, double to) =>
        [.. Enumerable.Range(0, 20).Select(i => i == 19 ? to : from * Math.Pow(to / from, i / 19.0))];

    [Fact]
    public void A_legend_stands_below_the_plot_and_only_where_there_are_several_curves()
    {
        JsonElement two = Layout(Charts.LossCurve(Training())), one = Layout(Charts.LossCurve(null, ("a", [1, 2])));
        Assert.True(two.At("showlegend").GetBoolean());
        Assert.Equal("h", two.Text("legend.orientation"));
        Assert.Equal("container", two.Text("legend.yref"));
        Assert.Equal("bottom", two.Text("legend.yanchor"));
        Assert.False(one.At("showlegend").GetBoolean());
    }

    [Fact]
    public void A_diverging_heat_map_is_centred_at_zero_and_has_its_first_row_at_the_top()
    {
        Matrix<double> values = Matrix<double>.Build.DenseOfArray(new[,] { { 0.5, -2.0, 0.0 }, { 1.0, 0.25, -0.1 } });
        Chart chart = Charts.HeatMap(values, "dWh", "from", "to", unit: "gradient");
        JsonElement trace = Assert.Single(Traces(chart));
        Assert.Equal([[0.5, -2, 0], [1, 0.25, -0.1]], trace.At("z").Deserialize<double[][]>());
        Assert.Equal((-2, 0, 2), (trace.Number("zmin"), trace.Number("zmid"), trace.Number("zmax")));
        Assert.Equal("reversed", Layout(chart).Text("yaxis.autorange"));
        Assert.Equal("from", Layout(chart).Text("yaxis.title.text"));
        Assert.Equal("to", Layout(chart).Text("xaxis.title.text"));
        Assert.Equal("gradient", trace.Text("colorbar.title.text"));
        // The middle of the scale is (nearly) white, its ends are not.
        JsonElement[] scale = [.. trace.At("colorscale").EnumerateArray()];
        Assert.Equal("#f7f7f7", scale.Single(stop => stop[0].GetDouble() == 0.5)[1].GetString());
    }

    [Fact]
    public void A_heat_map_shows_every_label_of_its_rows()
    {
        string[] labels = [.. Enumerable.Range(0, 25).Select(i => $"{(char)('a' + i)}")];
        JsonElement layout = Layout(Charts.HeatMap(Matrix(25, 25), "Pairs", "read", "next", labels, labels));
        Assert.Equal(1, layout.Number("yaxis.dtick"));
        Assert.InRange(layout.Number("height"), 25 * 20, 25 * 24);
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
        JsonElement trace = Assert.Single(Traces(Charts.HeatMap(values, "t", "r", "c", diverging: diverging)));
        Assert.Equal((from, to), (trace.Number("zmin"), trace.Number("zmax")));
        Assert.Equal(diverging, trace.TryGetProperty("zmid", out _));
    }

    [Fact]
    public void Labels_that_occur_twice_keep_their_places()
    {
        Chart chart = Sample("probabilities").Chart;
        JsonElement layout = Layout(chart), trace = Assert.Single(Traces(chart));
        Assert.Equal(["e", "m", "m", "a"], layout.Texts("yaxis.ticktext"));
        Assert.Equal([0, 1, 2, 3], layout.Numbers("yaxis.tickvals"));
        Assert.Equal([0, 1, 2, 3], trace.Numbers("y"));
        Assert.Equal("category", layout.Text("xaxis.type"));
        Assert.Equal(["up", "down", "first"], trace.Texts("x"));
    }

    [Fact]
    public void A_histogram_counts_every_value_once()
    {
        JsonElement trace = Of([0, 0.1, 0.5, 0.9, 1, 1], 2);
        Assert.Equal([2, 4], trace.Numbers("y"));
        Assert.Equal([0.25, 0.75], trace.Numbers("x"));
        Assert.Equal(0.5, trace.Number("width"));
        Assert.Equal([0, 0, 3, 0, 0], Of([3, 3, 3], 5).Numbers("y"));
        Assert.Equal([1, 1, 1], Of([-double.MaxValue, 0, double.MaxValue], 3).Numbers("y"));
    }

    [Fact]
    public void Whatever_the_values_and_bins_a_histogram_loses_none() =>
        Gen.Select(Gen.Double[-1e6, 1e6].Array[1, 50], Gen.Int[1, 30]).Sample((values, bins) =>
        {
            double[] counts = Of(values, bins).Numbers("y");
            return counts.Length == bins && counts.Sum() == values.Length;
        }, iter: 300);

    private static JsonElement Of(double[] values, int bins) =>
        Assert.Single(Traces(Charts.Histogram(values, "t", "x", bins: bins)));

    [Fact]
    public void Grouped_bars_keep_labels_names_and_values()
    {
        Chart chart = Charts.Bars(["a", "b"], "t", "letter", "share (%)", ("z", [0.5, -1]), ("y", [2, 3]));
        JsonElement[] traces = Traces(chart);
        Assert.Equal(["z", "y"], traces.Texts("name"));
        Assert.Equal([0.5, -1], traces[0].Numbers("y"));
        Assert.All(traces, trace => Assert.Equal(["a", "b"], trace.Texts("x")));
        Assert.Equal("group", Layout(chart).Text("barmode"));
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

        static string Id(double[] values, string title) => Regex.Match(
            Charts.LossCurve(title, ("a", values)).ToHtml(), "<div class=\"rnn-chart\" id=\"([^\"]*)\"").Groups[1].Value;
    }

    [Fact]
    public void A_thousand_epochs_stay_below_60_kB_and_a_small_chart_below_12_kB()
    {
        double[] losses = [.. Enumerable.Range(0, 1000).Select(i => 16 + Math.Sin(i))];
        TrainingResult result = Training() with { Losses = losses, MeanLosses = losses };
        Assert.InRange(Charts.LossCurve(result).ToHtml().Length, 40_000, 60_000);
        Assert.InRange(Charts.Bars(["a"], [1], "t", "x", "y").ToHtml().Length, 1_000, 12_000);
    }

    [Fact]
    public void What_was_drawn_stays_when_the_callers_data_change()
    {
        Matrix<double> values = Matrix(2, 2);
        double[] losses = [1, 2];
        Chart map = Charts.HeatMap(values, "t", "r", "c"), curve = Charts.LossCurve(null, ("a", losses));
        Table table = Charts.Table(values);
        (string, string, string) before = (map.ToHtml(), curve.ToHtml(), table.ToHtml());
        values[0, 0] = 9;
        losses[0] = 9;
        Assert.Equal(before, (map.ToHtml(), curve.ToHtml(), table.ToHtml()));
    }
}
