package dev.tarry.shell.own;

import static dev.tarry.shell.cmdlet.ParameterType.DATE;
import static dev.tarry.shell.cmdlet.ParameterType.SPAN;
import static dev.tarry.shell.cmdlet.ParameterType.SWITCH;
import static dev.tarry.shell.cmdlet.ParameterType.TEXT;

import dev.tarry.client.ClockProgress;
import dev.tarry.client.ClockStep;
import dev.tarry.client.ClockWay;
import dev.tarry.client.LabClock;
import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.Parameter;
import dev.tarry.shell.print.ProgressLine;
import dev.tarry.shell.value.Row;
import dev.tarry.shell.value.ShellFailure;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The lab's clock: read it, freeze it, let it run, step it, wait.
public final class ClockCmdlets {
    /// How far a step goes that is to end at a condition, if nothing is said: as long as a message lives.
    private static final Duration LIMIT = Duration.ofHours(48);

    private static final DateTimeFormatter SHOWN = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

    private ClockCmdlets() {}

    public static List<Cmdlet> all() {
        return List.of(
                Cmdlet.named("Get-LabClock")
                        .summary("Shows what time it is in the lab, how fast it goes, and when something happens next.")
                        .simply(call -> call.write(
                                clock(call.client().clock(), call.io().zone()))),
                Cmdlet.named("Set-LabClock")
                        .summary("Freezes the lab's clock, or lets it run at a rate.")
                        .takes(Parameter.of("Frozen", SWITCH), Parameter.of("Rate", TEXT))
                        .oneOf("Frozen", "Rate")
                        .acts()
                        .simply(ClockCmdlets::set),
                Cmdlet.named("Step-LabClock")
                        .summary("Moves the lab's clock on; all that would have happened meanwhile happens.")
                        .takes(Parameter.of("By", SPAN).at(0), Parameter.of("To", DATE), Parameter.of("Until", TEXT))
                        .oneOf("By", "To")
                        .acts()
                        .simply(ClockCmdlets::step),
                Cmdlet.named("Wait-LabClock")
                        .summary("Waits until a condition holds; a frozen clock is stepped.")
                        .takes(
                                Parameter.of("Until", TEXT).at(0).required(),
                                Parameter.of("Limit", SPAN).at(1),
                                Parameter.of("RealLimit", SPAN))
                        .acts()
                        .simply(ClockCmdlets::await));
    }

    private static Row clock(LabClock clock, ZoneId zone) {
        Row row = new Row("LabClock")
                .with("Now", clock.now().atZone(zone))
                .with("Mode", clock.mode())
                .with("Rate", clock.rate())
                .with(
                        "NextAlarm",
                        clock.nextAlarm().map(alarm -> alarm.atZone(zone)).orElse(null));
        return clock.advance()
                .map(advance -> row.with("Target", advance.target().atZone(zone))
                        .with("Alarms", advance.alarms())
                        .with("AlarmsPerSecond", Math.round(advance.alarmsPerSecond())))
                .orElse(row);
    }

    private static void set(Call call) {
        if (!call.has("Frozen") && !call.has("Rate")) {
            throw missing("Frozen or Rate");
        }
        double rate = call.has("Rate") ? rate(call.text("Rate").orElse("")) : call.flag("Frozen") ? 0 : 1;
        if (call.proceed("lab clock")) {
            LabClock clock =
                    rate == 0 ? call.client().freezeClock() : call.client().runClock(rate);
            call.write(clock(clock, call.io().zone()));
        }
    }

    private static double rate(String text) {
        try {
            double rate = Double.parseDouble(text);
            if (rate >= 0 && rate <= 1_000_000) {
                return rate;
            }
        } catch (NumberFormatException _) {
            // Said below.
        }
        throw ShellFailure.cannotConvert(
                text, "System.Double", "A rate is 0 (frozen) to 1000000 lab seconds a second; 1 is real time.");
    }

    private static void step(Call call) {
        if (!call.has("By") && !call.has("To") && !call.has("Until")) {
            throw missing("By");
        }
        Duration by = forward(call, "By").orElse(LIMIT);
        if (!call.proceed("lab clock")) {
            return;
        }
        ClockWay way =
                call.has("To") ? ClockWay.to(call.date("To").orElseThrow().toInstant()) : ClockWay.by(by);
        go(call, call.text("Until").map(way::orUntil).orElse(way));
    }

    private static void await(Call call) {
        ClockWay way = ClockWay.until(call.text("Until").orElseThrow(), forward(call, "Limit"));
        Optional<Duration> real = forward(call, "RealLimit");
        if (call.proceed("lab clock")) {
            go(call, real.map(way::within).orElse(way));
        }
    }

    /// A span that is above nothing, if it was given.
    static Optional<Duration> forward(Call call, String parameter) {
        Optional<Duration> span = call.span(parameter);
        if (span.isPresent() && (span.get().isNegative() || span.get().isZero())) {
            throw ShellFailure.of(
                    ShellFailure.Category.InvalidArgument,
                    "ClockGoesForward",
                    "ArgumentOutOfRangeException",
                    "The lab's clock goes forward only: give a time span above 00:00:00.");
        }
        return span;
    }

    private static void go(Call call, ClockWay way) {
        ZoneId zone = call.io().zone();
        ClockStep step;
        try (ProgressLine line = new ProgressLine(call.io())) {
            step = call.client().moveClock(way, progress -> line.show(shown(progress, zone)));
        }
        Row row = new Row("LabClockStep")
                .with("From", step.from().atZone(zone))
                .with("Now", step.now().atZone(zone))
                .with("Alarms", step.alarms())
                .with("RealMilliseconds", step.real().toMillis());
        boolean waited = way.asked().containsKey("until");
        call.write(waited ? row.with("Met", step.met()).with("Standing", step.standing()) : row);
    }

    /// `2026-03-02 10:15:00 of 2026-03-04 08:00:00 (4 %), 12034 alarms, 20153 a second`
    private static String shown(ClockProgress progress, ZoneId zone) {
        long all =
                Math.max(1, Duration.between(progress.from(), progress.target()).toMillis());
        long done = Duration.between(progress.from(), progress.now()).toMillis();
        return SHOWN.format(progress.now().atZone(zone)) + " of "
                + SHOWN.format(progress.target().atZone(zone)) + " (" + done * 100 / all + " %), "
                + progress.alarms() + " alarms, " + Math.round(progress.alarmsPerSecond()) + " a second";
    }

    private static ShellFailure missing(String parameters) {
        return ShellFailure.of(
                ShellFailure.Category.InvalidArgument,
                "MissingMandatoryParameter",
                "ParameterBindingException",
                "Cannot process command because of one or more missing mandatory parameters: " + parameters + ".");
    }
}
