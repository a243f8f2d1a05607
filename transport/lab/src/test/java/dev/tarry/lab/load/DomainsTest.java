package dev.tarry.lab.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DomainsTest {
    private static final int DRAWS = 10_000;

    @Test
    void one_domain_is_always_that() {
        assertEquals(DRAWS, counts("gmail.com").get("gmail.com"));
    }

    @Test
    void a_list_goes_by_weight() {
        var counts = counts("gmail.com=3, outlook.com");
        assertEquals(DRAWS * 0.75, counts.get("gmail.com"), DRAWS * 0.03);
        assertEquals(2, counts.size());
    }

    @Test
    void uniform_reaches_each_of_the_numbered_domains_alike() {
        var counts = counts("uniform:4:load{n}.example");
        assertEquals(
                java.util.Set.of("load1.example", "load2.example", "load3.example", "load4.example"), counts.keySet());
        counts.values().forEach(count -> assertEquals(DRAWS / 4.0, count, DRAWS * 0.03));
    }

    @Test
    void zipf_prefers_the_first() {
        var counts = counts("zipf:1000:load{n}.example");
        assertEquals(0.5, (double) counts.get("load2.example") / counts.get("load1.example"), 0.1);
        var steep = counts("zipf:1000:2:load{n}.example");
        assertTrue(steep.get("load1.example") > counts.get("load1.example"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a b",
                "a,",
                "a,A",
                "a=0",
                "a=x",
                "-a.example",
                "a..b",
                "a>\r\nRCPT TO:<b",
                "zipf:10",
                "zipf:10:none.example",
                "zipf:0:load{n}",
                "zipf:9999999:load{n}",
                "zipf:10:x:load{n}",
                "uniform:10:1:load{n}",
                "other:10:load{n}"
            })
    void nonsense_is_refused_with_what_would_be_right(String text) {
        var bad = assertThrows(BadLoad.class, () -> Domains.parse("--domains", text));
        assertTrue(bad.getMessage().startsWith("--domains "), bad.getMessage());
        assertTrue(bad.getMessage().contains("; "), bad.getMessage());
        assertTrue(bad.getMessage().chars().noneMatch(c -> c < ' '), bad.getMessage());
    }

    private static TreeMap<String, Integer> counts(String text) {
        var domains = Domains.parse("--domains", text);
        var counts = new TreeMap<String, Integer>();
        for (int i = 0; i < DRAWS; i++) {
            counts.merge(domains.draw(new Dice(1, i, Dice.Purpose.DOMAIN)), 1, Integer::sum);
        }
        return counts;
    }
}
