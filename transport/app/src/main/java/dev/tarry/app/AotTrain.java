package dev.tarry.app;

import dev.tarry.config.ConfigException;
import dev.tarry.config.SettingsBook;
import dev.tarry.shell.ShellCommand;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/// Walks the paths of a start and of mail, so that the JVM can keep their classes, linked and profiled, in a
/// cache (JEP 514, JEP 515): starts the server on free ports in a folder of its own, sends mail through it, ends it
/// while some still waits, and starts it again with that. The launcher runs it after a build with `-XX:AOTCacheOutput`.
@Command(
        name = "aot-train",
        hidden = true,
        description = "Walks the paths of a start and of mail, for the start-up cache.")
final class AotTrain implements Callable<Integer> {
    private static final List<String> SCRIPTS = List.of(
            "Get-Queue",
            "Get-Queue | Where-Object {$_.LastError -like '*DNS*' -or $_.Status -eq 'Retry'}"
                    + " | Select-Object Identity, Status, MessageCount, LastError, NextHopDomain | Format-List",
            "$queues = Get-Queue; \"$($queues.Count) queues\"; $queues | Format-Table Identity, Status -AutoSize",
            "Get-Message -ResultSize 10 | Sort-Object DateReceived | Format-List",
            "Get-MessageTrackingLog -Start (Get-Date).AddMinutes(-5) -EventId SEND | Select-Object -First 3",
            "Get-Queue | ConvertTo-Json");

    @Override
    public Integer call() throws IOException, ConfigException, StartFailure {
        Path folder = Files.createTempDirectory("tarry-train");
        try {
            try (Running running = Running.start(book(folder))) {
                running.addresses().json();
                new Rehearsal(running.addresses()).run();
                shell(running.addresses());
            }
            try (Running again = Running.start(book(folder))) {
                again.addresses().json();
            }
            return 0;
        } finally {
            remove(folder);
        }
    }

    /// What a person types first, so that the shell, too, starts with its classes linked.
    private static void shell(Addresses addresses) throws IOException {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        for (String script : SCRIPTS) {
            String[] words = {"--server", "http://" + Addresses.text(addresses.admin()), "-c", script};
            if (ShellCommand.main(words, InputStream.nullInputStream(), out, out) != 0) {
                throw new IOException("the shell cannot run " + script + ": " + said.toString(StandardCharsets.UTF_8));
            }
        }
    }

    private static SettingsBook book(Path folder) throws ConfigException {
        return SettingsBook.open(new SettingsBook.Sources(Optional.empty(), Map.of(), List.of("data=" + folder), true));
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.deleteIfExists(path);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
