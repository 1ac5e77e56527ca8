namespace Rnn.Browser.Tests.Live;

/// <summary>How a reader moves a control.</summary>
public enum Means { Mouse, Touch, Keyboard }
