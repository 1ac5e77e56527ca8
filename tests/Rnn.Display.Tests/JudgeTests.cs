using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Rnn.Display.Tests;

[Collection(ProcessWide.Name)]
public sealed class JudgeTests
{
    [Theory]
    [InlineData(null, "2: not yet. Put your number in place of null.")]
    [InlineData(3, "2: right. It is 3.")]
    public void Says_one_line_for_no_answer_and_for_one(int? answer, string line) =>
        Assert.Equal(line, Said(answer, () => $"right. It is {answer}."));

    [Fact]
    public void Asks_the_judge_only_where_there_is_an_answer() =>
        Assert.DoesNotContain("threw", Said(null, () => throw new InvalidOperationException()), StringComparison.Ordinal);

    [Fact]
    public void What_the_readers_code_throws_is_a_wrong_answer_in_one_line_with_its_line_number()
    {
        int here = Line();
        string said = Said(1, () => throw new FormatException("first\nsecond"));
        Assert.Equal($"2: wrong. It threw FormatException in line {here + 1}: first second", said);
    }

    [Fact]
    public void The_line_is_the_readers_also_where_the_library_throws()
    {
        int here = Line();
        string said = Said(1, () => RecurrentNetwork.Softmax(null!).ToString());
        Assert.StartsWith($"2: wrong. It threw ArgumentNullException in line {here + 1}: ", said, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_hidden_from_stack_traces_is_not_the_readers()
    {
        int here = Line();
        string said = Said(1, () => Hidden.Throw());
        Assert.StartsWith($"2: wrong. It threw FormatException in line {here + 1}: ", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_to_judge_without_a_judge_or_a_word_for_what_is_wanted()
    {
        Assert.Throws<ArgumentNullException>(() => Exercise.Judge(1, null!, 1, () => ""));
        Assert.Throws<ArgumentNullException>(() => Exercise.Judge(1, "your number", 1, null!));
    }

    private static string Said(object? answer, Func<string> judge)
    {
        TextWriter console = Console.Out;
        using StringWriter output = new();
        Console.SetOut(output);
        try
        {
            Exercise.Judge(2, "your number", answer, judge);
        }
        finally
        {
            Console.SetOut(console);
        }

        return output.ToString().TrimEnd();
    }

    [StackTraceHidden]
    private static class Hidden
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        public static string Throw() => throw new FormatException();
    }

    private static int Line([CallerLineNumber] int line = 0) => line;
}
