package dev.tarry.lab.load;

import java.util.List;

/// A reply of the server.
///
/// @param code 100 to 599
/// @param lines the text of each line behind its code, at least one, one char for each octet
record SmtpReply(int code, List<String> lines) {
    SmtpReply {
        lines = List.copyOf(lines);
    }

    boolean positive() {
        return code >= 200 && code < 300;
    }

    /// 4xx or 5xx.
    boolean refusal() {
        return code >= 400;
    }

    boolean forNow() {
        return code >= 400 && code < 500;
    }

    /// What it is counted under: `250 2.1.5`, or `250` where there is no enhanced code (RFC 3463).
    String kind() {
        var text = lines.getLast();
        int end = text.indexOf(' ');
        var word = end < 0 ? text : text.substring(0, end);
        return enhanced(word) ? code + " " + word : Integer.toString(code);
    }

    private boolean enhanced(String word) {
        int length = word.length();
        if (length < 5 || length > 9 || word.charAt(0) != '0' + code / 100 || word.charAt(1) != '.') {
            return false;
        }
        int dot = word.indexOf('.', 2);
        return digits(word, 2, dot) && digits(word, dot + 1, length);
    }

    private static boolean digits(String word, int from, int to) {
        if (to <= from || to - from > 3) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (word.charAt(i) < '0' || word.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
