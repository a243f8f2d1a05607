package dev.tarry.shell.value;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.function.Supplier;

/// `[type]::new(…)`.
final class Construction {
    private Construction() {}

    static Object of(TypeRef type, Arguments call, ZoneId zone, Supplier<ZonedDateTime> now) {
        int count = call.values().size();
        return switch (type.kind()) {
            case GROWING ->
                count == 0 || Conversion.number(call.at(0)).isPresent() && !(call.at(0) instanceof String)
                        ? new GrowingList()
                        : new GrowingList(Conversion.list(call.at(0)));
            case HASHTABLE -> new HashTable();
            case ORDERED -> new HashTable(true);
            case PSOBJECT, CUSTOM -> new Row(Row.CUSTOM);
            case DATE ->
                switch (count) {
                    case 0 -> LocalDateTime.of(1, 1, 1, 0, 0).atZone(zone);
                    case 1 -> DotNetTime.date(call.number(0).longValue(), zone);
                    case 3 ->
                        LocalDateTime.of(call.whole(0), call.whole(1), call.whole(2), 0, 0)
                                .atZone(zone);
                    case 6 ->
                        LocalDateTime.of(
                                        call.whole(0),
                                        call.whole(1),
                                        call.whole(2),
                                        call.whole(3),
                                        call.whole(4),
                                        call.whole(5))
                                .atZone(zone);
                    default -> throw call.unknown();
                };
            case SPAN ->
                switch (count) {
                    case 1 -> DotNetTime.span(call.number(0).longValue());
                    case 3 -> span(0, call.whole(0), call.whole(1), call.whole(2));
                    case 4 -> span(call.whole(0), call.whole(1), call.whole(2), call.whole(3));
                    default -> throw call.unknown();
                };
            case STRING ->
                count == 2
                        ? call.text(0).repeat(bounded(call, 1))
                        : count == 1 ? TextForm.joined(Conversion.list(call.at(0)), "") : unknown(type);
            case VERSION ->
                VersionNumber.parse(TextForm.joined(call.values(), "."))
                        .orElseThrow(() ->
                                call.failed("ArgumentException", "Version string portion was too short or too long."));
            case GUID, REGEX, URI -> count == 1 ? type.cast(call.at(0), zone) : unknown(type);
            default -> unknown(type);
        };
    }

    private static int bounded(Arguments call, int place) {
        int times = call.whole(place);
        if (times < 0 || times > Calculation.MAX_REPEATED) {
            throw call.failed("ArgumentOutOfRangeException", "The count is out of range.");
        }
        return times;
    }

    private static Duration span(int days, int hours, int minutes, int seconds) {
        return Duration.ofDays(days).plusHours(hours).plusMinutes(minutes).plusSeconds(seconds);
    }

    private static Object unknown(TypeRef type) {
        throw ShellFailure.outside("Making a [" + type.fullName() + "] of such arguments");
    }
}
