namespace Rnn.Runner.Kernel;

/// <summary>Stands in for stdout or stderr while a cell runs.</summary>
internal sealed class CellWriter : TextWriter
{
    private readonly CellOutput output;
    private readonly string stream;

    public CellWriter(CellOutput output, string stream)
    {
        (this.output, this.stream) = (output, stream);
        CoreNewLine = ['\n'];
    }

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value) => Write(value.ToString());

    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    public override void Write(ReadOnlySpan<char> buffer) => Write(buffer.ToString());

    public override void Write(string? value) => output.Write(stream, CellOutput.UnixLines(value ?? ""));

    public override void WriteLine(string? value) => Write(value + "\n");

    public override void WriteLine() => Write("\n");
}
