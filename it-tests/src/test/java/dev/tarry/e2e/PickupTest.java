package dev.tarry.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.client.TrackingQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Mail from files: the Pickup and Replay directories of a running server.
final class PickupTest {
    @TempDir
    Path folder;

    private Path in(String directory, String name) {
        return folder.resolve("data").resolve(directory).resolve(name);
    }

    /// Written under another name and renamed, as whoever writes such files does; lines end as on this system.
    private void drop(String directory, String name, String... lines) throws IOException {
        Path file = in(directory, name + ".txt");
        Files.createDirectories(file.getParent());
        Files.writeString(file, String.join("\n", lines) + "\n");
        Files.move(file, in(directory, name));
    }

    private List<String> names(String directory) {
        try (Stream<Path> files = Files.list(in(directory, ""))) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<SequencedMap<String, Object>> badMail(TarryProcess server) {
        return server.client().tracking(TrackingQuery.everything()).stream()
                .filter(event -> "BADMAIL".equals(event.get("EventId")))
                .toList();
    }

    @Test
    void files_are_sent_replayed_or_set_aside_and_after_a_kill_what_was_in_hand_is_sent() throws IOException {
        try (TarryProcess server = TarryProcess.serve(folder)) {
            Seen seen = new Seen(server);
            drop(
                    "Pickup",
                    "hello.eml",
                    "From: Eve <eve@company.com>",
                    "To: Ann <ann@gmail.com>",
                    "Bcc: bob@outlook.com",
                    "Subject: From a file",
                    "",
                    "Hello.");
            drop("Pickup", "nobody.eml", "From: eve@company.com", "Subject: To nobody", "", "Hello?");
            drop(
                    "Replay",
                    "again.eml",
                    "X-Sender: <eve@company.com> BODY=7bit RET=HDRS ENVID=again1",
                    "X-Receiver: <cay@yahoo.com> NOTIFY=NEVER",
                    "X-Source: SMTP:Elsewhere",
                    "X-EndOfInjectedXHeaders: ",
                    "From: somebody@else.example",
                    "To: undisclosed-recipients:;",
                    "Subject: Replayed",
                    "",
                    "Once more.");

            String text = seen.labContent(seen.oneLabMail("ann@gmail.com"));
            assertTrue(text.contains("Received: from localhost by Pickup with Microsoft SMTP Server id "), text);
            assertTrue(text.endsWith("\r\nSubject: From a file\r\n\r\nHello.\r\n"), text);
            assertEquals(-1, text.indexOf("bob@"));
            assertEquals(1, seen.labMail("bob@outlook.com").size());
            String replayed = seen.labContent(seen.oneLabMail("cay@yahoo.com"));
            assertTrue(replayed.contains("by Replay with"), replayed);
            assertEquals(-1, replayed.indexOf("X-Receiver"));
            Wait.until("the bad file is set aside", () -> names("Pickup").equals(List.of("nobody.bad")));
            Wait.until("the other is gone", () -> names("Replay").isEmpty());
            Wait.until("BADMAIL", () -> badMail(server).size() == 1);
            assertEquals("PICKUP", badMail(server).getFirst().get("Source"));
            assertTrue(String.valueOf(badMail(server).getFirst().get("SourceContext"))
                    .contains("no recipient"));
            server.kill();
        }
        Files.writeString(in("Pickup", "left.try1.tmp"), "From: eve@company.com\nTo: dan@gmail.com\nSubject: Left\n\nHi.\n");
        try (TarryProcess server = TarryProcess.serve(folder)) {
            assertTrue(new Seen(server)
                    .labContent(new Seen(server).oneLabMail("dan@gmail.com"))
                    .endsWith("Hi.\r\n"));
            // a file needs no time of the lab's
            server.client().freezeClock();
            Instant now = server.client().clock().now();
            drop("Pickup", "frozen.eml", "From: eve@company.com", "To: fay@gmail.com", "Subject: Frozen", "", "Hi.");
            new Seen(server).oneLabMail("fay@gmail.com");
            assertEquals(now, server.client().clock().now());
            server.client().runClock(1);

            server.client().service().changeTransportService(Map.of("PickupDirectoryPath", ""));
            server.stop();
        }
    }
}
