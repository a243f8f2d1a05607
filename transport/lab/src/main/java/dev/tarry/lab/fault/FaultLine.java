package dev.tarry.lab.fault;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// A fault as one line of text: place and what goes wrong, then words with their values.
///
/// `dns servfail name=*.external-company.com type=MX server=8.8.8.8 first=3`
///
/// A value with spaces, quotes or control characters stands in double quotes, with `\"`, `\\`, `\n`, `\r`, `\t`,
/// `\0` and `\xNN` in it. What follows a `#` that begins a word is a comment.
public final class FaultLine {
    static final int LENGTH_MAX = 200_000;

    private final String line;
    private int at;

    private FaultLine(String line) {
        this.line = line;
    }

    /// @throws BadFault naming the column or the word that is wrong
    public static Fault read(String line, Instant now) {
        return FaultGrammar.read(words(line), now);
    }

    /// The line that says this fault, without what goes without saying.
    public static String write(Fault fault) {
        var line = new StringBuilder();
        FaultGrammar.write(fault).forEach((word, value) -> {
            if (word.equals("where")) {
                line.append(value);
            } else if (word.equals("what")) {
                line.append(' ').append(value);
            } else if (!FaultGrammar.idle(word, value)) {
                line.append(' ').append(word).append('=');
                quote(value.toString(), line);
            }
        });
        return line.toString();
    }

    /// The words of a line as [FaultGrammar#read] takes them.
    ///
    /// @throws BadFault naming the column
    public static SequencedMap<String, Object> words(String line) {
        if (line.length() > LENGTH_MAX) {
            throw new BadFault(
                    "line", "has " + line.length() + " characters", "at most " + LENGTH_MAX + " are allowed");
        }
        return new FaultLine(line).words();
    }

    private SequencedMap<String, Object> words() {
        var words = new LinkedHashMap<String, Object>();
        for (skipBlanks(); !end(); skipBlanks()) {
            int begin = at;
            var word = bare();
            if (!end() && line.charAt(at) == '=') {
                at++;
                if (words.putIfAbsent(word, value()) != null) {
                    throw wrong(begin, "'" + Words.shown(word) + "' stands there twice", "say it once");
                }
            } else if (!words.containsKey("where")) {
                words.put("where", word);
            } else if (!words.containsKey("what")) {
                words.put("what", word);
            } else {
                throw wrong(begin, "'" + Words.shown(word) + "' has no value", "write " + Words.shown(word) + "=…");
            }
        }
        return words;
    }

    private void skipBlanks() {
        while (!end() && Character.isWhitespace(line.charAt(at))) {
            at++;
        }
        if (!end() && line.charAt(at) == '#') {
            at = line.length();
        }
    }

    private boolean end() {
        return at == line.length();
    }

    private String bare() {
        int begin = at;
        while (!end() && line.charAt(at) != '=' && !Character.isWhitespace(line.charAt(at))) {
            at++;
        }
        if (begin == at) {
            throw wrong(begin, "'=' without a word before it", "write word=value");
        }
        return line.substring(begin, at);
    }

    private String value() {
        if (end() || line.charAt(at) != '"') {
            int begin = at;
            while (!end() && !Character.isWhitespace(line.charAt(at))) {
                at++;
            }
            if (begin == at) {
                throw wrong(begin, "a value is missing", "write word=value, or word=\"\" for an empty one");
            }
            return line.substring(begin, at);
        }
        int begin = at++;
        var value = new StringBuilder();
        while (!end() && line.charAt(at) != '"') {
            value.append(line.charAt(at) == '\\' ? escaped() : line.charAt(at));
            at++;
        }
        if (end()) {
            throw wrong(begin, "a quotation mark is not closed", "end the value with \"");
        }
        at++;
        if (!end() && !Character.isWhitespace(line.charAt(at))) {
            throw wrong(at, "something stands right behind a quoted value", "put a space there");
        }
        return value.toString();
    }

    /// At a backslash; goes to the last character of the escape.
    private char escaped() {
        int begin = at++;
        char escape = end() ? ' ' : line.charAt(at);
        return switch (escape) {
            case '"', '\\' -> escape;
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case '0' -> '\0';
            case 'x' -> {
                try {
                    int octet = Integer.parseInt(line, at + 1, at + 3, 16);
                    at += 2;
                    yield (char) octet;
                } catch (IndexOutOfBoundsException | NumberFormatException _) {
                    throw wrong(begin, "\\x wants two hexadecimal digits", "write it like \\x1b");
                }
            }
            default ->
                throw wrong(begin, "an escape that is not known", "\\\" \\\\ \\n \\r \\t \\0 and \\xNN are known");
        };
    }

    private static void quote(String value, StringBuilder to) {
        boolean plain = !value.isEmpty()
                && value.chars().noneMatch(c -> c <= ' ' || c == '"' || c >= 0x7f || Character.isWhitespace(c));
        if (plain) {
            to.append(value);
            return;
        }
        to.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"', '\\' -> to.append('\\').append(c);
                case '\n' -> to.append("\\n");
                case '\r' -> to.append("\\r");
                case '\t' -> to.append("\\t");
                default -> {
                    if (c < ' ' || (c >= 0x7f && c <= 0xff)) {
                        to.append("\\x").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 0xf, 16));
                    } else {
                        to.append(c);
                    }
                }
            }
        }
        to.append('"');
    }

    private BadFault wrong(int column, String wrong, String right) {
        return new BadFault("column " + (column + 1), wrong, right);
    }
}
