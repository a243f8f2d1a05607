package dev.tarry.app;

import dev.tarry.config.ConfigException;
import dev.tarry.config.Fault;
import dev.tarry.config.SettingsBook;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/// Where settings come from: the same for the server and for whoever asks what it would be told.
final class SettingsOptions {
    @Option(names = "--config", paramLabel = "FILE", description = "Settings in YAML; without it the defaults hold.")
    private Path config;

    @Option(names = "--data", paramLabel = "DIR", description = "Where everything is kept; ./tarry-data if not given.")
    private Path data;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Sets one value, above all other sources. Repeatable.")
    private List<String> sets = new ArrayList<>();

    /// @param freePorts whether every listener takes a free port
    SettingsBook.Sources sources(boolean freePorts) {
        return sources(config, freePorts);
    }

    /// With another file; null for none.
    SettingsBook.Sources sources(Path file, boolean freePorts) {
        List<String> all = new ArrayList<>(sets);
        if (data != null) {
            all.add("data=" + data);
        }
        return new SettingsBook.Sources(Optional.ofNullable(file), System.getenv(), all, freePorts);
    }

    /// Tells all that is wrong, a line each.
    ///
    /// @return the exit code for it
    static int refused(ConfigException faults, CommandSpec spec) {
        for (Fault fault : faults.faults()) {
            spec.commandLine().getErr().println("tarry: " + fault);
        }
        return 2;
    }

    Path config() {
        return config;
    }
}
