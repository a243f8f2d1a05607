package dev.tarry.config;

import dev.tarry.fuzz.FuzzTarget;
import dev.tarry.fuzz.Promise;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A settings file, and the same octets as `--set`: settings, or faults that say where, each in one line.
public final class SettingsTarget implements FuzzTarget {
    private static final int MAX_FAULT_CHARACTERS = 4_096;
    private static final int MAX_SETS = 20;

    private Path file;

    @Override
    public List<String> words() {
        return List.of(
                "server:\n",
                "  name: ",
                "receiveConnectors:\n",
                "  - name: ",
                "    bind: [",
                "acceptedDomains:\n",
                "sendConnectors: []",
                "{a: b}",
                "&a ",
                "*a",
                "!!java ",
                "<<: ",
                "? ",
                "---\n",
                "|\n  ",
                ">-\n",
                "\"\\u0000\"",
                "0x7f",
                "receive.memory",
                "resources.",
                "users[0].name=",
                "127.0.0.1:2525",
                "unlimited",
                "36MB",
                "00:05:00");
    }

    @Override
    public void run(byte[] input) throws IOException {
        Path settings = file();
        Files.write(settings, input);
        outcome(Optional.of(settings), List.of());
        outcome(
                Optional.empty(),
                new String(input, java.nio.charset.StandardCharsets.UTF_8)
                        .lines()
                        .limit(MAX_SETS)
                        .toList());
    }

    private synchronized Path file() throws IOException {
        if (file == null) {
            file = Files.createTempFile("tarry-fuzz", ".yaml");
            file.toFile().deleteOnExit();
        }
        return file;
    }

    private static void outcome(Optional<Path> settings, List<String> sets) {
        try {
            Promise.holds(
                    !Settings.load(settings, Map.of(), sets).receiveConnectors().isEmpty(), "somebody takes mail");
        } catch (ConfigException e) {
            Promise.holds(
                    !e.faults().isEmpty() && e.faults().size() <= ConfigException.MAX_FAULTS + 1,
                    "there are faults, and not too many");
            for (Fault fault : e.faults()) {
                Promise.oneLine(fault.toString(), "a fault");
                Promise.holds(fault.toString().length() <= MAX_FAULT_CHARACTERS, "a fault is bounded");
            }
        }
    }
}
