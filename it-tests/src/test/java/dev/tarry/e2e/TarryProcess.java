package dev.tarry.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.client.TarryClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `tarry …` as a child process with the class path of the tests. Ends with the test, or with the JVM of the tests.
final class TarryProcess implements AutoCloseable {
    /// Generous: the machine may be busy with something else.
    static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Process process;
    private final Path output;
    private final Path readyFile;
    private final Thread reaper;
    private TarryClient client;

    private TarryProcess(Process process, Path output, Path readyFile) {
        this.process = process;
        this.output = output;
        this.readyFile = readyFile;
        this.reaper = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(reaper);
    }

    /// Starts a server on free ports and waits until it is ready.
    ///
    /// @param folder everything of it lies here; the data in `data`
    /// @param words after `serve --ephemeral --data … --ready-file …`
    static TarryProcess serve(Path folder, String... words) {
        return serveWith(List.of(), folder, words);
    }

    /// @param jvm options for the JVM; of two for one thing the later holds
    static TarryProcess serveWith(List<String> jvm, Path folder, String... words) {
        return ready(begin(jvm, folder, words));
    }

    /// As [#serve], started by somebody else's program, which becomes the server.
    ///
    /// @param by a program and its words; what is to be run is appended
    static TarryProcess serveBy(List<String> by, Path folder, String... words) {
        return ready(begin(by, List.of(), folder, words));
    }

    private static TarryProcess ready(TarryProcess server) {
        try {
            server.awaitReady();
        } catch (Throwable failed) {
            server.close();
            throw failed;
        }
        return server;
    }

    /// Starts a server and does not wait.
    static TarryProcess begin(List<String> jvm, Path folder, String... words) {
        return begin(List.of(), jvm, folder, words);
    }

    private static TarryProcess begin(List<String> by, List<String> jvm, Path folder, String... words) {
        Path ready = folder.resolve("ready.json");
        List<String> all = new ArrayList<>(List.of(
                "serve", "--ephemeral", "--data", folder.resolve("data").toString(), "--ready-file", ready.toString()));
        all.addAll(List.of(words));
        try {
            Files.createDirectories(folder);
            Files.deleteIfExists(ready);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return start(by, jvm, folder, ready, all);
    }

    /// Starts a command and does not wait.
    static TarryProcess command(Path folder, String... words) {
        return start(List.of(), List.of("-XX:TieredStopAtLevel=1"), folder, folder.resolve("none"), List.of(words));
    }

    /// Runs a command to its end.
    static Result run(Path folder, String... words) {
        try (TarryProcess command = command(folder, words)) {
            int code = command.awaitEnd();
            return new Result(code, command.output(), Files.readString(command.output.resolveSibling("errors.txt")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// @param out standard output @param err standard error
    record Result(int code, String out, String err) {}

    private static TarryProcess start(List<String> by, List<String> jvm, Path folder, Path ready, List<String> words) {
        List<String> command = new ArrayList<>(by);
        command.addAll(StartUpCache.command(jvm));
        command.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("TARRY_"));
        try {
            Files.createDirectories(folder);
            Path output = folder.resolve("output.txt");
            builder.redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                    .redirectError(ProcessBuilder.Redirect.appendTo(
                            folder.resolve("errors.txt").toFile()));
            Process process = builder.start();
            process.getOutputStream().close();
            return new TarryProcess(process, output, ready);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitReady() {
        Wait.until("the server is ready", () -> {
            assertTrue(process.isAlive(), () -> "the server ended at once:\n" + said());
            return Files.exists(readyFile);
        });
    }

    /// What it wrote to standard output and error.
    String said() {
        try {
            return output() + Files.readString(output.resolveSibling("errors.txt"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String readyJson() {
        try {
            return Files.readString(readyFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A text of the ready file.
    String ready(String member) {
        Matcher match = Pattern.compile("\"" + Pattern.quote(member) + "\": \"([^\"]*)\"")
                .matcher(readyJson());
        assertTrue(match.find(), () -> "no " + member + " in " + readyJson());
        return match.group(1);
    }

    InetSocketAddress smtp() {
        return address(ready("smtp"));
    }

    InetSocketAddress submission() {
        return address(ready("submission"));
    }

    URI admin() {
        return URI.create(ready("admin"));
    }

    private static InetSocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        return new InetSocketAddress(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    }

    synchronized TarryClient client() {
        if (client == null) {
            client = new TarryClient(admin());
        }
        return client;
    }

    SmtpDialogue dial() {
        return SmtpDialogue.dial(smtp());
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /// Asks it to end, and does not wait.
    void terminate() {
        process.destroy();
    }

    /// SIGTERM; it must end in good order.
    void stop() {
        process.destroy();
        int code = awaitEnd();
        assertEquals(0, code, this::said);
    }

    /// SIGKILL.
    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    int awaitEnd() {
        try {
            assertTrue(
                    process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS),
                    () -> "it does not end; it said\n" + said());
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// Leaves no process behind, whatever happened.
    @Override
    public void close() {
        if (client != null) {
            client.close();
        }
        process.destroyForcibly();
        awaitEnd();
        try {
            Runtime.getRuntime().removeShutdownHook(reaper);
        } catch (IllegalStateException _) {
            // the JVM is ending, and the hook does nothing any more
        }
    }

    static String text(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }

    static byte[] octets(String... lines) {
        return (String.join("\r\n", Arrays.asList(lines)) + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }
}
