package dev.tarry.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.client.EventQuery;
import dev.tarry.client.ProblemException;
import dev.tarry.client.ResultLimit;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The service is stopped and started in a server that goes on; and a server whose store was damaged starts.
final class ServiceTest {
    private static final String TO = "bob@waits.example";

    private static void send(TarryProcess server, int messages) throws IOException {
        try (SmtpDialogue client = server.dial()) {
            client.ok("EHLO stranger.example");
            for (int i = 0; i < messages; i++) {
                String reply =
                        client.transaction("eve@company.com", TarryProcess.octets("Subject: " + i, "", "Hello."), TO);
                assertTrue(reply.startsWith("250 "), reply);
            }
        }
    }

    private static long arrived(TarryProcess server) {
        return server.client()
                .labMail(Optional.of(TO), Optional.empty(), ResultLimit.unlimited())
                .size();
    }

    private static long events(TarryProcess server, int id) {
        return server.client().eventLog(EventQuery.everything().ofId(id)).size();
    }

    @Test
    void the_service_is_stopped_started_and_restarted_while_the_server_goes_on(@TempDir Path folder) throws Exception {
        try (TarryProcess server = TarryProcess.serve(folder)) {
            server.client().addFault(Map.of("where", "dns", "what", "servfail", "name", "waits.example"));
            send(server, 1);
            new Seen(server).inRetry("waits.example", 1);
            assertEquals("Stopped", server.client().service().stopTransport().status());
            ProblemException problem = assertThrows(
                    ProblemException.class, () -> server.client().queues(Optional.empty(), ResultLimit.unlimited()));
            assertEquals(503, problem.status());
            assertTrue(problem.getMessage().contains("stopped"), problem.getMessage());
            assertTrue(!server.client().ready());
            assertThrows(ProblemException.class, () -> server.client().service().pauseTransport());
            server.client().advanceClock(Duration.ofMinutes(30)); // time goes on, and nothing is tried
            server.client().resetLab();
            server.client().advanceClock(Duration.ofMinutes(30));
            assertEquals(0, arrived(server));

            assertEquals("Running", server.client().service().startTransport().status());
            Wait.until("it is tried at once", () -> arrived(server) == 1);
            send(server, 1); // where it listened before
            assertEquals("Running", server.client().service().restartTransport().status());
            assertEquals("Paused", server.client().service().pauseTransport().status());
            AssertionError refused = assertThrows(AssertionError.class, server::dial);
            assertTrue(refused.getMessage().contains("421 4.3.2 Service not active"), refused.getMessage());
            TarryProcess.Result shell = TarryProcess.run(
                    folder.resolve("shell"),
                    "shell",
                    "--server",
                    server.admin().toString(),
                    "-c",
                    "Resume-Service MSExchangeTransport; Restart-Service MSExchangeTransport; Get-Service");
            assertEquals(0, shell.code(), shell.err());
            assertTrue(
                    shell.out()
                            .lines()
                            .anyMatch(line ->
                                    line.matches("Running +MSExchangeTransport +Microsoft Exchange Transport *")),
                    shell.out());
            assertEquals(3, events(server, 7002));
            assertTrue(events(server, 7003) == 1 && events(server, 7001) >= 4);
            server.client().service().stopTransport();
            server.stop(); // and exits 0
        }
    }

    @Test
    void a_server_whose_store_was_damaged_starts_names_it_and_goes_on_with_the_rest(@TempDir Path folder)
            throws Exception {
        try (TarryProcess server = TarryProcess.serve(folder)) {
            server.client().addFault(Map.of("where", "dns", "what", "servfail", "name", "waits.example"));
            send(server, 60);
            server.kill();
        }
        Path log;
        try (Stream<Path> files = Files.list(folder.resolve("data/store"))) {
            log = files.filter(file -> file.toString().endsWith(".log"))
                    .max(Path::compareTo)
                    .orElseThrow();
        }
        try (FileChannel channel = FileChannel.open(log, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {1, 2, 3, 4}), channel.size() / 2);
        }
        try (TarryProcess server = TarryProcess.serve(folder)) {
            assertTrue(server.client().ready());
            assertEquals(1, events(server, 17003));
            assertTrue(Files.exists(folder.resolve("data/store.damaged-1/CURRENT")));
            String report = Files.readString(folder.resolve("data/store.damaged-1.txt"));
            assertTrue(report.contains(log.getFileName().toString()), report);
            server.client().resetLab();
            server.client().advanceClock(Duration.ofMinutes(30));
            Wait.until("the rest arrives", () -> arrived(server) >= 58);
            // whether it can say whose it was depends on where in the record the damage lies
            assertTrue(report.contains("LOST message ") || arrived(server) == 60, report);
            send(server, 1);
            server.stop();
        }
    }
}
