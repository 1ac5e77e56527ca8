using System.Buffers.Binary;

namespace Rnn.Display;

/// <summary>
/// Figures to play with: each is one line in a cell, and answers to mouse, finger and keyboard where charts only show. They
/// compute in the page what the library computes, with the same formulas; the kernel is not asked. Leave one as the last
/// expression of a cell, or call <c>.Display()</c> on it.
/// </summary>
/// <remarks>
/// An explorer carries all its numbers, about 20 bytes each, beside its scripts, some 30 kB. Everything is drawn from copies; all
/// methods may be called from several threads at once.
/// </remarks>
public static class Explorers
{
    /// <summary>More steps or units than this would be too small to be hit with a finger.</summary>
    private const int LargestDrawn = 64;

    private const int LongestText = 400;

    /// <summary>Of those that were trained on, and of those that were not: how many a reader can choose.</summary>
    private const int MostSequences = 6;

    /// <summary>
    /// Drag each score (logit) and see the exponentials, their sum and the probabilities; add 5 to all, and nothing changes.
    /// Formula: softmax(x)[k] = e^x[k] / sum of e^x[j].
    /// </summary>
    /// <param name="logits">The scores to begin with, one for each class; at least one.</param>
    /// <param name="labels">The names of the classes, as many as there are scores; none: counted from 0.</param>
    /// <exception cref="ArgumentNullException"><paramref name="logits"/> or <paramref name="labels"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// There is no score, one is not finite, or there are more or fewer labels than scores, or one is null.
    /// </exception>
    public static Explorer Softmax(IEnumerable<double> logits, params IReadOnlyList<string> labels)
    {
        double[] scores = Guard.Numbers(logits);
        Guard.NotNull(labels);
        string[] names = labels.Count == 0
            ? [.. scores.Select((_, k) => $"class {k}")]
            : Guard.Labels(labels, scores.Length, $"{nameof(logits)} has entries")!;
        string listed = string.Join(", ", names.Zip(scores, (name, score) => $"{name} {Html.Brief(score)}"));
        return new Explorer(
            "softmax",
            $"Softmax to play with. Drag the score of each class, here {listed}, and watch the exponentials, their sum and the "
                + "probabilities; then add 5 to all of them: what changes, and what does not?",
            new { logits = scores, labels = names });
    }

    /// <summary>
    /// Step, play or scrub through a sequence, forward and then back, in the unrolled network: click a unit for the sum that made
    /// its number, a weight or an arrow for what passes there, and on the way back for what each step adds to the gradient.
    /// </summary>
    /// <param name="sequence">Inputs (T, input) and targets (T, output).</param>
    /// <param name="weights">The weights.</param>
    /// <param name="outputGradient">What the way back begins with, as in <see cref="RecurrentNetwork.Backward"/>.</param>
    /// <param name="back">Whether it stands on the way back at first; false: at the beginning of the way forward.</param>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="sequence"/>, a matrix of it or <paramref name="weights"/> is null.
    /// </exception>
    /// <exception cref="ArgumentException">
    /// A shape does not fit the weights, there are no steps, more than 64 of them or more than 64 units of a kind, an entry is
    /// not finite, a target is negative, or <paramref name="outputGradient"/> is none of its values.
    /// </exception>
    public static Explorer Network(
        Sequence sequence, Weights weights, OutputGradient outputGradient = OutputGradient.AsInSource, bool back = false)
    {
        RefuseUndrawable(sequence, weights, outputGradient);
        return new Explorer(
            "network",
            $"The network unrolled over {Steps(sequence)}, to play with: {Sizes(weights)}. Step forward through time and back "
                + "again, and click a unit, an arrow or a weight to see the very sum behind its number.",
            new { sequence = Data(sequence), weights = Data(weights), exact = outputGradient == OutputGradient.Exact, back });
    }

    /// <summary>
    /// Pick any weight and drag it: the loss over that weight, the point on it, the tangent whose slope is the derivative that
    /// <see cref="RecurrentNetwork.Backward"/> gives, and beside it the slope that a nudge up and down finds.
    /// </summary>
    /// <param name="sequence">Inputs (T, input) and targets (T, output).</param>
    /// <param name="weights">The weights to begin with.</param>
    /// <param name="outputGradient">Which derivative is shown, as in <see cref="RecurrentNetwork.Backward"/>.</param>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="sequence"/>, a matrix of it or <paramref name="weights"/> is null.
    /// </exception>
    /// <exception cref="ArgumentException">
    /// A shape does not fit the weights, there are no steps, more than 64 of them or more than 64 units of a kind, an entry is
    /// not finite, a target is negative, or <paramref name="outputGradient"/> is none of its values.
    /// </exception>
    public static Explorer Nudge(
        Sequence sequence, Weights weights, OutputGradient outputGradient = OutputGradient.AsInSource)
    {
        RefuseUndrawable(sequence, weights, outputGradient);
        return new Explorer(
            "nudge",
            $"A loss to play with: {Sizes(weights)}, one sequence of {Steps(sequence)}. Pick a weight and drag it: the curve is "
                + "the loss, the straight line has the derivative for its slope. Where does it lie flat?",
            new { sequence = Data(sequence), weights = Data(weights), exact = outputGradient == OutputGradient.Exact });
    }

