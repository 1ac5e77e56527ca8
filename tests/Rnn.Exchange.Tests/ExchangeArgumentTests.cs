namespace Rnn.Exchange.Tests;

public sealed class ExchangeArgumentTests
{
    [Fact]
    public void Null_is_refused_by_name()
    {
        using Folder folder = new();
        Assert.Throws<ArgumentNullException>("weights", () => WeightsFile.SaveNpz(null!, folder["w"]));
        Assert.Throws<ArgumentNullException>("weights", () => WeightsFile.SaveOnnx(null!, folder["w"]));
        Assert.Throws<ArgumentNullException>("path", () => WeightsFile.SaveNpz(Samples.Weights(), null!));
        Assert.Throws<ArgumentNullException>("path", () => WeightsFile.SaveOnnx(Samples.Weights(), null!));
        Assert.Throws<ArgumentNullException>("path", () => WeightsFile.LoadNpz(null!));
        Assert.Empty(folder.Names);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\0b")]
    public void A_path_that_is_none_is_refused_by_name(string path)
    {
        Assert.Throws<ArgumentException>(nameof(path), () => WeightsFile.SaveNpz(Samples.Weights(), path));
        Assert.Throws<ArgumentException>(nameof(path), () => WeightsFile.SaveOnnx(Samples.Weights(), path));
        Assert.Throws<ArgumentException>(nameof(path), () => WeightsFile.LoadNpz(path));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    public void A_form_that_there_is_not_is_refused_by_name(int form)
    {
        using Folder folder = new();
        ArgumentOutOfRangeException refusal = Assert.Throws<ArgumentOutOfRangeException>(
            nameof(form), () => WeightsFile.SaveOnnx(Samples.Weights(), folder["w"], (OnnxForm)form));
        Assert.Contains($"form must be Sequence, Step or RnnOperator, but is {form}.", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(folder.Names);
    }

    /// <summary>Weights hand out the matrices they hold: whoever has one can spoil it after the check.</summary>
    [Fact]
    public void A_value_that_is_no_number_is_refused_with_its_place()
    {
        (string Place, Action<Weights, double> Spoil)[] spoilers =
        [
            ("weights.Wh[4, 3]", (weights, value) => weights.Wh[4, 3] = value),
            ("weights.Wx[2, 4]", (weights, value) => weights.Wx[2, 4] = value),
            ("weights.Wy[3, 1]", (weights, value) => weights.Wy[3, 1] = value),
            ("weights.Bh[4]", (weights, value) => weights.Bh[4] = value),
            ("weights.By[1]", (weights, value) => weights.By[1] = value),
        ];
        using Folder folder = new();
        foreach ((string place, Action<Weights, double> spoil) in spoilers)
        {
            foreach (double value in (double[])[double.NaN, double.PositiveInfinity, double.NegativeInfinity])
            {
                Weights weights = Samples.Weights();
                spoil(weights, value);
                string says = FormattableString.Invariant($"{place.Split('[')[0]} must be finite, but {place} is {value}.");
                Says(says, () => WeightsFile.SaveNpz(weights, folder["w"]));
                foreach (OnnxForm form in Enum.GetValues<OnnxForm>())
                    Says(says, () => WeightsFile.SaveOnnx(weights, folder["w"], form));
            }

            Weights large = Samples.Weights();
            spoil(large, -1e39);
            WeightsFile.SaveOnnx(large, folder["large"]);
            WeightsFile.SaveOnnx(large, folder["large"], OnnxForm.Step);
            Says(
                $"{place.Split('[')[0]} must fit single precision for RnnOperator, but {place} is -1E+39.",
                () => WeightsFile.SaveOnnx(large, folder["w"], OnnxForm.RnnOperator));
        }

        Assert.Equal(["large"], folder.Names);

        static void Says(string text, Action save) =>
            Assert.StartsWith(text, Assert.Throws<ArgumentException>("weights", save).Message, StringComparison.Ordinal);
    }
}
