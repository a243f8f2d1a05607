package dev.tarry.shell.utility;

import static dev.tarry.shell.cmdlet.ParameterType.SWITCH;
import static dev.tarry.shell.cmdlet.ParameterType.TEXT;

import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.Location;
import dev.tarry.shell.cmdlet.Parameter;
import dev.tarry.shell.value.Row;
import dev.tarry.shell.value.ShellFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The folder that relative paths are taken from, and what paths mean.
public final class LocationCmdlets {
    private static final String PATH_INFO = "PathInfo";

    private LocationCmdlets() {}

    public static List<Cmdlet> all() {
        return List.of(
                Cmdlet.named("Get-Location", "gl", "pwd")
                        .shows(PATH_INFO, "Path")
                        .refuses("There are files only.", "PSProvider", "PSDrive")
                        .refuses("Pop-Location goes back.", "Stack", "StackName")
                        .summary("Gets the folder that relative paths are taken from.")
                        .remark(FileItem.HERE)
                        .simply(call ->
                                call.write(info(call.session().location().here()))),
                Cmdlet.named("Set-Location", "cd", "chdir", "sl")
                        .takes(place(), Parameter.of("PassThru", SWITCH))
                        .summary("Goes to another folder.")
                        .remark("Without a path it goes to your home folder; - goes back to where you were before.")
                        .simply(call -> moved(call, call.session().location()::go)),
                Cmdlet.named("Push-Location", "pushd")
                        .takes(place(), Parameter.of("PassThru", SWITCH))
                        .refuses("There is one list of places.", "StackName")
                        .summary("Goes to another folder and remembers this one.")
                        .simply(call -> moved(call, call.session().location()::push)),
                Cmdlet.named("Pop-Location", "popd")
                        .takes(Parameter.of("PassThru", SWITCH))
                        .refuses("There is one list of places.", "StackName")
                        .summary("Goes back to the folder that was pushed last.")
                        .simply(LocationCmdlets::popped),
                Cmdlet.named("Resolve-Path", "rvpa")
                        .takes(FileItem.paths().required(), FileItem.literal(), Parameter.of("Relative", SWITCH))
                        .oneOf("Path", "LiteralPath")
                        .summary("Resolves the wildcards in a path, and shows what it means.")
                        .remark(FileItem.HERE)
                        .simply(LocationCmdlets::resolve),
                Cmdlet.named("Convert-Path", "cvpa")
                        .takes(FileItem.paths().required(), FileItem.literal())
                        .oneOf("Path", "LiteralPath")
                        .summary("Gets the full path, as text, of what is written in short.")
                        .remark(FileItem.HERE)
                        .simply(call -> existing(call).forEach(path -> call.write(path.toString()))));
    }

    private static Parameter place() {
        return Parameter.of("Path", TEXT).at(0).alias("LiteralPath", "PSPath").pipedBy("PSPath", "FullName");
    }

    private static Row info(Path path) {
        return new Row(PATH_INFO)
                .with("Path", path.toString())
                .withOnDemand("ProviderPath", path::toString)
                .withOnDemand("Provider", () -> "FileSystem");
    }

    private static List<Path> existing(Call call) {
        return PathPattern.written(call).stream()
                .flatMap(written -> PathPattern.existing(call, written, false).stream())
                .toList();
    }

    private static void resolve(Call call) {
        Path here = call.session().location().here();
        for (Path path : existing(call)) {
            if (call.flag("Relative")) {
                Path relative = here.relativize(path);
                String text = relative.toString();
                call.write(
                        text.startsWith("..")
                                ? text
                                : Path.of(".").resolve(relative).toString());
            } else {
                call.write(info(path));
            }
        }
    }

    private interface Going {
        void to(Path folder);
    }

    private static void moved(Call call, Going going) {
        Location location = call.session().location();
        String written = call.text("Path").orElse("~");
        Path folder;
        if (written.equals("-")) {
            Optional<Path> previous = location.previous();
            if (previous.isEmpty()) {
                throw ShellFailure.of(
                        ShellFailure.Category.InvalidOperation,
                        "NoPreviousLocation",
                        "InvalidOperationException",
                        "There is no location history left to navigate backwards.");
            }
            folder = previous.get();
        } else {
            List<Path> meant = PathPattern.find(call, written, true).stream()
                    .filter(Files::isDirectory)
                    .toList();
            if (meant.size() > 1) {
                throw ShellFailure.of(
                                ShellFailure.Category.InvalidArgument,
                                "Argument",
                                "PSArgumentException",
                                "Cannot set the location because path '" + written
                                        + "' resolved to multiple containers."
                                        + " You can only the set location to a single container at a time.")
                        .withTarget(written);
            }
            folder = meant.isEmpty() ? null : meant.getFirst();
        }
        if (folder == null || !Files.isDirectory(folder)) {
            throw PathPattern.missing(folder == null ? TextFile.path(call, written) : folder);
        }
        going.to(folder);
        if (call.flag("PassThru")) {
            call.write(info(folder));
        }
    }

    /// Where nothing was pushed nothing happens, as in PowerShell.
    private static void popped(Call call) {
        Optional<Path> folder = call.session().location().popped();
        if (folder.isEmpty()) {
            return;
        }
        if (!Files.isDirectory(folder.get())) {
            throw PathPattern.missing(folder.get());
        }
        call.session().location().go(folder.get());
        if (call.flag("PassThru")) {
            call.write(info(folder.get()));
        }
    }
}
