package dev.tarry.app;

import dev.tarry.config.ConfigException;
import dev.tarry.config.Explained;
import dev.tarry.config.Settings;
import dev.tarry.config.SettingsBook;
import dev.tarry.config.SettingsDiff;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        Settings before;
        Settings after;
        try {
            before = files.size() == 2 ? file(files.getFirst()) : Settings.defaults();
            after = files.isEmpty() ? SettingsBook.open(options.sources(false)).now() : file(files.getLast());
        } catch (ConfigException e) {
            return SettingsOptions.refused(e, spec);
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
                        "Something differs (only with --exit-code).",
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
