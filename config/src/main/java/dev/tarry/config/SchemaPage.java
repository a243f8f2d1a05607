package dev.tarry.config;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The settings file as a JSON schema (draft 2020-12), for editors: completion, explanation, and red ink
/// before the server is asked. What the server takes fits it; bounds of spans and what only together makes no
/// sense are left to the server.
public final class SchemaPage {
    private SchemaPage() {}

    /// The schema as maps, lists, texts, numbers and truth values, in the order in which it is to be written.
    public static Map<String, Object> tree() {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        root.put("title", "tarry settings");
        root.put("description", "What 'tarry serve --config' reads. Keys may be nested or dotted.");
        section(root, "");
        return root;
    }

    private static void section(Map<String, Object> schema, String prefix) {
        Map<String, Object> properties = new LinkedHashMap<>();
        // completion offers the nested form; the dotted one is checked as well
        Map<String, Object> dotted = new LinkedHashMap<>();
        all().forEach((key, what) -> {
            if (!key.startsWith(prefix)) {
                return;
            }
            String rest = key.substring(prefix.length());
            int dot = rest.indexOf('.');
            if (dot < 0) {
                properties.put(rest, what);
                return;
            }
            properties.computeIfAbsent(rest.substring(0, dot), name -> inner(prefix + name + "."));
            for (int next = rest.indexOf('.', dot + 1); next > 0; next = rest.indexOf('.', next + 1)) {
                String section = rest.substring(0, next);
                dotted.computeIfAbsent(pattern(section), _ -> inner(prefix + section + "."));
            }
            dotted.put(pattern(rest), what);
        });
        schema.put("type", prefix.isEmpty() ? "object" : List.of("object", "null"));
        schema.put("properties", properties);
        if (!dotted.isEmpty()) {
            schema.put("patternProperties", dotted);
        }
        schema.put("additionalProperties", false);
    }

    /// Rows and lists by full key.
    private static Map<String, Object> all() {
        Map<String, Object> all = new LinkedHashMap<>();
        Settings.table().forEach((key, row) -> {
            if (!key.contains("[]")) {
                all.put(key, value(row));
            }
        });
        Settings.lists().forEach(list -> all.put(list.key(), list(list)));
        return all;
    }

    private static String pattern(String key) {
        return "^" + key.replace(".", "\\.") + "$";
    }

    private static Map<String, Object> inner(String prefix) {
        Map<String, Object> schema = new LinkedHashMap<>();
        section(schema, prefix);
        return schema;
    }

    private static Map<String, Object> list(SettingList list) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (Setting<?> row : list.rows()) {
            properties.put(row.key(), value(row));
            if (row.required()) {
                required.add(row.key());
            }
        }
        Map<String, Object> element = new LinkedHashMap<>();
        element.put("type", "object");
        element.put("properties", properties);
        element.put("required", required);
        element.put("additionalProperties", false);
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("description", list.says());
        schema.put("type", "array");
        schema.put("items", element);
        return schema;
    }

    private static Map<String, Object> value(Setting<?> row) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("description", description(row));
        if (!row.required() && !row.secret()) {
            schema.put("default", row.defaultIn(WorldKind.LAB));
        }
        Map<String, Object> single = single(row);
        if (!row.kind().several()) {
            schema.putAll(single);
            return schema;
        }
        Map<String, Object> items = new LinkedHashMap<>();
        items.put("type", "array");
        items.put("items", single);
        Map<String, Object> nothing = new LinkedHashMap<>();
        nothing.put("type", "object");
        nothing.put("maxProperties", 0);
        schema.put("anyOf", List.of(items, Map.of("type", "string"), nothing));
        return schema;
    }

    private static String description(Setting<?> row) {
        List<String> lines = new ArrayList<>(List.of(row.says()));
        if (!row.bounds().isEmpty()) {
            lines.add("Bounds: " + row.bounds() + ".");
        }
        if (!row.unit().isEmpty()) {
            lines.add("A bare number is " + row.unit() + ".");
        }
        lines.add("A change holds " + row.effect().words() + ".");
        row.exchangeName().ifPresent(name -> lines.add("Exchange: " + name + "."));
        return String.join(" ", lines);
    }

    private static Map<String, Object> single(Setting<?> row) {
        Shape shape = row.kind().shape();
        List<Object> ways = new ArrayList<>();
        if (shape.whole()
                && !(shape.open()
                        || !shape.words().isEmpty() && shape.patterns().isEmpty())) {
            ways.add(whole(row));
        }
        if (shape.truth()) {
            ways.add(Map.of("type", "boolean"));
        }
        if (shape.open()) {
            return Map.of("type", shape.whole() ? List.of("string", "number", "boolean") : List.of("string"));
        }
        if (!shape.words().isEmpty() && !shape.truth()) {
            List<Object> words = new ArrayList<>(shape.words());
            shape.words().stream()
                    .filter(word -> word.matches("\\d+"))
                    .map(BigInteger::new)
                    .forEach(words::add);
            ways.add(Map.of("enum", words));
        }
        if (!shape.words().isEmpty()) {
            ways.add(text(anyCase(shape.words())));
        }
        shape.patterns().forEach(pattern -> ways.add(text(pattern)));
        return Map.of("anyOf", ways);
    }

    private static Map<String, Object> text(String pattern) {
        Map<String, Object> text = new LinkedHashMap<>();
        text.put("type", "string");
        text.put("pattern", pattern);
        return text;
    }

    private static Map<String, Object> whole(Setting<?> row) {
        Map<String, Object> whole = new LinkedHashMap<>();
        whole.put("type", "integer");
        bound(row.least()).ifPresent(least -> whole.put("minimum", least));
        bound(row.most()).ifPresent(most -> whole.put("maximum", most));
        return whole;
    }

    private static Optional<Number> bound(Optional<?> bound) {
        return bound.map(value -> switch (value) {
            case Integer number when number != Integer.MAX_VALUE -> number;
            case Long number when number != Long.MAX_VALUE -> number;
            default -> null;
        });
    }

    /// ECMA's regular expressions have no switch for it.
    private static String anyCase(List<String> words) {
        StringBuilder pattern = new StringBuilder("^\\s*(");
        for (int i = 0; i < words.size(); i++) {
            pattern.append(i == 0 ? "" : "|");
            for (char c : words.get(i).toCharArray()) {
                if (Character.isLetter(c)) {
                    pattern.append('[')
                            .append(Character.toLowerCase(c))
                            .append(Character.toUpperCase(c))
                            .append(']');
                } else {
                    pattern.append(Character.isDigit(c) ? "" : "\\").append(c); // only $ so far
                }
            }
        }
        return pattern.append(")\\s*$").toString();
    }
}
