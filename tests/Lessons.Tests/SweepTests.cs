using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;

namespace Lessons.Tests;

/// <summary>
/// Lesson 05 shows a sweep from notebooks/data/hold.csv, which would take too long in a notebook. Here the lesson's own cells,
/// compiled with optimisation, train each of its networks anew. With <c>RNN_RECORD=1</c> the file is written first.
/// </summary>
[Collection(ProcessWide.Name)]
public sealed class SweepTests(ITestOutputHelper output)
{
    private const string Header = "task,network,optimiser,rate,steps,seed,right";

    private const int Seeds = 5;

    /// <summary>The lesson's function that trains one network and says how much of fresh data it gets right.</summary>
    private const string Wanted = "(Func<string, string, string, double, int, uint, double>)Measured";

    /// <summary>
    /// How far a share of right answers may lie from the recorded one where every seed does the same: another processor rounds
    /// otherwise, and training makes more of it.
    /// </summary>
    private const double Distance = 0.1;

    /// <summary>The cells that show the file and check what the prose says of it.</summary>
    private static readonly string[] Checks = ["hold-sweep", "hold-bounds-check", "gates-echo-run"];

    /// <summary>
    /// The variants, in the file's order. Where it is luck which seeds learn, other rounding may well deal it otherwise, and only
    /// the lesson's checks hold.
    /// </summary>
    private static readonly (string Variant, bool IsLuck)[] Variants =
    [
        ("hold,plain,Train,0.03,20", false),
        ("hold,plain,Train,0.03,40", true),
        ("hold,plain,Train,0.03,80", false),
        ("hold,plain,Adam,0.01,40", true),
        ("hold,plain,Adam,0.01,80", true),
        ("hold,orthogonal,Adam,0.01,40", true),
        ("hold,orthogonal,Adam,0.01,80", true),
        ("hold,orthogonal,Adam,0.001,80", true),
        ("hold,GRU,Adam,0.01,40", false),
        ("hold,GRU,Adam,0.01,80", false),
        ("hold,GRU without bias,Adam,0.01,40", true),
        ("hold,GRU without bias,Adam,0.01,80", false),
        ("hold,GRU,SGD,0.01,40", false),
        ("hold,GRU,SGD,3,40", false),
        ("hold,GRU,SGD,3,80", true),
        ("echo,plain,Adam,0.01,8", false),
        ("echo,GRU,Adam,0.01,8", false),
        ("echo,GRU without bias,Adam,0.01,8", false),
    ];

    private static readonly string[] Runs =
        [.. Variants.SelectMany(each => Enumerable.Range(1, Seeds).Select(seed => $"{each.Variant},{seed}"))];

    private static string Recorded => Repo.Path("notebooks", "data", "hold.csv");

    [Fact]
    public void The_recorded_sweep_is_what_the_lessons_cells_measure_and_its_claims_hold_of_a_fresh_one()
    {
        NotebookFile lesson = Lessons.Read("05-beyond.ipynb");
        string[] checks = [.. Checks.Select(id => lesson.Find(id)!.Source)];
        using Sandbox sandbox = new();
        string before = Environment.CurrentDirectory;
        TextWriter console = Console.Out;
        try
        {
            Console.SetOut(TextWriter.Null);
            ScriptState<object> state = Prepared(lesson, checks);
            Func<string, string, string, double, int, uint, double> measured = Measured(state);
            string[] fresh = [.. Runs.AsParallel().AsOrdered().Select(run => Line(measured, run)).Prepend(Header)];
            string text = string.Concat(fresh.Select(line => line + "\n"));
            if (Environment.GetEnvironmentVariable("RNN_RECORD") == "1")
                File.WriteAllText(Recorded, text);
            output.WriteLine(Compare(File.ReadAllLines(Recorded), fresh));

            // The lesson's checks read the file from where the notebook is.
            sandbox.Write("data/hold.csv", text);
            Environment.CurrentDirectory = sandbox.Folder;
            foreach (string check in checks)
                state = Next(state, check);
        }
        finally
        {
            Environment.CurrentDirectory = before;
            Console.SetOut(console);
        }
    }

    /// <summary>Fails where the file is not of these runs, or too far from them; says how far it is.</summary>
    private static string Compare(string[] recorded, string[] fresh)
    {
        Assert.Equal(fresh.Select(Run), recorded.Select(Run));
        double[] apart = [.. recorded.Skip(1).Zip(fresh.Skip(1), (a, b) => Math.Abs(Right(a) - Right(b)))];
        Lessons.AssertNone(
            from each in apart.Index()
            where each.Item > Distance && !Variants[each.Index / Seeds].IsLuck
            select $"notebooks/data/hold.csv says {recorded[each.Index + 1]}, and the lesson's cells {fresh[each.Index + 1]}; "
                + "with RNN_RECORD=1 in the environment, this test writes the file anew");
        return $"{apart.Length} networks trained; the largest difference is {apart.Max():0.00}";

        static string Run(string line) => line[..line.LastIndexOf(',')];
        static double Right(string line) => Number(line[(line.LastIndexOf(',') + 1)..]);
    }

    private static string Line(Func<string, string, string, double, int, uint, double> measured, string run)
    {
        string[] parts = run.Split(',');
        double right = measured(
            parts[0], parts[1], parts[2], Number(parts[3]), (int)Number(parts[4]), (uint)Number(parts[5]));
        return string.Create(CultureInfo.InvariantCulture, $"{run},{right:0.0000}");
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static Func<string, string, string, double, int, uint, double> Measured(ScriptState<object> state) =>
        (Func<string, string, string, double, int, uint, double>)Next(state, Wanted).ReturnValue;

    /// <summary>What the lesson has when its cells that the sweep and its checks need have run, optimised.</summary>
    private static ScriptState<object> Prepared(NotebookFile lesson, string[] checks)
    {
        Cell[] cells = [.. lesson.CodeCells.Where(
            cell => !Checks.Contains(cell.Id) && !cell.Id.StartsWith("exercise-", StringComparison.Ordinal))];
        bool[] needed = NeededCells.Find(lesson.Folder, [.. cells.Select(cell => cell.Source)], [Wanted, .. checks]);
        ScriptOptions options = ScriptOptions.Default
            .WithLanguageVersion(LanguageVersion.CSharp13)
            .WithOptimizationLevel(OptimizationLevel.Release)
            .WithMetadataResolver(ScriptMetadataResolver.Default.WithBaseDirectory(lesson.Folder))
            .AddReferences(typeof(Enumerable).Assembly, typeof(ParallelEnumerable).Assembly)
            .AddImports(KernelSession.Imports);
        ScriptState<object> state = CSharpScript.RunAsync<object>("", options).GetAwaiter().GetResult();
        foreach (Cell cell in cells.Where((_, i) => needed[i]))
            state = Next(state, cell.Source);
        return state;
    }

    private static ScriptState<object> Next(ScriptState<object> state, string source) =>
        state.ContinueWithAsync<object>(source).GetAwaiter().GetResult();
}
