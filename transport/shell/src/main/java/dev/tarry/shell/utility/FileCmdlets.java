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
import dev.tarry.shell.value.TextForm;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The files that a reporting script reads and writes, on the machine that the shell runs on.
public final class FileCmdlets {
    private FileCmdlets() {}

    public static List<Cmdlet> all() {
        return List.of(
                Cmdlet.named("Get-Content", "gc", "cat", "type")
                        .takes(
                                Parameter.of("Path", TEXTS)
                                        .at(0)
                                        .alias("LiteralPath", "PSPath")
                                        .required()
                                        .pipedWhole(),
                                Parameter.of("TotalCount", WHOLE).alias("First", "Head"),
                                Parameter.of("Tail", WHOLE).alias("Last"),
                                Parameter.of("Raw", SWITCH),
                                TextFile.ENCODING)
                        .oneOf("TotalCount", "Tail", "Raw")
                        .refuses("A file is read once, line by line.", "Wait", "ReadCount", "Delimiter")
                        .refuses("Name the files one by one.", "Include", "Exclude", "Filter")
                        .summary("Gets the content of the item at the specified location.")
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
                                Parameter.of("Path", TEXTS)
                                        .at(0)
                                        .alias("LiteralPath", "PSPath")
                                        .required()
                                        .pipedWhole(),
                                Parameter.of("PathType", TEXT).alias("Type").oneOf("Any", "Container", "Leaf"))
                        .refuses(
                                "It says whether there is such a file or folder, no more.",
                                "NewerThan",
                                "OlderThan",
                                "IsValid",
                                "Include",
                                "Exclude",
                                "Filter")
                        .summary("Determines whether all elements of a path exist.")
                        .simply(call -> call.texts("Path")
                                .forEach(path -> call.write(exists(
                                        TextFile.path(call, path),
                                        call.text("PathType").orElse("Any"))))),
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
            TextFile.ENCODING,
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
        for (String path : call.texts("Path")) {
            String text = TextFile.read(call, path);
            if (call.flag("Raw")) {
                call.write(text);
                continue;
            }
            List<String> lines = text.lines().toList();
            int from = call.whole("Tail")
                    .map(n -> (int) Math.max(0, lines.size() - n))
                    .orElse(0);
            int to = call.whole("TotalCount")
                    .map(n -> (int) Math.min(lines.size(), n))
                    .orElse(lines.size());
            lines.subList(from, to).forEach(call::write);
        }
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

        Write(boolean append) {
            this.append = append;
        }

        @Override
        public void process(Call call) {
            Conversion.list(call.value("Value")).forEach(value -> lines.add(TextForm.of(value)));
        }

        @Override
        public void end(Call call) {
            String path = call.text("Path").orElseThrow();
            if (!call.proceed(path)) {
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
