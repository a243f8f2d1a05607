package dev.tarry.shell.print;

import dev.tarry.shell.value.Conversion;
import dev.tarry.shell.value.DateForm;
import dev.tarry.shell.value.HashTable;
import dev.tarry.shell.value.Members;
import dev.tarry.shell.value.Row;
import dev.tarry.shell.value.ShellFailure;
import dev.tarry.shell.value.TextForm;
import dev.tarry.shell.value.VersionNumber;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// How values look that nobody has formatted: an object with a view of its own as the table that says, another with up
/// to four properties as a table, with more as a list; a hash table as its names and values; all else as a line.
public final class DefaultView {
    /// With more properties than this an object without a view of its own is a list.
    private static final int MAX_TABLE_PROPERTIES = 4;

    private static final String ENTRY = "System.Collections.DictionaryEntry";
    private static final String GUID = "System.Guid";
    private static final String VERSION = "System.Version";

    /// Views of what is no cmdlet's.
    private static final Map<String, List<Column>> BUILT_IN = Map.of(
            ENTRY, List.of(Column.ofView("Name", 30), Column.ofView("Value", 0)),
            GUID, List.of(Column.ofView("Guid", 36)),
            VERSION,
                    List.of(
                            Column.ofView("Major", 6),
                            Column.ofView("Minor", 6),
                            Column.ofView("Build", 6),
                            Column.ofView("Revision", 0)));

    /// What an error is made of; it shows its text unless somebody insists (`Format-List * -Force`).
    private static final List<String> ERROR_PROPERTIES = List.of(
            "Exception",
            "TargetObject",
            "CategoryInfo",
            "FullyQualifiedErrorId",
            "ErrorDetails",
            "InvocationInfo",
            "ScriptStackTrace");
    private static final String MATCH = "MatchInfo";
    /// Arrays that deep in arrays are no longer taken apart.
    private static final int MAX_UNROLLED = 20;
    private static final String SAMPLES = "PerformanceCounterSampleSet";
    private static final String FILE = "FileInfo";
    private static final String FOLDER_OF = "PSParentPath";

    /// Types whose tables come in groups, and the property that makes them.
    private static final Map<String, String> GROUPED =
            Map.of("MemberDefinition", "TypeName", "WinEvent", "ProviderName", FILE, FOLDER_OF);

    private static final String FILE_LABEL = Screen.FRAMED + "Directory";

    /// Types that are shown in another's table.
    private static final Map<String, String> SHOWN_AS = Map.of("DirectoryInfo", FILE);

    private final Map<String, List<Column>> views;
    private final Map<String, Formatted.TableStyle> styles = new HashMap<>();
    private final Formatted.ListStyle list = new Formatted.ListStyle(Optional.empty());

    /// @param views the columns of the default table by object type
    public DefaultView(Map<String, List<Column>> views) {
        this.views = views;
    }

    /// What a screen shows for a value; several pieces for one that holds several.
    public List<Formatted> of(Object value) {
        return of(value, 0);
    }

    private List<Formatted> of(Object value, int depth) {
        return switch (value) {
            case null -> List.of();
            case Formatted formatted -> List.of(formatted);
            case List<?> several
            when depth < MAX_UNROLLED -> {
                List<Formatted> pieces = new ArrayList<>();
                several.forEach(one -> pieces.addAll(of(one, depth + 1)));
                yield pieces;
            }
            case HashTable table -> {
                List<Formatted> pieces = new ArrayList<>();
                entries(table).forEach(entry -> pieces.add(row(entry)));
                yield pieces;
            }
            case Duration _ -> List.of(entry(value, columns(value), list, null));
            case Row row when row.names().isEmpty() -> List.of();
            case Row row when row.type().equals(MATCH) -> List.of(match(row));
            case Row row when row.type().equals(SAMPLES) -> samples(row);
            case Row row
            when view(row.type()).isPresent() || row.names().size() <= MAX_TABLE_PROPERTIES -> List.of(row(row));
            case Row _ -> List.of(entry(value, columns(value), list, null));
            case ZonedDateTime date -> List.of(new Formatted.Line("\n" + DateForm.spoken(date) + "\n\n"));
            case UUID id -> List.of(row(new Row(GUID).with("Guid", id.toString())));
            case VersionNumber version -> {
                Row row = new Row(VERSION);
                BUILT_IN.get(VERSION)
                        .forEach(column -> row.with(column.label(), Members.property(version, column.label())));
                yield List.of(row(row));
            }
            case ShellFailure failure -> List.of(new Formatted.Failed(failure));
            case List<?> deeper -> List.of(new Formatted.Line(Conversion.typeName(deeper)));
            default -> List.of(new Formatted.Line(TextForm.of(value)));
        };
    }

