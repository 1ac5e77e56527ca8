namespace Rnn.Browser.Tests.Live;

internal sealed class ThroughTimeModel(JsonElement data) : Model
{
    public override Dictionary<string, double> Readouts(ExplorerState state)
    {
        Weights given = Weights(data.GetProperty("weights"));
        Sequence sequence = Sequence(data.GetProperty("sequence"));
        Weights weights = new(given.Wh * state.Number("factor"), given.Wx, given.Wy, given.Bh, given.By);
        ForwardPass forward = RecurrentNetwork.Forward(sequence.X * state.Number("inputs"), weights);
        int last = sequence.X.RowCount - 1, distance = state.Index("distance");
        Vector<double> y = forward.Y.Row(last), yTrue = sequence.Y.Row(last);
        Vector<double> start = weights.Wy * (y * yTrue.Sum() - yTrue), bent = start, straight = start;
        for (int t = last; t > last - distance; t--)
        {
            Vector<double> h = forward.H.Row(t);
            bent = weights.Wh * bent.PointwiseMultiply(1 - h.PointwiseMultiply(h));
            straight = weights.Wh * straight;
        }

        Vector<double> there = forward.H.Row(Math.Max(0, last - distance));
        return new()
        {
            ["factor"] = state.Number("factor"),
            ["inputs"] = state.Number("inputs"),
            ["distance"] = distance,
            ["length"] = bent.L2Norm(),
            ["length-free"] = straight.L2Norm(),
            ["first-length"] = start.L2Norm(),
            ["ratio"] = bent.L2Norm() / start.L2Norm(),
            ["slope"] = there.Average(h => 1 - h * h),
            ["saturated"] = 100 * forward.H.Enumerate().Average(h => Math.Abs(h) > 0.9 ? 1.0 : 0.0),
        };
    }
}
