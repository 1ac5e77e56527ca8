using MathNet.Numerics.LinearAlgebra;

namespace Rnn.Display;

/// <summary>
/// What a notebook shows: charts and tables of plain numbers, MathNet's matrices and vectors, and the network's own results.
/// Leave one as the last expression of a cell, or call <c>.Display()</c> on it.
/// </summary>
/// <remarks>
/// Charts are 720 by 420 pixels and shrink on narrow screens; heat maps of few rows are lower, those of many labelled rows
/// higher. Their numbers stand in the HTML in full precision, about 20 bytes each. Everything is drawn from copies; all methods
/// may be called from several threads at once. Every chart method throws an <see cref="InvalidOperationException"/> if the
/// folder <c>plotly/</c> is not beside Rnn.Display.dll: <c>dotnet build</c> puts it there.
/// </remarks>
public static partial class Charts
{
    /// <summary>
    /// Training in one picture: per epoch the loss of its last sequence, which is what the source prints, and the mean loss of
    /// all its sequences, both in nats per sequence.
    /// </summary>
    /// <param name="result">What <see cref="RecurrentNetwork.Train"/> returned.</param>
    /// <param name="title">Null: "Loss per epoch".</param>
    /// <exception cref="ArgumentNullException"><paramref name="result"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="result"/> has no epochs, or a loss that is not finite.</exception>
    public static Chart LossCurve(TrainingResult result, string? title = null)
    {
        Guard.NotNull(result, nameof(result));
        Guard.NotNull(result.Losses, "result.Losses", nameof(result));
        Guard.NotNull(result.MeanLosses, "result.MeanLosses", nameof(result));
        Guard.NotEmpty(result.Losses.Count, "result.Losses", nameof(result));
        Guard.SameCount(result.MeanLosses.Count, "result.MeanLosses", result.Losses.Count, "result.Losses", nameof(result));
        Guard.Finite(result.Losses, "result.Losses", nameof(result));
        Guard.Finite(result.MeanLosses, "result.MeanLosses", nameof(result));
        return LossCurve(
            new Dictionary<string, IReadOnlyList<double>>
            {
                ["last sequence (as the source prints)"] = result.Losses,
                ["mean of the epoch"] = result.MeanLosses,
            },
            title);
    }

    /// <summary>Several loss curves over the epochs, counted from 0, in nats per sequence. They may differ in length.</summary>
    /// <param name="curves">Name and losses of each curve, drawn in the dictionary's order; at least one.</param>
    /// <param name="title">Null: "Loss per epoch".</param>
    /// <param name="logY">Logarithmic losses; all must be positive.</param>
    /// <exception cref="ArgumentNullException"><paramref name="curves"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// There is no curve, one is null or empty, a loss is not finite, or not positive with <paramref name="logY"/>.
    /// </exception>
    public static Chart LossCurve(IReadOnlyDictionary<string, IReadOnlyList<double>> curves, string? title = null, bool logY = false)
    {
        var (names, y) = Series(curves, nameof(curves));
        double[][] x = [.. y.Select(curve => Enumerable.Range(0, curve.Length).Select(epoch => (double)epoch).ToArray())];
        return Lines(names, x, y, OrDefault(title, "Loss per epoch"), "epoch", "loss (nats per sequence)", nameof(curves), false, logY);
    }

    /// <summary>Curves over common x values.</summary>
    /// <param name="x">At least one value.</param>
    /// <param name="curves">
    /// Name and y values of each curve, as many as there are x values; drawn in the dictionary's order.
    /// </param>
    /// <param name="title">What it shows.</param>
    /// <param name="xAxis">Name of the x axis, with its unit.</param>
    /// <param name="yAxis">Name of the y axis, with its unit.</param>
    /// <param name="logX">Logarithmic x; all must be positive.</param>
    /// <param name="logY">Logarithmic y; all must be positive.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">
    /// Something is empty, lengths disagree, a number is not finite, or not positive on a logarithmic axis.
    /// </exception>
    public static Chart Lines(
        IReadOnlyList<double> x, IReadOnlyDictionary<string, IReadOnlyList<double>> curves, string title, string xAxis, string yAxis,
        bool logX = false, bool logY = false)
    {
        Guard.NotNull(x, nameof(x));
        Guard.NotEmpty(x.Count, nameof(x), nameof(x));
        Guard.Finite(x, nameof(x), nameof(x));
        if (logX)
            Guard.Positive(x, nameof(x), nameof(x));
        var (names, y) = Series(curves, nameof(curves), x.Count, nameof(x));
        Guard.Text(title, nameof(title));
        Guard.Text(xAxis, nameof(xAxis));
        Guard.Text(yAxis, nameof(yAxis));
        double[] copy = [.. x];
        return Lines(names, [.. y.Select(_ => copy)], y, title, xAxis, yAxis, nameof(curves), logX, logY);
    }

