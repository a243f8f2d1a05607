package dev.tarry.shell.utility;

import static dev.tarry.shell.cmdlet.ParameterType.ANY;
import static dev.tarry.shell.cmdlet.ParameterType.SWITCH;
import static dev.tarry.shell.cmdlet.ParameterType.TEXT;
import static dev.tarry.shell.cmdlet.ParameterType.TEXTS;

import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.Location;
import dev.tarry.shell.cmdlet.Parameter;
import dev.tarry.shell.print.Person;
import dev.tarry.shell.value.ShellFailure;
import dev.tarry.shell.value.ShellFailure.Category;
import dev.tarry.shell.value.TextForm;
import java.io.IOException;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Files and folders made, removed, copied, moved and renamed.
public final class ItemCmdlets {
    private ItemCmdlets() {}

    public static List<Cmdlet> all() {
        return List.of(
                Cmdlet.named("New-Item", "ni")
                        .takes(
                                Parameter.of("Path", TEXTS).at(0),
                                Parameter.of("Name", TEXT),
                                Parameter.of("ItemType", TEXT).alias("Type").oneOf("File", "Directory"),
                                Parameter.of("Value", ANY).alias("Target"),
                                Parameter.of("Force", SWITCH))
                        .acts()
                        .summary("Creates a file or a folder.")
                        .remark(FileItem.HERE)
                        .simply(ItemCmdlets::make),
                Cmdlet.named("mkdir", "md")
                        .takes(Parameter.of("Path", TEXTS).at(0).required(), Parameter.of("Force", SWITCH))
                        .acts()
                        .summary("Creates a folder.")
                        .remark(FileItem.HERE)
                        .simply(call ->
                                call.texts("Path").forEach(written -> folder(call, TextFile.path(call, written)))),
                Cmdlet.named("Remove-Item", "del", "erase", "rd", "ri", "rm", "rmdir")
                        .takes(
                                FileItem.paths().required(),
                                FileItem.literal(),
                                Parameter.of("Include", TEXTS),
                                Parameter.of("Exclude", TEXTS),
                                Parameter.of("Filter", TEXT),
                                Parameter.of("Recurse", SWITCH),
                                Parameter.of("Force", SWITCH))
                        .acts()
                        .oneOf("Path", "LiteralPath")
                        .summary("Deletes files and folders, and aliases.")
                        .remark(FileItem.HERE)
                        .remark(
                                "A folder that is not empty goes with -Recurse, or where the person who is asked says so."
                                        + " The root, your home folder and what the session stands in are never removed; of a"
                                        + " link the link goes.")
                        .remark("Remove-Item alias:NAME takes the name of a command away for the session.")
                        .simply(ItemCmdlets::remove),
                Cmdlet.named("Copy-Item", "copy", "cp", "cpi")
                        .takes(
                                FileItem.paths().required(),
                                FileItem.literal(),
                                Parameter.of("Destination", TEXT).at(1),
                                Parameter.of("Recurse", SWITCH),
                                Parameter.of("Force", SWITCH),
                                Parameter.of("PassThru", SWITCH))
                        .refuses("Name the files, or pipe them from Get-ChildItem.", "Include", "Exclude", "Filter")
                        .acts()
                        .oneOf("Path", "LiteralPath")
                        .summary("Copies files and folders to another place.")
                        .remark(FileItem.HERE)
                        .remark("Links to folders within a folder are copied as links.")
                        .simply(call -> transfer(call, false)),
                Cmdlet.named("Move-Item", "mi", "move", "mv")
                        .takes(
                                FileItem.paths().required(),
                                FileItem.literal(),
                                Parameter.of("Destination", TEXT).at(1),
                                Parameter.of("Force", SWITCH),
                                Parameter.of("PassThru", SWITCH))
                        .refuses("Name the files, or pipe them from Get-ChildItem.", "Include", "Exclude", "Filter")
                        .acts()
                        .oneOf("Path", "LiteralPath")
                        .summary("Moves files and folders to another place.")
                        .remark(FileItem.HERE)
                        .simply(call -> transfer(call, true)),
                Cmdlet.named("Rename-Item", "ren", "rni")
                        .takes(
                                Parameter.of("Path", TEXT)
                                        .at(0)
                                        .alias("LiteralPath", "PSPath")
                                        .required()
                                        .pipedBy("PSPath", "FullName"),
                                Parameter.of("NewName", TEXT).at(1).required(),
                                Parameter.of("Force", SWITCH),
                                Parameter.of("PassThru", SWITCH))
                        .acts()
                        .summary("Renames a file or a folder.")
                        .remark(FileItem.HERE)
                        .simply(ItemCmdlets::rename));
    }

