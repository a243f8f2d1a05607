package dev.tarry.shell.utility;

import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.value.ShellFailure;
import dev.tarry.shell.value.ShellFailure.Category;
import dev.tarry.shell.value.Wildcard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Paths as they are written, with wildcards in any of their names, and the files and folders that they mean.
final class PathPattern {
    /// A letter, or a longer name that PowerShell has for what is no file.
    private static final Pattern DRIVE = Pattern.compile("([A-Za-z][A-Za-z0-9]*):.*");

    private PathPattern() {}

    /// Whether it may mean several. A name that is there stands for itself, brackets and all.
    static boolean isPattern(Call call, String written) {
        return Wildcard.isPattern(written)
                && (written.indexOf('*') >= 0 || !Files.exists(TextFile.path(call, written)));
    }

    /// What a written path means, in the order of the names. Where it is no pattern that is one path, which need not be
    /// there; a pattern may mean nothing.
    ///
    /// @param hidden whether also what is hidden
    static List<Path> find(Call call, String written, boolean hidden) {
        List<Path> named = named(call, written);
        if (!named.isEmpty()) {
            return named;
        }
        requireFiles(call, written);
        if (!isPattern(call, written)) {
            return List.of(TextFile.path(call, written));
        }
        String path = written.replace('\\', '/');
        int name = path.lastIndexOf('/', first(path)) + 1;
        List<Path> found = List.of(TextFile.path(call, name == 0 ? "." : path.substring(0, name)));
        for (String part : path.substring(name).split("/")) {
            List<Path> next = new ArrayList<>();
            for (Path folder : found) {
                if (Wildcard.isPattern(part)) {
                    Wildcard wildcard = new Wildcard(part, false);
                    children(folder).stream()
                            .filter(child -> (hidden || !isHidden(child)) && wildcard.matches(leaf(child)))
                            .forEach(next::add);
                } else if (Files.exists(folder.resolve(part))) {
                    next.add(folder.resolve(part).normalize());
                }
            }
            found = next;
        }
        return found;
    }

    /// Of a folder or a pattern with another machine's drive: the files that were written under such names, see
    /// [dev.tarry.shell.cmdlet.Location#isForeign].
    private static List<Path> named(Call call, String written) {
        if (!call.session().location().isForeign(written) || Files.exists(TextFile.path(call, written))) {
            return List.of();
        }
        String name = written.replace('/', '\\');
        String within = name.endsWith("\\") ? "*" : "\\*";
        Wildcard wildcard = new Wildcard(Wildcard.isPattern(name) ? name : name + within, false);
        return children(call.session().location().here()).stream()
                .filter(path -> wildcard.matches(leaf(path)))
                .toList();
    }

    /// As [#find], of what is there; what is not there is reported.
    static List<Path> existing(Call call, String written, boolean hidden) {
        List<Path> there = new ArrayList<>();
        for (Path path : find(call, written, hidden)) {
            if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                there.add(path);
            } else {
                call.report(missing(path));
            }
        }
        return there;
    }

    static ShellFailure missing(Path path) {
        return ShellFailure.of(
                        Category.ObjectNotFound,
                        "PathNotFound",
                        "ItemNotFoundException",
                        "Cannot find path '" + path + "' because it does not exist.")
                .withTarget(path.toString());
    }

    /// Of drives there are those of the machine's files only.
    private static void requireFiles(Call call, String written) {
        Matcher drive = DRIVE.matcher(written);
        boolean windows =
                call.session().location().home().getFileSystem().getSeparator().equals("\\");
        // A file may have such a name: what was written to C:\x.txt is read from there. So may a folder.
        boolean named = drive.matches() && isNamed(call, TextFile.path(call, written));
        if (drive.matches() && !named && !(windows && drive.group(1).length() == 1)) {
            throw ShellFailure.of(
                            Category.ObjectNotFound,
                            "DriveNotFound",
                            "DriveNotFoundException",
                            "Cannot find drive. A drive with the name '" + drive.group(1) + "' does not exist.")
                    .withTarget(drive.group(1));
        }
    }

    private static boolean isNamed(Call call, Path path) {
        return Files.exists(path) || !call.session().location().here().equals(path.getParent());
    }

    private static int first(String path) {
        return Stream.of('*', '?', '[')
                .mapToInt(path::indexOf)
                .filter(i -> i >= 0)
                .min()
                .orElse(path.length());
    }

    /// What is in a folder: folders first, by name; nothing where it cannot be read.
    static List<Path> children(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted(Comparator.comparing((Path path) -> !Files.isDirectory(path))
                            .thenComparing(PathPattern::leaf, String.CASE_INSENSITIVE_ORDER)
                            .thenComparing(PathPattern::leaf))
                    .toList();
        } catch (IOException _) {
            return List.of();
        }
    }

    static boolean isHidden(Path path) {
        try {
            return path.getFileName() != null && Files.isHidden(path);
        } catch (IOException _) {
            return false;
        }
    }

    /// The last name of a path; the whole of one that has none.
    static String leaf(Path path) {
        return path.getFileName() == null ? path.toString() : path.getFileName().toString();
    }
}
