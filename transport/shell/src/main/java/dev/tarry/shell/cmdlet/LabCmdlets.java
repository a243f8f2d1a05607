package dev.tarry.shell.cmdlet;

import static dev.tarry.shell.cmdlet.ParameterType.DATE;
import static dev.tarry.shell.cmdlet.ParameterType.SPAN;
import static dev.tarry.shell.cmdlet.ParameterType.TEXT;
import static dev.tarry.shell.cmdlet.ParameterType.WHOLE;

import dev.tarry.client.ClockStep;
import dev.tarry.client.LabClock;
import dev.tarry.shell.value.Row;
import dev.tarry.shell.value.ShellFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The lab's clock and its faults.
final class LabCmdlets {
    private LabCmdlets() {}

    static List<Cmdlet> all() {
        return List.of(
                Cmdlet.named("Get-LabClock")
                        .simply(call -> call.write(
                                clock(call.client().clock(), call.io().zone()))),
                Cmdlet.named("Step-LabClock")
                        .takes(Parameter.of("By", SPAN).at(0), Parameter.of("To", DATE))
                        .oneOf("By", "To")
                        .acts()
                        .simply(LabCmdlets::step),
                Cmdlet.named("Get-LabFault")
                        .simply(call -> call.client()
                                .faults()
                                .forEach(fault ->
                                        call.write(fault(fault, call.io().zone())))),
                Cmdlet.named("Add-LabFault")
                        .takes(
                                Parameter.of("Where", TEXT).at(0).required(),
                                Parameter.of("What", TEXT).at(1).required(),
                                Parameter.of("Server", TEXT),
                                Parameter.of("Name", TEXT),
                                Parameter.of("Type", TEXT),
                                Parameter.of("Protocol", TEXT),
                                Parameter.of("First", WHOLE))
                        .acts()
                        .simply(LabCmdlets::addFault),
                Cmdlet.named("Remove-LabFault")
                        .takes(Parameter.of("Id", WHOLE).at(0).required().pipedBy())
                        .acts()
                        .simply(call -> {
                            long id = call.whole("Id").orElseThrow();
                            if (call.proceed("fault " + id)) {
                                call.client().removeFault(id);
                            }
                        }),
                Cmdlet.named("Reset-Lab").acts().simply(call -> {
                    if (call.proceed("lab")) {
                        call.client().resetLab();
                    }
                }));
    }

    private static Row clock(LabClock clock, ZoneId zone) {
        return new Row("LabClock")
                .with("Now", clock.now().atZone(zone))
                .with("Mode", clock.mode())
                .with("Rate", clock.rate())
                .with(
                        "NextAlarm",
                        clock.nextAlarm().map(alarm -> alarm.atZone(zone)).orElse(null));
    }

    private static void step(Call call) {
        if (!call.has("By") && !call.has("To")) {
            throw ShellFailure.of(
                    ShellFailure.Category.InvalidArgument,
                    "MissingMandatoryParameter",
                    "ParameterBindingException",
                    "Cannot process command because of one or more missing mandatory parameters: By.");
        }
        Duration by = call.span("By").orElse(Duration.ZERO);
        if (call.has("By") && (by.isNegative() || by.isZero())) {
            throw ShellFailure.of(
                    ShellFailure.Category.InvalidArgument,
                    "ClockGoesForward",
                    "ArgumentOutOfRangeException",
                    "The lab's clock goes forward only: give a time span above 00:00:00.");
        }
        if (!call.proceed("lab clock")) {
            return;
        }
        ClockStep step =
                call.has("By") ? call.client().advanceClock(by) : call.client().advanceClockTo(target(call));
        ZoneId zone = call.io().zone();
        call.write(new Row("LabClockStep")
                .with("From", step.from().atZone(zone))
                .with("Now", step.now().atZone(zone))
                .with("Alarms", step.alarms())
                .with("RealMilliseconds", step.real().toMillis()));
    }

    private static Instant target(Call call) {
        return call.date("To").orElseThrow().toInstant();
    }

    private static Row fault(Map<String, Object> fault, ZoneId zone) {
        Map<String, Object> named = new LinkedHashMap<>();
        fault.forEach((name, value) ->
                named.put(name.isEmpty() ? name : Character.toUpperCase(name.charAt(0)) + name.substring(1), value));
        return Bags.row("LabFault", named, zone);
    }

    private static void addFault(Call call) {
        Map<String, Object> fault = new LinkedHashMap<>();
        for (String name : List.of("Where", "What", "Server", "Name", "Type", "Protocol")) {
            call.text(name).ifPresent(text -> fault.put(name.toLowerCase(Locale.ROOT), text));
        }
        call.whole("First").ifPresent(first -> fault.put("first", first));
        if (call.proceed(call.text("What").orElse(""))) {
            call.write(fault(call.client().addFault(fault), call.io().zone()));
        }
    }
}
