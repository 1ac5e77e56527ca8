namespace Rnn.Runner.Kernel;

/// <summary>Makes what runs the cells of a notebook.</summary>
/// <param name="notebook">The notebook's full path.</param>
/// <param name="name">What messages call it.</param>
/// <param name="limits">What its cells must not exceed.</param>
internal delegate IKernel StartKernel(string notebook, string name, CellLimits limits);
