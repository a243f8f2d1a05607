package dev.tarry.protocol;

import dev.tarry.log.CsvLine;
import dev.tarry.log.FieldText;
import dev.tarry.log.LogLines;
import dev.tarry.log.RollingLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// Reads a protocol log's files, from the newest line backwards. Blocking; not for a loop.
public final class ProtocolSearch {
    private final RollingLog<ProtocolRow> log;

    public ProtocolSearch(RollingLog<ProtocolRow> log) {
        this.log = log;
    }

    /// A line as it stands in a file, its fields as they were before they were escaped.
    ///
    /// @param fields one for each of [ProtocolFormat#FIELDS]
    public record Line(List<String> fields) {
        public Line {
            fields = List.copyOf(fields);
        }

        /// @param name one of [ProtocolFormat#FIELDS]
        public String field(String name) {
            return fields.get(ProtocolFormat.FIELDS.indexOf(name));
        }
    }

    /// What to look for; absent: anything.
    ///
    /// @param connector the connector-id; case does not count
    /// @param session   the session-id; case does not count
    /// @param remote    the remote endpoint, or its address alone
    /// @param text      stands somewhere in data or context; case does not count
    /// @param start     the first moment, as lines have it
    /// @param end       the moment before which, as lines have it
    /// @param most      so many of the newest
    public record Wanted(
            Optional<String> connector,
            Optional<String> session,
            Optional<String> remote,
            Optional<String> text,
            Optional<String> start,
            Optional<String> end,
            int most) {
        boolean fits(Line line) {
            String time = line.field("date-time");
            String endpoint = line.field("remote-endpoint");
            return connector.stream().allMatch(line.field("connector-id")::equalsIgnoreCase)
                    && session.stream().allMatch(line.field("session-id")::equalsIgnoreCase)
                    && remote.stream().allMatch(r -> endpoint.equals(r) || endpoint.startsWith(r + ":"))
                    && text.stream().allMatch(t -> holds(line.field("data"), t) || holds(line.field("context"), t))
                    && start.stream().allMatch(s -> time.compareTo(s) >= 0)
                    && end.stream().allMatch(e -> time.compareTo(e) < 0);
        }

        private static boolean holds(String text, String part) {
            for (int i = 0; i + part.length() <= text.length(); i++) {
                if (text.regionMatches(true, i, part, 0, part.length())) {
                    return true;
                }
            }
            return false;
        }
    }

    /// @param lines oldest first
    /// @param more  whether there are older ones
    public record Found(List<Line> lines, boolean more) {
        public Found {
            lines = List.copyOf(lines);
        }
    }

    /// The newest lines that fit, in the order in which they were written. What was said just now is among them.
    ///
    /// @throws IOException if the log cannot be read
    public Found find(Wanted wanted) throws IOException {
        List<Line> found = new ArrayList<>();
        for (RollingLog.Part part : log.parts().reversed()) {
            if (found.size() > wanted.most()) {
                break;
            }
            try {
                LogLines.read(part.path(), part.bytes(), true, (octets, from, to) -> {
                    parsed(octets, from, to).filter(wanted::fits).ifPresent(found::add);
                    return found.size() <= wanted.most();
                });
            } catch (NoSuchFileException _) {
                // it was too old, and is gone
            }
        }
        boolean more = found.size() > wanted.most();
        List<Line> lines = new ArrayList<>(more ? found.subList(0, wanted.most()) : found);
        Collections.reverse(lines);
        return new Found(lines, more);
    }

    private static Optional<Line> parsed(byte[] octets, int from, int to) {
        int end = to > from && octets[to - 1] == '\r' ? to - 1 : to;
        if (from == end || octets[from] == '#') {
            return Optional.empty();
        }
        return CsvLine.parse(new String(octets, from, end - from, StandardCharsets.UTF_8))
                .filter(fields -> fields.size() == ProtocolFormat.FIELDS.size())
                .map(fields ->
                        new Line(fields.stream().map(FieldText::unescaped).toList()));
    }
}
