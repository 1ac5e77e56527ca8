using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Rnn.TorchSharp.Tests;

/// <summary>The same network in TorchSharp, in double. Its tensors live as long as the scope that it is made in.</summary>
internal sealed class TorchNetwork
{
    private readonly RNN rnn;
    private readonly Linear head;

    /// <summary>Starts with these weights; they are copied.</summary>
    public TorchNetwork(Weights weights)
    {
        // On matrices this small, threads would only wait for each other.
        set_num_threads(1);
        rnn = nn.RNN(weights.InputDim, weights.HiddenDim, batchFirst: true, dtype: float64);
        head = nn.Linear(weights.HiddenDim, weights.OutputDim, dtype: float64);
        (Wh, Wx, Bh) = (Parameter("weight_hh_l0"), Parameter("weight_ih_l0"), Parameter("bias_ih_l0"));
        Parameter second = Parameter("bias_hh_l0");
        using IDisposable _ = no_grad();
        // Torch has a second bias of the hidden units. Trained as well, the sum of the two would go twice as far.
        second.zero_();
        second.requires_grad = false;
        Wh.copy_(ToTensor(weights.Wh).t());
        Wx.copy_(ToTensor(weights.Wx).t());
        Bh.copy_(tensor(weights.Bh.ToArray()));
        head.weight.copy_(ToTensor(weights.Wy).t());
        head.bias!.copy_(tensor(weights.By.ToArray()));

        Parameter Parameter(string name) => rnn.named_parameters().Single(one => one.name == name).parameter;
    }

    /// <summary>What is trained.</summary>
    public IEnumerable<Parameter> Parameters => [Wh, Wx, head.weight, Bh, head.bias!];

    /// <summary>The weights as they are now.</summary>
    public Weights Weights => ToWeights(parameter => parameter);

    /// <summary>The gradients that the last backward pass left.</summary>
    public Weights Gradients => ToWeights(parameter => parameter.grad!);

    private Parameter Wh { get; }

    private Parameter Wx { get; }

    private Parameter Bh { get; }

    /// <summary>Hidden states and outputs of a sequence.</summary>
    public ForwardPass Forward(Matrix<double> x)
    {
        using IDisposable _ = no_grad();
        (Tensor h, Tensor logits) = Run(x);
        return new ForwardPass(ToMatrix(h), ToMatrix(logits.softmax(1)));
    }

    /// <summary>
    /// What autograd differentiates, and what is printed: the second has the source's 1e-8 in its logarithm, which the source's
    /// gradient leaves out. So the first has none: its gradient at the logits is y * rowsum(yTrue) - yTrue, as
    /// <see cref="OutputGradient.Exact"/> has it.
    /// </summary>
    public (Tensor Descent, double Printed) Loss(Sequence sequence)
    {
        Tensor logits = Run(sequence.X).Logits, yTrue = ToTensor(sequence.Y);
        return (-(yTrue * logits.log_softmax(1)).sum(), -(yTrue * (logits.softmax(1) + 1e-8).log()).sum().item<double>());
    }

    private (Tensor H, Tensor Logits) Run(Matrix<double> x)
    {
        Tensor h = rnn.call(ToTensor(x).unsqueeze(0)).Item1.squeeze(0);
        return (h, head.call(h));
    }

    private Weights ToWeights(Func<Parameter, Tensor> part) => new(
        ToMatrix(part(Wh).t()), ToMatrix(part(Wx).t()), ToMatrix(part(head.weight).t()),
        ToMatrix(part(Bh).unsqueeze(0)).Row(0), ToMatrix(part(head.bias!).unsqueeze(0)).Row(0));

    private static Tensor ToTensor(Matrix<double> matrix) =>
        tensor(matrix.ToRowMajorArray()).reshape(matrix.RowCount, matrix.ColumnCount);

    private static Matrix<double> ToMatrix(Tensor value) => Matrix<double>.Build.DenseOfRowMajor(
        (int)value.shape[0], (int)value.shape[1], value.detach().contiguous().data<double>());
}
