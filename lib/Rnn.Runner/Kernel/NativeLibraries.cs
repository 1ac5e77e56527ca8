using System.Reflection;
using System.Runtime.Loader;

namespace Rnn.Runner.Kernel;

/// <summary>
/// The native libraries of a notebook's packages. They lie in folders of their own, where .NET does not look when an assembly of
/// the package asks for one.
/// </summary>
internal sealed class NativeLibraries : IDisposable
{
    private readonly Dictionary<string, string> paths = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<AssemblyLoadContext> contexts = [];
    private readonly Lock gate = new();

    public NativeLibraries() => AppDomain.CurrentDomain.AssemblyLoad += Listen;

    /// <param name="files">The libraries' paths.</param>
    public void Add(IEnumerable<string> files)
    {
        lock (gate)
        {
            foreach (string file in files)
                paths[Path.GetFileName(file)] = file;
        }
    }

    /// <summary>What is loaded stays loaded, but nothing more is found.</summary>
    public void Dispose()
    {
        AppDomain.CurrentDomain.AssemblyLoad -= Listen;
        lock (gate)
        {
            foreach (AssemblyLoadContext context in contexts)
                context.ResolvingUnmanagedDll -= Find;
        }
    }

    /// <summary>Scripting loads assemblies into contexts of its own, one for each folder; .NET asks their contexts.</summary>
    private void Listen(object? sender, AssemblyLoadEventArgs loaded)
    {
        lock (gate)
        {
            if (AssemblyLoadContext.GetLoadContext(loaded.LoadedAssembly) is { } context && contexts.Add(context))
                context.ResolvingUnmanagedDll += Find;
        }
    }

    private nint Find(Assembly assembly, string name)
    {
        string end = OperatingSystem.IsWindows() ? ".dll" : OperatingSystem.IsMacOS() ? ".dylib" : ".so";
        string? path = null;
        lock (gate)
            _ = ((string[])[name, name + end, $"lib{name}", $"lib{name}{end}"]).Any(file => paths.TryGetValue(file, out path));
        return path is not null && NativeLibrary.TryLoad(path, out nint library) ? library : 0;
    }
}
