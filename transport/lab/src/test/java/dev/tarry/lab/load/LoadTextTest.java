package dev.tarry.lab.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.lab.load.LoadReport.Latency;
import dev.tarry.lab.load.LoadReport.Recipients;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

final class LoadTextTest {
    @Test
    void a_report_reads_well() {
        var report = new LoadReport(
                4,
                true,
                false,
                1_000,
                990,
                6,
                4,
                12,
                new Recipients(1_980, 10, 5, 5),
                10L << 20,
                20,
                of("end of data", of("timed out", 4L)),
                of("MAIL", of("250 2.1.0", 1_000L), "end of data", of("250", 990L, "554 5.7.1", 6L)),
                of("MAIL", new Latency(1_000, 1, 0.5, 1.234, 23.45, 345.6, 1_000), "QUIT", none()));
        assertEquals("""
                messages    1000: 990 accepted, 6 refused, 4 failed; 12 more were due and found no free session
                recipients  2000: 1980 accepted, 10 refused for now (4xx), 5 refused (5xx), 5 lost with their message
                octets      10.0 MiB in accepted messages
                time        4.00 s, 20 connections, stopped early
                rate        247.5 messages/s, 495.0 recipients/s, 2.5 MiB/s

                latency, ms      count       p50       p90       p99     p99.9       max
                MAIL              1000      0.50      1.23      23.5       346      1000

                replies
                MAIL         250 2.1.0                     1000
                end of data  250                            990
                end of data  554 5.7.1                        6

                connections that came to nothing
                end of data  timed out                        4
                """.lines().toList(), LoadText.lines(report));
    }

    @Test
    void a_line_of_progress_tells_what_matters_and_of_a_backlog_only_if_there_is_one() {
        var now = new LoadProgress(12.4, 6_000, 3, 1, 20, 0, 512.4, 1.5, 250);
        assertEquals(
                "  12 s  6000 accepted  512/s  20 in flight  3 refused  1 failed  p50 1.50 ms  p99 250 ms",
                LoadText.line(now));
        assertTrue(LoadText.line(new LoadProgress(1, 1, 0, 0, 2, 7, 1, 1, 1)).contains("2 in flight  7 behind  0"));
    }

    @Test
    void octets_are_said_in_the_largest_unit_that_fits() {
        assertEquals(
                List.of("0 octets", "1023 octets", "1.0 KiB", "1.5 MiB", "2.0 GiB"),
                List.of(0L, 1_023L, 1_024L, 3L << 19, 2L << 30).stream()
                        .map(LoadText::octets)
                        .toList());
    }

    private static Latency none() {
        return new Latency(0, 0, 0, 0, 0, 0, 0);
    }

    private static <V> SequencedMap<String, V> of(String key, V value) {
        return new LinkedHashMap<>(Map.of(key, value));
    }

    private static <V> SequencedMap<String, V> of(String key, V value, String other, V another) {
        var map = of(key, value);
        map.put(other, another);
        return map;
    }
}
