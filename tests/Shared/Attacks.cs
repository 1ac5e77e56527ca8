namespace Rnn.Testing;

/// <summary>
/// What could make a page run, load, send or lead away: each would set <c>window.attacked</c> or call the given address. It
/// stands in markdown, attachments, and outputs of every kind but HTML.
/// </summary>
internal static class Attacks
{
    private const string Js = "window.attacked=1";

    /// <summary>
    /// In attacks.json: attacks as they are, and addresses that run something with what could hold each. JS, URL and ADDRESS
    /// stand for what is to be run or called.
    /// </summary>
    private static readonly Dictionary<string, string[]> Parts =
        JsonSerializer.Deserialize<Dictionary<string, string[]>>(File.ReadAllText(Repo.Path("tests", "Shared", "attacks.json")))!;

    /// <summary>All that can stand in markdown.</summary>
    /// <param name="address">What would be called.</param>
    public static string[] Markdown(string address) =>
        [.. Raw(address), .. from holder in Parts["holders"]
            from scheme in Parts["schemes"]
            select Filled(holder.Replace("ADDRESS", scheme, StringComparison.Ordinal), address)];

    /// <summary>Of these, those that are like no other.</summary>
    public static IEnumerable<string> Raw(string address) => Parts["raw"].Select(each => Filled(each, address));

    /// <summary>A notebook with all attacks, each in its own markdown; its code cell may have <see cref="Outputs"/>.</summary>
    public static string Notebook(string address)
    {
        JsonObject[] cells =
        [
            Notebooks.Markdown($"# Attacks \"><script>{Js}</script>"),
            Notebooks.Code($"1 // </pre></code><script>{Js}</script><img src=x onerror={Js}>"),
            .. Markdown(address).Select(attack =>
            {
                JsonObject cell = Notebooks.Markdown(attack);
                cell["attachments"] = new JsonObject
                {
                    ["bad.png"] = new JsonObject { ["image/png"] = "no base64" },
                    ["quote.png"] = new JsonObject { [$"image/png\" onerror=\"{Js}"] = "iVBORw0KGgo=" },
                    ["drawing.svg"] = new JsonObject { ["image/svg+xml"] = Drawing(address) },
                    ["html"] = new JsonObject { ["text/html"] = $"<script>{Js}</script>" },
                };
                return cell;
            }),
        ];
        return Notebooks.Of(cells);
    }

    /// <summary>Outputs that no cell has shown as HTML.</summary>
    public static JsonObject[] Outputs(string address) =>
    [
        Rnn.Runner.Notebook.Outputs.Stream("stdout", $"</pre><script>{Js}</script>"),
        Rnn.Runner.Notebook.Outputs.Stream("stderr", $"</pre><img src=x onerror={Js}>"),
        Rnn.Runner.Notebook.Outputs.Error("E", $"</pre><script>{Js}</script>"),
        .. from mime in (string[])[
               "text/plain", "text/markdown", "text/latex", "application/javascript", "text/x-unknown", "image/png", "image/jpeg",
               "image/gif", "image/svg+xml", $"x\"><script>{Js}</script>"]
           from text in (string[])[
               $"</pre><script>{Js}</script>", $"\"><img src=x onerror={Js}>", $"iVBORw0KGgo=\" onerror=\"{Js}", Drawing(address)]
           select Rnn.Runner.Notebook.Outputs.Display(new Dictionary<string, string>
           {
               ["text/plain"] = $"\" onerror=\"{Js}",
               [mime] = text,
           }),
    ];

    private static string Filled(string attack, string address) =>
        attack.Replace("JS", Js, StringComparison.Ordinal).Replace("URL", address, StringComparison.Ordinal);

    private static string Drawing(string address) =>
        $"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"{Js}\"><script>{Js}</script><image href=\"{address}\"/>"
        + $"<style>@import '{address}';</style><foreignObject><iframe xmlns=\"http://www.w3.org/1999/xhtml\" src=\"{address}\"/>"
        + "</foreignObject></svg>";
}