    /// <summary>
    /// A matrix as coloured cells, its first row at the top: weights, hidden states over time, gradients, confusions.
    /// </summary>
    /// <param name="values">At least one row and one column.</param>
    /// <param name="title">What it shows.</param>
    /// <param name="rows">What a row is, such as "time step".</param>
    /// <param name="columns">What a column is, such as "hidden unit".</param>
    /// <param name="rowLabels">One for each row; null: counted from 0.</param>
    /// <param name="columnLabels">One for each column; null: counted from 0.</param>
    /// <param name="unit">Title of the colour bar: what the colours measure. Null: "value".</param>
    /// <param name="diverging">
    /// True: blue is negative, red is positive, white is 0, over a range that is symmetric about 0. False: from white at 0 (or at
    /// the least value, if that is negative) to dark blue, for counts and probabilities.
    /// </param>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="values"/>, <paramref name="title"/>, <paramref name="rows"/> or <paramref name="columns"/> is null.
    /// </exception>
    /// <exception cref="ArgumentException">
    /// The matrix or a text is empty, an entry is not finite, or there are more or fewer labels than rows or columns.
    /// </exception>
    public static Chart HeatMap(
        Matrix<double> values, string title, string rows, string columns, IReadOnlyList<string>? rowLabels = null,
        IReadOnlyList<string>? columnLabels = null, string? unit = null, bool diverging = true)
    {
        double[][] z = Guard.Rows(values, nameof(values));
        Guard.Finite(z, nameof(values));
        Guard.Text(title, nameof(title));
        Guard.Text(rows, nameof(rows));
        Guard.Text(columns, nameof(columns));
        string[]? rowTexts = Guard.Labels(rowLabels, nameof(rowLabels), values.RowCount, $"{nameof(values)} has rows");
        string[]? columnTexts = Guard.Labels(columnLabels, nameof(columnLabels), values.ColumnCount, $"{nameof(values)} has columns");
        unit = OrDefault(unit, "value");

        string figure = PlotlyBridge.Instance.HeatMap(z, title, rows, columns, rowTexts, columnTexts, unit, diverging);
        string description =
            $"Heat map: {title}. {values.RowCount} rows ({rows}), {values.ColumnCount} columns ({columns}); {unit}{Range(z)}.";
        string[] texts = ["heat map", title, rows, columns, unit, $"{diverging}", .. rowTexts ?? [], .. columnTexts ?? []];
        return new Chart(figure, description, texts, z);
    }

    /// <summary>How often values fall into each of equally wide bins, which reach from the least to the greatest value.</summary>
    /// <param name="values">At least one value.</param>
    /// <param name="title">What it shows.</param>
    /// <param name="xAxis">What the values are, with their unit.</param>
    /// <param name="yAxis">What is counted.</param>
    /// <param name="bins">
    /// Number of bins, at least 1. As in NumPy, each holds its left edge, the last one both; equal values get bins over value
    /// - 0.5 to value + 0.5.
    /// </param>
    /// <exception cref="ArgumentNullException"><paramref name="values"/> or a text is null.</exception>
    /// <exception cref="ArgumentException">
    /// There is no value, one is not finite, a text is empty, or <paramref name="bins"/> is below 1.
    /// </exception>
    public static Chart Histogram(IEnumerable<double> values, string title, string xAxis, string yAxis = "count", int bins = 40)
    {
        Guard.NotNull(values, nameof(values));
        double[] all = [.. values];
        Guard.NotEmpty(all.Length, nameof(values), nameof(values));
        Guard.Finite(all, nameof(values), nameof(values));
        Guard.Text(title, nameof(title));
        Guard.Text(xAxis, nameof(xAxis));
        Guard.Text(yAxis, nameof(yAxis));
        if (bins < 1)
            throw new ArgumentOutOfRangeException(nameof(bins), bins, $"{nameof(bins)} must be at least 1, but is {bins}.");

        double min = all.Min(), max = all.Max();
        (double from, double to) = min == max ? (min - 0.5, max + 0.5) : (min, max);
        double[] edges = [.. Enumerable.Range(0, bins + 1).Select(i => from + (to / bins - from / bins) * i)];
        var counts = new int[bins];
        foreach (double value in all)
            counts[Math.Min(bins - 1, (int)((value / 2 - from / 2) / (to / 2 - from / 2) * bins))]++;
        string[] texts = [.. counts.Select((count, i) => $"{Html.Brief(edges[i])} to {Html.Brief(edges[i + 1])}: {count}")];

        string figure = PlotlyBridge.Instance.Histogram(edges, counts, texts, title, xAxis, yAxis);
        string description =
            $"Histogram: {title}. {all.Length} values of {xAxis}{Range([all])}, in {bins} bins; y: {yAxis}, at most {counts.Max()}.";
        return new Chart(figure, description, ["histogram", title, xAxis, yAxis], [edges, [.. counts.Select(count => (double)count)]]);
    }

