namespace Rnn.Runner.Site;

/// <summary>The files that every page refers to, by their names among the assets.</summary>
internal sealed class SharedFiles(Assets assets, string? card)
{
    /// <summary>The style sheet.</summary>
    public required string Style { get; init; }

    /// <summary>The script.</summary>
    public required string Script { get; init; }

    /// <summary>What searches, and what it searches in; fetched when somebody first does.</summary>
    public required string Search { get; init; }

    /// <summary>The sign that a browser shows beside the title.</summary>
    public string Icon { get; } = assets.Add("icon.svg", Resource.Text("icon.svg"));

    /// <summary>The picture that is shown where somebody shares a link; null where there is none.</summary>
    public string? Card { get; } = card is not null && File.Exists(card) ? assets.Add("card.png", File.ReadAllBytes(card)) : null;
}
