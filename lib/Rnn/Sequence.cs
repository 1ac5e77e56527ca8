namespace Rnn;

/// <summary>One training example: inputs and what the network should say at each time step.</summary>
/// <remarks>
/// Source: one pair of <c>zip(X_train, y_train)</c>. Holds the matrices it is given; they are checked by the routine that
/// uses them, against the weights' shapes.
/// </remarks>
/// <param name="X">The inputs: (T, input), one row a time step.</param>
/// <param name="Y">The targets: (T, output), no entry negative; usually one-hot rows, 0/1 rows in the source's example.</param>
public sealed record Sequence(Matrix<double> X, Matrix<double> Y);
