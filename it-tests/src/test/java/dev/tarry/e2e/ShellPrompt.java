package dev.tarry.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tarry.shell.ShellCommand;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Somebody who types scripts into `tarry shell --server …`, in this JVM, and keeps what they saw.
final class ShellPrompt {
    /// What one script printed.
    record Typed(String script, int code, String out, String err) {
        /// It went well, and complained of nothing but what warnings are for.
        Typed clean() {
            assertEquals(
                    "",
                    err.lines().filter(line -> !line.startsWith("WARNING: ")).collect(Collectors.joining("\n")),
                    () -> script + "\n" + out);
            assertEquals(0, code, this::toString);
            return this;
        }
    }

    private final String server;
    private final List<Typed> recording = new ArrayList<>();

    ShellPrompt(TarryProcess server) {
        this.server = server.admin().toString();
    }

    Typed type(String script) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = ShellCommand.main(
                new String[] {"--server", server, "-c", script},
                InputStream.nullInputStream(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        Typed typed = new Typed(script, code, text(out), text(err));
        recording.add(typed);
        return typed;
    }

    /// Types what must go well, and gives what it printed without the line ends around it.
    String shows(String script) {
        return type(script).clean().out().strip();
    }

    /// All that was typed and printed, oldest first.
    List<Typed> recording() {
        return List.copyOf(recording);
    }

    private static String text(ByteArrayOutputStream octets) {
        return octets.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
}
