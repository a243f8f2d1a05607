package dev.tarry.lab.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.lab.Queries;
import dev.tarry.lab.fault.Faults;
import dev.tarry.lab.fault.Glob;
import dev.tarry.lab.net.Protocol;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class QueryJournalTest {
    private Instant now = Instant.parse("2026-01-02T03:00:00Z");
    private final NameServers servers = new NameServers(
            () -> now, (_, _, _) -> () -> {}, new Faults(() -> Instant.EPOCH, () -> {}), Set.of(), 1_000);

    /// 1: by 8.8.8.8 of ns1, 2: of 8.8.8.8, 3 to 5 one after the other.
    @BeforeEach
    void five_queries() {
        ask("8.8.8.8", "external-company.com", "MX", Protocol.UDP);
        ask("1.1.1.1", "fabrikam.com", "MX", Protocol.TCP);
        ask("192.168.1.10", "mail.company.com", "A", Protocol.UDP);
        ask("8.8.8.8", "x.invalid", "A", Protocol.UDP);
    }

    private void ask(String server, String name, String type, Protocol protocol) {
        servers.serve(server, Queries.query(name, type), protocol, ImmediateEventExecutor.INSTANCE, _ -> {});
        now = now.plusSeconds(60);
    }

    private QuerySearch search(String words) {
        var given = new LinkedHashMap<String, String>();
        for (var word : words.split(" ")) {
            given.put(word.split("=", 2)[0], word.split("=", 2)[1]);
        }
        return new QuerySearch(
                glob(given.get("server")),
                glob(given.get("askedBy")),
                glob(given.get("protocol")),
                glob(given.get("name")),
                glob(given.get("type")),
                glob(given.get("outcome")),
                Optional.ofNullable(given.get("since")).map(Instant::parse),
                Optional.ofNullable(given.get("until")).map(Instant::parse),
                Optional.ofNullable(given.get("after")).map(Long::valueOf),
                Integer.parseInt(given.getOrDefault("limit", "100")));
    }

    private static Glob glob(String pattern) {
        return pattern == null ? Glob.ANYTHING : new Glob(pattern);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "limit=100 | 1 2 3 4 5",
                "limit=2 | 4 5",
                "server=8.8.8.8 | 2 5",
                "server=198.* | 1",
                "askedBy=client | 2 3 4 5",
                "askedBy=8.8.8.8 | 1",
                "name=*.COMPANY.com | 4",
                "type=mx | 1 2 3",
                "protocol=tcp | 3",
                "outcome=NOERROR | 1 2 3 4",
                "outcome=NXDOMAIN | 5",
                "since=2026-01-02T03:01:00Z | 3 4 5",
                "until=2026-01-02T03:01:00Z | 1 2",
                "since=2026-01-02T03:01:00Z until=2026-01-02T03:02:00Z | 3",
                "after=2 | 3 4 5",
                "after=2 limit=1 | 3",
                "after=5 | ''",
                "type=MX server=1.1.1.1 outcome=SERVFAIL | ''",
            })
    void queries_are_found_by_what_they_were(String words, String ids) {
        assertEquals(
                ids,
                String.join(
                        " ",
                        servers.queries(search(words)).stream()
                                .map(query -> Long.toString(query.id()))
                                .toList()));
    }

    @Test
    void the_answer_is_told_in_short() {
        assertEquals(
                List.of("MX 10 mail.external-company.com.", "MX 20 backup.external-company.com."),
                servers.queries(search("askedBy=8.8.8.8")).getFirst().answers());
        assertEquals(
                List.of(),
                servers.queries(search("outcome=NXDOMAIN")).getFirst().answers());

        servers.putZone(
                View.OUTSIDE,
                new Zone(
                        "big.org",
                        IntStream.range(0, 20)
                                .mapToObj(i -> new ZoneRecord("@", "TXT", 60, "\"" + "x".repeat(230) + i + "\""))
                                .toList()));
        ask("8.8.8.8", "big.org", "TXT", Protocol.TCP);
        var big = servers.queries(1).getFirst();
        assertEquals("NOERROR 20", big.outcome());
        assertEquals(8, big.answers().size());
        assertTrue(big.answers().stream().allMatch(text -> text.length() == 200 && text.endsWith("…")));
    }

    @Test
    void ids_go_on_when_the_journal_is_forgotten() {
        servers.forgetQueries();
        ask("8.8.8.8", "fabrikam.com", "MX", Protocol.UDP);
        assertEquals(6, servers.queries(1).getFirst().id());
    }

    @Test
    void a_limit_is_at_least_one() {
        assertThrows(IllegalArgumentException.class, () -> QuerySearch.newest(0));
    }
}
