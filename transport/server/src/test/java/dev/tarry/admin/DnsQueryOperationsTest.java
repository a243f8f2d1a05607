package dev.tarry.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tarry.dns.Detour;
import dev.tarry.dns.DnsOutcome;
import dev.tarry.dns.DnsProtocol;
import dev.tarry.dns.DnsQuery;
import dev.tarry.dns.QueryJournal;
import dev.tarry.dns.ServerAttempt;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class DnsQueryOperationsTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private enum Part {
        DOMAIN,
        SERVER,
        OUTCOME,
        CACHED,
        SEARCH,
        SINCE,
        BEFORE
    }

    private final QueryJournal journal = new QueryJournal(10);
    private final DnsQueryOperations operations = new DnsQueryOperations(journal);

    private void query(int minute, String name, String server, DnsOutcome outcome, boolean cached) {
        ServerAttempt attempt = new ServerAttempt(
                new InetSocketAddress(InetAddress.ofLiteral(server), 53),
                DnsProtocol.TCP,
                name + " MX",
                "words",
                outcome,
                Duration.ofMillis(12));
        journal.queried(new DnsQuery(
                NOON.plus(Duration.ofMinutes(minute)),
                minute,
                DnsQuery.Asker.DELIVERY,
                name,
                name,
                "MX",
                attempt,
                Set.of(Detour.TRUNCATED, Detour.WITHOUT_EDNS),
                cached,
                List.of("5 mx.a.com.")));
    }

    private List<Long> ids(Map<Part, String> wanted) {
        return operations.list(wanted(wanted, ResultSize.DEFAULT)).toList().stream()
                .map(bag -> (Long) bag.get("id"))
                .toList();
    }

    private static DnsQueryOperations.Wanted wanted(Map<Part, String> wanted, ResultSize size) {
        Map<Part, Optional<String>> parts = new EnumMap<>(Part.class);
        for (Part part : Part.values()) {
            parts.put(part, Optional.ofNullable(wanted.get(part)));
        }
        return new DnsQueryOperations.Wanted(
                parts.get(Part.DOMAIN),
                parts.get(Part.SERVER),
                parts.get(Part.OUTCOME),
                parts.get(Part.CACHED),
                parts.get(Part.SEARCH),
                parts.get(Part.SINCE),
                parts.get(Part.BEFORE),
                size);
    }

    private void three() {
        query(1, "a.com", "8.8.8.8", DnsOutcome.RECORDS, false);
        query(2, "b.com", "2001:db8::1", DnsOutcome.NO_ANSWER, false);
        query(3, "a.com", "8.8.8.8", DnsOutcome.RECORDS, true);
    }

    @Test
    void each_part_narrows_and_the_newest_come_first() {
        three();
        assertEquals(List.of(3L, 2L, 1L), ids(Map.of()));
        assertEquals(List.of(3L, 1L), ids(Map.of(Part.DOMAIN, "A.com.")));
        assertEquals(List.of(2L), ids(Map.of(Part.SERVER, "2001:db8:0:0:0:0:0:1")));
        assertEquals(List.of(2L), ids(Map.of(Part.SERVER, "2001:DB8::1")));
        assertEquals(List.of(2L), ids(Map.of(Part.OUTCOME, "No_Answer")));
        assertEquals(List.of(3L), ids(Map.of(Part.CACHED, "true")));
        assertEquals(List.of(1L), ids(Map.of(Part.DOMAIN, "a.com", Part.CACHED, "false")));
        assertEquals(List.of(2L), ids(Map.of(Part.SEARCH, "2")));
        assertEquals(List.of(3L, 2L), ids(Map.of(Part.SINCE, "2026-11-22T12:02:00Z")));
        assertEquals(List.of(3L, 2L, 1L), ids(Map.of(Part.SINCE, "2026-11-22")));
        assertEquals(List.of(), ids(Map.of(Part.SINCE, "2026-11-23")));
        assertEquals(List.of(1L), ids(Map.of(Part.BEFORE, "2")));
    }

    @Test
    void a_page_says_whether_there_are_older_ones() {
        three();
        List<SequencedMap<String, Object>> bags = new ArrayList<>();
        assertEquals(true, operations.list(wanted(Map.of(), new ResultSize(2))).forEach(bags::add));
        assertEquals(2, bags.size());
        assertEquals(
                false,
                operations
                        .list(wanted(Map.of(Part.BEFORE, "2"), new ResultSize(2)))
                        .forEach(bags::add));
    }

    @Test
    void a_query_tells_all_that_is_known_of_it() {
        query(1, "a.com", "8.8.8.8", DnsOutcome.RECORDS, false);
        assertEquals(
                "{id=1, at=2026-11-22T12:01:00Z, search=1, asker=delivery, nextHop=a.com, name=a.com, type=MX,"
                        + " server=8.8.8.8, port=53, protocol=TCP, outcome=records, detail=words, tookMillis=12,"
                        + " cached=false, detours=[truncated over UDP, asked again without EDNS], records=[5 mx.a.com.]}",
                operations
                        .list(wanted(Map.of(), ResultSize.DEFAULT))
                        .toList()
                        .getFirst()
                        .toString());
    }

    @ParameterizedTest
    @EnumSource(names = {"OUTCOME", "CACHED", "SEARCH", "SINCE", "BEFORE", "SERVER"})
    void what_cannot_be_is_refused_and_named(Part part) {
        OperationRefused refused = assertThrows(OperationRefused.class, () -> ids(Map.of(part, "\"nonsense\u001b")));
        assertEquals(OperationRefused.Reason.INVALID_PARAMETER, refused.reason());
        assertEquals(-1, refused.getMessage().indexOf('\u001b'), refused.getMessage());
    }
}