    private static boolean proceeds(Call call, String operation, String target) {
        return call.proceedWith("Performing the operation \"" + operation + "\" on target \"" + target + "\".");
    }

    private static ShellFailure failed(Category category, String id, Path path, String message) {
        return ShellFailure.of(category, id, "IOException", message).withTarget(path.toString());
    }

    // -- New-Item

    private static void make(Call call) {
        List<String> paths = call.texts("Path");
        Optional<String> name = call.text("Name");
        if (paths.isEmpty() && name.isEmpty()) {
            throw Inputs.missing("Path");
        }
        for (String written : paths.isEmpty() ? List.of(".") : paths) {
            Path path = TextFile.path(call, written);
            Path target = name.isPresent() ? path.resolve(name.get()).normalize() : path;
            if (call.text("ItemType").orElse("File").equals("Directory")) {
                if (call.has("Value")) {
                    throw Inputs.invalid("Argument", "A folder takes no -Value.");
                }
                folder(call, target);
            } else {
                file(call, target);
            }
        }
    }

    private static void folder(Call call, Path path) {
        if (Files.exists(path) && !(call.flag("Force") && Files.isDirectory(path))) {
            call.report(failed(
                    Category.ResourceExists,
                    "DirectoryExist",
                    path,
                    "An item with the specified name " + path + " already exists."));
            return;
        }
        if (proceeds(call, "Create Directory", "Destination: " + path)) {
            trying(call, path, () -> {
                Files.createDirectories(path);
                FolderCmdlets.write(call, path);
            });
        }
    }

