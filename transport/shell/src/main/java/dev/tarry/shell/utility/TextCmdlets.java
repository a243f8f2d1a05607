package dev.tarry.shell.utility;

import static dev.tarry.shell.cmdlet.ParameterType.ANY;
import static dev.tarry.shell.cmdlet.ParameterType.SWITCH;
import static dev.tarry.shell.cmdlet.ParameterType.TEXTS;

import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.Parameter;
import dev.tarry.shell.cmdlet.Stage;
import dev.tarry.shell.print.Formatted;
import dev.tarry.shell.print.Screen;
import dev.tarry.shell.syntax.Comparison;
import dev.tarry.shell.value.Conversion;
import dev.tarry.shell.value.Row;
import dev.tarry.shell.value.ShellFailure;
import dev.tarry.shell.value.TextForm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Select-String: the lines in which something stands.
public final class TextCmdlets {
    private TextCmdlets() {}

    public static List<Cmdlet> all() {
        return List.of(Cmdlet.named("Select-String", "sls")
                .takes(
                        Parameter.of("Pattern", TEXTS).at(0).required(),
                        Parameter.of("Path", TEXTS).at(1),
                        FileItem.literal(),
                        Parameter.of("Include", TEXTS),
                        Parameter.of("Exclude", TEXTS),
                        Parameter.of("InputObject", ANY).pipedWhole(),
                        Parameter.of("SimpleMatch", SWITCH),
                        Parameter.of("CaseSensitive", SWITCH),
                        Parameter.of("NotMatch", SWITCH),
                        Parameter.of("Quiet", SWITCH),
                        Parameter.of("List", SWITCH),
                        TextFile.ENCODING)
                .oneOf("Path", "LiteralPath", "InputObject")
                .refuses("Each line that matches is one result, without its surroundings.", "Context", "AllMatches")
                .summary("Finds text in strings and files.")
                .remark(FileItem.HERE)
                .remark("Files that come down the pipeline are searched, as in dir *.log | sls 451.")
                .example(
                        "Select-String -Path ./*.log -Pattern '451 4.4.0' -SimpleMatch",
                        "Shows where a text stands in files.")
                .remark("Objects that are no text are searched as what the screen would show of them.")
                .does(Search::new));
    }

    private static final class Search implements Stage {
        private boolean found;
        private long line;

        @Override
        public void process(Call call) {
            for (String written : PathPattern.written(call)) {
                PathPattern.existing(call, written, false).stream()
                        .filter(path -> FolderCmdlets.isWanted(call, path))
                        .filter(path -> !PathPattern.isPattern(call, written) || !Files.isDirectory(path))
                        .forEach(path -> search(call, path));
            }
            if (FileItem.is(call.input())) {
                search(call, TextFile.path(call, TextForm.of(call.input())));
            } else if (call.isPiped() || call.has("InputObject")) {
                lines(call, call.input()).forEach(text -> look(call, text, Optional.empty()));
            }
        }

        private void search(Call call, Path file) {
            line = 0;
            try {
                for (String text : TextFile.read(call, file.toString()).lines().toList()) {
                    if (look(call, text, Optional.of(file)) && (call.flag("List") || call.flag("Quiet"))) {
                        return;
                    }
                }
            } catch (ShellFailure unreadable) {
                call.report(unreadable);
            }
        }

        private static List<String> lines(Call call, Object item) {
            if (item instanceof Row || item instanceof Formatted) {
                List<String> lines = new ArrayList<>();
                Screen screen = new Screen(call.views(), call.io().widthColumns(), lines::add, call::warn);
                screen.show(item);
                screen.flush();
                return lines;
            }
            return List.of(TextForm.of(item));
        }

        private boolean look(Call call, String text, Optional<Path> file) {
            line++;
            boolean matches = call.texts("Pattern").stream().anyMatch(pattern -> matches(call, text, pattern));
            if (matches == call.flag("NotMatch")) {
                return false;
            }
            found = true;
            if (!call.flag("Quiet")) {
                call.write(new Row("MatchInfo")
                        .with("Line", text)
                        .with("LineNumber", line)
                        .with("Filename", file.map(PathPattern::leaf).orElse("InputStream"))
                        .with("Path", file.map(Path::toString).orElse("InputStream"))
                        .with("Pattern", String.join("|", call.texts("Pattern")))
                        .withOnDemand("RelativePath", () -> said(call, file)));
            }
            return true;
        }

        /// From where the session stands, what lies below.
        private static String said(Call call, Optional<Path> file) {
            Path here = call.session().location().here();
            return file.map(path -> path.startsWith(here) ? here.relativize(path) : path)
                    .map(Path::toString)
                    .orElse("InputStream");
        }

        private static boolean matches(Call call, String text, String pattern) {
            boolean minds = call.flag("CaseSensitive");
            if (call.flag("SimpleMatch")) {
                return minds
                        ? text.contains(pattern)
                        : text.toLowerCase(Locale.ROOT).contains(pattern.toLowerCase(Locale.ROOT));
            }
            return Conversion.truth(
                    call.comparing().compare(new Comparison.Written(Comparison.MATCH, minds), text, pattern));
        }

        @Override
        public void end(Call call) {
            if (call.flag("Quiet") && found) {
                call.write(true);
            }
        }
    }
}
