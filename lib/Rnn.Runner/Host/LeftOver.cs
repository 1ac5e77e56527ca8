using System.Diagnostics;

namespace Rnn.Runner.Host;

/// <summary>
/// Names for what is there for a while only. They tell which process has made it, so that it can be removed once that has been
/// killed, and nobody can foresee them.
/// </summary>
internal static partial class LeftOver
{
    public static string NewName() =>
        $"{Environment.ProcessId}-{Path.GetRandomFileName().Replace(".", "", StringComparison.Ordinal)}";

    /// <summary>Whether a name was made by a process that is there no longer.</summary>
    public static bool Is(string name) =>
        Name.Match(name) is { Success: true } match && !IsRunning(int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture));

    private static bool IsRunning(int process)
    {
        try
        {
            using Process found = Process.GetProcessById(process);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    [GeneratedRegex("^([0-9]{1,9})-[a-z0-9]{11}$")] private static partial Regex Name { get; }
}
