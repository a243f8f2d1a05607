package dev.tarry.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Type;

final class NameCacheTest {
    private static final Name GMAIL = Name.fromConstantString("gmail.com.");

    private Instant now = Instant.parse("2026-01-02T03:04:05Z");
    private final NameCache cache = new NameCache(() -> now);

    private static NameAnswer found(Name name, long ttl) {
        ARecord record = new ARecord(name, DClass.IN, ttl, InetAddress.ofLiteral("203.0.113.5"));
        return new NameAnswer(
                NameAnswer.Status.SUCCESS,
                List.of(new NameRecord(record, NameRecord.Section.ANSWER, ttl)),
                Optional.empty(),
                "");
    }

    private static NameAnswer missing(long ttl, long minimum) {
        SOARecord zone = new SOARecord(GMAIL, DClass.IN, ttl, GMAIL, GMAIL, 1, 2, 3, 4, minimum);
        return new NameAnswer(
                NameAnswer.Status.NAME_ERROR,
                List.of(new NameRecord(zone, NameRecord.Section.AUTHORITY, ttl)),
                Optional.empty(),
                "");
    }

    @Test
    void an_answer_is_kept_until_its_ttl_has_passed_and_ages_meanwhile() {
        cache.put(GMAIL, Type.A, found(GMAIL, 300));
        now = now.plusSeconds(100);
        assertEquals(
                200, cache.get(GMAIL, Type.A).orElseThrow().records().getFirst().ttlSeconds());
        assertEquals(Optional.empty(), cache.get(GMAIL, Type.MX));
        now = now.plusSeconds(200);
        assertEquals(Optional.empty(), cache.get(GMAIL, Type.A));
        assertEquals(List.of(), cache.list());
    }

    @Test
    void what_does_not_exist_is_kept_as_long_as_the_zone_says_and_a_quarter_of_an_hour_at_most() {
        cache.put(GMAIL, Type.A, missing(3600, 60));
        assertEquals(Duration.ofSeconds(60), cache.list().getFirst().left());
        cache.put(GMAIL, Type.A, missing(86_400, 86_400));
        assertEquals(NameCache.MAX_NEGATIVE_TTL, cache.list().getFirst().left());
        assertEquals(1, cache.list().size());
    }

    @Test
    void failures_and_what_has_no_time_to_live_are_not_kept() {
        cache.put(GMAIL, Type.A, NameAnswer.without(NameAnswer.Status.SERVER_FAILURE, Optional.empty(), ""));
        cache.put(GMAIL, Type.A, NameAnswer.without(NameAnswer.Status.NAME_ERROR, Optional.empty(), ""));
        cache.put(GMAIL, Type.A, found(GMAIL, 0));
        assertEquals(List.of(), cache.list());
    }

    @Test
    void the_oldest_leave_when_it_is_full() throws Exception {
        for (int i = 0; i <= NameCache.MAX_ENTRIES; i++) {
            Name name = Name.fromString("h" + i + ".gmail.com.");
            cache.put(name, Type.A, found(name, 300));
        }
        assertEquals(NameCache.MAX_ENTRIES, cache.list().size());
        assertEquals(Optional.empty(), cache.get(Name.fromString("h0.gmail.com."), Type.A));
        assertTrue(cache.get(Name.fromString("h1.gmail.com."), Type.A).isPresent());
    }

    @Test
    void clearing_tells_how_much_there_was() {
        cache.put(GMAIL, Type.A, found(GMAIL, 300));
        assertEquals(1, cache.clear());
        assertEquals(0, cache.clear());
        cache.put(GMAIL, Type.A, found(GMAIL, 300));
        assertEquals(1, cache.list().size());
    }
}
