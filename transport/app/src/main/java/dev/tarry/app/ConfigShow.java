package dev.tarry.app;

import dev.tarry.config.ConfigException;
import dev.tarry.config.Explained;
import dev.tarry.config.Origin;
import dev.tarry.config.Setting;
import dev.tarry.config.Settings;
import dev.tarry.config.SettingsBook;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `tarry config show`: each value with where it comes from and what it means. Secrets are not shown.
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Shows each setting's value, where it comes from, and what it means.")
final class ConfigShow implements Callable<Integer>, Manual.Documented {
    @Spec
    private CommandSpec spec;

    @Mixin
    private SettingsOptions options;

    @Option(names = "--changed", description = "Only what somebody has written.")
    private boolean changed;

    @Option(names = "--json", description = "As a JSON list.")
    private boolean json;

    @Parameters(
            paramLabel = "KEY",
            arity = "0..*",
            description = "Only this setting, section, list or element: dns.queryTimeout, dns, sendConnectors[0].")
    private List<String> keys = new ArrayList<>();

    @Override
    public Integer call() {
        Settings settings;
        try {
            settings = SettingsBook.open(options.sources(false)).now();
        } catch (ConfigException e) {
            return SettingsOptions.refused(e, spec);
        }
        for (String key : keys) {
            if (settings.explained().stream().noneMatch(one -> within(one.key(), key))) {
                spec.commandLine()
                        .getErr()
                        .println("tarry: there is no setting '" + HostPort.shown(key) + "'"
                                + Settings.meant(key)
                                        .map(meant -> "; did you mean " + meant + "?")
                                        .orElse(""));
                return 2;
            }
        }
        List<Explained> chosen = settings.explained().stream()
                .filter(one -> keys.isEmpty() || keys.stream().anyMatch(key -> within(one.key(), key)))
                .filter(one -> !changed || !(one.origin() instanceof Origin.BuiltIn))
                .toList();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(PrettyJson.text(
                    chosen.stream().map(one -> fields(one, settings)).toList()));
        } else {
            chosen.forEach(one -> print(one, settings, out));
        }
        settings.notices().forEach(notice -> spec.commandLine().getErr().println("tarry: notice: " + notice));
        return 0;
    }

    private static boolean within(String key, String wanted) {
        String one = key.toLowerCase(Locale.ROOT);
        String prefix = wanted.toLowerCase(Locale.ROOT);
        return one.equals(prefix) || one.startsWith(prefix + ".") || one.startsWith(prefix + "[");
    }

    private static void print(Explained one, Settings settings, PrintWriter out) {
        Setting<?> row = one.setting();
        out.println(one.key() + ": " + one.shown() + "  (" + one.origin().text() + ")");
        out.println("    " + row.says());
        StringJoiner more = new StringJoiner("; ", "    ", "");
        if (!row.required()) {
            more.add("default " + nothing(row.defaultIn(settings.world())));
        }
        if (!row.bounds().isEmpty()) {
            more.add(row.bounds());
        }
        if (!row.unit().isEmpty()) {
            more.add("a bare number is " + row.unit());
        }
        more.add("a change holds " + row.effect().words());
        row.exchangeName().ifPresent(name -> more.add("Exchange: " + name));
        more.add(variable(one));
        out.println(more);
    }

    private static String nothing(String text) {
        return text.isEmpty() ? "nothing" : text;
    }

    /// `receiveConnectors[0].bind` is set by `TARRY_RECEIVECONNECTORS_0_BIND`.
    private static String variable(Explained one) {
        return "TARRY_"
                + one.key()
                        .toUpperCase(Locale.ROOT)
                        .replace("].", "_")
                        .replace('[', '_')
                        .replace('.', '_');
    }

    private static Map<String, Object> fields(Explained one, Settings settings) {
        Setting<?> row = one.setting();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("key", one.key());
        fields.put("value", one.shown());
        fields.put("origin", one.origin().text());
        fields.put("default", row.required() ? null : row.defaultIn(settings.world()));
        fields.put("unit", row.unit());
        fields.put("bounds", row.bounds());
        fields.put("effect", row.effect().words());
        fields.put("exchangeName", row.exchangeName().orElse(null));
        fields.put("variable", variable(one));
        fields.put("description", row.says());
        return fields;
    }

    @Override
    public Manual manual() {
        return new Manual(
                List.of(
                        "Needs no running server: it reads what 'tarry serve' with the same options would read. Secrets are"
                                + " shown as " + Setting.HIDDEN + "."),
                List.of(),
                ConfigCommand.FILES,
                ConfigCommand.ENVIRONMENT,
                ConfigCommand.EXITS,
                List.of(
                        Example.of(
                                "One setting",
                                "tarry config show transport.queueMaxIdleTime",
                                "transport.queueMaxIdleTime: 00:03:00  (default)",
                                "Exchange: QueueMaxIdleTime"),
                        Example.of(
                                "What a section would be with one more value, for a script",
                                "tarry config show dns --json --set dns.queryTimeout=2s",
                                "\"key\" : \"dns.queryTimeout\"",
                                "\"value\" : \"00:00:02\"",
                                "\"origin\" : \"--set\""),
                        Example.of(
                                "What was written, wherever",
                                "tarry config show --changed --config tarry.yaml",
                                "server.name: mail.company.com  (tarry.yaml:2:9)")));
    }
}
