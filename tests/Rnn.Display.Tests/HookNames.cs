using System.Reflection;

namespace Rnn.Display.Tests;

/// <summary>The names that a class of hooks holds.</summary>
internal static class HookNames
{
    public static string[] Of(Type hooks) =>
    [
        .. hooks.GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral)
            .Select(field => (string)field.GetRawConstantValue()!),
    ];
}
