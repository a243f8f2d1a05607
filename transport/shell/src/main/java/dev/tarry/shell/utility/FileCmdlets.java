package dev.tarry.shell.utility;

import static dev.tarry.shell.cmdlet.ParameterType.ANYS;
import static dev.tarry.shell.cmdlet.ParameterType.SWITCH;
import static dev.tarry.shell.cmdlet.ParameterType.TEXT;
import static dev.tarry.shell.cmdlet.ParameterType.TEXTS;
import static dev.tarry.shell.cmdlet.ParameterType.WHOLE;

import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.Parameter;
import dev.tarry.shell.cmdlet.Stage;
import dev.tarry.shell.value.Conversion;
import dev.tarry.shell.value.Octets;
import dev.tarry.shell.value.ShellFailure;
import dev.tarry.shell.value.TextForm;
import dev.tarry.shell.value.Wildcard;
import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The files that a reporting script reads and writes, on the machine that the shell runs on.
public final class FileCmdlets {
    private FileCmdlets() {}

    public static List<Cmdlet> all() {
        return List.of(
                Cmdlet.named("Get-Content", "gc", "cat", "type")
                        .takes(
                                FileItem.paths().required(),
                                FileItem.literal(),
                                Parameter.of("TotalCount", WHOLE).alias("First", "Head"),
                                Parameter.of("Tail", WHOLE).alias("Last"),
                                Parameter.of("Raw", SWITCH),
                                Parameter.of("Wait", SWITCH),
                                Parameter.of("Include", TEXTS),
                                Parameter.of("Exclude", TEXTS),
                                Parameter.of("Filter", TEXT),
                                Parameter.of("Force", SWITCH),
                                TextFile.ENCODING_OR_BYTES)
                        .oneOf("Path", "LiteralPath")
                        .oneOf("TotalCount", "Tail", "Raw")
                        .oneOf("Wait", "Raw")
                        .oneOf("Wait", "TotalCount")
                        .refuses("A file is read line by line.", "ReadCount", "Delimiter")
                        .summary("Gets the content of the item at the specified location.")
                        .remark(FileItem.HERE)
                        .remark(
                                "-Wait shows what is added, until Ctrl-C; a file that shrinks is begun anew. Lines that are"
                                        + " not ended yet wait for their end.")
                        .example(
                                "Get-Content ~/tarry.log -Tail 10 -Wait",
                                "Shows the end of a file, and what is added to it.")
                        .simply(FileCmdlets::read),
                Cmdlet.named("Set-Content", "sc")
                        .takes(writing())
                        .acts()
                        .summary("Writes new content or replaces existing content in a file.")
                        .remark(TextFile.ENCODING_REMARK)
                        .does(() -> new Write(false)),
                Cmdlet.named("Add-Content", "ac")
                        .takes(writing())
                        .acts()
                        .summary("Adds content to the specified items, such as adding words to a file.")
                        .remark(TextFile.ENCODING_REMARK)
                        .does(() -> new Write(true)),
                Cmdlet.named("Test-Path")
                        .takes(
                                FileItem.paths().required(),
                                FileItem.literal(),
                                Parameter.of("PathType", TEXT).alias("Type").oneOf("Any", "Container", "Leaf"))
                        .refuses(
                                "It says whether there is such a file or folder, no more.",
                                "NewerThan",
                                "OlderThan",
                                "IsValid",
                                "Include",
                                "Exclude",
                                "Filter")
                        .oneOf("Path", "LiteralPath")
                        .summary("Determines whether all elements of a path exist.")
                        .remark("Beside files and folders it knows alias:NAME and variable:NAME.")
                        .simply(call -> PathPattern.written(call)
                                .forEach(written -> call.write(exists(
                                        call, written, call.text("PathType").orElse("Any"))))),
                Cmdlet.named("Join-Path")
                        .takes(
                                Parameter.of("Path", TEXTS).at(0).required().pipedWhole(),
                                Parameter.of("ChildPath", TEXT).at(1).required())
                        .summary("Combines a path and a child path into a single path.")
                        .simply(call -> call.texts("Path")
                                .forEach(path -> call.write(
                                        joined(path, call.text("ChildPath").orElse(""))))),
                Cmdlet.named("Split-Path")
                        .takes(
                                Parameter.of("Path", TEXTS).at(0).required().pipedWhole(),
                                Parameter.of("Parent", SWITCH),
                                Parameter.of("Leaf", SWITCH),
                                Parameter.of("LeafBase", SWITCH),
                                Parameter.of("Extension", SWITCH),
                                Parameter.of("IsAbsolute", SWITCH))
                        .oneOf("Parent", "Leaf", "LeafBase", "Extension", "IsAbsolute")
                        .summary("Returns the specified part of a path.")
                        .simply(call -> call.texts("Path").forEach(path -> split(call, path))));
    }

    private static Parameter[] writing() {
        return new Parameter[] {
            Parameter.of("Path", TEXT).at(0).alias("LiteralPath", "PSPath").required(),
            Parameter.of("Value", ANYS).at(1).pipedWhole(),
            TextFile.ENCODING_OR_BYTES,
            Parameter.of("NoNewline", SWITCH),
            Parameter.of("Force", SWITCH)
        };
    }

