namespace Rnn.Runner.Site;

/// <summary>The head of a page: what browsers, search engines and those who share a link are told of it.</summary>
internal sealed class SiteHead(SitePage page, Home home, SharedFiles shared)
{
    private const string Course = "Rnn.Notebook";

    private const string CardText = "Rnn.Notebook, a recurrent neural network from scratch in C#. Below, it reads the letters "
        + "of promethium and says what it expects after each.";

    /// <summary>
    /// Nothing comes from another host. 'unsafe-eval' is for plotly.js, which compiles some of its drawing code.
    /// </summary>
    public string Policy { get; init; } = "default-src 'none'; script-src 'self' file: 'unsafe-eval'; "
        + "style-src 'self' file: 'unsafe-inline'; img-src 'self' file: data: blob:; "
        + "form-action 'none'; base-uri 'none'; frame-src 'none'";

    /// <summary>The colours that the page knows.</summary>
    public string Colours { get; init; } = "light dark";

    public string Html(string toAssets) =>
        $"""
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="{Policy}">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="{Colours}">
        <title>{Encode(Title)}</title>
        <meta name="description" content="{Encode(page.Description)}">
        {Shared()}<link rel="icon" href="{toAssets}/{shared.Icon}" type="image/svg+xml">
        <link rel="stylesheet" href="{toAssets}/{shared.Style}">
        <script src="{toAssets}/{shared.Script}" defer></script>
        """;

    private string Title =>
        page.Place == SitePage.Landing ? $"{Course}: {page.Title}" : $"{page.Title} · {Course}";

    /// <summary>What is shown where somebody shares a link, and, where the site's address is known, what needs it.</summary>
    private string Shared()
    {
        if (page.Place == SitePage.Missing)
            return "<meta name=\"robots\" content=\"noindex\">\n";
        string own = Property("type", page.Place == SitePage.Landing ? "website" : "article") + Property("site_name", Course)
            + Property("title", page.Title) + Property("description", page.Description);
        if (home.AddressOf(page.Place) is not string address)
            return own;
        string card = shared.Card is null ? "" :
            Property("image", $"{home.Site}{Assets.Folder}/{shared.Card}") + Property("image:width", "1200")
                + Property("image:height", "630")
                + Property("image:alt", CardText);
        return $"<link rel=\"canonical\" href=\"{Encode(address)}\">\n{own}{Property("url", address)}{card}"
            + $"<meta name=\"twitter:card\" content=\"{(shared.Card is null ? "summary" : "summary_large_image")}\">\n";
    }

    private static string Property(string name, string content) =>
        $"<meta property=\"og:{name}\" content=\"{Encode(content)}\">\n";

    private static string Encode(string text) => Page.Html.Encode(text);
}
