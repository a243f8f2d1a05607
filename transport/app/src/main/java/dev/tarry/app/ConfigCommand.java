package dev.tarry.app;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `tarry config`: what can be set, what is set, and whether it is right. Needs no server.
@Command(
        name = "config",
        mixinStandardHelpOptions = true,
        description = "Shows, checks and explains settings.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ConfigShow.class,
            ConfigCheck.class,
            ConfigSample.class,
            ConfigSchema.class,
            ConfigDiff.class,
            ConfigHashPassword.class
        })
final class ConfigCommand implements Runnable, Manual.Documented {
    static final List<Manual.Entry> EXITS = Manual.entries(
            "0", "Done.", "2", "Bad usage, or a fault in the settings; every fault is told, a line each.");

    static final List<Manual.Entry> FILES = Manual.entries(
            "FILE (--config)",
            "Settings in YAML; see 'tarry config sample'.",
            "DIR/settings.yaml (--data)",
            "What was set while the server ran. It is read, never written.");

    static final List<Manual.Entry> ENVIRONMENT =
            Manual.entries("TARRY_...", "Settings, as for 'tarry serve': TARRY_ADMIN_BIND for admin.bind.");

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command");
    }

    @Override
    public Manual manual() {
        return new Manual(
                List.of(
                        "The sources are those of 'tarry serve', weakest first: defaults, the file, what was set while the"
                                + " server ran (kept in the data folder), TARRY_... variables, --set."),
                List.of(),
                FILES,
                ENVIRONMENT,
                EXITS,
                List.of(
                        Example.of(
                                "What is set here, and by whom",
                                "tarry config show --changed --config tarry.yaml",
                                "server.name: mail.company.com",
                                "tarry.yaml:2:9"),
                        Example.of(
                                "A file to begin with",
                                "tarry config sample > all.yaml && tarry config check all.yaml",
                                "every setting has its default")));
    }
}
