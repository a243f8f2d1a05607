package dev.tarry.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.client.ManagedKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where connections come from, and where they go, as a send connector says, on the real network.
final class SourceAddressTest {
    private static final byte[] MESSAGE = TarryProcess.octets("Subject: where from", "", "Hello.");
    private static final String TO = "somebody@outside.example";

    private static TarryProcess server(Path folder, int port) throws IOException {
        Path settings = Files.writeString(folder.resolve("tarry.yaml"), """
                world: network
                egress:
                  allow: 127.0.0.1
                receiveConnectors:
                  - {name: In, bind: "127.0.0.1:0", anonymousRelayRanges: 127.0.0.0/8}
                sendConnectors:
                  - {name: Outside, addressSpaces: ["SMTP:outside.example;1"], dnsRoutingEnabled: false,
                     smartHosts: [127.0.0.1], port: %d, sourceIPAddress: 192.0.2.77}
                """.formatted(port));
        return TarryProcess.serve(folder, "--config", settings.toString());
    }

    private static void retry(TarryProcess server, SequencedMap<String, Object> queue) {
        server.client().retryQueue(String.valueOf(queue.get("Identity")), false);
    }

    @Test
    void a_host_sees_the_connectors_source_address_and_one_that_is_not_ours_lets_mail_wait(@TempDir Path folder)
            throws IOException {
        try (Stranger stranger = new Stranger("127.0.0.1");
                TarryProcess server = server(folder, stranger.port());
                SmtpDialogue client = server.dial()) {
            Seen seen = new Seen(server);
            client.ok("EHLO stranger.example");
            client.transaction("alice@company.com", MESSAGE, TO);
            SequencedMap<String, Object> queue = seen.inRetry("[127.0.0.1]", 1);
            String error = String.valueOf(queue.get("LastError"));
            assertTrue(error.contains("{IP=127.0.0.1}"), error);
            assertEquals(List.of(), List.copyOf(stranger.clients()), "nothing came from another address");

            ManagedKind connectors = server.client().service().sendConnectors();
            connectors.change("Outside", Map.of("SourceIPAddress", "127.0.0.2"));
            retry(server, queue);
            Wait.until("the stranger has it", () -> stranger.taken().size() == 1);
            assertEquals(List.of("127.0.0.2"), List.copyOf(stranger.clients()));

            connectors.change("Outside", Map.of("Port", 0));
            client.transaction("alice@company.com", MESSAGE, TO);
            queue = seen.inRetry("[127.0.0.1]", 1);
            connectors.change("Outside", Map.of("Port", stranger.port(), "SourceIPAddress", "0.0.0.0"));
            retry(server, queue);
            Wait.until("the stranger has the second", () -> stranger.taken().size() == 2);
            assertEquals(List.of("127.0.0.2", "127.0.0.1"), List.copyOf(stranger.clients()));
            assertEquals(0, seen.mailbox("alice@company.com").size(), "nobody was told of a failure");
            server.stop();
        }
    }
}
