using System.Text.RegularExpressions;

namespace Rnn.Tests;

/// <summary>A call that must be refused, and what the message must hold besides.</summary>
/// <param name="Call">Makes the call, with the probe's generator and report where the routine takes one.</param>
/// <param name="Name">The parameter, or the property of the options, as it is spelt.</param>
/// <param name="Parts">What was expected and what came: patterns that the message must match.</param>
internal sealed partial record BadCall(Action<BadCall.Probe> Call, string Name, params string[] Parts)
{
    internal sealed class Probe
    {
        public const uint Seed = 5;

        public Probe() => Random.NextGaussian();

        /// <summary>In the middle of its stream, with a Gaussian kept.</summary>
        public NumPyRandom Random { get; } = new(Seed);

        public bool Reported { get; private set; }

        public Action<EpochReport> OnReport => _ => Reported = true;
    }

    /// <summary>A shape, however it is written: (3, 4), 3x4, [3,4], ...</summary>
    public static string Shape(int rows, int columns) => $@"(?<!\d){rows}\s*[,x×;]\s*{columns}(?!\d)";

    /// <summary>A number as it is, not as a part of another.</summary>
    public static string Number(object value) =>
        $@"(?<![\d.\-]){Regex.Escape(FormattableString.Invariant($"{value}"))}(?![\d.]*\d)";

    public void IsRefused()
    {
        Probe probe = new();
        ArgumentException refusal = Assert.ThrowsAny<ArgumentException>(() => Call(probe));

        // The framework adds "(Parameter 'x')" and the actual value: what we say must be complete without.
        string message = Addition.Replace(refusal.Message, "");
        Assert.Matches($@"\b({Name})\b", message);
        foreach (string part in Parts)
            Assert.Matches(part, message);
        // The argument's own name: that of the options, where it is one of their properties that is wrong.
        string[] names = typeof(TrainingOptions).GetProperty(Name) is null ? Name.Split('|') : ["options"];
        Assert.Contains(refusal.ParamName, names);

        Assert.False(probe.Reported, "onReport was called.");
        Probe untouched = new();
        Assert.Equal(untouched.Random.NextGaussian(), probe.Random.NextGaussian());
        Assert.Equal(untouched.Random.NextInt64(), probe.Random.NextInt64());
    }

    [GeneratedRegex(@"\s*\(Parameter '[^']*'\).*$", RegexOptions.Singleline)] private static partial Regex Addition { get; }
}
