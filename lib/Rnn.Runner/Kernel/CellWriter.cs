using System.Text;

namespace Rnn.Runner.Kernel;

/// <summary>Stands in for the console while cells run.</summary>
internal sealed class CellWriter : TextWriter
{
    private readonly string stream;

    public CellWriter(string stream)
    {
        this.stream = stream;
        CoreNewLine = ['\n'];
    }

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value) => Write(value.ToString());

    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    public override void Write(ReadOnlySpan<char> buffer) => Write(buffer.ToString());

    public override void Write(string? value) => CellOutput.Current?.Write(stream, CellOutput.UnixLines(value ?? ""));

    public override void WriteLine(string? value) => Write(value + "\n");

    public override void WriteLine() => Write("\n");
}
