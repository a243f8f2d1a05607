package dev.tarry.shell.run;

import dev.tarry.shell.print.ErrorText;
import dev.tarry.shell.print.SafeText;
import dev.tarry.shell.print.Screen;
import dev.tarry.shell.syntax.Redirection;
import dev.tarry.shell.value.ShellFailure;
import dev.tarry.shell.value.TextForm;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Where the streams of one command go, by the redirections written after it. Files are UTF-8, and hold what the
/// screen would.
final class Redirected implements AutoCloseable {
    private final Evaluator evaluator;
    private final List<Runnable> closing = new ArrayList<>();
    private Streams streams;
    private Consumer<Object> output;

    /// Opens what is written to.
    ///
    /// @param out where output goes if nothing redirects it
    Redirected(List<Redirection> redirections, Evaluator evaluator, Consumer<Object> out) {
        this.evaluator = evaluator;
        this.streams = evaluator.frame().streams();
        this.output = out;
        try {
            for (Redirection redirection : redirections) {
                apply(redirection, out);
            }
        } catch (RuntimeException failed) {
            close();
            throw failed;
        }
    }

    Streams streams() {
        return streams;
    }

    Consumer<Object> output() {
        return output;
    }

    private void apply(Redirection redirection, Consumer<Object> out) {
        if (redirection.target().isEmpty()) {
            // `> file 2>&1`: to where output goes by now.
            Consumer<Object> merged = output;
            streams = streams.with(redirection.stream(), merged);
            return;
        }
        Object target = evaluator.expressions().value(redirection.target().get());
        Consumer<Object> sink = target == null ? _ -> {} : file(TextForm.of(target), redirection);
        switch (redirection.stream()) {
            case OUTPUT -> output = sink;
            case ALL -> {
                output = sink;
                streams = streams.with(Redirection.Stream.ALL, sink);
            }
            case ERROR, WARNING, VERBOSE, DEBUG, INFORMATION -> streams = streams.with(redirection.stream(), sink);
        }
    }

    private Consumer<Object> file(String name, Redirection redirection) {
        PrintWriter writer;
        try {
            Path path = evaluator.location().resolve(name);
            OpenOption last = redirection.appends() ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING;
            writer = new PrintWriter(Files.newBufferedWriter(
                    path, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.WRITE, last));
        } catch (IOException e) {
            throw ShellFailure.of(
                            ShellFailure.Category.OpenError,
                            "FileOpenFailure",
                            "IOException",
                            "The file '" + name + "' cannot be written: " + reason(e) + ".")
                    .at(redirection.extent());
        }
        Screen screen = new Screen(
                evaluator.cmdlets().views(),
                evaluator.io().widthColumns(),
                writer::println,
                text -> evaluator.io().err().println("WARNING: " + text));
        closing.add(() -> {
            screen.flush();
            writer.close();
            if (writer.checkError()) {
                throw ShellFailure.of(
                                ShellFailure.Category.WriteError,
                                "FileWriteFailure",
                                "IOException",
                                "The file '" + name + "' does not hold everything that was to be written to it.")
                        .at(redirection.extent());
            }
        });
        return value -> {
            if (value instanceof ShellFailure failure) {
                screen.flush();
                ErrorText.of(failure, evaluator.io().widthColumns()).forEach(writer::println);
            } else {
                screen.show(value);
            }
        };
    }

    private static String reason(Exception e) {
        return SafeText.line(e.getClass().getSimpleName() + ": " + e.getMessage());
    }

    /// @throws ShellFailure where a file does not hold it all
    @Override
    public void close() {
        List<Runnable> all = List.copyOf(closing);
        closing.clear();
        Optional<ShellFailure> failed = Optional.empty();
        for (Runnable one : all) {
            try {
                one.run();
            } catch (ShellFailure failure) {
                failed = Optional.of(failure);
            }
        }
        if (failed.isPresent()) {
            throw failed.get();
        }
    }
}
