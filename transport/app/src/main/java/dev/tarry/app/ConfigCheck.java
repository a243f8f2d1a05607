package dev.tarry.app;

import dev.tarry.config.ConfigException;
import dev.tarry.config.Settings;
import dev.tarry.config.SettingsBook;
import dev.tarry.config.SettingsDiff;
import dev.tarry.server.Plan;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `tarry config check`: whether the server would start with these settings, and all that keeps it from it.
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Says whether settings are right, and tells every fault at once.")
final class ConfigCheck implements Callable<Integer>, Manual.Documented {
    @Spec
    private CommandSpec spec;

    @Mixin
    private SettingsOptions options;

    @Parameters(paramLabel = "FILE", arity = "0..1", description = "The same as --config FILE.")
    private Path file;

    @Override
    public Integer call() {
        if (file != null && options.config() != null) {
            throw new ParameterException(spec.commandLine(), "Name one file, as FILE or with --config");
        }
        PrintWriter err = spec.commandLine().getErr();
        try {
            Path config = file == null ? options.config() : file;
            Settings settings =
                    SettingsBook.open(options.sources(config, false)).now();
            Plan.of(settings, ZoneOffset.UTC);
            settings.notices().forEach(notice -> err.println("tarry: notice: " + notice));
            int changed = SettingsDiff.between(Settings.defaults(), settings).size();
            spec.commandLine()
                    .getOut()
                    .println("right: "
                            + (changed == 0
                                    ? "every setting has its default"
                                    : changed + " of " + settings.explained().size()
                                            + " values are not the default (see 'tarry config diff')"));
            return 0;
        } catch (ConfigException e) {
            return SettingsOptions.refused(e, spec);
        } catch (IllegalArgumentException e) {
            err.println("tarry: " + e.getMessage());
            return 2;
        }
    }

    @Override
    public Manual manual() {
        return new Manual(
                List.of(
                        "A fault says where it stands (file, line, column), what is wrong and what would be right. What is"
                                + " not wrong enough to stop a server, such as a TARRY_... variable that sets nothing, is told as a"
                                + " notice."),
                List.of(),
                ConfigCommand.FILES,
                ConfigCommand.ENVIRONMENT,
                ConfigCommand.EXITS,
                List.of(
                        Example.of("A file", "tarry config check tarry.yaml", "right: "),
                        Example.failing(
                                2,
                                "Two faults",
                                "tarry config check --set transport.queueMaxIdleTme=5m --set dns.queryTimeout=soon",
                                "did you mean transport.queueMaxIdleTime?",
                                "dns.queryTimeout: 'soon' is not a span of time")));
    }
}
