package dev.tarry.admin.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The page about metrics is the table's own. To write it anew, run this class's `main` in the module's folder.
final class MetricPageTest {
    private static final Path PAGE = Path.of("METRICS.md");
    private static final String BEGIN = "<!-- Everything from here";
    private static final String END = "<!-- end -->";

    @Test
    void the_page_lists_every_metric_with_its_unit_and_labels() throws IOException {
        if (Boolean.getBoolean("tarry.renew")) {
            Files.writeString(PAGE, renewed(Files.readString(PAGE)));
        }
        String text = Files.readString(PAGE);
        assertEquals(renewed(text), text, "METRICS.md is stale; this test with -Dtarry.renew=true writes it anew");
    }

    @Test
    void names_follow_prometheus_conventions() {
        Set<String> names = new HashSet<>();
        for (MetricRow row : MetricTable.rows()) {
            String name = row.name();
            assertTrue(names.add(name), () -> name + " is there twice");
            assertTrue(name.matches("[a-z][a-z0-9_]*[a-z0-9]"), name);
            assertEquals(row.type() == MetricRow.Type.COUNTER, name.endsWith("_total"), name);
            String bare = name.replaceAll("_total$", "");
            if (row.unit().equals("bytes") || row.unit().equals("seconds")) {
                assertTrue(bare.endsWith("_" + row.unit()), () -> name + " does not say its unit");
            }
            assertTrue(row.says().endsWith("."), name);
            for (MetricRow.Label label : row.labels()) {
                assertTrue(label.name().matches("[a-z]+"), name);
                assertTrue(label.values().isEmpty() == !label.says().isEmpty(), name);
            }
        }
    }

    private static String renewed(String text) {
        int begin = text.indexOf('\n', text.indexOf(BEGIN)) + 1;
        return text.substring(0, begin) + MetricTable.markdown() + text.substring(text.indexOf(END));
    }
}
