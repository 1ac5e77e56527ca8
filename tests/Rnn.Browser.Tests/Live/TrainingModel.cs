namespace Rnn.Browser.Tests.Live;

internal sealed class TrainingModel(JsonElement data) : Model
{
    public override Dictionary<string, double> Readouts(ExplorerState state)
    {
        JsonElement stage = data.GetProperty("stages")[state.Index("epoch")];
        Weights weights = Weights(stage.GetProperty("weights"));
        JsonElement[] sequences =
            [.. data.GetProperty("seen").EnumerateArray(), .. data.GetProperty("fresh").EnumerateArray()];
        Sequence sequence = Sequence(sequences[state.Index("sequence")]);
        Matrix<double> said = RecurrentNetwork.Forward(sequence.X, weights).Y;
        int[] asked = [.. Enumerable.Range(0, said.RowCount).Where(t => sequence.Y.Row(t).Maximum() > 0)];
        Dictionary<string, double> readouts = new()
        {
            ["epoch"] = stage.GetProperty("epoch").GetInt32(),
            ["loss-seen"] = stage.GetProperty("seen").GetDouble(),
            ["sequence-loss"] = Pass(sequence, weights).Loss,
            ["asked"] = asked.Length,
            ["right"] = asked.Count(t => sequence.Y[t, said.Row(t).MaximumIndex()] > 0),
        };
        if (data.GetProperty("fresh").GetArrayLength() > 0)
            readouts["loss-fresh"] = stage.GetProperty("fresh").GetDouble();
        foreach ((int t, int k, double p) in said.EnumerateIndexed())
            readouts[$"y-{t}-{k}"] = p;
        return readouts;
    }
}