    /// <summary>A bar for each label: probabilities, counts, timings.</summary>
    /// <param name="labels">At least one; equal labels are fine.</param>
    /// <param name="values">As many as labels.</param>
    /// <param name="title">What it shows.</param>
    /// <param name="xAxis">What the labels are.</param>
    /// <param name="yAxis">What the values are, with their unit.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">Something is empty, lengths disagree, or a value is not finite.</exception>
    public static Chart Bars(IReadOnlyList<string> labels, IReadOnlyList<double> values, string title, string xAxis, string yAxis)
    {
        Guard.NotNull(labels, nameof(labels));
        Guard.NotNull(values, nameof(values));
        Guard.SameCount(values.Count, nameof(values), labels.Count, nameof(labels), nameof(values));
        Guard.Finite(values, nameof(values), nameof(values));
        return Bars(labels, [yAxis], [[.. values]], title, xAxis, yAxis);
    }

    /// <summary>A group of bars for each label, one bar in it for each series.</summary>
    /// <param name="labels">At least one; equal labels are fine.</param>
    /// <param name="series">Name and values of each series, as many values as labels; drawn in the dictionary's order.</param>
    /// <param name="title">What it shows.</param>
    /// <param name="xAxis">What the labels are.</param>
    /// <param name="yAxis">What the values are, with their unit.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">Something is empty, lengths disagree, or a value is not finite.</exception>
    public static Chart Bars(
        IReadOnlyList<string> labels, IReadOnlyDictionary<string, IReadOnlyList<double>> series, string title, string xAxis, string yAxis)
    {
        Guard.NotNull(labels, nameof(labels));
        var (names, values) = Series(series, nameof(series), labels.Count, nameof(labels));
        return Bars(labels, names, values, title, xAxis, yAxis);
    }

    /// <summary>
    /// plotly.js itself as an output, from Plotly.NET's own resource: shown once, in the set-up cell of a notebook, it lets all
    /// its charts draw without network. It adds 3.6 MB to the notebook if that is saved with its outputs, so use it only offline.
    /// </summary>
    public static OfflineScript UseOffline() => new(PlotlyBridge.Instance.PlotlyJs());

    private static Chart Lines(
        string[] names, double[][] x, double[][] y, string title, string xAxis, string yAxis, string curves, bool logX, bool logY)
    {
        for (int i = 0; logY && i < y.Length; i++)
            Guard.Positive(y[i], $"{curves}[\"{names[i]}\"]", curves);
        string figure = PlotlyBridge.Instance.Lines(names, x, y, title, xAxis, yAxis, logX, logY);
        string description =
            $"Line chart: {title}. x: {xAxis}{Range(x)}; y: {yAxis}{Range(y)}; " +
            $"{y.Length} {(y.Length == 1 ? "curve" : "curves")}: {string.Join(", ", names)}.";
        return new Chart(figure, description, ["lines", title, xAxis, yAxis, $"{logX} {logY}", .. names], [.. x, .. y]);
    }

    private static Chart Bars(IReadOnlyList<string> labels, string[] names, double[][] values, string title, string xAxis, string yAxis)
    {
        Guard.NotEmpty(labels.Count, nameof(labels), nameof(labels));
        string[] texts = Guard.Labels(labels, nameof(labels), labels.Count, nameof(labels))!;
        Guard.Text(title, nameof(title));
        Guard.Text(xAxis, nameof(xAxis));
        Guard.Text(yAxis, nameof(yAxis));
        string figure = PlotlyBridge.Instance.Bars(texts, names, values, title, xAxis, yAxis);
        string description =
            $"Bar chart: {title}. x: {xAxis}, {labels.Count} labels; y: {yAxis}{Range(values)}" +
            (names.Length == 1 ? "." : $"; {names.Length} series: {string.Join(", ", names)}.");
        return new Chart(figure, description, ["bars", title, xAxis, yAxis, .. texts, .. names], values);
    }

    /// <summary>Copies the curves of a dictionary in its order, and checks them.</summary>
    private static (string[] Names, double[][] Values) Series(
        IReadOnlyDictionary<string, IReadOnlyList<double>> series, string name, int? expected = null, string expectedWhat = "")
    {
        Guard.NotNull(series, name);
        Guard.NotEmpty(series.Count, name, name);
        foreach (var (key, values) in series)
        {
            string what = $"{name}[\"{key}\"]";
            Guard.NotNull(values, what, name);
            if (expected is { } count)
                Guard.SameCount(values.Count, what, count, expectedWhat, name);
            Guard.NotEmpty(values.Count, what, name);
            Guard.Finite(values, what, name);
        }
        return ([.. series.Keys], [.. series.Values.Select(values => values.ToArray())]);
    }

    private static string OrDefault(string? text, string otherwise) => string.IsNullOrWhiteSpace(text) ? otherwise : text;

    private static string Range(IReadOnlyList<double[]> values) =>
        $" from {Html.Brief(values.Min(row => row.Min()))} to {Html.Brief(values.Max(row => row.Max()))}";
}
