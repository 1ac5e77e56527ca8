using MathNet.Numerics.Statistics;

namespace Rnn.Browser.Tests.Live;

internal sealed class TextModel(JsonElement data) : Model
{
    private const int MostLetters = 20, MostAdded = 100;

    private readonly Weights weights = data.GetProperty("weights").GetProperty("bh").ValueKind == JsonValueKind.String
        ? Unpacked(data.GetProperty("weights"))
        : Weights(data.GetProperty("weights"));
    private readonly string reads = data.GetProperty("reads").GetString()!;
    private readonly string says = data.GetProperty("says").GetString()!;
    private readonly string starts = data.GetProperty("starts").GetString()!;
    private readonly string ends = data.GetProperty("ends").GetString()!;
    private NumPyRandom dice = new(data.GetProperty("seed").GetUInt32());
    private string[] invented = [];
    private int restarts, inventions;

    public override Dictionary<string, double> Readouts(ExplorerState state)
    {
        string text = Read(state);
        ForwardPass forward = RecurrentNetwork.Forward(OneHot(text), weights);
        double temperature = state.Number("temperature");
        int unit = state.Index("unit"), present = state.Picked["letter"];
        Vector<double> colours = forward.H.Column(unit);
        Dictionary<string, double> readouts = new()
        {
            ["temperature"] = temperature,
            ["state"] = colours[present],
            ["spread"] = colours.PopulationStandardDeviation(),
            ["guess"] = forward.Y.Row(present).Maximum(),
        };
        for (int p = 0; p < text.Length; p++)
        {
            double[] likeliest = [.. Hot(forward.H.Row(p), temperature).OrderDescending().Take(5)];
            for (int r = 0; r < likeliest.Length; r++)
                readouts[$"guess-{p}-{r}"] = likeliest[r];
        }

        Matrix<double> influence = Influence(forward, present);
        for (int s = 0; s <= present; s++)
            readouts[$"influence-{s}"] = influence.Row(s).L2Norm();
        readouts["strongest"] = influence.EnumerateRows().Max(row => row.L2Norm());
        return readouts;
    }

    public override string[] Invented(ExplorerState state)
    {
        if (restarts != (restarts = state.ClicksOf("again")))
            (dice, invented) = (new(data.GetProperty("seed").GetUInt32()), []);
        if (inventions != (inventions = state.ClicksOf("invent")))
        {
            string prefix = state.Values["from"] == "text" ? Read(state)[starts.Length..] : "";
            double temperature = state.Number("temperature");
            invented = [.. Enumerable.Range(0, ends.Length > 0 ? 5 : 1).Select(_ => Invent(prefix, temperature))];
        }

        return invented;
    }

    /// <summary>Weights of 32 bits, row by row, as base64.</summary>
    private static Weights Unpacked(JsonElement weights)
    {
        double[] bh = Floats("bh"), by = Floats("by");
        return new(
            Rows("Wh", bh.Length), Rows("Wx", bh.Length), Rows("Wy", by.Length), Vector<double>.Build.Dense(bh),
            Vector<double>.Build.Dense(by));

        double[] Floats(string name) =>
        [
            .. weights.GetProperty(name).GetBytesFromBase64().Chunk(sizeof(float)).Select(bytes => BitConverter.ToSingle(bytes)),
        ];
        Matrix<double> Rows(string name, int columns) =>
            Matrix<double>.Build.DenseOfRowArrays(Floats(name).Chunk(columns));
    }

    /// <summary>As lesson 03 does it; where no letter ends a name, it goes on for some letters.</summary>
    private string Invent(string prefix, double temperature)
    {
        string name = prefix;
        int most = ends.Length > 0 ? MostLetters : prefix.Length + MostAdded;
        while (name.Length < most)
        {
            // Nothing has been read where no letter begins a name.
            string read = starts + name;
            Vector<double> h = read.Length == 0
                ? Vector<double>.Build.Dense(weights.HiddenDim)
                : RecurrentNetwork.Forward(OneHot(read), weights).H.Row(read.Length - 1);
            Vector<double> next = Hot(h, temperature);
            double left = dice.NextDouble();
            int k = 0;
            while ((left -= next[k]) >= 0)
                k++;
            if (ends.Contains(says[k]))
                break;
            name += says[k];
        }

        return name;
    }

    /// <summary>d ln y[present, guess] / d x[s], a row for each s: Wx times the slopes behind tanh.</summary>
    private Matrix<double> Influence(ForwardPass forward, int present)
    {
        Vector<double> y = forward.Y.Row(present);
        int guess = y.MaximumIndex();
        Matrix<double> dy = Matrix<double>.Build.Dense(
            present + 1, says.Length, (t, k) => t == present ? (k == guess ? 1 : 0) - y[k] : 0);
        Matrix<double> h = forward.H.SubMatrix(0, present + 1, 0, weights.HiddenDim);
        return Slopes(weights, h, dy) * weights.Wx.Transpose();
    }

    private Vector<double> Hot(Vector<double> h, double temperature) => Softmax((h * weights.Wy + weights.By) / temperature);

    /// <summary>A field has one line; in it, a sign stands for a line break.</summary>
    private string Read(ExplorerState state) =>
        starts + string.Concat(state.Values["text"].Replace('⏎', '\n')
            .Where(letter => reads.Contains(letter) && !starts.Contains(letter)));

    private Matrix<double> OneHot(string text) =>
        Matrix<double>.Build.Dense(text.Length, reads.Length, (t, i) => text[t] == reads[i] ? 1 : 0);
}
