namespace Rnn.Browser.Tests.Live;

internal sealed class SoftmaxModel(JsonElement data) : Model
{
    public override Dictionary<string, double> Readouts(ExplorerState state)
    {
        int count = data.GetProperty("logits").GetArrayLength();
        Vector<double> logits = Vector<double>.Build.Dense(count, k => state.Number($"logit-{k}"));
        Vector<double> probabilities = Softmax(logits);
        Dictionary<string, double> readouts = new()
        {
            ["sum"] = logits.Sum(Math.Exp),
            ["probability-sum"] = probabilities.Sum(),
        };
        for (int k = 0; k < count; k++)
        {
            readouts[$"logit-{k}"] = logits[k];
            readouts[$"exp-{k}"] = Math.Exp(logits[k]);
            readouts[$"probability-{k}"] = probabilities[k];
        }

        return readouts;
    }
}