    private static void read(Call call) {
        for (String count : List.of("TotalCount", "Tail")) {
            if (call.whole(count).filter(n -> n < 0).isPresent()) {
                throw Inputs.notInRange(count, "It takes whole numbers from 0.");
            }
        }
        List<Path> files = PathPattern.written(call).stream()
                .flatMap(written -> PathPattern.existing(call, written, call.flag("Force")).stream())
                .filter(path -> FolderCmdlets.isWanted(call, path))
                .toList();
        if (call.flag("Wait") && files.size() > 1) {
            throw Inputs.invalid("WaitOnOneFile", "-Wait follows one file, and these are " + files.size() + ".");
        }
        for (Path file : files) {
            if (call.flag("Wait")) {
                new FollowedFile(file, call).follow();
                continue;
            }
            try {
                if (isBytes(call)) {
                    bytes(call, Octets.of(TextFile.bytes(call, file.toString())));
                    continue;
                }
                String text = TextFile.read(call, file.toString());
                if (call.flag("Raw")) {
                    call.write(text);
                } else {
                    wanted(call, text.lines().toList()).forEach(call::write);
                }
            } catch (ShellFailure unreadable) {
                call.report(unreadable);
            }
        }
    }

    /// The lines, or octets, that -Tail and -TotalCount leave.
    static <T> List<T> wanted(Call call, List<T> lines) {
        int from =
                call.whole("Tail").map(n -> (int) Math.max(0, lines.size() - n)).orElse(0);
        int to = call.whole("TotalCount")
                .map(n -> (int) Math.min(lines.size(), n))
                .orElse(lines.size());
        return lines.subList(from, to);
    }

    private static boolean exists(Call call, String written, String kind) {
        int colon = written.indexOf(':');
        String drive = colon < 0 ? "" : written.substring(0, colon).toLowerCase(Locale.ROOT);
        String name = written.substring(colon + 1)
                .replaceFirst("^[/\\\\]", "")
                .replaceFirst("(?i)^(global|script|local):", "");
        Wildcard wanted = new Wildcard(name, false);
        switch (drive) {
            case "alias" -> {
                return call.session().aliases().keySet().stream().anyMatch(wanted::matches);
            }
            case "variable" -> {
                return call.session().variables().keySet().stream().anyMatch(wanted::matches);
            }
            case "env", "function" -> throw ShellFailure.outside("Test-Path of the drive " + drive + ":");
            default -> {}
        }
        try {
            return PathPattern.find(call, written, true).stream().anyMatch(path -> exists(path, kind));
        } catch (ShellFailure _) {
            return false; // on a drive that is not there nothing is
        }
    }

    private static boolean isBytes(Call call) {
        return call.text("Encoding").filter("Byte"::equals).isPresent();
    }

    /// Numbers, one by one or, with -Raw, all as one array.
    private static void bytes(Call call, Octets all) {
        if (call.flag("Raw")) {
            call.write(all);
            return;
        }
        wanted(call, all).forEach(call::write);
    }

    private static boolean exists(Path path, String kind) {
        return switch (kind) {
            case "Container" -> Files.isDirectory(path);
            case "Leaf" -> Files.exists(path) && !Files.isDirectory(path);
            default -> Files.exists(path);
        };
    }

    /// Windows' separators are understood, and the machine's own written.
    private static String joined(String path, String child) {
        String separator = Path.of("").getFileSystem().getSeparator();
        String parent = path.replace("\\", separator);
        String below = child.replace("\\", separator);
        while (below.startsWith(separator)) {
            below = below.substring(separator.length());
        }
        return parent.endsWith(separator) ? parent + below : parent + separator + below;
    }

    private static void split(Call call, String written) {
        int end = Math.max(written.lastIndexOf('/'), written.lastIndexOf('\\'));
        String leaf = written.substring(end + 1);
        int dot = leaf.lastIndexOf('.');
        if (call.flag("Leaf")) {
            call.write(leaf);
        } else if (call.flag("LeafBase")) {
            call.write(dot > 0 ? leaf.substring(0, dot) : leaf);
        } else if (call.flag("Extension")) {
            call.write(dot >= 0 ? leaf.substring(dot) : "");
        } else if (call.flag("IsAbsolute")) {
            call.write(written.matches("([A-Za-z]:|[/\\\\]).*"));
        } else {
            call.write(end < 0 ? "" : end == 0 ? written.substring(0, 1) : written.substring(0, end));
        }
    }

    /// Set-Content and Add-Content: a line for each value.
    private static final class Write implements Stage {
        private final boolean append;
        private final List<String> lines = new ArrayList<>();
        private final ByteArrayOutputStream octets = new ByteArrayOutputStream();

        Write(boolean append) {
            this.append = append;
        }

        @Override
        public void process(Call call) {
            if (isBytes(call)) {
                octets.writeBytes(Octets.in(call.value("Value"))
                        .orElseThrow(() -> ShellFailure.of(
                                ShellFailure.Category.InvalidArgument,
                                "WriteContentError",
                                "PSArgumentException",
                                "Cannot proceed with byte encoding. When using byte encoding the content must be of type"
                                        + " byte.")));
                return;
            }
            Conversion.list(call.value("Value")).forEach(value -> lines.add(TextForm.of(value)));
        }

        @Override
        public void end(Call call) {
            String path = call.text("Path").orElseThrow();
            if (!call.proceed(path)) {
                return;
            }
            if (isBytes(call)) {
                TextFile.write(call, path, octets.toByteArray(), append);
                return;
            }
            try (BufferedWriter writer = TextFile.writer(call, path, append, true)) {
                for (String line : lines) {
                    writer.write(line);
                    if (!call.flag("NoNewline")) {
                        writer.newLine();
                    }
                }
            } catch (IOException e) {
                throw TextFile.failure(e, path);
            }
        }
    }
}
