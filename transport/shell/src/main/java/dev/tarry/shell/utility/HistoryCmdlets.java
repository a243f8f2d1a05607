package dev.tarry.shell.utility;

import static dev.tarry.shell.cmdlet.ParameterType.TEXT;
import static dev.tarry.shell.cmdlet.ParameterType.TEXTS;
import static dev.tarry.shell.cmdlet.ParameterType.WHOLE;

import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.Parameter;
import dev.tarry.shell.print.SafeText;
import dev.tarry.shell.value.Conversion;
import dev.tarry.shell.value.Row;
import dev.tarry.shell.value.ShellFailure;
import dev.tarry.shell.value.Wildcard;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/// The lines that were typed in this session: Get-, Invoke- and Clear-History.
public final class HistoryCmdlets {
    private static final String SECRETS = "A line that may hold a secret is not kept; nor is any of a script.";

    private HistoryCmdlets() {}

    public static List<Cmdlet> all() {
        return List.of(
                Cmdlet.named("Get-History", "h", "history", "ghy")
                        .takes(
                                Parameter.of("Id", TEXTS).at(0).pipedBy(),
                                Parameter.of("Count", WHOLE).at(1))
                        .shows("HistoryInfo", "Id/4>", "CommandLine")
                        .summary("Gets a list of the commands entered during the current session.")
                        .remark(SECRETS)
                        .simply(HistoryCmdlets::get),
                Cmdlet.named("Invoke-History", "r", "ihy")
                        .takes(Parameter.of("Id", TEXT).at(0).pipedBy())
                        .acts()
                        .summary("Runs commands from the session history.")
                        .simply(HistoryCmdlets::invoke),
                Cmdlet.named("Clear-History", "clhy")
                        .takes(Parameter.of("Id", TEXTS).at(0), Parameter.of("CommandLine", TEXTS))
                        .acts()
                        .summary("Deletes entries from the PowerShell session command history.")
                        .remark("What the arrow keys call back stays.")
                        .simply(HistoryCmdlets::clear));
    }

    private static void get(Call call) {
        SortedMap<Long, String> lines = call.session().history();
        List<Long> ids = ids(call);
        for (long id : ids) {
            Optional.ofNullable(lines.get(id))
                    .ifPresentOrElse(line -> call.write(row(id, line)), () -> call.report(unknown("" + id)));
        }
        if (ids.isEmpty()) {
            long count = call.whole("Count").orElse((long) lines.size());
            lines.entrySet().stream()
                    .skip(Math.max(0, lines.size() - count))
                    .forEach(entry -> call.write(row(entry.getKey(), entry.getValue())));
        }
    }

    private static List<Long> ids(Call call) {
        return call.texts("Id").stream()
                .map(id -> Conversion.whole(id)
                        .orElseThrow(() -> ShellFailure.cannotConvert(
                                id, "System.Int64", "Input string was not in a correct format.")))
                .toList();
    }

    private static Row row(long id, String line) {
        return new Row("HistoryInfo").with("Id", id).with("CommandLine", line);
    }

    private static ShellFailure unknown(String id) {
        return ShellFailure.of(
                        ShellFailure.Category.ObjectNotFound,
                        "GetHistoryNoHistoryForId",
                        "ArgumentException",
                        "Cannot locate history for Id " + id + ".")
                .withTarget(id);
    }

    private static void invoke(Call call) {
        SortedMap<Long, String> lines = call.session().history();
        String wanted = call.text("Id").orElse("");
        String line = wanted.isEmpty()
                ? newest(lines, "").orElseThrow(HistoryCmdlets::none)
                : wanted.matches("\\d{1,18}")
                        ? Optional.ofNullable(lines.get(Long.valueOf(wanted))).orElseThrow(() -> unknown(wanted))
                        : newest(lines, wanted)
                                .orElseThrow(() -> ShellFailure.of(
                                                ShellFailure.Category.ObjectNotFound,
                                                "InvokeHistoryNoHistoryForCommandline",
                                                "ArgumentException",
                                                "Cannot locate history for command line " + wanted + ".")
                                        .withTarget(wanted));
        if (!call.proceed(line)) {
            return;
        }
        if (!call.host(line, true)) {
            call.io().out().println(SafeText.lines(line));
        }
        call.session().invoked(line);
        call.session().run(line, call::write);
    }

    private static ShellFailure none() {
        return ShellFailure.of(
                ShellFailure.Category.InvalidOperation,
                "InvokeHistoryNoLastHistoryEntryFound",
                "InvalidOperationException",
                "Cannot locate the most recent history.");
    }

    private static Optional<String> newest(SortedMap<Long, String> lines, String beginning) {
        List<String> fitting = new ArrayList<>(lines.values());
        return fitting.reversed().stream()
                .filter(line -> line.regionMatches(true, 0, beginning, 0, beginning.length()))
                .findFirst();
    }

    private static void clear(Call call) {
        List<Long> ids = ids(call);
        List<String> patterns = call.texts("CommandLine");
        for (Map.Entry<Long, String> entry : call.session().history().entrySet()) {
            boolean all = ids.isEmpty() && patterns.isEmpty();
            boolean meant = all
                    || ids.contains(entry.getKey())
                    || patterns.stream().anyMatch(pattern -> new Wildcard(pattern, false).matches(entry.getValue()));
            if (meant && call.proceed(all ? "Entire history" : entry.getValue())) {
                call.session().forget(entry.getKey());
            }
        }
    }
}
