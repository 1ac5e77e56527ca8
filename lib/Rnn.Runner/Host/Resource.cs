namespace Rnn.Runner.Host;

/// <summary>The style sheets, scripts and templates that stand beside the code.</summary>
internal static class Resource
{
    public static string Text(string name)
    {
        using Stream stream = typeof(Resource).Assembly.GetManifestResourceStream(name)!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }

    /// <summary>A template with texts in place of {0}, {1} and so on.</summary>
    public static string Filled(string name, params object[] texts) =>
        string.Format(CultureInfo.InvariantCulture, Text(name), texts);
}
