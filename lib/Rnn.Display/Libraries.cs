using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Rnn.Display;

/// <summary>Which libraries a notebook runs with.</summary>
public static class Libraries
{
    /// <summary>
    /// Name and version of the libraries that some types come from, a line each. A running kernel keeps what it has loaded: if
    /// one of this repository's libraries was built again since, a last line says so, and what to do.
    /// </summary>
    /// <param name="types">A type of each library; at least one.</param>
    /// <exception cref="ArgumentNullException"><paramref name="types"/> is null.</exception>
    /// <exception cref="ArgumentException">There is no type, or one of them is null.</exception>
    public static string Loaded(params Type[] types)
    {
        // The first cell asks this: when the first chart is shown, there is an answer.
        _ = PlotlyDelivery.Session;
        IEnumerable<string> versions = Guard.Entries(types).Select(type => type.Assembly.GetName())
            .Select(name => $"{name.Name} {name.Version?.ToString(3)}");
        // Charts load one that no cell names.
        string[] outdated = [.. AppDomain.CurrentDomain.GetAssemblies()
            .Where(assembly => $"{assembly.GetName().Name}.".StartsWith("Rnn.", StringComparison.Ordinal) && IsOutdated(assembly))
            .Select(assembly => assembly.GetName().Name!).Distinct().Order(StringComparer.Ordinal)];
        return string.Join('\n', outdated.Length == 0 ? versions : versions.Append(WhatToDo(outdated)));
    }

    private static string WhatToDo(string[] outdated) =>
        $"! {string.Join(", ", outdated)}: built again since this kernel loaded it. " +
        "The cells still run the old one: restart the kernel and run them again.";

    /// <summary>Whether the file that an assembly was loaded from is another one now.</summary>
    private static bool IsOutdated(Assembly assembly)
    {
        try
        {
            if (assembly.IsDynamic || !File.Exists(assembly.Location))
                return false;
            using PEReader file = new(File.OpenRead(assembly.Location));
            if (!file.HasMetadata)
                return false;
            MetadataReader metadata = file.GetMetadataReader();
            return metadata.GetGuid(metadata.GetModuleDefinition().Mvid) != assembly.ManifestModule.ModuleVersionId;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or BadImageFormatException)
        {
            // It is being written: the next run of the cell will tell.
            return false;
        }
    }
}
