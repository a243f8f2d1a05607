package dev.tarry.shell.utility;

import static dev.tarry.shell.cmdlet.ParameterType.DATE;
import static dev.tarry.shell.cmdlet.ParameterType.TEXT;
import static dev.tarry.shell.cmdlet.ParameterType.WHOLE;

import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.Parameter;
import dev.tarry.shell.value.DateForm;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.List;

/// Dates and spans. Now is the server's now: in a lab that has been stepped two days on, a search of the last five
/// minutes means lab time.
public final class TimeCmdlets {
    private TimeCmdlets() {}

    public static List<Cmdlet> all() {
        return List.of(
                Cmdlet.named("Get-Date")
                        .takes(Parameter.of("Date", DATE).at(0).pipedWhole(), Parameter.of("Format", TEXT))
                        .simply(call -> {
                            ZonedDateTime date = call.date("Date").orElseGet(call::now);
                            call.write(call.text("Format")
                                    .map(format -> (Object) DateForm.formatted(date, format))
                                    .orElse(date));
                        }),
                Cmdlet.named("New-TimeSpan")
                        .takes(
                                Parameter.of("Start", DATE).at(0),
                                Parameter.of("End", DATE).at(1),
                                Parameter.of("Days", WHOLE),
                                Parameter.of("Hours", WHOLE),
                                Parameter.of("Minutes", WHOLE),
                                Parameter.of("Seconds", WHOLE))
                        .simply(TimeCmdlets::span));
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
                .plusSeconds(call.whole("Seconds").orElse(0L)));
    }
}
