package dev.tarry.mail;

import java.util.Optional;

/// An enhanced mail system status code (RFC 3463): `class.subject.detail`.
///
/// @param category 2, 4 or 5 @param subject 0 to 999 @param detail 0 to 999
public record EnhancedStatus(int category, int subject, int detail) {
    public EnhancedStatus {
        if (category != 2 && category != 4 && category != 5) {
            throw new IllegalArgumentException("the class of an enhanced status is 2, 4 or 5, not " + category);
        }
        if (subject < 0 || subject > 999 || detail < 0 || detail > 999) {
            throw new IllegalArgumentException("subject and detail of an enhanced status are 0 to 999");
        }
    }

    /// Reads a status that begins the text and ends at a space or the end (RFC 2034 §4).
    public static Optional<EnhancedStatus> leading(String text) {
        int space = text.indexOf(' ');
        return parse(space < 0 ? text : text.substring(0, space));
    }

    /// Reads exactly `d.d.d`.
    public static Optional<EnhancedStatus> parse(String text) {
        int first = text.indexOf('.');
        int second = text.indexOf('.', first + 1);
        if (first != 1 || second < 0) {
            return Optional.empty();
        }
        int category = number(text, 0, first);
        int subject = number(text, first + 1, second);
        int detail = number(text, second + 1, text.length());
        if ((category != 2 && category != 4 && category != 5) || subject < 0 || detail < 0) {
            return Optional.empty();
        }
        return Optional.of(new EnhancedStatus(category, subject, detail));
    }

    private static int number(String text, int from, int to) {
        if (to <= from || to - from > 3) {
            return -1;
        }
        int value = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            value = value * 10 + c - '0';
        }
        return value;
    }

    @Override
    public String toString() {
        return category + "." + subject + "." + detail;
    }
}
