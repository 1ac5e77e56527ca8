namespace Rnn.Browser.Tests.Live;

/// <summary>How the controls of an explorer stand.</summary>
/// <param name="Values">Of each slider, choice and text field, by name.</param>
/// <param name="Picked">
/// Of each kind of cells: which one is picked, counted among the visible ones of that name; missing where none is.
/// </param>
/// <param name="Clicks">How often each button was clicked.</param>
public sealed record ExplorerState(
    Dictionary<string, string> Values, Dictionary<string, int> Picked, Dictionary<string, int> Clicks)
{
    public double Number(string name) => double.Parse(Values[name], CultureInfo.InvariantCulture);

    public int ClicksOf(string name) => Clicks.GetValueOrDefault(name);

    public int Index(string name) => int.Parse(Values[name], CultureInfo.InvariantCulture);
}
