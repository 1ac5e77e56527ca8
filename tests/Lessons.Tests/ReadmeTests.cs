using System.Globalization;

namespace Lessons.Tests;

/// <summary>The README's C# compiles, runs, and prints NumPy's losses.</summary>
[Collection(ProcessWide.Name)]
public sealed class ReadmeTests
{
    [Fact]
    public void The_program_in_the_README_prints_the_losses_that_NumPy_has()
    {
        string program = Assert.Single(
            Regex.Matches(File.ReadAllText(Repo.Path("README.md")), "```csharp\n(.*?)```", RegexOptions.Singleline))
            .Groups[1].Value;
        const string References = "#r \"lib/Rnn/bin/MathNet.Numerics.dll\"\n#r \"lib/Rnn/bin/Rnn.dll\"\n";
        KernelSession session = new(Repo.Path("README.md"), "README.md");
        CellResult result = session.Run(new CellRequest("program", 1, References + program, 1), _ => { });
        Assert.True(result.Failure is null, string.Join('\n', result.Failure?.Messages ?? []));

        string[] lines = Lessons.Shown(result.Outputs).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        JsonElement recorded = JsonDocument.Parse(File.ReadAllText(Repo.Path("notebooks", "data", "numpy", "seed-42.json")))
            .RootElement;
        double[] losses = [.. recorded.GetProperty("loss_per_epoch").EnumerateArray().Select(loss => loss.GetDouble())];
        Assert.Equal(1000, losses.Length);
        Assert.Equal(10, lines.Length);
        Assert.All(lines, (line, i) =>
        {
            Match match = Regex.Match(line, @"^Epoch (\d+), Loss: (\S+)$");
            Assert.Equal(100 * i, int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture));
            double loss = double.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture);
            Assert.InRange(Math.Abs(loss / losses[100 * i] - 1), 0, 1e-9);
        });
    }

    /// <summary>To the last digit.</summary>
    [Fact]
    public void The_first_loss_in_the_README_is_the_one_that_notebook_01_prints()
    {
        Cell example = Lessons.Read("01-rnn-from-scratch.ipynb").Find("example-run")!;
        string first = Lessons.Shown(example.Outputs).Split('\n')[0];
        Assert.StartsWith("Epoch 0, Loss: ", first, StringComparison.Ordinal);
        Assert.Contains($"`{first}`", File.ReadAllText(Repo.Path("README.md")), StringComparison.Ordinal);
    }
}
