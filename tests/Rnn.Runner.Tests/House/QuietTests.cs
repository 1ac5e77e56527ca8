using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Rnn.Runner.Tests.House;

/// <summary>Our own processes phone home nowhere.</summary>
public sealed class QuietTests
{
    [Fact]
    public void No_test_program_registers_the_test_platforms_telemetry()
    {
        string[] programs =
        [
            .. from folder in Directory.GetDirectories(Repo.Path("tests"), "*.Tests")
               let bin = Path.Combine(folder, "bin")
               where Directory.Exists(bin)
               from file in Directory.GetFiles(bin, $"{Path.GetFileName(folder)}.dll", SearchOption.AllDirectories)
               select file,
        ];
        Assert.NotEmpty(programs);
        Assert.All(programs, program =>
        {
            using PEReader pe = new(File.OpenRead(program));
            MetadataReader metadata = pe.GetMetadataReader();
            IEnumerable<string> references = metadata.AssemblyReferences.Select(
                each => metadata.GetString(metadata.GetAssemblyReference(each).Name));
            Assert.DoesNotContain("Microsoft.Testing.Extensions.Telemetry", references);
        });
    }

    [Fact]
    public void What_the_runner_starts_is_told_to_be_quiet() =>
        Assert.Equal("1", Tool.StartInfo("dotnet", ".").Environment["DOTNET_CLI_TELEMETRY_OPTOUT"]);
}
