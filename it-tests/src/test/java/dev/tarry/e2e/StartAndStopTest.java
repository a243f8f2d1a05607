package dev.tarry.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StartAndStopTest {
    @Test
    void sigterm_ends_open_sessions_with_421_and_the_process_with_0(@TempDir Path folder) throws IOException {
        try (TarryProcess server = TarryProcess.serve(folder);
                SmtpDialogue idle = server.dial();
                SmtpDialogue midway = server.dial()) {
            idle.ok("EHLO stranger.example");
            midway.ok("EHLO stranger.example");
            midway.ok("MAIL FROM:<alice@company.com>");
            server.terminate();
            assertTrue(idle.expect("421").startsWith("421 4.3.2 Service not available"));
            assertTrue(idle.hungUp());
            midway.expect("421");
            assertTrue(midway.hungUp());
            server.stop();
        }
    }

    @Test
    void what_was_queued_when_it_ended_is_there_when_it_starts_again(@TempDir Path folder) throws IOException {
        String clock;
        try (TarryProcess server = TarryProcess.serve(folder);
                SmtpDialogue client = server.dial()) {
            server.client().addFault(java.util.Map.of("where", "connect", "what", "refuse", "host", "*gmail*"));
            client.ok("EHLO stranger.example");
            client.transaction("alice@company.com", TarryProcess.octets("Subject: x", "", "x"), "later@gmail.com");
            new Seen(server).inRetry("gmail.com", 1);
            clock = server.client().clock().mode();
            server.stop();
        }
        try (TarryProcess server = TarryProcess.serve(folder)) {
            new Seen(server).inRetry("gmail.com", 1);
            assertEquals(clock, server.client().clock().mode());
            server.client().resetLab();
            server.client().advanceClock(java.time.Duration.ofMinutes(2));
            new Seen(server).oneLabMail("later@gmail.com");
            server.stop();
        }
    }

    @Test
    void a_second_server_on_the_same_data_directory_refuses_and_the_first_goes_on(@TempDir Path folder)
            throws IOException {
        try (TarryProcess first = TarryProcess.serve(folder)) {
            TarryProcess.Result second = TarryProcess.run(
                    folder.resolve("second"),
                    "serve",
                    "--ephemeral",
                    "--data",
                    folder.resolve("data").toString());
            assertEquals(1, second.code(), second::err);
            assertEquals("", second.out().replaceAll("(?s).*tarry ready.*", "ready"));
            List<String> lines = second.err()
                    .lines()
                    .filter(line -> line.startsWith("tarry: "))
                    .toList();
            assertEquals(1, lines.size(), second::err);
            assertTrue(lines.getFirst().contains(folder.resolve("data").toString()), second::err);
            assertTrue(lines.getFirst().contains("use"), second::err);
            assertTrue(first.client().ready());
            first.stop();
        }
    }

    @Test
    void wrong_settings_are_all_named_at_once_and_nothing_starts(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("wrong.yaml");
        Files.writeString(file, """
                transport:
                  messageExpirationTimeout: tomorrow
                  queueGlitchRetryCount: 99
                dns:
                  queryTimout: 5s
                """);
        TarryProcess.Result result = TarryProcess.run(
                folder,
                "serve",
                "--config",
                file.toString(),
                "--data",
                folder.resolve("data").toString(),
                "--set",
                "smtpSend.port=70000");
        assertEquals(2, result.code(), result::err);
        for (String wrong : List.of(
                "transport.messageExpirationTimeout",
                "transport.queueGlitchRetryCount",
                "dns.queryTimout",
                "smtpSend.port")) {
            assertTrue(result.err().contains(wrong), () -> wrong + " is not named in\n" + result.err());
        }
        assertTrue(result.err().contains("wrong.yaml"), result::err);
        assertTrue(result.err().contains("queryTimeout"), () -> "no hint at the right name in\n" + result.err());
        assertFalse(result.err().contains("\tat "), result::err);
        assertFalse(Files.exists(folder.resolve("data")));
    }

    @Test
    void a_port_that_is_taken_is_named(@TempDir Path folder) throws IOException {
        try (java.net.ServerSocket taken = new java.net.ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            TarryProcess.Result result = TarryProcess.run(
                    folder,
                    "serve",
                    "--data",
                    folder.resolve("data").toString(),
                    "--set",
                    "receiveConnectors.0.bind=127.0.0.1:" + taken.getLocalPort(),
                    "--set",
                    "receiveConnectors.1.bind=127.0.0.1:0",
                    "--set",
                    "admin.bind=127.0.0.1:0",
                    "--set",
                    "lab.dnsBind=127.0.0.1:0");
            assertEquals(1, result.code(), result::err);
            assertTrue(result.err().contains(":" + taken.getLocalPort()), result::err);
        }
    }
}
