package dev.tarry.shell.utility;

import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.cmdlet.Location;
import dev.tarry.shell.value.Row;
import dev.tarry.shell.value.ShellFailure;
import dev.tarry.shell.value.ShellFailure.Category;
import dev.tarry.shell.value.Wildcard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Paths as they are written, with wildcards in any of their names, and the files and folders that they mean.
final class PathPattern {
    /// A letter, or a longer name that PowerShell has for what is no file.
    private static final Pattern DRIVE = Pattern.compile("([A-Za-z][A-Za-z0-9]*):.*");

    /// Drives that are no files' in PowerShell, with what does the same.
    private static final Map<String, String> OTHER_DRIVES = otherDrives();

    private PathPattern() {}

    private static Map<String, String> otherDrives() {
        Map<String, String> drives = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        drives.put("Alias", "Get-Alias lists aliases, and Remove-Item alias:NAME removes one.");
        drives.put("Env", "$env:NAME reads and sets a variable of the environment.");
        drives.put("Function", "functions are not listed; one is called by its name.");
        drives.put("Variable", "Get-Variable lists variables, and Remove-Variable removes one.");
        return Collections.unmodifiableMap(drives);
    }

    /// All paths that were given to a cmdlet that takes [FileItem#paths] and [FileItem#literal].
    static List<String> written(Call call) {
        return Stream.concat(call.texts("Path").stream(), call.texts("LiteralPath").stream())
                .toList();
    }

    /// Whether nothing in a path stands for anything else: it was said so, or it is that of a file that came down the
    /// pipeline, whatever that file is called.
    private static boolean isLiteral(Call call, String written) {
        return call.texts("LiteralPath").contains(written)
                || call.input() instanceof Row file
                        && (written.equals(file.get("PSPath")) || written.equals(file.get("FullName")));
    }

    /// Whether it may mean several. A name that is there stands for itself, brackets and all.
    static boolean isPattern(Call call, String written) {
        return Wildcard.isPattern(written)
                && !isLiteral(call, written)
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

    /// Of drives there are those of the machine's files only. What PowerShell has behind other ones is named.
    private static void requireFiles(Call call, String written) {
        Matcher drive = DRIVE.matcher(written);
        boolean windows =
                call.session().location().home().getFileSystem().getSeparator().equals("\\");
        // A file may have such a name: what was written to C:\x.txt is read from there. So may a folder.
        boolean named = drive.matches() && isNamed(call, written);
        if (drive.matches() && !named && OTHER_DRIVES.containsKey(drive.group(1))) {
            throw ShellFailure.of(
                            Category.NotImplemented,
                            "OutsideThisShell",
                            "NotSupportedException",
                            "The drive " + drive.group(1) + ": is outside the part of PowerShell that tarry speaks: "
                                    + OTHER_DRIVES.get(drive.group(1)))
                    .withTarget(drive.group(1));
        }
        if (drive.matches() && !named && !(windows && drive.group(1).length() == 1)) {
            throw ShellFailure.of(
                            Category.ObjectNotFound,
                            "DriveNotFound",
                            "DriveNotFoundException",
                            "Cannot find drive. A drive with the name '" + drive.group(1) + "' does not exist.")
                    .withTarget(drive.group(1));
        }
    }

    private static boolean isNamed(Call call, String written) {
        Path path = TextFile.path(call, written);
        Location location = call.session().location();
        return Files.exists(path)
                || location.isForeign(written) && !location.here().equals(path.getParent());
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
