package dev.tarry.store;

import dev.tarry.store.Damage.Fate;
import dev.tarry.store.Damage.Finding;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Gathers what a repair finds, and writes it down for people, one line each. For one use.
final class Findings implements AutoCloseable {
    private final BufferedWriter report;
    private final List<Finding> few = new ArrayList<>();
    private final Map<Fate, Long> counts = new EnumMap<>(Fate.class);
    /// messages that a damaged place seems to tell of: lost, unless they are found elsewhere
    private final Map<Long, Finding> doubtful = new TreeMap<>();

    /// @param report the file to write
    Findings(Path report, String why) throws IOException {
        this.report = Files.newBufferedWriter(report, StandardCharsets.UTF_8);
        this.report.write("The store was damaged, and has been repaired: " + printable(why) + "\n");
        this.report.write("What is not as it was, one thing a line:\n\n");
    }

    void add(Fate fate, String kind, long id, String about, String because) {
        Finding finding = new Finding(fate, kind, id, printable(about), printable(because));
        counts.merge(fate, 1L, Long::sum);
        if (few.size() < Damage.MAX_FINDINGS) {
            few.add(finding);
        }
        line(finding);
    }

    /// A message that something damaged seems to speak of.
    void doubtful(long id, String about, String because) {
        if (doubtful.size() < Damage.MAX_FINDINGS) {
            doubtful.putIfAbsent(id, new Finding(Fate.LOST, "message", id, printable(about), printable(because)));
        }
    }

    /// This message is there.
    void found(long id) {
        doubtful.remove(id);
    }

    private void line(Finding finding) {
        try {
            report.write(finding.fate() + " " + finding.kind() + (finding.id() == 0 ? "" : " " + finding.id())
                    + (finding.about().isEmpty() ? "" : ": " + finding.about()) + " (" + finding.because() + ")\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Ends the report.
    Damage damage(Path aside, Path reportFile, String why) throws IOException {
        List.copyOf(doubtful.values()).forEach(f -> add(f.fate(), f.kind(), f.id(), f.about(), f.because()));
        doubtful.clear();
        long lost = of(Fate.LOST) + of(Fate.BODY_LOST);
        report.write("\n" + lost + " lost, " + of(Fate.MOVED) + " moved, " + of(Fate.UNKNOWN)
                + " place(s) of which nobody knows what was there.\nThe damaged store is kept as it was in " + aside
                + ".\n");
        report.close();
        return new Damage(aside, reportFile, printable(why), lost, of(Fate.MOVED), of(Fate.UNKNOWN), few);
    }

    private long of(Fate fate) {
        return counts.getOrDefault(fate, 0L);
    }

    /// What clients wrote must not look like lines, or like anything else, of the report's own.
    private static String printable(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().limit(2_000).forEach(c -> {
            boolean harmless = c >= 0x20 && c != 0x7f && !(c >= 0x80 && c < 0xa0) && !bidirectional(c);
            out.appendCodePoint(harmless ? c : '?');
        });
        return out.toString();
    }

    private static boolean bidirectional(int c) {
        return (c >= 0x200b && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
    }

    @Override
    public void close() throws IOException {
        report.close();
    }
}
