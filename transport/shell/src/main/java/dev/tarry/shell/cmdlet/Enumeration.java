package dev.tarry.shell.cmdlet;

import dev.tarry.shell.value.ShellFailure;
import java.util.List;

/// An enumeration of .NET's that a parameter takes: by name, whatever its case, or by the start of a name that is no
/// other's.
///
/// @param type its name there, as errors say it
/// @param names of its values, spelt as the server wants them
public record Enumeration(String type, List<String> names) {
    public Enumeration {
        names = List.copyOf(names);
    }

    public static Enumeration of(String type, String... names) {
        return new Enumeration(type, List.of(names));
    }

    /// The value that is meant, as it is spelt.
    ///
    /// @throws ShellFailure where there is none, or it is not clear which, as PowerShell says it
    public String named(String text) {
        for (String name : names) {
            if (name.equalsIgnoreCase(text)) {
                return name;
            }
        }
        List<String> begun = names.stream()
                .filter(name -> !text.isEmpty() && name.regionMatches(true, 0, text, 0, text.length()))
                .toList();
        if (begun.size() == 1) {
            return begun.getFirst();
        }
        throw ShellFailure.cannotConvert(
                text,
                type,
                begun.isEmpty()
                        ? "Unable to match the identifier name " + text
                                + " to a valid enumerator name. Specify one of the following enumerator names and try again: "
                                + String.join(", ", names)
                        : "The identifier name " + text
                                + " cannot be processed because it is either too similar or identical to the following"
                                + " enumerator names: " + String.join(", ", begun)
                                + ". Use a more specific identifier name.");
    }
}
