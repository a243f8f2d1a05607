package dev.tarry.lab.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The table in the lab's README is the grammar's own. Run with `-Dtarry.renew=true` to write it anew.
final class FaultTableTest {
    private static final Path README = Path.of("README.md");
    private static final String BEGIN = "<!-- Everything from here";
    private static final String END = "<!-- end -->";

    @Test
    void the_readme_lists_every_fault_with_its_words_and_a_line_that_makes_it() throws IOException {
        if (Boolean.getBoolean("tarry.renew")) {
            Files.writeString(README, renewed(Files.readString(README)));
        }
        var text = Files.readString(README);
        assertEquals(renewed(text), text, "README.md is stale; this test with -Dtarry.renew=true writes it anew");
    }

    private static String renewed(String text) {
        int begin = text.indexOf('\n', text.indexOf(BEGIN)) + 1;
        return text.substring(0, begin) + table() + text.substring(text.indexOf(END));
    }

    private static String table() {
        var table = new StringBuilder();
        for (var place : Form.Place.values()) {
            table.append("\n### `")
                    .append(place.word())
                    .append("`\n\nFor whom: ")
                    .append(place.whom().stream()
                            .map(word -> "`%s` (%s)".formatted(word.name(), word.meaning()))
                            .collect(Collectors.joining("; ")))
                    .append(".\n\n| what | | a line |\n|---|---|---|\n");
            FaultGrammar.forms().stream()
                    .filter(form -> form.where() == place)
                    .map(FaultTableTest::row)
                    .forEach(table::append);
        }
        return table.append('\n').toString();
    }

    private static String row(Form form) {
        var words = form.words().stream()
                .map(word ->
                        "`%s`: %s%s".formatted(word.name(), word.meaning(), word.needed() ? "" : " (may be left out)"))
                .collect(Collectors.joining("; "));
        return String.format(
                Locale.ROOT,
                "| `%s` | %s%s | `%s` |\n",
                form.what(),
                form.meaning(),
                words.isEmpty() ? "" : " " + words + ".",
                form.example());
    }
}
