using MathNet.Numerics.LinearAlgebra;

namespace Rnn;

public static partial class RecurrentNetwork
{
    public static Matrix<double> Softmax(Matrix<double> x) => throw new NotImplementedException();
}