    private static void file(Call call, Path path) {
        if (Files.exists(path) && !(call.flag("Force") && Files.isRegularFile(path))) {
            call.report(failed(Category.WriteError, "NewItemIOError", path, "The file '" + path + "' already exists."));
            return;
        }
        if (proceeds(call, "Create File", "Destination: " + path)) {
            trying(call, path, () -> {
                if (call.flag("Force")) {
                    Files.createDirectories(path.getParent());
                } else if (!Files.isDirectory(path.getParent())) {
                    call.report(failed(
                            Category.WriteError,
                            "NewItemIOError",
                            path,
                            "Could not find a part of the path '" + path + "'."));
                    return;
                }
                Files.writeString(
                        path,
                        TextForm.of(call.value("Value")),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE);
                FolderCmdlets.write(call, path);
            });
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void trying(Call call, Path path, Work work) {
        try {
            work.run();
        } catch (IOException e) {
            call.report(TextFile.failure(e, path.toString()));
        }
    }

    // -- Remove-Item

    private static void remove(Call call) {
        for (String written : PathPattern.written(call)) {
            if (AliasCmdlets.areMeant(written)) {
                AliasCmdlets.remove(call, written);
                continue;
            }
            for (Path path : PathPattern.existing(call, written, call.flag("Force"))) {
                if (FolderCmdlets.isWanted(call, path)) {
                    remove(call, path);
                }
            }
        }
    }

    private static void remove(Call call, Path path) {
        Location location = call.session().location();
        if (path.getParent() == null || holds(path, location.here()) || holds(path, location.home())) {
            call.report(ShellFailure.of(
                            Category.InvalidOperation,
                            "InvalidOperation",
                            "PSInvalidOperationException",
                            "Cannot remove the item at '" + path + "' because it is in use.")
                    .withTarget(path.toString()));
            return;
        }
        boolean folder = Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
        if (!proceeds(call, folder ? "Remove Directory" : "Remove File", path.toString())) {
            return;
        }
        if (folder && !call.flag("Recurse") && !PathPattern.children(path).isEmpty() && !mayGoDown(call, path)) {
            return;
        }
        if (!folder && !call.flag("Force") && Files.isRegularFile(path) && !Files.isWritable(path)) {
            call.report(failed(
                    Category.PermissionDenied,
                    "RemoveFileSystemItemUnAuthorizedAccess",
                    path,
                    "Cannot remove item " + path
                            + ": You do not have sufficient access rights to perform this operation"
                            + " or the item is hidden, system, or read only."));
            return;
        }
        trying(call, path, () -> delete(path));
    }

    /// Whether a place goes with a path, by whatever links either is written.
    private static boolean holds(Path path, Path place) {
        try {
            Path real = path.getParent().toRealPath().resolve(path.getFileName());
            return place.startsWith(path) || place.toRealPath().startsWith(real);
        } catch (IOException _) {
            return place.startsWith(path);
        }
    }

    /// Asks about a folder that is not empty.
    private static boolean mayGoDown(Call call, Path path) {
        String question = "The item at " + path + " has children and the Recurse parameter was not specified. If you"
                + " continue, all children will be removed with the item. Are you sure you want to continue?";
        Person person = call.io().person();
        if (!person.isThere()) {
            call.report(ShellFailure.of(
                            Category.InvalidOperation,
                            "ConfirmationNotPossible",
                            "InvalidOperationException",
                            "The item at " + path
                                    + " has children, and nobody can be asked here whether they may go, too."
                                    + " To go on without, use -Recurse.")
                    .withTarget(path.toString()));
            return false;
        }
        Person.Consent answer = person.consent(question);
        return answer == Person.Consent.YES || answer == Person.Consent.YES_TO_ALL;
    }

    private static void delete(Path path) throws IOException {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            List<Path> children;
            try (Stream<Path> entries = Files.list(path)) {
                children = entries.toList();
            }
            for (Path child : children) {
                delete(child);
            }
        }
        Files.delete(path);
    }

    // -- Copy-Item, Move-Item, Rename-Item

    private static void transfer(Call call, boolean moves) {
        Path destination = TextFile.path(call, call.text("Destination").orElse("."));
        for (String written : PathPattern.written(call)) {
            for (Path path : PathPattern.existing(call, written, call.flag("Force"))) {
                Path target =
                        Files.isDirectory(destination) ? destination.resolve(PathPattern.leaf(path)) : destination;
                transfer(call, path, target, moves);
            }
        }
    }

    private static void transfer(Call call, Path path, Path target, boolean moves) {
        boolean folder = Files.isDirectory(path);
        if (target.equals(path) || folder && target.startsWith(path)) {
            call.report(failed(
                    Category.WriteError,
                    moves ? "MoveError" : "CopyError",
                    path,
                    target.equals(path)
                            ? "Cannot overwrite the item " + path + " with itself."
                            : "Cannot put the folder " + path + " into itself."));
            return;
        }
        if (folder && Files.isRegularFile(target)) {
            call.report(failed(
                    Category.InvalidArgument,
                    "CopyContainerItemToLeafError",
                    path,
                    "Container cannot be copied onto existing leaf item."));
            return;
        }
        if (moves && Files.exists(target) && !(call.flag("Force") && !folder)) {
            call.report(failed(
                    Category.WriteError,
                    "MoveFileInfoItemIOError",
                    path,
                    "Cannot create a file when that file already exists."));
            return;
        }
        String operation = (moves ? "Move " : "Copy ") + (folder ? "Directory" : "File");
        if (!proceeds(call, operation, "Item: " + path + " Destination: " + target)) {
            return;
        }
        trying(call, path, () -> {
            if (!moves) {
                copy(path, target, call.flag("Recurse"));
            } else if (call.flag("Force")) {
                Files.move(path, target, StandardCopyOption.REPLACE_EXISTING);
            } else {
                Files.move(path, target);
            }
            if (call.flag("PassThru")) {
                FolderCmdlets.write(call, target);
            }
        });
    }

    /// Without what is in it where a folder is copied without -Recurse, as in PowerShell.
    private static void copy(Path path, Path target, boolean deep) throws IOException {
        CopyOption[] options = {StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES};
        if (!Files.isDirectory(path)) {
            Files.copy(path, target, options);
            return;
        }
        List<Path> children = deep ? PathPattern.children(path) : List.of(); // before the copy is one of them
        Files.createDirectories(target);
        for (Path child : children) {
            Path copied = target.resolve(PathPattern.leaf(child));
            if (Files.isSymbolicLink(child) && !Files.isRegularFile(child)) {
                // It may lead back to where it lies, or nowhere.
                Files.copy(child, copied, StandardCopyOption.REPLACE_EXISTING, LinkOption.NOFOLLOW_LINKS);
            } else {
                copy(child, copied, true);
            }
        }
    }

    private static void rename(Call call) {
        // It takes no wildcards, as in PowerShell: two files cannot have one name.
        Path path = TextFile.path(call, call.text("Path").orElseThrow());
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            call.report(PathPattern.missing(path));
            return;
        }
        String name = call.text("NewName").orElseThrow();
        if (name.isBlank() || name.matches(".*[/\\\\].*") || path.getParent() == null) {
            throw Inputs.invalid("Argument", "-NewName is a name, not a path; Move-Item moves.");
        }
        transfer(call, path, path.resolveSibling(name), true);
    }
}
