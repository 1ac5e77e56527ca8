using System.Net;
using System.Net.Sockets;

namespace Rnn.Runner.Tests;

/// <summary>Where packages come from: settings of folders with odd names, and feeds that do not answer.</summary>
public sealed class FeedTests
{
    /// <summary>What MSBuild, XML or NuGet would read as something else.</summary>
    [Theory]
    [InlineData("a%20b")]
    [InlineData("a$(OS)b")]
    [InlineData("a;b")]
    [InlineData("a\"b")]
    [InlineData("a{b")]
    [InlineData("a&b'@(c)*?")]
    public void The_settings_of_a_notebooks_folder_count_whatever_its_name(string folder)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() && folder.IndexOfAny(['"', '*']) >= 0, "No folder has such a name there.");
        using Sandbox sandbox = new();
        Directory.CreateDirectory(sandbox["feed"]);
        sandbox.Write($"{folder}/nuget.config", Config("only-here", sandbox["feed"]));
        Assert.Equal(
            "n.ipynb: error NU1101: Unable to find package Rnn.No.Such. No packages exist with this id in source(s): only-here",
            Refusal(sandbox[folder]));
    }

    [Fact]
    public void A_feed_that_cannot_be_reached_is_named_in_one_line()
    {
        using Sandbox sandbox = new();
        int port;
        using (TcpListener closed = new(IPAddress.Loopback, 0))
        {
            closed.Start();
            port = ((IPEndPoint)closed.LocalEndpoint).Port;
        }

        sandbox.Write("nuget.config", Config("gone", $"http://127.0.0.1:{port}/secret/index.json"));
        Assert.Equal(
            $"n.ipynb: error: Rnn.No.Such 1.2.3 must be downloaded, and http://127.0.0.1:{port} cannot be reached "
            + "(ConnectionError); try again with a network",
            Refusal(sandbox.Folder));
    }

    [Fact]
    public void A_feed_that_never_answers_is_named_in_one_line()
    {
        using Sandbox sandbox = new();
        using TcpListener silent = new(IPAddress.Loopback, 0);
        silent.Start();
        int port = ((IPEndPoint)silent.LocalEndpoint).Port;
        sandbox.Write("nuget.config", Config("silent", $"http://127.0.0.1:{port}/index.json"));
        Assert.Equal(
            $"n.ipynb: error: Rnn.No.Such 1.2.3 must be downloaded, and http://127.0.0.1:{port} does not answer within 3 s; "
            + "try again with a network",
            Refusal(sandbox.Folder));
    }

    private static string Refusal(string folder) => Assert.Throws<CellException>(
        () => new NuGetReferences(folder).Resolve([("Rnn.No.Such", "1.2.3")], "n.ipynb")).Message;

    private static string Config(string name, string source) =>
        $"""
        <configuration>
          <packageSources><clear /><add key="{name}" value="{source}" allowInsecureConnections="true" /></packageSources>
        </configuration>
        """;
}
