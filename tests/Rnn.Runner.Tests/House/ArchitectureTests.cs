using System.Reflection;
using ArchUnitNET.Domain;
using ArchUnitNET.Fluent.Slices;
using ArchUnitNET.Loader;
using ArchUnitNET.xUnitV3;
using static ArchUnitNET.Fluent.ArchRuleDefinition;
using Assembly = System.Reflection.Assembly;

namespace Rnn.Runner.Tests.House;

/// <summary>Who may know whom, over all of lib/. The map is in .github/CONTRIBUTING.md.</summary>
public sealed class ArchitectureTests
{
    private static readonly string[] Files =
    [
        "lib/Rnn/bin/Rnn.dll", "lib/Rnn.Steps/bin/Rnn.Steps.dll", "lib/Rnn.Exchange/bin/Rnn.Exchange.dll",
        "lib/Rnn.Display/bin/Rnn.Display.dll",
        "lib/Rnn.Display/bin/plotly/Rnn.Display.Plotly.dll",
    ];

    private static readonly Architecture House = new ArchLoader()
        .LoadAssemblies([.. Files.Select(file => Assembly.LoadFrom(Repo.Path(file))), typeof(NotebookFile).Assembly])
        .Build();

    /// <summary>References go from left to right only; Kernel, Pictures and Editors stand beside each other.</summary>
    [Theory]
    [InlineData("Commands", "Site", "Programs", "Page", "Kernel", "Pictures", "Editors", "Host", "Notebook")]
    [InlineData("Programs", "Page", "Kernel", "Host", "Notebook")]
    [InlineData("Site", "Page", "Kernel", "Pictures", "Host", "Notebook")]
    [InlineData("Page", "Kernel", "Pictures", "Host", "Notebook")]
    [InlineData("Kernel", "Host", "Notebook")]
    [InlineData("Pictures", "Host", "Notebook")]
    [InlineData("Editors", "Host")]
    [InlineData("Host", "Notebook")]
    [InlineData("Notebook")]
    public void A_room_of_the_runner_knows_only_those_behind_it(string room, params string[] behind)
    {
        string others = $@"^Rnn\.Runner(\.(?!({string.Join('|', behind.Append(room))})(\.|$)).*)?$";
        Types().That().ResideInNamespace($"Rnn.Runner.{room}")
            .Should().NotDependOnAny(Types().That().ResideInNamespaceMatching(others))
            .WithoutRequiringPositiveResults().Check(House);
    }

    [Fact]
    public void There_is_no_circle_between_rooms()
    {
        SliceRuleDefinition.Slices().Matching("Rnn.Runner.(*)").Should().BeFreeOfCycles().Check(House);
        string[] rooms = ["Commands", "Site", "Programs", "Page", "Kernel", "Pictures", "Editors", "Host", "Notebook"];
        Assert.Equal(
            rooms.Order(StringComparer.Ordinal),
            typeof(NotebookFile).Assembly.GetTypes()
                .Where(type => type.Namespace?.StartsWith("Rnn.Runner.", StringComparison.Ordinal) == true)
                .Select(type => type.Namespace!.Split('.')[2]).Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Rnn", "MathNet.Numerics")]
    [InlineData("Rnn.Steps", "Rnn", "MathNet.Numerics")]
    [InlineData("Rnn.Exchange", "Rnn", "MathNet.Numerics")]
    [InlineData("Rnn.Display", "Rnn", "MathNet.Numerics")]
    [InlineData("Rnn.Display.Plotly", "Plotly.NET", "DynamicObj", "FSharp.Core")]
    public void A_library_refers_to_these_and_no_others(string library, params string[] others)
    {
        string file = Files.Single(each => Path.GetFileNameWithoutExtension(each) == library);
        IEnumerable<string> referenced = Assembly.LoadFrom(Repo.Path(file)).GetReferencedAssemblies().Select(each => each.Name!)
            .Where(name => name != "netstandard" && !name.StartsWith("System.", StringComparison.Ordinal));
        Assert.Equal(others.Order(StringComparer.Ordinal), referenced.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Nothing_but_Rnn_Display_Plotly_knows_Plotly_NET() =>
        Types().That().DoNotResideInNamespace("Rnn.Display.Plotly")
            .Should().NotDependOnAny(Types(true).That().ResideInNamespaceMatching(@"^Plotly\.NET(\.|$)")).Check(House);

    /// <summary>What the process has only one of is the kernel's to change, and Program's to hand out.</summary>
    [Fact]
    public void Only_the_kernel_and_the_door_touch_the_console_and_the_current_output()
    {
        Types().That().ResideInNamespaceMatching(@"^Rnn\.Runner\.(?!Kernel)")
            .Should().NotDependOnAny(typeof(Console), typeof(CellOutput), typeof(CellScope), typeof(CellWriter)).Check(House);
        MethodInfo[] setters = [typeof(Environment).GetProperty(nameof(Environment.CurrentDirectory))!.SetMethod!];
        Assert.All(setters, setter => Types().That().ResideInNamespaceMatching(@"^Rnn\.Runner\.(?!Kernel)")
            .Should().NotCallAny(MethodMembers().That().HaveFullNameContaining($"{setter.Name}(")).Check(House));
    }

    [Fact]
    public void Every_class_is_sealed_or_there_to_be_derived_from() =>
        Classes().That().AreNotAbstract().And().ResideInNamespaceMatching("^Rnn").Should().BeSealed().Check(House);
}
