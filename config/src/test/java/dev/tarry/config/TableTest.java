package dev.tarry.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class TableTest {
    private final Map<String, Setting<?>> table = Settings.table();

    @Test
    void every_row_is_read_into_the_settings_and_nothing_else_is() throws ConfigException {
        Set<String> read = new HashSet<>();
        // a list that is empty unless somebody writes it is read when somebody does
        Settings.load(Optional.empty(), Map.of(), List.of("dsn.texts=[{dsnCode: 5.4.4, text: hello}]"))
                .explained()
                .forEach(one -> read.add(one.key().replaceAll("\\[\\d+]", "[]")));

        assertEquals(table.keySet(), read);
    }

    @Test
    void every_row_says_one_sentence() {
        table.forEach(
                (key, row) -> assertTrue(row.says().endsWith(".") && row.says().length() > 8, key));
    }

    @Test
    void every_default_is_within_its_bounds_and_reads_back_as_it_prints() {
        table.forEach((key, row) -> assertTrue(defaultHolds(row), key));
    }

    @Test
    void every_number_size_and_span_has_bounds() {
        List<Kind<?>> bounded =
                List.of(Kinds.COUNT, Kinds.COUNT_OR_UNLIMITED, Kinds.SIZE, Kinds.SIZE_OR_UNLIMITED, Kinds.SPAN);
        List<String> unbounded = new ArrayList<>();
        table.forEach((key, row) -> {
            if (bounded.contains(row.kind()) && row.bounds().isEmpty()) {
                unbounded.add(key);
            }
        });

        assertEquals(List.of(), unbounded);
    }

    @Test
    void no_two_keys_share_a_variable() {
        Set<String> variables = new HashSet<>();
        table.values().stream()
                .filter(row -> row.key().contains("."))
                .forEach(row -> assertTrue(variables.add(row.variable()), row.key()));
    }

    private static <T> boolean defaultHolds(Setting<T> row) {
        for (String text : List.of(row.builtIn(), row.networkBuiltIn().orElse(row.builtIn()))) {
            T value = row.kind().parse().apply(text);
            if (!row.allows(value)
                    || !row.kind()
                            .parse()
                            .apply(row.kind().print().apply(value))
                            .equals(value)) {
                return false;
            }
        }
        return true;
    }
}
