namespace Lessons.Tests;

/// <summary>Tests that run cells in their own process, where a cell has the console and the current folder to itself.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class InThisProcess
{
    public const string Name = "cells in this process";
}
