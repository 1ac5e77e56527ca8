using System.Reflection;
using System.Runtime.Loader;

namespace Rnn.Display.Tests;

public sealed class LoadContextTests
{
    [Fact]
    public void Plotly_NET_and_its_FSharp_Core_live_in_a_context_of_their_own()
    {
        Charts.LossCurve(Samples.Training());
        // Tests that begin at once may each load one; all but the one that draws are left aside, with less in them.
        Assembly[] own = [.. AssemblyLoadContext.All.Where(context => context.Name == "Rnn.Display.Plotly")
            .Select(context => context.Assemblies).MaxBy(assemblies => assemblies.Count())!];
        string plotly = Path.Combine(Path.GetDirectoryName(typeof(Charts).Assembly.Location)!, "plotly");
        foreach (string name in new[] { "Rnn.Display.Plotly", "Plotly.NET", "FSharp.Core", "DynamicObj", "Newtonsoft.Json" })
        {
            Assert.Equal(plotly, Path.GetDirectoryName(Assert.Single(own, assembly => assembly.GetName().Name == name).Location));
            if (name is not ("Newtonsoft.Json" or "FSharp.Core"))
                Assert.DoesNotContain(AssemblyLoadContext.Default.Assemblies, assembly => assembly.GetName().Name == name);
        }
        Assert.DoesNotContain(typeof(Charts).Assembly.GetReferencedAssemblies(), reference => reference.Name!.Contains("Plotly"));
    }

    [Fact]
    public void A_missing_folder_says_what_to_run()
    {
        string folder = Directory.CreateTempSubdirectory("rnn-display-").FullName;
        try
        {
            Action[] calls = [() => _ = new PlotlyBridge(folder), () => PlotlyBridge.Built(ChartHooks.PlotlyFile, folder)];
            foreach (Action call in calls)
            {
                string message = Assert.Throws<InvalidOperationException>(call).Message;
                Assert.Contains(Path.Combine(folder, "plotly"), message);
                Assert.Contains("dotnet build", message);
                Assert.Contains("restart the kernel", message);
            }
        }
        finally
        {
            Directory.Delete(folder);
        }
    }
}