    /// <summary>
    /// Drag the epoch through a training run: the loss, the weights, and, on a sequence to choose, the hidden states and the
    /// answers at that epoch beside what is right.
    /// </summary>
    /// <param name="stages">Epochs, rising, and the weights after so many of them; two at least, of equal shapes.</param>
    /// <param name="sequences">Those that were trained on: the loss is the mean over all, the first six can be chosen.</param>
    /// <param name="fresh">Sequences that were not, treated likewise; null: none.</param>
    /// <param name="answers">The names of the outputs; null: counted from 0.</param>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="stages"/>, the weights of one, <paramref name="sequences"/> or a matrix of a sequence is null.
    /// </exception>
    /// <exception cref="ArgumentException">
    /// There are fewer than two stages, epochs do not rise or are negative, shapes do not fit each other, there is no sequence or
    /// one has more than 64 steps, there are more than 64 units of a kind, an entry is not finite, a target is negative, there
    /// are more or fewer answers than outputs, or a sequence or an answer is null.
    /// </exception>
    /// <exception cref="ArithmeticException">The numbers are so large that a loss or its gradient overflows.</exception>
    public static Explorer Training(
        IEnumerable<(int Epoch, Weights Weights)> stages, IReadOnlyList<Sequence> sequences,
        IReadOnlyList<Sequence>? fresh = null, IReadOnlyList<string>? answers = null)
    {
        (int Epoch, Weights Weights)[] all = Guard.Stages(stages, LargestDrawn);
        Weights first = all[0].Weights;
        Sequence[] seen = Guard.Fit(sequences, first, LargestDrawn);
        Sequence[] unseen = fresh is null ? [] : Guard.Fit(fresh, first, LargestDrawn);
        string[] names = Guard.Labels(answers, first.OutputDim, "the weights have outputs")
            ?? [.. Enumerable.Range(0, first.OutputDim).Select(k => $"{k}")];
        return new Explorer(
            "training",
            $"A training run to play with: {Sizes(first)}, from epoch {all[0].Epoch} to {all[^1].Epoch}. Drag the epoch and "
                + "watch the loss, the weights, the hidden states and the answers to a sequence: when does the network know?",
            new
            {
                stages = all.Select(stage => new
                {
                    epoch = stage.Epoch,
                    weights = Data(stage.Weights),
                    seen = MeanLoss(seen, stage.Weights),
                    fresh = unseen.Length == 0 ? null : (double?)MeanLoss(unseen, stage.Weights),
                }),
                seen = seen.Take(MostSequences).Select(Data),
                fresh = unseen.Take(MostSequences).Select(Data),
                answers = names,
            });
    }

    /// <summary>
    /// Type a text and see the network read it, letter by letter: each coloured by the state of a hidden unit, under each the
    /// five likeliest next letters, how much every earlier letter moved the present guess (the length of the gradient of the
    /// guess's log-probability with respect to that letter's input), and texts that the network invents, drawn with the numbers
    /// of <see cref="NumPyRandom"/>.
    /// </summary>
    /// <param name="weights">The weights of a network that reads and says letters, one-hot.</param>
    /// <param name="reads">
    /// The letters that the inputs stand for, in order. One that <paramref name="says"/> lacks is the mark that a text begins
    /// with.
    /// </param>
    /// <param name="says">
    /// The letters that the outputs stand for, in order. One that <paramref name="reads"/> lacks is the mark that a text ends
    /// with.
    /// </param>
    /// <param name="text">The text to begin with.</param>
    /// <param name="seed">Of the generator that texts are drawn with.</param>
    /// <remarks>
    /// Where every weight has no more than the 32 bits of a <see cref="float"/>, it takes 5.3 bytes instead of about 20: a large
    /// network is best rounded to them first.
    /// </remarks>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">
    /// A weight is not finite, a letter is twice in a vocabulary, a vocabulary has more or fewer letters than there are inputs or
    /// outputs or half of one that has two UTF-16 units, one has more than one letter that the other lacks, or
    /// <paramref name="text"/> is longer than 400 letters or has letters that the network does not read, or a mark.
    /// </exception>
    public static Explorer Text(Weights weights, string reads, string says, string text = "", uint seed = 0)
    {
        Guard.Network(weights);
        Guard.Vocabulary(reads, weights.InputDim, "inputs");
        Guard.Vocabulary(says, weights.OutputDim, "outputs");
        string starts = Guard.Mark(reads, says), ends = Guard.Mark(says, reads);
        Guard.Readable(text, reads.Except(starts).ToHashSet(), LongestText);
        return new Explorer(
            "text",
            $"A network of letters to play with: {Count(weights.HiddenDim, "hidden unit")} to read "
                + $"{(text.Length > 0 ? $"“{text}”" : "a text")}. Type, and see what it expects after each letter; choose a "
                + "hidden unit to colour them; heat or cool it; and let it invent.",
            new
            {
                weights = HaveFloats(weights) ? Packed(weights) : Data(weights),
                reads,
                says,
                starts,
                ends,
                text,
                seed,
                longest = LongestText,
            });
    }

