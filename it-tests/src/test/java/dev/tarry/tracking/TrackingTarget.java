package dev.tarry.tracking;

import dev.tarry.fuzz.FuzzTarget;
import dev.tarry.fuzz.Promise;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// A message tracking log, which anybody may have edited: each line is an event or none, and an event is written as one
/// line that is read again as itself.
public final class TrackingTarget implements FuzzTarget {
    @Override
    public List<String> words() {
        return List.of(
                "2026-11-22T09:05:07.250Z",
                ",RECEIVE,",
                ",SMTP,",
                ",FAIL,",
                "S:NextHopDomain=",
                "S:",
                "\"\"",
                "\",\"",
                ";",
                "\\;",
                "\r\n",
                "#Fields: ",
                "a@b.example;c@d.example",
                "01234567-89ab-cdef-0123-456789abcdef",
                "9223372036854775808");
    }

    @Override
    public void run(byte[] input) {
        int from = 0;
        for (int i = 0; i < input.length; i++) {
            if (input[i] == '\n') {
                EventLine.parse(input, from, i).ifPresent(TrackingTarget::same);
                from = i + 1;
            }
        }
        FileSummary.of(input); // what stands beside a log is no less open to everybody
    }

    private static void same(TrackingEvent event) {
        String line = TrackingFormat.line(event);
        String alone = line.endsWith("\r\n") ? line.substring(0, line.length() - 2) : line;
        Promise.oneLine(alone, "a line of the log");
        byte[] octets = (alone + "\r\n").getBytes(StandardCharsets.UTF_8);
        Promise.same(
                Optional.of(event),
                EventLine.parse(octets, 0, octets.length - 1),
                "an event is read again as itself: " + alone);
    }
}
