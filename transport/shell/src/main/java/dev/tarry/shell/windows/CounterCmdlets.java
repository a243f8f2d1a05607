package dev.tarry.shell.windows;

import static dev.tarry.shell.cmdlet.ParameterType.SWITCH;
import static dev.tarry.shell.cmdlet.ParameterType.TEXTS;
import static dev.tarry.shell.cmdlet.ParameterType.WHOLE;

import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.Elapsing;
import dev.tarry.shell.cmdlet.Parameter;
import dev.tarry.shell.value.Row;
import dev.tarry.shell.value.ShellFailure;
import dev.tarry.shell.value.ShellFailure.Category;
import dev.tarry.shell.value.TextForm;
import dev.tarry.shell.value.Wildcard;
import dev.tarry.shell.windows.Counters.Counter;
import dev.tarry.shell.windows.Counters.Reading;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.SequencedSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Get-Counter: the performance counters of transport, as Windows shows them; which there are is in [Counters].
public final class CounterCmdlets {
    private static final int MAX_INTERVAL_SECONDS = 7 * 24 * 3600;
    private static final Pattern PATH =
            Pattern.compile("(?:\\\\\\\\([^\\\\]+))?\\\\?([^\\\\()]+?)(?:\\(([^()]*)\\))?\\\\([^\\\\]+)");

    private CounterCmdlets() {}

    public static List<Cmdlet> all() {
        return List.of(Cmdlet.named("Get-Counter")
                .takes(
                        Parameter.of("Counter", TEXTS).at(0).pipedWhole(),
                        Parameter.of("ListSet", TEXTS),
                        Parameter.of("SampleInterval", WHOLE),
                        Parameter.of("MaxSamples", WHOLE),
                        Parameter.of("Continuous", SWITCH),
                        Parameter.of("ComputerName", TEXTS).alias("Cn"))
                .oneOf("Counter", "ListSet")
                .oneOf("MaxSamples", "Continuous")
                .alsoShows("PerformanceCounterSample", "Path", "InstanceName", "CookedValue")
                .summary("Gets performance counter data of the server's transport.")
                .remark(
                        "There are the counters that tarry has a figure for, each with the one instance _total; * leaves"
                                + " the others out, and one that is named is refused.")
                .remark(
                        "The lengths of queues are what Get-Queue shows; everything else is the server's metrics since it"
                                + " began.")
                .remark(
                        "The time between samples, and the second that a rate is measured over, is the server's: in the lab"
                                + " the lab's clock is stepped, as by Start-Sleep. -Continuous goes on until Ctrl-C.")
                .example(
                        "Get-Counter '\\MSExchangeTransport Queues(_total)\\*'",
                        "Shows how many messages are in which queues, and how many come and go.")
                .example(
                        "(Get-Counter '\\MSExchangeTransport Queues(_total)\\Submission Queue Length' -SampleInterval 60"
                                + " -MaxSamples 5).CounterSamples.CookedValue",
                        "Watches the Submission queue for five minutes.")
                .simply(CounterCmdlets::counter));
    }

    private static void counter(Call call) {
        call.texts("ComputerName").forEach(name -> Refusal.ofOtherComputers(call, name));
        if (call.has("ListSet")) {
            call.texts("ListSet").forEach(pattern -> sets(call, pattern));
            return;
        }
        if (!call.has("Counter")) {
            throw refused(
                    "NoCounter",
                    "The counters of the machine itself are not kept here. Name some of transport's, as in Get-Counter"
                            + " '\\MSExchangeTransport Queues(_total)\\*'; Get-Counter -ListSet * lists them.");
        }
        long interval = inRange(call, "SampleInterval", 1, MAX_INTERVAL_SECONDS);
        long samples = call.flag("Continuous") ? Long.MAX_VALUE : inRange(call, "MaxSamples", 1, Integer.MAX_VALUE);
        SequencedSet<Counter> wanted = new LinkedHashSet<>();
        call.texts("Counter").forEach(path -> wanted.addAll(named(call, path)));
        boolean queues = wanted.stream().anyMatch(Counter::isOfQueues);
        boolean rates = wanted.stream().anyMatch(Counter::isRate);
        // A rate begins with a reading that is not shown.
        Reading before = Reading.of(call.client(), queues && !rates);
        for (long i = 0; i < samples; i++) {
            Reading now = before;
            if (rates || i > 0) {
                Elapsing.pass(call, Duration.ofSeconds(interval), "Get-Counter");
                now = Reading.of(call.client(), queues);
            }
            call.write(sample(call, wanted, before, now));
            before = now;
        }
    }

