namespace Rnn.Browser.Tests.Live;

internal sealed class NudgeModel(JsonElement data) : Model
{
    private const double Nudge = 1e-5;

    private readonly Sequence sequence = Sequence(data.GetProperty("sequence"));
    private Weights weights = Weights(data.GetProperty("weights"));
    private int starts;

    public override Dictionary<string, double> Readouts(ExplorerState state)
    {
        // What was moved before stays as it was left.
        if (starts != (starts = state.ClicksOf("again")))
            weights = Weights(data.GetProperty("weights"));
        string name = state.Values["matrix"];
        int columns = name is "Wy" or "by" ? weights.OutputDim : weights.HiddenDim;
        (int i, int j) = (state.Picked["weight"] / columns, state.Picked["weight"] % columns);
        double value = state.Number("value");
        // The slider shows the exact value; its input may round it to the precision of a step.
        Set(value);
        BackwardPass pass = Pass(sequence, weights, Formula(data));
        double derivative = Entry(pass.Gradients);
        Set(value + Nudge);
        double up = Pass(sequence, weights).Loss;
        Set(value - Nudge);
        double down = Pass(sequence, weights).Loss;
        Set(value);
        double nudge = (up - down) / (2 * Nudge);
        return new()
        {
            ["value"] = value,
            ["loss"] = pass.Loss,
            ["derivative"] = derivative,
            ["nudge"] = nudge,
            ["difference"] = derivative - nudge,
        };

        void Set(double number)
        {
            if (name[0] == 'b')
                (name == "bh" ? weights.Bh : weights.By)[j] = number;
            else
                Matrix(weights)[i, j] = number;
        }

        double Entry(Weights all) => name[0] == 'b' ? (name == "bh" ? all.Bh : all.By)[j] : Matrix(all)[i, j];

        Matrix<double> Matrix(Weights all) => name switch { "Wh" => all.Wh, "Wx" => all.Wx, _ => all.Wy };
    }
}