    /// The columns that a table of such objects has where nobody names any; none for what is a line.
    public List<Column> table(Object value) {
        if (!(value instanceof Row row)) {
            return columns(value);
        }
        return view(row.type()).orElseGet(() -> columns(value));
    }

    private Optional<List<Column>> view(String type) {
        String shown = SHOWN_AS.getOrDefault(type, type);
        return Optional.ofNullable(BUILT_IN.getOrDefault(shown, views.get(shown)));
    }

    /// All properties of a value, each under its name; none for what is a line.
    public static List<Column> columns(Object value) {
        return switch (value) {
            case Row row -> row.names().stream().map(Column::of).toList();
            case Duration _ -> Members.SPAN_PROPERTIES.stream().map(Column::of).toList();
            case ShellFailure _ -> ERROR_PROPERTIES.stream().map(Column::of).toList();
            case null, default -> List.of();
        };
    }

    /// What objects of one table have in common.
    public String kind(Object value) {
        return switch (value) {
            case Row row ->
                view(row.type()).isPresent() ? SHOWN_AS.getOrDefault(row.type(), row.type()) : row.type() + row.names();
            case Duration _ -> "TimeSpan";
            case null, default -> "";
        };
    }

    /// The names and values of a hash table, as the objects that it shows.
    public static List<Row> entries(HashTable table) {
        List<Row> rows = new ArrayList<>();
        table.keys()
                .forEach(key ->
                        rows.add(new Row(ENTRY).with("Name", TextForm.of(key)).with("Value", table.get(key))));
        return rows;
    }

    /// An object as the lines of a list.
    public static Formatted.ListEntry entry(
            Object value, List<Column> columns, Formatted.ListStyle style, Object group) {
        List<String> labels = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        for (Column column : columns) {
            labels.add(column.label());
            texts.add(column.text(column.value().apply(value)));
        }
        return new Formatted.ListEntry(style, group, labels, texts);
    }

    /// An object as a row of a table.
    public static Formatted.TableRow row(Object value, Formatted.TableStyle style, Object group) {
        List<Object> values = new ArrayList<>();
        style.columns().forEach(column -> values.add(column.value().apply(value)));
        return new Formatted.TableRow(style, group, values);
    }

    private Formatted.TableRow row(Row row) {
        Optional<String> group = Optional.ofNullable(GROUPED.get(SHOWN_AS.getOrDefault(row.type(), row.type())));
        Optional<String> label = group.map(property -> property.equals(FOLDER_OF) ? FILE_LABEL : property);
        Formatted.TableStyle style = styles.computeIfAbsent(
                kind(row), _ -> new Formatted.TableStyle(List.copyOf(table(row)), false, false, true, label));
        return row(row, style, group.map(row::get).orElse(null));
    }

    /// What Get-Counter read at one moment: a row of the table that has several lines.
    private List<Formatted> samples(Row row) {
        Formatted.TableStyle style = styles.computeIfAbsent(
                SAMPLES,
                _ -> new Formatted.TableStyle(
                        List.of(Column.ofView("Timestamp", 25), Column.ofView("CounterSamples", 0)),
                        false,
                        true,
                        true,
                        Optional.empty()));
        List<Formatted> lines = new ArrayList<>();
        for (String line : TextForm.of(row.get("Readings")).split("\n", -1)) {
            Object time = lines.isEmpty() ? row.get("Timestamp") : "";
            lines.add(new Formatted.TableRow(style, null, List.of(time, line)));
        }
        return List.copyOf(lines.subList(0, lines.size() - 1));
    }

    /// What Select-String found: the line, after the file and the number where it stands in a file.
    private static Formatted match(Row row) {
        String line = TextForm.of(row.get("Line"));
        String path = TextForm.of(row.has("RelativePath") ? row.get("RelativePath") : row.get("Path"));
        return new Formatted.Line(
                path.equals("InputStream") ? line : path + ":" + TextForm.of(row.get("LineNumber")) + ":" + line);
    }
}
