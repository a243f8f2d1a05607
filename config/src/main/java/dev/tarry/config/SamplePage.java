package dev.tarry.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A settings file that holds every setting at its default, commented out, with what it means.
///
/// A `#` with a blank behind it begins a comment; a `#` without one, or with two, stands before a setting.
/// Without those, the file is the defaults written out.
public final class SamplePage {
    private static final int WIDTH_COLUMNS = 110;

    /// Text that is the same text as a plain YAML scalar, also within a flow sequence.
    private static final Pattern PLAIN =
            Pattern.compile("[A-Za-z0-9/.$][A-Za-z0-9/.$:;*_() -]*[A-Za-z0-9/.$;*_)]|[A-Za-z0-9]");

    private static final Pattern NOT_TEXT = Pattern.compile("(?i)true|false|null|yes|no|on|off|[\\d.]+|.*: .*");

    private final StringBuilder page = new StringBuilder();

    private SamplePage() {}

    /// The file.
    public static String text() {
        SamplePage sample = new SamplePage();
        sample.write(Outline.whole());
        return sample.page.toString();
    }

    private void write(Outline outline) {
        page.append("# yaml-language-server: $schema=tarry.schema.json\n");
        comment(
                "",
                "Every setting of tarry, at its default. To change one, take away the # in front of it. What stronger"
                        + " sources say counts more: what is set at run time, TARRY_... variables, --set. This file is"
                        + " written by 'tarry config sample'.");
        outline.sections().forEach((name, rows) -> {
            page.append('\n');
            String indent = name.isEmpty() ? "" : "  ";
            if (!name.isEmpty()) {
                page.append(name).append(":\n");
            }
            for (Setting<?> row : rows) {
                comment(indent, explained(row));
                page.append(indent)
                        .append('#')
                        .append(Outline.last(row.key()))
                        .append(": ")
                        .append(value(row, row.builtIn()))
                        .append('\n');
            }
        });
        outline.lists().forEach(this::list);
    }

    /// As a whole: an element without its list would be nothing.
    private void list(SettingList list) {
        page.append('\n');
        comment("", list.says() + " Whoever writes the list writes all of it.");
        List<Map<String, String>> elements = elements(list);
        if (elements.isEmpty()) {
            page.append('#').append(list.key()).append(": []\n");
            for (Setting<?> row : list.rows()) {
                comment("#    ", row.key() + ": " + explained(row));
            }
            return;
        }
        page.append('#').append(list.key()).append(":\n");
        boolean first = true;
        for (Map<String, String> element : elements) {
            String dash = "- ";
            for (Setting<?> row : list.rows()) {
                String written = element.get(row.key());
                if (written == null && !first) {
                    continue; // told with the first
                }
                if (first && !row.key().equals(list.identity())) {
                    comment("#    ", explained(row));
                }
                page.append("#  ")
                        .append(dash)
                        .append(row.key())
                        .append(": ")
                        .append(value(row, written == null ? row.builtIn() : written))
                        .append('\n');
                dash = "  ";
            }
            first = false;
        }
    }

    private static List<Map<String, String>> elements(SettingList list) {
        return list.builtIn().apply(Values.of(new LinkedHashMap<>(), new ArrayList<>()));
    }

    private static String explained(Setting<?> row) {
        List<String> more = new ArrayList<>();
        if (!row.bounds().isEmpty()) {
            more.add(row.bounds());
        }
        if (!row.kind().shape().words().isEmpty() && !row.kind().shape().truth()) {
            more.add(String.join(", ", row.kind().shape().words()));
        }
        if (!row.unit().isEmpty()) {
            more.add("a bare number is " + row.unit());
        }
        row.networkBuiltIn()
                .ifPresent(other -> more.add((other.isEmpty() ? "nothing" : other) + " where world is network"));
        more.add("a change holds " + row.effect().words());
        row.exchangeName().ifPresent(name -> more.add("Exchange: " + name));
        return row.says() + " (" + String.join("; ", more) + ")";
    }

    private void comment(String indent, String text) {
        StringBuilder line = new StringBuilder(indent).append('#');
        int empty = line.length();
        for (String word : text.split(" ")) {
            if (line.length() > empty && line.length() + 1 + word.length() > WIDTH_COLUMNS) {
                page.append(line).append('\n');
                line = new StringBuilder(indent).append('#');
            }
            line.append(' ').append(word);
        }
        page.append(line).append('\n');
    }

    /// The printed value as YAML.
    private static <T> String value(Setting<T> row, String text) {
        String printed = row.kind().print().apply(row.kind().parse().apply(text));
        if (row.kind().several()) {
            return printed.isEmpty()
                    ? "[]"
                    : Arrays.stream(printed.split(","))
                            .map(SamplePage::scalar)
                            .collect(Collectors.joining(", ", "[", "]"));
        }
        boolean bare = row.kind().shape().whole() || row.kind().shape().truth();
        return bare && printed.matches("\\d+|true|false") ? printed : scalar(printed);
    }

    private static String scalar(String text) {
        return PLAIN.matcher(text).matches() && !NOT_TEXT.matcher(text).matches() ? text : SettingsBook.quoted(text);
    }
}
