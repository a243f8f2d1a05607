package dev.tarry.shell.utility;

import static dev.tarry.shell.cmdlet.ParameterType.ANY;
import static dev.tarry.shell.cmdlet.ParameterType.BLOCK;
import static dev.tarry.shell.cmdlet.ParameterType.DATE;
import static dev.tarry.shell.cmdlet.ParameterType.SWITCH;
import static dev.tarry.shell.cmdlet.ParameterType.TEXT;
import static dev.tarry.shell.cmdlet.ParameterType.WHOLE;

import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.Elapsing;
import dev.tarry.shell.cmdlet.Parameter;
import dev.tarry.shell.value.Conversion;
import dev.tarry.shell.value.DateForm;
import dev.tarry.shell.value.Row;
import dev.tarry.shell.value.ShellFailure;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;

/// Dates and spans. Now is the server's now: in a lab that has been stepped two days on, a search of the last five
/// minutes means lab time.
public final class TimeCmdlets {
    /// The longest sleep: as PowerShell has it, milliseconds in an Int32.
    private static final Duration LONGEST_SLEEP = Duration.ofMillis(Integer.MAX_VALUE);

    private TimeCmdlets() {}

    public static List<Cmdlet> all() {
        return List.of(
                Cmdlet.named("Get-Date")
                        .takes(
                                Parameter.of("Date", DATE)
                                        .at(0)
                                        .alias("LastWriteTime")
                                        .pipedWhole(),
                                Parameter.of("Format", TEXT),
                                Parameter.of("UFormat", TEXT),
                                Parameter.of("Year", WHOLE),
                                Parameter.of("Month", WHOLE),
                                Parameter.of("Day", WHOLE),
                                Parameter.of("Hour", WHOLE),
                                Parameter.of("Minute", WHOLE),
                                Parameter.of("Second", WHOLE),
                                Parameter.of("Millisecond", WHOLE),
                                Parameter.of("AsUTC", SWITCH))
                        .oneOf("Format", "UFormat")
                        .refuses("Use -Format d, D, t or T: what is shown of a date is its text.", "DisplayHint")
                        .refuses("Use ([DateTime]'1970-01-01').AddSeconds(…).", "UnixTimeSeconds")
                        .summary("Gets the current date and time.")
                        .remark("Now is the server's now: in the lab, what the lab's clock shows.")
                        .simply(TimeCmdlets::date),
                Cmdlet.named("New-TimeSpan")
                        .takes(
                                Parameter.of("Start", DATE)
                                        .at(0)
                                        .alias("LastWriteTime")
                                        .pipedWhole(),
                                Parameter.of("End", DATE).at(1),
                                Parameter.of("Days", WHOLE),
                                Parameter.of("Hours", WHOLE),
                                Parameter.of("Minutes", WHOLE),
                                Parameter.of("Seconds", WHOLE),
                                Parameter.of("Milliseconds", WHOLE))
                        .oneOf("Start", "Days")
                        .oneOf("Start", "Hours")
                        .oneOf("Start", "Minutes")
                        .oneOf("Start", "Seconds")
                        .summary("Creates a TimeSpan object.")
                        .simply(TimeCmdlets::span),
                Cmdlet.named("Start-Sleep", "sleep")
                        .takes(
                                Parameter.of("Seconds", ANY).at(0).pipedWhole(),
                                Parameter.of("Milliseconds", WHOLE).alias("ms"))
                        .oneOf("Seconds", "Milliseconds")
                        .summary("Suspends the activity in a script or session for the specified period of time.")
                        .remark(
                                "In the lab it steps the lab's clock by that much, ringing every alarm on the way: the wait"
                                        + " takes no time, and mail moves as it would have. Where there is no lab clock it waits.")
                        .simply(TimeCmdlets::sleep),
                Cmdlet.named("Measure-Command")
                        .takes(
                                Parameter.of("Expression", BLOCK).at(0).required(),
                                Parameter.of("InputObject", ANY).pipedWhole())
                        .summary("Measures the time it takes to run script blocks and cmdlets.")
                        .remark("It is the server's time that passes: in the lab, the lab clock's.")
                        .simply(call -> {
                            ZonedDateTime start = call.now();
                            call.run(call.block("Expression").orElseThrow(), call.input());
                            call.write(Duration.between(start, call.now()));
                        }),
                Cmdlet.named("Get-TimeZone", "gtz")
                        .summary("Gets the current time zone.")
                        .remark("It is the zone of the machine that the shell runs on; the server keeps UTC.")
                        .simply(call -> call.write(zone(call))));
    }

