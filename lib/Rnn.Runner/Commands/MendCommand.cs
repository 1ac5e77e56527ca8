using Rnn.Runner.Editors;

namespace Rnn.Runner.Commands;

/// <summary>Puts right what keeps VS Code's extension from finding its kernel; see <see cref="ToolManifest"/>.</summary>
internal static class MendCommand
{
    public static Verb Create(Progress progress)
    {
        Option<bool> servers = new("--servers")
        {
            Description = "Also for a server of VS Code that has not been started yet, as in a new container.",
        };
        return new(
            "mend",
            "Put right what keeps VS Code's extension from finding its kernel from its second start on. "
            + "Exit code 1: something cannot be mended.",
            ["mend"],
            arguments => Mend(Editor.Here(arguments.GetValue(servers)), progress))
        { servers };
    }

    public static int Mend(IReadOnlyList<Editor> editors, Progress progress)
    {
        int exitCode = 0;
        if (editors.Count == 0)
            progress.Line("Nothing to mend: no VS Code has been started here yet. Run 'mend' again once it has.");
        foreach (Editor editor in editors)
        {
            try
            {
                ManifestState state = new ToolManifest(editor).Mend();
                string line = state switch
                {
                    ManifestState.Right => "its kernel can be found; nothing to mend",
                    ManifestState.Misplaced =>
                        "mended: dotnet-tools.json is in .config now; close its windows and start it again",
                    ManifestState.Missing => "mended before its first use: .config/dotnet-tools.json is there",
                    _ => "the extension's dotnet-tools.json is damaged; remove its folder, globalStorage/"
                        + "ms-dotnettools.dotnet-interactive-vscode in the editor's data, and run 'mend' again",
                };
                if (state != ManifestState.Broken)
                {
                    progress.Line($"{editor.Name}: {line}");
                    continue;
                }

                progress.Error($"{editor.Name}: {line}");
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Whose folder it is, is nobody's business in a bug report.
                string why = e.Message.Replace(editor.UserFolder, "its User folder", StringComparison.Ordinal);
                progress.Error($"{editor.Name}: not mended: {why}");
            }

            exitCode = 1;
        }

        return exitCode;
    }
}
