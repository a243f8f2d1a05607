package dev.tarry.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class DnsCmdletsTest {
    private static final String ONE =
            "{\"items\":[{\"id\":7,\"at\":\"2026-11-22T10:00:05Z\",\"search\":3,\"asker\":\"delivery\",\"nextHop\":\"a.com\","
                    + "\"name\":\"a.com\",\"type\":\"MX\",\"server\":\"8.8.8.8\",\"port\":53,\"protocol\":\"UDP\","
                    + "\"outcome\":\"no_answer\",\"detail\":\"no answer\",\"tookMillis\":5000,\"cached\":false,"
                    + "\"detours\":[],\"records\":[]}],\"more\":true}";

    @Test
    void queries_are_found_by_domain_and_outcome_and_shown_as_a_table() throws Exception {
        try (Bench bench = new Bench()) {
            bench.server.json(
                    "GET /api/v1/dns/queries?domain=a.com&outcome=no_answer&since=2026-11-22T10%3A00%3A00Z&resultSize=1",
                    200, ONE);
            Bench.Said said =
                    bench.run("Get-DnsQuery a.com -Outcome no_answer -Since '11/22/2026 10:00 AM' -ResultSize 1");
            assertEquals(0, said.code(), said.err());
            assertEquals("""
                    At                     Server  Protocol Name  Type Outcome   TookMilliseconds
                    --                     ------  -------- ----  ---- -------   ----------------
                    11/22/2026 10:00:05 AM 8.8.8.8 UDP      a.com MX   no_answer 5000""", said.text());
            assertTrue(said.err().contains("There are more queries than are returned"), said.err());
        }
    }
}