    /// <summary>
    /// Stretch or shrink Wh by a factor and see how far back the gradient of the last step's loss reaches: its length at every
    /// distance, on a logarithmic axis, beside what it would be without saturation, and the slopes of tanh that bend it.
    /// </summary>
    /// <param name="weights">The weights.</param>
    /// <param name="sequence">Inputs (T, input) and targets (T, output); two steps at least.</param>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="weights"/>, <paramref name="sequence"/> or a matrix of it is null.
    /// </exception>
    /// <exception cref="ArgumentException">
    /// A shape does not fit the weights, there are fewer than 2 or more than 400 steps, an entry is not finite, a target is
    /// negative, or those of the last step are all zero: then there is no gradient to follow.
    /// </exception>
    public static Explorer ThroughTime(Weights weights, Sequence sequence)
    {
        Guard.Network(weights);
        Guard.Fits(sequence, weights, LongestText);
        Guard.HasPast(sequence);
        return new Explorer(
            "through-time",
            $"A gradient's way back through {Steps(sequence)}, to play with: {Sizes(weights)}. Stretch or shrink Wh and see the "
                + "gradient explode or vanish, and saturation bend it; then turn the inputs off.",
            new { weights = Data(weights), sequence = Data(sequence) });
    }

    /// <summary>What is drawn unit by unit and step by step.</summary>
    private static void RefuseUndrawable(Sequence sequence, Weights weights, OutputGradient outputGradient)
    {
        Guard.Network(weights, LargestDrawn);
        Guard.Fits(sequence, weights, LargestDrawn);
        Guard.Defined(outputGradient);
    }

    private static object Data(Sequence sequence) => new { x = sequence.X.ToRowArrays(), y = sequence.Y.ToRowArrays() };

    internal static object Data(Weights weights) => new
    {
        Wh = weights.Wh.ToRowArrays(),
        Wx = weights.Wx.ToRowArrays(),
        Wy = weights.Wy.ToRowArrays(),
        bh = weights.Bh.ToArray(),
        by = weights.By.ToArray(),
    };

    private static bool HaveFloats(Weights weights)
    {
        return weights.Wh.ForAll(IsFloat) && weights.Wx.ForAll(IsFloat) && weights.Wy.ForAll(IsFloat)
            && weights.Bh.ForAll(IsFloat) && weights.By.ForAll(IsFloat);

        static bool IsFloat(double entry) => (float)entry == entry;
    }

    /// <summary>The weights as floats, row by row, in base64.</summary>
    private static object Packed(Weights weights)
    {
        return new
        {
            Wh = Base64(weights.Wh.ToRowMajorArray()),
            Wx = Base64(weights.Wx.ToRowMajorArray()),
            Wy = Base64(weights.Wy.ToRowMajorArray()),
            bh = Base64(weights.Bh.ToArray()),
            by = Base64(weights.By.ToArray()),
        };

        static string Base64(double[] entries)
        {
            byte[] bytes = new byte[sizeof(float) * entries.Length];
            for (int k = 0; k < entries.Length; k++)
                BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(k * sizeof(float)), (float)entries[k]);
            return Convert.ToBase64String(bytes);
        }
    }

    private static double MeanLoss(Sequence[] sequences, Weights weights) => sequences.Average(sequence =>
        RecurrentNetwork.Backward(sequence.X, sequence.Y, RecurrentNetwork.Forward(sequence.X, weights), weights).Loss);

    private static string Sizes(Weights weights) =>
        $"{Count(weights.InputDim, "input")}, {Count(weights.HiddenDim, "hidden unit")}, {Count(weights.OutputDim, "output")}";

    private static string Steps(Sequence sequence) => Count(sequence.X.RowCount, "step");

    private static string Count(int number, string what) => number == 1 ? $"1 {what}" : $"{number} {what}s";
}
