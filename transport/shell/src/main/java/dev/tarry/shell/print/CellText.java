package dev.tarry.shell.print;

import java.util.ArrayList;
import java.util.List;
import org.jline.utils.WCWidth;

/// Text measured in the cells of a terminal: a Chinese character takes two, a combining accent none.
final class CellText {
    private static final String DOTS = "...";

    private CellText() {}

    /// How many cells a safe text takes.
    static int width(String text) {
        int cells = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            cells += width(c);
            i += Character.charCount(c);
        }
        return cells;
    }

    private static int width(int codePoint) {
        return codePoint < 0x300 ? 1 : Math.max(0, WCWidth.wcwidth(codePoint));
    }

    /// The text, or as much of it as fits, with `...` for the rest.
    static String cut(String text, int cells) {
        if (width(text) <= cells) {
            return text;
        }
        return cells <= DOTS.length()
                ? text.substring(0, fitting(text, 0, cells))
                : text.substring(0, fitting(text, 0, cells - DOTS.length())) + DOTS;
    }

    /// The text in exactly so many cells, which it must not exceed.
    static String padded(String text, int cells, Alignment alignment) {
        int free = Math.max(0, cells - width(text));
        int before = switch (alignment) {
            case LEFT, BY_KIND -> 0;
            case RIGHT -> free;
            case CENTER -> free / 2;
        };
        return " ".repeat(before) + text + " ".repeat(free - before);
    }

    /// The text in pieces that fit, broken at the last blank there is, else in the word. Line feeds break too.
    static List<String> wrapped(String text, int cells) {
        List<String> pieces = new ArrayList<>();
        for (String line : text.replace('\t', ' ').split("\n", -1)) {
            int start = 0;
            int end = fitting(line, start, cells);
            while (end < line.length()) {
                int blank = line.lastIndexOf(' ', end);
                boolean atBlank = blank > start;
                pieces.add(line.substring(start, atBlank ? blank : end));
                start = atBlank ? blank + 1 : end;
                end = fitting(line, start, cells);
            }
            pieces.add(line.substring(start));
        }
        return pieces;
    }

    /// Where the text that begins at `start` has filled the cells: the index after the last character that fits, and
    /// after one character at least.
    static int fitting(String text, int start, int cells) {
        int used = 0;
        int i = start;
        while (i < text.length()) {
            int c = text.codePointAt(i);
            used += width(c);
            if (used > cells && i > start) {
                break;
            }
            i += Character.charCount(c);
        }
        return i;
    }
}
