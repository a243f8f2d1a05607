package dev.tarry.shell.terminal;

import dev.tarry.shell.cmdlet.Location;
import dev.tarry.shell.value.ShellFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/// Files and folders whose names go on from what is typed, on the machine that the shell runs on.
record FileNames(Location location) {
    /// So many are looked at in one folder.
    static final int MOST = 2_000;

    /// Parameters that take paths of this machine.
    private static final Set<String> PARAMETERS =
            Set.of("path", "literalpath", "filepath", "destination", "outputdirectory", "attachments");

    static boolean isPath(String parameter) {
        return PARAMETERS.contains(parameter.toLowerCase(Locale.ROOT));
    }

    /// Whether a word can be nothing but a path: `./`, `../`, `~/`, also with Windows' separators.
    static boolean isPathWord(String typed) {
        return typed.matches("(\\.{1,2}|~)[/\\\\].*");
    }

    /// Paths that begin as typed, each with what was typed before the last separator; a folder ends in one.
    ///
    /// @param typed without quotes
    List<String> beginning(String typed) {
        int end = Math.max(typed.lastIndexOf('/'), typed.lastIndexOf('\\')) + 1;
        String before = typed.substring(0, end);
        String leaf = typed.substring(end);
        char separator = before.endsWith("\\") ? '\\' : '/';
        Path folder;
        try {
            folder = location.resolve(before.isEmpty() ? "." : before);
        } catch (ShellFailure _) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.limit(MOST)
                    .filter(path -> path.getFileName().toString().regionMatches(true, 0, leaf, 0, leaf.length()))
                    .filter(path -> leaf.startsWith(".") || !isHidden(path))
                    .map(path -> before + path.getFileName() + (Files.isDirectory(path) ? separator : ""))
                    .sorted(String.CASE_INSENSITIVE_ORDER)
                    .toList();
        } catch (IOException _) {
            return List.of();
        }
    }

    private static boolean isHidden(Path path) {
        try {
            return Files.isHidden(path);
        } catch (IOException _) {
            return false;
        }
    }
}
