package dev.tarry.mail;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// An SMTP reply (RFC 5321 §4.2): a code and the text of its lines, kept verbatim, any enhanced status code included.
///
/// @param code  200 to 599
/// @param lines text after the code and its separator, without line ends; at least one, possibly empty
public record Reply(int code, List<String> lines) {
    public Reply {
        if (code < 200 || code > 599) {
            throw new IllegalArgumentException("a reply code is 200 to 599, not " + code);
        }
        lines = List.copyOf(lines);
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("a reply has at least one line");
        }
    }

    public static Reply of(int code, String... lines) {
        return new Reply(code, lines.length == 0 ? List.of("") : List.of(lines));
    }

    /// Reads one line as logs and settings keep it: `550 5.1.1 User unknown`.
    ///
    /// @throws IllegalArgumentException if it does not begin with a code
    public static Reply parse(String line) {
        if (line.length() < 3 || (line.length() > 3 && line.charAt(3) != ' ')) {
            throw new IllegalArgumentException("a reply begins with three digits and a space: " + line);
        }
        try {
            return of(Integer.parseInt(line.substring(0, 3)), line.length() > 4 ? line.substring(4) : "");
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("a reply begins with three digits: " + line, e);
        }
    }

    /// The same with no more than so many characters in all its lines; what is cut off is not told.
    public Reply cut(int maxCharacters) {
        int left = maxCharacters;
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).length() > left) {
                List<String> kept = new ArrayList<>(lines.subList(0, i));
                kept.add(lines.get(i).substring(0, left));
                return new Reply(code, kept);
            }
            left -= lines.get(i).length();
        }
        return this;
    }

    public boolean positive() {
        return code < 400;
    }

    /// 4xx: try again later.
    public boolean transientNegative() {
        return code >= 400 && code < 500;
    }

    /// 5xx: do not try again.
    public boolean permanentNegative() {
        return code >= 500;
    }

    /// The enhanced status code its text begins with, if any.
    public Optional<EnhancedStatus> enhancedStatus() {
        return EnhancedStatus.leading(lines.getFirst());
    }

    /// The status for a DSN: the one given, or the class of the code with `.0.0` (RFC 3463 §2).
    public EnhancedStatus status() {
        return enhancedStatus().orElseGet(() -> new EnhancedStatus(code < 400 ? 2 : code / 100, 0, 0));
    }

    /// On one line, as logs, LastError and Diagnostic-Code show it.
    @Override
    public String toString() {
        return lines.getFirst().isEmpty() && lines.size() == 1
                ? Integer.toString(code)
                : code + " " + String.join(" ", lines);
    }
}
