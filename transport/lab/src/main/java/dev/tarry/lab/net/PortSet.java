package dev.tarry.lab.net;

import java.util.ArrayList;
import java.util.List;

/// Ports as firewall rules write them: `Any`, `53`, `53,853`, `1024-2048`.
///
/// @param text as it is shown
public record PortSet(String text) {
    public static final PortSet ANY = new PortSet("Any");
    static final int TEXT_MAX = 4_000;
    private static final String FIELD = "RemotePort";

    public PortSet {
        if (text.length() > TEXT_MAX) {
            throw new BadRule(FIELD, "has " + text.length() + " characters", "at most " + TEXT_MAX);
        }
        ranges(text);
    }

    public boolean any() {
        return ranges(text).isEmpty();
    }

    public boolean contains(int port) {
        var ranges = ranges(text);
        return ranges.isEmpty() || ranges.stream().anyMatch(range -> port >= range.from && port <= range.to);
    }

    /// No ranges at all: any port.
    private static List<Range> ranges(String text) {
        if (text.strip().equalsIgnoreCase("any")) {
            return List.of();
        }
        var ranges = new ArrayList<Range>();
        for (String part : text.split(",", -1)) {
            var ends = part.strip().split("-", 2);
            int from = port(ends[0], text);
            int to = ends.length == 1 ? from : port(ends[1], text);
            if (from > to) {
                throw wrong(text);
            }
            ranges.add(new Range(from, to));
        }
        return ranges;
    }

    private static int port(String digits, String whole) {
        var number = digits.strip();
        if (number.isEmpty() || number.length() > 5 || !number.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw wrong(whole);
        }
        int port = Integer.parseInt(number);
        if (port > 65_535) {
            throw wrong(whole);
        }
        return port;
    }

    private static BadRule wrong(String text) {
        return new BadRule(
                FIELD,
                "'" + text + "' names no ports",
                "Any, a number (0-65535), a list (53,853) or a range (1024-2048)");
    }

    private record Range(int from, int to) {}

    @Override
    public String toString() {
        return text;
    }
}
