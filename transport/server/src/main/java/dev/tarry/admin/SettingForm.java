package dev.tarry.admin;

import dev.tarry.config.Sizes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How a setting looks as a property: from its printed text to the value that answers have, and from a
/// value that was sent to a text that the settings read. Pure.
public enum SettingForm {
    FLAG,
    WHOLE,
    /// a number, or `Unlimited`
    COUNT,
    /// `d.hh:mm:ss`
    SPAN,
    /// bytes: as Exchange prints them, `35 MB (36,700,160 bytes)`, or `Unlimited`
    SIZE,
    /// null where there is nothing
    TEXT,
    /// several words in one text: `DowngradeDnsFailures, UpgradeCustomFailures`
    WORDS,
    LIST,
    /// a user and a secret, of which only the user is shown; it is written by whoever owns the property
    CREDENTIAL;

    private static final String UNLIMITED = "Unlimited";
    private static final Pattern IN_BYTES = Pattern.compile("[^()]*\\((?<bytes>[\\d,]+) bytes\\)");

    /// @param text as the settings print it
    Object shown(String text) {
        return switch (this) {
            case FLAG -> Boolean.valueOf(text);
            case WHOLE -> Long.valueOf(text);
            case COUNT -> text.equalsIgnoreCase(UNLIMITED) ? UNLIMITED : (Object) Long.valueOf(text);
            case SPAN -> text;
            case SIZE -> text.equalsIgnoreCase(UNLIMITED) ? UNLIMITED : ByteSize.shown(Sizes.parse(text));
            case TEXT, CREDENTIAL -> text.isEmpty() ? null : text;
            case WORDS -> String.join(", ", items(text));
            case LIST -> items(text);
        };
    }

    /// @param value what was sent
    /// @param now what holds, as the settings print it
    /// @param canonical makes one text of all texts for one item of a list
    /// @throws IllegalArgumentException saying what would be right
    String written(Object value, String now, UnaryOperator<String> canonical) {
        return switch (this) {
            case FLAG -> need(value instanceof Boolean, value, "true or false");
            case WHOLE -> need(value instanceof Long, value, "a whole number");
            case COUNT -> need(value instanceof Long || isUnlimited(value), value, "a whole number or \"Unlimited\"");
            case SPAN -> need(value instanceof String, value, "a span of time such as \"00:10:00\" or \"2.00:00:00\"");
            case SIZE -> size(value);
            case TEXT, CREDENTIAL -> value == null ? "" : need(value instanceof String, value, "a text or null");
            case WORDS -> value instanceof String text ? text : String.join(",", given(value));
            case LIST ->
                value instanceof Map<?, ?> edit ? edited(edit, now, canonical) : String.join(",", given(value));
        };
    }

    /// Whether a text has characters that no setting has: line ends above all, also at its end, where they would be
    /// taken off when it is read, and kept where it is written.
    static boolean hasControls(String text) {
        return text.codePoints().anyMatch(Character::isISOControl);
    }

    private static String size(Object value) {
        String text =
                need(value instanceof Long || value instanceof String, value, "bytes, or a size such as \"35MB\"");
        Matcher printed = IN_BYTES.matcher(text);
        return printed.matches() ? printed.group("bytes").replace(",", "") : text;
    }

    private static boolean isUnlimited(Object value) {
        return value instanceof String text && text.equalsIgnoreCase(UNLIMITED);
    }

    private static String need(boolean good, Object value, String right) {
        if (!good) {
            throw new IllegalArgumentException(right);
        }
        return value instanceof Boolean flag ? flag.toString() : value.toString();
    }

    /// Exchange's `@{Add="9.9.9.9"; Remove="1.1.1.1"}`. What is there already is not added twice, and
    /// what is not there need not be removed.
    private static String edited(Map<?, ?> edit, String now, UnaryOperator<String> canonical) {
        List<String> items = new ArrayList<>(items(now));
        edit.forEach((word, some) -> {
            switch (word.toString().toLowerCase(Locale.ROOT)) {
                case "add" ->
                    given(some).stream()
                            .map(canonical)
                            .filter(item -> !items.contains(item))
                            .forEach(items::add);
                case "remove" -> given(some).stream().map(canonical).forEach(items::remove);
                default ->
                    throw new IllegalArgumentException("a list, or {\"Add\": [...], \"Remove\": [...]} to edit it");
            }
        });
        return String.join(",", items);
    }

    /// A list of texts; one text is a list of one, null an empty one.
    private static List<String> given(Object value) {
        return switch (value) {
            case null -> List.of();
            case String one -> List.of(item(one));
            case List<?> several -> several.stream().map(SettingForm::item).toList();
            default -> throw new IllegalArgumentException("a list of texts");
        };
    }

    private static String item(Object value) {
        if (!(value instanceof String text) || text.isBlank() || text.contains(",")) {
            throw new IllegalArgumentException("a list of texts, none of them empty or with a comma in it");
        }
        return text.strip();
    }

    private static List<String> items(String text) {
        return text.isEmpty() ? List.of() : Arrays.asList(text.split(","));
    }
}
