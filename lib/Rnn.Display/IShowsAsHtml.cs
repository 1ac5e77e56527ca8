namespace Rnn.Display;

/// <summary>What the three display types have in common; <c>ToString()</c> gives the same as text.</summary>
internal interface IShowsAsHtml
{
    string ToHtml();
}
