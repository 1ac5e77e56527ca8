namespace Rnn.Runner.Kernel;

/// <summary>
/// What is the process's own is the cell's while it runs: the console, the current folder, the output that values are shown in.
/// Afterwards the rest of the program finds it all as it was.
/// </summary>
internal sealed class CellScope : IDisposable
{
    private readonly (TextReader In, TextWriter Out, TextWriter Error) console = (Console.In, Console.Out, Console.Error);
    private readonly string folder = Environment.CurrentDirectory;

    /// <param name="output">Where the cell's output goes.</param>
    /// <param name="folder">Where its relative paths start.</param>
    public CellScope(CellOutput output, string folder)
    {
        Console.SetIn(TextReader.Null);
        Console.SetOut(new CellWriter(output, "stdout"));
        Console.SetError(new CellWriter(output, "stderr"));
        Environment.CurrentDirectory = folder;
        CellOutput.Current = output;
    }

    public void Dispose()
    {
        CellOutput.Current = null;
        Environment.CurrentDirectory = folder;
        Console.SetIn(console.In);
        Console.SetOut(console.Out);
        Console.SetError(console.Error);
    }
}
