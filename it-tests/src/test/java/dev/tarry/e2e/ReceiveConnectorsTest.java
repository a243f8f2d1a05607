package dev.tarry.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.client.ManagedKind;
import dev.tarry.client.ProblemException;
import dev.tarry.client.TranscriptClient;
import dev.tarry.client.TranscriptClient.Wanted;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Receive connectors made, changed and removed over the API of a running server.
final class ReceiveConnectorsTest {
    private static final String HERE = "127.0.0.1";

    /// What a client of some address hears first.
    private static String greeting(String from, int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.ofLiteral(HERE), port, InetAddress.ofLiteral(from), 0)) {
            socket.setSoTimeout((int) TarryProcess.PATIENCE.toMillis());
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
        }
    }

    @Test
    void a_connector_comes_moves_and_goes_while_others_serve(@TempDir Path folder) throws IOException {
        try (TarryProcess server = TarryProcess.serve(folder)) {
            ManagedKind connectors = server.client().service().receiveConnectors();
            int smtp = server.smtp().getPort();
            try (SmtpDialogue meanwhile = server.dial()) {
                meanwhile.ok("EHLO stranger.example");
                connectors.create(Map.of(
                        "Name", "Relay", "Usage", "Internal", "RemoteIPRanges", "127.0.0.2", "Banner", "220 relay"));
                assertEquals("220 relay", greeting("127.0.0.2", smtp));
                assertTrue(greeting("127.0.0.3", smtp).contains("Microsoft ESMTP"));

                int elsewhere = Program.freePort();
                connectors.change("Relay", Map.of("Bindings", List.of(HERE + ":" + elsewhere)));
                assertEquals("220 relay", greeting("127.0.0.2", elsewhere));
                assertEquals(
                        "421 4.3.2 Service not available", greeting("127.0.0.3", elsewhere), "it is for one client");
                assertTrue(greeting("127.0.0.2", smtp).contains("Microsoft ESMTP"));

                try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral(HERE))) {
                    ProblemException refused = assertThrows(
                            ProblemException.class,
                            () -> connectors.change(
                                    "Relay", Map.of("Bindings", List.of(HERE + ":" + taken.getLocalPort()))));
                    assertTrue(
                            refused.detail().contains("\"Relay\" cannot listen on 127.0.0.1:" + taken.getLocalPort()),
                            refused::detail);
                }
                assertEquals("220 relay", greeting("127.0.0.2", elsewhere), "nothing was changed");
                assertEquals(
                        List.of(HERE + ":" + elsewhere), connectors.get("Relay").texts("Bindings"));

                connectors.change("Relay", Map.of("Enabled", false));
                assertFalse(connectors.get("Relay").flag("Enabled"));
                connectors.remove("Relay");
                assertEquals(2, connectors.list().size());
                meanwhile.transaction(
                        "user@company.com", TarryProcess.octets("Subject: x", "", "y"), "nobody@contoso.com");
            }
            server.stop();
        }
    }

    @Test
    void whom_a_domain_does_not_know_is_refused_and_a_transcript_shows_it(@TempDir Path folder) throws IOException {
        try (TarryProcess server = TarryProcess.serve(folder)) {
            server.client()
                    .service()
                    .acceptedDomains()
                    .change("company.com", Map.of("LocalRecipients", List.of("bob", "sales-*")));
            TranscriptClient transcripts = server.client().transcripts();
            String id =
                    transcripts.begin(Wanted.ofAddress("nobody@company.com")).id();
            for (String to : List.of("nobody@company.com", "bob@company.com")) {
                try (SmtpDialogue client = server.dial()) {
                    client.ok("EHLO stranger.example");
                    client.ok("MAIL FROM:<a@b.example>");
                    String said = client.command("RCPT TO:<" + to + ">");
                    assertEquals(to.startsWith("bob") ? "250 2.1.5 Recipient OK" : "550 5.1.1 User unknown", said);
                }
            }
            Wait.until(
                    "the session has ended",
                    () -> transcripts.read(id).sessions().stream()
                            .allMatch(session -> session.closed().isPresent()));
            TranscriptClient.Transcript read = transcripts.stop(id);
            assertEquals(1, read.sessions().size(), "the other names somebody else");
            List<String> lines = read.sessions().getFirst().lines().stream()
                    .map(line -> line.event() + line.data())
                    .toList();
            assertTrue(lines.contains("<EHLO stranger.example"), lines::toString);
            assertTrue(lines.contains(">550 5.1.1 User unknown"), lines::toString);
            transcripts.remove(id);
            assertEquals(List.of(), transcripts.list());
            server.stop();
        }
    }

    @Test
    void what_was_made_listens_after_a_kill(@TempDir Path folder) throws IOException {
        int port = Program.freePort();
        try (TarryProcess server = TarryProcess.serve(folder)) {
            server.client()
                    .service()
                    .receiveConnectors()
                    .create(Map.of(
                            "Name", "Kept", "Usage", "Internet", "Bindings", HERE + ":" + port, "Banner", "220 kept"));
            assertEquals("220 kept", greeting(HERE, port));
            server.kill();
        }
        try (TarryProcess server = TarryProcess.serve(folder)) {
            ManagedKind connectors = server.client().service().receiveConnectors();
            assertEquals(3, connectors.list().size());
            String at = connectors.get("Kept").texts("Bindings").getFirst();
            assertEquals("220 kept", greeting(HERE, Integer.parseInt(at.substring(at.indexOf(':') + 1))));
            server.stop();
        }
    }
}
