package dev.tarry.shell.value;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The methods of strings.
final class TextMethods {
    private static final int MAX_PAD = 10_000;

    private TextMethods() {}

    /// @throws IndexOutOfBoundsException where a place lies outside the text
    static Object call(String text, Arguments call) {
        return switch (call.is()) {
            case "toupper/0", "toupperinvariant/0" -> text.toUpperCase(Locale.ROOT);
            case "tolower/0", "tolowerinvariant/0" -> text.toLowerCase(Locale.ROOT);
            case "trim/0" -> text.strip();
            case "trimstart/0" -> text.stripLeading();
            case "trimend/0" -> text.stripTrailing();
            case "trim/1" -> trimmed(text, set(call), true, true);
            case "trimstart/1" -> trimmed(text, set(call), true, false);
            case "trimend/1" -> trimmed(text, set(call), false, true);
            case "contains/1" -> text.contains(call.text(0));
            case "startswith/1" -> text.startsWith(call.text(0));
            case "endswith/1" -> text.endsWith(call.text(0));
            case "startswith/2" ->
                ignoresCase(call, 1)
                        ? text.regionMatches(
                                true, 0, call.text(0), 0, call.text(0).length())
                        : text.startsWith(call.text(0));
            case "endswith/2" ->
                ignoresCase(call, 1)
                        ? text.regionMatches(
                                true,
                                text.length() - call.text(0).length(),
                                call.text(0),
                                0,
                                call.text(0).length())
                        : text.endsWith(call.text(0));
            case "equals/1" -> text.equals(call.text(0));
            case "equals/2" -> ignoresCase(call, 1) ? text.equalsIgnoreCase(call.text(0)) : text.equals(call.text(0));
            case "compareto/1" -> {
                int order = text.compareToIgnoreCase(call.text(0));
                yield (long) Integer.signum(order != 0 ? order : -text.compareTo(call.text(0)));
            }
            case "indexof/1" -> (long) text.indexOf(call.text(0));
            case "indexof/2" ->
                call.at(1) instanceof Long
                        ? (long) text.indexOf(call.text(0), inside(text, call, 1))
                        : (long)
                                (ignoresCase(call, 1)
                                        ? text.toLowerCase(Locale.ROOT)
                                                .indexOf(call.text(0).toLowerCase(Locale.ROOT))
                                        : text.indexOf(call.text(0)));
            case "lastindexof/1" -> (long) text.lastIndexOf(call.text(0));
            case "replace/2" -> {
                if (call.text(0).isEmpty()) {
                    throw call.failed(
                            "ArgumentException",
                            "String cannot be of zero length.\r\nParameter name: oldValue".replace("\r\n", " "));
                }
                yield text.replace(call.text(0), call.text(1));
            }
            case "substring/1" -> text.substring(inside(text, call, 0));
            case "substring/2" -> {
                int start = call.whole(0);
                int length = call.whole(1);
                if (start < 0 || length < 0 || start > text.length() || length > text.length() - start) {
                    throw call.failed(
                            "ArgumentOutOfRangeException",
                            "Index and length must refer to a location within the string. Parameter name: length");
                }
                yield text.substring(start, start + length);
            }
            case "remove/1" -> text.substring(0, inside(text, call, 0));
            case "remove/2" -> {
                int start = inside(text, call, 0);
                yield text.substring(0, start) + text.substring(Math.addExact(start, call.whole(1)));
            }
            case "insert/2" ->
                new StringBuilder(text)
                        .insert(inside(text, call, 0), call.text(1))
                        .toString();
            case "split/0" -> split(text, " \t\r\n", 0, false);
            case "split/1" -> split(text, separators(call.at(0)), 0, false);
            case "split/2" -> {
                boolean limited = call.at(1) instanceof Long && call.whole(1) > 1;
                boolean removes = call.text(1).equals("1") || call.text(1).equalsIgnoreCase("RemoveEmptyEntries");
                yield split(text, separators(call.at(0)), limited ? call.whole(1) : 0, removes);
            }
            case "padleft/1" -> pad(text, call, ' ') + text;
            case "padleft/2" -> pad(text, call, letter(call, 1)) + text;
            case "padright/1" -> text + pad(text, call, ' ');
            case "padright/2" -> text + pad(text, call, letter(call, 1));
            case "tochararray/0" -> {
                List<Object> letters = new ArrayList<>();
                text.chars().forEach(c -> letters.add((char) c));
                yield letters;
            }
            case "tostring/0", "normalize/0" -> text;
            case "tostring/1" -> text;
            default -> throw call.unknown();
        };
    }

    private static boolean ignoresCase(Arguments call, int place) {
        return call.text(place).toLowerCase(Locale.ROOT).endsWith("ignorecase");
    }

    private static int inside(String text, Arguments call, int place) {
        int index = call.whole(place);
        if (index < 0 || index > text.length()) {
            throw call.failed(
                    "ArgumentOutOfRangeException",
                    "startIndex cannot be larger than length of string. Parameter name: startIndex");
        }
        return index;
    }

    private static char letter(Arguments call, int place) {
        String text = call.text(place);
        if (text.length() != 1) {
            throw call.wrong(place, "System.Char");
        }
        return text.charAt(0);
    }

    private static String pad(String text, Arguments call, char with) {
        int width = call.whole(0);
        if (width < 0 || width > MAX_PAD) {
            throw call.failed(
                    "ArgumentOutOfRangeException", "A width is 0 to " + MAX_PAD + ". Parameter name: totalWidth");
        }
        return String.valueOf(with).repeat(Math.max(0, width - text.length()));
    }

    private static String set(Arguments call) {
        return separators(call.at(0));
    }

    private static String separators(Object given) {
        return TextForm.joined(Conversion.list(given), "");
    }

    private static String trimmed(String text, String set, boolean start, boolean end) {
        int from = 0;
        int to = text.length();
        while (start && from < to && set.indexOf(text.charAt(from)) >= 0) {
            from++;
        }
        while (end && to > from && set.indexOf(text.charAt(to - 1)) >= 0) {
            to--;
        }
        return text.substring(from, to);
    }

    /// Each character of the argument separates, as .NET Framework's `Split(char[])` has it.
    ///
    /// @param limit the most pieces; 0 for any number
    private static List<Object> split(String text, String separators, int limit, boolean removesEmpty) {
        List<Object> parts = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < text.length() && (limit == 0 || parts.size() < limit - 1); i++) {
            if (separators.indexOf(text.charAt(i)) >= 0) {
                if (!removesEmpty || i > start) {
                    parts.add(text.substring(start, i));
                }
                start = i + 1;
            }
        }
        if (!removesEmpty || start < text.length()) {
            parts.add(text.substring(start));
        }
        return parts;
    }
}
