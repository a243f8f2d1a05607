package dev.tarry.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class TableTest {
    private final Map<String, Setting<?>> table = Settings.table();

    @Test
    void every_row_is_read_into_the_settings_and_nothing_else_is() throws ConfigException {
        Set<String> read = new HashSet<>();
        // a list that is empty unless somebody writes it is read when somebody does
        Settings.load(
                        Optional.empty(),
                        Map.of(),
                        List.of("dsn.texts=[{dsnCode: 5.4.4, text: hello}]", "users=[{name: ann}]"))
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

    /// Whatever a row may hold: the value is printed, read again, and printed the same. What is kept at run
    /// time, and what a running server goes by, has gone that way.
    @Test
    void a_printed_value_is_always_readable_again() {
        List<String> texts = new ArrayList<>(List.of(
                "",
                "{}",
                "0",
                "1",
                "7",
                "200",
                "-1",
                "2147483647",
                "9223372036854775807",
                "unlimited",
                "None",
                "basicauth,TLS",
                "2026-12-01t00:00:00z",
                "*",
                "SCRAM-SHA-256$4096:c2FsdHNhbHQ=$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
                        + ":AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                "true",
                "$FALSE",
                "lab",
                "NETWORK",
                "any",
                "usetcponly",
                "lenient",
                "2016",
                "Seed",
                "Authoritative",
                "internalrelay",
                "Enabled",
                "enabledwithoutvalue",
                "DowngradeDnsFailures,Default",
                "default",
                "mail.company.com",
                "MAIL.X.",
                "_dmarc.example",
                "a",
                "EDGE-1",
                "8.8.8.8",
                "8.8.8.8:5353,[2001:db8::1]:53",
                "2001:DB8:0:0::1",
                "::ffff:1.2.3.4",
                "127.0.0.1:0",
                "[::]:25",
                "localhost:25",
                "10.0.0.0/8",
                "10.0.0.0/8:25",
                "[fd00::]/8:25",
                "fd00::/8",
                "::/0",
                "0.0.0.0/0",
                "127.0.0.0/8, ::1",
                "10.1.2.3",
                "[10.1.2.3],relay.contoso.com",
                "relay.contoso.com",
                "smtp:*.Contoso.com;5",
                "contoso.com",
                "SMTP:*;100,x.example",
                "36 MB (37,748,736 bytes)",
                "1000B",
                "4 gb",
                "1023",
                "1TB",
                "00:05",
                "23:59:59.9999999",
                "2.00:00:00",
                "90m",
                "1500ms",
                "PT1H30M0.25S",
                "P2DT3H",
                "24855.00:00:00",
                "220 hello, \"world\" \\ {}",
                "one name",
                "5.4.4,5.1.1",
                "5.7.509",
                "en",
                "json",
                "info",
                "Ask <B>Eve</B> &amp; <A HREF=http://a.example>me</A>",
                "Größe & Co. (\u00e4)",
                "a,b",
                "x: y #z",
                "[a]",
                "postmaster@company.com",
                "/var/lib/tarry",
                "C:\\tarry",
                "logs/Message Tracking",
                "4520E633-d83d-411a-bbe4-6a84648674ee",
                "0123456789abcdef",
                "a-._~+/=0123456789"));
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 300; i++) {
            texts.add(String.valueOf(random.nextInt(1, 1_000_000)));
            texts.add(Spans.print(
                    Duration.ofNanos(random.nextLong(1, Duration.ofDays(100).toNanos()))));
            texts.add(Sizes.print(random.nextLong(1L << random.nextInt(1, 40))));
        }
        table.forEach((key, row) -> assertTrue(printed(key, row, texts) > 0, () -> "nothing fits " + key));
    }

    private static <T> long printed(String key, Setting<T> row, List<String> texts) {
        long values = 0;
        List<String> all = new ArrayList<>(texts);
        all.add(row.builtIn());
        all.addAll(row.kind().shape().words());
        for (String text : all) {
            T value;
            try {
                value = row.kind().parse().apply(text);
            } catch (IllegalArgumentException _) {
                continue;
            }
            String printed = row.kind().print().apply(value);
            T again = row.kind().parse().apply(printed);
            assertEquals(printed, row.kind().print().apply(again), () -> key + " of " + text);
            assertEquals(row.allows(value), row.allows(again), () -> key + " of " + text);
            assertEquals(value, again, () -> key + " of " + text);
            values++;
        }
        return values;
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