    private static void date(Call call) {
        ZonedDateTime date = call.date("Date").orElseGet(call::now);
        try {
            date = date.withYear(part(call, "Year", date.getYear()))
                    .withMonth(part(call, "Month", date.getMonthValue()))
                    .withDayOfMonth(part(call, "Day", date.getDayOfMonth()))
                    .withHour(part(call, "Hour", date.getHour()))
                    .withMinute(part(call, "Minute", date.getMinute()))
                    .withSecond(part(call, "Second", date.getSecond()));
            if (call.has("Millisecond")) {
                date = date.withNano(Math.multiplyExact(part(call, "Millisecond", 0), 1_000_000));
            }
        } catch (DateTimeException | ArithmeticException e) {
            throw Inputs.invalid("InvalidDatePart", "There is no such date: " + e.getMessage() + ".");
        }
        ZonedDateTime shown = call.flag("AsUTC") ? date.withZoneSameInstant(ZoneOffset.UTC) : date;
        if (call.has("UFormat")) {
            call.write(UnixDate.formatted(shown, call.text("UFormat").orElseThrow()));
        } else if (call.has("Format")) {
            call.write(named(shown, call.text("Format").orElseThrow()));
        } else {
            call.write(shown);
        }
    }

    /// Four formats have names.
    private static Object named(ZonedDateTime date, String format) {
        return switch (format.toLowerCase(Locale.ROOT)) {
            case "filedate" -> DateForm.formatted(date, "yyyyMMdd");
            case "filedatetime" -> DateForm.formatted(date, "yyyyMMdd'T'HHmmssffff");
            case "filedateuniversal" -> DateForm.formatted(date.withZoneSameInstant(ZoneOffset.UTC), "yyyyMMdd'Z'");
            case "filedatetimeuniversal" ->
                DateForm.formatted(date.withZoneSameInstant(ZoneOffset.UTC), "yyyyMMdd'T'HHmmssffff'Z'");
            default -> DateForm.formatted(date, format);
        };
    }

    private static int part(Call call, String name, int otherwise) {
        return call.whole(name).map(Math::toIntExact).orElse(otherwise);
    }

    private static void span(Call call) {
        if (call.has("Start") || call.has("End")) {
            ZonedDateTime start = call.date("Start").orElseGet(call::now);
            call.write(Duration.between(start, call.date("End").orElseGet(call::now)));
            return;
        }
        call.write(Duration.ofDays(call.whole("Days").orElse(0L))
                .plusHours(call.whole("Hours").orElse(0L))
                .plusMinutes(call.whole("Minutes").orElse(0L))
                .plusSeconds(call.whole("Seconds").orElse(0L))
                .plusMillis(call.whole("Milliseconds").orElse(0L)));
    }

    private static void sleep(Call call) {
        Duration span = call.has("Milliseconds")
                ? Duration.ofMillis(call.whole("Milliseconds").orElse(0L))
                : seconds(call);
        if (span.isNegative() || span.compareTo(LONGEST_SLEEP) > 0) {
            throw Inputs.notInRange(
                    call.has("Milliseconds") ? "Milliseconds" : "Seconds",
                    "It takes 0 to " + LONGEST_SLEEP.toSeconds() + " seconds.");
        }
        if (span.isZero()) {
            return;
        }
        Elapsing.pass(call, span, "Start-Sleep");
    }

    private static Duration seconds(Call call) {
        Object given = call.value("Seconds");
        if (given == null) {
            throw Inputs.missing("Seconds");
        }
        double seconds = Conversion.number(given)
                .orElseThrow(() ->
                        ShellFailure.cannotConvert(given, "System.Double", "Input string was not in a correct format."))
                .doubleValue();
        if (Double.isNaN(seconds) || Math.abs(seconds) > 1e12) {
            return LONGEST_SLEEP.plusMillis(1);
        }
        return Duration.ofMillis(Math.round(seconds * 1_000));
    }

    private static Row zone(Call call) {
        ZoneId zone = call.io().zone();
        ZonedDateTime now = call.now();
        Duration offset = Duration.ofSeconds(
                zone.getRules().getStandardOffset(now.toInstant()).getTotalSeconds());
        String name = zone.getDisplayName(TextStyle.FULL_STANDALONE, Locale.US);
        String sign = offset.isNegative() ? "-" : "+";
        Duration size = offset.abs();
        String place =
                String.format(Locale.ROOT, "(UTC%s%02d:%02d) %s", sign, size.toHours(), size.toMinutesPart(), name);
        return new Row("TimeZoneInfo")
                .with("Id", zone.getId())
                .with("DisplayName", place)
                .with("StandardName", name)
                .with("DaylightName", name)
                .with("BaseUtcOffset", offset)
                .with("SupportsDaylightSavingTime", !zone.getRules().isFixedOffset());
    }
}
