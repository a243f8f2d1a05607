package dev.tarry.shell.value;

import dev.tarry.shell.syntax.ScriptBlock;
import java.net.InetAddress;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.List;

/// Values as text. [#of] is what a string made of it holds, [#display] what a table or list shows. An array in an array
/// is its type's name, and an object in an object nothing, as in PowerShell: so no value is too deep to be shown.
public final class TextForm {
    /// How many elements of a list a cell shows before the dots ($FormatEnumerationLimit as the Exchange shell sets
    /// it).
    public static final int ENUMERATION_LIMIT = 16;

    /// How many objects one is looked for behind, whose Identity is an object in its turn.
    private static final int MAX_IDENTITIES = 10;

    private TextForm() {}

    public static String of(Object value) {
        return switch (value) {
            case null -> "";
            case String text -> text;
            case Boolean flag -> flag ? "True" : "False";
            case Number number -> NumberForm.plain(number);
            case ZonedDateTime date -> DateForm.invariant(date);
            case Duration span -> SpanForm.of(span);
            case List<?> list -> joined(list, " ");
            case HashTable _ -> Conversion.typeName(value);
            case InetAddress address -> address.getHostAddress();
            case Regex.Match match -> match.value();
            case Regex.Capture capture -> capture.value();
            case Row row -> row(row);
            case ScriptBlock block -> block.text();
            default -> value.toString();
        };
    }

    public static String display(Object value) {
        return switch (value) {
            case ZonedDateTime date -> DateForm.display(date);
            case List<?> list -> braces(list);
            case HashTable table -> braces(table.keys());
            case null, default -> of(value);
        };
    }

    private static String displayed(Object element) {
        return element instanceof HashTable ? Conversion.typeName(element) : display(element);
    }

    /// The elements' texts with a separator between them.
    public static String joined(List<?> list, String separator) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < list.size(); i++) {
            text.append(i == 0 ? "" : separator).append(inside(list.get(i)));
        }
        return text.toString();
    }

    private static String inside(Object element) {
        return element instanceof List<?> ? Conversion.typeName(element) : of(element);
    }

    private static String braces(List<?> list) {
        StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < list.size() && i < ENUMERATION_LIMIT; i++) {
            text.append(i == 0 ? "" : ", ")
                    .append(list.get(i) instanceof List<?> inner ? Conversion.typeName(inner) : displayed(list.get(i)));
        }
        text.append(list.size() > ENUMERATION_LIMIT ? "..." : "");
        return text.append('}').toString();
    }

    /// Exchange's objects are their identity in a string; nameless ones show what they hold.
    private static String row(Row row) {
        if (isNamed(row)) {
            Object identity = row.get("Identity");
            for (int i = 0; i < MAX_IDENTITIES && identity instanceof Row inner && isNamed(inner); i++) {
                identity = inner.get("Identity");
            }
            return property(identity);
        }
        if (row.type().equals(ErrorRecords.CATEGORY_TYPE)) {
            return ErrorRecords.categoryText(row);
        }
        switch (row.type()) {
            case "FileInfo", "DirectoryInfo" -> {
                return of(row.get("FullName"));
            }
            case "PathInfo" -> {
                return of(row.get("Path"));
            }
            default -> {}
        }
        StringBuilder text = new StringBuilder("@{");
        for (String name : row.names()) {
            text.append(text.length() > 2 ? "; " : "").append(name).append('=').append(property(row.get(name)));
        }
        return text.append('}').toString();
    }

    private static boolean isNamed(Row row) {
        return row.has("Identity") && !row.type().startsWith("Selected.");
    }

    private static String property(Object value) {
        return value instanceof Row row && !(isNamed(row) && !(row.get("Identity") instanceof Row))
                ? ""
                : inside(value);
    }
}