    private static long inRange(Call call, String parameter, long least, long most) {
        long value = call.whole(parameter).orElse(least);
        if (value < least || value > most) {
            throw ShellFailure.of(
                    Category.InvalidData,
                    "ParameterArgumentValidationError",
                    "ParameterBindingValidationException",
                    "Cannot validate argument on parameter '" + parameter + "'. It takes whole numbers from " + least
                            + " to " + most + ".");
        }
        return value;
    }

    private static ShellFailure refused(String id, String message) {
        return ShellFailure.of(Category.InvalidResult, id, "Exception", message);
    }

    private static boolean is(String name, String pattern) {
        return new Wildcard(pattern.strip(), false).matches(name);
    }

    /// The counters that a path means, `\\\\MAIL\\MSExchangeTransport Queues(_total)\\*`.
    private static List<Counter> named(Call call, String path) {
        Matcher parts = PATH.matcher(path.strip());
        if (!parts.matches()) {
            throw refused(
                    "CounterPathIsInvalid",
                    "The counter path '" + path
                            + "' could not be interpreted: it is written \\object(instance)\\counter.");
        }
        if (parts.group(1) != null) {
            Refusal.ofOtherComputers(call, parts.group(1));
        }
        List<Counter> set = Counters.ALL.stream()
                .filter(counter -> is(counter.set(), parts.group(2)))
                .toList();
        if (set.isEmpty()) {
            throw refused(
                    "CounterApiError",
                    "The specified object was not found on the computer: '" + parts.group(2) + "'. Here there are: "
                            + String.join(", ", Counters.SETS.keySet()) + ".");
        }
        if (parts.group(3) == null || !is(Counters.INSTANCE, parts.group(3))) {
            throw refused(
                    "CounterApiError",
                    "The specified instance is not present: '" + path + "' has to name " + Counters.INSTANCE
                            + ", the one that there is here.");
        }
        List<Counter> named = set.stream()
                .filter(counter -> is(counter.name(), parts.group(4)))
                .toList();
        if (named.isEmpty()) {
            throw refused(
                    "CounterApiError",
                    "The specified counter could not be found: tarry has no figure for '" + parts.group(4)
                            + "'. Get-Counter -ListSet '" + set.getFirst().set() + "' lists what there is.");
        }
        return named;
    }

    private static Row sample(Call call, SequencedSet<Counter> wanted, Reading before, Reading now) {
        ZonedDateTime time = now.time().atZone(call.io().zone());
        String machine = call.io().environment().getOrDefault("COMPUTERNAME", "localhost");
        List<Object> samples = new ArrayList<>();
        StringBuilder readings = new StringBuilder();
        for (Counter counter : wanted) {
            OptionalDouble value = counter.value(before, now);
            if (value.isEmpty()) {
                continue; // a server that does not know it yet
            }
            double cooked = value.getAsDouble();
            Object shown = cooked == Math.rint(cooked) && Math.abs(cooked) < 1e15 ? (Object) (long) cooked : cooked;
            String path = ("\\\\" + machine + path(counter.set(), Counters.INSTANCE, counter.name()))
                    .toLowerCase(Locale.ROOT);
            samples.add(new Row("PerformanceCounterSample")
                    .with("Path", path)
                    .with("InstanceName", Counters.INSTANCE)
                    .with("CookedValue", shown)
                    .with("Timestamp", time));
            readings.append(path).append(" :\n").append(TextForm.of(shown)).append("\n\n");
        }
        return new Row("PerformanceCounterSampleSet")
                .with("Timestamp", time)
                .with("CounterSamples", samples)
                .withOnDemand("Readings", readings::toString);
    }

    private static String path(String set, String instance, String counter) {
        return "\\" + set + "(" + instance + ")\\" + counter;
    }

    private static void sets(Call call, String pattern) {
        List<String> sets =
                Counters.SETS.keySet().stream().filter(set -> is(set, pattern)).toList();
        if (sets.isEmpty()) {
            call.report(refused(
                            "NoMatchingCounterSetsFound",
                            "Cannot find any performance counter sets on the localhost computer that match the following: "
                                    + pattern + ".")
                    .withTarget(pattern));
        }
        for (String set : sets) {
            List<String> names = Counters.ALL.stream()
                    .filter(counter -> counter.set().equals(set))
                    .map(Counter::name)
                    .toList();
            call.write(new Row("CounterSet")
                    .with("CounterSetName", set)
                    .with("MachineName", ".")
                    .with("CounterSetType", "MultiInstance")
                    .with("Description", Counters.SETS.get(set))
                    .with(
                            "Paths",
                            names.stream()
                                    .map(name -> (Object) path(set, "*", name))
                                    .toList())
                    .with(
                            "PathsWithInstances",
                            names.stream()
                                    .map(name -> (Object) path(set, Counters.INSTANCE, name))
                                    .toList())
                    .with(
                            "Counter",
                            names.stream()
                                    .map(name -> (Object) path(set, "*", name))
                                    .toList()));
        }
    }
}
