package dev.tarry.shell.value;

import dev.tarry.shell.syntax.Expression.TextOperation;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;

/// `-join`, `-split`, `-replace`, `-f`.
public final class TextOperations {
    private TextOperations() {}

    public static Object of(TextOperation operation, boolean mindsCase, Object left, Object right) {
        return switch (operation) {
            case JOIN -> TextForm.joined(Conversion.list(left), TextForm.of(right));
            case SPLIT -> split(left, Conversion.list(right), mindsCase);
            case REPLACE -> replace(left, Conversion.list(right), mindsCase);
            case FORMAT -> format(TextForm.of(left), right instanceof List<?> list ? list : listOfOne(right));
        };
    }

    private static List<?> listOfOne(Object value) {
        List<Object> one = new ArrayList<>();
        one.add(value);
        return one;
    }

    /// `-join $x` and `-split $x`.
    public static Object unary(TextOperation operation, Object operand) {
        if (operation == TextOperation.JOIN) {
            return TextForm.joined(Conversion.list(operand), "");
        }
        List<Object> words = new ArrayList<>();
        for (Object text : Conversion.list(operand)) {
            String stripped = TextForm.of(text).strip();
            if (!stripped.isEmpty()) {
                words.addAll(List.of(stripped.split("\\s+")));
            }
        }
        return words;
    }

    private static Object split(Object left, List<Object> right, boolean mindsCase) {
        if (right.size() > 2) {
            throw ShellFailure.runtime(
                    "BadOperatorArgument",
                    "The -split operator of this shell takes a pattern and a limit, not options.");
        }
        int limit =
                right.size() == 2 ? Conversion.whole(right.get(1)).orElse(0L).intValue() : 0;
        List<Object> parts = new ArrayList<>();
        for (Object text : Conversion.list(left)) {
            parts.addAll(Comparing.pattern(right.isEmpty() ? "" : right.getFirst(), mindsCase)
                    .split(TextForm.of(text), Math.max(0, limit)));
        }
        return parts;
    }

    private static Object replace(Object left, List<Object> right, boolean mindsCase) {
        if (right.size() > 2) {
            throw ShellFailure.runtime(
                    "BadReplaceArgument",
                    "The -replace operator must be followed by a pattern and its replacement, not by " + right.size()
                            + " values.");
        }
        Object pattern = right.isEmpty() ? "" : right.getFirst();
        String replacement = right.size() == 2 ? TextForm.of(right.get(1)) : "";
        Regex regex = Comparing.pattern(pattern, mindsCase);
        List<Object> replaced = new ArrayList<>();
        for (Object text : left == null ? List.of("") : Conversion.list(left)) {
            replaced.add(regex.replaced(TextForm.of(text), replacement));
        }
        return left instanceof List<?> ? replaced : Conversion.collected(replaced);
    }

    static String format(String format, List<?> values) {
        StringBuilder text = new StringBuilder();
        int i = 0;
        while (i < format.length()) {
            char c = format.charAt(i);
            boolean doubled = i + 1 < format.length() && format.charAt(i + 1) == c;
            if ((c == '{' || c == '}') && doubled) {
                text.append(c);
                i += 2;
            } else if (c == '{') {
                int close = format.indexOf('}', i);
                if (close < 0) {
                    throw wrongFormat("Input string was not in a correct format.");
                }
                text.append(item(format.substring(i + 1, close), values));
                i = close + 1;
            } else if (c == '}') {
                throw wrongFormat("Input string was not in a correct format.");
            } else {
                text.append(c);
                i++;
            }
        }
        return text.toString();
    }

    private static String item(String item, List<?> values) {
        int colon = item.indexOf(':');
        String form = colon < 0 ? "" : item.substring(colon + 1);
        String head = colon < 0 ? item : item.substring(0, colon);
        int comma = head.indexOf(',');
        int index;
        int width;
        try {
            index = Integer.parseInt((comma < 0 ? head : head.substring(0, comma)).trim());
            width = comma < 0 ? 0 : Integer.parseInt(head.substring(comma + 1).trim());
        } catch (NumberFormatException _) {
            throw wrongFormat("Input string was not in a correct format.");
        }
        if (index < 0 || index >= values.size() || Math.abs(width) > 1000) {
            throw wrongFormat("Index (zero based) must be greater than or equal to zero and less than the size of the "
                    + "argument list.");
        }
        Object value = values.get(index);
        String text = switch (value) {
            case ZonedDateTime date -> DateForm.formatted(date, form);
            case Number number ->
                NumberForm.formatted(number, form)
                        .orElseThrow(() ->
                                wrongFormat("The number format '" + form + "' is not one that this shell knows."));
            case Duration span -> SpanForm.formatted(span, form);
            case null, default -> TextForm.of(value);
        };
        String pad = " ".repeat(Math.max(0, Math.abs(width) - text.length()));
        return width < 0 ? text + pad : pad + text;
    }

    private static ShellFailure wrongFormat(String why) {
        return ShellFailure.runtime("FormatError", "Error formatting a string: " + why);
    }
}
