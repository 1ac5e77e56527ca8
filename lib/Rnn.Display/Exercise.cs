using System.Diagnostics;
using System.Reflection;

namespace Rnn.Display;

/// <summary>What a notebook says of the answer to an exercise.</summary>
public static class Exercise
{
    /// <summary>
    /// Prints one line: "3: not yet. …" where there is no answer, otherwise "3: " and what the check says of it. What the
    /// reader's code throws is an answer too, a wrong one, and does not stop the notebook.
    /// </summary>
    /// <param name="number">The exercise's number in its lesson.</param>
    /// <param name="wanted">What takes the place of null, such as "a function".</param>
    /// <param name="answer">The answer; null as long as there is none.</param>
    /// <param name="judge">Gives "right. …" or "wrong. …"; called only where there is an answer.</param>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="wanted"/> or <paramref name="judge"/> is null.
    /// </exception>
    public static void Judge(int number, string wanted, object? answer, Func<string> judge)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        ArgumentNullException.ThrowIfNull(judge);
        Console.WriteLine($"{number}: {(answer is null ? $"not yet. Put {wanted} in place of null." : Verdict(judge))}");
    }

    private static string Verdict(Func<string> judge)
    {
        try
        {
            return judge();
        }
        catch (Exception e)
        {
            return $"wrong. It threw {e.GetType().Name}{LineOf(e)}: {e.Message.ReplaceLineEndings(" ")}";
        }
    }

    /// <summary>
    /// The line of the reader's code, counted in its cell or file, that threw or called what threw. What is hidden from stack
    /// traces is not the reader's. Not every kernel keeps lines.
    /// </summary>
    private static string LineOf(Exception exception)
    {
        StackFrame? frame = new StackTrace(exception, fNeedFileInfo: true).GetFrames().FirstOrDefault(
            frame => frame.GetFileLineNumber() > 0
                && frame.GetMethod() is MethodBase method && !IsHidden(method)
                && method.Module.Assembly is Assembly assembly
                && assembly != typeof(Exercise).Assembly && assembly != typeof(Weights).Assembly);
        return frame is null ? "" : $" in line {frame.GetFileLineNumber()}";
    }

    private static bool IsHidden(MethodBase method) => method.IsDefined(typeof(StackTraceHiddenAttribute))
        || method.DeclaringType?.IsDefined(typeof(StackTraceHiddenAttribute)) == true;
}
