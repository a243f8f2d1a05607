package dev.tarry.shell.utility;

import static dev.tarry.shell.cmdlet.ParameterType.SWITCH;
import static dev.tarry.shell.cmdlet.ParameterType.TEXT;
import static dev.tarry.shell.cmdlet.ParameterType.TEXTS;
import static dev.tarry.shell.cmdlet.ParameterType.WHOLE;

import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.Parameter;
import dev.tarry.shell.value.Wildcard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// What is in folders: Get-ChildItem, and Get-Item of what is named.
public final class FolderCmdlets {
    private FolderCmdlets() {}

    public static List<Cmdlet> all() {
        return List.of(
                FileItem.table(Cmdlet.named("Get-ChildItem", "dir", "gci", "ls"))
                        .takes(
                                FileItem.paths(),
                                FileItem.literal(),
                                Parameter.of("Filter", TEXT).at(1),
                                Parameter.of("Include", TEXTS),
                                Parameter.of("Exclude", TEXTS),
                                Parameter.of("Recurse", SWITCH).alias("s"),
                                Parameter.of("Depth", WHOLE),
                                Parameter.of("Force", SWITCH),
                                Parameter.of("Name", SWITCH),
                                Parameter.of("File", SWITCH).alias("af"),
                                Parameter.of("Directory", SWITCH).alias("ad", "d"),
                                Parameter.of("Hidden", SWITCH).alias("ah", "h"))
                        .oneOf("File", "Directory")
                        .oneOf("Path", "LiteralPath")
                        .refuses("Where-Object Attributes -match … sifts.", "Attributes")
                        .refuses("Links to folders are shown, and not gone into.", SWITCH, "FollowSymlink")
                        .refuses("Where-Object sifts.", SWITCH, "ReadOnly", "System")
                        .summary("Gets the items in one or more folders.")
                        .remark(FileItem.HERE)
                        .remark("Folders come first; what begins with a dot is hidden where the machine says so.")
                        .example(
                                "Get-ChildItem (Get-TransportService).ConnectivityLogPath | sort LastWriteTime | select -Last 1 | gc -Tail 20",
                                "Shows the end of the newest connectivity log, where the shell runs on the server's machine.")
                        .simply(FolderCmdlets::children),
                Cmdlet.named("Get-Item", "gi")
                        .takes(
                                FileItem.paths().required(),
                                FileItem.literal(),
                                Parameter.of("Include", TEXTS),
                                Parameter.of("Exclude", TEXTS),
                                Parameter.of("Filter", TEXT),
                                Parameter.of("Force", SWITCH))
                        .oneOf("Path", "LiteralPath")
                        .summary("Gets the files and folders at the specified location.")
                        .remark(FileItem.HERE)
                        .simply(FolderCmdlets::items));
    }

    private static void items(Call call) {
        for (String written : PathPattern.written(call)) {
            for (Path path : PathPattern.existing(call, written, call.flag("Force"))) {
                if (isWanted(call, path)) {
                    write(call, path);
                }
            }
        }
    }

    private static void children(Call call) {
        call.whole("Depth").filter(depth -> depth < 0).ifPresent(_ -> {
            throw Inputs.notInRange("Depth", "It takes whole numbers from 0.");
        });
        List<String> named = PathPattern.written(call);
        List<String> paths = named.isEmpty() ? List.of(".") : named;
        for (String written : paths) {
            boolean pattern = PathPattern.isPattern(call, written);
            List<Path> roots = PathPattern.existing(call, written, call.flag("Force") || call.flag("Hidden"));
            boolean deep = deep(call) > 0;
            if (!pattern) {
                roots.forEach(root -> show(call, root, root, deep(call)));
                continue;
            }
            roots.forEach(root -> {
                show(call, root.getParent(), root);
                if (deep && isFolder(root)) {
                    within(call, root.getParent(), root, deep(call) - 1);
                }
            });
        }
    }

    /// How many levels of folders below the first are gone into.
    private static long deep(Call call) {
        return call.whole("Depth").orElse(call.flag("Recurse") ? Long.MAX_VALUE : 0L);
    }

    private static void show(Call call, Path root, Path path, long levels) {
        if (Files.isDirectory(path)) {
            within(call, root, path, levels);
        } else {
            show(call, root.getParent(), path);
        }
    }

    private static void within(Call call, Path root, Path folder, long levels) {
        call.session().pause(Duration.ZERO); // the place where Ctrl-C ends a long one
        if (!Files.isReadable(folder)) {
            call.report(TextFile.denied(folder.toString()));
            return;
        }
        List<Path> children = PathPattern.children(folder).stream()
                .filter(child -> call.flag("Force") || call.flag("Hidden") || !PathPattern.isHidden(child))
                .toList();
        children.forEach(child -> show(call, root, child));
        if (levels > 0) {
            children.stream().filter(FolderCmdlets::isFolder).forEach(child -> within(call, root, child, levels - 1));
        }
    }

    private static boolean isFolder(Path path) {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }

    private static void show(Call call, Path root, Path path) {
        boolean folder = Files.isDirectory(path);
        if (call.flag(folder ? "File" : "Directory")
                || call.flag("Hidden") && !PathPattern.isHidden(path)
                || !isWanted(call, path)) {
            return;
        }
        if (call.flag("Name")) {
            call.write(root.relativize(path).toString());
        } else {
            write(call, path);
        }
    }

    /// By its name alone.
    static boolean isWanted(Call call, Path path) {
        String name = PathPattern.leaf(path);
        return call.text("Filter").stream().allMatch(filter -> is(name, filter))
                && (call.texts("Include").isEmpty()
                        || call.texts("Include").stream().anyMatch(filter -> is(name, filter)))
                && call.texts("Exclude").stream().noneMatch(filter -> is(name, filter));
    }

    private static boolean is(String name, String filter) {
        // As the file systems of Windows have it, *.* is everything.
        return filter.equals("*.*") || new Wildcard(filter, false).matches(name);
    }

    /// What is gone since it was found is left out.
    static void write(Call call, Path path) {
        try {
            call.write(FileItem.of(path, call.io().zone()));
        } catch (IOException e) {
            call.report(TextFile.failure(e, path.toString()));
        }
    }
}
