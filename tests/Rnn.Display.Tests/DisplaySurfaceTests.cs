using PublicApiGenerator;

namespace Rnn.Display.Tests;

public sealed class DisplaySurfaceTests
{
    private const string Accepted = "Rnn.Display.api.txt";

    [Fact]
    public void What_is_public_is_what_was_agreed_on()
    {
        ApiGeneratorOptions options = new() { IncludeAssemblyAttributes = false };
        string actual = typeof(Charts).Assembly.GeneratePublicApi(options).ReplaceLineEndings("\n") + "\n";
        string accepted = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, Accepted)).ReplaceLineEndings("\n");
        if (actual == accepted)
            return;
        string received = Path.Combine(AppContext.BaseDirectory, "received." + Accepted);
        File.WriteAllText(received, actual);
        IEnumerable<string> lines = accepted.Split('\n').Except(actual.Split('\n')).Select(line => "- " + line.Trim())
            .Concat(actual.Split('\n').Except(accepted.Split('\n')).Select(line => "+ " + line.Trim()));
        Assert.Fail(
            $"The public surface of Rnn.Display has changed:\n{string.Join('\n', lines)}\n" +
            $"If that is meant, accept it: cp '{received}' tests/Rnn.Display.Tests/{Accepted}");
    }
}
