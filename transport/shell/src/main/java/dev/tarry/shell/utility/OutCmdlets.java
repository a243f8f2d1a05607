package dev.tarry.shell.utility;

import static dev.tarry.shell.cmdlet.ParameterType.SWITCH;
import static dev.tarry.shell.cmdlet.ParameterType.TEXT;
import static dev.tarry.shell.cmdlet.ParameterType.WHOLE;
import static dev.tarry.shell.utility.Inputs.INPUT;

import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.Parameter;
import dev.tarry.shell.cmdlet.Stage;
import dev.tarry.shell.print.Screen;
import dev.tarry.shell.value.Conversion;
import java.io.BufferedWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Where objects go as the text that a screen would show: the Out cmdlets, and Tee-Object.
public final class OutCmdlets {
    private static final int MIN_WIDTH = 2;
    private static final int MAX_WIDTH = 1_000_000;

    private OutCmdlets() {}

    public static List<Cmdlet> all() {
        return List.of(
                Cmdlet.named("Out-Null")
                        .takes(INPUT)
                        .summary("Deletes output instead of sending it down the pipeline.")
                        .simply(_ -> {}),
                Cmdlet.named("Out-Host", "oh", "more")
                        .takes(INPUT)
                        .refuses("Output is not paged.", SWITCH, "Paging")
                        .summary("Sends output to the command line.")
                        .does(ToScreen::new),
                Cmdlet.named("Out-Default")
                        .takes(INPUT)
                        .summary("Sends the output to the default formatter and to the default output cmdlet.")
                        .does(ToScreen::new),
                Cmdlet.named("Out-String")
                        .takes(Parameter.of("Width", WHOLE), Parameter.of("Stream", SWITCH), INPUT)
                        .summary("Outputs input objects as a string.")
                        .does(ToText::new),
                Cmdlet.named("Out-File")
                        .takes(
                                Parameter.of("FilePath", TEXT)
                                        .at(0)
                                        .alias("Path", "LiteralPath")
                                        .required(),
                                TextFile.ENCODING,
                                Parameter.of("Append", SWITCH),
                                Parameter.of("NoClobber", SWITCH).alias("NoOverwrite"),
                                Parameter.of("Force", SWITCH),
                                Parameter.of("NoNewline", SWITCH),
                                Parameter.of("Width", WHOLE),
                                INPUT)
                        .acts()
                        .summary("Sends output to a file.")
                        .remark(TextFile.ENCODING_REMARK)
                        .does(ToFile::new),
                Cmdlet.named("Tee-Object", "tee")
                        .takes(
                                Parameter.of("FilePath", TEXT).at(0).alias("Path", "LiteralPath"),
                                Parameter.of("Variable", TEXT),
                                Parameter.of("Append", SWITCH),
                                INPUT)
                        .oneOf("FilePath", "Variable")
                        .summary("Saves command output in a file or variable and also sends it down the pipeline.")
                        .remark(TextFile.ENCODING_REMARK)
                        .does(Tee::new));
    }

    private static int width(Call call) {
        long width = call.whole("Width").orElse((long) call.io().widthColumns());
        if (width < MIN_WIDTH || width > MAX_WIDTH) {
            throw Inputs.notInRange("Width", "It takes " + MIN_WIDTH + " to " + MAX_WIDTH + ".");
        }
        return (int) width;
    }

    private static Screen screen(Call call, int width, Consumer<String> printer) {
        return new Screen(call.views(), width, printer, call::warn);
    }

    /// A stage with a screen of its own.
    private abstract static class Shown implements Stage {
        private Screen screen;

        final void open(Call call, int width, Consumer<String> printer) {
            screen = screen(call, width, printer);
        }

        @Override
        public void process(Call call) {
            if (screen != null && (call.isPiped() || call.has("InputObject"))) {
                screen.show(call.input());
            }
        }

        final void finish() {
            if (screen != null) {
                screen.flush();
            }
        }
    }

    private static final class ToScreen extends Shown {
        @Override
        public void begin(Call call) {
            open(call, call.io().widthColumns(), call.io().out()::println);
        }

        @Override
        public void end(Call call) {
            finish();
            call.io().out().flush();
        }
    }

    private static final class ToText extends Shown {
        private final List<String> lines = new ArrayList<>();

        @Override
        public void begin(Call call) {
            open(call, width(call), call.flag("Stream") ? call::write : lines::add);
        }

        @Override
        public void end(Call call) {
            finish();
            if (!call.flag("Stream")) {
                lines.add("");
                call.write(String.join("\n", lines));
            }
        }
    }

    /// Lines into a file, as they come.
    private static final class Lines {
        private final String path;
        private final BufferedWriter writer;

        Lines(String path, BufferedWriter writer) {
            this.path = path;
            this.writer = writer;
        }

        void add(String line, boolean ended) {
            try {
                writer.write(line);
                if (ended) {
                    writer.newLine();
                }
            } catch (IOException e) {
                throw TextFile.failure(e, path);
            }
        }

        void close() {
            try {
                writer.close();
            } catch (IOException e) {
                throw TextFile.failure(e, path);
            }
        }

        /// What was written stays, whatever broke the pipeline off.
        void leave() {
            TextFile.leave(writer);
        }
    }

    /// A stage whose screen is a file, while there is one.
    private abstract static class Filed extends Shown {
        Lines lines;

        @Override
        public final void close() {
            if (lines != null) {
                lines.leave();
            }
        }
    }

    private static final class ToFile extends Filed {
        @Override
        public void begin(Call call) {
            String path = call.text("FilePath").orElseThrow();
            int width = width(call);
            if (call.proceed(path)) {
                Lines file = new Lines(path, TextFile.writer(call, path, call.flag("Append"), !call.flag("NoClobber")));
                lines = file;
                boolean ended = !call.flag("NoNewline");
                open(call, width, line -> file.add(line, ended));
            }
        }

        @Override
        public void end(Call call) {
            if (lines != null) {
                try {
                    finish();
                } finally {
                    lines.close();
                }
            }
        }
    }

    private static final class Tee extends Filed {
        private final List<Object> seen = new ArrayList<>();

        @Override
        public void begin(Call call) {
            if (call.has("FilePath")) {
                String path = call.text("FilePath").orElseThrow();
                Lines file = new Lines(path, TextFile.writer(call, path, call.flag("Append"), true));
                lines = file;
                open(call, call.io().widthColumns(), line -> file.add(line, true));
            } else if (!call.has("Variable")) {
                throw Inputs.missing("FilePath");
            }
        }

        @Override
        public void process(Call call) {
            super.process(call);
            if (call.has("Variable")) {
                seen.add(call.input());
            }
            call.write(call.input());
        }

        @Override
        public void end(Call call) {
            if (lines != null) {
                finish();
                lines.close();
            }
            call.text("Variable").ifPresent(name -> {
                List<Object> all = new ArrayList<>();
                if (call.flag("Append")) {
                    all.addAll(Conversion.list(call.session().variables().get(name)));
                }
                all.addAll(seen);
                call.session().setVariable(name, Conversion.collected(all));
            });
        }
    }
}
