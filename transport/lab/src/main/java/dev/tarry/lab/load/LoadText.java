package dev.tarry.lab.load;

import dev.tarry.lab.load.LoadReport.Latency;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Reports in lines for people. Nothing that a server said is in them but codes.
public final class LoadText {
    private static final long[] UNITS = {1L << 30, 1L << 20, 1L << 10};
    private static final String[] UNIT_NAMES = {"GiB", "MiB", "KiB"};

    private LoadText() {}

    /// One line of progress.
    public static String line(LoadProgress now) {
        return text(
                "%4.0f s  %d accepted  %.0f/s  %d in flight%s  %d refused  %d failed  p50 %s ms  p99 %s ms",
                now.seconds(),
                now.accepted(),
                now.perSecond(),
                now.inFlight(),
                now.behind() > 0 ? "  " + now.behind() + " behind" : "",
                now.refused(),
                now.failed(),
                figure(now.p50Millis()),
                figure(now.p99Millis()));
    }

    /// The whole report.
    public static List<String> lines(LoadReport report) {
        var lines = new ArrayList<String>();
        var to = report.recipients();
        lines.add(text(
                "messages    %d: %d accepted, %d refused, %d failed%s",
                report.messages(),
                report.accepted(),
                report.refused(),
                report.failed(),
                report.behind() > 0 ? "; " + report.behind() + " more were due and found no free session" : ""));
        lines.add(text(
                "recipients  %d: %d accepted, %d refused for now (4xx), %d refused (5xx), %d lost with their message",
                to.all(), to.accepted(), to.refusedForNow(), to.refused(), to.lost()));
        lines.add("octets      " + octets(report.octets()) + " in accepted messages");
        lines.add(text(
                "time        %.2f s, %d connection%s%s",
                report.seconds(),
                report.connections(),
                report.connections() == 1 ? "" : "s",
                report.stopped() ? ", stopped early" : ""));
        lines.add(text(
                "rate        %.1f messages/s, %.1f recipients/s, %s/s",
                report.messagesPerSecond(), report.recipientsPerSecond(), octets((long) report.octetsPerSecond())));
        latencies(lines, report.latencies());
        counts(lines, "replies", report.replies());
        counts(lines, "connections that came to nothing", report.failures());
        return lines;
    }

    private static void latencies(List<String> lines, Map<String, Latency> latencies) {
        lines.add("");
        lines.add(text("%-12s %9s %9s %9s %9s %9s %9s", "latency, ms", "count", "p50", "p90", "p99", "p99.9", "max"));
        latencies.forEach((what, took) -> {
            if (took.count() > 0) {
                lines.add(text(
                        "%-12s %9d %9s %9s %9s %9s %9s",
                        what,
                        took.count(),
                        figure(took.p50()),
                        figure(took.p90()),
                        figure(took.p99()),
                        figure(took.p999()),
                        figure(took.max())));
            }
        });
    }

    private static void counts(List<String> lines, String title, Map<String, ? extends Map<String, Long>> counts) {
        if (counts.isEmpty()) {
            return;
        }
        lines.add("");
        lines.add(title);
        counts.forEach((stage, kinds) ->
                kinds.forEach((kind, count) -> lines.add(text("%-12s %-24s %9d", stage, kind, count))));
    }

    /// Three digits that mean something.
    private static String figure(double millis) {
        var form = millis >= 100 ? "%.0f" : millis >= 10 ? "%.1f" : "%.2f";
        return text(form, millis);
    }

    /// The same wherever it is read: programs read it too.
    private static String text(String form, Object... values) {
        return String.format(Locale.ROOT, form, values);
    }

    /// `195.3 MiB`, `12 octets`.
    public static String octets(long octets) {
        for (int i = 0; i < UNITS.length; i++) {
            if (octets >= UNITS[i]) {
                return text("%.1f %s", (double) octets / UNITS[i], UNIT_NAMES[i]);
            }
        }
        return octets + " octets";
    }
}
