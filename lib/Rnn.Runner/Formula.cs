namespace Rnn.Runner;

/// <summary>Formulas.</summary>
internal static class Formula
{
    public static string ToHtml(string tex, bool display) =>
        display ? $"<div class=\"tex\"><code>{Page.Encode(tex.Trim())}</code></div>" : $"<code class=\"tex\">{Page.Encode(tex.Trim())}</code>";
}
