package dev.tarry.shell.terminal;

/// Where the strings, names and words of a text end that may be unfinished. Positions are indexes of chars.
///
/// @param of the text
record Ends(String of) {
    /// @param start of the opening quote
    /// @return after the closing quote; -1 where there is none
    int text(int start) {
        boolean single = isSingle(of.charAt(start));
        int i = start + 1;
        while (i < of.length()) {
            char c = of.charAt(i);
            if (single ? isSingle(c) : isDouble(c)) {
                return i + 1;
            }
            if (!single && c == '`') {
                i++;
            } else if (!single && c == '$' && i + 1 < of.length() && of.charAt(i + 1) == '(') {
                i = subexpression(i + 2);
                if (i < 0) {
                    return -1;
                }
                continue;
            }
            i++;
        }
        return -1;
    }

    private static boolean isSingle(char c) {
        return c == '\'' || c == '\u2018' || c == '\u2019';
    }

    private static boolean isDouble(char c) {
        return c == '"' || c == '\u201c' || c == '\u201d';
    }

    /// @param from after the opening bracket
    /// @return after the closing bracket; -1 where there is none
    private int subexpression(int from) {
        int depth = 1;
        int i = from;
        while (i < of.length() && depth > 0) {
            char c = of.charAt(i);
            if (c == '"' || c == '\'') {
                i = text(i);
                if (i < 0) {
                    return -1;
                }
                continue;
            }
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            i++;
        }
        return depth > 0 ? -1 : i;
    }

    /// @return after the letters, digits and underscores, of which there may be none
    int name(int start) {
        int end = start;
        while (end < of.length() && (Character.isLetterOrDigit(of.charAt(end)) || of.charAt(end) == '_')) {
            end++;
        }
        return end;
    }

    /// @return before the blank, bracket, quote or sign that a bare word ends at, which may be the first char
    int word(int start) {
        int end = start;
        while (end < of.length()
                && !Character.isWhitespace(of.charAt(end))
                && ";|(){},\"'".indexOf(of.charAt(end)) < 0) {
            end++;
        }
        return end;
    }
}
