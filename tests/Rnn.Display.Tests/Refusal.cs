namespace Rnn.Display.Tests;

/// <summary>That a call is refused by name, with what was expected and what came.</summary>
internal static class Refusal
{
    /// <summary>Fails unless the exception names the parameter and its message says all that it should; returns it.</summary>
    public static ArgumentException MustBe((Action Call, string Parameter, string[] Says) expected)
    {
        ArgumentException exception = Assert.ThrowsAny<ArgumentException>(expected.Call);
        Assert.Equal(expected.Parameter, exception.ParamName);
        Assert.Contains(expected.Parameter, Message(exception));
        Assert.All(expected.Says, part => Assert.Contains(part, exception.Message));
        return exception;
    }

    /// <summary>Without the parameter that the runtime appends.</summary>
    public static string Message(ArgumentException exception) => exception.Message.Split(" (Parameter")[0];
}
