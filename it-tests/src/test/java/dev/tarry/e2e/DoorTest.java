package dev.tarry.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The lab with a door: a send connector whose smart host is somebody's own server, which the egress list names.
final class DoorTest {
    private static final byte[] MESSAGE = TarryProcess.octets("Subject: out of the lab", "", "Hello.");

    private static TarryProcess server(Path folder, int port, String... more) throws IOException {
        Path settings = Files.writeString(folder.resolve("tarry.yaml"), """
                sendConnectors:
                  - {name: Internet, addressSpaces: ["SMTP:*;1"], useExternalDNSServersEnabled: true}
                  - {name: Outside, addressSpaces: ["SMTP:outside.example;1"], dnsRoutingEnabled: false,
                     smartHosts: [127.0.0.1], port: %d}
                """.formatted(port));
        List<String> all = new ArrayList<>(List.of("--config", settings.toString()));
        all.addAll(List.of(more));
        return TarryProcess.serve(folder, all.toArray(String[]::new));
    }

    @Test
    void what_the_egress_list_names_is_dialled_outside_the_lab_and_all_else_stays_in_it(@TempDir Path folder)
            throws IOException {
        try (Stranger stranger = new Stranger("127.0.0.1");
                TarryProcess server =
                        server(folder, stranger.port(), "--set", "egress.allow=127.0.0.1:" + stranger.port());
                SmtpDialogue client = server.dial()) {
            client.ok("EHLO stranger.example");
            client.transaction("alice@company.com", MESSAGE, "somebody@outside.example");
            client.transaction("alice@company.com", MESSAGE, "somebody@gmail.com");
            Wait.until("the stranger has it", () -> stranger.taken().size() == 1);
            assertEquals(
                    List.of("somebody@outside.example"), stranger.taken().peek().to());
            assertEquals(
                    "alice@company.com",
                    new Seen(server).oneLabMail("somebody@gmail.com").from());
            assertEquals(1, stranger.taken().size());
            server.stop();
        }
    }

    @Test
    void without_a_door_nothing_leaves_the_lab(@TempDir Path folder) throws IOException {
        try (Stranger stranger = new Stranger("127.0.0.1");
                TarryProcess server = server(folder, stranger.port());
                SmtpDialogue client = server.dial()) {
            client.ok("EHLO stranger.example");
            client.transaction("alice@company.com", MESSAGE, "somebody@outside.example");
            server.client().advanceClock(Duration.ofMinutes(3)); // nobody is there: the dial takes its time
            Seen seen = new Seen(server);
            SequencedMap<String, Object> queue = seen.inRetry("[127.0.0.1]", 1);
            assertTrue(String.valueOf(queue.get("LastError")).contains("{IP=127.0.0.1}"), queue::toString);
            assertEquals(0, stranger.taken().size());
            server.stop();
        }
    }
}
