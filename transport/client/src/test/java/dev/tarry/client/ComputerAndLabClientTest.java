package dev.tarry.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ComputerAndLabClientTest {
    private StubServer server;
    private TarryClient client;

    @BeforeEach
    void open() throws IOException {
        server = new StubServer();
        client = new TarryClient(server.uri());
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    @Test
    void the_machine_is_asked_and_answers_in_bags() {
        server.json("POST /api/v1/computer/reach", 200, "{\"Outcome\":\"OPEN\",\"RemotePort\":53}");
        server.json("GET /api/v1/computer/dns-cache", 200, "{\"items\":[{\"Entry\":\"gmail.com\",\"Data\":null}]}");
        assertEquals(
                "OPEN",
                client.computer().reach("8.8.8.8", Optional.of(53L), "UDP").get("Outcome"));
        assertEquals(
                "POST /api/v1/computer/reach {\"host\":\"8.8.8.8\",\"port\":53,\"protocol\":\"UDP\"}",
                server.requests().getLast());
        assertEquals("gmail.com", client.computer().dnsCache().getFirst().get("Entry"));
    }

    @Test
    void zones_forwarders_hosts_and_sessions_have_their_paths() {
        server.json("GET /lab/v1/zones/a.com?view=inside", 200, "{\"domain\":\"a.com\",\"records\":[]}");
        server.json("DELETE /lab/v1/zones/a.com/records?view=outside&type=MX&data=10%20b.com", 200, "{\"removed\":[]}");
        server.json("GET /lab/v1/forwarders", 200, "{\"192.168.1.10\":[\"8.8.8.8\"],\"192.168.1.11\":[]}");
        server.json("PUT /lab/v1/dns/conditional-forwarders/a.com", 204, "");
        server.json("GET /lab/v1/sessions?outcome=quit", 200, "{\"items\":[{\"Id\":\"S1\"}]}");
        assertEquals("a.com", client.lab().zone("inside", "a.com").get("domain"));
        client.lab().removeRecords("outside", "a.com", Optional.empty(), Optional.of("MX"), Optional.of("10 b.com"));
        assertEquals(
                Map.of("192.168.1.10", List.of("8.8.8.8"), "192.168.1.11", List.of()),
                client.lab().forwarders());
        client.lab().setConditionalForwarders("a.com", List.of("9.9.9.9"));
        assertTrue(server.requests().getLast().endsWith("{\"forwarders\":[\"9.9.9.9\"]}"));
        assertEquals(
                "S1",
                client.lab()
                        .sessions(new LinkedHashMap<>(Map.of("outcome", "quit")))
                        .getFirst()
                        .get("Id"));
    }
}
