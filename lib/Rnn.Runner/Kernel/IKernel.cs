namespace Rnn.Runner.Kernel;

/// <summary>What runs the cells of one notebook: a process of its own, or a session in this one.</summary>
internal interface IKernel : IDisposable
{
    /// <summary>Runs a cell; each thing that it prints or shows is told as it happens.</summary>
    CellResult Run(CellRequest cell, Action<KernelMessage> tell);
}
