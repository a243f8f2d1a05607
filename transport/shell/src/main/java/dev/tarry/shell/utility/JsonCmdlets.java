package dev.tarry.shell.utility;

import static dev.tarry.shell.cmdlet.ParameterType.ANY;
import static dev.tarry.shell.cmdlet.ParameterType.SWITCH;
import static dev.tarry.shell.cmdlet.ParameterType.TEXT;
import static dev.tarry.shell.cmdlet.ParameterType.WHOLE;

import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.Parameter;
import dev.tarry.shell.cmdlet.Stage;
import dev.tarry.shell.print.JsonText;
import dev.tarry.shell.value.HashTable;
import dev.tarry.shell.value.Row;
import dev.tarry.shell.value.ShellFailure;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// ConvertTo-Json and ConvertFrom-Json.
public final class JsonCmdlets {
    private static final long DEFAULT_DEPTH = 2;
    private static final long MAX_DEPTH = 100;

    private JsonCmdlets() {}

    public static List<Cmdlet> all() {
        return List.of(
                Cmdlet.named("ConvertTo-Json")
                        .takes(
                                Parameter.of("InputObject", ANY)
                                        .at(0)
                                        .required()
                                        .pipedWhole(),
                                Parameter.of("Depth", WHOLE),
                                Parameter.of("Compress", SWITCH),
                                Parameter.of("AsArray", SWITCH))
                        .refuses("There are no enumerations: what would be one is text.", SWITCH, "EnumsAsStrings")
                        .refuses("What could upset a terminal is always escaped.", "EscapeHandling")
                        .summary("Converts an object to a JSON-formatted string.")
                        .remark("The form is PowerShell 7's: two blanks a level, moments in ISO 8601 and UTC, spans and"
                                + " sizes as their text. It is what programs may rely on.")
                        .does(To::new),
                Cmdlet.named("ConvertFrom-Json")
                        .takes(
                                Parameter.of("InputObject", TEXT)
                                        .at(0)
                                        .required()
                                        .pipedWhole(),
                                Parameter.of("AsHashtable", SWITCH))
                        .refuses("A document may be as deep as it likes.", "Depth")
                        .refuses(
                                "The elements of an array always go one by one; use @(…) or -AsArray.",
                                SWITCH,
                                "NoEnumerate")
                        .summary("Converts a JSON-formatted string to a custom object or a hash table.")
                        .remark("The elements of an array go down the pipeline one by one, as in PowerShell 7; moments"
                                + " stay text, as in 5.1.")
                        .does(From::new));
    }

    private static final class To extends Gathering {
        @Override
        public void end(Call call) {
            long depth = call.whole("Depth").orElse(DEFAULT_DEPTH);
            if (depth < 0 || depth > MAX_DEPTH) {
                throw Inputs.notInRange("Depth", "It takes 0 to " + MAX_DEPTH + ".");
            }
            if (items.isEmpty()) {
                return;
            }
            Object value = items.size() > 1 || call.flag("AsArray") ? items : items.getFirst();
            // The array around several objects is not a level of the objects.
            long levels = items.size() > 1 || call.flag("AsArray") ? depth + 1 : depth;
            JsonText json = JsonText.of(value, (int) levels, call.flag("Compress"));
            if (json.isTruncated()) {
                call.warn("Resulting JSON is truncated as serialization has exceeded the set depth of " + depth + ".");
            }
            call.write(json.text());
        }
    }

    /// Its input is one document, however many lines it came in.
    private static final class From implements Stage {
        private final List<String> lines = new ArrayList<>();

        @Override
        public void process(Call call) {
            call.text("InputObject").ifPresent(lines::add);
        }

        @Override
        public void end(Call call) {
            String text = String.join("\n", lines);
            if (text.isBlank()) {
                return;
            }
            JsonNode tree;
            try {
                tree = JsonMapper.builder()
                        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                        .build()
                        .readTree(text);
            } catch (JacksonException e) {
                throw ShellFailure.of(
                        ShellFailure.Category.InvalidArgument,
                        "InvalidJson",
                        "ArgumentException",
                        "Invalid JSON: " + e.getOriginalMessage() + where(e));
            }
            boolean tables = call.flag("AsHashtable");
            if (tree.isArray()) {
                tree.forEach(element -> call.write(value(element, tables)));
            } else {
                call.write(value(tree, tables));
            }
        }

        private static String where(JacksonException e) {
            return e.getLocation() == null
                    ? ""
                    : " (line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ")";
        }

        private static Object value(JsonNode node, boolean tables) {
            return switch (node.getNodeType()) {
                case OBJECT -> tables ? table(node) : row(node);
                case ARRAY -> {
                    List<Object> elements = new ArrayList<>();
                    node.forEach(element -> elements.add(value(element, tables)));
                    yield elements;
                }
                case BOOLEAN -> node.booleanValue();
                case NUMBER ->
                    node.isIntegralNumber() && node.canConvertToLong()
                            ? (Object) node.longValue()
                            : (Object) node.doubleValue();
                case STRING -> node.stringValue();
                case NULL, MISSING -> null;
                case BINARY, POJO -> node.toString();
            };
        }

        private static Row row(JsonNode node) {
            Row row = new Row(Row.CUSTOM);
            node.properties().forEach(property -> {
                if (row.has(property.getKey())) {
                    throw ShellFailure.of(
                            ShellFailure.Category.InvalidOperation,
                            "KeysWithDifferentCasingInJsonString",
                            "InvalidOperationException",
                            "Cannot convert the JSON string because it contains keys with different casing: '"
                                    + row.spelt(property.getKey()) + "' and '" + property.getKey() + "'.");
                }
                row.with(property.getKey(), value(property.getValue(), false));
            });
            return row;
        }

        private static HashTable table(JsonNode node) {
            HashTable table = new HashTable();
            node.properties().forEach(property -> table.add(property.getKey(), value(property.getValue(), true)));
            return table;
        }
    }
}
