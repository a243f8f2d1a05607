package dev.tarry.shell.cmdlet;

import dev.tarry.shell.value.ShellFailure;
import dev.tarry.shell.value.ShellFailure.Category;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/// The folder that a session's relative paths are taken from: of the machine that the shell runs on. Lives on the
/// thread that runs the session.
public final class Location {
    /// So many folders are remembered, to go back to.
    static final int MAX_REMEMBERED = 100;

    private final Path home;
    private final Path first = Path.of("").toAbsolutePath();
    private final Deque<Path> left = new ArrayDeque<>();
    private final Deque<Path> pushed = new ArrayDeque<>();
    private Path here = first;

    /// @param home what `~` is; where the shell was started in if empty
    public Location(String home) {
        this.home = home.isBlank() ? first : Path.of(home);
    }

    /// Where the session is; absolute.
    public Path here() {
        return here;
    }

    /// The person's own folder.
    public Path home() {
        return home;
    }

    /// Whether the session has left the folder that it began in.
    public boolean moved() {
        return !here.equals(first);
    }

    /// Goes there.
    ///
    /// @param folder one that is there
    public void go(Path folder) {
        left.push(here);
        if (left.size() > MAX_REMEMBERED) {
            left.removeLast();
        }
        here = folder;
    }

    /// Goes there and remembers this place for [#popped].
    ///
    /// @param folder one that is there
    public void push(Path folder) {
        pushed.push(here);
        if (pushed.size() > MAX_REMEMBERED) {
            pushed.removeLast();
        }
        go(folder);
    }

    /// The folder that was pushed last, which is forgotten; nothing where none was.
    public Optional<Path> popped() {
        return Optional.ofNullable(pushed.poll());
    }

    /// The folder that was left last, which is forgotten; nothing where none was.
    public Optional<Path> previous() {
        return Optional.ofNullable(left.poll());
    }

    /// What a written path means: absolute, without `.` and `..`. Windows' separators are understood.
    ///
    /// @throws ShellFailure where it is no path
    public Path resolve(String written) {
        try {
            return here.resolve(expanded(written)).normalize();
        } catch (InvalidPathException e) {
            throw ShellFailure.of(
                            Category.InvalidArgument,
                            "InvalidPath",
                            "ArgumentException",
                            "'" + written + "' is no path: " + e.getReason() + ".")
                    .withTarget(written);
        }
    }

    /// Whether it names a drive, or a share, of another machine's. That is no path here, and stays the name that it is;
    /// only `C:\\`, which the prompt shows, is where the session began.
    public boolean isForeign(String written) {
        return !home.getFileSystem().getSeparator().equals("\\")
                && (written.matches("[A-Za-z]:.*") || written.startsWith("\\\\"));
    }

    /// Within a folder of such a name where there is one, made as such, else a name of its own.
    private String foreign(String written) {
        String name =
                written.length() > 1 && written.endsWith("\\") ? written.substring(0, written.length() - 1) : written;
        if (name.equalsIgnoreCase("C:")) {
            return first.toString();
        }
        for (int cut = name.lastIndexOf('\\'); cut > 0; cut = name.lastIndexOf('\\', cut - 1)) {
            if (Files.isDirectory(here.resolve(name.substring(0, cut)))) {
                return name.substring(0, cut) + "/" + name.substring(cut + 1).replace('\\', '/');
            }
        }
        return name;
    }

    private String expanded(String written) {
        if (isForeign(written)) {
            return foreign(written.replace('/', '\\'));
        }
        boolean windows = home.getFileSystem().getSeparator().equals("\\");
        // Elsewhere a backslash may stand in a name.
        boolean plain = windows || written.indexOf('\\') < 0 || Files.exists(here.resolve(written));
        String path = plain ? written : written.replace('\\', '/');
        if (path.equals("~")) {
            return home.toString();
        }
        return path.startsWith("~/") || path.startsWith("~\\")
                ? home.resolve(path.substring(2)).toString()
                : path;
    }
}
