package dev.tarry.shell.utility;

import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.Parameter;
import dev.tarry.shell.cmdlet.ParameterType;
import dev.tarry.shell.value.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A file or a folder as an object, as .NET's FileInfo and DirectoryInfo are.
final class FileItem {
    static final String FILE = "FileInfo";
    static final String FOLDER = "DirectoryInfo";

    static final String HERE = "Paths are those of the machine that the shell runs on, also where the server is another"
            + " one; relative ones are taken from Get-Location.";

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("M/d/yyyy", Locale.US);
    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("h:mm a", Locale.US);

    private FileItem() {}

    /// The table that files and folders are shown in.
    static Cmdlet.Draft table(Cmdlet.Draft draft) {
        return draft.shows(FILE, "Mode/7", "LastWriteTime=LastWriteTimeString/25>", "Length=LengthString/14>", "Name");
    }

    /// What takes paths: as they are written, of what comes down the pipeline, or one by one.
    static Parameter paths() {
        return Parameter.of("Path", ParameterType.TEXTS).at(0).pipedBy("PSPath", "FullName");
    }

    /// What takes paths in which no character stands for others; one of this and of [#paths].
    static Parameter literal() {
        return Parameter.of("LiteralPath", ParameterType.TEXTS).alias("PSPath");
    }

    /// @throws IOException where it is gone, or not to be looked at
    static Row of(Path path, ZoneId zone) throws IOException {
        BasicFileAttributes facts = attributes(path);
        boolean folder = facts.isDirectory();
        boolean link = Files.isSymbolicLink(path);
        boolean hidden = PathPattern.isHidden(path);
        boolean readOnly = !Files.isWritable(path);
        String name = PathPattern.leaf(path);
        int dot = folder ? -1 : name.lastIndexOf('.');
        String parent = path.getParent() == null ? "" : path.getParent().toString();
        ZonedDateTime written = at(facts.lastModifiedTime(), zone);
        String mode = (link ? "l" : folder ? "d" : "-") + (folder || link ? "-" : "a") + (readOnly ? "r" : "-")
                + (hidden ? "h" : "-") + "--";
        Row row = new Row(folder ? FOLDER : FILE).with("Mode", mode).with("Name", name);
        if (!folder) {
            row.with("Length", facts.size()).with("DirectoryName", parent).with("IsReadOnly", readOnly);
        }
        return row.with("FullName", path.toString())
                .with("BaseName", dot > 0 ? name.substring(0, dot) : name)
                .with("Extension", dot >= 0 ? name.substring(dot) : "")
                .with("CreationTime", at(facts.creationTime(), zone))
                .with("LastAccessTime", at(facts.lastAccessTime(), zone))
                .with("LastWriteTime", written)
                .with("Attributes", attributes(folder, link, hidden, readOnly))
                .with("Exists", true)
                .with("PSIsContainer", folder)
                .withOnDemand("Directory", () -> parent)
                .withOnDemand("Parent", () -> parent)
                .withOnDemand("PSPath", path::toString)
                .withOnDemand("PSParentPath", () -> parent)
                .withOnDemand("PSChildName", () -> name)
                .withOnDemand("LengthString", () -> folder ? "" : String.valueOf(facts.size()))
                .withOnDemand(
                        "LastWriteTimeString",
                        () -> String.format(Locale.ROOT, "%10s  %8s", DAY.format(written), HOUR.format(written)));
    }

    private static BasicFileAttributes attributes(Path path) throws IOException {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class);
        } catch (IOException _) {
            // A link to nowhere is something, too.
            return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        }
    }

    private static String attributes(boolean folder, boolean link, boolean hidden, boolean readOnly) {
        List<String> names = new ArrayList<>();
        if (readOnly) {
            names.add("ReadOnly");
        }
        if (hidden) {
            names.add("Hidden");
        }
        names.add(folder ? "Directory" : "Archive");
        if (link) {
            names.add("ReparsePoint");
        }
        return String.join(", ", names);
    }

    private static ZonedDateTime at(FileTime time, ZoneId zone) {
        return time.toInstant().atZone(zone);
    }

    /// Whether a value is one of these.
    static boolean is(Object value) {
        return value instanceof Row row
                && (row.type().equals(FILE) || row.type().equals(FOLDER));
    }
}
