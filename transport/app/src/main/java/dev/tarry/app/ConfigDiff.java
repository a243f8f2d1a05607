package dev.tarry.app;

import dev.tarry.client.ClientException;
import dev.tarry.client.TarryClient;
import dev.tarry.config.ConfigException;
import dev.tarry.config.Explained;
import dev.tarry.config.Settings;
import dev.tarry.config.SettingsBook;
import dev.tarry.config.SettingsDiff;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `tarry config diff`: what differs from the defaults, or between two files.
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description = "Tells what differs from the defaults, or between two files.")
final class ConfigDiff implements Callable<Integer>, Manual.Documented {
    @Spec
    private CommandSpec spec;

    @Mixin
    private SettingsOptions options;

    @Option(names = "--exit-code", description = "Ends with 1 if anything differs, as diff does.")
    private boolean exitCode;

    @Option(
            names = "--server",
            paramLabel = "URL",
            description = "Against what is set in the server whose admin API this is; TARRY_TOKEN is its token.")
    private URI server;

    @Parameters(
            paramLabel = "[A [B]]",
            hideParamSyntax = true,
            arity = "0..2",
            description = "One file: it against the defaults. Two: the first against the second.")
    private List<Path> files = List.of();

    @Override
    public Integer call() {
        if (!files.isEmpty() && options.config() != null) {
            throw new ParameterException(spec.commandLine(), "Name files as A and B, or one with --config, not both");
        }
        if (server != null && (files.size() == 2 || server.getHost() == null)) {
            throw new ParameterException(
                    spec.commandLine(),
                    files.size() == 2
                            ? "--server compares one file, or what holds here"
                            : "--server is an address such as " + TarryClient.DEFAULT_SERVER);
        }
        Settings before;
        Settings after;
        try {
            before = files.size() == 2 ? file(files.getFirst()) : Settings.defaults();
            after = files.isEmpty() ? SettingsBook.open(options.sources(false)).now() : file(files.getLast());
        } catch (ConfigException e) {
            return SettingsOptions.refused(e, spec);
        }
        if (server != null) {
            return againstServer(after);
        }
        List<SettingsDiff.Difference> differences = SettingsDiff.between(before, after);
        for (SettingsDiff.Difference one : differences) {
            spec.commandLine()
                    .getOut()
                    .println(one.key() + ": " + shown(one.before()) + " -> " + shown(one.after())
                            + one.after()
                                    .map(value -> "  (" + value.origin().text() + ")")
                                    .orElse(""));
        }
        return exitCode && !differences.isEmpty() ? 1 : 0;
    }

    /// From what is here to what is there; elements of lists are told apart by their places.
    private int againstServer(Settings here) {
        Map<String, String> there = new LinkedHashMap<>();
        Map<String, String> origins = new LinkedHashMap<>();
        try (TarryClient client = new TarryClient(server, Optional.ofNullable(System.getenv("TARRY_TOKEN")))) {
            client.service().settings().forEach(one -> {
                there.put(one.key(), one.value());
                origins.put(one.key(), one.origin());
            });
        } catch (ClientException e) {
            spec.commandLine().getErr().println("tarry: " + HostPort.shown(e.getMessage()));
            return 1;
        }
        Map<String, String> ours = new LinkedHashMap<>();
        here.explained().forEach(one -> ours.put(one.key(), one.shown()));
        Set<String> keys = new LinkedHashSet<>(ours.keySet());
        keys.addAll(there.keySet());
        boolean differs = false;
        for (String key : keys) {
            if (!Objects.equals(ours.get(key), there.get(key))) {
                differs = true;
                spec.commandLine()
                        .getOut()
                        .println(HostPort.shown(key) + ": " + told(ours.get(key)) + " -> " + told(there.get(key))
                                + (origins.containsKey(key) ? "  (" + HostPort.shown(origins.get(key)) + ")" : ""));
            }
        }
        return exitCode && differs ? 1 : 0;
    }

    private static String told(String value) {
        if (value == null) {
            return "not there";
        }
        return value.isEmpty() ? "nothing" : HostPort.shown(value);
    }

    /// A file alone, whatever this machine's other sources say.
    private static Settings file(Path file) throws ConfigException {
        return Settings.load(Optional.of(file), Map.of(), List.of());
    }

    private static String shown(Optional<Explained> value) {
        return value.map(Explained::shown)
                .map(text -> text.isEmpty() ? "nothing" : text)
                .orElse("not there");
    }

    @Override
    public Manual manual() {
        return new Manual(
                List.of(
                        "Without a file: what 'tarry serve' with the same options would be told, against the defaults. Files"
                                + " are compared as they stand, without this machine's variables and run-time changes. Connectors"
                                + " and domains are told apart by their names."),
                List.of(),
                ConfigCommand.FILES,
                ConfigCommand.ENVIRONMENT,
                Manual.entries(
                        "0",
                        "Done.",
                        "1",
                        "Something differs (only with --exit-code); or the server does not answer (--server).",
                        "2",
                        "Bad usage, or a fault in the settings; every fault is told, a line each."),
                List.of(
                        Example.of(
                                "What is not the default",
                                "tarry config diff --set sendConnectors[Internet].port=26",
                                "sendConnectors[Internet].port: 25 -> 26  (--set)"),
                        Example.failing(
                                1,
                                "Two files, for a script",
                                "tarry config diff --exit-code tarry.yaml <(echo 'server.computerName: EDGE')",
                                "server.computerName: MAIL -> EDGE")));
    }
}
