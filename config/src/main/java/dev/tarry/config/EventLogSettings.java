package dev.tarry.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// How much each category tells the event log (Set-EventLogLevel).
///
/// @param levels of the categories that are not at `Lowest`; by name, in any case
public record EventLogSettings(Map<String, Level> levels) {
    /// How much is told.
    public enum Level {
        LOWEST("Lowest"),
        LOW("Low"),
        MEDIUM("Medium"),
        HIGH("High"),
        EXPERT("Expert");

        private final String word;

        Level(String word) {
            this.word = word;
        }

        /// As Exchange prints it.
        public String word() {
            return word;
        }

        /// Whether everything is told, the same about the same thing too, each time.
        public boolean tellsAll() {
            return compareTo(HIGH) >= 0;
        }

        private static Level of(String text) {
            return Arrays.stream(values())
                    .filter(level -> level.word.equalsIgnoreCase(text))
                    .findFirst()
                    .orElseThrow(IllegalArgumentException::new);
        }
    }

    private record Row(String category, Level level) {
        private static final Pattern FORM = Pattern.compile("([A-Za-z][A-Za-z0-9 ]{0,40}):([A-Za-z]+)");

        static Row of(String text) {
            Matcher match = FORM.matcher(text.strip());
            if (!match.matches()) {
                throw new IllegalArgumentException();
            }
            return new Row(match.group(1), Level.of(match.group(2)));
        }

        @Override
        public String toString() {
            return category + ":" + level.word();
        }
    }

    private static final Kind<Row> ROW = Kind.plain(
            "a category's level",
            "write category:level (SmtpSend:High); levels are Lowest, Low, Medium, High, Expert",
            Row::of,
            Row::toString);

    private static final Setting<List<Row>> LEVELS = Setting.of(
            "eventLog.levels",
            Kinds.list(ROW),
            "",
            "How much categories tell the event log (Set-EventLogLevel), each as category:level. Up to Medium the same"
                    + " about the same thing is told once an hour; at High and Expert each time.");

    static final List<Setting<?>> ROWS = List.of(LEVELS);

    /// Copied.
    public EventLogSettings {
        SequencedMap<String, Level> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        levels.forEach((category, level) -> {
            if (level != Level.LOWEST) {
                copy.put(category, level);
            }
        });
        levels = Collections.unmodifiableSequencedMap(copy);
    }

    static EventLogSettings from(Values values) {
        Map<String, Level> levels = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        values.of(LEVELS).forEach(row -> levels.put(row.category(), row.level()));
        return new EventLogSettings(levels);
    }

    /// A category's.
    public Level level(String category) {
        return levels.getOrDefault(category, Level.LOWEST);
    }

    /// The same with another level for a category.
    public EventLogSettings with(String category, Level level) {
        Map<String, Level> other = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        other.putAll(levels);
        other.put(category, level);
        return new EventLogSettings(other);
    }

    /// As the setting is written.
    public String written() {
        List<String> rows = new ArrayList<>();
        levels.forEach((category, level) -> rows.add(new Row(category, level).toString()));
        return rows.stream().collect(Collectors.joining(","));
    }

    /// The setting's key.
    public static String key() {
        return LEVELS.key();
    }
}
