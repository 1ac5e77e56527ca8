namespace Rnn.Display;

/// <summary>
/// What a notebook shows: charts and tables of plain numbers, MathNet's matrices and vectors, and the network's own results.
/// Leave one as the last expression of a cell, or call <c>.Display()</c> on it.
/// </summary>
/// <remarks>
/// Charts are 720 by 420 pixels and shrink on narrow screens; heat maps of few rows are lower, those of many labelled rows
/// higher. Their numbers stand in the HTML in full precision, about 20 bytes each. Everything is drawn from copies, and every
/// sequence is enumerated only once; all methods may be called from several threads at once. Every chart method throws an
/// <see cref="InvalidOperationException"/> if the folder <c>plotly/</c> is not beside Rnn.Display.dll: <c>dotnet build</c> puts
/// it there.
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
        Guard.NotNull(result);
        double[] losses = Guard.Numbers(result.Losses);
        double[] meanLosses = Guard.Numbers(result.MeanLosses, count: losses.Length, countOf: "result.Losses");
        return LossCurve(title, ("last sequence (as the source prints)", losses), ("mean of the epoch", meanLosses));
    }

    /// <summary>Several loss curves over the epochs, counted from 0, in nats per sequence.</summary>
    /// <param name="title">Null: "Loss per epoch".</param>
    /// <param name="curves">Name and losses of each curve; at least one. They may differ in length.</param>
    /// <exception cref="ArgumentNullException"><paramref name="curves"/> or a curve's losses are null.</exception>
    /// <exception cref="ArgumentException">
    /// There is no curve, one is empty or has no name, two have the same name, or a loss is not finite.
    /// </exception>
    public static Chart LossCurve(string? title, params (string Name, IEnumerable<double> Values)[] curves) =>
        LossCurve(title, logX: false, logY: false, curves);

    /// <summary>Several loss curves over the epochs, in nats per sequence, on logarithmic axes.</summary>
    /// <param name="title">Null: "Loss per epoch".</param>
    /// <param name="logX">
    /// Logarithmic x. It is then the number of epochs trained, 1, 2 and so on, because epoch 0 has no logarithm. False: the
    /// epoch, counted from 0.
    /// </param>
    /// <param name="logY">Logarithmic losses; all must be positive.</param>
    /// <param name="curves">Name and losses of each curve; at least one. They may differ in length.</param>
    /// <exception cref="ArgumentNullException"><paramref name="curves"/> or a curve's losses are null.</exception>
    /// <exception cref="ArgumentException">
    /// There is no curve, one is empty or has no name, two have the same name, or a loss is not finite, or not positive with
    /// <paramref name="logY"/>.
    /// </exception>
    public static Chart LossCurve(
        string? title, bool logX, bool logY, params (string Name, IEnumerable<double> Values)[] curves)
    {
        (string[] names, double[][] losses) = Guard.Curves(curves, logY);
        int first = logX ? 1 : 0;
        double[][] x = [.. losses.Select(curve => curve.Select((_, epoch) => (double)(first + epoch)).ToArray())];
        return DrawLines(
            names, x, losses, OrDefault(title, "Loss per epoch"), logX ? "epochs trained" : "epoch", "loss (nats per sequence)",
            logX, logY);
    }

    /// <summary>Curves over common x values.</summary>
    /// <param name="x">At least one value.</param>
    /// <param name="title">What it shows.</param>
    /// <param name="xAxis">Name of the x axis, with its unit.</param>
    /// <param name="yAxis">Name of the y axis, with its unit.</param>
    /// <param name="curves">Name and y values of each curve, as many as there are x values; at least one curve.</param>
    /// <exception cref="ArgumentNullException">An argument or a curve's values are null.</exception>
    /// <exception cref="ArgumentException">
    /// Something is empty, lengths disagree, a curve has no name, two have the same name, or a number is not finite.
    /// </exception>
    public static Chart Lines(
        IEnumerable<double> x, string title, string xAxis, string yAxis,
        params (string Name, IEnumerable<double> Values)[] curves) =>
        Lines(x, title, xAxis, yAxis, logX: false, logY: false, curves);

    /// <summary>Curves over common x values, on logarithmic axes.</summary>
    /// <param name="x">At least one value.</param>
    /// <param name="title">What it shows.</param>
    /// <param name="xAxis">Name of the x axis, with its unit.</param>
    /// <param name="yAxis">Name of the y axis, with its unit.</param>
    /// <param name="logX">Logarithmic x; all must be positive.</param>
    /// <param name="logY">Logarithmic y; all must be positive.</param>
    /// <param name="curves">Name and y values of each curve, as many as there are x values; at least one curve.</param>
    /// <exception cref="ArgumentNullException">An argument or a curve's values are null.</exception>
    /// <exception cref="ArgumentException">
    /// Something is empty, lengths disagree, a curve has no name, two have the same name, or a number is not finite, or not
    /// positive on a logarithmic axis.
    /// </exception>
    public static Chart Lines(
        IEnumerable<double> x, string title, string xAxis, string yAxis, bool logX, bool logY,
        params (string Name, IEnumerable<double> Values)[] curves)
    {
        double[] common = Guard.Numbers(x, logX);
        (string[] names, double[][] y) = Guard.Curves(curves, logY, common.Length, nameof(x));
        return DrawLines(names, [.. y.Select(_ => common)], y, title, xAxis, yAxis, logX, logY);
    }

    /// <summary>
    /// A matrix as coloured cells, its first row at the top: weights, hidden states over time, gradients, confusions.
    /// </summary>
    /// <param name="values">At least one row and one column.</param>
    /// <param name="title">What it shows.</param>
    /// <param name="rowAxis">What a row is, such as "time step".</param>
    /// <param name="columnAxis">What a column is, such as "hidden unit".</param>
    /// <param name="rowLabels">One for each row; null: counted from 0.</param>
    /// <param name="columnLabels">One for each column; null: counted from 0.</param>
    /// <param name="unit">Title of the colour bar: what the colours measure. Null: "value".</param>
    /// <param name="diverging">
    /// True: blue is negative, red is positive, white is 0, over a range that is symmetric about 0. False: from white at 0 (or at
    /// the least value, if that is negative) to dark blue, for counts and probabilities.
    /// </param>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="values"/>, <paramref name="title"/>, <paramref name="rowAxis"/> or <paramref name="columnAxis"/> is null.
    /// </exception>
    /// <exception cref="ArgumentException">
    /// The matrix or a text is empty, an entry is not finite, or there are more or fewer labels than rows or columns.
    /// </exception>
    public static Chart HeatMap(
        Matrix<double> values, string title, string rowAxis, string columnAxis, IReadOnlyList<string>? rowLabels = null,
        IReadOnlyList<string>? columnLabels = null, string? unit = null, bool diverging = true)
    {
        double[][] z = Guard.Rows(values, finite: true);
        Guard.Text(title);
        Guard.Text(rowAxis);
        Guard.Text(columnAxis);
        string[]? rowTexts = Guard.Labels(rowLabels, values.RowCount, $"{nameof(values)} has rows");
        string[]? columnTexts = Guard.Labels(columnLabels, values.ColumnCount, $"{nameof(values)} has columns");
        unit = OrDefault(unit, "value");

        string figure = PlotlyBridge.Instance.Draw(
            nameof(HeatMap), z, title, rowAxis, columnAxis, rowTexts, columnTexts, unit, diverging);
        string description = $"Heat map: {title}. " +
            $"{values.RowCount} rows ({rowAxis}), {values.ColumnCount} columns ({columnAxis}); {unit}{Range(z)}.";
        string[] texts = ["heat map", title, rowAxis, columnAxis, unit, $"{diverging}", .. rowTexts ?? [], .. columnTexts ?? []];
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
        double[] all = Guard.Numbers(values);
        Guard.Text(title);
        Guard.Text(xAxis);
        Guard.Text(yAxis);
        if (bins < 1)
            throw new ArgumentOutOfRangeException(nameof(bins), bins, $"{nameof(bins)} must be at least 1, but is {bins}.");

        double min = all.Min(), max = all.Max();
        (double from, double to) = min == max ? (min - 0.5, max + 0.5) : (min, max);
        double[] edges = [.. Enumerable.Range(0, bins + 1).Select(i => from + (to / bins - from / bins) * i)];
        int[] counts = new int[bins];
        foreach (double value in all)
            counts[Math.Min(bins - 1, (int)((value / 2 - from / 2) / (to / 2 - from / 2) * bins))]++;
        string[] texts = [.. counts.Select((count, i) => $"{Html.Brief(edges[i])} to {Html.Brief(edges[i + 1])}: {count}")];

        string figure = PlotlyBridge.Instance.Draw(nameof(Histogram), edges, counts, texts, title, xAxis, yAxis);
        string description = $"Histogram: {title}. " +
            $"{all.Length} values of {xAxis}{Range([all])}, in {bins} bins; y: {yAxis}, at most {counts.Max()}.";
        return new Chart(
            figure, description, ["histogram", title, xAxis, yAxis], [edges, [.. counts.Select(count => (double)count)]]);
    }

    /// <summary>A bar for each label: probabilities, counts, timings.</summary>
    /// <param name="labels">At least one; equal labels are fine.</param>
    /// <param name="values">As many as labels.</param>
    /// <param name="title">What it shows.</param>
    /// <param name="xAxis">What the labels are.</param>
    /// <param name="yAxis">What the values are, with their unit.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">Something is empty, lengths disagree, or a value is not finite.</exception>
    public static Chart Bars(
        IReadOnlyList<string> labels, IEnumerable<double> values, string title, string xAxis, string yAxis)
    {
        string[] texts = Guard.Entries(labels);
        double[] heights = Guard.Numbers(values, count: texts.Length, countOf: nameof(labels));
        return DrawBars(texts, [yAxis], [heights], title, xAxis, yAxis);
    }

    /// <summary>A group of bars for each label, one bar in it for each series.</summary>
    /// <param name="labels">At least one; equal labels are fine.</param>
    /// <param name="title">What it shows.</param>
    /// <param name="xAxis">What the labels are.</param>
    /// <param name="yAxis">What the values are, with their unit.</param>
    /// <param name="series">Name and values of each series, as many values as labels; at least one series.</param>
    /// <exception cref="ArgumentNullException">An argument or the values of a series are null.</exception>
    /// <exception cref="ArgumentException">
    /// Something is empty, lengths disagree, a series has no name, two have the same name, or a value is not finite.
    /// </exception>
    public static Chart Bars(
        IReadOnlyList<string> labels, string title, string xAxis, string yAxis,
        params (string Name, IEnumerable<double> Values)[] series)
    {
        string[] texts = Guard.Entries(labels);
        (string[] names, double[][] values) = Guard.Curves(series, count: texts.Length, countOf: nameof(labels));
        return DrawBars(texts, names, values, title, xAxis, yAxis);
    }

    /// <summary>
    /// plotly.js itself as an output: as the last line of a cell, it lets all charts of the page draw without network. Seldom
    /// needed: where the kernel has no network, the first chart brings plotly.js along; where only the browser has none, the
    /// kernel cannot know. It adds 3.6 MB to the notebook if that is saved with its outputs.
    /// </summary>
    /// <exception cref="InvalidOperationException">plotly.js is not where <c>dotnet build</c> puts it.</exception>
    public static OfflineScript UseOffline()
    {
        _ = PlotlyBridge.Built(ChartHooks.PlotlyFile);
        return new();
    }

    private static Chart DrawLines(
        string[] names, double[][] x, double[][] y, string title, string xAxis, string yAxis, bool logX, bool logY)
    {
        Guard.Text(title);
        Guard.Text(xAxis);
        Guard.Text(yAxis);
        string figure = PlotlyBridge.Instance.Draw(nameof(Lines), names, x, y, title, xAxis, yAxis, logX, logY);
        string description = $"Line chart: {title}. x: {xAxis}{Range(x)}; y: {yAxis}{Range(y)}; " +
            $"{y.Length} {(y.Length == 1 ? "curve" : "curves")}: {string.Join(", ", names)}.";
        return new Chart(figure, description, ["lines", title, xAxis, yAxis, $"{logX} {logY}", .. names], [.. x, .. y]);
    }

    private static Chart DrawBars(
        string[] labels, string[] names, double[][] values, string title, string xAxis, string yAxis)
    {
        Guard.Text(title);
        Guard.Text(xAxis);
        Guard.Text(yAxis);
        string figure = PlotlyBridge.Instance.Draw(nameof(Bars), labels, names, values, title, xAxis, yAxis);
        string description = $"Bar chart: {title}. x: {xAxis}, {labels.Length} labels; y: {yAxis}{Range(values)}" +
            (names.Length == 1 ? "." : $"; {names.Length} series: {string.Join(", ", names)}.");
        return new Chart(figure, description, ["bars", title, xAxis, yAxis, .. labels, .. names], values);
    }

    private static string OrDefault(string? text, string otherwise) => string.IsNullOrWhiteSpace(text) ? otherwise : text;

    private static string Range(double[][] values) =>
        $" from {Html.Brief(values.Min(row => row.Min()))} to {Html.Brief(values.Max(row => row.Max()))}";
}
