package dev.tarry.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.client.MessageQuery;
import dev.tarry.client.MessageVerb;
import dev.tarry.client.TrackingQuery;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
        Files.writeString(
                in("Pickup", "left.try1.tmp"), "From: eve@company.com\nTo: dan@gmail.com\nSubject: Left\n\nHi.\n");
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

    @Test
    void an_exported_message_that_is_removed_comes_back_from_replay_with_its_envelope() throws Exception {
        String to = "speaks@external-company.com";
        try (TarryProcess server = TarryProcess.serve(folder)) {
            Seen seen = new Seen(server);
            server.client().addFault(Map.of("where", "dns", "what", "servfail", "name", "external-company.com"));
            try (SmtpDialogue client = server.dial()) {
                client.ok("EHLO stranger.example");
                client.ok("MAIL FROM:<relayer@company.com> RET=HDRS ENVID=relay+2B7");
                client.ok("RCPT TO:<" + to + "> NOTIFY=SUCCESS,FAILURE ORCPT=rfc822;First+2BLast@dest.example");
                assertTrue(client.command("DATA").startsWith("354"));
                client.ok("Subject: Again\r\nMessage-ID: <again@x.example>\r\n\r\nHello.\r\n.");
            }
            seen.inRetry("external-company.com", 1);
            String identity = messages(server).getFirst().get("Identity").toString();
            server.client().verbs().message(MessageVerb.SUSPEND, identity);
            byte[] exported = server.client().verbs().export(identity);
            server.client().verbs().message(MessageVerb.REMOVE_SILENTLY, identity);
            Wait.until("it is gone", () -> messages(server).isEmpty());

            Files.write(in("Replay", "export.part"), exported);
            Files.move(in("Replay", "export.part"), in("Replay", "export.eml"));
            Wait.until("it waits again", () -> messages(server).size() == 1);
            server.client().resetLab();
            server.client().advanceClock(Duration.ofMinutes(30));
            String content = seen.labContent(seen.oneLabMail(to));
            assertTrue(content.contains("Message-ID: <again@x.example>"), content);
            assertTrue(content.endsWith("Hello.\r\n"), content);
            assertEquals(-1, content.indexOf("X-Receiver"));
            String said = said(server, to);
            assertTrue(said.contains("relayer@company.com"), said);
            assertTrue(said.contains("\"RET=HDRS\",\"ENVID=relay+2B7\""), said);
            assertTrue(said.contains("\"NOTIFY=SUCCESS,FAILURE\",\"ORCPT=rfc822;First+2BLast@dest.example\""), said);
            Wait.until("the file is gone", () -> names("Replay").isEmpty());
            server.stop();
        }
    }

    @Test
    void while_the_service_is_paused_files_wait() throws IOException {
        try (TarryProcess server = TarryProcess.serve(folder)) {
            Seen seen = new Seen(server);
            server.client().service().pauseTransport();
            drop("Pickup", "a.eml", "From: eve@company.com", "To: ann@gmail.com", "Subject: a", "", "Hello.");
            Wait.until("it is said", () -> server.said().contains("files in Pickup and Replay wait"));
            assertEquals(List.of("a.eml"), names("Pickup"));
            assertEquals(List.of(), seen.labMail("ann@gmail.com"));
            server.client().service().continueTransport();
            seen.oneLabMail("ann@gmail.com");
            server.stop();
        }
    }

    @Test
    void mail_under_suspicion_from_a_file_or_a_client_goes_to_poison_and_is_resumed_or_removed() throws IOException {
        Files.createDirectories(folder.resolve("data"));
        Files.write(
                folder.resolve("data/in-hand"),
                suspects("<one@x.example>eve@company.com", "<two@x.example>eve@company.com"));
        try (TarryProcess server = TarryProcess.serve(folder)) {
            Seen seen = new Seen(server);
            drop(
                    "Pickup",
                    "one.eml",
                    "From: eve@company.com",
                    "To: ann@gmail.com",
                    "Message-ID: <one@x.example>",
                    "Subject: one",
                    "",
                    "Hello.");
            try (SmtpDialogue client = server.dial()) {
                client.ok("EHLO stranger.example");
                client.transaction(
                        "eve@company.com",
                        TarryProcess.octets("Subject: two", "Message-ID: <two@x.example>", "", "Hello."),
                        "bob@gmail.com");
            }
            Wait.until("both are set aside", () -> messages(server).size() == 2);
            assertEquals(2L, server.client().queue("MAIL\\Poison").getFirst().get("MessageCount"));
            for (SequencedMap<String, Object> message : messages(server)) {
                assertEquals("Suspended", message.get("Status"));
                MessageVerb verb =
                        "one".equals(message.get("Subject")) ? MessageVerb.RESUME : MessageVerb.REMOVE_SILENTLY;
                assertEquals(
                        "done",
                        server.client()
                                .verbs()
                                .message(verb, message.get("Identity").toString())
                                .word());
            }
            seen.oneLabMail("ann@gmail.com");
            Wait.until("Poison is empty", () -> messages(server).isEmpty());
            assertEquals(List.of(), seen.labMail("bob@gmail.com"));
            assertEquals(3, seen.events("POISONMESSAGE").size()); // two went in, one was resumed
            server.stop();
        }
    }

    private static List<SequencedMap<String, Object>> messages(TarryProcess server) {
        return server.client().messages(MessageQuery.all());
    }

    private static String said(TarryProcess server, String recipient) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(server.admin().resolve("/lab/v1/mail?recipient=" + recipient))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    /// What two deaths of the process leave behind of messages that were in hand: behind a number and 64 slots, marks
    /// (FNV-1a of Message-ID and sender) each with its count.
    private static byte[] suspects(String... messages) {
        ByteBuffer file = ByteBuffer.allocate(8 * (1 + 64) + 16 * 128).order(ByteOrder.nativeOrder());
        file.putLong(0, 0x7461_7272_7948_0001L);
        for (int i = 0; i < messages.length; i++) {
            long hash = 0xcbf2_9ce4_8422_2325L;
            for (int at = 0; at < messages[i].length(); at++) {
                hash = (hash ^ messages[i].charAt(at)) * 0x100_0000_01b3L;
            }
            file.putLong(8 * 65 + 16 * i, hash);
            file.putLong(8 * 65 + 16 * i + 8, 2);
        }
        return file.array();
    }
}
