package dev.tarry.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.client.MailboxQuery;
import dev.tarry.client.ProblemException;
import dev.tarry.client.TarryClient;
import dev.tarry.client.TrackingQuery;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Delivered mail is sent once more, by the API and by the shell.
final class SafetyNetTest {
    private static final String ALICE = "alice@company.com";

    private static void send(TarryProcess server, String from, String subject) throws IOException {
        try (SmtpDialogue client = server.dial()) {
            client.ok("EHLO stranger.example");
            client.transaction(from, TarryProcess.octets("Subject: " + subject, "", "Hello."), ALICE);
        }
    }

    private static List<String> subjects(TarryClient client) {
        return client.mailbox(ALICE).messages(MailboxQuery.everything()).items().stream()
                .map(message -> message.subject())
                .toList();
    }

    private static void waitForMail(TarryClient client, int messages) {
        Wait.until(messages + " in the mailbox", () -> subjects(client).size() == messages);
    }

    @Test
    void what_is_lost_from_a_mailbox_comes_back_from_safety_net_also_after_a_restart(@TempDir Path folder)
            throws IOException {
        Instant before;
        try (TarryProcess server = TarryProcess.serve(folder)) {
            TarryClient client = server.client();
            before = client.clock().now().minus(Duration.ofMinutes(1));
            send(server, "eve@gmail.com", "first");
            send(server, "mallory@gmail.com", "second");
            waitForMail(client, 2);
            assertEquals(2, client.mailbox(ALICE).removeAll());
            client.advanceClock(Duration.ofMinutes(1));
            server.kill();
        }
        try (TarryProcess server = TarryProcess.serve(folder)) {
            TarryClient client = server.client();
            String now = client.clock().now().toString();
            Map<String, Object> ofEve =
                    Map.of("StartTime", before.toString(), "EndTime", now, "Sender", "eve@gmail.com");
            Object identity = client.resubmitRequests().add(ofEve).get("Identity");
            waitForMail(client, 1);
            assertEquals(List.of("first"), subjects(client));
            Wait.until(
                    "it is finished",
                    () -> "Completed"
                            .equals(client.resubmitRequests()
                                    .get((String) identity)
                                    .get("State")));
            Wait.until(
                    "RESUBMIT",
                    () -> client.tracking(TrackingQuery.everything()).stream()
                            .anyMatch(event -> "RESUBMIT".equals(event.get("EventId"))
                                    && "SAFETYNET".equals(event.get("Source"))));

            ProblemException refused = assertThrows(
                    ProblemException.class,
                    () -> client.resubmitRequests().add(Map.of("StartTime", before.toString(), "EndTime", now)));
            assertTrue(refused.getMessage().contains("Destination"), refused.getMessage());

            TarryProcess.Result shell = TarryProcess.run(
                    folder.resolve("shell"),
                    "shell",
                    "--server",
                    server.admin().toString(),
                    "-c",
                    "Add-ResubmitRequest -Sender mallory@gmail.com -StartTime '" + before + "' -EndTime '" + now
                            + "' -Confirm:$false; Get-ResubmitRequest | Measure-Object | Select-Object -Expand Count;"
                            + " Get-ResubmitRequest | Remove-ResubmitRequest -Confirm:$false");
            assertEquals(0, shell.code(), shell.err());
            assertTrue(shell.out().lines().map(String::strip).anyMatch("2"::equals), shell.out());
            waitForMail(client, 2);
            assertEquals(List.of(), client.resubmitRequests().list());
            server.stop();
        }
    }
}
