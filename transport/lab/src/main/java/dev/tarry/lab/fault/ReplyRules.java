package dev.tarry.lab.fault;

import java.util.Locale;

/// What a reply that a fault puts into a host's mouth may be.
final class ReplyRules {
    /// With code, space and line end within the 512 octets of a reply line (RFC 5321 §4.5.3.1.5), if it is ASCII.
    private static final int LINE_MAX = 500;

    private static final int LINES_MAX = 1_000;

    private ReplyRules() {}

    static void refusal(int code, String text) {
        Bounds.checked("code", code, 400, 599);
        text(text);
    }

    static void text(String text) {
        var lines = text.split("\n", -1);
        Bounds.checked("text, lines", lines.length, 1, LINES_MAX);
        for (var line : lines) {
            if (line.length() > LINE_MAX) {
                throw new BadFault(
                        "text",
                        String.format(Locale.ROOT, "has a line of %d characters", line.length()),
                        "at most " + LINE_MAX + " are allowed");
            }
            if (line.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
                throw new BadFault(
                        "text", "holds a control character", "printable text is needed; what: raw sends any octets");
            }
        }
    }
}
