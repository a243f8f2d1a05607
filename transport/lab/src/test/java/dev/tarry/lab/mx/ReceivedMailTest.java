package dev.tarry.lab.mx;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.lab.fault.Glob;
import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.DefaultEventExecutor;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReceivedMailTest {
    private static final MailBounds BOUNDS = new MailBounds(1_000, 1L << 30, 1L << 30, 100);

    private final EventExecutor loop = new DefaultEventExecutor();

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    private ReceivedMail open(MailBounds bounds) throws IOException {
        return new ReceivedMail(Optional.of(folder), bounds, () -> Instant.EPOCH);
    }

    private static Envelope envelope(String host, String recipient) {
        return new Envelope(
                host,
                "203.0.113.1",
                "127.0.0.1",
                "me",
                true,
                "a@company.com",
                List.of(),
                List.of(new ReceivedMessage.Recipient(recipient, List.of("NOTIFY=NEVER"))));
    }

    private String take(ReceivedMail mail, String host, String recipient, String content) {
        var kept = new CompletableFuture<Optional<String>>();
        loop.execute(() -> {
            var receipt = mail.begin(loop);
            var octets = Unpooled.copiedBuffer(content, StandardCharsets.ISO_8859_1);
            receipt.add(octets, octets.readableBytes());
            receipt.keep(envelope(host, recipient), kept::complete);
        });
        return kept.orTimeout(30, TimeUnit.SECONDS).join().orElseThrow();
    }

    private static List<String> ids(ReceivedMail mail) {
        return mail.mail(Glob.ANYTHING, Glob.ANYTHING, 1_000).stream()
                .map(ReceivedMessage::id)
                .toList();
    }

    private static String content(ReceivedMail mail, String id) throws IOException {
        try (var octets = mail.content(id).orElseThrow()) {
            return new String(octets.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    @Test
    void what_was_kept_is_there_after_the_end_of_the_process() throws IOException {
        var first = open(BOUNDS);
        take(first, "mail.fabrikam.com", "b@fabrikam.com", "one\r\n");
        take(first, "mail.fabrikam.com", "c@fabrikam.com", "");
        // Not closed: the process ended here.
        try (var second = open(BOUNDS)) {
            assertEquals(first.mail(Glob.ANYTHING, Glob.ANYTHING, 10), second.mail(Glob.ANYTHING, Glob.ANYTHING, 10));
            assertEquals("one\r\n", content(second, "L1"));
            assertEquals("", content(second, "L2"));
            assertEquals("L3", take(second, "mail.fabrikam.com", "d@fabrikam.com", "three\r\n"));
            assertEquals(Optional.of(Instant.EPOCH), second.newest());
        }
        first.close();
    }

    @Test
    void one_finds_mail_by_recipient_and_host_newest_last() throws IOException {
        try (var mail = open(BOUNDS)) {
            take(mail, "mail.fabrikam.com", "b@fabrikam.com", "");
            take(mail, "mx.gmail.com", "b@gmail.com", "");
            take(mail, "mx.gmail.com", "c@gmail.com", "");
            assertEquals(
                    List.of("L1", "L2"),
                    mail.mail(new Glob("B@*"), Glob.ANYTHING, 10).stream()
                            .map(ReceivedMessage::id)
                            .toList());
            assertEquals(
                    List.of("L3"),
                    mail.mail(Glob.ANYTHING, new Glob("*.gmail.com"), 1).stream()
                            .map(ReceivedMessage::id)
                            .toList());
            assertEquals(List.of(), mail.mail(new Glob("nobody@*"), Glob.ANYTHING, 10));
            assertEquals(Optional.empty(), mail.content("../received"));
        }
    }

    @Test
    void a_big_message_goes_to_its_file_in_pieces() throws IOException {
        int pieces = 36 * 16;
        try (var mail = open(BOUNDS)) {
            var kept = new CompletableFuture<Optional<String>>();
            var piece = "x".repeat(65_536).getBytes(StandardCharsets.US_ASCII);
            loop.execute(() -> {
                var receipt = mail.begin(loop);
                feed(receipt, piece, pieces, kept);
            });
            var id = kept.orTimeout(60, TimeUnit.SECONDS).join().orElseThrow();
            assertEquals(36L << 20, Files.size(folder.resolve(id + ".eml")));
            assertEquals(
                    36L << 20,
                    mail.mail(Glob.ANYTHING, Glob.ANYTHING, 1).getFirst().sizeBytes());
        }
    }

    /// As a host does: stops when too much waits, goes on when there is room.
    private void feed(Receipt receipt, byte[] piece, int left, CompletableFuture<Optional<String>> kept) {
        for (int i = left; i > 0; i--) {
            int rest = i;
            if (receipt.full(() -> feed(receipt, piece, rest, kept))) {
                return;
            }
            receipt.add(Unpooled.wrappedBuffer(piece), piece.length);
        }
        receipt.keep(envelope("h", "r@h"), kept::complete);
    }

    @Test
    void what_was_abandoned_leaves_nothing_behind() throws IOException {
        try (var mail = open(BOUNDS)) {
            loop.execute(() -> {
                var receipt = mail.begin(loop);
                receipt.add(Unpooled.wrappedBuffer(new byte[500_000]), 500_000);
                receipt.abandon();
            });
            assertEquals("L1", take(mail, "h", "r@h", "x"));
            try (var files = Files.list(folder)) {
                assertEquals(
                        List.of("L1.eml", "received.jsonl"),
                        files.map(file -> file.getFileName().toString())
                                .sorted()
                                .toList());
            }
        }
    }

    @Test
    void a_torn_last_line_and_what_it_spoke_of_are_cut_off() throws IOException {
        try (var mail = open(BOUNDS)) {
            take(mail, "h", "r@h", "one");
            take(mail, "h", "r@h", "two");
        }
        var log = folder.resolve("received.jsonl");
        var whole = Files.readAllBytes(log);
        int first = new String(whole, StandardCharsets.UTF_8).indexOf('\n') + 1;
        for (int cut = first; cut < whole.length; cut += 7) {
            Files.write(log, Arrays.copyOf(whole, cut));
            Files.writeString(folder.resolve("L2.eml"), "two");
            try (var mail = open(BOUNDS)) {
                assertEquals(List.of("L1"), ids(mail));
                assertEquals(Optional.empty(), mail.content("L2"));
                assertTrue(Files.notExists(folder.resolve("L2.eml")));
            }
            assertEquals(first, Files.size(log));
        }
    }

    @Test
    void a_damaged_line_is_passed_over() throws IOException {
        try (var mail = open(BOUNDS)) {
            take(mail, "h", "r@h", "one");
        }
        Files.writeString(folder.resolve("received.jsonl"), "{rubbish\n{}\n[1]\n", StandardOpenOption.APPEND);
        try (var mail = open(BOUNDS)) {
            assertEquals(List.of("L1"), ids(mail));
        }
    }

    @Test
    void the_oldest_go_when_there_are_too_many_or_they_are_too_big() throws IOException {
        try (var mail = open(new MailBounds(3, 100, 1_000, 10))) {
            for (int i = 0; i < 5; i++) {
                take(mail, "h", "r@h", "x");
            }
            assertEquals(List.of("L3", "L4", "L5"), ids(mail));
            take(mail, "h", "r@h", "x".repeat(99));
            assertEquals(List.of("L5", "L6"), ids(mail));
            take(mail, "h", "r@h", "x".repeat(500));
            assertEquals(List.of("L7"), ids(mail));
            await().atMost(Duration.ofSeconds(30)).until(() -> Files.notExists(folder.resolve("L6.eml")));
            assertTrue(Files.exists(folder.resolve("L7.eml")));
        }
    }

    @Test
    void the_log_does_not_grow_for_ever() throws IOException {
        try (var mail = open(new MailBounds(10, 1 << 20, 1_000, 10))) {
            for (int i = 0; i < 1_100; i++) {
                take(mail, "h", "r@h", "x");
            }
        }
        assertTrue(Files.readAllLines(folder.resolve("received.jsonl")).size() < 1_000);
        try (var mail = open(BOUNDS)) {
            assertEquals(
                    10,
                    ids(mail).stream()
                            .filter(id -> Files.exists(folder.resolve(id + ".eml")))
                            .count());
        }
    }

    @Test
    void numbers_go_on_after_forgetting() throws IOException {
        try (var mail = open(BOUNDS)) {
            take(mail, "h", "r@h", "x");
            mail.forget();
            assertEquals(List.of(), ids(mail));
            assertTrue(Files.notExists(folder.resolve("L1.eml")));
        }
        try (var mail = open(BOUNDS)) {
            assertEquals(List.of(), ids(mail));
            assertEquals("L2", take(mail, "h", "r@h", "x"));
        }
    }
}
